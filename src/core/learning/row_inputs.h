// Level 5, learning. The inputs of one row, as the weights of the first layer read them.
#ifndef FEEDFORWARD_ROW_INPUTS_H
#define FEEDFORWARD_ROW_INPUTS_H

#include <cstdint>

#include "learning/learner.h"
#include "learning/signal.h"

namespace feedforward {

class RowInputs {
 public:
  explicit RowInputs(const Setting& setting);

  // Reads a row, with dropout of this epoch.
  void read(std::size_t row, std::uint32_t epoch);

  // Listed: the one-hot inputs, and the numbers where their weights lie by input. By
  // blocks: the numbers where they lie by unit.
  const Signal& signal() const { return signal_; }
  // The sum of the inputs' squares.
  double sum_of_squares() const;

 private:
  void read_codes(const RandomAddress& at);
  void read_list(const RandomAddress& at);
  void read_numbers(const RandomAddress& at);
  void add(std::size_t input, float value);

  const Rows& rows_;
  const Kernels& kernels_;
  const std::uint64_t seed_;
  const double ratio_;  // of dropout
  const bool numbers_by_input_;
  Signal signal_;
  FloatVector mask_;  // of numbers; empty without dropout
};

}  // namespace feedforward

#endif

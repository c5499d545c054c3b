// Level 5, learning. A mini-batch through the network and back: inputs, forward, loss and
// the errors of all layers.
#ifndef FEEDFORWARD_BATCH_PASS_H
#define FEEDFORWARD_BATCH_PASS_H

#include <cstdint>
#include <vector>

#include "learning/learner.h"
#include "network/batch.h"

namespace feedforward {

class BatchPass {
 public:
  BatchPass(const Setting& setting, std::size_t capacity);

  // Places [from, to) of a mini-batch of n rows: afterwards their inputs and activations
  // are in batch(), their errors in deltas(). flat: the weights, of which turn() has seen
  // what lies above the first layer. Places apart may be worked on at once. Returns false
  // when an output was no finite number.
  bool run(const float* flat, const std::uint32_t* rows, std::size_t n, std::size_t from,
           std::size_t to, std::uint32_t epoch);

  const Batch& batch() const { return batch_; }
  // Of layer l, rows x slots.
  const float* deltas(std::size_t l) const { return deltas_[l].data(); }
  // Of what enters layer l, over the first n places.
  double sum_of_squares(std::size_t l, std::size_t n) const;

  // The way back reads weights by unit: takes a copy, so turned, of those of layer l, not
  // the first, from inputs [from, to); or of all.
  void turn(const float* flat, std::size_t l, std::size_t from, std::size_t to);
  void turn_all(const float* flat);

 private:
  void read(const std::uint32_t* rows, std::size_t from, std::size_t to,
            std::uint32_t epoch);
  bool output_errors(const std::uint32_t* rows, std::size_t n, std::size_t from,
                     std::size_t to);
  void pass_errors(std::size_t l, std::size_t from, std::size_t to);

  const Setting setting_;
  Batch batch_;
  std::vector<FloatVector> deltas_;  // rows x slots
  std::vector<FloatVector> errors_;  // rows x unit_stride
  std::vector<FloatVector> turned_;  // slots x padded inputs, layers above the first
  std::vector<FloatVector> masks_;   // rows x unit_stride, or empty
};

}  // namespace feedforward

#endif

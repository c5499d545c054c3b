// Level 2, data. The predictors of many rows in the form the network reads.
//
// A row is a list of one-hot inputs given by index (never expanded), then numbers.
// Numbers lie one row after another, either all of them (dense) or the non-zero ones
// (sparse). Expanded inputs are numbered: coded ones 0 .. coded_inputs - 1, then the
// numbers.
#ifndef FEEDFORWARD_ROWS_H
#define FEEDFORWARD_ROWS_H

#include <cstddef>
#include <cstdint>
#include <vector>

#include "words/types.h"

namespace feedforward {

// How many rows before it is read a row is asked for.
constexpr std::size_t kRowsAhead = 6;

struct Rows {
  std::size_t n = 0;

  std::size_t coded_columns = 0;    // factors
  std::size_t coded_inputs = 0;     // inputs they expand to
  UnsetVector<std::int32_t> codes;  // n x coded_columns; -1 is "no input"

  std::size_t numeric_inputs = 0;
  UnsetVector<float> numbers;  // n x numeric_inputs, when dense
  bool few_zeros = false;      // dense, and to look for zeros does not pay

  // Sparse: entries start[i] .. start[i + 1] of row i.
  bool sparse = false;
  std::vector<std::size_t> start;
  std::vector<std::int32_t> index;  // 0 .. numeric_inputs - 1
  std::vector<float> value;
  // What a number is where no entry says otherwise (a centred zero); empty when all are
  // 0.
  std::vector<float> background;

  std::size_t inputs() const { return coded_inputs + numeric_inputs; }

  const std::int32_t* row_codes(std::size_t i) const {
    return codes.data() + i * coded_columns;
  }

  // The numbers of row i, dense: in place where they lie so, else written to scratch
  // (numeric_inputs floats).
  const float* row_numbers(std::size_t i, float* scratch) const;

  // All inputs of row i, expanded.
  void write_inputs(std::size_t i, float* out) const;

  // Shuffled rows lie anywhere in memory: asks for row i early.
  [[gnu::always_inline]] void prefetch(std::size_t i) const {
    feedforward::prefetch(row_codes(i), coded_columns * sizeof(std::int32_t));
    if (sparse) {
      feedforward::prefetch(start.data() + i, 2 * sizeof(std::size_t));
    } else {
      feedforward::prefetch(numbers.data() + i * numeric_inputs,
                            numeric_inputs * sizeof(float));
    }
  }

  // True when rows are lists of non-zero numbers and need not be made dense.
  bool lists() const { return sparse && background.empty(); }
};

}  // namespace feedforward

#endif

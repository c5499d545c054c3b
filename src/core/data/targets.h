// Level 2, data. What the rows are trained towards, in the network's own space: a class,
// a number for each output, or (neither) the row's own inputs.
#ifndef FEEDFORWARD_TARGETS_H
#define FEEDFORWARD_TARGETS_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace feedforward {

template <class T>
struct TargetsOf {
  std::vector<std::int32_t> classes;  // 0-based; classification
  std::vector<T> numbers;             // rows x outputs, row by row; regression
  std::size_t outputs = 1;            // numbers of a row
  std::vector<T> weights;             // of rows; empty: all 1
  std::vector<T> offsets;  // of rows, to all outputs in link space; empty: all 0

  // As Rows::prefetch.
  [[gnu::always_inline]] void prefetch(std::size_t i) const {
    if (!classes.empty()) __builtin_prefetch(classes.data() + i);
    if (!numbers.empty()) {
      const T* const row = numbers.data() + i * outputs;
      for (std::size_t k = 0; k < outputs; k += 64 / sizeof(T))
        __builtin_prefetch(row + k);
    }
    if (!weights.empty()) __builtin_prefetch(weights.data() + i);
    if (!offsets.empty()) __builtin_prefetch(offsets.data() + i);
  }

  std::size_t size() const {
    return classes.empty() ? numbers.size() / outputs : classes.size();
  }
  T number(std::size_t row, std::size_t output) const {
    return numbers[row * outputs + output];
  }
  T weight(std::size_t row) const { return weights.empty() ? T(1) : weights[row]; }
  T offset(std::size_t row) const { return offsets.empty() ? T(0) : offsets[row]; }
};
using Targets = TargetsOf<float>;

}  // namespace feedforward

#endif

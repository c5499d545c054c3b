// Level 2, data. What the rows are trained towards, in the network's own space.
#ifndef FEEDFORWARD_TARGETS_H
#define FEEDFORWARD_TARGETS_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace feedforward {

struct Targets {
  std::vector<std::int32_t> classes;  // 0-based; classification
  std::vector<float> numbers;         // regression
  std::vector<float> weights;         // empty: all 1
  std::vector<float> offsets;         // empty: all 0; link space

  // As Rows::prefetch.
  [[gnu::always_inline]] void prefetch(std::size_t i) const {
    if (!classes.empty()) __builtin_prefetch(classes.data() + i);
    if (!numbers.empty()) __builtin_prefetch(numbers.data() + i);
    if (!weights.empty()) __builtin_prefetch(weights.data() + i);
    if (!offsets.empty()) __builtin_prefetch(offsets.data() + i);
  }

  std::size_t size() const { return classes.empty() ? numbers.size() : classes.size(); }
  float weight(std::size_t i) const { return weights.empty() ? 1.0f : weights[i]; }
  float offset(std::size_t i) const { return offsets.empty() ? 0.0f : offsets[i]; }
};

}  // namespace feedforward

#endif

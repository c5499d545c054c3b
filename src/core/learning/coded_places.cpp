// Level 5, learning.
#include "learning/coded_places.h"

#include <algorithm>

namespace feedforward {

void CodedPlaces::sort(const Batch& batch, std::size_t n) {
  if (start_.size() == 1) return;
  std::fill(start_.begin(), start_.end(), 0u);
  for (std::size_t i = 0; i < n; ++i) {
    const ListedVector coded = batch.coded_inputs(i);
    for (std::size_t j = 0; j < coded.n; ++j) {
      ++start_[static_cast<std::size_t>(coded.index[j]) + 1];
    }
  }
  for (std::size_t r = 0; r + 1 < start_.size(); ++r) start_[r + 1] += start_[r];
  places_.resize(start_.back());
  values_.resize(start_.back());
  next_.assign(start_.begin(), start_.end());
  for (std::size_t i = 0; i < n; ++i) {
    const ListedVector coded = batch.coded_inputs(i);
    for (std::size_t j = 0; j < coded.n; ++j) {
      const std::size_t at = next_[static_cast<std::size_t>(coded.index[j])]++;
      places_[at] = static_cast<int>(i);
      values_[at] = coded.values[j];
    }
  }
}

}  // namespace feedforward

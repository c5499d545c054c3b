// Level 2, data.
#include "data/rows.h"

#include <algorithm>

namespace feedforward {

const float* Rows::row_numbers(std::size_t i, float* scratch) const {
  if (!sparse) return numbers.data() + i * numeric_inputs;
  if (background.empty()) {
    std::fill_n(scratch, numeric_inputs, 0.0f);
  } else {
    std::copy(background.begin(), background.end(), scratch);
  }
  for (std::size_t e = start[i]; e < start[i + 1]; ++e) scratch[index[e]] = value[e];
  return scratch;
}

}  // namespace feedforward

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

void Rows::write_inputs(std::size_t i, float* out) const {
  std::fill_n(out, coded_inputs, 0.0f);
  for (std::size_t c = 0; c < coded_columns; ++c) {
    const std::int32_t code = row_codes(i)[c];
    if (code >= 0) out[code] = 1;
  }
  float* const there = out + coded_inputs;
  const float* const read = row_numbers(i, there);
  if (read != there) std::copy_n(read, numeric_inputs, there);
}

}  // namespace feedforward

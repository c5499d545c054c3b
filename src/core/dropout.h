// Level 2. Inverted dropout: a kept unit counts 1 / (1 - ratio), so that nothing is
// rescaled at prediction (Srivastava et al. 2014). A mask belongs to its epoch, row and
// layer (0 is the input), not to who trains the row.
#ifndef FEEDFORWARD_DROPOUT_H
#define FEEDFORWARD_DROPOUT_H

#include <cstddef>

#include "rng.h"

namespace feedforward {

inline float dropout_factor(float uniform, double ratio) {
  return uniform < static_cast<float>(ratio) ? 0.0f
                                             : static_cast<float>(1.0 / (1.0 - ratio));
}

// Factors of units first .. first + n - 1 of a row and layer.
inline void dropout_mask(const RandomAddress& at, double ratio, std::size_t first,
                         std::size_t n, float* mask) {
  const std::size_t end = first + n;
  for (std::size_t quad = first / 4; quad * 4 < end; ++quad) {
    const auto words = random_quad(at, static_cast<std::uint32_t>(quad));
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t unit = quad * 4 + i;
      if (unit < first || unit >= end) continue;
      mask[unit - first] = dropout_factor(to_uniform(words[i]), ratio);
    }
  }
}

}  // namespace feedforward

#endif

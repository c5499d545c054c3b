// Level 3, formulas. Inverted dropout: a kept unit counts 1 / (1 - ratio), so that
// nothing is rescaled at prediction (Srivastava et al. 2014). A mask belongs to its
// epoch, row and layer (0 is the input), not to who trains the row.
#ifndef FEEDFORWARD_DROPOUT_H
#define FEEDFORWARD_DROPOUT_H

#include <cstddef>

#include "kernels/kernels.h"
#include "words/rng.h"

namespace feedforward {

inline float kept_factor(double ratio) { return static_cast<float>(1.0 / (1.0 - ratio)); }

inline float dropout_factor(float uniform, double ratio) {
  return uniform < static_cast<float>(ratio) ? 0.0f : kept_factor(ratio);
}

// Factors of units first .. first + n - 1 of a row and layer.
inline void dropout_mask(const Kernels& kernels, const RandomAddress& at, double ratio,
                         std::size_t first, std::size_t n, float* mask) {
  kernels.dropout_mask(at, static_cast<float>(ratio), kept_factor(ratio), first, n, mask);
}

}  // namespace feedforward

#endif

// Level 3, formulas. Classic dropout (Srivastava et al. 2014): in training a kept unit
// stays as it is; at prediction what a dropped layer passes on is multiplied by the share
// kept, folded into the weights that read it (runs/predictor.h). So rate, start and
// penalties mean what they mean in H2O. A mask belongs to its epoch, row and layer (0 is
// the input), not to who trains the row.
#ifndef FEEDFORWARD_DROPOUT_H
#define FEEDFORWARD_DROPOUT_H

#include <cstddef>

#include "kernels/kernels.h"
#include "words/rng.h"

namespace feedforward {

inline float dropout_factor(float uniform, double ratio) {
  return uniform < static_cast<float>(ratio) ? 0.0f : 1.0f;
}

// Factors of units first .. first + n - 1 of a row and layer.
inline void dropout_mask(const Kernels& kernels, const RandomAddress& at, double ratio,
                         std::size_t first, std::size_t n, float* mask) {
  kernels.dropout_mask(at, static_cast<float>(ratio), first, n, mask);
}

}  // namespace feedforward

#endif

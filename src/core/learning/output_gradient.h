// Level 5, learning. From the outputs of one row to the derivative of its loss, in
// floats.
#ifndef FEEDFORWARD_OUTPUT_GRADIENT_H
#define FEEDFORWARD_OUTPUT_GRADIENT_H

#include <cmath>

#include "formulas/loss.h"
#include "learning/learner.h"

namespace feedforward {

// z: outputs, padded; delta: the same length, padding set to 0. scale multiplies the loss
// (the observation weight, by the mini-batch size). Returns false when not finite.
inline bool output_gradient(const Setting& setting, std::size_t row, const float* z,
                            float* delta, float scale) {
  const std::size_t outputs = setting.layout.shape().outputs;
  scale *= setting.targets.weight(row);
  if (setting.layout.shape().output == Output::kSoftmax) {
    setting.kernels.softmax(z, delta, outputs);
    class_gradient(setting.options.loss.loss, delta, outputs,
                   static_cast<std::size_t>(setting.targets.classes[row]));
    for (std::size_t k = 0; k < outputs; ++k) delta[k] *= scale;
    return std::isfinite(delta[0]);  // they share a divisor
  }
  const auto exp = [&](float x) {
    alignas(64) float lanes[kLanes] = {x};
    setting.kernels.exponential(lanes, kLanes);
    return lanes[0];
  };
  for (std::size_t k = outputs; k < padded(outputs); ++k) delta[k] = 0;
  const float offset = setting.targets.offset(row);
  bool finite = true;
  for (std::size_t k = 0; k < outputs; ++k) {
    const float y = setting.targets.number(row, k);
    delta[k] = scale * number_gradient(setting.options.loss, z[k] + offset, y, exp);
    finite = finite && std::isfinite(delta[k]) && std::isfinite(z[k]);
  }
  return finite;
}

}  // namespace feedforward

#endif

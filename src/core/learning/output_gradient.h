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
inline bool output_gradient(const Task& task, std::size_t row, const float* z,
                            float* delta, float scale) {
  const std::size_t outputs = task.layout.shape().outputs;
  scale *= task.targets.weight(row);
  if (task.layout.shape().output == Output::kSoftmax) {
    task.kernels.softmax(z, delta, outputs);
    class_gradient(task.options.loss.loss, delta, outputs,
                   static_cast<std::size_t>(task.targets.classes[row]));
    for (std::size_t k = 0; k < outputs; ++k) delta[k] *= scale;
    return std::isfinite(delta[0]);  // they share a divisor
  }
  const auto exp = [&](float x) {
    alignas(64) float lanes[kLanes] = {x};
    task.kernels.exponential(lanes, kLanes);
    return lanes[0];
  };
  for (std::size_t k = outputs; k < padded(outputs); ++k) delta[k] = 0;
  const float offset = task.targets.offset(row);
  bool finite = true;
  for (std::size_t k = 0; k < outputs; ++k) {
    const float y = task.targets.number(row, k);
    delta[k] = scale * number_gradient(task.options.loss, z[k] + offset, y, exp);
    finite = finite && std::isfinite(delta[k]) && std::isfinite(z[k]);
  }
  return finite;
}

}  // namespace feedforward

#endif

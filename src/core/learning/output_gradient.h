// Level 5, learning. From the outputs of one row to the derivative of its loss, in
// floats.
#ifndef FEEDFORWARD_OUTPUT_GRADIENT_H
#define FEEDFORWARD_OUTPUT_GRADIENT_H

#include <cmath>

#include "formulas/loss.h"
#include "learning/learner.h"

namespace feedforward {

class OutputGradient {
 public:
  explicit OutputGradient(const Setting& setting) : setting_(setting) {
    const Shape& shape = setting.layout.shape();
    if (shape.output != Output::kReconstruction) return;
    for (FloatVector* v : {&value_, &derivative_, &target_}) {
      v->resize(padded(shape.outputs));
    }
  }

  // z: outputs, padded; delta: the same length, padding set to 0. scale multiplies the
  // loss (the observation weight, by the mini-batch size). Returns false when not finite.
  bool operator()(std::size_t row, const float* z, float* delta, float scale) {
    scale *= setting_.targets.weight(row);
    switch (setting_.layout.shape().output) {
      case Output::kSoftmax:
        return of_class(row, z, delta, scale);
      case Output::kLinear:
        return of_numbers(row, z, delta, scale);
      case Output::kReconstruction:
        return of_inputs(row, z, delta, scale);
    }
    return false;
  }

 private:
  bool of_class(std::size_t row, const float* z, float* delta, float scale) const {
    const std::size_t outputs = setting_.layout.shape().outputs;
    setting_.kernels.softmax(z, delta, outputs);
    class_gradient(setting_.options.loss.loss, delta, outputs,
                   static_cast<std::size_t>(setting_.targets.classes[row]));
    for (std::size_t k = 0; k < outputs; ++k) delta[k] *= scale;
    return std::isfinite(delta[0]);  // they share a divisor
  }

  bool of_numbers(std::size_t row, const float* z, float* delta, float scale) const {
    const std::size_t outputs = setting_.layout.shape().outputs;
    for (std::size_t k = outputs; k < padded(outputs); ++k) delta[k] = 0;
    const float offset = setting_.targets.offset(row);
    bool finite = true;
    for (std::size_t k = 0; k < outputs; ++k) {
      const float y = setting_.targets.number(row, k);
      delta[k] = scale * gradient(z[k] + offset, y);
      finite = finite && std::isfinite(delta[k]) && std::isfinite(z[k]);
    }
    return finite;
  }

  // The target is the row without dropout.
  bool of_inputs(std::size_t row, const float* z, float* delta, float scale) {
    const Shape& shape = setting_.layout.shape();
    const std::size_t n = padded(shape.outputs);
    const Rows& rows = setting_.rows;
    const float* target = target_.data();
    if (rows.coded_columns == 0 && !rows.sparse) {
      target = rows.row_numbers(row, nullptr);
    } else {
      rows.write_inputs(row, target_.data());
    }
    setting_.kernels.activation_kernel(shape.activation)(z, nullptr, value_.data(),
                                                         derivative_.data(), n);
    if (setting_.options.loss.loss == Loss::kGaussian) {
      for (std::size_t k = 0; k < shape.outputs; ++k) {
        delta[k] = scale * (2 * (value_[k] - target[k])) * derivative_[k];
      }
    } else {
      for (std::size_t k = 0; k < shape.outputs; ++k) {
        delta[k] = scale * gradient(value_[k], target[k]) * derivative_[k];
      }
    }
    for (std::size_t k = shape.outputs; k < n; ++k) delta[k] = 0;
    return std::isfinite(setting_.kernels.sum_of_squares(delta, n));
  }

  float gradient(float f, float y) const {
    return number_gradient(setting_.options.loss, f, y, [&](float x) {
      alignas(64) float lanes[kLanes] = {x};
      setting_.kernels.exponential(lanes, kLanes);
      return lanes[0];
    });
  }

  const Setting setting_;
  FloatVector value_, derivative_, target_;  // of reconstructions
};

}  // namespace feedforward

#endif

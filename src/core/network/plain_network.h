// Level 4, network. Loss and gradient of a batch, written plainly for any number type:
// the truth in double that every fast path is measured against. Exported to R for tests;
// never used in training.
#ifndef FEEDFORWARD_PLAIN_NETWORK_H
#define FEEDFORWARD_PLAIN_NETWORK_H

#include <Eigen/Dense>
#include <cmath>
#include <cstdint>
#include <vector>

#include "formulas/activation.h"
#include "formulas/loss.h"
#include "network/shape.h"

namespace feedforward {

template <class T>
struct LossAndGradient {
  T loss = 0;
  std::vector<std::vector<T>> weights;  // like PlainParameters: [input][unit, channel]
  std::vector<std::vector<T>> biases;
};

// x: rows x inputs. classes or numbers are the targets, the other is empty; weights and
// offsets of rows may be empty. Loss: (1 / rows) sum_i w_i loss_i + l1 sum |w|
// + l2 / 2 sum w^2 over weights; biases are not penalised.
template <class T>
LossAndGradient<T> loss_and_gradient(
    const Shape& shape, const LossOptions& options, T l1, T l2,
    const std::vector<std::vector<T>>& weights, const std::vector<std::vector<T>>& biases,
    const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>& x,
    const std::vector<std::int32_t>& classes, const std::vector<T>& numbers,
    const std::vector<T>& row_weights, const std::vector<T>& offsets) {
  using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;
  using Index = Eigen::Index;
  const std::size_t layers = shape.layers();
  const auto exp = [](T v) { return std::exp(v); };
  // W[l]: slots x inputs, where the channels of a Maxout unit are neighbouring slots.
  std::vector<Matrix> w, w_gradient;
  std::vector<Vector> b, b_gradient;
  for (std::size_t l = 0; l < layers; ++l) {
    const Index slots = static_cast<Index>(biases[l].size());
    const Index inputs = static_cast<Index>(shape.layer_inputs(l));
    w.push_back(Eigen::Map<const Matrix>(weights[l].data(), slots, inputs));
    b.push_back(Eigen::Map<const Vector>(biases[l].data(), slots));
    w_gradient.push_back(Matrix::Zero(slots, inputs));
    b_gradient.push_back(Vector::Zero(slots));
  }
  LossAndGradient<T> result;
  for (Index row = 0; row < x.rows(); ++row) {
    const std::size_t at = static_cast<std::size_t>(row);
    // Forward: a[l] enters layer l, z[l] = W a + b; won[l] is the slot that counts.
    std::vector<Vector> a{x.row(row).transpose()}, z;
    std::vector<std::vector<Index>> won(layers);
    for (std::size_t l = 0; l < layers; ++l) {
      z.push_back(w[l] * a[l] + b[l]);
      const Index channels = static_cast<Index>(shape.layer_channels(l));
      Vector out(z[l].size() / channels);
      for (Index u = 0; u < out.size(); ++u) {
        Index s = u * channels;
        if (channels == 2 && z[l][s + 1] > z[l][s]) ++s;
        won[l].push_back(s);
        out[u] = shape.is_output(l) ? z[l][s] : activate(shape.activation, z[l][s]).value;
      }
      a.push_back(out);
    }
    // The loss and its derivative by the outputs.
    const T weight = (row_weights.empty() ? T(1) : row_weights[at]) / T(x.rows());
    Vector delta = a[layers];
    if (shape.output == Output::kSoftmax) {
      const std::size_t actual = static_cast<std::size_t>(classes[at]);
      const T top = delta.maxCoeff();
      delta = (delta.array() - top).exp();
      const T total = delta.sum();
      delta /= total;
      if (options.loss == Loss::kCrossEntropy) {
        const T z_actual = a[layers][static_cast<Index>(actual)];
        result.loss -= weight * (z_actual - top - std::log(total));
      } else {
        Vector e = delta;
        e[static_cast<Index>(actual)] -= 1;
        result.loss += weight * e.squaredNorm() / 2;
      }
      class_gradient(options.loss, delta.data(), shape.outputs, actual);
    } else {
      for (Index k = 0; k < delta.size(); ++k) {
        const T f = delta[k] + (offsets.empty() ? T(0) : offsets[at]);
        result.loss += weight * number_loss(options, f, numbers[at], exp);
        delta[k] = number_gradient(options, f, numbers[at], exp);
      }
    }
    delta *= weight;
    // Backward: dW = delta a', error = W' delta.
    for (std::size_t l = layers; l-- > 0;) {
      Vector slot_delta = Vector::Zero(z[l].size());
      for (Index u = 0; u < delta.size(); ++u) {
        const Index s = won[l][static_cast<std::size_t>(u)];
        slot_delta[s] =
            delta[u] *
            (shape.is_output(l) ? T(1) : activate(shape.activation, z[l][s]).derivative);
      }
      b_gradient[l] += slot_delta;
      w_gradient[l] += slot_delta * a[l].transpose();
      delta = w[l].transpose() * slot_delta;
    }
  }
  for (std::size_t l = 0; l < layers; ++l) {
    result.loss += l1 * w[l].cwiseAbs().sum() + l2 / 2 * w[l].squaredNorm();
    w_gradient[l] +=
        l1 * w[l].unaryExpr([](T v) { return T((v > 0) - (v < 0)); }) + l2 * w[l];
    result.weights.emplace_back(w_gradient[l].data(),
                                w_gradient[l].data() + w_gradient[l].size());
    result.biases.emplace_back(b_gradient[l].data(),
                               b_gradient[l].data() + b_gradient[l].size());
  }
  return result;
}

}  // namespace feedforward

#endif

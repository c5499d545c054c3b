// Level 4, network. Loss and gradient of a batch, written plainly for any number type:
// the truth in double that every fast path is measured against. Exported to R for tests;
// never used in training.
#ifndef FEEDFORWARD_PLAIN_NETWORK_H
#define FEEDFORWARD_PLAIN_NETWORK_H

#include <algorithm>
#include <cmath>
#include <vector>

#include "data/targets.h"
#include "formulas/activation.h"
#include "formulas/loss.h"
#include "network/plain_parameters.h"
#include "network/shape.h"
#include "network/target_check.h"

namespace feedforward {

template <class T>
class PlainNetwork {
 public:
  using Vector = std::vector<T>;

  PlainNetwork(const Shape& shape, const PlainParametersOf<T>& parameters)
      : shape_(shape), parameters_(parameters), gradient_(parameters) {
    check_sizes(shape, parameters, "parameters");
    for (Vector& w : gradient_.weights) std::fill(w.begin(), w.end(), T(0));
    for (Vector& b : gradient_.biases) std::fill(b.begin(), b.end(), T(0));
  }

  // a[l] enters layer l, z[l] = W a + b; won[l] is the slot of each unit that counts.
  // Returns the outputs of row x.
  Vector forward(const Vector& x) {
    a_.assign(1, x);
    z_.clear();
    won_.clear();
    for (std::size_t l = 0; l < shape_.layers(); ++l) {
      z_.push_back(affine(l));
      const Vector& z = z_[l];
      const std::size_t channels = shape_.layer_channels(l);
      Vector out;
      won_.emplace_back();
      for (std::size_t s = 0; s < z.size(); s += channels) {
        const bool second = channels == 2 && z[s + 1] > z[s];
        won_[l].push_back(second ? s + 1 : s);
        const T won = z[won_[l].back()];
        out.push_back(is_affine(l) ? won : activate(shape_.activation, won).value);
      }
      a_.push_back(out);
    }
    return a_.back();
  }

  // delta: derivative of the loss by the outputs of the row that went forward last.
  // dW = delta a', error = W' delta.
  void backward(Vector delta) {
    for (std::size_t l = shape_.layers(); l-- > 0;) {
      Vector slot_delta(z_[l].size(), T(0));
      for (std::size_t u = 0; u < delta.size(); ++u) {
        const std::size_t s = won_[l][u];
        slot_delta[s] =
            delta[u] *
            (is_affine(l) ? T(1) : activate(shape_.activation, z_[l][s]).derivative);
      }
      delta = pass_back(l, slot_delta);
    }
  }

  // Adds to the gradient that of l1 sum |w| + l2 / 2 sum w^2, which it returns; biases
  // are not penalised.
  T penalise(T l1, T l2) {
    T penalty = 0;
    for (std::size_t l = 0; l < shape_.layers(); ++l) {
      const Vector& weights = parameters_.weights[l];
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const T w = weights[i];
        penalty += l1 * std::fabs(w) + l2 / 2 * w * w;
        gradient_.weights[l][i] += l1 * T((w > 0) - (w < 0)) + l2 * w;
      }
    }
    return penalty;
  }

  // The gradients of all rows that went backward.
  const PlainParametersOf<T>& gradient() const { return gradient_; }

 private:
  bool is_affine(std::size_t l) const {
    return shape_.is_output(l) && shape_.output != Output::kReconstruction;
  }

  // Weights lie input by input: slot s of input i is at [i * slots + s].
  Vector affine(std::size_t l) const {
    Vector z = parameters_.biases[l];
    for (std::size_t i = 0; i < a_[l].size(); ++i) {
      for (std::size_t s = 0; s < z.size(); ++s) {
        z[s] += parameters_.weights[l][i * z.size() + s] * a_[l][i];
      }
    }
    return z;
  }

  // Adds to the gradient of layer l; returns the errors of what enters it.
  Vector pass_back(std::size_t l, const Vector& delta) {
    Vector error(a_[l].size(), T(0));
    for (std::size_t s = 0; s < delta.size(); ++s) gradient_.biases[l][s] += delta[s];
    for (std::size_t i = 0; i < error.size(); ++i) {
      for (std::size_t s = 0; s < delta.size(); ++s) {
        const std::size_t at = i * delta.size() + s;
        gradient_.weights[l][at] += delta[s] * a_[l][i];
        error[i] += parameters_.weights[l][at] * delta[s];
      }
    }
    return error;
  }

  const Shape& shape_;
  const PlainParametersOf<T>& parameters_;
  PlainParametersOf<T> gradient_;
  std::vector<Vector> a_, z_;
  std::vector<std::vector<std::size_t>> won_;
};

// Turns activations into probabilities; returns the logarithm of that of `actual`.
template <class T>
T plain_softmax(std::vector<T>* z, std::size_t actual) {
  const T top = *std::max_element(z->begin(), z->end());
  const T of_actual = (*z)[actual] - top;
  T total = 0;
  for (T& v : *z) total += v = std::exp(v - top);
  for (T& v : *z) v /= total;
  return of_actual - std::log(total);
}

// The loss of one row, whose inputs are x; turns its outputs into the derivative by them.
template <class T>
T plain_loss(const Shape& shape, const LossOptions& options, const TargetsOf<T>& targets,
             std::size_t row, const std::vector<T>& x, std::vector<T>* outputs) {
  std::vector<T>& delta = *outputs;
  T loss = 0;
  if (shape.output == Output::kSoftmax) {
    const std::size_t actual = static_cast<std::size_t>(targets.classes[row]);
    const T log_probability = plain_softmax(&delta, actual);
    if (options.loss == Loss::kCrossEntropy) {
      loss = -log_probability;
    } else {
      for (std::size_t k = 0; k < delta.size(); ++k) {
        const T e = delta[k] - T(k == actual);
        loss += e * e / 2;
      }
    }
    class_gradient(options.loss, delta.data(), shape.outputs, actual);
    return loss;
  }
  const auto exp = [](T v) { return std::exp(v); };
  for (std::size_t k = 0; k < shape.outputs; ++k) {
    const T f = delta[k] + targets.offset(row);
    const T y = shape.output == Output::kReconstruction ? x[k] : targets.number(row, k);
    loss += number_loss(options, f, y, exp);
    delta[k] = number_gradient(options, f, y, exp);
  }
  return loss;
}

template <class T>
struct LossAndGradient {
  T loss = 0;
  PlainParametersOf<T> gradient;
};

// x: one row after another. Loss: (1 / rows) sum_i w_i sum_k loss_ik, plus penalties.
template <class T>
LossAndGradient<T> loss_and_gradient(const Shape& shape, const LossOptions& options, T l1,
                                     T l2, const PlainParametersOf<T>& parameters,
                                     const std::vector<std::vector<T>>& x,
                                     const TargetsOf<T>& targets) {
  check_targets(targets, shape, x.size());
  PlainNetwork<T> network(shape, parameters);
  T loss = 0;
  for (std::size_t row = 0; row < x.size(); ++row) {
    const T weight = targets.weight(row) / T(x.size());
    std::vector<T> delta = network.forward(x[row]);
    loss += weight * plain_loss(shape, options, targets, row, x[row], &delta);
    for (T& d : delta) d *= weight;
    network.backward(delta);
  }
  loss += network.penalise(l1, l2);
  return {loss, network.gradient()};
}

}  // namespace feedforward

#endif

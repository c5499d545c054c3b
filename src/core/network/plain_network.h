// Level 4, network. Loss and gradient of a batch, written plainly for any number type:
// the truth in double that every fast path is measured against. Exported to R for tests;
// never used in training.
#ifndef FEEDFORWARD_PLAIN_NETWORK_H
#define FEEDFORWARD_PLAIN_NETWORK_H

#include <Eigen/Dense>
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
using PlainMatrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using PlainVector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

template <class T>
class PlainNetwork {
 public:
  using Matrix = PlainMatrix<T>;
  using Vector = PlainVector<T>;
  using Index = Eigen::Index;

  PlainNetwork(const Shape& shape, const PlainParametersOf<T>& parameters)
      : shape_(shape), won_(shape.layers()) {
    check_sizes(shape, parameters, "parameters");
    for (std::size_t l = 0; l < shape.layers(); ++l) {
      const Index slots = static_cast<Index>(shape.weight_rows(l));
      const Index inputs = static_cast<Index>(shape.layer_inputs(l));
      w_.push_back(Eigen::Map<const Matrix>(parameters.weights[l].data(), slots, inputs));
      b_.push_back(Eigen::Map<const Vector>(parameters.biases[l].data(), slots));
      w_gradient_.push_back(Matrix::Zero(slots, inputs));
      b_gradient_.push_back(Vector::Zero(slots));
    }
  }

  // a[l] enters layer l, z[l] = W a + b; won[l] is the slot of each unit that counts.
  // Returns the outputs of row x.
  Vector forward(const Vector& x) {
    a_.assign(1, x);
    z_.clear();
    for (std::size_t l = 0; l < shape_.layers(); ++l) {
      z_.push_back(w_[l] * a_[l] + b_[l]);
      const Index channels = static_cast<Index>(shape_.layer_channels(l));
      Vector out(z_[l].size() / channels);
      won_[l].clear();
      for (Index u = 0; u < out.size(); ++u) {
        Index s = u * channels;
        if (channels == 2 && z_[l][s + 1] > z_[l][s]) ++s;
        won_[l].push_back(s);
        out[u] =
            shape_.is_output(l) ? z_[l][s] : activate(shape_.activation, z_[l][s]).value;
      }
      a_.push_back(out);
    }
    return a_.back();
  }

  // delta: derivative of the loss by the outputs of the row that went forward last.
  // dW = delta a', error = W' delta.
  void backward(Vector delta) {
    for (std::size_t l = shape_.layers(); l-- > 0;) {
      Vector slot_delta = Vector::Zero(z_[l].size());
      for (Index u = 0; u < delta.size(); ++u) {
        const Index s = won_[l][static_cast<std::size_t>(u)];
        slot_delta[s] =
            delta[u] * (shape_.is_output(l)
                            ? T(1)
                            : activate(shape_.activation, z_[l][s]).derivative);
      }
      b_gradient_[l] += slot_delta;
      w_gradient_[l] += slot_delta * a_[l].transpose();
      delta = w_[l].transpose() * slot_delta;
    }
  }

  // Adds to the gradient that of l1 sum |w| + l2 / 2 sum w^2, which it returns; biases
  // are not penalised.
  T penalise(T l1, T l2) {
    T penalty = 0;
    for (std::size_t l = 0; l < shape_.layers(); ++l) {
      penalty += l1 * w_[l].cwiseAbs().sum() + l2 / 2 * w_[l].squaredNorm();
      w_gradient_[l] +=
          l1 * w_[l].unaryExpr([](T v) { return T((v > 0) - (v < 0)); }) + l2 * w_[l];
    }
    return penalty;
  }

  // The gradients of all rows that went backward.
  PlainParametersOf<T> gradient() const {
    PlainParametersOf<T> plain;
    for (std::size_t l = 0; l < shape_.layers(); ++l) {
      const Matrix& w = w_gradient_[l];
      const Vector& b = b_gradient_[l];
      plain.weights.emplace_back(w.data(), w.data() + w.size());
      plain.biases.emplace_back(b.data(), b.data() + b.size());
    }
    return plain;
  }

 private:
  const Shape& shape_;
  // W[l]: slots x inputs, where the channels of a Maxout unit are neighbouring slots.
  std::vector<Matrix> w_, w_gradient_;
  std::vector<Vector> b_, b_gradient_;
  std::vector<Vector> a_, z_;
  std::vector<std::vector<Index>> won_;
};

// The loss of one row; turns its outputs into the derivative by them.
template <class T>
T plain_loss(const Shape& shape, const LossOptions& options, const TargetsOf<T>& targets,
             std::size_t row, PlainVector<T>* outputs) {
  PlainVector<T>& delta = *outputs;
  const auto exp = [](T v) { return std::exp(v); };
  T loss = 0;
  if (shape.output == Output::kSoftmax) {
    const std::size_t actual = static_cast<std::size_t>(targets.classes[row]);
    const T z_actual = delta[static_cast<Eigen::Index>(actual)];
    const T top = delta.maxCoeff();
    delta = (delta.array() - top).exp();
    const T total = delta.sum();
    delta /= total;
    if (options.loss == Loss::kCrossEntropy) {
      loss = -(z_actual - top - std::log(total));
    } else {
      PlainVector<T> e = delta;
      e[static_cast<Eigen::Index>(actual)] -= 1;
      loss = e.squaredNorm() / 2;
    }
    class_gradient(options.loss, delta.data(), shape.outputs, actual);
    return loss;
  }
  for (std::size_t k = 0; k < shape.outputs; ++k) {
    T& d = delta[static_cast<Eigen::Index>(k)];
    const T f = d + targets.offset(row), y = targets.number(row, k);
    loss += number_loss(options, f, y, exp);
    d = number_gradient(options, f, y, exp);
  }
  return loss;
}

template <class T>
struct LossAndGradient {
  T loss = 0;
  PlainParametersOf<T> gradient;
};

// x: rows x inputs. Loss: (1 / rows) sum_i w_i sum_k loss_ik, plus penalties.
template <class T>
LossAndGradient<T> loss_and_gradient(const Shape& shape, const LossOptions& options, T l1,
                                     T l2, const PlainParametersOf<T>& parameters,
                                     const PlainMatrix<T>& x,
                                     const TargetsOf<T>& targets) {
  check_targets(targets, shape, static_cast<std::size_t>(x.rows()));
  PlainNetwork<T> network(shape, parameters);
  T loss = 0;
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const std::size_t row = static_cast<std::size_t>(i);
    const T weight = targets.weight(row) / T(x.rows());
    PlainVector<T> delta = network.forward(x.row(i).transpose());
    loss += weight * plain_loss(shape, options, targets, row, &delta);
    network.backward(weight * delta);
  }
  loss += network.penalise(l1, l2);
  return {loss, network.gradient()};
}

}  // namespace feedforward

#endif

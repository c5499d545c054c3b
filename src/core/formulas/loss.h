// Level 3, formulas. Losses of one row as functions of the network's output, with their
// derivatives beside them, for any number type.
//
// f is the output unit before the link, y the target. The factor 2 of the deviances is
// kept (h2o.deeplearning's scale), so that a learning rate means the same. Exponentials
// are capped at 1e19.
#ifndef FEEDFORWARD_LOSS_H
#define FEEDFORWARD_LOSS_H

#include <cstddef>

#include "words/options.h"

namespace feedforward {

// Loss of a number. Exp is the exponential of T; it is capped here.
template <class T, class Exp>
T number_loss(const LossOptions& options, T f, T y, Exp exp) {
  const auto capped = [&](T x) {
    const T e = exp(x);
    return e < T(1e19) ? e : T(1e19);
  };
  const T distance = f > y ? f - y : y - f;
  switch (options.loss) {
    case Loss::kGaussian:
      return distance * distance;
    case Loss::kLaplace:
      return distance;
    case Loss::kQuantile: {
      const T alpha = T(options.quantile_alpha);
      return (y > f ? alpha : 1 - alpha) * distance;
    }
    case Loss::kHuber: {
      const T d = T(options.huber_delta);
      return distance <= d ? distance * distance : (2 * distance - d) * d;
    }
    case Loss::kPoisson:
      return 2 * (capped(f) - y * f);
    case Loss::kGamma:
      return 2 * (f + y * capped(-f));
    case Loss::kTweedie: {
      const T p = T(options.tweedie_power);
      return 2 * (capped(f * (2 - p)) / (2 - p) - y * capped(f * (1 - p)) / (1 - p));
    }
    case Loss::kCrossEntropy:
    case Loss::kQuadratic:
      break;  // losses of classes
  }
  return T(0);
}

// d number_loss / d f. At a kink: laplace -1, quantile 1 - alpha (h2o-behaviour.md 4.2).
template <class T, class Exp>
T number_gradient(const LossOptions& options, T f, T y, Exp exp) {
  const auto capped = [&](T x) {
    const T e = exp(x);
    return e < T(1e19) ? e : T(1e19);
  };
  switch (options.loss) {
    case Loss::kGaussian:
      return 2 * (f - y);
    case Loss::kLaplace:
      return f > y ? T(1) : T(-1);
    case Loss::kQuantile: {
      const T alpha = T(options.quantile_alpha);
      return y > f ? -alpha : 1 - alpha;
    }
    case Loss::kHuber: {
      const T d = T(options.huber_delta);
      const T r = f - y;
      return r > d ? 2 * d : (r < -d ? -2 * d : 2 * r);
    }
    case Loss::kPoisson:
      return 2 * (capped(f) - y);
    case Loss::kGamma:
      return 2 * (1 - y * capped(-f));
    case Loss::kTweedie: {
      const T p = T(options.tweedie_power);
      return 2 * (capped(f * (2 - p)) - y * capped(f * (1 - p)));
    }
    case Loss::kCrossEntropy:
    case Loss::kQuadratic:
      break;  // losses of classes
  }
  return T(0);
}

// Turns the softmax probabilities p of one row into the derivative of its loss by the
// outputs before softmax. CrossEntropy: -log p_t, hence p - t. Quadratic: half the sum of
// (p_k - t_k)^2, hence p_k (e_k - sum_j p_j e_j) with e = p - t.
template <class T>
void class_gradient(Loss loss, T* p, std::size_t classes, std::size_t actual) {
  if (loss == Loss::kCrossEntropy) {
    p[actual] -= 1;
    return;
  }
  T mean = 0;
  for (std::size_t k = 0; k < classes; ++k) mean += p[k] * (p[k] - (k == actual));
  for (std::size_t k = 0; k < classes; ++k) {
    p[k] = p[k] * ((p[k] - (k == actual)) - mean);
  }
}

}  // namespace feedforward

#endif

// Level 3, formulas. Hidden activations and their derivatives, for any number type.
//
// The kernels compute the same in floats, many units at a time; these are the truth they
// are tested against.
#ifndef FEEDFORWARD_ACTIVATION_H
#define FEEDFORWARD_ACTIVATION_H

#include <cmath>
#include <cstddef>

#include "kernels/kernels.h"

namespace feedforward {

// What others ask of an activation.
struct ActivationFacts {
  std::size_t channels;  // affine channels per unit, of which the largest counts
  bool starts_raised;    // H2O starts its biases above 0 (network/initializer.h)
};

inline ActivationFacts facts(Activation activation) {
  switch (activation) {
    case Activation::kTanh:
      return {1, false};
    case Activation::kRectifier:
      return {1, true};
    case Activation::kMaxout:
      return {2, true};
  }
  return {};
}

template <class T>
struct Activated {
  T value, derivative;
};

// Of the channel that counts. The Rectifier's derivative at 0 is 0.
template <class T>
Activated<T> activate(Activation activation, T z) {
  switch (activation) {
    case Activation::kTanh: {
      const T h = std::tanh(z);
      return {h, 1 - h * h};
    }
    case Activation::kRectifier:
      return z > 0 ? Activated<T>{z, T(1)} : Activated<T>{T(0), T(0)};
    case Activation::kMaxout:
      return {z, T(1)};
  }
  return {};
}

}  // namespace feedforward

#endif

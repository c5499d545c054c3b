// Level 3, formulas. Hidden activations and their derivatives, for any number type.
//
// The kernels compute the same in floats, many units at a time; these are the truth they
// are tested against.
#ifndef FEEDFORWARD_ACTIVATION_H
#define FEEDFORWARD_ACTIVATION_H

#include <cmath>

#include "words/options.h"

namespace feedforward {

// Tanh and Rectifier of one channel. The Rectifier's derivative at 0 is 0.
template <class T>
T activate(Activation activation, T z) {
  return activation == Activation::kTanh ? std::tanh(z) : (z > 0 ? z : T(0));
}

template <class T>
T activation_slope(Activation activation, T z) {
  if (activation == Activation::kTanh) {
    const T h = std::tanh(z);
    return 1 - h * h;
  }
  return z > 0 ? T(1) : T(0);
}

}  // namespace feedforward

#endif

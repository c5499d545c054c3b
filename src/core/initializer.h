// Level 3. The weights a network starts from.
#ifndef FEEDFORWARD_INITIALIZER_H
#define FEEDFORWARD_INITIALIZER_H

#include "parameters.h"
#include "rng.h"

namespace feedforward {

// Weights: UniformAdaptive on +- sqrt(6 / (inputs + units)) (Glorot and Bengio 2010), four
// times that before a softmax; Uniform on +- scale; Normal with sd scale. Biases: 0.5 in
// the first hidden layer and 1 in later ones for Rectifier and Maxout, else 0. Weights of
// `unused_inputs` are 0. (h2o-behaviour 3.4, 3.5)
PlainParameters initial_parameters(const Shape& shape, const Options& options);

}  // namespace feedforward

#endif

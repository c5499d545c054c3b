// Level 4, network. The weights a network starts from.
#ifndef FEEDFORWARD_INITIALIZER_H
#define FEEDFORWARD_INITIALIZER_H

#include "network/plain_parameters.h"
#include "words/rng.h"

namespace feedforward {

// kPlain: biases are 0, UniformAdaptive as published. kRaised, H2O's: UniformAdaptive is
// four times as wide before a softmax, and the biases of activations that start raised
// are 0.5 in the first hidden layer, 1 in later ones.
enum class Start { kPlain, kRaised };

// Weights: UniformAdaptive on +- sqrt(6 / (inputs + units)) (Glorot and Bengio 2010);
// Uniform on +- scale; Normal with sd scale. Weights of `unused_inputs` are 0.
PlainParameters initial_parameters(const Shape& shape, const Options& options,
                                   Start start);

// Sets the weights of unused inputs to 0, wherever the weights come from.
void silence_unused_inputs(const Options& options, const Shape& shape,
                           PlainParameters* plain);

}  // namespace feedforward

#endif

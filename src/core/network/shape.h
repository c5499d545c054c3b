// Level 4, network. The architecture of a network: what sits between the inputs and the
// outputs.
#ifndef FEEDFORWARD_SHAPE_H
#define FEEDFORWARD_SHAPE_H

#include <cstddef>
#include <vector>

#include "formulas/activation.h"
#include "words/options.h"

namespace feedforward {

// A reconstruction is the inputs again, through the activation of the hidden layers.
enum class Output { kSoftmax, kLinear, kReconstruction };
inline constexpr Named<Output> kOutputNames[] = {
    {"softmax", Output::kSoftmax},
    {"linear", Output::kLinear},
    {"reconstruction", Output::kReconstruction}};

struct Shape {
  std::size_t coded_inputs = 0;    // one-hot inputs, given by index
  std::size_t numeric_inputs = 0;  // numbers, after the coded ones
  std::vector<std::size_t> hidden;
  Activation activation = Activation::kRectifier;
  std::size_t outputs = 1;
  Output output = Output::kLinear;
  // Per layer the share of what enters it that dropout kept in training; empty: all.
  std::vector<double> kept;

  std::size_t inputs() const { return coded_inputs + numeric_inputs; }
  std::size_t layers() const { return hidden.size() + 1; }  // hidden and output
  bool is_output(std::size_t layer) const { return layer == hidden.size(); }
  std::size_t layer_inputs(std::size_t layer) const {
    return layer == 0 ? inputs() : hidden[layer - 1];
  }
  std::size_t layer_units(std::size_t layer) const {
    return is_output(layer) ? outputs : hidden[layer];
  }
  // Affine channels per unit.
  std::size_t layer_channels(std::size_t layer) const {
    return is_output(layer) ? 1 : facts(activation).channels;
  }
  // Rows of a layer's weight matrix, and biases: a row for each channel of each unit.
  std::size_t weight_rows(std::size_t layer) const {
    return layer_units(layer) * layer_channels(layer);
  }
};

}  // namespace feedforward

#endif

// Level 4, network. Weights and biases as people see them, and how they go into the flat
// vector of a layout and come out of it.
#ifndef FEEDFORWARD_PLAIN_PARAMETERS_H
#define FEEDFORWARD_PLAIN_PARAMETERS_H

#include <cstddef>
#include <string>
#include <vector>

#include "network/layout.h"

namespace feedforward {

// Layer by layer, without padding and whatever the layout. weights[l] holds, input by
// input, its weights to unit 0 channel 0, unit 0 channel 1 (Maxout), unit 1 channel 0,
// ...: a matrix of weight_rows(l) x inputs, stored by column. biases[l] has one number
// per row.
template <class T>
struct PlainParametersOf {
  std::vector<std::vector<T>> weights;
  std::vector<std::vector<T>> biases;

  bool empty() const { return weights.empty() && biases.empty(); }
};
// What users give and get, and what training keeps: the latter to the bit.
using PlainParameters = PlainParametersOf<double>;
using PlainFloats = PlainParametersOf<float>;

// Throws std::invalid_argument, which begins with `what`, when sizes do not fit.
template <class T>
void check_sizes(const Shape& shape, const PlainParametersOf<T>& plain,
                 const std::string& what);

// The flat vector, padding 0. Throws std::invalid_argument when sizes do not fit.
template <class T>
FloatVector pack(const Layout& layout, const PlainParametersOf<T>& plain);
template <class T>
PlainParametersOf<T> unpack(const Layout& layout, const FloatVector& flat);

// Calls visit(at, i) for each weight of a layer, in the order of the plain ones: `at` is
// its place in the flat vector, `i` among the layer's plain weights.
template <class Visit>
void visit_weights(const LayerLayout& layer, Visit visit) {
  const std::size_t per_input = layer.units * layer.channels;
  for (const WeightMatrix& matrix : layer.matrices) {
    for (std::size_t i = 0; i < matrix.inputs; ++i) {
      const std::size_t plain = (matrix.first_input + i) * per_input;
      if (matrix.by_input && layer.channels == 1) {  // both lie in one piece
        const std::size_t at = matrix.offset + i * matrix.stride;
        for (std::size_t u = 0; u < layer.units; ++u) visit(at + u, plain + u);
        continue;
      }
      for (std::size_t u = 0; u < layer.units; ++u) {
        for (std::size_t c = 0; c < layer.channels; ++c) {
          const std::size_t slot = layer.slot(u, c);
          const std::size_t at =
              matrix.by_input ? i * matrix.stride + slot : slot * matrix.stride + i;
          visit(matrix.offset + at, plain + u * layer.channels + c);
        }
      }
    }
  }
}

// The same for its biases.
template <class Visit>
void visit_biases(const LayerLayout& layer, Visit visit) {
  for (std::size_t u = 0; u < layer.units; ++u) {
    for (std::size_t c = 0; c < layer.channels; ++c) {
      visit(layer.bias_offset + layer.slot(u, c), u * layer.channels + c);
    }
  }
}

}  // namespace feedforward

#endif

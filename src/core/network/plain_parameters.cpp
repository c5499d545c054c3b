// Level 4, network.
#include "network/plain_parameters.h"

#include <stdexcept>

namespace feedforward {

template <class T>
void check_sizes(const Shape& shape, const PlainParametersOf<T>& plain,
                 const std::string& what) {
  if (plain.weights.size() != shape.layers() || plain.biases.size() != shape.layers()) {
    throw std::invalid_argument(what + ": there must be weights and biases of " +
                                std::to_string(shape.layers()) + " layers");
  }
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    const std::size_t rows = shape.weight_rows(l), inputs = shape.layer_inputs(l);
    if (plain.weights[l].size() != rows * inputs || plain.biases[l].size() != rows) {
      throw std::invalid_argument(what + ": layer " + std::to_string(l + 1) + " needs " +
                                  std::to_string(rows) + " x " + std::to_string(inputs) +
                                  " weights and " + std::to_string(rows) + " biases");
    }
  }
}

template <class T>
FloatVector pack(const Layout& layout, const PlainParametersOf<T>& plain) {
  check_sizes(layout.shape(), plain, "parameters");
  FloatVector flat(layout.size());
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const std::vector<T>&weights = plain.weights[l], &biases = plain.biases[l];
    visit_weights(layout.layer(l), [&](std::size_t at, std::size_t i) {
      flat[at] = static_cast<float>(weights[i]);
    });
    visit_biases(layout.layer(l), [&](std::size_t at, std::size_t i) {
      flat[at] = static_cast<float>(biases[i]);
    });
  }
  return flat;
}

template <class T>
PlainParametersOf<T> unpack(const Layout& layout, const FloatVector& flat) {
  PlainParametersOf<T> plain;
  const Shape& shape = layout.shape();
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const std::size_t rows = shape.weight_rows(l);
    std::vector<T> weights(rows * shape.layer_inputs(l)), biases(rows);
    visit_weights(layout.layer(l),
                  [&](std::size_t at, std::size_t i) { weights[i] = flat[at]; });
    visit_biases(layout.layer(l),
                 [&](std::size_t at, std::size_t i) { biases[i] = flat[at]; });
    plain.weights.push_back(std::move(weights));
    plain.biases.push_back(std::move(biases));
  }
  return plain;
}

template void check_sizes(const Shape&, const PlainParameters&, const std::string&);
template void check_sizes(const Shape&, const PlainFloats&, const std::string&);
template FloatVector pack(const Layout&, const PlainParameters&);
template FloatVector pack(const Layout&, const PlainFloats&);
template PlainParameters unpack(const Layout&, const FloatVector&);
template PlainFloats unpack(const Layout&, const FloatVector&);

}  // namespace feedforward

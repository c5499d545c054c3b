// Level 4, network.
#include "network/layout.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace feedforward {
namespace {

WeightMatrix lying(const LayerLayout& layer, WeightMatrix matrix, bool by_input) {
  matrix.by_input = by_input;
  // The last channel needs no padding of its own.
  matrix.rows = by_input ? matrix.inputs : layer.slots - layer.unit_stride + layer.units;
  matrix.stride = by_input ? layer.slots : padded(matrix.inputs);
  return matrix;
}

}  // namespace

Layout::Layout(const Shape& shape, For use, bool sparse_numbers) : shape_(shape) {
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    LayerLayout layer;
    layer.inputs = shape.layer_inputs(l);
    layer.units = shape.layer_units(l);
    layer.channels = shape.layer_channels(l);
    layer.unit_stride = padded(layer.units);
    layer.slots = layer.channels * layer.unit_stride;
    layer.bias_offset = size_;
    size_ += layer.slots;

    const auto add_matrix = [&](std::size_t first, std::size_t inputs, bool by_input) {
      if (inputs == 0) return;
      WeightMatrix matrix{};
      matrix.offset = size_;
      matrix.first_input = first;
      matrix.inputs = inputs;
      layer.matrices.push_back(lying(layer, matrix, by_input));
      std::size_t room = layer.matrices.back().size();
      if (use == For::kRows && l > 0) {
        room = std::max(room, lying(layer, matrix, !by_input).size());
      }
      size_ += room;
    };
    if (use == For::kBatches) {
      if (l == 0) {
        add_matrix(0, shape.coded_inputs, true);
        add_matrix(shape.coded_inputs, shape.numeric_inputs, true);
      } else {
        add_matrix(0, layer.inputs, true);
      }
    } else if (l == 0) {
      // By unit, half the units active, costs units / 2 rows of padded inputs; by input
      // every number costs a row of padded units.
      const std::size_t numbers = shape.numeric_inputs;
      const bool by_input =
          sparse_numbers || numbers * (layer.slots / kLanes) <=
                                (layer.units + 1) / 2 * (padded(numbers) / kLanes);
      if (by_input) {
        add_matrix(0, shape.inputs(), true);
      } else {
        add_matrix(0, shape.coded_inputs, true);
        add_matrix(shape.coded_inputs, numbers, false);
      }
    } else {
      add_matrix(0, layer.inputs, false);
    }
    layers_.push_back(layer);
  }
}

void Layout::turn(std::size_t l) {
  WeightMatrix& matrix = layers_[l].matrices.front();
  matrix = lying(layers_[l], matrix, !matrix.by_input);
}

namespace {

// Calls visit(flat offset, layer, position among the plain weights or biases, is_bias).
template <class Visit>
void visit_parameters(const Layout& layout, Visit visit) {
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const LayerLayout& layer = layout.layer(l);
    const std::size_t per_input = layer.units * layer.channels;
    for (const WeightMatrix& matrix : layer.matrices) {
      for (std::size_t i = 0; i < matrix.inputs; ++i) {
        const std::size_t row = (matrix.first_input + i) * per_input;
        if (matrix.by_input && layer.channels == 1) {  // both lie in one piece
          const std::size_t at = matrix.offset + i * matrix.stride;
          for (std::size_t u = 0; u < layer.units; ++u) visit(at + u, l, row + u, false);
          continue;
        }
        for (std::size_t u = 0; u < layer.units; ++u) {
          for (std::size_t c = 0; c < layer.channels; ++c) {
            const std::size_t slot = layer.slot(u, c);
            const std::size_t at =
                matrix.by_input ? i * matrix.stride + slot : slot * matrix.stride + i;
            visit(matrix.offset + at, l, row + u * layer.channels + c, false);
          }
        }
      }
    }
    for (std::size_t u = 0; u < layer.units; ++u) {
      for (std::size_t c = 0; c < layer.channels; ++c) {
        visit(layer.bias_offset + layer.slot(u, c), l, u * layer.channels + c, true);
      }
    }
  }
}

}  // namespace

void pack(const Layout& layout, const PlainParameters& plain, float* flat) {
  if (plain.weights.size() != layout.layers() || plain.biases.size() != layout.layers()) {
    throw std::invalid_argument("weights and biases must have one element per layer");
  }
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const LayerLayout& layer = layout.layer(l);
    const std::size_t units = layer.units * layer.channels;
    if (plain.weights[l].size() != layer.inputs * units ||
        plain.biases[l].size() != units) {
      throw std::invalid_argument("layer " + std::to_string(l + 1) + " needs " +
                                  std::to_string(units) + " x " +
                                  std::to_string(layer.inputs) + " weights and " +
                                  std::to_string(units) + " biases");
    }
  }
  visit_parameters(layout, [&](std::size_t at, std::size_t l, std::size_t i, bool bias) {
    flat[at] = static_cast<float>(bias ? plain.biases[l][i] : plain.weights[l][i]);
  });
}

PlainParameters unpack(const Layout& layout, const float* flat) {
  PlainParameters plain;
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const LayerLayout& layer = layout.layer(l);
    plain.weights.emplace_back(layer.inputs * layer.units * layer.channels);
    plain.biases.emplace_back(layer.units * layer.channels);
  }
  visit_parameters(layout, [&](std::size_t at, std::size_t l, std::size_t i, bool bias) {
    (bias ? plain.biases : plain.weights)[l][i] = flat[at];
  });
  return plain;
}

void limit_norms(const Layout& layout, std::size_t l, float* flat, double max_w2,
                 const float* active) {
  const LayerLayout& layer = layout.layer(l);
  std::vector<double> squares(layer.slots, 0.0);
  for (const WeightMatrix& matrix : layer.matrices) {
    for (std::size_t r = 0; r < matrix.rows; ++r) {
      const float* row = flat + matrix.offset + r * matrix.stride;
      if (matrix.by_input) {
        for (std::size_t s = 0; s < layer.slots; ++s) {
          squares[s] += static_cast<double>(row[s]) * row[s];
        }
      } else if (!active || active[r] != 0) {
        for (std::size_t i = 0; i < matrix.inputs; ++i) {
          squares[r] += static_cast<double>(row[i]) * row[i];
        }
      }
    }
  }
  for (std::size_t s = 0; s < layer.slots; ++s) {
    if (squares[s] <= max_w2 || (active && active[s] == 0)) continue;
    const float scale = static_cast<float>(std::sqrt(max_w2 / squares[s]));
    for (const WeightMatrix& matrix : layer.matrices) {
      float* const weights = flat + matrix.offset;
      if (matrix.by_input) {
        for (std::size_t i = 0; i < matrix.inputs; ++i)
          weights[i * matrix.stride + s] *= scale;
      } else {
        for (std::size_t i = 0; i < matrix.inputs; ++i)
          weights[s * matrix.stride + i] *= scale;
      }
    }
  }
}

}  // namespace feedforward

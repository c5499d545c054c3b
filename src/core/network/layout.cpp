// Level 4, network.
#include "network/layout.h"

#include <algorithm>
#include <cmath>

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
  layers_[l].turned = !layers_[l].turned;
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

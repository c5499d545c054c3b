// Level 4, network.
#include "network/layout.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace feedforward {
namespace {

WeightBlock lying(const LayerLayout& layer, WeightBlock block, bool by_input) {
  block.by_input = by_input;
  // The last channel needs no padding of its own.
  block.rows = by_input ? block.inputs : layer.slots - layer.unit_stride + layer.units;
  block.stride = by_input ? layer.slots : padded(block.inputs);
  return block;
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

    const auto add_block = [&](std::size_t first, std::size_t inputs, bool by_input) {
      if (inputs == 0) return;
      WeightBlock block{};
      block.offset = size_;
      block.first_input = first;
      block.inputs = inputs;
      layer.blocks.push_back(lying(layer, block, by_input));
      std::size_t room = layer.blocks.back().size();
      if (use == For::kRows && l > 0) {
        room = std::max(room, lying(layer, block, !by_input).size());
      }
      size_ += room;
    };
    if (use == For::kBatches) {
      if (l == 0) {
        add_block(0, shape.coded_inputs, true);
        add_block(shape.coded_inputs, shape.numeric_inputs, true);
      } else {
        add_block(0, layer.inputs, true);
      }
    } else if (l == 0) {
      // By unit, half the units active, costs units / 2 rows of padded inputs; by input
      // every number costs a row of padded units.
      const std::size_t numbers = shape.numeric_inputs;
      const bool by_input =
          sparse_numbers || numbers * (layer.slots / kLanes) <=
                                (layer.units + 1) / 2 * (padded(numbers) / kLanes);
      if (by_input) {
        add_block(0, shape.inputs(), true);
      } else {
        add_block(0, shape.coded_inputs, true);
        add_block(shape.coded_inputs, numbers, false);
      }
    } else {
      add_block(0, layer.inputs, false);
    }
    layers_.push_back(layer);
  }
}

void Layout::turn(std::size_t l) {
  WeightBlock& block = layers_[l].blocks.front();
  block = lying(layers_[l], block, !block.by_input);
}

namespace {

// Calls visit(flat offset, layer, position among the plain weights or biases, is_bias).
template <class Visit>
void visit_parameters(const Layout& layout, Visit visit) {
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    const LayerLayout& layer = layout.layer(l);
    const std::size_t per_input = layer.units * layer.channels;
    for (const WeightBlock& block : layer.blocks) {
      for (std::size_t i = 0; i < block.inputs; ++i) {
        const std::size_t row = (block.first_input + i) * per_input;
        if (block.by_input && layer.channels == 1) {  // both lie in one piece
          const std::size_t at = block.offset + i * block.stride;
          for (std::size_t u = 0; u < layer.units; ++u) visit(at + u, l, row + u, false);
          continue;
        }
        for (std::size_t u = 0; u < layer.units; ++u) {
          for (std::size_t c = 0; c < layer.channels; ++c) {
            const std::size_t slot = layer.slot(u, c);
            const std::size_t at =
                block.by_input ? i * block.stride + slot : slot * block.stride + i;
            visit(block.offset + at, l, row + u * layer.channels + c, false);
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
  for (const WeightBlock& block : layer.blocks) {
    for (std::size_t r = 0; r < block.rows; ++r) {
      const float* row = flat + block.offset + r * block.stride;
      if (block.by_input) {
        for (std::size_t s = 0; s < layer.slots; ++s) {
          squares[s] += static_cast<double>(row[s]) * row[s];
        }
      } else if (!active || active[r] != 0) {
        for (std::size_t i = 0; i < block.inputs; ++i) {
          squares[r] += static_cast<double>(row[i]) * row[i];
        }
      }
    }
  }
  for (std::size_t s = 0; s < layer.slots; ++s) {
    if (squares[s] <= max_w2 || (active && active[s] == 0)) continue;
    const float scale = static_cast<float>(std::sqrt(max_w2 / squares[s]));
    for (const WeightBlock& block : layer.blocks) {
      float* const weights = flat + block.offset;
      if (block.by_input) {
        for (std::size_t i = 0; i < block.inputs; ++i)
          weights[i * block.stride + s] *= scale;
      } else {
        for (std::size_t i = 0; i < block.inputs; ++i)
          weights[s * block.stride + i] *= scale;
      }
    }
  }
}

}  // namespace feedforward

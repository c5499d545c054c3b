// Level 4, network.
#include "network/layout.h"

#include <algorithm>
#include <cmath>

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
  layers_[l].turned = !layers_[l].turned;
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

// Level 5, learning.
#include "learning/layout_turning.h"

#include <algorithm>

namespace feedforward {
namespace {

// Blocks of 16 weights: what one costs to step, where reading it costs 1, and how much
// cheaper the other way must be (bench/kernels.cpp).
constexpr double kStepCost = 8;
constexpr double kClearly = 0.85;

double cost(const LayerLayout& layer, const LayerActivity& a, bool by_input) {
  const double rows = static_cast<double>(a.rows);
  const double inputs = static_cast<double>(a.inputs),
               units = static_cast<double>(a.units);
  const double input_blocks = static_cast<double>(a.input_blocks) / rows;
  const double unit_blocks = static_cast<double>(a.unit_blocks) / rows;
  const double all_units = rows * static_cast<double>(layer.units * layer.channels);
  const double all_blocks = static_cast<double>(layer.slots / kLanes);
  return by_input ? inputs * all_blocks + kStepCost * inputs * unit_blocks
                  : all_units * input_blocks + kStepCost * units * input_blocks;
}

void count_active(const FloatVector& v, std::uint64_t* lanes, std::uint64_t* blocks) {
  for (std::size_t j = 0; j < v.size(); j += kLanes) {
    std::uint64_t here = 0;
    for (std::size_t i = 0; i < kLanes; ++i) here += v[j + i] != 0;
    *lanes += here;
    *blocks += here > 0;
  }
}

}  // namespace

void LayerActivity::count(const FloatVector& entered, const FloatVector& deltas) {
  ++rows;
  count_active(entered, &inputs, &input_blocks);
  count_active(deltas, &units, &unit_blocks);
}

bool better_turned(const LayerLayout& layer, const LayerActivity& activity) {
  const bool one_block = layer.inputs <= kLanes && layer.slots <= kLanes;
  if (activity.rows == 0 || one_block) return false;
  const bool by_input = layer.matrices.front().by_input;
  return cost(layer, activity, !by_input) < kClearly * cost(layer, activity, by_input);
}

void turn_layer(Layout* layout, std::size_t l, const Kernels& kernels,
                const std::vector<FloatVector*>& vectors) {
  const WeightMatrix from = layout->layer(l).matrices.front();
  layout->turn(l);
  const WeightMatrix to = layout->layer(l).matrices.front();
  FloatVector old(from.size());
  for (FloatVector* v : vectors) {
    if (v->empty()) continue;
    float* const at = v->data() + from.offset;
    std::copy_n(at, from.size(), old.data());
    std::fill_n(at, std::max(from.size(), to.size()), 0.0f);
    kernels.transpose(old.data(), from.stride, at, to.stride, from.rows, to.rows);
  }
}

}  // namespace feedforward

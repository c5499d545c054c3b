// Level 5, learning. Which way the weights of a layer lie while rows train it one by one.
//
// A row reads the weights of the active inputs or of all units, and steps the active
// inputs by blocks of units or the active units by blocks of inputs. How many are active
// depends on the data and changes as units die: one-hot inputs leave few inputs to the
// second layer, dense ones many. So now and then the activity of some rows is counted,
// the same rows whatever the threads, and weights that lie the slower way are turned.
#ifndef FEEDFORWARD_LAYOUT_TURNING_H
#define FEEDFORWARD_LAYOUT_TURNING_H

#include <cstdint>
#include <vector>

#include "kernels/kernels.h"
#include "network/layout.h"

namespace feedforward {

// What rows touched of a layer's weights, in sums over rows: inputs and units (slots)
// that were active, and blocks of either with one that was.
struct LayerActivity {
  std::uint64_t rows = 0;
  std::uint64_t inputs = 0, input_blocks = 0, units = 0, unit_blocks = 0;

  // Counts one row: what entered the layer, and its deltas.
  void count(const FloatVector& entered, const FloatVector& deltas);
  void add(const LayerActivity& other) {
    rows += other.rows;
    inputs += other.inputs;
    input_blocks += other.input_blocks;
    units += other.units;
    unit_blocks += other.unit_blocks;
  }
};

// Whether rows of this activity train the weights of a layer, not the first, clearly
// faster when they lie the other way.
bool better_turned(const LayerLayout& layer, const LayerActivity& activity);

// Turns layer l of the layout and of all vectors laid out by it; empty ones stay empty.
void turn_layer(Layout* layout, std::size_t l, const Kernels& kernels,
                const std::vector<FloatVector*>& vectors);

}  // namespace feedforward

#endif

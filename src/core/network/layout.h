// Level 4, network. Where every weight and bias lies in one flat vector of floats.
//
// A layer has a bias row and one or two weight matrices, whose rows are padded to whole
// lanes. A matrix is stored by input (row i holds the weights from input i to all
// units) or by unit (row u holds the weights of unit u from all inputs):
//   by input suits inputs given by index or mostly zero: only their rows are touched;
//   by unit suits dense inputs trained row by row: rows of inactive units stay untouched.
// Which units are active shows in training only, and changes: beyond the first layer the
// weights can be turned.
// The units of a Maxout layer are channel 0 of all units, padded, then channel 1.
#ifndef FEEDFORWARD_LAYOUT_H
#define FEEDFORWARD_LAYOUT_H

#include <cstddef>
#include <vector>

#include "network/shape.h"
#include "words/types.h"

namespace feedforward {

struct WeightMatrix {
  std::size_t offset;       // of its first weight in the flat vector
  std::size_t first_input;  // of the layer's inputs, the first this matrix holds
  std::size_t inputs;
  bool by_input;
  std::size_t rows;    // inputs, or unit slots
  std::size_t stride;  // padded unit slots, or padded inputs

  std::size_t size() const { return rows * stride; }
};

struct LayerLayout {
  std::size_t inputs, units, channels;
  std::size_t unit_stride;  // padded(units): from one channel to the next
  std::size_t slots;        // channels * unit_stride: length of z, biases and deltas
  std::size_t bias_offset;
  std::vector<WeightMatrix> matrices;
  bool turned = false;  // its weights lie the other way than at first

  // Slot of unit u, channel c.
  std::size_t slot(std::size_t u, std::size_t c) const { return c * unit_stride + u; }
};

class Layout {
 public:
  // For training row by row: dense inputs by unit. For mini-batches and prediction: all
  // by input.
  enum class For { kRows, kBatches };
  Layout(const Shape& shape, For use, bool sparse_numbers);

  const Shape& shape() const { return shape_; }
  const LayerLayout& layer(std::size_t l) const { return layers_[l]; }
  std::size_t layers() const { return layers_.size(); }
  std::size_t size() const { return size_; }  // floats, padding included

  // From now on the weights of layer l, not the first, lie the other way. There is room
  // for both. Vectors laid out by this are the caller's to turn (layout_turning.h).
  void turn(std::size_t l);

 private:
  Shape shape_;
  std::vector<LayerLayout> layers_;
  std::size_t size_ = 0;
};

// Multiplies the incoming weights of a unit by sqrt(max_w2 / their sum of squares) where
// that sum is above max_w2. Only slots whose `active` entry is not 0; null: all.
void limit_norms(const Layout& layout, std::size_t layer, float* flat, double max_w2,
                 const float* active);

}  // namespace feedforward

#endif

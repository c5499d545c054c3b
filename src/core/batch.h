// Level 3. Many rows at once: their inputs gathered, and the forward pass through matrix
// products. Serves mini-batches and prediction.
#ifndef FEEDFORWARD_BATCH_H
#define FEEDFORWARD_BATCH_H

#include <cstdint>
#include <vector>

#include "kernels/kernels.h"
#include "parameters.h"
#include "rows.h"

namespace feedforward {

struct BatchLayer {
  FloatVector z, derivative;  // rows x slots
  FloatVector activation;     // rows x unit_stride
};

// Scratch for up to `capacity` rows.
class Batch {
 public:
  Batch(const Layout& layout, const Kernels& kernels, const Rows& rows,
        std::size_t capacity);

  // Copies data row `row` to place i; with a dropout ratio its inputs are masked, keyed by
  // seed, epoch and row.
  void read(std::size_t i, std::size_t row, double input_dropout_ratio,
            std::uint64_t seed, std::uint32_t epoch);

  // Forward of places [from, to) with the weights in flat (laid out for batches): leaves
  // the outputs in z of the last layer. masks: per hidden layer null or rows x unit_stride.
  void forward(const float* flat, std::size_t from, std::size_t to,
               const std::vector<FloatVector>* masks);

  BatchLayer& layer(std::size_t l) { return layers_[l]; }
  const float* outputs(std::size_t i) const {
    return layers_.back().z.data() + i * layout_.layer(layers_.size() - 1).slots;
  }
  const float* numbers(std::size_t i) const {
    return numbers_.data() + i * rows_.numeric_inputs;
  }
  // One-hot inputs of place i, those there are, with their values.
  const int* inputs(std::size_t i) const { return inputs_.data() + i * rows_.coded_columns; }
  const float* input_values(std::size_t i) const {
    return input_values_.data() + i * rows_.coded_columns;
  }
  std::size_t n_inputs(std::size_t i) const { return n_inputs_[i]; }
  std::size_t capacity() const { return n_inputs_.size(); }

 private:
  const Layout& layout_;
  const Kernels& kernels_;
  const Rows& rows_;
  std::vector<BatchLayer> layers_;
  FloatVector numbers_;  // capacity x numeric_inputs
  std::vector<int> inputs_;
  std::vector<float> input_values_;
  std::vector<std::size_t> n_inputs_;
};

}  // namespace feedforward

#endif

// Level 4, network. Many rows at once: their inputs gathered, and the forward pass
// through matrix products. Serves mini-batches and prediction.
#ifndef FEEDFORWARD_BATCH_H
#define FEEDFORWARD_BATCH_H

#include <cstdint>
#include <vector>

#include "data/rows.h"
#include "kernels/kernels.h"
#include "network/layout.h"

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

  // Copies data row `row` to place i; with a dropout ratio its inputs are masked, keyed
  // by seed, epoch and row.
  void read(std::size_t i, std::size_t row, double input_dropout_ratio,
            std::uint64_t seed, std::uint32_t epoch);

  // Forward of places [from, to) with the weights in flat (laid out for batches): leaves
  // the outputs in z of the last layer. masks: per hidden layer null or rows x
  // unit_stride.
  void forward(const float* flat, std::size_t from, std::size_t to,
               const std::vector<FloatVector>* masks);

  const BatchLayer& layer(std::size_t l) const { return layers_[l]; }
  const float* outputs(std::size_t i) const {
    return layers_.back().z.data() + i * layout_.layer(layers_.size() - 1).slots;
  }
  // Numbers of place i, number_stride() from one place to the next. None when rows are
  // lists.
  const float* numbers(std::size_t i) const {
    return numbers_.data() + i * number_stride_;
  }
  std::size_t number_stride() const { return number_stride_; }
  // The numbers of place i that are not 0, by position in ascending order. None of rows
  // with few zeros.
  ListedVector listed_numbers(std::size_t i) const {
    return {listed_.data() + i * list_room_, listed_values_.data() + i * list_room_,
            n_listed_[i]};
  }
  // Whether so few numbers of places [from, to) are not 0 that lists are faster than
  // products. Adding a product with 0 changes nothing, so either way gives the same bits.
  bool mostly_zero(std::size_t from, std::size_t to) const;
  // One-hot inputs of place i, those there are.
  ListedVector coded_inputs(std::size_t i) const {
    return {coded_.data() + i * rows_.coded_columns,
            coded_values_.data() + i * rows_.coded_columns, n_coded_[i]};
  }

 private:
  void activate(std::size_t l, std::size_t from, std::size_t to, const float* mask);

  const Layout& layout_;
  const Kernels& kernels_;
  const Rows& rows_;
  const ActivationKernel activate_;
  std::vector<BatchLayer> layers_;
  std::size_t number_stride_;  // 0 when the rows are lists and never made dense
  std::size_t list_room_;
  FloatVector numbers_;  // capacity x number_stride
  std::vector<int> listed_;
  std::vector<float> listed_values_;
  std::vector<std::size_t> n_listed_;
  std::vector<int> coded_;
  std::vector<float> coded_values_;
  std::vector<std::size_t> n_coded_;
};

}  // namespace feedforward

#endif

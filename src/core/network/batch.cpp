// Level 4, network.
#include "network/batch.h"

#include <algorithm>

#include "formulas/dropout.h"

namespace feedforward {

namespace {

// Beyond this share of numbers that are not 0 the dense product is faster: a listed
// number costs about three times as much.
constexpr double kMostListed = 0.3;

std::size_t longest_list(const Rows& rows) {
  if (!rows.lists()) return padded(rows.numeric_inputs);
  std::size_t longest = 0;
  for (std::size_t i = 0; i < rows.n; ++i) {
    longest = std::max(longest, rows.start[i + 1] - rows.start[i]);
  }
  return longest;
}

}  // namespace

Batch::Batch(const Layout& layout, const Kernels& kernels, const Rows& rows,
             std::size_t capacity)
    : layout_(layout),
      kernels_(kernels),
      rows_(rows),
      activate_(kernels.activation_kernel(layout.shape().activation)),
      layers_(layout.layers()),
      number_stride_(rows.lists() ? 0 : padded(rows.numeric_inputs)),
      list_room_(rows.few_zeros ? 0 : longest_list(rows) + kLanes),
      numbers_(capacity * number_stride_),
      listed_(capacity * list_room_),
      listed_values_(listed_.size()),
      n_listed_(capacity),
      coded_(capacity * rows.coded_columns),
      coded_values_(coded_.size()),
      n_coded_(capacity) {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    layers_[l].z.resize(capacity * layout.layer(l).slots);
    if (layout.shape().is_output(l)) break;
    layers_[l].derivative.resize(capacity * layout.layer(l).slots);
    layers_[l].activation.resize(capacity * layout.layer(l).unit_stride);
  }
}

void Batch::read(std::size_t i, std::size_t row, double ratio, std::uint64_t seed,
                 std::uint32_t epoch) {
  const RandomAddress at{seed, Purpose::kDropout, 0, epoch,
                         static_cast<std::uint32_t>(row)};
  const std::int32_t* const codes = rows_.row_codes(row);
  int* const coded = coded_.data() + i * rows_.coded_columns;
  float* const values = coded_values_.data() + i * rows_.coded_columns;
  std::size_t n = 0;
  for (std::size_t c = 0; c < rows_.coded_columns; ++c) {
    if (codes[c] < 0) continue;
    values[n] = ratio > 0
                    ? dropout_factor(
                          random_uniform(at, static_cast<std::uint32_t>(codes[c])), ratio)
                    : 1.0f;
    if (values[n] == 0) continue;
    coded[n++] = codes[c];
  }
  n_coded_[i] = n;

  const std::size_t width = rows_.numeric_inputs;
  if (width == 0) return;
  int* const listed = listed_.data() + i * list_room_;
  float* const listed_values = listed_values_.data() + i * list_room_;
  if (rows_.lists()) {
    std::size_t found = 0;
    for (std::size_t e = rows_.start[row]; e < rows_.start[row + 1]; ++e) {
      const std::size_t unit =
          rows_.coded_inputs + static_cast<std::size_t>(rows_.index[e]);
      const float kept =
          ratio > 0 ? dropout_factor(random_uniform(at, static_cast<std::uint32_t>(unit)),
                                     ratio)
                    : 1.0f;
      listed[found] = rows_.index[e];
      listed_values[found] = rows_.value[e] * kept;
      found += kept != 0;
    }
    n_listed_[i] = found;
    return;
  }
  float* const numbers = numbers_.data() + i * number_stride_;
  const float* const there = rows_.row_numbers(row, numbers);
  if (there != numbers) std::copy_n(there, width, numbers);
  if (ratio > 0) {
    float mask[64];
    for (std::size_t j = 0; j < width; j += 64) {
      const std::size_t n_now = std::min<std::size_t>(64, width - j);
      dropout_mask(kernels_, at, ratio, rows_.coded_inputs + j, n_now, mask);
      for (std::size_t m = 0; m < n_now; ++m) numbers[j + m] *= mask[m];
    }
  }
  if (rows_.few_zeros) return;
  n_listed_[i] = kernels_.list_active(numbers, number_stride_, listed, listed_values);
}

bool Batch::mostly_zero(std::size_t from, std::size_t to) const {
  if (rows_.lists()) return true;
  if (rows_.few_zeros) return false;
  std::size_t found = 0;
  for (std::size_t i = from; i < to; ++i) found += n_listed_[i];
  return static_cast<double>(found) <=
         kMostListed * static_cast<double>((to - from) * rows_.numeric_inputs);
}

void Batch::forward(const float* flat, std::size_t from, std::size_t to,
                    const std::vector<FloatVector>* masks) {
  const Shape& shape = layout_.shape();
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const LayerLayout& layout = layout_.layer(l);
    float* const z = layers_[l].z.data();
    for (std::size_t i = from; i < to; ++i) {
      std::copy_n(flat + layout.bias_offset, layout.slots, z + i * layout.slots);
    }
    for (const WeightMatrix& matrix : layout.matrices) {
      const float* const weights = flat + matrix.offset;
      const bool coded = l == 0 && matrix.first_input < shape.coded_inputs;
      const bool listed = l == 0 && !coded && mostly_zero(from, to);
      if (!coded && !listed) {
        const std::size_t stride =
            l > 0 ? layout_.layer(l - 1).unit_stride : number_stride_;
        const float* const a = l > 0 ? layers_[l - 1].activation.data() : numbers_.data();
        kernels_.product(z + from * layout.slots, layout.slots, a + from * stride, stride,
                         weights, matrix.stride, to - from, matrix.inputs, layout.slots);
        continue;
      }
      for (std::size_t i = from; i < to; ++i) {
        float* const row = z + i * layout.slots;
        kernels_.gather_rows(row, row, layout.slots, weights, matrix.stride,
                             coded ? coded_inputs(i) : listed_numbers(i), nullptr, 0);
      }
    }
    if (shape.is_output(l)) return;
    activate(l, from, to, masks && !(*masks)[l].empty() ? (*masks)[l].data() : nullptr);
  }
}

// mask: of the whole batch, or null.
void Batch::activate(std::size_t l, std::size_t from, std::size_t to, const float* mask) {
  const LayerLayout& layout = layout_.layer(l);
  BatchLayer& layer = layers_[l];
  // Rows lie one after another: without channels a stretch of rows is one long vector.
  const std::size_t together = layout.channels == 1 ? to - from : 1;
  for (std::size_t i = from; i < to; i += together) {
    const std::size_t at = i * layout.unit_stride, slots_at = i * layout.slots;
    activate_(layer.z.data() + slots_at, mask ? mask + at : nullptr,
              layer.activation.data() + at, layer.derivative.data() + slots_at,
              together * layout.unit_stride);
  }
}

}  // namespace feedforward

// Level 5, learning.
#include "learning/batch_pass.h"

#include <algorithm>

#include "formulas/dropout.h"
#include "learning/output_gradient.h"

namespace feedforward {

BatchPass::BatchPass(const Setting& setting, std::size_t capacity)
    : setting_(setting),
      batch_(setting.layout, setting.kernels, setting.rows, capacity),
      deltas_(setting.layout.layers()),
      errors_(setting.layout.layers()),
      turned_(setting.layout.layers()),
      masks_(setting.layout.layers()) {
  for (std::size_t l = 0; l < setting.layout.layers(); ++l) {
    const LayerLayout& layout = setting.layout.layer(l);
    deltas_[l].resize(capacity * layout.slots);
    if (l > 0) {
      errors_[l - 1].resize(capacity * setting.layout.layer(l - 1).unit_stride);
      turned_[l].resize(layout.slots * padded(layout.inputs));
    }
    if (!setting.layout.shape().is_output(l) &&
        setting.options.hidden_dropout_ratios[l] > 0) {
      masks_[l].resize(capacity * layout.unit_stride);
    }
  }
}

bool BatchPass::run(const float* flat, const std::uint32_t* rows, std::size_t n,
                    std::size_t from, std::size_t to, std::uint32_t epoch) {
  read(rows, from, to, epoch);
  batch_.forward(flat, from, to, &masks_);
  const bool finite = output_errors(rows, n, from, to);
  for (std::size_t l = setting_.layout.layers() - 1; l > 0; --l) pass_errors(l, from, to);
  return finite;
}

double BatchPass::sum_of_squares(std::size_t l, std::size_t n) const {
  if (l > 0) {
    const FloatVector& a = batch_.layer(l - 1).activation;
    return setting_.kernels.sum_of_squares(a.data(),
                                           n * setting_.layout.layer(l - 1).unit_stride);
  }
  double sum = 0;
  const auto add = [&](const float* values, std::size_t count) {
    for (std::size_t j = 0; j < count; ++j) {
      sum += static_cast<double>(values[j]) * values[j];
    }
  };
  const std::size_t numbers = setting_.rows.numeric_inputs;
  for (std::size_t i = 0; i < n; ++i) {
    add(batch_.coded_inputs(i).values, batch_.coded_inputs(i).n);
    if (setting_.rows.few_zeros) {
      add(batch_.numbers(i), numbers);
    } else if (numbers > 0) {
      add(batch_.listed_numbers(i).values, batch_.listed_numbers(i).n);
    }
  }
  return sum;
}

void BatchPass::read(const std::uint32_t* rows, std::size_t from, std::size_t to,
                     std::uint32_t epoch) {
  const Options& o = setting_.options;
  for (std::size_t i = from; i < to; ++i) {
    if (i + kRowsAhead < to) {
      setting_.rows.prefetch(rows[i + kRowsAhead]);
      setting_.targets.prefetch(rows[i + kRowsAhead]);
    }
    batch_.read(i, rows[i], o.input_dropout_ratio, o.seed, epoch);
    for (std::size_t l = 0; l < masks_.size(); ++l) {
      if (masks_[l].empty()) continue;
      const LayerLayout& layout = setting_.layout.layer(l);
      const RandomAddress at{o.seed, Purpose::kDropout, static_cast<std::uint32_t>(l + 1),
                             epoch, rows[i]};
      dropout_mask(setting_.kernels, at, o.hidden_dropout_ratios[l], 0, layout.units,
                   masks_[l].data() + i * layout.unit_stride);
    }
  }
}

// The gradient is the mean over the batch, so an error counts one n-th.
bool BatchPass::output_errors(const std::uint32_t* rows, std::size_t n, std::size_t from,
                              std::size_t to) {
  bool finite = true;
  const std::size_t slots = setting_.layout.layer(setting_.layout.layers() - 1).slots;
  OutputGradient gradient(setting_);
  for (std::size_t i = from; i < to; ++i) {
    finite &= gradient(rows[i], batch_.outputs(i), deltas_.back().data() + i * slots,
                       1.0f / static_cast<float>(n));
  }
  return finite;
}

// The deltas of layer l become those of the layer below.
void BatchPass::pass_errors(std::size_t l, std::size_t from, std::size_t to) {
  const Kernels& k = setting_.kernels;
  const LayerLayout& layout = setting_.layout.layer(l);
  const LayerLayout& under = setting_.layout.layer(l - 1);
  float* const error = errors_[l - 1].data();
  std::fill(error + from * under.unit_stride, error + to * under.unit_stride, 0.0f);
  k.product(error + from * under.unit_stride, under.unit_stride,
            deltas_[l].data() + from * layout.slots, layout.slots, turned_[l].data(),
            padded(layout.inputs), to - from, layout.slots, under.unit_stride);
  const float* const derivative = batch_.layer(l - 1).derivative.data();
  for (std::size_t i = from; i < to; ++i) {
    for (std::size_t c = 0; c < under.channels; ++c) {
      const std::size_t at = i * under.slots + c * under.unit_stride;
      k.multiply(error + i * under.unit_stride, derivative + at,
                 deltas_[l - 1].data() + at, under.unit_stride);
    }
  }
}

void BatchPass::turn(const float* flat, std::size_t l, std::size_t from, std::size_t to) {
  const LayerLayout& layout = setting_.layout.layer(l);
  const WeightMatrix& matrix = layout.matrices.front();
  setting_.kernels.transpose(flat + matrix.offset + from * matrix.stride, matrix.stride,
                             turned_[l].data() + from, padded(layout.inputs), to - from,
                             layout.slots);
}

void BatchPass::turn_all(const float* flat) {
  for (std::size_t l = 1; l < setting_.layout.layers(); ++l) {
    turn(flat, l, 0, setting_.layout.layer(l).inputs);
  }
}

}  // namespace feedforward

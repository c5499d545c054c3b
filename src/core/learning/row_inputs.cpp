// Level 5, learning.
#include "learning/row_inputs.h"

#include "formulas/dropout.h"

namespace feedforward {

RowInputs::RowInputs(const Setting& setting)
    : rows_(setting.rows),
      kernels_(setting.kernels),
      seed_(setting.options.seed),
      ratio_(setting.options.input_dropout_ratio),
      numbers_by_input_(setting.layout.layer(0).matrices.back().by_input),
      signal_(padded(rows_.numeric_inputs),
              rows_.coded_columns + rows_.numeric_inputs + 1),
      mask_(ratio_ > 0 ? signal_.values.size() : 0) {
  signal_.blocked.n_blocks = 0;
}

void RowInputs::read(std::size_t row, std::uint32_t epoch) {
  const RandomAddress at{seed_, Purpose::kDropout, 0, epoch,
                         static_cast<std::uint32_t>(row)};
  signal_.listed.n = 0;
  read_codes(at);
  if (rows_.numeric_inputs == 0) return;
  if (numbers_by_input_ && rows_.lists()) {
    read_list(at);
  } else {
    read_numbers(at);
  }
}

void RowInputs::read_codes(const RandomAddress& at) {
  const std::int32_t* const codes = rows_.row_codes(at.row);
  for (std::size_t c = 0; c < rows_.coded_columns; ++c) {
    if (codes[c] < 0) continue;
    const std::uint32_t input = static_cast<std::uint32_t>(codes[c]);
    add(input, ratio_ > 0 ? dropout_factor(random_uniform(at, input), ratio_) : 1.0f);
  }
}

void RowInputs::read_list(const RandomAddress& at) {
  for (std::size_t e = rows_.start[at.row]; e < rows_.start[at.row + 1]; ++e) {
    const std::size_t input =
        rows_.coded_inputs + static_cast<std::size_t>(rows_.index[e]);
    float value = rows_.value[e];
    if (ratio_ > 0) {
      const float uniform = random_uniform(at, static_cast<std::uint32_t>(input));
      value *= dropout_factor(uniform, ratio_);
    }
    add(input, value);
  }
}

void RowInputs::read_numbers(const RandomAddress& at) {
  const std::size_t n = rows_.numeric_inputs;
  const float* const numbers = rows_.row_numbers(at.row, signal_.values.data());
  if (ratio_ > 0) {
    dropout_mask(kernels_, at, ratio_, rows_.coded_inputs, n, mask_.data());
  }
  const auto value_of = [&](std::size_t j) {
    return ratio_ > 0 ? numbers[j] * mask_[j] : numbers[j];
  };
  if (numbers_by_input_) {
    for (std::size_t j = 0; j < n; ++j) add(rows_.coded_inputs + j, value_of(j));
    return;
  }
  for (std::size_t j = 0; j < n; ++j) signal_.values[j] = value_of(j);
  signal_.blocked.n_blocks = kernels_.active_blocks(
      signal_.values.data(), nullptr, 0, signal_.values.size(), signal_.blocks.data());
}

double RowInputs::sum_of_squares() const {
  double sum = 0;
  for (std::size_t i = 0; i < signal_.listed.n; ++i) {
    sum += static_cast<double>(signal_.listed_values[i]) * signal_.listed_values[i];
  }
  if (numbers_by_input_) return sum;
  return sum + kernels_.sum_of_squares(signal_.values.data(), signal_.values.size());
}

// A zero is no input; written all the same, it is overwritten by the next.
void RowInputs::add(std::size_t input, float value) {
  signal_.listed_index[signal_.listed.n] = static_cast<int>(input);
  signal_.listed_values[signal_.listed.n] = value;
  signal_.listed.n += value != 0;
}

}  // namespace feedforward

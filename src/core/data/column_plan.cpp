// Level 2, data.
#include "data/column_plan.h"

namespace feedforward {

RowShare CodesPlan::share(const Column& column) const {
  if (!std::holds_alternative<View<int>>(column)) {
    throw std::invalid_argument("codes must be whole numbers");
  }
  bool sound = missing >= -1 && missing < std::numeric_limits<std::int32_t>::max();
  for (std::int32_t input : map) sound &= input >= -1 && input <= missing;
  if (!sound) throw std::invalid_argument("a level's input is out of range");
  RowShare share;
  share.codes = 1;
  share.coded_inputs = static_cast<std::size_t>(missing + 1);
  return share;
}

void CodesPlan::write(const Column& column, const RowBlock& block) const {
  const View<int> codes = std::get<View<int>>(column);
  const std::int32_t* const inputs = map.data();
  const std::size_t levels = map.size();
  const std::int32_t otherwise = missing;
  for (std::size_t i = block.from; i < block.to; ++i) {
    const int code = codes[block.source_of(i)];
    std::int32_t input = otherwise;
    if (code != kMissing) {
      if (code < 1 || static_cast<std::size_t>(code) > levels) {
        throw std::invalid_argument("a factor has a code without a level");
      }
      input = inputs[code - 1];
    }
    block.codes[i * block.codes_step] = input;
  }
}

RowShare NumberPlan::share(const Column&) const {
  RowShare share;
  share.numbers = 1;
  share.keeps_zeros = mean == 0;
  return share;
}

void NumberPlan::write(const Column& column, const RowBlock& block) const {
  std::visit(
      [&](const auto& values) {
        for (std::size_t i = block.from; i < block.to; ++i) {
          const double x = number_at(values, block.source_of(i));
          block.numbers[i * block.numbers_step] =
              scaled(std::isnan(x) ? impute : x, mean, scale);
        }
      },
      column);
}

}  // namespace feedforward

// Level 2, data.
#include "data/column_plan.h"

#include <algorithm>

namespace feedforward {

void throw_beyond_float() {
  throw std::invalid_argument("a number is beyond single precision after scaling");
}

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

namespace {

// write(x, to): what the number x of a row becomes.
template <class Write>
void write_each(const Column& column, const RowBlock& block, double impute, Write write) {
  std::visit(
      [&](const auto& values) {
        for (std::size_t i = block.from; i < block.to; ++i) {
          const double x = number_at(values, block.source_of(i));
          write(std::isnan(x) ? impute : x, block.numbers + i * block.numbers_step);
        }
      },
      column);
}

RowShare share_of_numbers(std::size_t numbers) {
  RowShare share;
  share.numbers = numbers;
  share.keeps_zeros = false;
  return share;
}

// value(i): the number of row i.
template <class Value>
void write_numbers(const NumberPlan& plan, const RowBlock& block, Value value) {
  const double mean = plan.mean, scale = plan.scale, impute = plan.impute;
  bool finite = true;
  for (std::size_t i = block.from; i < block.to; ++i) {
    const double x = value(i);
    const float y = static_cast<float>(((std::isnan(x) ? impute : x) - mean) * scale);
    finite &= std::abs(y) <= std::numeric_limits<float>::max();
    block.numbers[i * block.numbers_step] = y;
  }
  if (!finite) throw_beyond_float();
}

}  // namespace

void NumberPlan::write(const Column& column, const RowBlock& block) const {
  std::visit(
      [&](const auto& values) {
        if (block.source == nullptr) {
          write_numbers(*this, block,
                        [&](std::size_t i) { return number_at(values, i); });
        } else {
          write_numbers(*this, block, [&](std::size_t i) {
            return number_at(values, block.source[i]);
          });
        }
      },
      column);
}

RowShare CurvesPlan::share(const Column&) const {
  if (knots.empty() || values.empty() || values.size() % knots.size() != 0 ||
      !std::is_sorted(knots.begin(), knots.end())) {
    throw std::invalid_argument("curves must have a value at each of increasing knots");
  }
  return share_of_numbers(curves());
}

void CurvesPlan::write(const Column& column, const RowBlock& block) const {
  const std::size_t count = curves(), n = knots.size();
  write_each(column, block, impute, [&](double x, float* to) {
    const auto above = std::upper_bound(knots.begin(), knots.end(), x);
    const auto k = static_cast<std::size_t>(above - knots.begin());
    const std::size_t low = k == 0 ? 0 : k - 1, high = std::min(k, n - 1);
    const double width = knots[high] - knots[low];
    const double share = width > 0 ? (x - knots[low]) / width : 0;
    for (std::size_t c = 0; c < count; ++c) {
      const double from = values[c * n + low], step = values[c * n + high] - from;
      to[c] = static_cast<float>(from + share * step);
    }
  });
}

RowShare BentPlan::share(const Column&) const { return share_of_numbers(1); }

void BentPlan::write(const Column& column, const RowBlock& block) const {
  write_each(column, block, impute, [&](double x, float* to) {
    const double z = (x - centre) * scale;
    *to = static_cast<float>(z / std::sqrt(1 + (z / 3) * (z / 3)));
  });
}

RowShare WavesPlan::share(const Column&) const {
  return share_of_numbers(2 * frequencies.size());
}

void WavesPlan::write(const Column& column, const RowBlock& block) const {
  constexpr double kTurn = 6.283185307179586;
  write_each(column, block, impute, [&](double x, float* to) {
    const double z = (x - centre) * scale;
    for (const double c : frequencies) {
      *to++ = static_cast<float>(std::cos(kTurn * c * z));
      *to++ = static_cast<float>(std::sin(kTurn * c * z));
    }
  });
}

}  // namespace feedforward

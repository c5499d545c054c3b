// Level 2, data.
#include "data/number_facts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

constexpr std::size_t kFewColumns = 4;  // a task

// Terms that doubles add without rounding: 2^24 multiples of 2^-26 up to 1.
constexpr std::size_t kExactTerms = std::size_t{1} << 24;
constexpr std::size_t kLanes = 4;  // sums that do not wait for each other

// Beside these numbers the last digit is 2^-26, and 2^-53: adding one rounds to it.
constexpr double kCoarse = 1.5 * 67108864;
constexpr double kFine = 0.75;
constexpr double kCoarseUnits = 67108864;        // 2^26
constexpr double kFineUnits = 9007199254740992;  // 2^53

double power_of_two(int exponent) { return std::ldexp(1.0, exponent); }

class GridAdder {
 public:
  void add(std::size_t lane, double term) {
    const double coarse = (term + kCoarse) - kCoarse;
    coarse_[lane] += coarse;
    fine_[lane] += ((term - coarse) + kFine) - kFine;
  }
  void move_to(GridSum* sum) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sum->coarse += static_cast<std::int64_t>(coarse_[lane] * kCoarseUnits);
      sum->fine += static_cast<std::int64_t>(fine_[lane] * kFineUnits);
      coarse_[lane] = fine_[lane] = 0;
    }
  }

 private:
  double coarse_[kLanes] = {}, fine_[kLanes] = {};
};

// Without branches, for where values are missing nobody can guess.
template <class Values>
NumberRange range_of_view(const Values& values) {
  const std::size_t n = values.size;
  NumberRange range;
  std::size_t known = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = number_at(values, i);
    range.low = v < range.low ? v : range.low;
    range.high = v > range.high ? v : range.high;
    known += v == v ? 1 : 0;
  }
  range.missing = n - known;
  if (known == 0 || (std::isfinite(range.low) && std::isfinite(range.high))) return range;
  for (std::size_t i = n; i-- > 0;) {
    if (!std::isinf(number_at(values, i))) continue;
    ++range.infinite;
    range.first_bad = i + 1;
  }
  return range;
}

template <bool kWeighted, bool kSquares, class Values>
NumberSums sums_of_view(const Values& values, NumberUnit unit, RowWeights weights) {
  const std::size_t n = values.size;
  NumberSums sums;
  // Two factors: one alone may be beyond the range of doubles.
  const double half = power_of_two(-unit.exponent / 2);
  const double rest = power_of_two(-unit.exponent - -unit.exponent / 2);
  const double share = power_of_two(-weights.exponent);
  GridAdder adder, squares, counts;
  const auto add = [&](std::size_t lane, std::size_t i) {
    const double v = number_at(values, i);
    const double t = v == v ? (v - unit.low) * half * rest - unit.centre : 0;
    if constexpr (kWeighted) {
      const double w = v == v ? weights.data[i] * share : 0;
      counts.add(lane, w);
      adder.add(lane, w * t);
      if constexpr (kSquares) squares.add(lane, w * (t * t));
    } else {
      adder.add(lane, t);
      if constexpr (kSquares) squares.add(lane, t * t);
    }
  };
  for (std::size_t from = 0; from < n; from += kExactTerms) {
    const std::size_t to = std::min(n, from + kExactTerms);
    std::size_t i = from;
    for (; i + kLanes <= to; i += kLanes) {
      add(0, i);
      add(1, i + 1);
      add(2, i + 2);
      add(3, i + 3);
    }
    for (; i < to; ++i) add(0, i);
    adder.move_to(&sums.values);
    squares.move_to(&sums.squares);
    counts.move_to(&sums.weights);
  }
  return sums;
}

template <class Values>
NumberSums sums_of_view(const Values& values, NumberUnit unit, RowWeights weights,
                        bool squares) {
  if (weights.data == nullptr) {
    return squares ? sums_of_view<false, true>(values, unit, weights)
                   : sums_of_view<false, false>(values, unit, weights);
  }
  return squares ? sums_of_view<true, true>(values, unit, weights)
                 : sums_of_view<true, false>(values, unit, weights);
}

// work(c) for each column, a few a task.
template <class Work>
void for_columns(const std::vector<WeightedColumn>& columns, Executor& executor,
                 const Work& work) {
  std::size_t cells = 0;
  for (const WeightedColumn& column : columns) cells += size_of(column.values);
  Executor alone;
  Executor& threads = cells < kWorthThreads ? alone : executor;
  threads.run((columns.size() + kFewColumns - 1) / kFewColumns, [&](std::size_t task) {
    const std::size_t end = std::min(columns.size(), (task + 1) * kFewColumns);
    for (std::size_t c = task * kFewColumns; c < end; ++c) work(c);
  });
}

}  // namespace

std::vector<NumberRange> ranges_of(const std::vector<WeightedColumn>& columns,
                                   Executor& executor) {
  std::vector<NumberRange> ranges(columns.size());
  for_columns(columns, executor, [&](std::size_t c) {
    ranges[c] = std::visit([](const auto& values) { return range_of_view(values); },
                           columns[c].values);
  });
  return ranges;
}

std::vector<NumberSums> sums_of(const std::vector<WeightedColumn>& columns,
                                const std::vector<NumberUnit>& units, bool squares,
                                Executor& executor) {
  if (units.size() != columns.size()) {
    throw std::invalid_argument("there must be one unit per column");
  }
  std::vector<NumberSums> sums(columns.size());
  for_columns(columns, executor, [&](std::size_t c) {
    if (!std::isfinite(units[c].low)) return;
    sums[c] = std::visit(
        [&](const auto& values) {
          return sums_of_view(values, units[c], columns[c].weights, squares);
        },
        columns[c].values);
  });
  return sums;
}

std::vector<GridSum> level_weights(View<int> codes, std::size_t levels,
                                   RowWeights weights) {
  std::vector<GridSum> sums(levels);
  const double share = power_of_two(-weights.exponent);
  for (std::size_t i = 0; i < codes.size; ++i) {
    if (codes[i] < 1 || static_cast<std::size_t>(codes[i]) > levels) continue;
    const double term = weights.data[i] * share;
    const double coarse = (term + kCoarse) - kCoarse;
    GridSum& sum = sums[static_cast<std::size_t>(codes[i]) - 1];
    sum.coarse += static_cast<std::int64_t>(coarse * kCoarseUnits);
    sum.fine +=
        static_cast<std::int64_t>((((term - coarse) + kFine) - kFine) * kFineUnits);
  }
  return sums;
}

}  // namespace feedforward

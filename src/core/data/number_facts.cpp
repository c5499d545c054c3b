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
NumberRange range_of_view(const Values& values, std::size_t n) {
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
NumberSums sums_of_view(const Values& values, std::size_t n, NumberUnit unit,
                        RowWeights weights) {
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
NumberSums sums_of_view(const Values& values, std::size_t n, NumberUnit unit,
                        RowWeights weights, bool squares) {
  if (weights.data == nullptr) {
    return squares ? sums_of_view<false, true>(values, n, unit, weights)
                   : sums_of_view<false, false>(values, n, unit, weights);
  }
  return squares ? sums_of_view<true, true>(values, n, unit, weights)
                 : sums_of_view<true, false>(values, n, unit, weights);
}

// work(c) for each column, a few a task.
template <class Work>
void for_columns(const std::vector<Column>& columns, std::size_t n, Executor& executor,
                 const Work& work) {
  for (const Column& column : columns) {
    if (size_of(column) < n) {
      throw std::invalid_argument("the column is shorter than the frame");
    }
  }
  Executor alone;
  Executor& threads = columns.size() * n < kWorthThreads ? alone : executor;
  threads.run((columns.size() + kFewColumns - 1) / kFewColumns, [&](std::size_t task) {
    const std::size_t end = std::min(columns.size(), (task + 1) * kFewColumns);
    for (std::size_t c = task * kFewColumns; c < end; ++c) work(c);
  });
}

}  // namespace

std::vector<NumberRange> ranges_of(const std::vector<Column>& columns, std::size_t n,
                                   Executor& executor) {
  std::vector<NumberRange> ranges(columns.size());
  for_columns(columns, n, executor, [&](std::size_t c) {
    ranges[c] = std::visit([n](const auto& values) { return range_of_view(values, n); },
                           columns[c]);
  });
  return ranges;
}

std::vector<NumberSums> sums_of(const std::vector<Column>& columns, std::size_t n,
                                const std::vector<NumberUnit>& units, RowWeights weights,
                                bool squares, Executor& executor) {
  if (units.size() != columns.size()) {
    throw std::invalid_argument("there must be one unit per column");
  }
  std::vector<NumberSums> sums(columns.size());
  for_columns(columns, n, executor, [&](std::size_t c) {
    if (!std::isfinite(units[c].low)) return;
    sums[c] = std::visit(
        [&](const auto& values) {
          return sums_of_view(values, n, units[c], weights, squares);
        },
        columns[c]);
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

// Level 2, data.
#include "data/number_facts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

constexpr std::size_t kFewColumns = 4;  // a task

template <class Values>
NumberFacts facts_of_view(const Values& values, std::size_t n) {
  // Differences from a value of the column keep their digits.
  double origin = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(number_at(values, i))) continue;
    origin = number_at(values, i);
    break;
  }
  // Without branches, for where values are missing nobody can guess.
  NumberFacts facts;
  std::size_t known = 0;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = number_at(values, i);
    facts.low = v < facts.low ? v : facts.low;
    facts.high = v > facts.high ? v : facts.high;
    known += v == v ? 1 : 0;
    sum += v == v ? v - origin : 0;
  }
  facts.missing = n - known;
  if (known == 0) return facts;
  if (std::isinf(facts.low) || std::isinf(facts.high)) {
    for (std::size_t i = n; i-- > 0;) {
      if (!std::isinf(number_at(values, i))) continue;
      ++facts.infinite;
      facts.first_bad = i + 1;
    }
    return facts;
  }
  // The second pass, about the mean, also mends the mean.
  const double count = static_cast<double>(known);
  facts.mean = origin + sum / count;
  double rest = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double d = number_at(values, i) - facts.mean;
    rest += d == d ? d : 0;
    squares += d == d ? d * d : 0;
  }
  if (known > 1) facts.sd = std::sqrt((squares - rest * rest / count) / (count - 1));
  facts.mean += rest / count;
  return facts;
}

}  // namespace

std::vector<NumberFacts> facts_of(const std::vector<Column>& columns, std::size_t n,
                                  Executor& executor) {
  for (const Column& column : columns) {
    if (size_of(column) < n) {
      throw std::invalid_argument("the column is shorter than the frame");
    }
  }
  std::vector<NumberFacts> facts(columns.size());
  Executor alone;
  Executor& threads = columns.size() * n < kWorthThreads ? alone : executor;
  threads.run((columns.size() + kFewColumns - 1) / kFewColumns, [&](std::size_t task) {
    const std::size_t end = std::min(columns.size(), (task + 1) * kFewColumns);
    for (std::size_t c = task * kFewColumns; c < end; ++c) {
      facts[c] = std::visit([n](const auto& values) { return facts_of_view(values, n); },
                            columns[c]);
    }
  });
  return facts;
}

}  // namespace feedforward

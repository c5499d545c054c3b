// Level 2, data.
#include "data/number_facts.h"

#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

template <class Values>
NumberFacts facts_of_view(const Values& values, std::size_t n) {
  // Differences from a value of the column keep their digits.
  double origin = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(number_at(values, i))) continue;
    origin = number_at(values, i);
    break;
  }
  NumberFacts facts;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = number_at(values, i);
    if (std::isnan(v)) {
      ++facts.missing;
      continue;
    }
    facts.low = v < facts.low ? v : facts.low;
    facts.high = v > facts.high ? v : facts.high;
    if (std::isinf(v) && facts.infinite++ == 0) facts.first_bad = i + 1;
    sum += v - origin;
  }
  // The second pass, about the mean, also mends the mean.
  const double known = static_cast<double>(n - facts.missing);
  if (known > 0) facts.mean = origin + sum / known;
  double rest = 0, squares = 0;
  for (std::size_t i = 0; i < n && facts.infinite == 0; ++i) {
    const double d = number_at(values, i) - facts.mean;
    if (std::isnan(d)) continue;
    rest += d;
    squares += d * d;
  }
  if (known > 1) facts.sd = std::sqrt((squares - rest * rest / known) / (known - 1));
  if (known > 0) facts.mean += rest / known;
  return facts;
}

}  // namespace

NumberFacts facts_of(const Column& column, std::size_t n) {
  if (size_of(column) < n) {
    throw std::invalid_argument("the column is shorter than the frame");
  }
  return std::visit([n](const auto& values) { return facts_of_view(values, n); }, column);
}

}  // namespace feedforward

// Level 2, data. What an encoding must know of a column of numbers.
#ifndef FEEDFORWARD_NUMBER_FACTS_H
#define FEEDFORWARD_NUMBER_FACTS_H

#include <cstddef>
#include <limits>
#include <vector>

#include "data/column.h"
#include "words/executor.h"

namespace feedforward {

struct NumberFacts {
  // Of the values that are not missing; the range is (Inf, -Inf) if all are.
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  double mean = 0, sd = 0;  // means nothing where a value is infinite
  std::size_t missing = 0, infinite = 0;
  std::size_t first_bad = 0;  // the first infinite value, counted from 1; 0: none
};

// Of the first n values of each column, in two passes.
std::vector<NumberFacts> facts_of(const std::vector<Column>& columns, std::size_t n,
                                  Executor& executor);

}  // namespace feedforward

#endif

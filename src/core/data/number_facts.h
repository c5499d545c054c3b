// Level 2, data. What an encoding must know of a column of numbers, in passes over its
// rows. What each pass gives of parts of the rows is put together by adding, and is the
// same, bit for bit, however they are cut and in whatever order they come.
#ifndef FEEDFORWARD_NUMBER_FACTS_H
#define FEEDFORWARD_NUMBER_FACTS_H

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "data/column.h"
#include "words/executor.h"

namespace feedforward {

struct NumberRange {
  // Of the values that are not missing; (Inf, -Inf) if all are.
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  std::size_t missing = 0, infinite = 0;
  std::size_t first_bad = 0;  // the first infinite value, counted from 1; 0: none
};

// A sum of terms from -1 to 1, each rounded to a multiple of 2^-53: whole numbers, which
// no order of adding changes. Its value is coarse 2^-26 + fine 2^-53.
struct GridSum {
  std::int64_t coarse = 0, fine = 0;
};

// How a value enters sums: as (value - low) 2^-exponent - centre, from -1 to 1.
struct NumberUnit {
  double low = 0;
  int exponent = 0;
  double centre = 0;
};

// Of the values that are not missing; weights count 2^-exponent of them, from 0 to 1.
struct NumberSums {
  GridSum weights;  // nothing without weights
  GridSum values, squares;
};

struct RowWeights {
  const double* data = nullptr;  // null: each row counts 1
  int exponent = 0;
};

// Values with the weights of their rows: a column of a table, or what is stored of one.
struct WeightedColumn {
  Column values;
  RowWeights weights;
};

std::vector<NumberRange> ranges_of(const std::vector<WeightedColumn>& columns,
                                   Executor& executor);

// A column whose unit has a low that is not finite is passed over.
std::vector<NumberSums> sums_of(const std::vector<WeightedColumn>& columns,
                                const std::vector<NumberUnit>& units, bool squares,
                                Executor& executor);

// The sum of the weights of the rows of each level; codes from 1, others count for none.
std::vector<GridSum> level_weights(View<int> codes, std::size_t levels,
                                   RowWeights weights);

}  // namespace feedforward

#endif

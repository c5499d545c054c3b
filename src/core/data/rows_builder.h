// Level 2, data. Rows from the columns of a table or from a sparse matrix. Nothing is
// read before all lengths are checked; what does not fit is an invalid_argument.
#ifndef FEEDFORWARD_ROWS_BUILDER_H
#define FEEDFORWARD_ROWS_BUILDER_H

#include <cstddef>
#include <vector>

#include "data/column.h"
#include "data/column_plan.h"
#include "data/rows.h"
#include "words/executor.h"

namespace feedforward {

struct PlannedColumn {
  Column column;
  ColumnPlan plan;
};

// A matrix by columns: column c has the entries p[c] .. p[c + 1], x in row i each, and
// zeros between them. Of x a missing value is NaN.
struct SparseColumns {
  std::size_t rows = 0, columns = 0;
  View<int> i, p;
  View<double> x;
};

// As a NumberPlan, for each column.
struct SparsePlan {
  std::vector<double> mean, scale, impute;
};

// Which rows of the table, counted from 0, in the order wanted; null for all of them.
using Kept = const std::vector<std::size_t>*;

// n: rows of the table; sparse: keep the numbers that are not zero only, where that can
// be less.
Rows build_rows(const std::vector<PlannedColumn>& columns, std::size_t n, Kept keep,
                bool sparse, Executor& executor);
Rows build_rows(const SparseColumns& matrix, const SparsePlan& plan, std::size_t n,
                Kept keep);

}  // namespace feedforward

#endif

// Level 2, data.
#include "data/rows_builder.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace feedforward {
namespace {

// A task takes so many rows, of a few columns after the other, in pieces of rows whose
// lines of memory stay in the first cache until those columns have filled them.
constexpr std::size_t kTaskRows = 2048, kFewColumns = 16, kPieceRows = 256;

void check_kept(Kept keep, std::size_t n) {
  if (!keep) return;
  for (std::size_t row : *keep) {
    if (row >= n) throw std::invalid_argument("a row to keep is not in the frame");
  }
}

// Keeps the non-zero numbers of dense rows.
void make_sparse(Rows* rows) {
  rows->sparse = true;
  rows->start.assign(1, 0);
  for (std::size_t i = 0; i < rows->n; ++i) {
    for (std::size_t j = 0; j < rows->numeric_inputs; ++j) {
      const float value = rows->numbers[i * rows->numeric_inputs + j];
      if (value == 0) continue;
      rows->index.push_back(static_cast<std::int32_t>(j));
      rows->value.push_back(value);
    }
    rows->start.push_back(rows->index.size());
  }
  UnsetVector<float>().swap(rows->numbers);
}

// Judged by some rows, for either way of reading them gives the same bits.
bool has_few_zeros(const Rows& rows) {
  constexpr std::size_t kSample = 200;
  constexpr double kFew = 0.4;
  const std::size_t step = rows.n / kSample + 1;
  std::size_t zeros = 0, seen = 0;
  for (std::size_t i = 0; i < rows.n; i += step, seen += rows.numeric_inputs) {
    const float* const row = rows.numbers.data() + i * rows.numeric_inputs;
    zeros += static_cast<std::size_t>(std::count(row, row + rows.numeric_inputs, 0.0f));
  }
  return static_cast<double>(zeros) < kFew * static_cast<double>(seen);
}

void check_matrix(const SparseColumns& m) {
  constexpr std::size_t kMost = std::numeric_limits<int>::max();
  bool sound = m.rows <= kMost && m.columns <= kMost && m.p.size == m.columns + 1 &&
               m.i.size == m.x.size && m.p[0] == 0 && m.p[m.columns] >= 0 &&
               static_cast<std::size_t>(m.p[m.columns]) == m.i.size;
  for (std::size_t c = 0; sound && c < m.columns; ++c) sound = m.p[c] <= m.p[c + 1];
  for (std::size_t e = 0; sound && e < m.i.size; ++e) {
    sound = m.i[e] >= 0 && static_cast<std::size_t>(m.i[e]) < m.rows;
  }
  if (!sound) throw std::invalid_argument("the dgCMatrix is malformed");
}

// Where the rows of a table go: row r becomes the rows at[start[r]] .. at[start[r + 1]],
// for a row may be taken not at all or several times.
struct Places {
  std::vector<std::size_t> start;
  std::vector<std::uint32_t> at;
};

Places places_of(Kept keep, std::size_t n, std::size_t table_rows) {
  const std::size_t taken = keep ? keep->size() : n;
  const auto row_of = [keep](std::size_t k) { return keep ? (*keep)[k] : k; };
  Places places;
  places.start.assign(table_rows + 1, 0);
  for (std::size_t k = 0; k < taken; ++k) {
    if (row_of(k) >= table_rows) {
      throw std::invalid_argument("a row is not in the matrix");
    }
    ++places.start[row_of(k) + 1];
  }
  std::partial_sum(places.start.begin(), places.start.end(), places.start.begin());
  places.at.resize(taken);
  std::vector<std::size_t> next(places.start.begin(), places.start.end() - 1);
  for (std::size_t k = 0; k < taken; ++k) {
    places.at[next[row_of(k)]++] = static_cast<std::uint32_t>(k);
  }
  return places;
}

// Rows from .. to; `first`: the shares before each column.
void write_rows(const std::vector<PlannedColumn>& columns,
                const std::vector<RowShare>& first, Kept keep, std::size_t from,
                std::size_t to, Rows* rows) {
  RowBlock block;
  block.source = keep ? keep->data() : nullptr;
  block.codes_step = rows->coded_columns;
  block.numbers_step = rows->numeric_inputs;
  for (std::size_t few = 0; few < columns.size(); few += kFewColumns) {
    const std::size_t end = std::min(columns.size(), few + kFewColumns);
    for (block.from = from; block.from < to; block.from = block.to) {
      block.to = std::min(block.from + kPieceRows, to);
      for (std::size_t c = few; c < end; ++c) {
        block.codes = rows->codes.data() + first[c].codes;
        block.numbers = rows->numbers.data() + first[c].numbers;
        std::visit([&](const auto& plan) { plan.write(columns[c].column, block); },
                   columns[c].plan);
      }
    }
  }
}

}  // namespace

Rows build_rows(const std::vector<PlannedColumn>& columns, std::size_t n, Kept keep,
                bool sparse, Executor& executor) {
  check_kept(keep, n);
  Rows rows;
  rows.n = keep ? keep->size() : n;
  bool keeps_zeros = true;
  std::vector<RowShare> first;  // the shares before each column
  first.reserve(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column& column = columns[c].column;
    if (size_of(column) < n) {
      throw std::invalid_argument("column " + std::to_string(c + 1) +
                                  " is shorter than the frame");
    }
    const RowShare share = std::visit(
        [&column](const auto& plan) { return plan.share(column); }, columns[c].plan);
    first.push_back({rows.coded_columns, rows.numeric_inputs});
    rows.coded_columns += share.codes;
    rows.numeric_inputs += share.numbers;
    rows.coded_inputs = std::max(rows.coded_inputs, share.coded_inputs);
    keeps_zeros &= share.keeps_zeros;
  }
  rows.codes.resize(rows.n * rows.coded_columns);
  rows.numbers.resize(rows.n * rows.numeric_inputs);
  Executor alone;
  Executor& threads = rows.n * columns.size() < kWorthThreads ? alone : executor;
  threads.run((rows.n + kTaskRows - 1) / kTaskRows, [&](std::size_t task) {
    write_rows(columns, first, keep, task * kTaskRows,
               std::min(rows.n, (task + 1) * kTaskRows), &rows);
  });
  // Centred numbers are hardly ever zero: lists would only cost more.
  if (sparse && keeps_zeros && rows.numeric_inputs > 0) make_sparse(&rows);
  rows.few_zeros = !rows.sparse && has_few_zeros(rows);
  return rows;
}

// Column by column to row by row: count, then place.
Rows build_rows(const SparseColumns& matrix, const SparsePlan& plan, std::size_t n,
                Kept keep) {
  check_kept(keep, n);
  check_matrix(matrix);
  if (plan.mean.size() != matrix.columns || plan.scale.size() != matrix.columns ||
      plan.impute.size() != matrix.columns) {
    throw std::invalid_argument(
        "mean, scale and impute must have one number per sparse column");
  }
  Rows rows;
  rows.n = keep ? keep->size() : n;
  rows.sparse = true;
  rows.numeric_inputs = matrix.columns;
  const bool centred =
      std::any_of(plan.mean.begin(), plan.mean.end(), [](double m) { return m != 0; });
  for (std::size_t c = 0; centred && c < matrix.columns; ++c) {
    rows.background.push_back(scaled(0, plan.mean[c], plan.scale[c]));
  }
  const Places places = places_of(keep, n, matrix.rows);
  // Calls place(e's row in `rows`) for each row that entry e becomes.
  const auto for_each_place = [&](std::size_t e, const auto& place) {
    const std::size_t row = static_cast<std::size_t>(matrix.i[e]);
    for (std::size_t k = places.start[row]; k < places.start[row + 1]; ++k) {
      place(places.at[k]);
    }
  };
  rows.start.assign(rows.n + 1, 0);
  for (std::size_t e = 0; e < matrix.i.size; ++e) {
    for_each_place(e, [&](std::size_t row) { ++rows.start[row + 1]; });
  }
  std::partial_sum(rows.start.begin(), rows.start.end(), rows.start.begin());
  rows.index.resize(rows.start.back());
  rows.value.resize(rows.start.back());
  std::vector<std::size_t> next(rows.start.begin(), rows.start.end() - 1);
  for (std::size_t c = 0; c < matrix.columns; ++c) {
    const std::size_t last = static_cast<std::size_t>(matrix.p[c + 1]);
    for (std::size_t e = static_cast<std::size_t>(matrix.p[c]); e < last; ++e) {
      const double x = std::isnan(matrix.x[e]) ? plan.impute[c] : matrix.x[e];
      for_each_place(e, [&](std::size_t row) {
        rows.index[next[row]] = static_cast<std::int32_t>(c);
        rows.value[next[row]++] = scaled(x, plan.mean[c], plan.scale[c]);
      });
    }
  }
  return rows;
}

}  // namespace feedforward

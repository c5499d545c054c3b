#include "bindings_rows.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "bindings_pointers.h"

using feedforward::Rows;

namespace {

constexpr std::size_t kChunk = 512;  // rows of all columns that stay in cache together

struct Column {
  const int* whole = nullptr;    // integer, logical or factor codes
  const double* real = nullptr;  // double
  std::size_t place = 0;         // among the coded columns or the numbers
  // codes
  std::vector<std::int32_t> map;
  std::int32_t missing = -1;
  // numbers
  double mean = 0, scale = 1, impute = 0;
};

// The n values after the first `from`: a column of a matrix is read in place.
Column read_column(SEXP x, std::size_t from, std::size_t n, std::size_t at) {
  Column column;
  if (static_cast<std::size_t>(Rf_xlength(x)) < from + n) {
    throw std::invalid_argument("column " + std::to_string(at + 1) +
                                " is shorter than the frame");
  }
  switch (TYPEOF(x)) {
    case INTSXP:
      column.whole = INTEGER(x) + from;
      return column;
    case LGLSXP:
      column.whole = LOGICAL(x) + from;
      return column;
    case REALSXP:
      column.real = REAL(x) + from;
      return column;
    default:
      throw std::invalid_argument("column " + std::to_string(at + 1) +
                                  " is neither integer nor double");
  }
}

std::int32_t coded(const Column& column, std::size_t row) {
  const int code = column.whole[row];
  if (code == NA_INTEGER) return column.missing;
  if (code < 1 || static_cast<std::size_t>(code) > column.map.size()) {
    throw std::invalid_argument("a factor has a code without a level");
  }
  return column.map[static_cast<std::size_t>(code - 1)];
}

float scaled(double x, double mean, double scale) {
  const float value = static_cast<float>((x - mean) * scale);
  if (!std::isfinite(value)) {
    throw std::invalid_argument("a number is beyond single precision after scaling");
  }
  return value;
}

float numeric(const Column& column, std::size_t row) {
  double x = column.impute;
  if (column.real) {
    if (!std::isnan(column.real[row])) x = column.real[row];
  } else if (column.whole[row] != NA_INTEGER) {
    x = column.whole[row];
  }
  return scaled(x, column.mean, column.scale);
}

// The three vectors of a dgCMatrix, checked before anything is read through them.
struct SparseColumns {
  Rcpp::IntegerVector i, p;
  Rcpp::NumericVector x;
  std::size_t rows, columns;

  explicit SparseColumns(const Rcpp::S4& m)
      : i(m.slot("i")), p(m.slot("p")), x(m.slot("x")) {
    const Rcpp::IntegerVector dim = m.slot("Dim");
    rows = static_cast<std::size_t>(dim[0]);
    columns = static_cast<std::size_t>(dim[1]);
    bool sound = dim[0] >= 0 && dim[1] >= 0 &&
                 p.size() == static_cast<R_xlen_t>(columns) + 1 && i.size() == x.size() &&
                 p[0] == 0 && p[p.size() - 1] == i.size();
    for (std::size_t c = 0; sound && c < columns; ++c) sound = p[c] <= p[c + 1];
    for (R_xlen_t e = 0; sound && e < i.size(); ++e) sound = i[e] >= 0 && i[e] < dim[0];
    if (!sound) throw std::invalid_argument("the dgCMatrix is malformed");
  }
};

void read_sparse(const Rcpp::List& plan, const Rcpp::S4& matrix,
                 const std::vector<std::size_t>& keep, Rows* rows) {
  const SparseColumns m(matrix);
  const Rcpp::NumericVector mean = plan["mean"], scale = plan["scale"],
                            impute = plan["impute"];
  if (static_cast<std::size_t>(mean.size()) != m.columns ||
      static_cast<std::size_t>(scale.size()) != m.columns) {
    throw std::invalid_argument("mean and scale must have one number per sparse column");
  }
  rows->sparse = true;
  rows->numeric_inputs = m.columns;
  bool centred = false;
  for (double v : mean) centred |= v != 0;
  if (centred) {
    for (std::size_t c = 0; c < m.columns; ++c) {
      rows->background.push_back(scaled(0, mean[c], scale[c]));
    }
  }
  // Column by column to row by row: count, then place. A row taken twice counts twice.
  std::vector<std::vector<std::uint32_t>> taken(m.rows);
  for (std::size_t k = 0; k < keep.size(); ++k) {
    if (keep[k] >= m.rows) throw std::invalid_argument("a row is not in the matrix");
    taken[keep[k]].push_back(static_cast<std::uint32_t>(k));
  }
  rows->start.assign(keep.size() + 1, 0);
  for (R_xlen_t e = 0; e < m.i.size(); ++e) {
    for (std::uint32_t k : taken[static_cast<std::size_t>(m.i[e])]) ++rows->start[k + 1];
  }
  for (std::size_t k = 0; k < keep.size(); ++k) rows->start[k + 1] += rows->start[k];
  rows->index.resize(rows->start.back());
  rows->value.resize(rows->start.back());
  std::vector<std::size_t> next(rows->start.begin(), rows->start.end() - 1);
  for (std::size_t c = 0; c < m.columns; ++c) {
    for (int e = m.p[c]; e < m.p[c + 1]; ++e) {
      const double x = std::isnan(m.x[e]) ? impute[c] : m.x[e];
      for (std::uint32_t k : taken[static_cast<std::size_t>(m.i[e])]) {
        rows->index[next[k]] = static_cast<std::int32_t>(c);
        rows->value[next[k]++] = scaled(x, mean[c], scale[c]);
      }
    }
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
  std::vector<float>().swap(rows->numbers);
}

}  // namespace

Rows build_rows(const Rcpp::List& columns, const Rcpp::List& plan, std::size_t n,
                SEXP keep_r, bool sparse) {
  if (columns.size() != plan.size()) {
    throw std::invalid_argument("there must be one plan per column");
  }
  std::vector<std::size_t> keep;
  const bool all = Rf_isNull(keep_r);
  if (!all) {
    for (double k : Rcpp::as<std::vector<double>>(keep_r)) {
      if (!(k >= 1) || k > static_cast<double>(n)) {
        throw std::invalid_argument("a row to keep is not in the frame");
      }
      keep.push_back(static_cast<std::size_t>(k) - 1);
    }
  }
  Rows rows;
  rows.n = all ? n : keep.size();

  std::vector<Column> codes, numbers;
  bool centred = false;
  for (R_xlen_t c = 0; c < columns.size(); ++c) {
    const Rcpp::List how = plan[c];
    const std::string kind = Rcpp::as<std::string>(how["kind"]);
    if (kind == "sparse") {
      if (columns.size() != 1) {
        throw std::invalid_argument("a sparse matrix comes without other columns");
      }
      if (all) {
        for (std::size_t i = 0; i < n; ++i) keep.push_back(i);
      }
      read_sparse(how, Rcpp::S4(static_cast<SEXP>(columns[c])), keep, &rows);
      return rows;
    }
    const std::size_t first =
        kind == "numeric" ? static_cast<std::size_t>(Rcpp::as<double>(how["from"])) : 0;
    Column column = read_column(columns[c], first, n, static_cast<std::size_t>(c));
    if (kind == "codes") {
      if (!column.whole) throw std::invalid_argument("codes must be whole numbers");
      column.map = Rcpp::as<std::vector<std::int32_t>>(how["map"]);
      column.missing = Rcpp::as<std::int32_t>(how["missing"]);
      column.place = codes.size();
      rows.coded_inputs =
          std::max(rows.coded_inputs, static_cast<std::size_t>(column.missing) + 1);
      codes.push_back(std::move(column));
    } else if (kind == "numeric") {
      column.mean = Rcpp::as<double>(how["mean"]);
      column.scale = Rcpp::as<double>(how["scale"]);
      column.impute = Rcpp::as<double>(how["impute"]);
      centred |= column.mean != 0;
      column.place = numbers.size();
      numbers.push_back(std::move(column));
    } else {
      throw std::invalid_argument("unknown kind of column '" + kind + "'");
    }
  }
  for (const Column& column : codes) {
    for (std::int32_t input : column.map) {
      if (input < -1 || input >= static_cast<std::int32_t>(rows.coded_inputs)) {
        throw std::invalid_argument("a level's input is out of range");
      }
    }
  }
  rows.coded_columns = codes.size();
  rows.numeric_inputs = numbers.size();
  rows.codes.resize(rows.n * rows.coded_columns);
  rows.numbers.resize(rows.n * rows.numeric_inputs);
  for (std::size_t from = 0; from < rows.n; from += kChunk) {
    const std::size_t to = std::min(from + kChunk, rows.n);
    for (const Column& column : codes) {
      std::int32_t* out = rows.codes.data() + column.place;
      for (std::size_t i = from; i < to; ++i) {
        out[i * rows.coded_columns] = coded(column, all ? i : keep[i]);
      }
    }
    for (const Column& column : numbers) {
      float* out = rows.numbers.data() + column.place;
      for (std::size_t i = from; i < to; ++i) {
        out[i * rows.numeric_inputs] = numeric(column, all ? i : keep[i]);
      }
    }
  }
  // Centred numbers are hardly ever zero: lists would only cost more.
  if (sparse && !centred && rows.numeric_inputs > 0) make_sparse(&rows);
  return rows;
}

namespace {

// value(i): number i of n, NaN where it is missing.
template <class Value>
Rcpp::List facts_of(Value value, std::size_t n) {
  // Differences from a value of the column keep their digits.
  double origin = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(value(i))) continue;
    origin = value(i);
    break;
  }
  double low = R_PosInf, high = R_NegInf, sum = 0;
  std::size_t missing = 0, infinite = 0, first_bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = value(i);
    if (std::isnan(v)) {
      ++missing;
      continue;
    }
    low = v < low ? v : low;
    high = v > high ? v : high;
    if (std::isinf(v) && infinite++ == 0) first_bad = i + 1;
    sum += v - origin;
  }
  // The second pass, about the mean, also mends the mean.
  const double known = static_cast<double>(n - missing);
  double mean = known > 0 ? origin + sum / known : 0, rest = 0, squares = 0, sd = 0;
  for (std::size_t i = 0; i < n && infinite == 0; ++i) {
    const double d = value(i) - mean;
    if (std::isnan(d)) continue;
    rest += d;
    squares += d * d;
  }
  if (known > 1) sd = std::sqrt((squares - rest * rest / known) / (known - 1));
  if (known > 0) mean += rest / known;
  return Rcpp::List::create(Rcpp::Named("low") = low, Rcpp::Named("high") = high,
                            Rcpp::Named("missing") = static_cast<double>(missing),
                            Rcpp::Named("mean") = mean, Rcpp::Named("sd") = sd,
                            Rcpp::Named("infinite") = static_cast<double>(infinite),
                            Rcpp::Named("first_bad") = static_cast<double>(first_bad));
}

}  // namespace

Rcpp::List number_facts_of(SEXP x, std::size_t from, std::size_t n) {
  const Column column = read_column(x, from, n, 0);
  if (const double* const real = column.real) {
    return facts_of([real](std::size_t i) { return real[i]; }, n);
  }
  const int* const whole = column.whole;
  return facts_of(
      [whole](std::size_t i) {
        return whole[i] == NA_INTEGER ? NA_REAL : static_cast<double>(whole[i]);
      },
      n);
}

// [[Rcpp::export(rng = false)]]
SEXP rows_build(Rcpp::List columns, Rcpp::List plan, double n, SEXP keep, bool sparse) {
  return RowsPointer(new std::shared_ptr<const Rows>(std::make_shared<Rows>(
      build_rows(columns, plan, static_cast<std::size_t>(n), keep, sparse))));
}

// [[Rcpp::export]]
Rcpp::List number_facts(SEXP x, double from, double n) {
  return number_facts_of(x, static_cast<std::size_t>(from), static_cast<std::size_t>(n));
}

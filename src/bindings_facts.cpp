#include <vector>

#include "bindings_columns.h"
#include "bindings_executor.h"
#include "data/number_facts.h"

using namespace feedforward;

namespace {

RowWeights read_weights(SEXP weights, std::size_t n, int exponent) {
  if (Rf_isNull(weights)) return {};
  if (TYPEOF(weights) != REALSXP || static_cast<std::size_t>(Rf_xlength(weights)) < n) {
    throw std::invalid_argument("there must be one weight per row");
  }
  return {REAL(weights), exponent};
}

// What a dgCMatrix stores of each column; weights: one per stored value.
std::vector<WeightedColumn> read_stored(const Rcpp::S4& matrix, SEXP weights,
                                        int exponent) {
  const Rcpp::NumericVector x = matrix.slot("x");
  const Rcpp::IntegerVector p = matrix.slot("p");
  const auto stored = static_cast<std::size_t>(x.size());
  const RowWeights all = read_weights(weights, stored, exponent);
  std::vector<WeightedColumn> read;
  for (R_xlen_t k = 0; k + 1 < p.size(); ++k) {
    const auto from = static_cast<std::size_t>(p[k]);
    const auto to = static_cast<std::size_t>(p[k + 1]);
    if (from > to || to > stored) throw std::invalid_argument("slot p is not in order");
    read.push_back({View<double>{x.begin() + from, to - from}, all});
    if (all.data != nullptr) read.back().weights.data += from;
  }
  return read;
}

// Of a list of vectors, of a matrix of n rows, or of a dgCMatrix.
std::vector<WeightedColumn> read_columns(SEXP columns, std::size_t n, SEXP weights,
                                         int exponent) {
  if (Rf_isS4(columns)) return read_stored(columns, weights, exponent);
  const bool list = TYPEOF(columns) == VECSXP;
  const R_xlen_t length = Rf_xlength(columns);
  const R_xlen_t count = list ? length : n == 0 ? 0 : length / static_cast<R_xlen_t>(n);
  const RowWeights all = read_weights(weights, n, exponent);
  std::vector<WeightedColumn> read;
  for (R_xlen_t k = 0; k < count; ++k) {
    Column column = read_column(list ? VECTOR_ELT(columns, k) : columns,
                                "column " + std::to_string(k + 1));
    if (!list) column = skip(column, static_cast<std::size_t>(k) * n);
    if (size_of(column) < n) {
      throw std::invalid_argument("the column is shorter than the frame");
    }
    std::visit([n](auto& view) { view.size = n; }, column);
    read.push_back({column, all});
  }
  return read;
}

// Whole numbers as halves of 32 bits, whose sums over parts are exact in doubles, too.
void write_sum(const GridSum& sum, double* out) {
  const auto halves = [](std::int64_t x, double* to) {
    to[0] = static_cast<double>(x >> 32);
    to[1] = static_cast<double>(x & 0xffffffff);
  };
  halves(sum.coarse, out);
  halves(sum.fine, out + 2);
}

}  // namespace

// Per column low and high of its first n numbers that are not missing, how many are
// missing or infinite, and the first infinite one. NaN counts as missing.
//   columns: a list of vectors, a matrix of n rows, or a dgCMatrix, of which only what
//   is stored counts
// [[Rcpp::export(rng = false)]]
Rcpp::List number_ranges(SEXP columns, double n_r, int threads) {
  const std::size_t n = read_count(n_r, "n");
  const std::vector<WeightedColumn> read = read_columns(columns, n, R_NilValue, 0);
  ParallelExecutor executor(threads);
  const std::vector<NumberRange> all = ranges_of(read, executor);
  const R_xlen_t count = static_cast<R_xlen_t>(read.size());
  Rcpp::NumericVector low(count), high(count), missing(count), infinite(count),
      first_bad(count);
  for (R_xlen_t k = 0; k < count; ++k) {
    const NumberRange& range = all[static_cast<std::size_t>(k)];
    low[k] = range.low;
    high[k] = range.high;
    missing[k] = static_cast<double>(range.missing);
    infinite[k] = static_cast<double>(range.infinite);
    first_bad[k] = static_cast<double>(range.first_bad);
  }
  return Rcpp::List::create(Rcpp::Named("low") = low, Rcpp::Named("high") = high,
                            Rcpp::Named("missing") = missing,
                            Rcpp::Named("infinite") = infinite,
                            Rcpp::Named("first_bad") = first_bad);
}

// Per column the sums of sums_of(), each as four whole numbers: matrices with a column
// for each. low, exponent, centre: its unit; a low of NA: it is passed over.
//   weights: NULL or one per row (of a dgCMatrix per stored value), which count
//   2^-weight_exponent of it
// [[Rcpp::export(rng = false)]]
Rcpp::List number_sums(SEXP columns, double n_r, Rcpp::NumericVector low,
                       Rcpp::IntegerVector exponent, Rcpp::NumericVector centre,
                       bool squares, SEXP weights, int weight_exponent, int threads) {
  const std::size_t n = read_count(n_r, "n");
  const std::vector<WeightedColumn> read =
      read_columns(columns, n, weights, weight_exponent);
  if (low.size() != exponent.size() || low.size() != centre.size()) {
    throw std::invalid_argument("low, exponent and centre must have one number each");
  }
  std::vector<NumberUnit> units;
  for (R_xlen_t k = 0; k < low.size(); ++k) {
    units.push_back({low[k], exponent[k], centre[k]});
  }
  ParallelExecutor executor(threads);
  const std::vector<NumberSums> all = sums_of(read, units, squares, executor);
  const int count = static_cast<int>(all.size());
  Rcpp::NumericMatrix counts(4, count), values(4, count), squared(4, count);
  for (int k = 0; k < count; ++k) {
    const NumberSums& sums = all[static_cast<std::size_t>(k)];
    write_sum(sums.weights, &counts(0, k));
    write_sum(sums.values, &values(0, k));
    write_sum(sums.squares, &squared(0, k));
  }
  return Rcpp::List::create(Rcpp::Named("weights") = counts,
                            Rcpp::Named("values") = values,
                            Rcpp::Named("squares") = squared);
}

// The sum of the weights of each level, a column of four whole numbers for each.
// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix level_weight_sums(Rcpp::IntegerVector codes, int levels,
                                      Rcpp::NumericVector weights, int weight_exponent) {
  const auto n = static_cast<std::size_t>(codes.size());
  const std::vector<GridSum> sums =
      level_weights({codes.begin(), n}, static_cast<std::size_t>(std::max(levels, 0)),
                    read_weights(weights, n, weight_exponent));
  Rcpp::NumericMatrix out(4, levels);
  for (int k = 0; k < levels; ++k)
    write_sum(sums[static_cast<std::size_t>(k)], &out(0, k));
  return out;
}

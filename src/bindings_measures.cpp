// Rows of probabilities for the measures: views of R's matrices, nothing else.
#include <Rcpp.h>

#include "formulas/class_rows.h"

namespace {

std::size_t rows_of(const Rcpp::NumericMatrix& x) {
  return static_cast<std::size_t>(x.nrow());
}

std::size_t classes_of(const Rcpp::NumericMatrix& x) {
  return static_cast<std::size_t>(x.ncol());
}

}  // namespace

// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix softmax_rows(const Rcpp::NumericMatrix& link) {
  Rcpp::NumericMatrix out(Rcpp::no_init(link.nrow(), link.ncol()));
  feedforward::softmax_rows(link.begin(), rows_of(link), classes_of(link), out.begin());
  return out;
}

// From 1, NA where an entry is NaN.
// [[Rcpp::export(rng = false)]]
Rcpp::IntegerVector largest_in_rows(const Rcpp::NumericMatrix& x) {
  Rcpp::IntegerVector at(x.nrow());
  feedforward::largest_in_rows(x.begin(), rows_of(x), classes_of(x), at.begin());
  for (int& i : at) i = i < 0 ? NA_INTEGER : i + 1;
  return at;
}

// code: from 0.
// [[Rcpp::export(rng = false)]]
Rcpp::IntegerVector ahead_in_rows(const Rcpp::NumericMatrix& x,
                                  const Rcpp::IntegerVector& code) {
  if (code.size() != x.nrow() ||
      !Rcpp::is_true(Rcpp::all((code >= 0) & (code < x.ncol())))) {
    throw std::invalid_argument("a row to rank has no code, or one beyond its columns");
  }
  Rcpp::IntegerVector ahead(x.nrow());
  feedforward::ahead_in_rows(x.begin(), rows_of(x), classes_of(x), code.begin(),
                             ahead.begin());
  return ahead;
}

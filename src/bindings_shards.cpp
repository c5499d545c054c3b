#include <Rcpp.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace {

// Number i of single-precision numbers as bytes, the lowest first.
double number_at(const unsigned char* bytes, R_xlen_t i) {
  const unsigned char* b = bytes + 4 * i;
  const std::uint32_t bits = std::uint32_t{b[0]} | std::uint32_t{b[1]} << 8 |
                             std::uint32_t{b[2]} << 16 | std::uint32_t{b[3]} << 24;
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return static_cast<double>(x);
}

}  // namespace

// An exchange (R/train-shards.R): list(w, change) of
//   change = momentum change + sum over s, in order, of shares[s] (ends[s] - begin)
//   w = w + change, in single precision
// ends: of each shard its weights as bytes
// [[Rcpp::export(rng = false)]]
Rcpp::List average_shards(Rcpp::List ends, Rcpp::NumericVector shares,
                          Rcpp::NumericVector begin, Rcpp::NumericVector change,
                          double momentum, Rcpp::NumericVector w) {
  const R_xlen_t n = w.size();
  std::vector<const unsigned char*> bytes;
  for (R_xlen_t s = 0; s < ends.size(); ++s) {
    const SEXP end = ends[s];
    if (TYPEOF(end) != RAWSXP || Rf_xlength(end) != 4 * n) {
      throw std::invalid_argument("a shard has other weights");
    }
    bytes.push_back(RAW(end));
  }
  if (shares.size() != ends.size() || begin.size() != n || change.size() != n) {
    throw std::invalid_argument("shares, begin and change must fit the weights");
  }
  Rcpp::NumericVector moved(n), averaged(n);
  for (R_xlen_t i = 0; i < n; ++i) {
    double sum = momentum * change[i];
    for (std::size_t s = 0; s < bytes.size(); ++s) {
      sum += shares[static_cast<R_xlen_t>(s)] * (number_at(bytes[s], i) - begin[i]);
    }
    moved[i] = sum;
    averaged[i] = static_cast<double>(static_cast<float>(w[i] + sum));
  }
  return Rcpp::List::create(Rcpp::Named("w") = averaged, Rcpp::Named("change") = moved);
}

// Each number in single precision.
// [[Rcpp::export(rng = false)]]
Rcpp::NumericVector single_precision(Rcpp::NumericVector x) {
  Rcpp::NumericVector rounded(x.size());
  for (R_xlen_t i = 0; i < x.size(); ++i) {
    rounded[i] = static_cast<double>(static_cast<float>(x[i]));
  }
  return rounded;
}

// H2O's draws: the generator PCG (O'Neill 2014, 32 bits of a state of 64), begun anew for
// each row with the seed plus the row's number, so that a row's draw does not depend on
// how the rows are cut.
#include <Rcpp.h>

#include <cstdint>

namespace {

class Pcg {
 public:
  explicit Pcg(std::uint64_t seed) {
    next();
    state_ += seed;
    next();
  }
  std::uint32_t next() {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ULL + kStream;
    const auto mixed = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
    const auto turn = static_cast<unsigned>(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
  }
  // The later draw is the lower half.
  std::uint64_t next_long() {
    const std::uint64_t high = next();
    return high << 32 | next();
  }

 private:
  static constexpr std::uint64_t kStream = 3;
  std::uint64_t state_ = 0;
};

// words: the seed's low and high 32 bits
std::uint64_t seed_of(const Rcpp::NumericVector& words) {
  return static_cast<std::uint64_t>(words[1]) << 32 |
         static_cast<std::uint64_t>(words[0]);
}

int fold_of(std::uint64_t seed, int folds) {
  const auto draw = static_cast<std::int32_t>(Pcg(seed).next());
  return static_cast<int>((draw < 0 ? -static_cast<std::int64_t>(draw) : draw) % folds);
}

}  // namespace

// One number from 0 to 1 for each of n rows, of 24 bits.
// [[Rcpp::export(rng = false)]]
Rcpp::NumericVector h2o_uniform(Rcpp::NumericVector words, double n) {
  const std::uint64_t seed = seed_of(words);
  Rcpp::NumericVector draws(static_cast<R_xlen_t>(n));
  for (R_xlen_t i = 0; i < draws.size(); ++i) {
    const std::uint64_t bits = Pcg(seed + static_cast<std::uint64_t>(i)).next_long();
    draws[i] = static_cast<double>(bits & 0xffffff) / 16777216;
  }
  return draws;
}

// The fold, from 0, of each row; classes: of each row, from 0, each of which
// has a seed of its own, -1 for a missing one; or NULL
// [[Rcpp::export(rng = false)]]
Rcpp::IntegerVector h2o_folds(Rcpp::NumericVector words, double n, int folds,
                              Rcpp::Nullable<Rcpp::IntegerVector> classes) {
  const std::uint64_t seed = seed_of(words);
  Rcpp::IntegerVector fold(static_cast<R_xlen_t>(n));
  if (classes.isNull()) {
    for (R_xlen_t i = 0; i < fold.size(); ++i) {
      fold[i] = fold_of(seed + static_cast<std::uint64_t>(i), folds);
    }
    return fold;
  }
  const Rcpp::IntegerVector code(classes);
  for (R_xlen_t i = 0; i < fold.size(); ++i) {
    if (code[i] < 0) {
      fold[i] = static_cast<int>(i % folds);  // of a missing class: spread around
      continue;
    }
    const std::uint64_t own = Pcg(seed + static_cast<std::uint64_t>(code[i])).next_long();
    fold[i] = fold_of(own + static_cast<std::uint64_t>(i), folds);
  }
  return fold;
}

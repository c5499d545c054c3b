#include "bindings_rows.h"

#include <stdexcept>
#include <string>

#include "bindings_executor.h"
#include "bindings_pointers.h"
#include "data/number_facts.h"
#include "data/rows_builder.h"

using namespace feedforward;

namespace {

// A count of R, which has no integers large enough for all of them.
std::size_t read_count(double x, const char* what) {
  if (!(x >= 0) || x > R_XLEN_T_MAX) {
    throw std::invalid_argument(std::string(what) + " must be a count");
  }
  return static_cast<std::size_t>(x);
}

template <class T>
View<T> view_of(const T* data, SEXP x) {
  return {data, static_cast<std::size_t>(Rf_xlength(x))};
}

Column read_column(SEXP x, const std::string& name) {
  switch (TYPEOF(x)) {
    case INTSXP:
      return view_of<int>(INTEGER(x), x);
    case LGLSXP:
      return view_of<int>(LOGICAL(x), x);
    case REALSXP:
      return view_of<double>(REAL(x), x);
    default:
      throw std::invalid_argument(name + " is neither integer nor double");
  }
}

Column skip(const Column& column, std::size_t from) {
  return std::visit([from](const auto& view) { return Column(view.after(from)); },
                    column);
}

PlannedColumn read_codes(SEXP x, const Rcpp::List& plan, const std::string& name) {
  return {read_column(x, name),
          CodesPlan{Rcpp::as<std::vector<std::int32_t>>(plan["map"]),
                    Rcpp::as<std::int32_t>(plan["missing"])}};
}

// One column after the other: of a list, or of a matrix, each after its first values.
void read_numbers(SEXP x, const Rcpp::List& plan, std::vector<PlannedColumn>* planned) {
  const auto from = Rcpp::as<std::vector<double>>(plan["from"]);
  const auto mean = Rcpp::as<std::vector<double>>(plan["mean"]);
  const auto scale = Rcpp::as<std::vector<double>>(plan["scale"]);
  const auto impute = Rcpp::as<std::vector<double>>(plan["impute"]);
  const bool list = TYPEOF(x) == VECSXP;
  const std::size_t count = list ? static_cast<std::size_t>(Rf_xlength(x)) : from.size();
  if (from.size() != count || mean.size() != count || scale.size() != count ||
      impute.size() != count) {
    throw std::invalid_argument(
        "from, mean, scale and impute must have one number per column");
  }
  for (std::size_t k = 0; k < count; ++k) {
    const Column column = read_column(list ? VECTOR_ELT(x, static_cast<R_xlen_t>(k)) : x,
                                      "number " + std::to_string(k + 1));
    planned->push_back({skip(column, read_count(from[k], "from")),
                        NumberPlan{mean[k], scale[k], impute[k]}});
  }
}

Rows build_sparse(const Rcpp::S4& matrix, const Rcpp::List& plan, std::size_t n,
                  Kept keep) {
  const Rcpp::IntegerVector i(matrix.slot("i")), p(matrix.slot("p")),
      size(matrix.slot("Dim"));
  const Rcpp::NumericVector x(matrix.slot("x"));
  if (size.size() != 2 || size[0] < 0 || size[1] < 0) {
    throw std::invalid_argument("the dgCMatrix is malformed");
  }
  const SparseColumns columns{static_cast<std::size_t>(size[0]),
                              static_cast<std::size_t>(size[1]),
                              view_of<int>(i.begin(), i), view_of<int>(p.begin(), p),
                              view_of<double>(x.begin(), x)};
  const SparsePlan how{Rcpp::as<std::vector<double>>(plan["mean"]),
                       Rcpp::as<std::vector<double>>(plan["scale"]),
                       Rcpp::as<std::vector<double>>(plan["impute"])};
  return build_rows(columns, how, n, keep);
}

}  // namespace

Rows build_rows(const Rcpp::List& columns, const Rcpp::List& plan, double n, SEXP keep_r,
                bool sparse, int threads) {
  if (columns.size() != plan.size()) {
    throw std::invalid_argument("there must be one plan per column");
  }
  const std::size_t rows = read_count(n, "n");
  std::vector<std::size_t> kept;
  if (!Rf_isNull(keep_r)) {
    kept.reserve(static_cast<std::size_t>(Rf_xlength(keep_r)));
    for (double k : Rcpp::as<std::vector<double>>(keep_r)) {
      if (!(k >= 1) || k > n) {
        throw std::invalid_argument("a row to keep is not in the frame");
      }
      kept.push_back(static_cast<std::size_t>(k) - 1);
    }
  }
  const Kept keep = Rf_isNull(keep_r) ? nullptr : &kept;

  std::vector<PlannedColumn> planned;
  for (R_xlen_t c = 0; c < columns.size(); ++c) {
    const Rcpp::List how = plan[c];
    const std::string kind = Rcpp::as<std::string>(how["kind"]);
    if (kind == "sparse") {
      if (columns.size() != 1) {
        throw std::invalid_argument("a sparse matrix comes without other columns");
      }
      return build_sparse(Rcpp::S4(static_cast<SEXP>(columns[c])), how, rows, keep);
    }
    if (kind == "numbers") {
      read_numbers(columns[c], how, &planned);
    } else if (kind == "codes") {
      planned.push_back(read_codes(columns[c], how, "column " + std::to_string(c + 1)));
    } else {
      throw std::invalid_argument("unknown kind of column '" + kind + "'");
    }
  }
  ParallelExecutor executor(threads);
  return build_rows(planned, rows, keep, sparse, executor);
}

Rcpp::List number_facts_of(SEXP columns, double n_r, int threads) {
  const std::size_t n = read_count(n_r, "n");
  const bool list = TYPEOF(columns) == VECSXP;
  const R_xlen_t length = Rf_xlength(columns);
  const R_xlen_t count = list ? length : n == 0 ? 0 : length / static_cast<R_xlen_t>(n);
  Rcpp::NumericVector low(count), high(count), missing(count), mean(count), sd(count),
      infinite(count), first_bad(count);
  std::vector<Column> read;
  read.reserve(static_cast<std::size_t>(count));
  for (R_xlen_t k = 0; k < count; ++k) {
    const Column column = read_column(list ? VECTOR_ELT(columns, k) : columns,
                                      "column " + std::to_string(k + 1));
    read.push_back(list ? column : skip(column, static_cast<std::size_t>(k) * n));
  }
  ParallelExecutor executor(threads);
  const std::vector<NumberFacts> all = facts_of(read, n, executor);
  for (R_xlen_t k = 0; k < count; ++k) {
    const NumberFacts& facts = all[static_cast<std::size_t>(k)];
    low[k] = facts.low;
    high[k] = facts.high;
    missing[k] = static_cast<double>(facts.missing);
    mean[k] = facts.mean;
    sd[k] = facts.sd;
    infinite[k] = static_cast<double>(facts.infinite);
    first_bad[k] = static_cast<double>(facts.first_bad);
  }
  return Rcpp::List::create(Rcpp::Named("low") = low, Rcpp::Named("high") = high,
                            Rcpp::Named("missing") = missing, Rcpp::Named("mean") = mean,
                            Rcpp::Named("sd") = sd, Rcpp::Named("infinite") = infinite,
                            Rcpp::Named("first_bad") = first_bad);
}

// [[Rcpp::export(rng = false)]]
SEXP rows_build(Rcpp::List columns, Rcpp::List plan, double n, SEXP keep, bool sparse,
                int threads) {
  return RowsPointer(new std::shared_ptr<const Rows>(
      std::make_shared<Rows>(build_rows(columns, plan, n, keep, sparse, threads))));
}

// [[Rcpp::export(rng = false)]]
Rcpp::List number_facts(SEXP columns, double n, int threads) {
  return number_facts_of(columns, n, threads);
}

#include "bindings_rows.h"

#include <stdexcept>
#include <string>

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

// number: its place among the columns, from 1.
Column read_column(SEXP x, R_xlen_t number) {
  switch (TYPEOF(x)) {
    case INTSXP:
      return view_of<int>(INTEGER(x), x);
    case LGLSXP:
      return view_of<int>(LOGICAL(x), x);
    case REALSXP:
      return view_of<double>(REAL(x), x);
    default:
      throw std::invalid_argument("column " + std::to_string(number) +
                                  " is neither integer nor double");
  }
}

Column skip(const Column& column, std::size_t from) {
  return std::visit([from](const auto& view) { return Column(view.after(from)); },
                    column);
}

PlannedColumn read_planned(SEXP x, const Rcpp::List& plan, const std::string& kind,
                           R_xlen_t number) {
  const Column column = read_column(x, number);
  if (kind == "codes") {
    return {column, CodesPlan{Rcpp::as<std::vector<std::int32_t>>(plan["map"]),
                              Rcpp::as<std::int32_t>(plan["missing"])}};
  }
  if (kind == "numeric") {
    return {skip(column, read_count(Rcpp::as<double>(plan["from"]), "from")),
            NumberPlan{Rcpp::as<double>(plan["mean"]), Rcpp::as<double>(plan["scale"]),
                       Rcpp::as<double>(plan["impute"])}};
  }
  throw std::invalid_argument("unknown kind of column '" + kind + "'");
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
                bool sparse) {
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
  planned.reserve(static_cast<std::size_t>(columns.size()));
  for (R_xlen_t c = 0; c < columns.size(); ++c) {
    const Rcpp::List how = plan[c];
    const std::string kind = Rcpp::as<std::string>(how["kind"]);
    if (kind == "sparse") {
      if (columns.size() != 1) {
        throw std::invalid_argument("a sparse matrix comes without other columns");
      }
      return build_sparse(Rcpp::S4(static_cast<SEXP>(columns[c])), how, rows, keep);
    }
    planned.push_back(read_planned(columns[c], how, kind, c + 1));
  }
  return build_rows(planned, rows, keep, sparse);
}

Rcpp::List number_facts_of(SEXP x, double from, double n) {
  const NumberFacts facts =
      facts_of(skip(read_column(x, 1), read_count(from, "from")), read_count(n, "n"));
  return Rcpp::List::create(
      Rcpp::Named("low") = facts.low, Rcpp::Named("high") = facts.high,
      Rcpp::Named("missing") = static_cast<double>(facts.missing),
      Rcpp::Named("mean") = facts.mean, Rcpp::Named("sd") = facts.sd,
      Rcpp::Named("infinite") = static_cast<double>(facts.infinite),
      Rcpp::Named("first_bad") = static_cast<double>(facts.first_bad));
}

// [[Rcpp::export(rng = false)]]
SEXP rows_build(Rcpp::List columns, Rcpp::List plan, double n, SEXP keep, bool sparse) {
  return RowsPointer(new std::shared_ptr<const Rows>(
      std::make_shared<Rows>(build_rows(columns, plan, n, keep, sparse))));
}

// [[Rcpp::export(rng = false)]]
Rcpp::List number_facts(SEXP x, double from, double n) {
  return number_facts_of(x, from, n);
}

#include "bindings_rows.h"

#include <stdexcept>
#include <string>

#include "bindings_columns.h"
#include "bindings_executor.h"
#include "bindings_pointers.h"
#include "data/rows_builder.h"

using namespace feedforward;

namespace {

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

template <class T = double>
T field(const Rcpp::List& plan, const char* name) {
  return Rcpp::as<T>(plan[name]);
}

ColumnPlan read_mapped(const std::string& kind, const Rcpp::List& plan) {
  using Numbers = std::vector<double>;
  if (kind != "curves" && kind != "bent" && kind != "waves") {
    throw std::invalid_argument("unknown kind of column '" + kind + "'");
  }
  const double impute = field(plan, "impute");
  if (kind == "curves") {
    return CurvesPlan{field<Numbers>(plan, "knots"), field<Numbers>(plan, "values"),
                      impute};
  }
  const double centre = field(plan, "centre"), scale = field(plan, "scale");
  if (kind == "bent") return BentPlan{centre, scale, impute};
  return WavesPlan{field<Numbers>(plan, "frequencies"), centre, scale, impute};
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
    const std::string name = "column " + std::to_string(c + 1);
    if (kind == "numbers") {
      read_numbers(columns[c], how, &planned);
    } else if (kind == "codes") {
      planned.push_back(read_codes(columns[c], how, name));
    } else {
      planned.push_back({read_column(columns[c], name), read_mapped(kind, how)});
    }
  }
  ParallelExecutor executor(threads);
  return build_rows(planned, rows, keep, sparse, executor);
}

// [[Rcpp::export(rng = false)]]
SEXP rows_build(Rcpp::List columns, Rcpp::List plan, double n, SEXP keep, bool sparse,
                int threads) {
  return RowsPointer(new std::shared_ptr<const Rows>(
      std::make_shared<Rows>(build_rows(columns, plan, n, keep, sparse, threads))));
}

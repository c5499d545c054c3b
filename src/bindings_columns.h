// Columns of R as the core reads them: where they lie.
#ifndef FEEDFORWARD_BINDINGS_COLUMNS_H
#define FEEDFORWARD_BINDINGS_COLUMNS_H

#include <Rcpp.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <variant>

#include "data/column.h"

namespace feedforward {

// A count of R, which has no integers large enough for all of them.
inline std::size_t read_count(double x, const char* what) {
  if (!(x >= 0) || x > R_XLEN_T_MAX) {
    throw std::invalid_argument(std::string(what) + " must be a count");
  }
  return static_cast<std::size_t>(x);
}

template <class T>
View<T> view_of(const T* data, SEXP x) {
  return {data, static_cast<std::size_t>(Rf_xlength(x))};
}

inline Column read_column(SEXP x, const std::string& name) {
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

inline Column skip(const Column& column, std::size_t from) {
  return std::visit([from](const auto& view) { return Column(view.after(from)); },
                    column);
}

}  // namespace feedforward

#endif

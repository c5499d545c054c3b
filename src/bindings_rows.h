// Columns of a data frame to the core's rows, read where they lie.
#ifndef FEEDFORWARD_BINDINGS_ROWS_H
#define FEEDFORWARD_BINDINGS_ROWS_H

#include <Rcpp.h>

#include "rows.h"

// See encoding_plan() in R/encoding-forge.R for `columns` and `plan`.
feedforward::Rows build_rows(const Rcpp::List& columns, const Rcpp::List& plan,
                             std::size_t n, SEXP keep, bool sparse);

#endif

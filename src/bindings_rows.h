// Columns of a data frame to the core's rows, read where they lie.
#ifndef FEEDFORWARD_BINDINGS_ROWS_H
#define FEEDFORWARD_BINDINGS_ROWS_H

#include <Rcpp.h>

#include "data/rows.h"

// See encoding_plan() in R/encoding-forge.R for `columns` and `plan`; n: their rows;
// keep: NULL or the rows wanted, from 1.
feedforward::Rows build_rows(const Rcpp::List& columns, const Rcpp::List& plan, double n,
                             SEXP keep, bool sparse);

// low, high, mean, sd of the n numbers after the first `from` that are not missing, and
// how many are missing or infinite. NaN counts as missing.
Rcpp::List number_facts_of(SEXP x, double from, double n);

#endif

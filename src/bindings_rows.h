// Columns of a data frame to the core's rows, read where they lie.
#ifndef FEEDFORWARD_BINDINGS_ROWS_H
#define FEEDFORWARD_BINDINGS_ROWS_H

#include <Rcpp.h>

#include "data/rows.h"

// See encoding_plan() in R/encoding-replay.R for `columns` and `plan`; n: their rows;
// keep: NULL or the rows wanted, from 1; threads change no bit.
feedforward::Rows build_rows(const Rcpp::List& columns, const Rcpp::List& plan, double n,
                             SEXP keep, bool sparse, int threads);

#endif

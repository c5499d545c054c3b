// The core's objects as R holds them.
#ifndef FEEDFORWARD_BINDINGS_POINTERS_H
#define FEEDFORWARD_BINDINGS_POINTERS_H

#include <Rcpp.h>

#include <memory>

#include "data/rows.h"
#include "runs/trainer.h"

using RowsPointer = Rcpp::XPtr<std::shared_ptr<const feedforward::Rows>>;
using TrainerPointer = Rcpp::XPtr<feedforward::Trainer>;

#endif

// The state of a run to R and back: a named list, in which parameters and all that is
// laid out like them are lists of weights and biases, as trainer_weights() gives them.
#ifndef FEEDFORWARD_BINDINGS_STATE_H
#define FEEDFORWARD_BINDINGS_STATE_H

#include <Rcpp.h>

#include "network/shape.h"
#include "runs/trainer_state.h"

Rcpp::List state_to_r(const feedforward::TrainerState& state);
// shape: of the network that is to take it. Throws when a size does not fit that.
feedforward::TrainerState read_state(const Rcpp::List& list,
                                     const feedforward::Shape& shape);

#endif

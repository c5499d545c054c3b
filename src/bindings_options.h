// R lists to the core's structs. A name the core does not know, or one it misses, is an
// error: an option can be neither lost nor misspelt on the way.
#ifndef FEEDFORWARD_BINDINGS_OPTIONS_H
#define FEEDFORWARD_BINDINGS_OPTIONS_H

#include <Rcpp.h>

#include "bindings_reader.h"
#include "data/targets.h"
#include "network/shape.h"
#include "words/options.h"

// The caller finishes the list.
feedforward::Options read_options(Reader& list);
feedforward::Loss read_loss(const std::string& name);
// target: list(kind, y, weights, offset). y: classes from 0, or numbers, a matrix
// rows x outputs when there are several; weights and offset may be NULL.
template <class T>
feedforward::TargetsOf<T> read_targets(const Rcpp::List& target);
// network: list(inputs, hidden, activation, outputs, output).
feedforward::Shape read_shape(const Rcpp::List& network, std::size_t coded_inputs,
                              std::size_t numeric_inputs);
// A seed is one whole number below 2^32, or its low and high 32-bit words.
std::uint64_t read_seed(const Rcpp::NumericVector& words);

#endif

// Weights and biases to the core and back: a list of matrices, units x inputs, and a list
// of vectors, one element per layer.
#ifndef FEEDFORWARD_BINDINGS_PARAMETERS_H
#define FEEDFORWARD_BINDINGS_PARAMETERS_H

#include <Rcpp.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "network/plain_parameters.h"
#include "network/shape.h"

// rows x columns numbers: a matrix of that shape, or as many without one.
template <class T>
std::vector<T> read_matrix(SEXP x, std::size_t rows, std::size_t columns,
                           const std::string& what) {
  const SEXP dim = Rf_getAttrib(x, R_DimSymbol);
  const bool shaped =
      Rf_isNull(dim) ||
      (Rf_length(dim) == 2 && static_cast<std::size_t>(INTEGER(dim)[0]) == rows &&
       static_cast<std::size_t>(INTEGER(dim)[1]) == columns);
  if (!shaped || static_cast<std::size_t>(Rf_xlength(x)) != rows * columns) {
    throw std::invalid_argument(what + " must be " + std::to_string(rows) + " x " +
                                std::to_string(columns) + " numbers");
  }
  return Rcpp::as<std::vector<T>>(x);
}

// NULL, whole or for a layer, leaves what `plain` has. what: their name in errors.
template <class T>
void read_parameters(SEXP weights, SEXP biases, const feedforward::Shape& shape,
                     feedforward::PlainParametersOf<T>* plain,
                     const std::string& what = "parameters") {
  const auto read = [&](SEXP given, bool are_biases, std::vector<std::vector<T>>* to) {
    to->resize(shape.layers());
    if (Rf_isNull(given)) return;
    const std::string kind = what + (are_biases ? ": biases" : ": weights");
    const Rcpp::List layers(given);
    if (static_cast<std::size_t>(layers.size()) != shape.layers()) {
      throw std::invalid_argument(kind + " must have one element per layer");
    }
    for (std::size_t l = 0; l < shape.layers(); ++l) {
      const SEXP layer = layers[static_cast<R_xlen_t>(l)];
      if (Rf_isNull(layer)) continue;
      (*to)[l] = read_matrix<T>(layer, shape.weight_rows(l),
                                are_biases ? 1 : shape.layer_inputs(l),
                                kind + " of layer " + std::to_string(l + 1));
    }
  };
  read(weights, false, &plain->weights);
  read(biases, true, &plain->biases);
}

template <class T>
Rcpp::List parameters_to_r(const feedforward::PlainParametersOf<T>& plain) {
  Rcpp::List weights, biases;
  for (std::size_t l = 0; l < plain.weights.size(); ++l) {
    const int units = static_cast<int>(plain.biases[l].size());
    Rcpp::NumericVector w(plain.weights[l].begin(), plain.weights[l].end());
    const R_xlen_t inputs = units == 0 ? 0 : w.size() / units;
    w.attr("dim") = Rcpp::IntegerVector::create(units, static_cast<int>(inputs));
    weights.push_back(w);
    biases.push_back(Rcpp::NumericVector(plain.biases[l].begin(), plain.biases[l].end()));
  }
  return Rcpp::List::create(Rcpp::Named("weights") = weights,
                            Rcpp::Named("biases") = biases);
}

#endif

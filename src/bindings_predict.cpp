// Predictions for R. Lists become structs, exceptions R errors; nothing is decided here.
#include <Rcpp.h>

#include <memory>

#include "bindings_executor.h"
#include "bindings_monitor.h"
#include "bindings_options.h"
#include "bindings_parameters.h"
#include "bindings_pointers.h"
#include "runs/attribution.h"
#include "runs/predictor.h"

using namespace feedforward;

namespace {

std::string kernel_choice() {
  const SEXP option = Rf_GetOption1(Rf_install("feedforward.kernels"));
  return Rf_isNull(option) ? "auto" : Rcpp::as<std::string>(option);
}

// What scoring reads: the outputs, or how far a reconstruction is from its row.
NetworkView scored_view(const Predictor& predictor) {
  const bool repeats = predictor.shape().output == Output::kReconstruction;
  return {repeats ? NetworkView::What::kErrors : NetworkView::What::kOutputs, 0};
}

Rcpp::NumericMatrix predict_rows(const Predictor& predictor, const Rows& rows,
                                 SEXP index_r, NetworkView view, int threads) {
  std::vector<std::uint32_t> index;
  const bool all = Rf_isNull(index_r);
  if (!all) {
    for (double i : Rcpp::as<std::vector<double>>(index_r)) {
      if (!(i >= 1) || i > static_cast<double>(rows.n)) {
        throw std::invalid_argument("a row to predict is not among the rows");
      }
      index.push_back(static_cast<std::uint32_t>(i) - 1);
    }
  }
  const std::size_t n = all ? rows.n : index.size();
  Rcpp::NumericMatrix out(static_cast<int>(n), static_cast<int>(predictor.columns(view)));
  ParallelExecutor executor(threads);
  RMonitor monitor(0);
  if (!predictor.predict(rows, all ? nullptr : index.data(), n, view, out.begin(),
                         executor, monitor)) {
    monitor.raise();
    throw Rcpp::internal::InterruptedException();
  }
  return out;
}

std::unique_ptr<const Predictor> pack_network(const Rows& rows, const Rcpp::List& network,
                                              const Rcpp::List& weights,
                                              const Rcpp::List& biases) {
  const Shape shape = read_shape(network, rows.coded_inputs, rows.numeric_inputs);
  PlainParameters plain;
  read_parameters(weights, biases, shape, &plain);
  return std::make_unique<const Predictor>(shape, plain, kernel_choice());
}

// The network that predicted last. Which it is, R/predict.R knows.
std::unique_ptr<const Predictor> ready_network;

}  // namespace

// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix trainer_predict(SEXP trainer, SEXP rows, SEXP index, int threads) {
  const TrainerPointer t(trainer);
  const Predictor predictor(t->shape(), t->weights(), t->options().kernels);
  return predict_rows(predictor, **RowsPointer(rows), index, scored_view(predictor),
                      threads);
}

// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix network_predict(SEXP rows, SEXP index, Rcpp::List network,
                                    Rcpp::List weights, Rcpp::List biases, int threads) {
  const Rows& data = **RowsPointer(rows);
  const auto packed = pack_network(data, network, weights, biases);
  return predict_rows(*packed, data, index, scored_view(*packed), threads);
}

// Other views of a network, of all rows: "outputs", "error" of each input, or "layer".
// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix network_view(SEXP rows, Rcpp::List network, Rcpp::List weights,
                                 Rcpp::List biases, std::string what, int layer,
                                 int threads) {
  const Rows& data = **RowsPointer(rows);
  const auto packed = pack_network(data, network, weights, biases);
  NetworkView view;
  if (what == "error") view.what = NetworkView::What::kErrorOfEach;
  if (what == "layer")
    view = {NetworkView::What::kLayer, static_cast<std::size_t>(layer - 1)};
  return predict_rows(*packed, data, R_NilValue, view, threads);
}

// What each group of inputs adds to what is explained of each row: list(shares: rows x
// (groups x columns), base). groups: of each input its number, from 0.
// [[Rcpp::export(rng = false)]]
Rcpp::List network_attribution(SEXP rows, SEXP references, Rcpp::List network,
                               Rcpp::List weights, Rcpp::List biases,
                               std::string explained, Rcpp::NumericVector groups,
                               Rcpp::NumericVector shift, int threads) {
  const Rows& data = **RowsPointer(rows);
  const Shape shape = read_shape(network, data.coded_inputs, data.numeric_inputs);
  PlainParameters plain;
  read_parameters(weights, biases, shape, &plain);
  const Attribution attribution(shape, plain,
                                value_named(kExplainedNames, explained, "explained"),
                                std::vector<std::size_t>(groups.begin(), groups.end()),
                                std::vector<double>(shift.begin(), shift.end()));
  Rcpp::NumericMatrix shares(
      static_cast<int>(data.n),
      static_cast<int>(attribution.groups() * attribution.columns()));
  Rcpp::NumericVector base(static_cast<R_xlen_t>(attribution.columns()));
  ParallelExecutor executor(threads);
  RMonitor monitor(0);
  if (!attribution.explain(data, **RowsPointer(references), shares.begin(), base.begin(),
                           executor, monitor)) {
    monitor.raise();
    throw Rcpp::internal::InterruptedException();
  }
  return Rcpp::List::create(Rcpp::Named("shares") = shares, Rcpp::Named("base") = base);
}

// Keeps a network ready in place of the one before. rows: any that fit it.
// [[Rcpp::export(rng = false)]]
void ready_pack(SEXP rows, Rcpp::List network, Rcpp::List weights, Rcpp::List biases) {
  ready_network.reset();  // never two in memory
  ready_network = pack_network(**RowsPointer(rows), network, weights, biases);
}

// The outputs of the network that is ready.
// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix ready_predict(SEXP rows, int threads) {
  if (!ready_network) throw std::logic_error("no network is ready");
  return predict_rows(*ready_network, **RowsPointer(rows), R_NilValue,
                      scored_view(*ready_network), threads);
}

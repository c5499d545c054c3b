// Training runs for R. Lists become structs, exceptions R errors; nothing is decided
// here.
#include <Rcpp.h>

#include "bindings_executor.h"
#include "bindings_monitor.h"
#include "bindings_options.h"
#include "bindings_parameters.h"
#include "bindings_pointers.h"
#include "bindings_reader.h"
#include "bindings_state.h"
#include "data/row_order.h"
#include "learning/optimizer.h"
#include "network/initializer.h"

using namespace feedforward;

// [[Rcpp::init]]
void remember_process(DllInfo* dll) {
  (void)dll;
  ParallelExecutor::remember_process();
}

// [[Rcpp::export(rng = false)]]
SEXP trainer_new(SEXP rows, Rcpp::List target, Rcpp::List network, Rcpp::List options) {
  const std::shared_ptr<const Rows> data = *RowsPointer(rows);
  Reader reader(options, "options");
  const Rcpp::RObject weights(reader.get("initial_weights"));
  const Rcpp::RObject biases(reader.get("initial_biases"));
  const Options read = read_options(reader);
  reader.finish();
  const Shape shape = read_shape(network, data->coded_inputs, data->numeric_inputs);
  PlainParameters initial =
      initial_parameters(shape, read, optimizer_of(read.optimizer).start);
  silence_unused_inputs(read, shape, &initial);
  // What the user gives stays as it is.
  read_parameters(weights, biases, shape, &initial);
  return TrainerPointer(
      new Trainer(data, read_targets<float>(target), shape, read, initial));
}

// [[Rcpp::export(rng = false)]]
Rcpp::List trainer_run(SEXP trainer, double rows, double seconds, int threads) {
  ParallelExecutor executor(threads);
  RMonitor monitor(seconds);
  const RunReport report =
      TrainerPointer(trainer)->run(static_cast<std::size_t>(rows), executor, monitor);
  monitor.raise();
  return Rcpp::List::create(
      Rcpp::Named("rows") = static_cast<double>(report.rows),
      Rcpp::Named("status") = name_of(kRunStatusNames, report.status));
}

// Several runs side by side, each on one thread, for about `seconds`.
// [[Rcpp::export(rng = false)]]
Rcpp::List trainers_run(Rcpp::List trainers, Rcpp::NumericVector rows, double seconds,
                        int threads) {
  std::vector<Trainer*> all;
  for (R_xlen_t i = 0; i < trainers.size(); ++i) {
    all.push_back(TrainerPointer(Rcpp::as<SEXP>(trainers[i])).get());
  }
  std::vector<RunReport> reports(all.size());
  const double* const quota = rows.begin();
  ParallelExecutor executor(threads);
  executor.run(all.size(), [&](std::size_t i) {
    Executor alone;
    ClockMonitor monitor(seconds);
    reports[i] = all[i]->run(static_cast<std::size_t>(quota[i]), alone, monitor);
  });
  Rcpp::checkUserInterrupt();
  Rcpp::List done;
  for (const RunReport& report : reports) {
    done.push_back(Rcpp::List::create(
        Rcpp::Named("rows") = static_cast<double>(report.rows),
        Rcpp::Named("status") = name_of(kRunStatusNames, report.status)));
  }
  return done;
}

// [[Rcpp::export(rng = false)]]
void trainer_close_round(SEXP trainer) { TrainerPointer(trainer)->close_round(); }

// [[Rcpp::export(rng = false)]]
Rcpp::List trainer_weights(SEXP trainer) {
  return parameters_to_r(TrainerPointer(trainer)->weights());
}

// [[Rcpp::export(rng = false)]]
void trainer_set_weights(SEXP trainer, Rcpp::List weights, Rcpp::List biases) {
  const TrainerPointer t(trainer);
  PlainParameters plain = t->weights();
  read_parameters(weights, biases, t->shape(), &plain);
  t->set_weights(plain);
}

// [[Rcpp::export(rng = false)]]
Rcpp::List trainer_state(SEXP trainer) {
  return state_to_r(TrainerPointer(trainer)->state());
}

// [[Rcpp::export(rng = false)]]
void trainer_set_state(SEXP trainer, Rcpp::List state) {
  const TrainerPointer t(trainer);
  t->set_state(read_state(state, t->shape()));
}

// [[Rcpp::export(rng = false)]]
Rcpp::DataFrame trainer_layers(SEXP trainer) {
  std::vector<double> mean_rate, rate_rms, momentum;
  for (const LayerRates& layer : TrainerPointer(trainer)->rates()) {
    mean_rate.push_back(layer.mean_rate);
    rate_rms.push_back(layer.rate_sd);
    momentum.push_back(layer.momentum);
  }
  return Rcpp::DataFrame::create(Rcpp::Named("mean_rate") = mean_rate,
                                 Rcpp::Named("rate_rms") = rate_rms,
                                 Rcpp::Named("momentum") = momentum);
}

// [[Rcpp::export(rng = false)]]
void trainer_set_huber(SEXP trainer, double delta) {
  TrainerPointer(trainer)->set_huber_delta(delta);
}

// The order of an epoch: a permutation of 0 .. n - 1.
// [[Rcpp::export(rng = false)]]
Rcpp::IntegerVector row_order(Rcpp::NumericVector seed, double epoch, double n) {
  const std::vector<std::uint32_t> order =
      random_order(read_seed(seed), Purpose::kRowOrder, static_cast<std::uint32_t>(epoch),
                   static_cast<std::uint32_t>(n));
  return Rcpp::IntegerVector(order.begin(), order.end());
}

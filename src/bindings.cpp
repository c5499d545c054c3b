// R to the core and back: the only exports. Lists become structs, vectors are read where
// they lie, exceptions become R errors; nothing is decided here.
#include <RcppEigen.h>

#include <memory>

#include "bindings_executor.h"
#include "bindings_monitor.h"
#include "bindings_options.h"
#include "bindings_rows.h"
#include "data/row_order.h"
#include "kernels/kernels.h"
#include "network/initializer.h"
#include "network/plain_network.h"
#include "runs/predictor.h"
#include "runs/trainer.h"

using namespace feedforward;

using RowsPointer = Rcpp::XPtr<std::shared_ptr<const Rows>>;
using TrainerPointer = Rcpp::XPtr<Trainer>;

namespace {

std::string kernel_choice() {
  const SEXP option = Rf_GetOption1(Rf_install("feedforward.kernels"));
  return Rf_isNull(option) ? "auto" : Rcpp::as<std::string>(option);
}

Rcpp::NumericMatrix predict_rows(const Predictor& predictor, const Rows& rows,
                                 SEXP index_r, int threads) {
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
  Rcpp::NumericMatrix out(static_cast<int>(n), static_cast<int>(predictor.outputs()));
  ParallelExecutor executor(threads);
  RMonitor monitor(0);
  if (!predictor.predict(rows, all ? nullptr : index.data(), n, out.begin(), executor,
                         monitor)) {
    throw Rcpp::internal::InterruptedException();
  }
  return out;
}

std::unique_ptr<const Predictor> pack_network(const Rows& rows, const Rcpp::List& network,
                                              const Rcpp::List& weights,
                                              const Rcpp::List& biases) {
  const Shape shape = read_shape(network, rows.coded_inputs, rows.numeric_inputs);
  PlainParameters plain;
  plain.weights.resize(shape.layers());
  plain.biases.resize(shape.layers());
  read_parameters(weights, biases, &plain);
  return std::make_unique<const Predictor>(shape, plain, kernel_choice());
}

// The network that predicted last. Which it is, R/predict.R knows.
std::unique_ptr<const Predictor> ready_network;

Rcpp::List floats_to_r(const std::vector<FloatVector>& vectors) {
  Rcpp::List list;
  for (const FloatVector& v : vectors) {
    list.push_back(Rcpp::NumericVector(v.begin(), v.end()));
  }
  return list;
}

FloatVector floats_from_r(SEXP x) {
  const Rcpp::NumericVector v(x);
  return FloatVector(v.begin(), v.end());
}

std::vector<FloatVector> float_lists_from_r(const Rcpp::List& list) {
  std::vector<FloatVector> vectors;
  for (R_xlen_t i = 0; i < list.size(); ++i) vectors.push_back(floats_from_r(list[i]));
  return vectors;
}

// Counters beyond an int travel as doubles; "never" (all bits set) as -1.
Rcpp::NumericVector counters_to_r(const std::vector<std::uint64_t>& counters) {
  Rcpp::NumericVector out(static_cast<R_xlen_t>(counters.size()));
  for (std::size_t i = 0; i < counters.size(); ++i) {
    out[static_cast<R_xlen_t>(i)] =
        counters[i] == ~std::uint64_t{0} ? -1 : static_cast<double>(counters[i]);
  }
  return out;
}

std::vector<std::uint64_t> counters_from_r(const Rcpp::NumericVector& x) {
  std::vector<std::uint64_t> out;
  for (double v : x) {
    out.push_back(v < 0 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(v));
  }
  return out;
}

}  // namespace

// [[Rcpp::init]]
void remember_process(DllInfo* dll) {
  (void)dll;
  ParallelExecutor::remember_process();
}

// [[Rcpp::export(rng = false)]]
SEXP rows_build(Rcpp::List columns, Rcpp::List plan, double n, SEXP keep, bool sparse) {
  return RowsPointer(new std::shared_ptr<const Rows>(
      std::make_shared<Rows>(build_rows(columns, plan, n, keep, sparse))));
}

// [[Rcpp::export]]
Rcpp::List number_facts(SEXP columns, double n) { return number_facts_of(columns, n); }

// [[Rcpp::export]]
SEXP trainer_new(SEXP rows, Rcpp::List target, Rcpp::List network, Rcpp::List options) {
  const std::shared_ptr<const Rows> data = *RowsPointer(rows);
  Rcpp::List left = Rcpp::clone(options);
  const auto take = [&](const char* name) -> SEXP {
    const int at = left.findName(name);
    const SEXP value = left[at];
    left.erase(at);
    return value;
  };
  const Rcpp::RObject weights(take("initial_weights")), biases(take("initial_biases"));
  const Options read = read_options(left);
  const Shape shape = read_shape(network, data->coded_inputs, data->numeric_inputs);
  Targets targets = read_targets(target);
  for (std::int32_t c : targets.classes) {
    if (c >= static_cast<std::int32_t>(shape.outputs)) {
      throw std::invalid_argument("a class of the target has no output");
    }
  }
  PlainParameters initial = initial_parameters(shape, read);
  read_parameters(weights, biases, &initial);
  const std::size_t slots = initial.biases[0].size();
  for (int i : read.unused_inputs) {
    std::fill_n(initial.weights[0].begin() + static_cast<std::ptrdiff_t>(i * slots),
                slots, 0.0);
  }
  return TrainerPointer(new Trainer(data, std::move(targets), shape, read, initial));
}

// [[Rcpp::export]]
Rcpp::List trainer_run(SEXP trainer, double rows, double seconds, int threads) {
  ParallelExecutor executor(threads);
  RMonitor monitor(seconds);
  const RunReport report =
      TrainerPointer(trainer)->run(static_cast<std::size_t>(rows), executor, monitor);
  static const char* const kNames[] = {"running", "paused", "interrupted", "unstable"};
  return Rcpp::List::create(
      Rcpp::Named("rows") = static_cast<double>(report.rows),
      Rcpp::Named("status") = kNames[static_cast<int>(report.status)]);
}

// [[Rcpp::export]]
Rcpp::NumericMatrix trainer_predict(SEXP trainer, SEXP rows, SEXP index, int threads) {
  const TrainerPointer t(trainer);
  const Predictor predictor(t->shape(), t->weights(), t->options().kernels);
  return predict_rows(predictor, **RowsPointer(rows), index, threads);
}

// [[Rcpp::export]]
Rcpp::List trainer_weights(SEXP trainer) {
  return parameters_to_r(TrainerPointer(trainer)->weights());
}

// [[Rcpp::export]]
void trainer_set_weights(SEXP trainer, Rcpp::List weights, Rcpp::List biases) {
  const TrainerPointer t(trainer);
  PlainParameters plain = t->weights();
  read_parameters(weights, biases, &plain);
  t->set_weights(plain);
}

// [[Rcpp::export]]
Rcpp::List trainer_state(SEXP trainer) {
  const TrainerState s = TrainerPointer(trainer)->state();
  return Rcpp::List::create(
      Rcpp::Named("samples") = static_cast<double>(s.samples),
      Rcpp::Named("rounds") = static_cast<double>(s.rounds),
      Rcpp::Named("steps") = counters_to_r(s.steps),
      Rcpp::Named("last_touched") = counters_to_r(s.last_touched),
      Rcpp::Named("by_input") = s.by_input,
      Rcpp::Named("weights") = Rcpp::NumericVector(s.weights.begin(), s.weights.end()),
      Rcpp::Named("change") = Rcpp::NumericVector(s.change.begin(), s.change.end()),
      Rcpp::Named("moving_average") =
          Rcpp::NumericVector(s.moving_average.begin(), s.moving_average.end()),
      Rcpp::Named("parameters") = floats_to_r(s.parameters),
      Rcpp::Named("state1") = floats_to_r(s.state1),
      Rcpp::Named("state2") = floats_to_r(s.state2));
}

// [[Rcpp::export]]
void trainer_set_state(SEXP trainer, Rcpp::List state) {
  TrainerState s;
  s.samples = static_cast<std::uint64_t>(Rcpp::as<double>(state["samples"]));
  s.rounds = static_cast<std::uint64_t>(Rcpp::as<double>(state["rounds"]));
  s.steps = counters_from_r(state["steps"]);
  s.last_touched = counters_from_r(state["last_touched"]);
  s.by_input = Rcpp::as<std::vector<int>>(state["by_input"]);
  s.weights = floats_from_r(state["weights"]);
  s.change = floats_from_r(state["change"]);
  s.moving_average = floats_from_r(state["moving_average"]);
  s.parameters = float_lists_from_r(state["parameters"]);
  s.state1 = float_lists_from_r(state["state1"]);
  s.state2 = float_lists_from_r(state["state2"]);
  TrainerPointer(trainer)->set_state(std::move(s));
}

// [[Rcpp::export]]
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

// [[Rcpp::export]]
void trainer_set_huber(SEXP trainer, double delta) {
  TrainerPointer(trainer)->set_huber_delta(delta);
}

// [[Rcpp::export(rng = false)]]
Rcpp::NumericMatrix network_predict(SEXP rows, SEXP index, Rcpp::List network,
                                    Rcpp::List weights, Rcpp::List biases, int threads) {
  const Rows& data = **RowsPointer(rows);
  const auto packed = pack_network(data, network, weights, biases);
  return predict_rows(*packed, data, index, threads);
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
  return predict_rows(*ready_network, **RowsPointer(rows), R_NilValue, threads);
}

// Loss and gradient in double precision, for tests. x: rows x inputs; parameters:
// list(quantile_alpha, tweedie_power, huber_delta, l1, l2).
// [[Rcpp::export]]
Rcpp::List loss_and_gradient(Rcpp::NumericMatrix x, Rcpp::List target, Rcpp::List network,
                             std::string loss, Rcpp::List parameters, Rcpp::List weights,
                             Rcpp::List biases) {
  const Shape shape = read_shape(network, 0, static_cast<std::size_t>(x.ncol()));
  const auto parameter = [&](const char* name, double otherwise) {
    return parameters.containsElementNamed(name) ? Rcpp::as<double>(parameters[name])
                                                 : otherwise;
  };
  const LossOptions options{read_loss(loss), parameter("quantile_alpha", 0.5),
                            parameter("tweedie_power", 1.5), parameter("huber_delta", 1)};
  PlainParameters plain;
  plain.weights.resize(shape.layers());
  plain.biases.resize(shape.layers());
  read_parameters(weights, biases, &plain);
  const Targets targets = read_targets(target);
  std::vector<double> numbers;
  if (!targets.numbers.empty()) numbers = Rcpp::as<std::vector<double>>(target["y"]);
  const auto doubles = [&](const char* name) {
    const SEXP given = target[name];
    return Rf_isNull(given) ? std::vector<double>()
                            : Rcpp::as<std::vector<double>>(given);
  };
  const LossAndGradient<double> result = loss_and_gradient<double>(
      shape, options, parameter("l1", 0), parameter("l2", 0), plain.weights, plain.biases,
      Rcpp::as<Eigen::MatrixXd>(x), targets.classes, numbers, doubles("weights"),
      doubles("offset"));
  Rcpp::List list = parameters_to_r({result.weights, result.biases});
  return Rcpp::List::create(Rcpp::Named("loss") = result.loss,
                            Rcpp::Named("weights") = list["weights"],
                            Rcpp::Named("biases") = list["biases"]);
}

// The uniform number at an address (purpose as in core/rng.h: 1 initial weights, 3
// dropout).
// [[Rcpp::export]]
double counter_uniform(Rcpp::NumericVector seed, int purpose, int layer, double epoch,
                       double row, double unit) {
  return random_uniform(
      {read_seed(seed), static_cast<Purpose>(purpose), static_cast<std::uint32_t>(layer),
       static_cast<std::uint32_t>(epoch), static_cast<std::uint32_t>(row)},
      static_cast<std::uint32_t>(unit));
}

// The order of an epoch: a permutation of 0 .. n - 1.
// [[Rcpp::export]]
Rcpp::IntegerVector row_order(Rcpp::NumericVector seed, double epoch, double n) {
  const std::vector<std::uint32_t> order =
      random_order(read_seed(seed), Purpose::kRowOrder, static_cast<std::uint32_t>(epoch),
                   static_cast<std::uint32_t>(n));
  return Rcpp::IntegerVector(order.begin(), order.end());
}

// Kernel sets this processor can run, best first.
// [[Rcpp::export]]
std::vector<std::string> available_kernels() { return kernel_names(); }

#include "bindings_options.h"

#include <map>
#include <stdexcept>

#include "bindings_reader.h"

using namespace feedforward;

namespace {

template <class T>
T choice(Reader& r, const char* name, const std::map<std::string, T>& choices) {
  const std::string value = r.text(name);
  const auto found = choices.find(value);
  if (found == choices.end()) {
    throw std::invalid_argument(std::string("'") + name + "' has unknown value '" +
                                value + "'");
  }
  return found->second;
}

std::vector<double> numbers_or_none(SEXP x) {
  return Rf_isNull(x) ? std::vector<double>() : Rcpp::as<std::vector<double>>(x);
}

}  // namespace

std::uint64_t read_seed(const Rcpp::NumericVector& words) {
  const auto word = [&](R_xlen_t i) {
    if (!(words[i] >= 0) || words[i] > 4294967295.0) {
      throw std::invalid_argument("a word of the seed is not in [0, 2^32)");
    }
    return static_cast<std::uint64_t>(words[i]);
  };
  if (words.size() != 1 && words.size() != 2) {
    throw std::invalid_argument("a seed has one or two words");
  }
  return words.size() == 1 ? word(0) : word(0) | word(1) << 32;
}

Loss read_loss(const std::string& name) {
  static const std::map<std::string, Loss> kLosses = {
      {"CrossEntropy", Loss::kCrossEntropy},
      {"Quadratic", Loss::kQuadratic},
      {"gaussian", Loss::kGaussian},
      {"laplace", Loss::kLaplace},
      {"quantile", Loss::kQuantile},
      {"huber", Loss::kHuber},
      {"poisson", Loss::kPoisson},
      {"gamma", Loss::kGamma},
      {"tweedie", Loss::kTweedie}};
  const auto found = kLosses.find(name);
  if (found == kLosses.end()) throw std::invalid_argument("unknown loss '" + name + "'");
  return found->second;
}

Options read_options(const Rcpp::List& list) {
  Reader r(list, "options");
  Options o;
  o.loss.loss = read_loss(r.text("loss"));
  o.loss.quantile_alpha = r.number("quantile_alpha");
  o.loss.tweedie_power = r.number("tweedie_power");
  o.loss.huber_delta = r.number("huber_delta");
  o.optimizer = choice<OptimizerKind>(r, "optimizer",
                                      {{"adadelta", OptimizerKind::kAdadelta},
                                       {"sgd", OptimizerKind::kSgd},
                                       {"adam", OptimizerKind::kAdam},
                                       {"adamw", OptimizerKind::kAdamw},
                                       {"rmsprop", OptimizerKind::kRmsprop},
                                       {"adagrad", OptimizerKind::kAdagrad}});
  o.rate = r.number("rate");
  o.rate_annealing = r.number("rate_annealing");
  o.rate_decay = r.number("rate_decay");
  o.momentum_start = r.number("momentum_start");
  o.momentum_ramp = r.number("momentum_ramp");
  o.momentum_stable = r.number("momentum_stable");
  o.nesterov_accelerated_gradient = r.flag("nesterov_accelerated_gradient");
  o.rho = r.number("rho");
  o.epsilon = r.number("epsilon");
  o.beta1 = r.number("beta1");
  o.beta2 = r.number("beta2");
  o.weight_decay = r.number("weight_decay");
  o.l1 = r.number("l1");
  o.l2 = r.number("l2");
  o.max_w2 = r.number("max_w2");
  o.fast_mode = r.flag("fast_mode");
  o.mini_batch_size = r.count("mini_batch_size");
  o.replicas = r.count("replicas");
  o.averaging_interval = r.count("averaging_interval");
  o.weight_averaging_decay = r.number("weight_averaging_decay");
  o.input_dropout_ratio = r.number("input_dropout_ratio");
  o.hidden_dropout_ratios = numbers_or_none(r.get("hidden_dropout_ratios"));
  o.shuffle_training_data = r.flag("shuffle_training_data");
  o.seed = read_seed(Rcpp::NumericVector(r.get("seed")));
  o.epochs = r.number("epochs");
  o.initial_weight_distribution = choice<WeightDistribution>(
      r, "initial_weight_distribution",
      {{"UniformAdaptive", WeightDistribution::kUniformAdaptive},
       {"Uniform", WeightDistribution::kUniform},
       {"Normal", WeightDistribution::kNormal}});
  o.initial_weight_scale = r.number("initial_weight_scale");
  const SEXP unused = r.get("unused_inputs");
  if (!Rf_isNull(unused)) o.unused_inputs = Rcpp::as<std::vector<int>>(unused);
  o.kernels = r.text("kernels");
  r.finish();
  return o;
}

Shape read_shape(const Rcpp::List& network, std::size_t coded_inputs,
                 std::size_t numeric_inputs) {
  Reader r(network, "network");
  Shape shape;
  shape.coded_inputs = coded_inputs;
  shape.numeric_inputs = numeric_inputs;
  if (r.count("inputs") != shape.inputs()) {
    throw std::invalid_argument("the rows do not have the inputs of the network");
  }
  for (double units : numbers_or_none(r.get("hidden"))) {
    if (!(units >= 1)) throw std::invalid_argument("a hidden layer has no unit");
    shape.hidden.push_back(static_cast<std::size_t>(units));
  }
  shape.activation = choice<Activation>(r, "activation",
                                        {{"Tanh", Activation::kTanh},
                                         {"Rectifier", Activation::kRectifier},
                                         {"Maxout", Activation::kMaxout}});
  shape.outputs = r.count("outputs");
  if (shape.outputs < 1) throw std::invalid_argument("the network has no output");
  shape.output = choice<Output>(
      r, "output", {{"softmax", Output::kSoftmax}, {"linear", Output::kLinear}});
  r.finish();
  return shape;
}

template <class T>
TargetsOf<T> read_targets(const Rcpp::List& list) {
  Reader r(list, "target");
  const std::string kind = r.text("kind");
  const SEXP y = r.get("y");
  TargetsOf<T> t;
  if (kind == "classes") {
    t.classes = Rcpp::as<std::vector<std::int32_t>>(y);
  } else if (kind == "numbers") {
    const std::vector<T> by_output = Rcpp::as<std::vector<T>>(y);
    t.outputs = Rf_isMatrix(y) ? static_cast<std::size_t>(Rf_ncols(y)) : 1;
    if (t.outputs == 0) throw std::invalid_argument("the target has no number");
    t.numbers.resize(by_output.size());
    const std::size_t rows = by_output.size() / t.outputs;
    for (std::size_t k = 0; k < t.outputs; ++k) {
      for (std::size_t i = 0; i < rows; ++i) {
        t.numbers[i * t.outputs + k] = by_output[k * rows + i];
      }
    }
  } else {
    throw std::invalid_argument("unknown kind of target '" + kind + "'");
  }
  t.weights = r.all<T>("weights");
  t.offsets = r.all<T>("offset");
  r.finish();
  return t;
}

template TargetsOf<float> read_targets(const Rcpp::List&);
template TargetsOf<double> read_targets(const Rcpp::List&);

#include "bindings_options.h"

#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

using namespace feedforward;

namespace {

// Reads a list by name and, in the end, insists that all of it was read.
class Reader {
 public:
  Reader(const Rcpp::List& list, const char* what) : list_(list), what_(what) {
    if (list.size() == 0) return;
    const SEXP names = list.names();
    if (Rf_isNull(names)) throw std::invalid_argument(what_ + " has no names");
    const Rcpp::CharacterVector all(names);
    for (R_xlen_t i = 0; i < all.size(); ++i) {
      left_[Rcpp::as<std::string>(all[i])] = i;
    }
  }

  SEXP get(const char* name) {
    const auto found = left_.find(name);
    if (found == left_.end()) {
      throw std::invalid_argument(what_ + " lacks '" + name + "'");
    }
    const SEXP value = list_[found->second];
    left_.erase(found);
    return value;
  }
  double number(const char* name) { return Rcpp::as<double>(get(name)); }
  bool flag(const char* name) { return Rcpp::as<bool>(get(name)); }
  std::string text(const char* name) { return Rcpp::as<std::string>(get(name)); }
  std::size_t count(const char* name) {
    const double value = number(name);
    if (!(value >= 0) || value > 9e15 || value != std::floor(value)) {
      throw std::invalid_argument(what_ + " '" + name + "' is not a count");
    }
    return static_cast<std::size_t>(value);
  }
  template <class T>
  T choice(const char* name, const std::map<std::string, T>& choices) {
    const std::string value = text(name);
    const auto found = choices.find(value);
    if (found == choices.end()) {
      throw std::invalid_argument(what_ + " '" + name + "' has unknown value '" + value +
                                  "'");
    }
    return found->second;
  }
  void finish() const {
    if (left_.empty()) return;
    throw std::invalid_argument(what_ + " has unknown element '" + left_.begin()->first +
                                "'");
  }

 private:
  const Rcpp::List list_;
  const std::string what_;
  std::map<std::string, R_xlen_t> left_;
};

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
  o.optimizer =
      r.choice<OptimizerKind>("optimizer", {{"adadelta", OptimizerKind::kAdadelta},
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
  o.initial_weight_distribution = r.choice<WeightDistribution>(
      "initial_weight_distribution",
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
  shape.activation =
      r.choice<Activation>("activation", {{"Tanh", Activation::kTanh},
                                          {"Rectifier", Activation::kRectifier},
                                          {"Maxout", Activation::kMaxout}});
  shape.outputs = r.count("outputs");
  if (shape.outputs < 1) throw std::invalid_argument("the network has no output");
  shape.output = r.choice<Output>(
      "output", {{"softmax", Output::kSoftmax}, {"linear", Output::kLinear}});
  shape.kept = numbers_or_none(r.get("kept"));
  if (!shape.kept.empty() && shape.kept.size() != shape.layers()) {
    throw std::invalid_argument("'kept' must have one share per layer");
  }
  for (double kept : shape.kept) {
    if (!(kept > 0 && kept <= 1)) throw std::invalid_argument("'kept' is not in (0, 1]");
  }
  r.finish();
  return shape;
}

Targets read_targets(const Rcpp::List& list) {
  Reader r(list, "target");
  const std::string kind = r.text("kind");
  Targets t;
  const SEXP y = r.get("y");
  if (kind == "classes") {
    t.classes = Rcpp::as<std::vector<std::int32_t>>(y);
  } else if (kind == "numbers") {
    t.numbers = Rcpp::as<std::vector<float>>(y);
  } else {
    throw std::invalid_argument("unknown kind of target '" + kind + "'");
  }
  const SEXP weights = r.get("weights"), offset = r.get("offset");
  if (!Rf_isNull(weights)) t.weights = Rcpp::as<std::vector<float>>(weights);
  if (!Rf_isNull(offset)) t.offsets = Rcpp::as<std::vector<float>>(offset);
  r.finish();
  for (std::int32_t c : t.classes) {
    if (c < 0) throw std::invalid_argument("a class of the target is missing");
  }
  if ((!t.weights.empty() && t.weights.size() != t.size()) ||
      (!t.offsets.empty() && t.offsets.size() != t.size())) {
    throw std::invalid_argument("weights and offsets must be as many as targets");
  }
  return t;
}

void read_parameters(SEXP weights, SEXP biases, PlainParameters* plain) {
  const auto fill = [](SEXP given, std::vector<std::vector<double>>* layers,
                       const char* what) {
    if (Rf_isNull(given)) return;
    const Rcpp::List list(given);
    if (static_cast<std::size_t>(list.size()) != layers->size()) {
      throw std::invalid_argument(std::string(what) + " must have one element per layer");
    }
    for (std::size_t l = 0; l < layers->size(); ++l) {
      const SEXP element = list[static_cast<R_xlen_t>(l)];
      if (Rf_isNull(element)) continue;
      std::vector<double> values = Rcpp::as<std::vector<double>>(element);
      if (!(*layers)[l].empty() && values.size() != (*layers)[l].size()) {
        throw std::invalid_argument(std::string(what) + " of layer " +
                                    std::to_string(l + 1) + " have the wrong size");
      }
      (*layers)[l] = std::move(values);
    }
  };
  fill(weights, &plain->weights, "weights");
  fill(biases, &plain->biases, "biases");
}

Rcpp::List parameters_to_r(const PlainParameters& plain) {
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

// Level 0, words. Everything a training run can be told. Field names are the R arguments'
// names; the values a user sees by default are written in R/arguments-table-*.R alone.
#ifndef FEEDFORWARD_OPTIONS_H
#define FEEDFORWARD_OPTIONS_H

#include <cstdint>
#include <string>
#include <vector>

#include "words/named.h"
#include "words/ranges.h"

namespace feedforward {

enum class Loss {
  kCrossEntropy,
  kQuadratic,
  kGaussian,
  kLaplace,
  kQuantile,
  kHuber,
  kPoisson,
  kGamma,
  kTweedie
};
inline constexpr Named<Loss> kLossNames[] = {{"CrossEntropy", Loss::kCrossEntropy},
                                             {"Quadratic", Loss::kQuadratic},
                                             {"gaussian", Loss::kGaussian},
                                             {"laplace", Loss::kLaplace},
                                             {"quantile", Loss::kQuantile},
                                             {"huber", Loss::kHuber},
                                             {"poisson", Loss::kPoisson},
                                             {"gamma", Loss::kGamma},
                                             {"tweedie", Loss::kTweedie}};

enum class WeightDistribution { kUniformAdaptive, kUniform, kNormal };
inline constexpr Named<WeightDistribution> kWeightDistributionNames[] = {
    {"UniformAdaptive", WeightDistribution::kUniformAdaptive},
    {"Uniform", WeightDistribution::kUniform},
    {"Normal", WeightDistribution::kNormal}};

struct LossOptions {
  Loss loss;
  double quantile_alpha;
  double tweedie_power;
  double huber_delta;  // in the network's units; moved by the caller between iterations
};

struct Options {
  LossOptions loss;

  std::string optimizer;  // the name of a record in learning/optimizer
  double rate, rate_annealing, rate_decay;
  double momentum_start, momentum_ramp, momentum_stable;
  bool nesterov_accelerated_gradient;
  double rho, epsilon, beta1, beta2, weight_decay;
  double l1, l2, max_w2;
  bool fast_mode;

  std::size_t mini_batch_size;
  std::size_t replicas, averaging_interval;
  double weight_averaging_share, weight_averaging_decay;
  bool elastic_averaging;
  double elastic_averaging_moving_rate, elastic_averaging_regularization;

  double input_dropout_ratio;
  std::vector<double> hidden_dropout_ratios;  // one per hidden layer

  // Pulls the mean activation of hidden units towards one, through their biases.
  double sparsity_beta, average_activation;

  bool shuffle_training_data;
  std::uint64_t seed;
  // Of every order of rows the positions part, part + parts, ... are this run's.
  std::uint64_t order_seed;
  std::size_t part, parts;
  double epochs;

  WeightDistribution initial_weight_distribution;
  double initial_weight_scale;
  std::vector<int> unused_inputs;  // inputs never seen: their weights start at 0
  double output_bias;              // where the biases of linear outputs start

  std::string kernels;  // "auto" or the name of a kernel set
};

// Shows a visitor each option once: its name, the field and what that may hold. Options
// are read from a list and checked by visitors.
template <class SomeOptions, class Visitor>
void visit_options(SomeOptions& o, Visitor& visitor) {
  visitor.choice("loss", o.loss.loss, kLossNames);
  visitor.number("quantile_alpha", o.loss.quantile_alpha, kZeroToOne);
  visitor.number("tweedie_power", o.loss.tweedie_power, kOneToTwo);
  visitor.number("huber_delta", o.loss.huber_delta, kAboveZero);

  visitor.text("optimizer", o.optimizer);
  visitor.number("rate", o.rate, kFiniteZeroOrMore);
  visitor.number("rate_annealing", o.rate_annealing, kZeroOrMore);
  visitor.number("rate_decay", o.rate_decay, kAboveZero);
  visitor.number("momentum_start", o.momentum_start, kBelowOne);
  visitor.number("momentum_ramp", o.momentum_ramp, kZeroOrMore);
  visitor.number("momentum_stable", o.momentum_stable, kBelowOne);
  visitor.flag("nesterov_accelerated_gradient", o.nesterov_accelerated_gradient);
  visitor.number("rho", o.rho, kBelowOne);
  visitor.number("epsilon", o.epsilon, kAboveZero);
  visitor.number("beta1", o.beta1, kBelowOne);
  visitor.number("beta2", o.beta2, kBelowOne);
  visitor.number("weight_decay", o.weight_decay, kZeroOrMore);
  visitor.number("l1", o.l1, kZeroOrMore);
  visitor.number("l2", o.l2, kZeroOrMore);
  visitor.number("max_w2", o.max_w2, kAboveZero);
  visitor.flag("fast_mode", o.fast_mode);

  visitor.count("mini_batch_size", o.mini_batch_size, kOneOrMore);
  visitor.count("replicas", o.replicas, kOneOrMore);
  visitor.count("averaging_interval", o.averaging_interval, kOneOrMore);
  visitor.number("weight_averaging_share", o.weight_averaging_share, kBelowOne);
  visitor.number("weight_averaging_decay", o.weight_averaging_decay, kBelowOne);
  visitor.flag("elastic_averaging", o.elastic_averaging);
  visitor.number("elastic_averaging_moving_rate", o.elastic_averaging_moving_rate,
                 kZeroToOne);
  visitor.number("elastic_averaging_regularization", o.elastic_averaging_regularization,
                 kZeroToOne);

  visitor.number("input_dropout_ratio", o.input_dropout_ratio, kBelowOne);
  visitor.numbers("hidden_dropout_ratios", o.hidden_dropout_ratios, kBelowOne);

  visitor.number("sparsity_beta", o.sparsity_beta, kFiniteZeroOrMore);
  visitor.number("average_activation", o.average_activation, kFinite);

  visitor.flag("shuffle_training_data", o.shuffle_training_data);
  visitor.seed("seed", o.seed);
  visitor.seed("order_seed", o.order_seed);
  visitor.count("part", o.part, kZeroOrMore);
  visitor.count("parts", o.parts, kOneOrMore);
  visitor.number("epochs", o.epochs, kZeroOrMore);

  visitor.choice("initial_weight_distribution", o.initial_weight_distribution,
                 kWeightDistributionNames);
  visitor.number("initial_weight_scale", o.initial_weight_scale, kZeroOrMore);
  visitor.inputs("unused_inputs", o.unused_inputs);
  visitor.number("output_bias", o.output_bias, kFinite);

  visitor.text("kernels", o.kernels);
}

// Throws std::invalid_argument naming the option and its value.
void check_options(const Options& options, std::size_t hidden_layers);

}  // namespace feedforward

#endif

// Level 0, words. Everything a training run can be told. Field names are the R arguments'
// names; the values a user sees by default are written in R/arguments.R alone.
#ifndef FEEDFORWARD_OPTIONS_H
#define FEEDFORWARD_OPTIONS_H

#include <cstdint>
#include <string>
#include <vector>

#include "words/types.h"

namespace feedforward {

enum class Activation { kTanh, kRectifier, kMaxout };
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
enum class OptimizerKind { kAdadelta, kSgd, kAdam, kAdamw, kRmsprop, kAdagrad };
enum class WeightDistribution { kUniformAdaptive, kUniform, kNormal };

struct LossOptions {
  Loss loss;
  double quantile_alpha;
  double tweedie_power;
  double huber_delta;  // in the network's units; moved by the caller between iterations
};

struct Options {
  LossOptions loss;

  OptimizerKind optimizer;
  double rate, rate_annealing, rate_decay;
  double momentum_start, momentum_ramp, momentum_stable;
  bool nesterov_accelerated_gradient;
  double rho, epsilon, beta1, beta2, weight_decay;
  double l1, l2, max_w2;
  bool fast_mode;

  std::size_t mini_batch_size;
  std::size_t replicas, averaging_interval;
  double weight_averaging_decay;

  double input_dropout_ratio;
  std::vector<double> hidden_dropout_ratios;  // one per hidden layer

  bool shuffle_training_data;
  std::uint64_t seed;
  double epochs;

  WeightDistribution initial_weight_distribution;
  double initial_weight_scale;
  std::vector<int> unused_inputs;  // inputs never seen: their weights start at 0

  std::string kernels;  // "auto" or the name of a kernel set
};

// Throws std::invalid_argument naming the option and its value.
void check_options(const Options& options, std::size_t hidden_layers);

}  // namespace feedforward

#endif

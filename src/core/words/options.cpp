// Level 0, words. The one check of a run's options; R has already checked in the user's
// words.
#include "words/options.h"

#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

void require(bool holds, const char* name, double value, const char* range) {
  if (holds) return;
  throw std::invalid_argument(std::string("option '") + name + "' is " +
                              std::to_string(value) + ", must be " + range);
}

}  // namespace

void check_options(const Options& o, std::size_t hidden_layers) {
  require(o.rate >= 0 && std::isfinite(o.rate), "rate", o.rate, "0 or more");
  require(o.rate_annealing >= 0, "rate_annealing", o.rate_annealing, "0 or more");
  require(o.rate_decay > 0, "rate_decay", o.rate_decay, "above 0");
  require(o.momentum_start >= 0 && o.momentum_start < 1, "momentum_start",
          o.momentum_start, "in [0, 1)");
  require(o.momentum_stable >= 0 && o.momentum_stable < 1, "momentum_stable",
          o.momentum_stable, "in [0, 1)");
  require(o.rho >= 0 && o.rho < 1, "rho", o.rho, "in [0, 1)");
  require(o.epsilon > 0, "epsilon", o.epsilon, "above 0");
  require(o.beta1 >= 0 && o.beta1 < 1, "beta1", o.beta1, "in [0, 1)");
  require(o.beta2 >= 0 && o.beta2 < 1, "beta2", o.beta2, "in [0, 1)");
  require(o.l1 >= 0, "l1", o.l1, "0 or more");
  require(o.l2 >= 0, "l2", o.l2, "0 or more");
  require(o.max_w2 > 0, "max_w2", o.max_w2, "above 0");
  require(o.mini_batch_size >= 1, "mini_batch_size", 0, "1 or more");
  require(o.replicas >= 1, "replicas", 0, "1 or more");
  require(o.averaging_interval >= 1, "averaging_interval", 0, "1 or more");
  require(o.weight_averaging_decay >= 0 && o.weight_averaging_decay < 1,
          "weight_averaging_decay", o.weight_averaging_decay, "in [0, 1)");
  require(o.epochs >= 0, "epochs", o.epochs, "0 or more");
  require(o.input_dropout_ratio >= 0 && o.input_dropout_ratio < 1, "input_dropout_ratio",
          o.input_dropout_ratio, "in [0, 1)");
  require(o.hidden_dropout_ratios.size() == hidden_layers, "hidden_dropout_ratios",
          static_cast<double>(o.hidden_dropout_ratios.size()), "one number per layer");
  for (double ratio : o.hidden_dropout_ratios) {
    require(ratio >= 0 && ratio < 1, "hidden_dropout_ratios", ratio, "in [0, 1)");
  }
}

}  // namespace feedforward

// Level 5, learning.
#include "learning/optimizer.h"

#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

template <Rule kRule>
Rule always(const Options&) {
  return kRule;
}

Rule rule_of_sgd(const Options& o) {
  if (o.momentum_start == 0 && o.momentum_stable == 0) return Rule::kSgd;
  return o.nesterov_accelerated_gradient ? Rule::kNesterov : Rule::kMomentum;
}

// sqrt(E[d2] + eps) / sqrt(E[g2] + eps)
double rate_of_adadelta(double gradients, double steps, const Options& o) {
  return std::sqrt((steps + o.epsilon) / (gradients + o.epsilon));
}

Optimizer adadelta() {
  Optimizer o{};
  o.name = "adadelta";
  o.rule = always<Rule::kAdadelta>;
  o.bias_rule = always<Rule::kAdadeltaBias>;
  o.may_be_lazy = true;
  o.start = Start::kRaised;
  o.rate_of_weight = rate_of_adadelta;
  return o;
}

Optimizer sgd() {
  Optimizer o{};
  o.name = "sgd";
  o.rule = rule_of_sgd;
  o.may_be_lazy = true;
  o.start = Start::kRaised;
  o.has_momentum = true;
  return o;
}

Optimizer adam() {
  Optimizer o{};
  o.name = "adam";
  o.rule = always<Rule::kAdam>;
  o.corrects_averages = true;
  return o;
}

Optimizer adamw() {
  Optimizer o = adam();
  o.name = "adamw";
  o.decays_weights = true;
  return o;
}

Optimizer rmsprop() {
  Optimizer o{};
  o.name = "rmsprop";
  o.rule = always<Rule::kRmsprop>;
  return o;
}

Optimizer adagrad() {
  Optimizer o{};
  o.name = "adagrad";
  o.rule = always<Rule::kAdagrad>;
  return o;
}

}  // namespace

const std::vector<Optimizer>& optimizers() {
  static const std::vector<Optimizer> all = {adadelta(), sgd(),     adam(),
                                             adamw(),    rmsprop(), adagrad()};
  return all;
}

const Optimizer& optimizer_of(const std::string& name) {
  std::string names;
  for (const Optimizer& optimizer : optimizers()) {
    if (optimizer.name == name) return optimizer;
    names += std::string(names.empty() ? "" : ", ") + optimizer.name;
  }
  throw std::invalid_argument("option 'optimizer' is '" + name + "', must be one of " +
                              names);
}

Rule weight_rule(const Options& options) {
  return optimizer_of(options.optimizer).rule(options);
}

Rule bias_rule(const Options& options) {
  const auto other = optimizer_of(options.optimizer).bias_rule;
  return other ? other(options) : weight_rule(options);
}

bool steps_lazily(const Options& options) {
  return options.fast_mode && optimizer_of(options.optimizer).may_be_lazy;
}

bool moves_untouched(const Options& options) {
  const bool decays = optimizer_of(options.optimizer).decays_weights;
  return options.l1 != 0 || options.l2 != 0 || (decays && options.weight_decay > 0);
}

}  // namespace feedforward

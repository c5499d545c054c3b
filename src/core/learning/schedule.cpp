// Level 5, learning.
#include "learning/schedule.h"

#include <cmath>

namespace feedforward {
namespace {

Rule choose_rule(const Options& o) {
  switch (o.optimizer) {
    case OptimizerKind::kAdadelta:
      return kRuleAdadelta;
    case OptimizerKind::kAdam:
    case OptimizerKind::kAdamw:
      return kRuleAdam;
    case OptimizerKind::kRmsprop:
      return kRuleRmsprop;
    case OptimizerKind::kAdagrad:
      return kRuleAdagrad;
    case OptimizerKind::kSgd:
      break;
  }
  if (o.momentum_start == 0 && o.momentum_stable == 0) return kRuleSgd;
  return o.nesterov_accelerated_gradient ? kRuleNesterov : kRuleMomentum;
}

}  // namespace

Schedule::Schedule(const Options& options)
    : options_(options), rule_(choose_rule(options)) {}

std::size_t Schedule::states() const {
  switch (rule_) {
    case kRuleSgd:
      return 0;
    case kRuleAdadelta:
    case kRuleAdam:
      return 2;
    default:
      return 1;
  }
}

bool Schedule::lazy() const {
  return options_.fast_mode && (options_.optimizer == OptimizerKind::kAdadelta ||
                                options_.optimizer == OptimizerKind::kSgd);
}

double Schedule::momentum(double samples) const {
  const Options& o = options_;
  if (o.optimizer != OptimizerKind::kSgd || o.momentum_ramp <= 0) return o.momentum_start;
  const double done = samples < o.momentum_ramp ? samples / o.momentum_ramp : 1.0;
  return o.momentum_start + (o.momentum_stable - o.momentum_start) * done;
}

double Schedule::rate(std::size_t l, double samples) const {
  double rate = options_.rate / (1 + options_.rate_annealing * samples);
  for (std::size_t i = 0; i < l; ++i) rate *= options_.rate_decay;
  return rate;
}

StepScalars Schedule::biases(std::size_t l, double samples, std::uint64_t step) const {
  const Options& o = options_;
  StepScalars s;
  s.rho = static_cast<float>(o.rho);
  s.epsilon = static_cast<float>(o.epsilon);
  if (rule_ == kRuleAdadelta) return s;
  double r = rate(l, samples);
  if (o.optimizer == OptimizerKind::kSgd) {
    const double m = momentum(samples);
    r *= 1 - m;
    s.momentum = static_cast<float>(m);
  } else if (rule_ == kRuleAdam) {
    const double t = static_cast<double>(step);
    r /= 1 - std::pow(o.beta1, t);
    s.beta1 = static_cast<float>(o.beta1);
    s.beta2 = static_cast<float>(o.beta2);
    s.second_scale = static_cast<float>(1 / std::sqrt(1 - std::pow(o.beta2, t)));
  }
  s.rate = static_cast<float>(r);
  return s;
}

StepScalars Schedule::weights(std::size_t l, double samples, std::uint64_t step) const {
  StepScalars s = biases(l, samples, step);
  s.l1 = static_cast<float>(options_.l1);
  s.l2 = static_cast<float>(options_.l2);
  if (options_.optimizer == OptimizerKind::kAdamw) {
    s.weight_decay = static_cast<float>(rate(l, samples) * options_.weight_decay);
  }
  return s;
}

}  // namespace feedforward

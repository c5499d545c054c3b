// Level 5, learning.
#include "learning/schedule.h"

#include <cmath>

namespace feedforward {

Schedule::Schedule(const Options& options)
    : options_(options), optimizer_(optimizer_of(options.optimizer)) {}

double Schedule::momentum(double samples) const {
  const Options& o = options_;
  if (!optimizer_.has_momentum || o.momentum_ramp <= 0) return o.momentum_start;
  const double done = samples < o.momentum_ramp ? samples / o.momentum_ramp : 1.0;
  return o.momentum_start + (o.momentum_stable - o.momentum_start) * done;
}

double Schedule::rate(std::size_t l, double samples) const {
  double rate = options_.rate / (1 + options_.rate_annealing * samples);
  for (std::size_t i = 0; i < l; ++i) rate *= options_.rate_decay;
  return rate;
}

StepScalars Schedule::scalars(std::size_t l, double samples, std::uint64_t step) const {
  const Options& o = options_;
  StepScalars s;
  s.rho = static_cast<float>(o.rho);
  s.epsilon = static_cast<float>(o.epsilon);
  s.l1 = static_cast<float>(o.l1);
  s.l2 = static_cast<float>(o.l2);
  if (constant()) return s;
  const double scheduled = rate(l, samples);
  double in_force = scheduled;
  if (optimizer_.has_momentum) {
    const double m = momentum(samples);
    in_force *= 1 - m;
    s.momentum = static_cast<float>(m);
  }
  s.beta1 = static_cast<float>(o.beta1);
  s.beta2 = static_cast<float>(o.beta2);
  if (optimizer_.corrects_averages) {
    const double t = static_cast<double>(step);
    in_force /= 1 - std::pow(o.beta1, t);
    s.second_scale = static_cast<float>(1 / std::sqrt(1 - std::pow(o.beta2, t)));
  }
  s.rate = static_cast<float>(in_force);
  if (optimizer_.decays_weights) {
    s.weight_decay = static_cast<float>(scheduled * o.weight_decay);
  }
  return s;
}

}  // namespace feedforward

// Level 5, learning. Which rule steps the weights, and its scalars at a given moment.
#ifndef FEEDFORWARD_SCHEDULE_H
#define FEEDFORWARD_SCHEDULE_H

#include <cstdint>

#include "kernels/kernels.h"
#include "words/options.h"

namespace feedforward {

class Schedule {
 public:
  explicit Schedule(const Options& options);

  Rule rule() const { return rule_; }
  std::size_t states() const;  // state arrays the rule keeps: 0, 1 or 2
  bool looks_ahead() const { return rule_ == kRuleNesterov; }
  // True when a zero gradient leaves a weight and its state alone.
  bool lazy() const;

  // Of layer l (0 is the first hidden one) after `samples` rows; `step` counts this
  // replica's steps from 1. Penalties and decay are those of weights; biases have none.
  StepScalars weights(std::size_t l, double samples, std::uint64_t step) const;
  StepScalars biases(std::size_t l, double samples, std::uint64_t step) const;

  // The rate before the factor 1 - momentum, and the momentum of the ramp.
  double rate(std::size_t l, double samples) const;
  double momentum(double samples) const;

 private:
  const Options& options_;
  Rule rule_;
};

}  // namespace feedforward

#endif

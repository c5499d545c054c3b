// Level 5, learning. What changes with the rows trained: rates, momentum and with them
// the scalars of a step.
#ifndef FEEDFORWARD_SCHEDULE_H
#define FEEDFORWARD_SCHEDULE_H

#include <cstdint>

#include "kernels/kernels.h"
#include "learning/optimizer.h"
#include "words/options.h"

namespace feedforward {

class Schedule {
 public:
  explicit Schedule(const Options& options);

  const Optimizer& optimizer() const { return optimizer_; }
  // Whether scalars() is the same at any time: weights that have rates of their own leave
  // nothing to schedule.
  bool constant() const { return optimizer_.rate_of_weight != nullptr; }

  // For the weights of layer l (0 is the first hidden one) after `samples` rows; `step`
  // counts this replica's steps from 1.
  StepScalars scalars(std::size_t l, double samples, std::uint64_t step) const;

  // The rate before the factor 1 - momentum, and the momentum of the ramp.
  double rate(std::size_t l, double samples) const;
  double momentum(double samples) const;

 private:
  const Options& options_;
  const Optimizer& optimizer_;
};

}  // namespace feedforward

#endif

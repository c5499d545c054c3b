// Level 5, learning. What each optimizer is, one record each; everything else asks it.
#ifndef FEEDFORWARD_OPTIMIZER_H
#define FEEDFORWARD_OPTIMIZER_H

#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "network/initializer.h"
#include "words/options.h"

namespace feedforward {

struct Optimizer {
  const char* name;  // as in R

  // Which rule of kernels/rules.h steps the weights. How many states it keeps of each and
  // where it takes the gradient, its kernels tell.
  Rule (*rule)(const Options& options);
  // Which one steps biases, where it is another; it keeps as many states.
  Rule (*bias_rule)(const Options& options);

  // Whether fast_mode is for it: a gradient of 0 then leaves a weight and its state
  // alone.
  bool may_be_lazy;
  // From what it learns best (bench/README.md). H2O's start was made for its optimizers;
  // those it does not have learn worse from there.
  Start start;

  bool has_momentum;       // it ramps up, and the rate is multiplied by 1 - momentum
  bool corrects_averages;  // for having begun at 0: the rate and the size of gradients
  bool decays_weights;     // by rate * weight_decay, beside the gradient (decoupled)

  // Its own rate of a weight with these states, or null: then all weights of a layer have
  // the scheduled rate.
  double (*rate_of_weight)(double state1, double state2, const Options& options);
};

const std::vector<Optimizer>& optimizers();
// Throws std::invalid_argument when there is none of that name.
const Optimizer& optimizer_of(const std::string& name);

Rule weight_rule(const Options& options);
Rule bias_rule(const Options& options);

// Whether a gradient of exactly 0 leaves a weight and its state alone.
bool steps_lazily(const Options& options);

// Whether a weight whose gradients have all been 0 can move all the same.
bool moves_untouched(const Options& options);

}  // namespace feedforward

#endif

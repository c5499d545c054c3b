// Level 5, learning. One copy of the weights with its optimizer's state, and how rows
// train it.
#ifndef FEEDFORWARD_LEARNER_H
#define FEEDFORWARD_LEARNER_H

#include <cstdint>
#include <memory>
#include <vector>

#include "data/rows.h"
#include "data/targets.h"
#include "kernels/kernels.h"
#include "learning/layout_turning.h"
#include "learning/schedule.h"
#include "network/layout.h"
#include "words/executor.h"

namespace feedforward {

// What a training run has in common for all replicas. References outlive the replicas.
struct Setting {
  const Rows& rows;
  const Targets& targets;
  const Layout& layout;
  const Options& options;
  const Schedule& schedule;
  const Kernels& kernels;
  const RuleKernels& rule;  // of the optimizer
  const RuleKernels& bias_rule;
};

struct ReplicaState {
  FloatVector parameters;
  FloatVector state1, state2;  // as many as the rule keeps, laid out like parameters
  std::uint64_t steps = 0;     // updates made
  // Of the units of all hidden layers, padded, one after another: a moving average of
  // their activations, for sparsity; else empty.
  FloatVector mean_activation;
  // Which coded inputs this replica has trained since someone last cleared it.
  std::vector<unsigned char> touched;
  // Per layer, counted while there is room for it.
  std::vector<LayerActivity> activity;

  SteppedWeights at(std::size_t offset) {
    return {parameters.data() + offset, state1.empty() ? nullptr : state1.data() + offset,
            state2.empty() ? nullptr : state2.data() + offset};
  }
};

// Trains a replica on rows. Two kinds: row by row with lazy updates, or by mini-batches.
class Learner {
 public:
  virtual ~Learner() = default;
  // Trains on data rows[0 .. count) in order; samples = rows trained before the first.
  // Returns false when an output was no finite number.
  virtual bool train(ReplicaState& replica, const std::uint32_t* rows, std::size_t count,
                     std::uint32_t epoch, double samples, Executor& executor) = 0;
};

// Row by row when the mini-batch is one row and updates are lazy, else by mini-batches
// (of one row, if need be: the textbook update visits every weight).
bool trains_by_row(const Options& options);
// Units of all hidden layers, padded, where sparsity looks at them, else 0; and those
// below hidden layer l.
std::size_t watched_units(const Options& options, const Layout& layout);
std::size_t units_before(const Layout& layout, std::size_t l);
// Moves the mean activations of a hidden layer by `n` rows whose activations sum to
// `sums`, and adds to the gradient of its biases what draws them to where they should be.
// lazy: not of units whose gradient is 0.
void apply_sparsity(const Options& options, const LayerLayout& layout, const float* sums,
                    std::size_t n, bool lazy, float* means, float* bias_gradient);
// Whether max_w2 bounds anything.
bool limits_norms(const Options& options);
std::unique_ptr<Learner> make_learner(const Setting& setting);
std::unique_ptr<Learner> make_row_learner(const Setting& setting);
std::unique_ptr<Learner> make_batch_learner(const Setting& setting);

}  // namespace feedforward

#endif

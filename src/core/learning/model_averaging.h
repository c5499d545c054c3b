// Level 5, learning. Replicas become one model at the end of a round.
//
// Block momentum with a look-ahead (Chen and Huo 2016), m = 1 - 1 / T for T replicas. A
// round starts at W0 = W + m D. After it
//   D <- m D + sum over r of share_r (W_r - W0),   W <- W + D,   W_r <- W + m D.
// W is what is scored and kept. Plain averaging would make T replicas learn T times as
// slowly per row; this keeps the pace of one (bench/quality.R).
//
// Elastic averaging (Zhang, Choromanska and LeCun 2015) if asked for: with g the moving
// rate and A the mean of the W_r,  W <- (1 - g) W + g A,  W_r <- W_r + a_r (W - W_r),
// a_r = 1 - (1 - regularization)^(rows of r): replicas keep what sets them apart.
#ifndef FEEDFORWARD_MODEL_AVERAGING_H
#define FEEDFORWARD_MODEL_AVERAGING_H

#include <cstdint>
#include <vector>

#include "learning/learner.h"
#include "words/executor.h"

namespace feedforward {

class ModelAveraging {
 public:
  // Rows of one-hot weights that no replica has touched for this many rounds per replica
  // leave the averages until they are touched again; their change is then set to 0.
  static constexpr std::uint64_t kRoundsToRest = 6;

  ModelAveraging(const Layout& layout, const Options& options, const Kernels& kernels,
                 std::size_t tracked_rows, const FloatVector& weights);

  // Averages replicas that trained rows[r] rows each, and starts them anew.
  void end_round(std::vector<ReplicaState>& replicas,
                 const std::vector<std::size_t>& rows, Executor& executor);

  FloatVector& weights() { return weights_; }
  const FloatVector& weights() const { return weights_; }
  FloatVector& change() { return change_; }
  std::vector<std::uint64_t>& last_touched() { return last_touched_; }
  std::uint64_t& rounds() { return rounds_; }

  // Every replica starts at weights + m change.
  void restart(std::vector<ReplicaState>& replicas) const;

 private:
  const Layout& layout_;
  const Options& options_;
  const Kernels& kernels_;
  const float momentum_;
  FloatVector weights_, change_;
  // Rows of the first weight matrix whose use is tracked, 0 when all are always averaged.
  std::vector<std::uint64_t> last_touched_;
  std::uint64_t rounds_ = 0;
};

}  // namespace feedforward

#endif

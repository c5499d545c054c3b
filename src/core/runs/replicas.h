// Level 6, runs. The copies of the network that a run trains, the one model they become,
// and what is done to them where a round ends. All that training changes is here, but for
// how far the run has come.
#ifndef FEEDFORWARD_REPLICAS_H
#define FEEDFORWARD_REPLICAS_H

#include <cstddef>
#include <memory>
#include <vector>

#include "learning/learner.h"
#include "learning/model_averaging.h"
#include "network/plain_parameters.h"
#include "words/executor.h"

namespace feedforward {

struct Replicas {
  // layout: the setting's, of which layers turn. Both outlive this.
  Replicas(const Setting& setting, Layout* layout, const PlainParameters& initial);

  // What the replicas have become: their average, or the only one.
  const FloatVector& model() const;
  // What is scored and kept: the moving average of the model, if there is one.
  const FloatVector& result() const;

  // All go on from these parameters; states of the optimizer stay.
  void set_parameters(const PlainParameters& plain);

  // From now on to the end of the round the activity of rows is counted, after which
  // layers may turn.
  void count_activity();
  // Replicas have trained rows[r] rows each and meet.
  void end_round(const std::vector<std::size_t>& rows, Executor& executor);

  const Setting setting;
  Layout* const layout;
  std::vector<ReplicaState> all;
  std::unique_ptr<ModelAveraging> averaging;  // with two or more
  FloatVector moving_average;                 // empty when off or not begun
};

}  // namespace feedforward

#endif

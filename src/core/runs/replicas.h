// Level 6, runs. The copies of the network that a run trains, the one model they become,
// and what is done to them where a round ends. All that training changes is here, but for
// how far the run has come.
#ifndef FEEDFORWARD_REPLICAS_H
#define FEEDFORWARD_REPLICAS_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "learning/learner.h"
#include "learning/model_averaging.h"
#include "network/plain_parameters.h"
#include "words/executor.h"

namespace feedforward {

// Whether there is a moving average of the model.
bool averages_weights(const Options& options);

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
  // Replicas have trained rows[r] rows each, `samples` in all since the run began, and
  // meet.
  void end_round(const std::vector<std::size_t>& rows, std::uint64_t samples,
                 Executor& executor);

  // At least so many more rows until the model enters its moving average.
  std::uint64_t rows_to_average(std::uint64_t samples) const;

  const Setting setting;
  Layout* const layout;
  std::vector<ReplicaState> all;
  std::unique_ptr<ModelAveraging> averaging;  // with two or more
  FloatVector moving_average;                 // empty when off or not begun
  std::uint64_t averaged_at = 0;              // samples when the model last entered it

 private:
  void move_average(std::uint64_t samples);
};

}  // namespace feedforward

#endif

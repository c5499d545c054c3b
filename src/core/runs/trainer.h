// Level 6, runs. A training run: replicas, rounds and where they stand. Lives only while
// training runs; everything in it can be taken out and put back bit for bit.
#ifndef FEEDFORWARD_TRAINER_H
#define FEEDFORWARD_TRAINER_H

#include <cstdint>
#include <memory>
#include <vector>

#include "learning/learner.h"
#include "learning/model_averaging.h"
#include "network/plain_parameters.h"
#include "words/monitor.h"

namespace feedforward {

enum class RunStatus { kDone, kPaused, kInterrupted, kUnstable };

struct RunReport {
  std::size_t rows;  // trained in this call
  RunStatus status;
};

// Between rounds this is all there is to a run, beside its data and options.
struct TrainerState {
  std::uint64_t samples = 0, rounds = 0;
  std::vector<std::uint64_t> steps;         // per replica
  std::vector<std::uint64_t> last_touched;  // per tracked row
  std::vector<int> by_input;    // per layer: how its weights lie, if they turn
  FloatVector weights, change;  // of the average; empty with one replica
  FloatVector moving_average;   // empty when off or not begun
  std::vector<FloatVector> parameters, state1, state2;  // per replica
};

// How a layer learns at the moment: the mean and standard deviation of its rates.
struct LayerRates {
  double mean_rate, rate_sd, momentum;
};

class Trainer {
 public:
  Trainer(std::shared_ptr<const Rows> rows, Targets targets, const Shape& shape,
          const Options& options, const PlainParameters& initial);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  // Trains until the end of the round in which `quota` rows are reached, or of the run
  // (epochs x rows), or of a round after which the monitor asks to pause. An interrupt
  // may fall anywhere. Going on after either changes no bit.
  RunReport run(std::size_t quota, Executor& executor, Monitor& monitor);

  PlainParameters weights() const;  // what is scored, kept and returned
  void set_weights(const PlainParameters& plain);
  TrainerState state() const;
  void set_state(TrainerState state);

  std::vector<LayerRates> rates() const;
  void set_huber_delta(double delta) { options_.loss.huber_delta = delta; }
  const Shape& shape() const { return layout_.shape(); }
  const Options& options() const { return options_; }
  const Rows& rows() const { return *rows_; }

 private:
  double work_of_slice(std::size_t quota) const;
  bool train_alone(std::size_t quota, std::size_t* done, Executor& executor);
  bool train_together(std::size_t quota, std::size_t* done, Executor& executor);
  bool train_round(std::size_t* done, Executor& executor);
  const std::vector<std::uint32_t>& order(std::uint64_t epoch);
  std::size_t rows_per_round() const;
  const FloatVector& current() const;
  bool weights_are_sound() const;
  bool crosses_turn(std::size_t rows) const;
  void count_activity();
  void end_round();
  void turn_layers();

  std::shared_ptr<const Rows> rows_;
  const Targets targets_;
  Options options_;
  Layout layout_;
  const Kernels& kernels_;
  const Schedule schedule_;
  const Task task_;
  std::uint64_t total_;

  std::vector<ReplicaState> replicas_;
  std::vector<std::unique_ptr<Learner>> learners_;
  std::unique_ptr<ModelAveraging> averaging_;  // with two or more replicas
  FloatVector moving_average_;

  std::uint64_t samples_ = 0;   // trained in finished rounds
  std::size_t round_done_ = 0;  // rows each replica has done of an open round
  std::uint64_t order_epoch_ = ~std::uint64_t{0};
  std::vector<std::uint32_t> order_;
};

}  // namespace feedforward

#endif

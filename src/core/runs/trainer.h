// Level 6, runs. A training run, as its caller sees it. Lives only while training runs;
// everything in it can be taken out and put back bit for bit.
#ifndef FEEDFORWARD_TRAINER_H
#define FEEDFORWARD_TRAINER_H

#include <cstdint>
#include <memory>
#include <vector>

#include "runs/replicas.h"
#include "runs/round.h"
#include "runs/trainer_state.h"
#include "words/monitor.h"
#include "words/named.h"

namespace feedforward {

enum class RunStatus { kDone, kPaused, kInterrupted, kUnstable };
inline constexpr Named<RunStatus> kRunStatusNames[] = {
    {"running", RunStatus::kDone},
    {"paused", RunStatus::kPaused},
    {"interrupted", RunStatus::kInterrupted},
    {"unstable", RunStatus::kUnstable}};

struct RunReport {
  std::size_t rows;  // trained in this call
  RunStatus status;
};

// How a layer learns at the moment: the mean and standard deviation of its rates.
struct LayerRates {
  double mean_rate, rate_sd, momentum;
};

class Trainer {
 public:
  // Throws std::invalid_argument when rows, targets, options and parameters do not belong
  // together.
  Trainer(std::shared_ptr<const Rows> rows, Targets targets, const Shape& shape,
          const Options& options, const PlainParameters& initial);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  // Trains until the end of the round in which `quota` rows are reached, or of the run
  // (epochs x rows). A pause or an interrupt that the monitor asks for may fall into a
  // round; going on after it changes no bit.
  RunReport run(std::size_t quota, Executor& executor, Monitor& monitor);

  // A run that ends in the middle of a round: its replicas meet as they are.
  void close_round();

  PlainParameters weights() const;  // what is scored, kept and returned
  void set_weights(const PlainParameters& plain);
  // Not while a round is open. A state that does not fit changes nothing.
  TrainerState state() const;
  void set_state(const TrainerState& state);

  std::vector<LayerRates> rates() const;
  void set_huber_delta(double delta) { options_.loss.huber_delta = delta; }
  const Shape& shape() const { return layout_.shape(); }
  const Options& options() const { return options_; }

 private:
  Setting setting(const Kernels& kernels) const;
  bool weights_are_sound() const;

  // Replicas and rounds refer to what stands above them.
  std::shared_ptr<const Rows> rows_;
  const Targets targets_;
  Options options_;
  Layout layout_;
  const Schedule schedule_;
  Replicas replicas_;
  Rounds rounds_;
};

}  // namespace feedforward

#endif

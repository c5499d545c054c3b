// Level 6, runs. A run between two rounds as plain numbers: with its rows and options all
// it takes to go on, bit for bit. It knows no padding and no layout.
#ifndef FEEDFORWARD_TRAINER_STATE_H
#define FEEDFORWARD_TRAINER_STATE_H

#include <cstdint>
#include <vector>

#include "network/plain_parameters.h"
#include "runs/replicas.h"

namespace feedforward {

struct ReplicaPlainState {
  std::uint64_t steps = 0;
  PlainFloats parameters;
  PlainFloats state1, state2;  // of the optimizer; empty where its rule keeps none
  std::vector<float> mean_activation;  // of the units of all hidden layers, if watched
};

struct TrainerState {
  std::uint64_t samples = 0;  // rows trained
  std::vector<ReplicaPlainState> replicas;

  // With two or more replicas: rounds ended, their average, its change in the last round,
  // and per tracked input the round in which it was last trained (ModelAveraging).
  std::uint64_t rounds = 0;
  PlainFloats average, change;
  std::vector<std::uint64_t> last_touched;

  PlainFloats moving_average;     // empty when off or not begun
  std::uint64_t averaged_at = 0;  // samples when the model last entered it

  // Per layer whether its weights lie the other way than at first: a hint. Without it, or
  // where layers do not turn, training goes on alike up to rounding.
  std::vector<bool> turned;
};

// samples are the caller's to fill in.
TrainerState take_out(const Replicas& replicas);
// Throws std::invalid_argument, which names what does not fit, before anything changes.
void put_in(const TrainerState& state, Replicas* replicas);

}  // namespace feedforward

#endif

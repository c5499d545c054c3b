// Level 6, runs.
#include "runs/trainer_state.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace feedforward {
namespace {

void require(bool holds, const std::string& what) {
  if (!holds) throw std::invalid_argument("the state does not fit: " + what);
}

// kept: whether the run keeps such a vector; else the plain one must be empty.
void check_vector(const Shape& shape, const PlainFloats& plain, bool kept,
                  const std::string& what) {
  if (kept) {
    check_sizes(shape, plain, "the state does not fit: " + what);
  } else {
    require(plain.empty(), "the run keeps no " + what);
  }
}

// Where the mean activations of units lie in the padded vector, if they are watched.
std::vector<std::size_t> watched(const Replicas& run) {
  std::vector<std::size_t> places;
  if (watched_units(run.setting.options, *run.layout) == 0) return places;
  for (std::size_t l = 0; l + 1 < run.layout->layers(); ++l) {
    for (std::size_t u = 0; u < run.layout->layer(l).units; ++u) {
      places.push_back(units_before(*run.layout, l) + u);
    }
  }
  return places;
}

void check_fits(const TrainerState& state, const Replicas& run) {
  const Shape& shape = run.layout->shape();
  require(state.replicas.size() == run.all.size(),
          "it has " + std::to_string(state.replicas.size()) + " replicas, the run " +
              std::to_string(run.all.size()));
  for (std::size_t r = 0; r < run.all.size(); ++r) {
    const ReplicaPlainState& replica = state.replicas[r];
    const std::string of = " of replica " + std::to_string(r + 1);
    check_vector(shape, replica.parameters, true, "parameters" + of);
    check_vector(shape, replica.state1, !run.all[r].state1.empty(), "state1" + of);
    check_vector(shape, replica.state2, !run.all[r].state2.empty(), "state2" + of);
    require(replica.mean_activation.size() == watched(run).size(),
            "mean_activation" + of + " has " +
                std::to_string(replica.mean_activation.size()) + " units");
  }
  const bool averages = run.averaging != nullptr;
  check_vector(shape, state.average, averages, "average");
  check_vector(shape, state.change, averages, "change");
  require(
      state.last_touched.size() == (averages ? run.averaging->last_touched().size() : 0),
      "last_touched has " + std::to_string(state.last_touched.size()) + " inputs");
  if (!state.moving_average.empty()) {
    check_vector(shape, state.moving_average, averages_weights(run.setting.options),
                 "moving_average");
  }
  require(state.turned.empty() || state.turned.size() == shape.layers(),
          "turned has " + std::to_string(state.turned.size()) + " layers");
}

void turn_layers(const std::vector<bool>& turned, Replicas* run) {
  if (!trains_by_row(run->setting.options)) return;
  for (std::size_t l = 1; l < run->layout->layers(); ++l) {
    const bool wanted = !turned.empty() && turned[l];
    if (wanted != run->layout->layer(l).turned) run->layout->turn(l);
  }
}

}  // namespace

TrainerState take_out(const Replicas& run) {
  const auto plain = [&](const FloatVector& flat) {
    return flat.empty() ? PlainFloats() : unpack<float>(*run.layout, flat);
  };
  TrainerState state;
  for (const ReplicaState& replica : run.all) {
    state.replicas.push_back({replica.steps,
                              plain(replica.parameters),
                              plain(replica.state1),
                              plain(replica.state2),
                              {}});
    for (std::size_t at : watched(run)) {
      state.replicas.back().mean_activation.push_back(replica.mean_activation[at]);
    }
  }
  if (run.averaging) {
    state.rounds = run.averaging->rounds();
    state.average = plain(run.averaging->weights());
    state.change = plain(run.averaging->change());
    state.last_touched = run.averaging->last_touched();
  }
  state.moving_average = plain(run.moving_average);
  state.averaged_at = run.averaged_at;
  for (std::size_t l = 0; l < run.layout->layers(); ++l) {
    state.turned.push_back(run.layout->layer(l).turned);
  }
  return state;
}

void put_in(const TrainerState& state, Replicas* run) {
  check_fits(state, *run);
  turn_layers(state.turned, run);
  const auto flat = [&](const PlainFloats& plain) {
    return plain.empty() ? FloatVector() : pack(*run->layout, plain);
  };
  for (std::size_t r = 0; r < run->all.size(); ++r) {
    ReplicaState& replica = run->all[r];
    replica.steps = state.replicas[r].steps;
    replica.parameters = flat(state.replicas[r].parameters);
    replica.state1 = flat(state.replicas[r].state1);
    replica.state2 = flat(state.replicas[r].state2);
    std::size_t unit = 0;
    for (std::size_t at : watched(*run)) {
      replica.mean_activation[at] = state.replicas[r].mean_activation[unit++];
    }
    std::fill(replica.touched.begin(), replica.touched.end(), 0);
    replica.activity.clear();
  }
  if (run->averaging) {
    run->averaging->rounds() = state.rounds;
    run->averaging->weights() = flat(state.average);
    run->averaging->change() = flat(state.change);
    run->averaging->last_touched() = state.last_touched;
  }
  run->moving_average = flat(state.moving_average);
  run->averaged_at = state.averaged_at;
}

}  // namespace feedforward

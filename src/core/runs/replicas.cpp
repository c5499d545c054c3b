// Level 6, runs.
#include "runs/replicas.h"

#include <algorithm>

#include "learning/layout_turning.h"
#include "words/float_environment.h"

namespace feedforward {
namespace {

// How often the model enters an average that grows with the run: so many times while the
// average's memory lasts. More often would only cost time.
constexpr double kEntriesPerMemory = 8;

// Inputs whose use averaging tracks: those that most rows of a block do not have.
std::size_t tracked_inputs(const Setting& setting) {
  if (setting.options.replicas == 1 || !trains_by_row(setting.options)) return 0;
  return setting.rows.lists() ? setting.rows.inputs() : setting.rows.coded_inputs;
}

// Layers that the rows counted train clearly faster the other way turn, with all that is
// laid out like them.
void turn_layers(Replicas* run) {
  std::vector<FloatVector*> vectors{&run->moving_average};
  if (run->averaging) {
    vectors.insert(vectors.end(),
                   {&run->averaging->weights(), &run->averaging->change()});
  }
  for (ReplicaState& replica : run->all) {
    vectors.insert(vectors.end(),
                   {&replica.parameters, &replica.state1, &replica.state2});
  }
  for (std::size_t l = 1; l < run->layout->layers(); ++l) {
    LayerActivity together;
    for (const ReplicaState& replica : run->all) together.add(replica.activity[l]);
    if (better_turned(run->layout->layer(l), together)) {
      turn_layer(run->layout, l, run->setting.kernels, vectors);
    }
  }
  for (ReplicaState& replica : run->all) replica.activity.clear();
}

}  // namespace

Replicas::Replicas(const Setting& of, Layout* laid_out, const PlainParameters& initial)
    : setting(of), layout(laid_out), all(of.options.replicas) {
  const FloatVector start = pack(*layout, initial);
  const std::size_t tracked = tracked_inputs(setting);
  for (ReplicaState& replica : all) {
    replica.parameters = start;
    if (setting.rule.states > 0) replica.state1.resize(layout->size());
    if (setting.rule.states > 1) replica.state2.resize(layout->size());
    replica.mean_activation.resize(watched_units(setting.options, *layout));
    replica.touched.resize(tracked);
  }
  if (all.size() > 1) {
    averaging = std::make_unique<ModelAveraging>(*layout, setting.options,
                                                 setting.kernels, tracked, start);
  }
}

const FloatVector& Replicas::model() const {
  return averaging ? averaging->weights() : all[0].parameters;
}

const FloatVector& Replicas::result() const {
  return moving_average.empty() ? model() : moving_average;
}

void Replicas::set_parameters(const PlainParameters& plain) {
  const FloatVector flat = pack(*layout, plain);
  for (ReplicaState& replica : all) {
    replica.parameters = flat;
    replica.activity.clear();
  }
  moving_average.clear();
  averaged_at = 0;
  if (!averaging) return;
  averaging->weights() = flat;
  std::fill(averaging->change().begin(), averaging->change().end(), 0.0f);
}

void Replicas::count_activity() {
  for (ReplicaState& replica : all) {
    replica.activity.assign(layout->layers(), LayerActivity());
  }
}

bool averages_weights(const Options& options) {
  return options.weight_averaging_decay > 0 || options.weight_averaging_share > 0;
}

// With a share the average has a memory of that share of the rows trained so far, with a
// decay one of rounds.
void Replicas::move_average(std::uint64_t samples) {
  const Options& o = setting.options;
  double decay = o.weight_averaging_decay;
  if (decay == 0) {
    const double memory = o.weight_averaging_share * static_cast<double>(samples);
    const double rows = static_cast<double>(samples - averaged_at);
    if (rows < memory / kEntriesPerMemory) return;
    decay = 1 - std::min(1.0, rows / memory);
  }
  averaged_at = samples;
  if (moving_average.empty()) {
    moving_average = model();
  } else {
    setting.kernels.moving_average(moving_average.data(), model().data(),
                                   static_cast<float>(decay), model().size());
  }
}

std::uint64_t Replicas::rows_to_average(std::uint64_t samples) const {
  const Options& o = setting.options;
  if (!averages_weights(o)) return ~std::uint64_t{0};
  if (o.weight_averaging_decay > 0) return 1;
  // Of r rows more: rows + r >= part (samples + r).
  const double part = o.weight_averaging_share / kEntriesPerMemory;
  const double rows = static_cast<double>(samples - averaged_at);
  const double more = (part * static_cast<double>(samples) - rows) / (1 - part);
  return more > 2 ? static_cast<std::uint64_t>(more) - 1 : 1;
}

void Replicas::end_round(const std::vector<std::size_t>& rows, std::uint64_t samples,
                         Executor& executor) {
  if (averaging) averaging->end_round(all, rows, executor);
  const FloatEnvironment environment;
  if (!all[0].activity.empty()) turn_layers(this);
  if (averages_weights(setting.options)) move_average(samples);
}

}  // namespace feedforward

// Level 6, runs.
#include "runs/replicas.h"

#include <algorithm>

#include "learning/layout_turning.h"
#include "words/float_environment.h"

namespace feedforward {
namespace {

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

void move_average(const Setting& setting, const FloatVector& model,
                  FloatVector* average) {
  if (average->empty()) {
    *average = model;
  } else {
    setting.kernels.moving_average(
        average->data(), model.data(),
        static_cast<float>(setting.options.weight_averaging_decay), model.size());
  }
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
  if (!averaging) return;
  averaging->weights() = flat;
  std::fill(averaging->change().begin(), averaging->change().end(), 0.0f);
}

void Replicas::count_activity() {
  for (ReplicaState& replica : all) {
    replica.activity.assign(layout->layers(), LayerActivity());
  }
}

void Replicas::end_round(const std::vector<std::size_t>& rows, Executor& executor) {
  if (averaging) averaging->end_round(all, rows, executor);
  const FloatEnvironment environment;
  if (!all[0].activity.empty()) turn_layers(this);
  if (setting.options.weight_averaging_decay > 0) {
    move_average(setting, model(), &moving_average);
  }
}

}  // namespace feedforward

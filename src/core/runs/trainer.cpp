// Level 6, runs.
#include "runs/trainer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "network/target_check.h"

namespace feedforward {
namespace {

constexpr float kLargestWeight = 1e10f;  // beyond it a run counts as diverged

// Before anything is built of them.
const Options& checked(const Options& options, const Rows& rows, const Targets& targets,
                       const Shape& shape) {
  check_options(options, shape.hidden.size());
  if (rows.coded_inputs != shape.coded_inputs ||
      rows.numeric_inputs != shape.numeric_inputs) {
    throw std::invalid_argument("the rows do not have the inputs of the network");
  }
  if (rows.n == 0 || rows.n > 0xffffffffu) {
    throw std::invalid_argument("training needs 1 to 2^32 - 1 rows");
  }
  check_targets(targets, shape, rows.n);
  return options;
}

}  // namespace

Trainer::Trainer(std::shared_ptr<const Rows> rows, Targets targets, const Shape& shape,
                 const Options& options, const PlainParameters& initial)
    : rows_(std::move(rows)),
      targets_(std::move(targets)),
      options_(checked(options, *rows_, targets_, shape)),
      layout_(shape, trains_by_row(options) ? Layout::For::kRows : Layout::For::kBatches,
              rows_->lists()),
      schedule_(options_),
      replicas_(setting(find_kernels(options.kernels)), &layout_, initial),
      rounds_(&replicas_) {}

Setting Trainer::setting(const Kernels& kernels) const {
  return {*rows_,
          targets_,
          layout_,
          options_,
          schedule_,
          kernels,
          kernels.rule(weight_rule(options_)),
          kernels.rule(bias_rule(options_))};
}

RunReport Trainer::run(std::size_t quota, Executor& executor, Monitor& monitor) {
  const std::uint64_t start = rounds_.trained();
  const std::uint64_t goal =
      std::min<std::uint64_t>(start + quota, rounds_.samples() + rounds_.left());
  std::size_t trained = 0;
  Executor alone;
  while (rounds_.samples() < goal) {
    const std::size_t left = static_cast<std::size_t>(goal - rounds_.samples());
    bool sound = true;
    if (rounds_.worth_threads(left)) {
      executor.hold([&] { sound = rounds_.train_slice(left, &trained, executor); });
    } else {
      sound = rounds_.train_slice(left, &trained, alone);
    }
    if (!sound) return {trained, RunStatus::kUnstable};
    switch (monitor.ask()) {
      case Monitor::Answer::kInterrupt:
        return {trained, RunStatus::kInterrupted};
      case Monitor::Answer::kPause:
        if (rounds_.samples() < goal) return {trained, RunStatus::kPaused};
        break;
      case Monitor::Answer::kGoOn:
        break;
    }
  }
  return {trained, weights_are_sound() ? RunStatus::kDone : RunStatus::kUnstable};
}

bool Trainer::weights_are_sound() const {
  const FloatVector& weights = replicas_.model();
  return std::all_of(weights.begin(), weights.end(),
                     [](float w) { return std::fabs(w) <= kLargestWeight; });
}

PlainParameters Trainer::weights() const {
  return unpack<double>(layout_, replicas_.result());
}

void Trainer::set_weights(const PlainParameters& plain) {
  replicas_.set_parameters(plain);
  rounds_.give_up_round();
}

void Trainer::close_round() { rounds_.close_round(); }

TrainerState Trainer::state() const {
  if (rounds_.is_open())
    throw std::invalid_argument("a round is open: run on to its end");
  TrainerState state = take_out(replicas_);
  state.samples = rounds_.samples();
  return state;
}

void Trainer::set_state(const TrainerState& state) {
  put_in(state, &replicas_);
  rounds_.go_on_from(state.samples);
}

std::vector<LayerRates> Trainer::rates() const {
  std::vector<LayerRates> result;
  const double samples = static_cast<double>(rounds_.samples());
  for (std::size_t l = 0; l < layout_.layers(); ++l) {
    const auto rate_of_weight = schedule_.optimizer().rate_of_weight;
    if (!rate_of_weight) {
      result.push_back({schedule_.rate(l, samples), 0.0, schedule_.momentum(samples)});
      continue;
    }
    const ReplicaState& first = replicas_.all[0];
    double sum = 0, squares = 0, n = 0;
    visit_weights(layout_.layer(l), [&](std::size_t at, std::size_t) {
      const double rate = rate_of_weight(first.state1[at], first.state2[at], options_);
      sum += rate;
      squares += rate * rate;
      ++n;
    });
    const double mean = sum / n;
    result.push_back({mean, std::sqrt(std::max(0.0, squares / n - mean * mean)), 0.0});
  }
  return result;
}

}  // namespace feedforward

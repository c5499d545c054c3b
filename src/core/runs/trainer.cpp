// Level 6, runs.
#include "runs/trainer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "data/row_order.h"
#include "learning/layout_turning.h"
#include "words/float_environment.h"

namespace feedforward {
namespace {

constexpr double kSliceWork = 5e8;            // multiply-adds of a task between looks up
constexpr double kWorthThreads = 2e6;         // below it, calling threads costs more
constexpr float kLargestWeight = 1e10f;       // beyond it a run counts as diverged
constexpr std::uint64_t kRowsPerTurn = 4096;  // rows between looks at how weights lie

const Options& checked(const Options& options, const Shape& shape) {
  check_options(options, shape.hidden.size());
  return options;
}

}  // namespace

Trainer::Trainer(std::shared_ptr<const Rows> rows, Targets targets, const Shape& shape,
                 const Options& options, const PlainParameters& initial)
    : rows_(std::move(rows)),
      targets_(std::move(targets)),
      options_(checked(options, shape)),
      layout_(shape, trains_by_row(options) ? Layout::For::kRows : Layout::For::kBatches,
              rows_->lists()),
      kernels_(find_kernels(options.kernels)),
      schedule_(options_),
      setting_{*rows_,
               targets_,
               layout_,
               options_,
               schedule_,
               kernels_,
               kernels_.rule(weight_rule(options_)),
               kernels_.rule(bias_rule(options_))},
      total_(static_cast<std::uint64_t>(std::llround(
          std::ceil(options.epochs * static_cast<double>(rows_->n) - 1e-6)))),
      replicas_(options.replicas) {
  if (targets_.size() != rows_->n) {
    throw std::invalid_argument("there must be one target per row");
  }
  if (rows_->coded_inputs != shape.coded_inputs ||
      rows_->numeric_inputs != shape.numeric_inputs) {
    throw std::invalid_argument("the rows do not have the inputs of the network");
  }
  if (rows_->n == 0 || rows_->n > 0xffffffffu) {
    throw std::invalid_argument("training needs 1 to 2^32 - 1 rows");
  }
  FloatVector start(layout_.size());
  pack(layout_, initial, start.data());
  std::size_t tracked = 0;
  if (options_.replicas > 1 && trains_by_row(options_)) {
    tracked = rows_->lists() ? rows_->inputs() : rows_->coded_inputs;
  }
  for (ReplicaState& replica : replicas_) {
    replica.parameters = start;
    if (setting_.rule.states > 0) replica.state1.resize(layout_.size());
    if (setting_.rule.states > 1) replica.state2.resize(layout_.size());
    replica.touched.resize(tracked);
    learners_.push_back(make_learner(setting_));
  }
  if (options_.replicas > 1) {
    averaging_ =
        std::make_unique<ModelAveraging>(layout_, options_, kernels_, tracked, start);
  }
}

std::size_t Trainer::rows_per_round() const {
  const std::size_t batch = options_.mini_batch_size;
  return (options_.averaging_interval + batch - 1) / batch * batch;
}

const std::vector<std::uint32_t>& Trainer::order(std::uint64_t epoch) {
  if (epoch != order_epoch_) {
    const std::uint32_t n = static_cast<std::uint32_t>(rows_->n);
    if (options_.shuffle_training_data) {
      order_ = random_order(options_.seed, Purpose::kRowOrder,
                            static_cast<std::uint32_t>(epoch), n);
    } else {
      order_.resize(n);
      std::iota(order_.begin(), order_.end(), 0u);
    }
    order_epoch_ = epoch;
  }
  return order_;
}

// Multiply-adds, at most, until the quota or the end of the epoch.
double Trainer::work_of_slice(std::size_t quota) const {
  const std::size_t left = rows_->n - static_cast<std::size_t>(samples_ % rows_->n);
  return 3.0 * static_cast<double>(layout_.size()) *
         static_cast<double>(std::min(quota, left));
}

RunReport Trainer::run(std::size_t quota, Executor& executor, Monitor& monitor) {
  const std::uint64_t before = samples_;
  std::size_t done = 0;
  Executor alone;
  while (samples_ < total_ && samples_ - before < quota) {
    const std::size_t left = quota - static_cast<std::size_t>(samples_ - before);
    bool sound = true;
    if (averaging_ == nullptr && trains_by_row(options_)) {
      sound = train_alone(left, &done, alone);
    } else if (work_of_slice(left) < kWorthThreads) {
      sound = averaging_ ? train_together(left, &done, alone)
                         : train_alone(left, &done, alone);
    } else {
      executor.hold([&] {
        sound = averaging_ ? train_together(left, &done, executor)
                           : train_alone(left, &done, executor);
      });
    }
    if (!sound) return {done, RunStatus::kUnstable};
    switch (monitor.ask()) {
      case Monitor::Answer::kInterrupt:
        return {done, RunStatus::kInterrupted};
      case Monitor::Answer::kPause:
        if (round_done_ == 0 && samples_ - before < quota && samples_ < total_) {
          return {done, RunStatus::kPaused};
        }
        break;
      case Monitor::Answer::kGoOn:
        break;
    }
  }
  return {done, weights_are_sound() ? RunStatus::kDone : RunStatus::kUnstable};
}

// One replica: rounds until the quota or a slice of work is done. Nothing happens between
// them but the moving average, so without it many are trained at once.
bool Trainer::train_alone(std::size_t quota, std::size_t* done, Executor& executor) {
  const FloatEnvironment environment;
  const std::size_t n = rows_->n, round = rows_per_round();
  const std::uint64_t before = samples_;
  const double per_row = 3.0 * static_cast<double>(layout_.size());
  std::size_t slice = std::max<std::size_t>(
      round, static_cast<std::size_t>(kSliceWork / per_row) / round * round);
  const std::size_t most = options_.weight_averaging_decay > 0 ? round : slice;
  do {
    const std::uint64_t epoch = samples_ / n;
    const std::size_t position = static_cast<std::size_t>(samples_ % n);
    const std::size_t left = static_cast<std::size_t>(
        std::min<std::uint64_t>(n - position, total_ - samples_));
    const std::size_t wanted =
        (quota - static_cast<std::size_t>(samples_ - before) + round - 1) / round * round;
    std::size_t rows = std::min({wanted, most, left});
    if (trains_by_row(options_)) {
      // The round after which layers may turn is trained by itself, whatever the quota.
      const std::size_t quiet =
          (kRowsPerTurn - samples_ % kRowsPerTurn - 1) / round * round;
      rows = quiet > 0 ? std::min(rows, quiet) : std::min(round, left);
      if (crosses_turn(rows)) count_activity();
    }
    if (!learners_[0]->train(replicas_[0], order(epoch).data() + position, rows,
                             static_cast<std::uint32_t>(epoch),
                             static_cast<double>(samples_), executor)) {
      return false;
    }
    samples_ += rows;
    *done += rows;
    slice -= std::min(rows, slice);
    end_round();
  } while (slice > 0 && samples_ - before < quota && samples_ < total_);
  return true;
}

// Several replicas: rounds until the quota or a slice of work is done.
bool Trainer::train_together(std::size_t quota, std::size_t* done, Executor& executor) {
  const std::uint64_t before = samples_;
  const double per_row =
      3.0 * static_cast<double>(layout_.size()) / static_cast<double>(replicas_.size());
  double work = 0;
  do {
    std::size_t rows = 0;
    if (!train_round(&rows, executor)) return false;
    *done += rows;
    work += per_row * static_cast<double>(rows);
  } while (work < kSliceWork && samples_ - before < quota && samples_ < total_);
  return true;
}

// A slice of the open round, most often the whole, and the round's end when all blocks
// are done.
bool Trainer::train_round(std::size_t* done, Executor& executor) {
  const std::size_t n = rows_->n, replicas = replicas_.size(),
                    batch = options_.mini_batch_size;
  const std::size_t position = static_cast<std::size_t>(samples_ % n);
  const std::size_t left =
      static_cast<std::size_t>(std::min<std::uint64_t>(n - position, total_ - samples_));
  const std::size_t full = rows_per_round();
  const std::size_t block =
      left >= full * replicas ? full : (left + replicas - 1) / replicas;
  const std::size_t in_round = std::min(left, block * replicas);
  const std::size_t slice_batches = static_cast<std::size_t>(
      kSliceWork / 3 / static_cast<double>(layout_.size() * batch));
  const std::size_t slice = std::max<std::size_t>(1, slice_batches) * batch;
  const std::uint64_t epoch = samples_ / n;
  const std::uint32_t* const rows = order(epoch).data() + position;

  std::vector<std::size_t> first(replicas), count(replicas);
  for (std::size_t r = 0; r < replicas; ++r) {
    first[r] = std::min(r * block, in_round);
    count[r] = std::min(first[r] + block, in_round) - first[r];
  }
  const std::size_t to = std::min(round_done_ + slice, block);
  if (round_done_ == 0 && crosses_turn(in_round)) count_activity();
  std::atomic<bool> finite{true};
  executor.run(replicas, [&](std::size_t r) {
    const FloatEnvironment environment;
    const std::size_t begin = std::min(round_done_, count[r]);
    const std::size_t end = std::min(to, count[r]);
    if (begin == end) return;
    Executor alone;
    if (!learners_[r]->train(replicas_[r], rows + first[r] + begin, end - begin,
                             static_cast<std::uint32_t>(epoch),
                             static_cast<double>(samples_ + begin), alone)) {
      finite = false;
    }
  });
  for (std::size_t r = 0; r < replicas; ++r) {
    *done += std::min(to, count[r]) - std::min(round_done_, count[r]);
  }
  if (!finite) return false;
  round_done_ = to;
  if (to < block) return true;
  round_done_ = 0;
  samples_ += in_round;
  averaging_->end_round(replicas_, count, executor);
  end_round();
  return true;
}

bool Trainer::crosses_turn(std::size_t rows) const {
  return trains_by_row(options_) && samples_ % kRowsPerTurn + rows >= kRowsPerTurn;
}

void Trainer::count_activity() {
  for (ReplicaState& replica : replicas_) {
    replica.activity.assign(layout_.layers(), LayerActivity());
  }
}

void Trainer::turn_layers() {
  if (replicas_[0].activity.empty()) return;
  std::vector<FloatVector*> vectors{&moving_average_};
  if (averaging_) {
    vectors.push_back(&averaging_->weights());
    vectors.push_back(&averaging_->change());
  }
  for (ReplicaState& replica : replicas_) {
    vectors.insert(vectors.end(),
                   {&replica.parameters, &replica.state1, &replica.state2});
  }
  for (std::size_t l = 1; l < layout_.layers(); ++l) {
    LayerActivity all;
    for (const ReplicaState& replica : replicas_) all.add(replica.activity[l]);
    if (better_turned(layout_.layer(l), all)) turn_layer(&layout_, l, kernels_, vectors);
  }
  for (ReplicaState& replica : replicas_) replica.activity.clear();
}

void Trainer::end_round() {
  turn_layers();
  if (options_.weight_averaging_decay == 0) return;
  const FloatVector& weights =
      averaging_ ? averaging_->weights() : replicas_[0].parameters;
  if (moving_average_.empty()) {
    moving_average_ = weights;
  } else {
    kernels_.moving_average(moving_average_.data(), weights.data(),
                            static_cast<float>(options_.weight_averaging_decay),
                            weights.size());
  }
}

const FloatVector& Trainer::current() const {
  if (!moving_average_.empty()) return moving_average_;
  return averaging_ ? averaging_->weights() : replicas_[0].parameters;
}

bool Trainer::weights_are_sound() const {
  for (float w : averaging_ ? averaging_->weights() : replicas_[0].parameters) {
    if (!(std::fabs(w) <= kLargestWeight)) return false;
  }
  return true;
}

PlainParameters Trainer::weights() const { return unpack(layout_, current().data()); }

void Trainer::set_weights(const PlainParameters& plain) {
  FloatVector flat(layout_.size());
  pack(layout_, plain, flat.data());
  for (ReplicaState& replica : replicas_) replica.parameters = flat;
  moving_average_.clear();
  for (ReplicaState& replica : replicas_) replica.activity.clear();
  round_done_ = 0;
  if (!averaging_) return;
  averaging_->weights() = flat;
  std::fill(averaging_->change().begin(), averaging_->change().end(), 0.0f);
}

TrainerState Trainer::state() const {
  if (round_done_ != 0) throw std::invalid_argument("a round is open: run on to its end");
  TrainerState s;
  s.samples = samples_;
  s.moving_average = moving_average_;
  for (std::size_t l = 0; l < layout_.layers(); ++l) {
    s.by_input.push_back(layout_.layer(l).blocks.front().by_input);
  }
  if (averaging_) {
    s.rounds = averaging_->rounds();
    s.last_touched = averaging_->last_touched();
    s.weights = averaging_->weights();
    s.change = averaging_->change();
  }
  for (const ReplicaState& replica : replicas_) {
    s.steps.push_back(replica.steps);
    s.parameters.push_back(replica.parameters);
    s.state1.push_back(replica.state1);
    s.state2.push_back(replica.state2);
  }
  return s;
}

void Trainer::set_state(TrainerState s) {
  const auto require = [](bool holds, const char* what) {
    if (!holds)
      throw std::invalid_argument(std::string("the state does not fit: ") + what);
  };
  const std::size_t size = layout_.size();
  require(s.steps.size() == replicas_.size() && s.parameters.size() == replicas_.size() &&
              s.state1.size() == replicas_.size() && s.state2.size() == replicas_.size(),
          "number of replicas");
  for (std::size_t r = 0; r < replicas_.size(); ++r) {
    require(s.parameters[r].size() == size &&
                s.state1[r].size() == replicas_[r].state1.size() &&
                s.state2[r].size() == replicas_[r].state2.size(),
            "size of a replica");
  }
  const auto turns = [&](std::size_t l) {
    return (s.by_input[l] != 0) != layout_.layer(l).blocks.front().by_input;
  };
  require(s.by_input.size() == layout_.layers(), "layers");
  for (std::size_t l = 1; l < layout_.layers(); ++l) {
    require(trains_by_row(options_) || !turns(l), "how a layer lies");
  }
  require(s.moving_average.empty() || s.moving_average.size() == size, "moving average");
  if (averaging_) {
    require(s.weights.size() == size && s.change.size() == size &&
                s.last_touched.size() == averaging_->last_touched().size(),
            "averages");
    averaging_->weights() = std::move(s.weights);
    averaging_->change() = std::move(s.change);
    averaging_->last_touched() = std::move(s.last_touched);
    averaging_->rounds() = s.rounds;
  }
  for (std::size_t l = 1; l < layout_.layers(); ++l) {
    if (turns(l)) layout_.turn(l);
  }
  samples_ = s.samples;
  round_done_ = 0;
  moving_average_ = std::move(s.moving_average);
  for (std::size_t r = 0; r < replicas_.size(); ++r) {
    replicas_[r].steps = s.steps[r];
    replicas_[r].parameters = std::move(s.parameters[r]);
    replicas_[r].state1 = std::move(s.state1[r]);
    replicas_[r].state2 = std::move(s.state2[r]);
    std::fill(replicas_[r].touched.begin(), replicas_[r].touched.end(), 0);
  }
}

std::vector<LayerRates> Trainer::rates() const {
  std::vector<LayerRates> result;
  const double samples = static_cast<double>(samples_);
  for (std::size_t l = 0; l < layout_.layers(); ++l) {
    const auto rate_of_weight = schedule_.optimizer().rate_of_weight;
    if (!rate_of_weight) {
      result.push_back({schedule_.rate(l, samples), 0.0, schedule_.momentum(samples)});
      continue;
    }
    const LayerLayout& layer = layout_.layer(l);
    double sum = 0, squares = 0, n = 0;
    for (const WeightBlock& block : layer.blocks) {
      for (std::size_t i = 0; i < block.inputs; ++i) {
        for (std::size_t u = 0; u < layer.units; ++u) {
          for (std::size_t c = 0; c < layer.channels; ++c) {
            const std::size_t slot = layer.slot(u, c);
            const std::size_t at =
                block.offset +
                (block.by_input ? i * block.stride + slot : slot * block.stride + i);
            const double rate = rate_of_weight(replicas_[0].state1[at],
                                               replicas_[0].state2[at], options_);
            sum += rate;
            squares += rate * rate;
            ++n;
          }
        }
      }
    }
    const double mean = sum / n;
    result.push_back({mean, std::sqrt(std::max(0.0, squares / n - mean * mean)), 0.0});
  }
  return result;
}

}  // namespace feedforward

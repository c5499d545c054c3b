// Level 6, runs.
#include "runs/round.h"

#include <atomic>
#include <cmath>

#include "words/float_environment.h"
#include "words/work.h"

namespace feedforward {
namespace {

constexpr std::uint64_t kRowsPerTurn = 4096;  // rows between looks at how layers lie

// The rows of a run. A little less than a row too many is rounding.
std::uint64_t rows_of_run(double epochs, std::size_t rows) {
  return static_cast<std::uint64_t>(
      std::llround(std::ceil(epochs * static_cast<double>(rows) - 1e-6)));
}

RowPart part_of(const Options& options) { return {options.part, options.parts}; }

std::size_t round_up(std::size_t n, std::size_t unit) {
  return (n + unit - 1) / unit * unit;
}

}  // namespace

RoundPlan::RoundPlan(const Options& options, std::size_t n, std::size_t weights)
    : rows(n),
      total(rows_of_run(options.epochs, n)),
      replicas(options.replicas),
      interval(round_up(options.averaging_interval, options.mini_batch_size)),
      turns(trains_by_row(options)) {
  const double batches = kSliceWork / training_work(weights, options.mini_batch_size);
  slice = std::max<std::size_t>(1, static_cast<std::size_t>(batches)) *
          options.mini_batch_size;
}

Round RoundPlan::next(std::uint64_t samples, std::size_t enough) const {
  const std::size_t first = static_cast<std::size_t>(samples % rows);
  const std::size_t left =
      static_cast<std::size_t>(std::min<std::uint64_t>(rows - first, total - samples));
  std::size_t full = interval;
  // Nothing happens where the rounds of a lone replica end, so many are joined.
  if (replicas == 1) full = round_up(enough, interval);
  if (replicas == 1 && turns) {
    // The round after which layers may turn stays by itself, whatever the quota.
    const std::uint64_t until_turn = kRowsPerTurn - samples % kRowsPerTurn - 1;
    const std::size_t quiet = static_cast<std::size_t>(until_turn) / interval * interval;
    full = std::min(full, std::max(quiet, interval));
  }
  const std::size_t even = (left + replicas - 1) / replicas;
  const std::size_t block = left >= full * replicas ? full : even;
  return {static_cast<std::uint32_t>(samples / rows), first,
          std::min(left, block * replicas), block};
}

bool RoundPlan::may_turn(std::uint64_t samples, std::size_t count) const {
  return turns && samples % kRowsPerTurn + count >= kRowsPerTurn;
}

std::size_t RoundPlan::part_end(const Round& round, std::size_t done) const {
  return std::min(done + slice, round.block);
}

Rounds::Rounds(Replicas* replicas)
    : replicas_(*replicas),
      plan_(replicas_.setting.options,
            part_of(replicas_.setting.options).rows_of(replicas_.setting.rows.n),
            replicas_.layout->size()),
      order_(replicas_.setting.options.order_seed,
             replicas_.setting.options.shuffle_training_data, replicas_.setting.rows.n,
             part_of(replicas_.setting.options)) {
  go_on_from(0);
}

void Rounds::go_on_from(std::uint64_t samples) {
  samples_ = samples;
  done_ = 0;
  // Learners remember what they have met of their replicas.
  learners_.clear();
  for (std::size_t r = 0; r < plan_.replicas; ++r) {
    learners_.push_back(make_learner(replicas_.setting));
  }
}

std::uint64_t Rounds::left() const {
  return samples_ < plan_.total ? plan_.total - samples_ : 0;
}

std::uint64_t Rounds::trained() const {
  return is_open() ? samples_ + round_.trained(done_) : samples_;
}

void Rounds::close_round() {
  Executor alone;
  if (is_open()) end_round(alone);
}

bool Rounds::worth_threads(std::size_t quota) const {
  if (plan_.replicas == 1 && trains_by_row(replicas_.setting.options)) return false;
  const std::size_t epoch_left =
      plan_.rows - static_cast<std::size_t>(samples_ % plan_.rows);
  return training_work(replicas_.layout->size(), std::min(quota, epoch_left)) >=
         kWorthThreads;
}

bool Rounds::train_slice(std::size_t quota, std::size_t* trained, Executor& executor) {
  const std::uint64_t goal = samples_ + std::min<std::uint64_t>(quota, left());
  std::size_t worked = 0;  // rows of each replica
  while (worked < plan_.slice && samples_ < goal) {
    if (!is_open()) {
      begin_round(static_cast<std::size_t>(
          std::min<std::uint64_t>(goal - samples_, plan_.slice - worked)));
    }
    const std::size_t to = plan_.part_end(round_, done_);
    if (!train_part(to, executor)) return false;
    *trained += round_.trained(to) - round_.trained(done_);
    worked += to - done_;
    done_ = to;
    if (done_ == round_.block) end_round(executor);
  }
  return true;
}

void Rounds::begin_round(std::size_t enough) {
  const std::uint64_t most = replicas_.rows_to_average(samples_);
  if (most < enough) enough = static_cast<std::size_t>(most);
  round_ = plan_.next(samples_, enough);
  if (plan_.may_turn(samples_, round_.rows)) replicas_.count_activity();
}

// Rows [done_, to) of each block.
bool Rounds::train_part(std::size_t to, Executor& executor) {
  // Threads are for the replicas, or for the mini-batches of the only one.
  Executor serial;
  const bool lone = plan_.replicas == 1;
  Executor& among = lone ? serial : executor;
  Executor& within = lone ? executor : serial;
  const std::uint32_t* const order = order_.of(round_.epoch).data() + round_.first;
  std::atomic<bool> finite{true};
  among.run(plan_.replicas, [&](std::size_t r) {
    const FloatEnvironment environment;
    const std::size_t begin = std::min(round_.begin(r) + done_, round_.end(r));
    const std::size_t end = std::min(round_.begin(r) + to, round_.end(r));
    if (begin == end) return;
    if (!learners_[r]->train(replicas_.all[r], order + begin, end - begin, round_.epoch,
                             static_cast<double>(samples_ + done_), within)) {
      finite = false;
    }
  });
  return finite;
}

void Rounds::end_round(Executor& executor) {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < plan_.replicas; ++r) {
    const std::size_t begin = round_.begin(r);
    rows.push_back(std::min(begin + done_, round_.end(r)) - begin);
  }
  samples_ += round_.trained(done_);
  done_ = 0;
  replicas_.end_round(rows, samples_, executor);
}

}  // namespace feedforward

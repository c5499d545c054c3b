// Level 6, runs. Who trains which rows, and when.
//
// An epoch is one pass over the rows, in an order of its own. It is cut twice:
//   into rounds, of which each replica trains a block of rows. Where a round ends
//   replicas meet, layers may turn and the moving average moves: rounds belong to the
//   result. into slices of work, between which the monitor is asked. A round too large
//   for a slice stays open from one to the next; many small rounds share one. Slices
//   change no bit.
// A caller's quota ends with the round in which it is reached.
#ifndef FEEDFORWARD_ROUND_H
#define FEEDFORWARD_ROUND_H

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "data/row_order.h"
#include "learning/learner.h"
#include "runs/replicas.h"
#include "words/executor.h"

namespace feedforward {

// A stretch of an epoch's order, cut into blocks of even length.
struct Round {
  std::uint32_t epoch = 0;
  std::size_t first = 0;  // its place in the order
  std::size_t rows = 0;
  std::size_t block = 1;  // rows of a replica; the last may have fewer, or none

  // The block of replica r, counted from the round's first row.
  std::size_t begin(std::size_t r) const { return std::min(r * block, rows); }
  std::size_t end(std::size_t r) const { return std::min((r + 1) * block, rows); }
  // Rows trained when each replica has done `done` rows of its block.
  std::size_t trained(std::size_t done) const {
    return rows / block * done + std::min(done, rows % block);
  }
};

// How a run is cut: arithmetic alone.
struct RoundPlan {
  // weights: of the network, padding included.
  RoundPlan(const Options& options, std::size_t rows, std::size_t weights);

  // The round after `samples` rows. Where rounds can be joined, as many as make `enough`
  // rows are one.
  Round next(std::uint64_t samples, std::size_t enough) const;
  // Whether layers may turn after the `count` rows that follow on `samples`.
  bool may_turn(std::uint64_t samples, std::size_t count) const;
  // Where a part of the round ends that fits a slice and begins after `done` rows of each
  // block. That depends on neither quota nor earlier slices, nor does then what is
  // counted of each part (LayerActivity).
  std::size_t part_end(const Round& round, std::size_t done) const;

  std::size_t rows;     // of the data, an epoch
  std::uint64_t total;  // of the run
  std::size_t replicas;
  std::size_t interval;  // rows of a full block, whole mini-batches
  std::size_t slice;     // rows of a replica that make a slice, whole mini-batches
  bool turns;            // layers may turn at all
};

// Trains the replicas round by round.
class Rounds {
 public:
  explicit Rounds(Replicas* replicas);

  // Trains until the quota, the end of the run or of a slice, and adds the rows to
  // *trained. Returns false when an output was no finite number; nothing of the replicas
  // is of use then.
  bool train_slice(std::size_t quota, std::size_t* trained, Executor& executor);
  // Whether so many rows of this epoch are worth threads.
  bool worth_threads(std::size_t quota) const;

  std::uint64_t samples() const { return samples_; }  // rows of the rounds that ended
  std::uint64_t trained() const;  // the same, with those of an open round
  std::uint64_t left() const;
  bool is_open() const { return done_ > 0; }
  // An open round begins anew.
  void give_up_round() { done_ = 0; }
  // An open round ends with the rows it has.
  void close_round();
  // The replicas were put where `samples` rows have brought them.
  void go_on_from(std::uint64_t samples);

 private:
  void begin_round(std::size_t enough);
  bool train_part(std::size_t to, Executor& executor);
  void end_round(Executor& executor);

  Replicas& replicas_;
  const RoundPlan plan_;
  RowOrder order_;
  std::vector<std::unique_ptr<Learner>> learners_;  // one per replica
  std::uint64_t samples_ = 0;
  Round round_;           // in hand
  std::size_t done_ = 0;  // rows that each replica has done of it
};

}  // namespace feedforward

#endif

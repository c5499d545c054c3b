// Level 5, learning.
#include "learning/model_averaging.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "words/float_environment.h"

namespace feedforward {
namespace {

constexpr std::size_t kFloatsPerTask = 16384;
void average_elastically(float* consensus, const std::vector<float*>& copies,
                         const std::vector<float>& shares,
                         const std::vector<float>& pulls, float moving, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    float mean = 0;
    for (std::size_t r = 0; r < copies.size(); ++r) mean += shares[r] * copies[r][i];
    consensus[i] += moving * (mean - consensus[i]);
    for (std::size_t r = 0; r < copies.size(); ++r) {
      copies[r][i] += pulls[r] * (consensus[i] - copies[r][i]);
    }
  }
}

constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

}  // namespace

ModelAveraging::ModelAveraging(const Layout& layout, const Options& options,
                               const Kernels& kernels, std::size_t tracked_rows,
                               const FloatVector& weights)
    : layout_(layout),
      options_(options),
      kernels_(kernels),
      momentum_(static_cast<float>(1.0 - 1.0 / static_cast<double>(options.replicas))),
      weights_(weights),
      change_(weights.size()),
      last_touched_(tracked_rows, kNever) {}

void ModelAveraging::restart(std::vector<ReplicaState>& replicas) const {
  for (ReplicaState& replica : replicas) {
    kernels_.add_scaled(weights_.data(), momentum_, change_.data(),
                        replica.parameters.data(), weights_.size());
  }
}

void ModelAveraging::end_round(std::vector<ReplicaState>& replicas,
                               const std::vector<std::size_t>& rows, Executor& executor) {
  const FloatEnvironment environment;
  ++rounds_;
  std::size_t total = 0;
  for (std::size_t n : rows) total += n;
  std::vector<float> shares;
  for (std::size_t n : rows) {
    shares.push_back(
        static_cast<float>(static_cast<double>(n) / static_cast<double>(total)));
  }
  std::vector<float> pulls;
  for (std::size_t n : rows) {
    const double kept = 1 - options_.elastic_averaging_regularization;
    pulls.push_back(static_cast<float>(1 - std::pow(kept, static_cast<double>(n))));
  }
  const float moving =
      rounds_ == 1 ? 1.0f : static_cast<float>(options_.elastic_averaging_moving_rate);
  // copies: scratch for one pointer per replica.
  const auto average = [&](std::size_t at, std::size_t n, std::vector<float*>* copies) {
    for (std::size_t r = 0; r < replicas.size(); ++r) {
      (*copies)[r] = replicas[r].parameters.data() + at;
    }
    if (options_.elastic_averaging) {
      average_elastically(weights_.data() + at, *copies, shares, pulls, moving, n);
      return;
    }
    kernels_.average(weights_.data() + at, change_.data() + at, copies->data(),
                     shares.data(), copies->size(), momentum_, n);
  };

  // Tasks: stretches of the flat vector around the tracked rows, and runs of those rows.
  std::size_t tracked_from = 0, tracked_to = 0, stride = kLanes;
  if (!last_touched_.empty()) {
    const WeightMatrix& matrix = layout_.layer(0).matrices.front();
    stride = matrix.stride;
    tracked_from = matrix.offset;
    tracked_to = tracked_from + last_touched_.size() * stride;
  }
  struct Stretch {
    std::size_t from, to;
    bool tracked;
  };
  std::vector<Stretch> stretches;
  const auto cut = [&](std::size_t from, std::size_t to, std::size_t length,
                       bool tracked) {
    for (; from < to; from += length) {
      stretches.push_back({from, std::min(from + length, to), tracked});
    }
  };
  cut(0, tracked_from, kFloatsPerTask, false);
  cut(tracked_from, tracked_to, std::max(stride, kFloatsPerTask / stride * stride), true);
  cut(tracked_to, weights_.size(), kFloatsPerTask, false);

  const std::uint64_t rest = kRoundsToRest * replicas.size();
  executor.run(stretches.size(), [&](std::size_t t) {
    const FloatEnvironment task_environment;
    const Stretch& s = stretches[t];
    std::vector<float*> copies(replicas.size());
    if (!s.tracked) return average(s.from, s.to - s.from, &copies);
    for (std::size_t at = s.from; at < s.to; at += stride) {
      const std::size_t row = (at - tracked_from) / stride;
      bool touched = false;
      for (ReplicaState& replica : replicas) {
        touched |= replica.touched[row] != 0;
        replica.touched[row] = 0;
      }
      std::uint64_t& last = last_touched_[row];
      if (touched) last = rounds_;
      if (last == kNever) continue;
      if (rounds_ - last <= rest) {
        average(at, stride, &copies);
        continue;
      }
      last = kNever;
      std::fill_n(change_.data() + at, stride, 0.0f);
      for (ReplicaState& replica : replicas) {
        std::copy_n(weights_.data() + at, stride, replica.parameters.data() + at);
      }
    }
  });
  if (limits_norms(options_)) {
    for (std::size_t l = 0; l < layout_.layers(); ++l) {
      limit_norms(layout_, l, weights_.data(), options_.max_w2, nullptr);
    }
    if (!options_.elastic_averaging) restart(replicas);
  }
}

}  // namespace feedforward

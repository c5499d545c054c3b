// Level 5, learning. Training by mini-batches through matrix products.
//
// A step has two halves with a barrier between them. First, stretches of rows: forward,
// loss and the errors of all layers (BatchPass). Then panels of each weight matrix:
// gradient and step. Each number is computed whole by one task, its sum over rows in
// batch order, so how the work is cut changes no bit. The gradient is the mean over the
// batch of w_i g_i.
#include <algorithm>
#include <atomic>
#include <utility>

#include "learning/batch_pass.h"
#include "learning/coded_places.h"
#include "learning/learner.h"
#include "words/float_environment.h"

namespace feedforward {
namespace {

// Rows of a task, in whole product tiles: many share one read of the weights, few share
// evenly among threads. How work is cut changes no bit.
constexpr std::size_t kRowsAlone = 48, kRowsShared = 24;
constexpr std::size_t kFewWeights = 500000;  // what stays in a core's second cache
constexpr std::size_t kInputsPerTask = 48;
constexpr double kWorthThreads = 2e5;  // multiply-adds of a step

// What one task of the second half takes: inputs [from, to) of a weight matrix, or the
// biases of a layer.
struct Panel {
  std::size_t layer;
  const WeightMatrix* matrix;  // null: the biases
  std::size_t from, to;
  bool coded;  // inputs are one-hot, gradients by index
};

std::vector<Panel> panels_of(const Layout& layout) {
  std::vector<Panel> panels;
  for (std::size_t l = 0; l < layout.layers(); ++l) {
    panels.push_back({l, nullptr, 0, 0, false});
    for (const WeightMatrix& matrix : layout.layer(l).matrices) {
      const bool coded = l == 0 && matrix.first_input < layout.shape().coded_inputs;
      for (std::size_t r = 0; r < matrix.rows; r += kInputsPerTask) {
        panels.push_back(
            {l, &matrix, r, std::min(r + kInputsPerTask, matrix.rows), coded});
      }
    }
  }
  return panels;
}

class BatchLearner : public Learner {
 public:
  explicit BatchLearner(const Setting& setting)
      : setting_(setting),
        capacity_(std::min(setting.options.mini_batch_size,
                           std::max<std::size_t>(setting.rows.n, 1))),
        lazy_(steps_lazily(setting.options)),
        untouched_stay_(!moves_untouched(setting.options)),
        limits_norms_(limits_norms(setting.options)),
        panels_(panels_of(setting.layout)),
        pass_(setting, capacity_),
        places_(setting.rows.coded_inputs),
        gradient_(setting.layout.size()),
        ones_(capacity_, 1.0f),
        ahead_(setting.rule.looks_ahead ? setting.layout.size() : 0),
        ever_touched_(setting.rows.coded_inputs) {}

  bool train(ReplicaState& replica, const std::uint32_t* rows, std::size_t count,
             std::uint32_t epoch, double samples, Executor& executor) override {
    Executor alone;
    if (std::exchange(fresh_, false) && replica.steps > 0) {
      std::fill(ever_touched_.begin(), ever_touched_.end(), 1);  // a resumed run
    }
    const double work =
        3.0 * static_cast<double>(std::min(count, capacity_) * setting_.layout.size());
    Executor& threads = work < kWorthThreads ? alone : executor;
    if (!setting_.rule.looks_ahead) pass_.turn_all(replica.parameters.data());
    for (std::size_t done = 0; done < count; done += capacity_) {
      const std::size_t n = std::min(capacity_, count - done);
      if (!step(replica, rows + done, n, epoch, samples + static_cast<double>(done),
                threads)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool step(ReplicaState& replica, const std::uint32_t* rows, std::size_t n,
            std::uint32_t epoch, double samples, Executor& threads) {
    const float* read_from = replica.parameters.data();
    if (setting_.rule.looks_ahead) read_from = look_ahead(replica, samples);

    std::atomic<bool> finite{true};
    const std::size_t rows_per_task = rows_of_task(n, threads.width());
    threads.run((n + rows_per_task - 1) / rows_per_task, [&](std::size_t t) {
      const FloatEnvironment environment;
      const std::size_t from = t * rows_per_task, to = std::min(from + rows_per_task, n);
      if (!pass_.run(read_from, rows, n, from, to, epoch)) finite = false;
    });
    if (!finite) return false;
    places_.sort(pass_.batch(), n);
    numbers_mostly_zero_ =
        setting_.rows.numeric_inputs > 0 && pass_.batch().mostly_zero(0, n);
    ++replica.steps;
    threads.run(panels_.size(), [&](std::size_t p) {
      const FloatEnvironment environment;
      step_panel(replica, panels_[p], n, samples);
    });
    if (limits_norms_) limit_all(replica, n);
    return true;
  }

  std::size_t rows_of_task(std::size_t n, std::size_t threads) const {
    const std::size_t few = threads == 1 ? kRowsAlone : kRowsShared;
    if (setting_.layout.size() <= kFewWeights) return few;
    // Every task reads all weights from beyond the caches of its core: one per thread.
    const std::size_t each = (n + threads - 1) / threads;
    return std::max(few, (each + 3) / 4 * 4);
  }

  void step_panel(ReplicaState& replica, const Panel& panel, std::size_t n,
                  double samples) {
    const LayerLayout& layout = setting_.layout.layer(panel.layer);
    const StepScalars scalars =
        setting_.schedule.scalars(panel.layer, samples, replica.steps);
    if (!panel.matrix) {
      setting_.kernels.gradient_product(
          gradient_.data() + layout.bias_offset, layout.slots, ones_.data(), 1,
          pass_.deltas(panel.layer), layout.slots, n, 1, layout.slots);
      if (!replica.mean_activation.empty() &&
          panel.layer + 1 < setting_.layout.layers()) {
        add_sparsity(replica, panel.layer, n);
      }
      step_biases(replica, panel.layer, n, scalars.of_biases());
    } else if (panel.coded) {
      step_coded(replica, panel, scalars);
    } else {
      step_dense(replica, panel, n, scalars);
    }
  }

  // The gradient is the mean over the batch; so is what sparsity adds.
  void add_sparsity(ReplicaState& replica, std::size_t l, std::size_t n) {
    const LayerLayout& layout = setting_.layout.layer(l);
    FloatVector sums(layout.unit_stride);
    setting_.kernels.gradient_product(sums.data(), layout.unit_stride, ones_.data(), 1,
                                      pass_.batch().layer(l).activation.data(),
                                      layout.unit_stride, n, 1, layout.unit_stride);
    apply_sparsity(setting_.options, layout, sums.data(), n, lazy_,
                   replica.mean_activation.data() + units_before(setting_.layout, l),
                   gradient_.data() + layout.bias_offset);
  }

  void step_biases(ReplicaState& replica, std::size_t l, std::size_t n,
                   StepScalars scalars) const {
    const LayerLayout& layout = setting_.layout.layer(l);
    if (setting_.bias_rule.asks_inputs) {
      scalars.input_square = static_cast<float>(pass_.sum_of_squares(l, n) /
                                                static_cast<double>(n * layout.inputs));
    }
    setting_.bias_rule.gradient_step(replica.at(layout.bias_offset),
                                     gradient_.data() + layout.bias_offset, layout.slots,
                                     lazy_, scalars);
  }

  void step_coded(ReplicaState& replica, const Panel& panel, const StepScalars& scalars) {
    const LayerLayout& layout = setting_.layout.layer(panel.layer);
    const WeightMatrix& matrix = *panel.matrix;
    for (std::size_t r = panel.from; r < panel.to; ++r) {
      const ListedVector places = places_.of(r);
      if (places.n == 0 && lazy_) continue;
      if (places.n > 0) ever_touched_[r] = 1;
      if (!ever_touched_[r] && untouched_stay_) continue;
      const std::size_t at = matrix.offset + r * matrix.stride;
      float* const gradient = gradient_.data() + at;
      std::fill_n(gradient, matrix.stride, 0.0f);
      setting_.kernels.gather_rows(gradient, gradient, matrix.stride,
                                   pass_.deltas(panel.layer), layout.slots, places,
                                   nullptr, 0);
      apply(replica, at, matrix.stride, scalars);
    }
  }

  void step_dense(ReplicaState& replica, const Panel& panel, std::size_t n,
                  const StepScalars& scalars) {
    const LayerLayout& layout = setting_.layout.layer(panel.layer);
    const WeightMatrix& matrix = *panel.matrix;
    const bool first_layer = panel.layer == 0;
    const std::size_t at = matrix.offset + panel.from * matrix.stride;
    float* const gradient = gradient_.data() + at;
    if (first_layer && numbers_mostly_zero_) {
      scatter_panel(panel, gradient, n);
    } else {
      const Batch& batch = pass_.batch();
      const std::size_t stride = first_layer
                                     ? batch.number_stride()
                                     : setting_.layout.layer(panel.layer - 1).unit_stride;
      const float* const a =
          first_layer ? batch.numbers(0) : batch.layer(panel.layer - 1).activation.data();
      setting_.kernels.gradient_product(gradient, matrix.stride, a + panel.from, stride,
                                        pass_.deltas(panel.layer), layout.slots, n,
                                        panel.to - panel.from, layout.slots);
    }
    apply(replica, at, (panel.to - panel.from) * matrix.stride, scalars);
    if (!first_layer && !setting_.rule.looks_ahead) {
      pass_.turn(replica.parameters.data(), panel.layer, panel.from, panel.to);
    }
  }

  // The gradient of a panel of the first layer's numbers from their lists: row by row of
  // the batch, so each sum has the order of the product.
  void scatter_panel(const Panel& panel, float* gradient, std::size_t n) const {
    const std::size_t slots = setting_.layout.layer(0).slots;
    const float* const delta = pass_.deltas(0);
    const int first = static_cast<int>(panel.from), last = static_cast<int>(panel.to);
    std::fill_n(gradient, (panel.to - panel.from) * slots, 0.0f);
    for (std::size_t i = 0; i < n; ++i) {
      const ListedVector listed = pass_.batch().listed_numbers(i);
      const int* const end = listed.index + listed.n;
      const int* const from = std::lower_bound(listed.index, end, first);
      const int* const to = std::lower_bound(from, end, last);
      // Positions count from the matrix's first input, rows from the panel's.
      setting_.kernels.scatter_rows(gradient - panel.from * slots, slots,
                                    delta + i * slots, slots,
                                    {from, listed.values + (from - listed.index),
                                     static_cast<std::size_t>(to - from)});
    }
  }

  void apply(ReplicaState& replica, std::size_t at, std::size_t n,
             const StepScalars& scalars) const {
    setting_.rule.gradient_step(replica.at(at), gradient_.data() + at, n, lazy_, scalars);
  }

  // w + m v, where Nesterov's gradient is taken.
  const float* look_ahead(const ReplicaState& replica, double samples) {
    const float momentum = static_cast<float>(setting_.schedule.momentum(samples));
    setting_.kernels.add_scaled(replica.parameters.data(), momentum,
                                replica.state1.data(), ahead_.data(), ahead_.size());
    pass_.turn_all(ahead_.data());
    return ahead_.data();
  }

  void limit_all(ReplicaState& replica, std::size_t n) {
    float* const flat = replica.parameters.data();
    for (std::size_t l = 0; l < setting_.layout.layers(); ++l) {
      // Lazily, only units with an error in some row of the batch.
      std::vector<float> active(setting_.layout.layer(l).slots, 0.0f);
      const std::size_t slots = active.size();
      for (std::size_t at = 0; at < n * slots; ++at) {
        if (pass_.deltas(l)[at] != 0) active[at % slots] = 1.0f;
      }
      limit_norms(setting_.layout, l, flat, setting_.options.max_w2,
                  lazy_ ? active.data() : nullptr);
    }
    if (!setting_.rule.looks_ahead) pass_.turn_all(flat);
  }

  const Setting setting_;
  const std::size_t capacity_;
  const bool lazy_, untouched_stay_, limits_norms_;
  const std::vector<Panel> panels_;
  BatchPass pass_;
  CodedPlaces places_;
  FloatVector gradient_, ones_, ahead_;
  std::vector<unsigned char> ever_touched_;
  bool fresh_ = true, numbers_mostly_zero_ = false;
};

}  // namespace

std::unique_ptr<Learner> make_batch_learner(const Setting& setting) {
  return std::make_unique<BatchLearner>(setting);
}

}  // namespace feedforward

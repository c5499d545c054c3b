// Level 5, learning. Training by mini-batches through matrix products.
//
// A step has two halves with a barrier between them. First, blocks of rows: forward, loss
// and the errors of all layers. Then panels of each weight matrix: gradient and step.
// Each number is computed whole by one task, its sum over rows in batch order, so how the
// work is cut changes no bit. The gradient is the mean over the batch of w_i g_i.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

#include "formulas/dropout.h"
#include "learning/learner.h"
#include "learning/output_gradient.h"
#include "network/batch.h"
#include "words/float_environment.h"

namespace feedforward {
namespace {

// Rows of a task, in whole product tiles: many share one read of the weights, few share
// evenly among threads. How work is cut changes no bit.
constexpr std::size_t kRowsAlone = 48, kRowsShared = 24;
constexpr std::size_t kFewWeights = 500000;  // what stays in a core's second cache
constexpr std::size_t kInputsPerTask = 48;
constexpr double kWorthThreads = 2e5;  // multiply-adds of a step

// Part of one weight block whose gradient and step one task takes: rows [from, to). The
// first panel of a layer steps the biases too.
struct Panel {
  std::size_t layer;
  const WeightBlock* block;  // null: the biases alone
  std::size_t from, to;
  bool coded;  // rows are one-hot inputs, gradients by index
};

class BatchLearner : public Learner {
 public:
  explicit BatchLearner(const Task& task)
      : task_(task),
        capacity_(std::min(task.options.mini_batch_size,
                           std::max<std::size_t>(task.rows.n, 1))),
        batch_(task.layout, task.kernels, task.rows, capacity_),
        deltas_(task.layout.layers()),
        errors_(task.layout.layers()),
        transposed_(task.layout.layers()),
        masks_(task.layout.layers()),
        gradient_(task.layout.size()),
        ones_(capacity_, 1.0f),
        coded_start_(task.rows.coded_inputs + 1),
        ever_touched_(task.rows.coded_inputs),
        limits_norms_(task.options.max_w2 < std::numeric_limits<float>::max()) {
    const Shape& shape = task.layout.shape();
    for (std::size_t l = 0; l < task.layout.layers(); ++l) {
      const LayerLayout& layout = task.layout.layer(l);
      deltas_[l].resize(capacity_ * layout.slots);
      if (l > 0) {
        errors_[l - 1].resize(capacity_ * task.layout.layer(l - 1).unit_stride);
        transposed_[l].resize(layout.slots * padded(layout.inputs));
      }
      if (!shape.is_output(l) && task.options.hidden_dropout_ratios[l] > 0) {
        masks_[l].resize(capacity_ * layout.unit_stride);
      }
      panels_.push_back({l, nullptr, 0, 0, false});
      for (const WeightBlock& block : layout.blocks) {
        const bool coded = l == 0 && block.first_input < shape.coded_inputs;
        for (std::size_t r = 0; r < block.rows; r += kInputsPerTask) {
          panels_.push_back(
              {l, &block, r, std::min(r + kInputsPerTask, block.rows), coded});
        }
      }
    }
    const Options& o = task.options;
    untouched_stay_ = o.l1 == 0 && o.l2 == 0 &&
                      !(o.optimizer == OptimizerKind::kAdamw && o.weight_decay > 0);
    if (task.schedule.looks_ahead()) ahead_.resize(task.layout.size());
  }

  bool train(ReplicaState& replica, const std::uint32_t* rows, std::size_t count,
             std::uint32_t epoch, double samples, Executor& executor) override {
    Executor alone;
    if (std::exchange(fresh_, false) && replica.steps > 0) {
      std::fill(ever_touched_.begin(), ever_touched_.end(), 1);  // a resumed run
    }
    const double work =
        3.0 * static_cast<double>(std::min(count, capacity_) * task_.layout.size());
    Executor& threads = work < kWorthThreads ? alone : executor;
    if (!task_.schedule.looks_ahead()) transpose_all(replica.parameters.data());
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
    if (task_.schedule.looks_ahead()) read_from = look_ahead(replica, samples);

    std::atomic<bool> finite{true};
    std::size_t rows_per_task = threads.width() == 1 ? kRowsAlone : kRowsShared;
    if (task_.layout.size() > kFewWeights) {
      // Every task reads all weights from beyond the caches of its core: one per thread.
      const std::size_t each = (n + threads.width() - 1) / threads.width();
      rows_per_task = std::max(rows_per_task, (each + 3) / 4 * 4);
    }
    threads.run((n + rows_per_task - 1) / rows_per_task, [&](std::size_t t) {
      const FloatEnvironment environment;
      const std::size_t from = t * rows_per_task, to = std::min(from + rows_per_task, n);
      if (!rows_through(read_from, rows, n, from, to, epoch)) finite = false;
    });
    if (!finite) return false;
    sort_coded(n);
    numbers_mostly_zero_ = task_.rows.numeric_inputs > 0 && batch_.mostly_zero(0, n);
    ++replica.steps;
    threads.run(panels_.size(), [&](std::size_t p) {
      const FloatEnvironment environment;
      step_panel(replica, panels_[p], n, samples);
    });
    if (limits_norms_) limit_all(replica, n);
    return true;
  }

  // Places [from, to) of the batch: inputs, forward, loss, errors down to the first
  // layer.
  bool rows_through(const float* flat, const std::uint32_t* rows, std::size_t n,
                    std::size_t from, std::size_t to, std::uint32_t epoch) {
    const Options& o = task_.options;
    const std::size_t top = task_.layout.layers() - 1;
    for (std::size_t i = from; i < to; ++i) {
      if (i + kRowsAhead < to) {
        task_.rows.prefetch(rows[i + kRowsAhead]);
        task_.targets.prefetch(rows[i + kRowsAhead]);
      }
      batch_.read(i, rows[i], o.input_dropout_ratio, o.seed, epoch);
      for (std::size_t l = 0; l < top; ++l) {
        if (masks_[l].empty()) continue;
        const LayerLayout& layout = task_.layout.layer(l);
        dropout_mask(task_.kernels,
                     {o.seed, Purpose::kDropout, static_cast<std::uint32_t>(l + 1), epoch,
                      rows[i]},
                     o.hidden_dropout_ratios[l], 0, layout.units,
                     masks_[l].data() + i * layout.unit_stride);
      }
    }
    batch_.forward(flat, from, to, &masks_);
    bool finite = true;
    const std::size_t outputs = task_.layout.layer(top).slots;
    for (std::size_t i = from; i < to; ++i) {
      finite &= output_gradient(task_, rows[i], batch_.outputs(i),
                                deltas_[top].data() + i * outputs,
                                1.0f / static_cast<float>(n));
    }
    for (std::size_t l = top; l > 0; --l) {
      const LayerLayout& layout = task_.layout.layer(l);
      const LayerLayout& under = task_.layout.layer(l - 1);
      float* const error = errors_[l - 1].data();
      std::fill(error + from * under.unit_stride, error + to * under.unit_stride, 0.0f);
      task_.kernels.product(error + from * under.unit_stride, under.unit_stride,
                            deltas_[l].data() + from * layout.slots, layout.slots,
                            transposed_[l].data(), padded(layout.inputs), to - from,
                            layout.slots, under.unit_stride);
      const float* const derivative = batch_.layer(l - 1).derivative.data();
      for (std::size_t i = from; i < to; ++i) {
        for (std::size_t c = 0; c < under.channels; ++c) {
          const std::size_t at = i * under.slots + c * under.unit_stride;
          task_.kernels.multiply(error + i * under.unit_stride, derivative + at,
                                 deltas_[l - 1].data() + at, under.unit_stride);
        }
      }
    }
    return finite;
  }

  void step_panel(ReplicaState& replica, const Panel& panel, std::size_t n,
                  double samples) {
    const Kernels& k = task_.kernels;
    const LayerLayout& layout = task_.layout.layer(panel.layer);
    const float* const delta = deltas_[panel.layer].data();
    if (!panel.block) {
      float* const gradient = gradient_.data() + layout.bias_offset;
      k.gradient_product(gradient, layout.slots, ones_.data(), 1, delta, layout.slots, n,
                         1, layout.slots);
      apply(replica, layout.bias_offset, layout.slots,
            task_.schedule.biases(panel.layer, samples, replica.steps));
      return;
    }
    const StepScalars scalars =
        task_.schedule.weights(panel.layer, samples, replica.steps);
    const WeightBlock& block = *panel.block;
    if (panel.coded) {
      for (std::size_t r = panel.from; r < panel.to; ++r) {
        const std::size_t first = coded_start_[r], found = coded_start_[r + 1] - first;
        if (found == 0 && task_.schedule.lazy()) continue;
        if (found > 0) ever_touched_[r] = 1;
        if (!ever_touched_[r] && untouched_stay_) continue;
        const std::size_t at = block.offset + r * block.stride;
        float* const gradient = gradient_.data() + at;
        std::fill_n(gradient, block.stride, 0.0f);
        k.gather_rows(gradient, gradient, block.stride, delta, layout.slots,
                      coded_places_.data() + first, coded_values_.data() + first, found,
                      nullptr, 0);
        apply(replica, at, block.stride, scalars);
      }
      return;
    }
    const bool first_layer = panel.layer == 0;
    const std::size_t at = block.offset + panel.from * block.stride;
    float* const gradient = gradient_.data() + at;
    if (first_layer && numbers_mostly_zero_) {
      scatter_panel(panel, gradient, n);
    } else {
      const std::size_t stride = first_layer
                                     ? batch_.number_stride()
                                     : task_.layout.layer(panel.layer - 1).unit_stride;
      const float* const a = first_layer
                                 ? batch_.numbers(0)
                                 : batch_.layer(panel.layer - 1).activation.data();
      k.gradient_product(gradient, block.stride, a + panel.from, stride, delta,
                         layout.slots, n, panel.to - panel.from, layout.slots);
    }
    apply(replica, at, (panel.to - panel.from) * block.stride, scalars);
    if (!first_layer && !task_.schedule.looks_ahead()) {
      transpose_panel(replica.parameters.data(), panel);
    }
  }

  // The gradient of a panel of the first layer's numbers from their lists: row by row of
  // the batch, so each sum has the order of the product.
  void scatter_panel(const Panel& panel, float* gradient, std::size_t n) const {
    const std::size_t slots = task_.layout.layer(0).slots;
    const float* const delta = deltas_[0].data();
    const int first = static_cast<int>(panel.from), last = static_cast<int>(panel.to);
    std::fill_n(gradient, (panel.to - panel.from) * slots, 0.0f);
    for (std::size_t i = 0; i < n; ++i) {
      const int* const listed = batch_.listed(i);
      const int* const end = listed + batch_.n_listed(i);
      const int* const from = std::lower_bound(listed, end, first);
      const int* const to = std::lower_bound(from, end, last);
      // Positions count from the block's first input, rows from the panel's.
      task_.kernels.scatter_rows(gradient - panel.from * slots, slots, delta + i * slots,
                                 slots, from, batch_.listed_values(i) + (from - listed),
                                 static_cast<std::size_t>(to - from));
    }
  }

  void apply(ReplicaState& replica, std::size_t at, std::size_t n,
             const StepScalars& scalars) const {
    BlockStep s{};
    s.weights = replica.parameters.data() + at;
    s.state1 = replica.state1.empty() ? nullptr : replica.state1.data() + at;
    s.state2 = replica.state2.empty() ? nullptr : replica.state2.data() + at;
    s.gradient = gradient_.data() + at;
    s.n = n;
    s.lazy = task_.schedule.lazy();
    s.scalars = scalars;
    task_.kernels.step_block[task_.schedule.rule()](s);
  }

  // For each coded input the places of the batch that have it, in order.
  void sort_coded(std::size_t n) {
    if (task_.rows.coded_inputs == 0) return;
    std::fill(coded_start_.begin(), coded_start_.end(), 0u);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < batch_.n_inputs(i); ++j) {
        ++coded_start_[static_cast<std::size_t>(batch_.inputs(i)[j]) + 1];
      }
    }
    for (std::size_t r = 0; r + 1 < coded_start_.size(); ++r) {
      coded_start_[r + 1] += coded_start_[r];
    }
    coded_places_.resize(coded_start_.back());
    coded_values_.resize(coded_start_.back());
    std::vector<std::size_t>& next = coded_next_;
    next.assign(coded_start_.begin(), coded_start_.end());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < batch_.n_inputs(i); ++j) {
        const std::size_t at = next[static_cast<std::size_t>(batch_.inputs(i)[j])]++;
        coded_places_[at] = static_cast<int>(i);
        coded_values_[at] = batch_.input_values(i)[j];
      }
    }
  }

  void transpose_panel(const float* flat, const Panel& panel) {
    const LayerLayout& layout = task_.layout.layer(panel.layer);
    task_.kernels.transpose(flat + panel.block->offset + panel.from * panel.block->stride,
                            panel.block->stride,
                            transposed_[panel.layer].data() + panel.from,
                            padded(layout.inputs), panel.to - panel.from, layout.slots);
  }

  void transpose_all(const float* flat) {
    for (const Panel& panel : panels_) {
      if (panel.block && panel.layer > 0) transpose_panel(flat, panel);
    }
  }

  // w + m v, where Nesterov's gradient is taken.
  const float* look_ahead(const ReplicaState& replica, double samples) {
    static constexpr int kFirst = 0;
    const float momentum = static_cast<float>(task_.schedule.momentum(samples));
    task_.kernels.gather_rows(ahead_.data(), replica.parameters.data(), ahead_.size(),
                              replica.state1.data(), 0, &kFirst, &momentum, 1, nullptr,
                              0);
    transpose_all(ahead_.data());
    return ahead_.data();
  }

  void limit_all(ReplicaState& replica, std::size_t n) {
    float* const flat = replica.parameters.data();
    for (std::size_t l = 0; l < task_.layout.layers(); ++l) {
      // Lazily, only units with an error in some row of the batch.
      std::vector<float> active(task_.layout.layer(l).slots, 0.0f);
      const std::size_t slots = active.size();
      for (std::size_t at = 0; at < n * slots; ++at) {
        if (deltas_[l][at] != 0) active[at % slots] = 1.0f;
      }
      limit_norms(task_.layout, l, flat, task_.options.max_w2,
                  task_.schedule.lazy() ? active.data() : nullptr);
    }
    if (!task_.schedule.looks_ahead()) transpose_all(flat);
  }

  const Task task_;
  const std::size_t capacity_;
  Batch batch_;
  std::vector<FloatVector> deltas_;      // rows x slots
  std::vector<FloatVector> errors_;      // rows x unit_stride
  std::vector<FloatVector> transposed_;  // slots x padded inputs, layers above the first
  std::vector<FloatVector> masks_;       // rows x unit_stride, or empty
  FloatVector gradient_, ones_, ahead_;
  std::vector<Panel> panels_;
  std::vector<std::size_t> coded_start_, coded_next_;
  std::vector<int> coded_places_;
  std::vector<float> coded_values_;
  std::vector<unsigned char> ever_touched_;
  bool untouched_stay_ = true, fresh_ = true, numbers_mostly_zero_ = false;
  const bool limits_norms_;
};

}  // namespace

std::unique_ptr<Learner> make_batch_learner(const Task& task) {
  return std::make_unique<BatchLearner>(task);
}

}  // namespace feedforward

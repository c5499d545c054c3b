// Level 5, learning. Training row by row: forward, backward and update of one row,
// touching only what the row makes active.
//
// Forward of layer l, shapes in units:  z = b + W' a,  a_next = f(z) * mask.
// Backward:  error = W delta (before the step),  delta_prev = error * f'(z) * mask.
// The gradient of weight (i, u) is a[i] * delta[u]; where either is 0 nothing moves.
#include <algorithm>
#include <cmath>
#include <limits>

#include "formulas/dropout.h"
#include "learning/learner.h"
#include "learning/output_gradient.h"

namespace feedforward {
namespace {

constexpr std::size_t kRowsPerCount =
    8;  // of rows whose activity counts, one in eight is

struct LayerWorkspace {
  FloatVector z, delta, derivative;  // slots
  FloatVector activation, error;     // units of the layer, padded
  FloatVector mask;                  // likewise; empty without dropout
  // What the layer above reads: units that are active or can carry an error, with their
  // activations and then their errors, or the blocks that hold such.
  std::vector<int> used;
  FloatVector used_activation, used_error;
  std::vector<int> blocks;
  std::size_t n_used = 0, n_blocks = 1;
  // What the layer's step reads: slots with an error and their errors, or their blocks.
  std::vector<int> active;
  std::vector<float> active_delta;
  std::vector<int> delta_blocks;
  std::size_t n_active = 0, n_delta_blocks = 1;
  std::vector<RowStep> steps;  // one per weight block; what no row changes is filled in
};

class RowLearner : public Learner {
 public:
  explicit RowLearner(const Task& task) : task_(task), layers_(task.layout.layers()) {
    const Shape& shape = task.layout.shape();
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerLayout& layout = task.layout.layer(l);
      LayerWorkspace& w = layers_[l];
      w.z.resize(layout.slots);
      w.delta.resize(layout.slots);
      w.derivative.resize(layout.slots);
      w.activation.resize(layout.unit_stride);
      w.error.resize(layout.unit_stride);
      if (!shape.is_output(l) && task.options.hidden_dropout_ratios[l] > 0) {
        w.mask.resize(layout.unit_stride);
      }
      w.used.resize(layout.unit_stride + kLanes);
      w.used_activation.resize(layout.unit_stride + kLanes);
      w.used_error.resize(layout.unit_stride + kLanes);
      w.blocks.resize(layout.unit_stride / kLanes);
      w.active.resize(layout.slots + kLanes);
      w.active_delta.resize(layout.slots + kLanes);
      w.delta_blocks.resize(layout.slots / kLanes);
    }
    numbers_.resize(padded(task.rows.numeric_inputs));
    number_blocks_.resize(numbers_.size() / kLanes);
    input_mask_.resize(task.options.input_dropout_ratio > 0 ? numbers_.size() : 0);
    inputs_.resize(task.rows.coded_columns + task.rows.numeric_inputs + 1);
    input_values_.resize(inputs_.size());
    limits_norms_ = task.options.max_w2 < std::numeric_limits<float>::max();
  }

  bool train(ReplicaState& replica, const std::uint32_t* rows, std::size_t count,
             std::uint32_t epoch, double samples, Executor&) override {
    const bool constant = task_.schedule.rule() == kRuleAdadelta;
    prepare_steps(replica);
    update_scalars(samples);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + kRowsAhead < count) {
        task_.rows.prefetch(rows[i + kRowsAhead]);
        task_.targets.prefetch(rows[i + kRowsAhead]);
      }
      if (!constant) update_scalars(samples + static_cast<double>(i));
      read_inputs(rows[i], epoch);
      forward(replica, rows[i], epoch);
      LayerWorkspace& top = layers_.back();
      if (!output_gradient(task_, rows[i], top.z.data(), top.delta.data(), 1.0f)) {
        return false;
      }
      backward(replica);
      ++replica.steps;
      if (!replica.activity.empty() && i % kRowsPerCount == 0) count_activity(replica);
      if (!replica.touched.empty()) mark_touched(replica);
    }
    return true;
  }

 private:
  void update_scalars(double samples) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const StepScalars scalars = task_.schedule.weights(l, samples, 1);
      for (RowStep& step : layers_[l].steps) step.scalars = scalars;
    }
  }

  // Splits a row into what is read by index (inputs_, input_values_) and the dense
  // numbers.
  void read_inputs(std::size_t row, std::uint32_t epoch) {
    const Rows& data = task_.rows;
    const double ratio = task_.options.input_dropout_ratio;
    const RandomAddress at{task_.options.seed, Purpose::kDropout, 0, epoch,
                           static_cast<std::uint32_t>(row)};
    const bool dropped = ratio > 0;
    n_inputs_ = 0;
    const std::int32_t* const codes = data.row_codes(row);
    for (std::size_t c = 0; c < data.coded_columns; ++c) {
      if (codes[c] < 0) continue;
      const float value =
          dropped ? dropout_factor(
                        random_uniform(at, static_cast<std::uint32_t>(codes[c])), ratio)
                  : 1.0f;
      add_input(codes[c], value);
    }
    if (data.numeric_inputs == 0) return;
    const bool by_input = task_.layout.layer(0).blocks.back().by_input;
    const int first = static_cast<int>(data.coded_inputs);
    if (by_input && data.lists()) {
      for (std::size_t e = data.start[row]; e < data.start[row + 1]; ++e) {
        float value = data.value[e];
        if (dropped) {
          value *= dropout_factor(
              random_uniform(at, static_cast<std::uint32_t>(first + data.index[e])),
              ratio);
        }
        add_input(first + data.index[e], value);
      }
      return;
    }
    const float* numbers = data.row_numbers(row, numbers_.data());
    if (dropped) {
      dropout_mask(task_.kernels, at, ratio, data.coded_inputs, data.numeric_inputs,
                   input_mask_.data());
    }
    const auto value_of = [&](std::size_t j) {
      return dropped ? numbers[j] * input_mask_[j] : numbers[j];
    };
    if (by_input) {
      for (std::size_t j = 0; j < data.numeric_inputs; ++j) {
        add_input(first + static_cast<int>(j), value_of(j));
      }
      return;
    }
    for (std::size_t j = 0; j < data.numeric_inputs; ++j) numbers_[j] = value_of(j);
    n_number_blocks_ = task_.kernels.active_blocks(
        numbers_.data(), nullptr, 0, numbers_.size(), number_blocks_.data());
  }

  // A zero is no input; written all the same, it is overwritten by the next.
  void add_input(int input, float value) {
    inputs_[n_inputs_] = input;
    input_values_[n_inputs_] = value;
    n_inputs_ += value != 0;
  }

  const float* velocity(const ReplicaState& replica, std::size_t offset) const {
    return task_.schedule.looks_ahead() ? replica.state1.data() + offset : nullptr;
  }

  void forward(const ReplicaState& replica, std::size_t row, std::uint32_t epoch) {
    const Kernels& k = task_.kernels;
    const float* const flat = replica.parameters.data();
    static constexpr int kFirst = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerLayout& layout = task_.layout.layer(l);
      LayerWorkspace& w = layers_[l];
      float* const z = w.z.data();
      const float* start = flat + layout.bias_offset;
      const float momentum = w.steps[0].scalars.momentum;
      if (const float* v = velocity(replica, layout.bias_offset)) {
        k.gather_rows(z, start, layout.slots, v, 0, &kFirst, &momentum, 1, nullptr, 0);
        start = z;
      }
      for (const WeightBlock& block : layout.blocks) {
        const float* const weights = flat + block.offset;
        const float* const v = velocity(replica, block.offset);
        if (block.by_input && l == 0) {
          k.gather_rows(z, start, layout.slots, weights, block.stride, inputs_.data(),
                        input_values_.data(), n_inputs_, v, momentum);
        } else if (block.by_input) {
          const LayerWorkspace& below = layers_[l - 1];
          k.gather_rows(z, start, layout.slots, weights, block.stride, below.used.data(),
                        below.used_activation.data(), below.n_used, v, momentum);
        } else if (l == 0) {
          k.dot_rows(z, start, weights, block.stride, block.rows, numbers_.data(),
                     number_blocks_.data(), n_number_blocks_, v, momentum);
        } else {
          const LayerWorkspace& below = layers_[l - 1];
          k.dot_rows(z, start, weights, block.stride, block.rows, below.activation.data(),
                     below.blocks.data(), below.n_blocks, v, momentum);
        }
        start = z;
      }
      if (task_.layout.shape().is_output(l)) return;
      activate_layer(l, row, epoch);
    }
  }

  void activate_layer(std::size_t l, std::size_t row, std::uint32_t epoch) {
    const Kernels& k = task_.kernels;
    const LayerLayout& layout = task_.layout.layer(l);
    LayerWorkspace& w = layers_[l];
    const float* mask = nullptr;
    if (!w.mask.empty()) {
      dropout_mask(
          k,
          {task_.options.seed, Purpose::kDropout, static_cast<std::uint32_t>(l + 1),
           epoch, static_cast<std::uint32_t>(row)},
          task_.options.hidden_dropout_ratios[l], 0, layout.units, w.mask.data());
      mask = w.mask.data();
    }
    const auto function = task_.layout.shape().activation == Activation::kTanh ? k.tanh
                          : layout.channels == 2                               ? k.maxout
                                                 : k.rectifier;
    function(w.z.data(), mask, w.activation.data(), w.derivative.data(),
             layout.unit_stride);
    if (task_.layout.layer(l + 1).blocks.front().by_input) {
      w.n_used =
          k.list_units(w.activation.data(), w.derivative.data(), layout.channels,
                       layout.unit_stride, w.used.data(), w.used_activation.data());
      // Padding has no activation, but tanh has a slope there, and Maxout a winner.
      const int units = static_cast<int>(layout.units);
      while (w.n_used > 0 && w.used[w.n_used - 1] >= units) --w.n_used;
    } else if (w.blocks.size() > 1) {  // a single one is always looked at
      w.n_blocks = k.active_blocks(w.activation.data(), w.derivative.data(),
                                   layout.channels, layout.unit_stride, w.blocks.data());
    }
  }

  void backward(ReplicaState& replica) {
    const Kernels& k = task_.kernels;
    const auto step_rows = k.step_rows[task_.schedule.rule()];
    LayerWorkspace& top = layers_.back();
    top.n_active = 0;
    for (std::size_t u = 0; u < task_.layout.shape().outputs; ++u) {
      top.active[top.n_active] = static_cast<int>(u);
      top.active_delta[top.n_active] = top.delta[u];
      top.n_active += top.delta[u] != 0;
    }
    for (std::size_t l = layers_.size(); l-- > 0;) {
      LayerWorkspace& w = layers_[l];
      const LayerLayout& layout = task_.layout.layer(l);
      if (w.delta_blocks.size() > 1) {
        w.n_delta_blocks = k.active_blocks(w.delta.data(), nullptr, 0, layout.slots,
                                           w.delta_blocks.data());
      }
      w.steps.front().n_bias_blocks = w.n_delta_blocks;
      for (std::size_t b = 0; b < w.steps.size(); ++b) {
        RowStep& s = w.steps[b];
        if (layout.blocks[b].by_input) {
          s.n_rows = l == 0 ? n_inputs_ : layers_[l - 1].n_used;
          s.n_blocks = w.n_delta_blocks;
        } else {
          s.n_rows = w.n_active;
          s.n_blocks = l == 0 ? n_number_blocks_ : layers_[l - 1].n_blocks;
        }
        step_rows(s);
      }
      if (limits_norms_) {
        limit_norms(task_.layout, l, replica.parameters.data(), task_.options.max_w2,
                    w.delta.data());
      }
      if (l == 0) return;
      LayerWorkspace& below = layers_[l - 1];
      const LayerLayout& under = task_.layout.layer(l - 1);
      if (layout.blocks.front().by_input) {
        for (std::size_t n = 0; n < below.n_used; ++n) {
          below.error[static_cast<std::size_t>(below.used[n])] = below.used_error[n];
        }
      }
      below.n_active = 0;
      for (std::size_t c = 0; c < under.channels; ++c) {
        const std::size_t at = c * under.unit_stride;
        below.n_active += k.list_errors(
            below.error.data(), below.derivative.data() + at, below.delta.data() + at,
            under.unit_stride, static_cast<int>(at), below.active.data() + below.n_active,
            below.active_delta.data() + below.n_active);
      }
    }
  }

  // Where the replica's weights and states lie, and which of our vectors go with them.
  void prepare_steps(ReplicaState& replica) {
    const auto at = [](FloatVector& v, std::size_t offset) {
      return v.empty() ? nullptr : v.data() + offset;
    };
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerLayout& layout = task_.layout.layer(l);
      LayerWorkspace& w = layers_[l];
      w.steps.clear();
      for (const WeightBlock& block : layout.blocks) {
        RowStep s{};
        s.weights = at(replica.parameters, block.offset);
        s.state1 = at(replica.state1, block.offset);
        s.state2 = at(replica.state2, block.offset);
        s.stride = block.stride;
        LayerWorkspace* const below = l == 0 ? nullptr : &layers_[l - 1];
        if (block.by_input) {
          s.rows = below ? below->used.data() : inputs_.data();
          s.scales = below ? below->used_activation.data() : input_values_.data();
          s.input = w.delta.data();
          s.blocks = w.delta_blocks.data();
          s.row_errors = below ? below->used_error.data() : nullptr;
        } else {
          s.rows = w.active.data();
          s.scales = w.active_delta.data();
          s.input = below ? below->activation.data() : numbers_.data();
          s.blocks = below ? below->blocks.data() : number_blocks_.data();
          s.column_errors = below ? below->error.data() : nullptr;
        }
        if (w.steps.empty()) {
          s.bias = at(replica.parameters, layout.bias_offset);
          s.bias_state1 = at(replica.state1, layout.bias_offset);
          s.bias_state2 = at(replica.state2, layout.bias_offset);
          s.bias_input = w.delta.data();
          s.bias_blocks = w.delta_blocks.data();
        }
        w.steps.push_back(s);
      }
    }
  }

  void mark_touched(ReplicaState& replica) const {
    for (std::size_t n = 0; n < n_inputs_; ++n) {
      const std::size_t i = static_cast<std::size_t>(inputs_[n]);
      if (i < replica.touched.size()) replica.touched[i] = 1;
    }
  }

  // Of the row just trained.
  void count_activity(ReplicaState& replica) const {
    const auto count = [](const FloatVector& v, std::uint64_t* lanes,
                          std::uint64_t* blocks) {
      for (std::size_t j = 0; j < v.size(); j += kLanes) {
        std::uint64_t here = 0;
        for (std::size_t i = 0; i < kLanes; ++i) here += v[j + i] != 0;
        *lanes += here;
        *blocks += here > 0;
      }
    };
    for (std::size_t l = 1; l < layers_.size(); ++l) {
      LayerActivity& a = replica.activity[l];
      ++a.rows;
      count(layers_[l - 1].activation, &a.inputs, &a.input_blocks);
      count(layers_[l].delta, &a.units, &a.unit_blocks);
    }
  }

  const Task task_;
  std::vector<LayerWorkspace> layers_;
  std::vector<int> inputs_;  // inputs read by index, with their values, n_inputs_ of them
  std::vector<float> input_values_;
  std::size_t n_inputs_ = 0;
  FloatVector numbers_;  // dense numbers of the row, padded
  std::vector<int> number_blocks_;
  std::size_t n_number_blocks_ = 0;
  FloatVector input_mask_;
  bool limits_norms_ = false;
};

}  // namespace

std::unique_ptr<Learner> make_row_learner(const Task& task) {
  return std::make_unique<RowLearner>(task);
}

}  // namespace feedforward

// Level 5, learning. Training row by row: forward, backward and update of one row,
// touching only what the row makes active.
//
// Forward of layer l, shapes in units:  z = b + W' a,  a_next = f(z) * mask.
// Backward:  error = W delta (before the step),  delta_prev = error * f'(z) * mask.
// The gradient of weight (i, u) is a[i] * delta[u]; where either is 0 nothing moves.
#include <algorithm>

#include "formulas/dropout.h"
#include "learning/learner.h"
#include "learning/output_gradient.h"
#include "learning/row_inputs.h"

namespace feedforward {
namespace {

// Of rows whose activity counts, one in eight is counted.
constexpr std::size_t kRowsPerCount = 8;

// A weight matrix of the replica in training, and what rows bring to it.
struct MatrixWorkspace {
  const WeightMatrix* matrix;
  SteppedWeights weights;
  RowGradient gradient;
};

struct LayerWorkspace {
  LayerWorkspace(const LayerLayout& layout, bool has_mask)
      : z(layout.slots),
        derivative(layout.slots),
        mask(has_mask ? layout.unit_stride : 0),
        activation(layout.unit_stride, layout.unit_stride + kLanes),
        error(layout.unit_stride),
        listed_error(layout.unit_stride + kLanes),
        delta(layout.slots, layout.slots + kLanes) {}

  FloatVector z, derivative;  // slots
  FloatVector mask;           // units; empty without dropout
  // What the layer above reads: units that are active or can carry an error.
  Signal activation;
  // What the layer above sends down: for all units, or for those listed.
  FloatVector error, listed_error;
  Signal delta;  // slots
  StepScalars scalars, bias_scalars;
  SteppedWeights biases;
  std::vector<MatrixWorkspace> matrices;
};

class RowLearner : public Learner {
 public:
  explicit RowLearner(const Setting& setting)
      : setting_(setting),
        activate_(setting.kernels.activation_kernel(setting.layout.shape().activation)),
        limits_norms_(limits_norms(setting.options)),
        output_gradient_(setting),
        inputs_(setting) {
    const Shape& shape = setting.layout.shape();
    for (std::size_t l = 0; l < setting.layout.layers(); ++l) {
      const bool has_mask =
          !shape.is_output(l) && setting.options.hidden_dropout_ratios[l] > 0;
      layers_.emplace_back(setting.layout.layer(l), has_mask);
    }
  }

  bool train(ReplicaState& replica, const std::uint32_t* rows, std::size_t count,
             std::uint32_t epoch, double samples, Executor&) override {
    const bool constant = setting_.schedule.constant();
    prepare(replica);
    update_scalars(samples);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + kRowsAhead < count) {
        setting_.rows.prefetch(rows[i + kRowsAhead]);
        setting_.targets.prefetch(rows[i + kRowsAhead]);
      }
      if (!constant) update_scalars(samples + static_cast<double>(i));
      inputs_.read(rows[i], epoch);
      forward(rows[i], epoch);
      LayerWorkspace& top = layers_.back();
      if (!output_gradient_(rows[i], top.z.data(), top.delta.values.data(), 1.0f)) {
        return false;
      }
      list_output_errors();
      backward(replica);
      ++replica.steps;
      if (!replica.activity.empty() && i % kRowsPerCount == 0) count_activity(replica);
      if (!replica.touched.empty()) mark_touched(replica);
    }
    return true;
  }

 private:
  // Where the replica's weights lie, and which of our vectors go with them.
  void prepare(ReplicaState& replica) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerLayout& layout = setting_.layout.layer(l);
      LayerWorkspace& w = layers_[l];
      LayerWorkspace* const under = l == 0 ? nullptr : &layers_[l - 1];
      w.biases = replica.at(layout.bias_offset);
      w.matrices.clear();
      for (const WeightMatrix& matrix : layout.matrices) {
        RowGradient gradient{};
        if (matrix.by_input) {
          gradient.rows = &below(l).listed;
          gradient.columns = &w.delta.blocked;
          gradient.row_errors = under ? under->listed_error.data() : nullptr;
        } else {
          gradient.rows = &w.delta.listed;
          gradient.columns = &below(l).blocked;
          gradient.column_errors = under ? under->error.data() : nullptr;
        }
        w.matrices.push_back({&matrix, replica.at(matrix.offset), gradient});
      }
    }
  }

  void update_scalars(double samples) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      layers_[l].scalars = setting_.schedule.scalars(l, samples, 1);
      layers_[l].bias_scalars = layers_[l].scalars.of_biases();
    }
  }

  // What enters layer l.
  const Signal& below(std::size_t l) const {
    return l == 0 ? inputs_.signal() : layers_[l - 1].activation;
  }

  void forward(std::size_t row, std::uint32_t epoch) {
    const Kernels& k = setting_.kernels;
    const bool looks_ahead = setting_.rule.looks_ahead;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerLayout& layout = setting_.layout.layer(l);
      LayerWorkspace& w = layers_[l];
      const Signal& a = below(l);
      float* const z = w.z.data();
      const float momentum = w.scalars.momentum;
      const float* start = w.biases.weights;
      if (looks_ahead) {
        k.add_scaled(start, momentum, w.biases.state1, z, layout.slots);
        start = z;
      }
      for (const MatrixWorkspace& m : w.matrices) {
        const float* const weights = m.weights.weights;
        const float* const velocity = looks_ahead ? m.weights.state1 : nullptr;
        if (m.matrix->by_input) {
          k.gather_rows(z, start, layout.slots, weights, m.matrix->stride, a.listed,
                        velocity, momentum);
        } else {
          k.dot_rows(z, start, weights, m.matrix->stride, m.matrix->rows, a.blocked,
                     velocity, momentum);
        }
        start = z;
      }
      if (setting_.layout.shape().is_output(l)) return;
      activate_layer(l, row, epoch);
    }
  }

  void activate_layer(std::size_t l, std::size_t row, std::uint32_t epoch) {
    const Kernels& k = setting_.kernels;
    const Options& o = setting_.options;
    const LayerLayout& layout = setting_.layout.layer(l);
    LayerWorkspace& w = layers_[l];
    Signal& a = w.activation;
    if (!w.mask.empty()) {
      const RandomAddress at{o.seed, Purpose::kDropout, static_cast<std::uint32_t>(l + 1),
                             epoch, static_cast<std::uint32_t>(row)};
      dropout_mask(k, at, o.hidden_dropout_ratios[l], 0, layout.units, w.mask.data());
    }
    activate_(w.z.data(), w.mask.empty() ? nullptr : w.mask.data(), a.values.data(),
              w.derivative.data(), layout.unit_stride);
    if (setting_.layout.layer(l + 1).matrices.front().by_input) {
      std::size_t n =
          k.list_units(a.values.data(), w.derivative.data(), layout.channels,
                       layout.unit_stride, a.listed_index.data(), a.listed_values.data());
      // Padding has no activation, but tanh has a slope there, and Maxout a winner.
      const int units = static_cast<int>(layout.units);
      while (n > 0 && a.listed_index[n - 1] >= units) --n;
      a.listed.n = n;
    } else if (a.blocks.size() > 1) {
      a.blocked.n_blocks =
          k.active_blocks(a.values.data(), w.derivative.data(), layout.channels,
                          layout.unit_stride, a.blocks.data());
    }
  }

  void list_output_errors() {
    Signal& delta = layers_.back().delta;
    std::size_t n = 0;
    for (std::size_t u = 0; u < setting_.layout.shape().outputs; ++u) {
      delta.listed_index[n] = static_cast<int>(u);
      delta.listed_values[n] = delta.values[u];
      n += delta.values[u] != 0;
    }
    delta.listed.n = n;
  }

  void backward(ReplicaState& replica) {
    for (std::size_t l = layers_.size(); l-- > 0;) {
      step_layer(replica, l);
      if (limits_norms_) {
        limit_norms(setting_.layout, l, replica.parameters.data(),
                    setting_.options.max_w2, layers_[l].delta.values.data());
      }
      if (l > 0) pass_errors(l - 1);
    }
  }

  // Steps layer l, and leaves the errors of the layer below.
  void step_layer(ReplicaState& replica, std::size_t l) {
    LayerWorkspace& w = layers_[l];
    const std::size_t slots = w.delta.values.size();
    if (w.delta.blocks.size() > 1) {
      w.delta.blocked.n_blocks = setting_.kernels.active_blocks(
          w.delta.values.data(), nullptr, 0, slots, w.delta.blocks.data());
    }
    if (setting_.bias_rule.asks_inputs) w.bias_scalars.input_square = input_square(l);
    const float* bias_gradient = w.delta.values.data();
    if (!replica.mean_activation.empty() && l + 1 < layers_.size()) {
      bias_gradient_.assign(bias_gradient, bias_gradient + slots);
      apply_sparsity(setting_.options, setting_.layout.layer(l),
                     w.activation.values.data(), 1, true,
                     replica.mean_activation.data() + units_before(setting_.layout, l),
                     bias_gradient_.data());
      bias_gradient = bias_gradient_.data();
    }
    setting_.bias_rule.gradient_step(w.biases, bias_gradient, slots, true,
                                     w.bias_scalars);
    for (const MatrixWorkspace& m : w.matrices) {
      setting_.rule.backward_step(m.weights, m.matrix->stride, m.gradient, w.scalars);
    }
  }

  // The mean square of what enters layer l.
  float input_square(std::size_t l) const {
    const FloatVector& a = below(l).values;
    const double sum = l == 0 ? inputs_.sum_of_squares()
                              : setting_.kernels.sum_of_squares(a.data(), a.size());
    return static_cast<float>(sum / static_cast<double>(setting_.layout.layer(l).inputs));
  }

  // The errors of layer l's units become its deltas.
  void pass_errors(std::size_t l) {
    const LayerLayout& layout = setting_.layout.layer(l);
    LayerWorkspace& w = layers_[l];
    if (setting_.layout.layer(l + 1).matrices.front().by_input) {
      const ListedVector& units = w.activation.listed;
      for (std::size_t i = 0; i < units.n; ++i) {
        w.error[static_cast<std::size_t>(units.index[i])] = w.listed_error[i];
      }
    }
    std::size_t n = 0;
    for (std::size_t c = 0; c < layout.channels; ++c) {
      const std::size_t at = c * layout.unit_stride;
      n += setting_.kernels.list_errors(
          w.error.data(), w.derivative.data() + at, w.delta.values.data() + at,
          layout.unit_stride, static_cast<int>(at), w.delta.listed_index.data() + n,
          w.delta.listed_values.data() + n);
    }
    w.delta.listed.n = n;
  }

  void mark_touched(ReplicaState& replica) const {
    const ListedVector& listed = inputs_.signal().listed;
    for (std::size_t n = 0; n < listed.n; ++n) {
      const std::size_t i = static_cast<std::size_t>(listed.index[n]);
      if (i < replica.touched.size()) replica.touched[i] = 1;
    }
  }

  // Of the row just trained.
  void count_activity(ReplicaState& replica) const {
    for (std::size_t l = 1; l < layers_.size(); ++l) {
      replica.activity[l].count(below(l).values, layers_[l].delta.values);
    }
  }

  const Setting setting_;
  const ActivationKernel activate_;
  const bool limits_norms_;
  OutputGradient output_gradient_;
  FloatVector bias_gradient_;  // with what sparsity adds
  RowInputs inputs_;
  std::vector<LayerWorkspace> layers_;
};

}  // namespace

std::unique_ptr<Learner> make_row_learner(const Setting& setting) {
  return std::make_unique<RowLearner>(setting);
}

}  // namespace feedforward

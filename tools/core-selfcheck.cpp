// Proof that the core stands alone: trains and predicts without R, on its own threads,
// and checks what must hold. `make core` builds it plainly, `make sanitize` under
// sanitizers.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "kernels/kernels.h"
#include "learning/layout_turning.h"
#include "learning/optimizer.h"
#include "network/initializer.h"
#include "network/plain_network.h"
#include "runs/predictor.h"
#include "runs/trainer.h"

using namespace feedforward;

namespace {

class ThreadExecutor : public Executor {
 public:
  explicit ThreadExecutor(std::size_t n) : n_(n) {}
  std::size_t width() const override { return n_; }
  void run(std::size_t n_tasks, const std::function<void(std::size_t)>& task) override {
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < n_; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = t; i < n_tasks; i += n_) task(i);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  std::size_t n_;
};

int failures = 0;

void check(bool holds, const char* what) {
  if (holds) return;
  std::printf("FAILED: %s\n", what);
  ++failures;
}

constexpr std::size_t kRows = 300, kLevels = 6, kNumbers = 3, kClasses = 3;

std::shared_ptr<Rows> make_rows() {
  auto rows = std::make_shared<Rows>();
  rows->n = kRows;
  rows->coded_columns = 1;
  rows->coded_inputs = kLevels;
  rows->numeric_inputs = kNumbers;
  for (std::size_t i = 0; i < kRows; ++i) {
    rows->codes.push_back(static_cast<std::int32_t>((i * 7) % kLevels));
    for (std::size_t j = 0; j < kNumbers; ++j) {
      rows->numbers.push_back(std::sin(static_cast<float>(i * (j + 2))));
    }
  }
  return rows;
}

Targets make_targets(const Rows& rows) {
  Targets targets;
  for (std::size_t i = 0; i < kRows; ++i) {
    const float s = rows.numbers[i * kNumbers] + 0.3f * static_cast<float>(rows.codes[i]);
    targets.classes.push_back(s < 0.4f ? 0 : (s < 1.0f ? 1 : 2));
  }
  return targets;
}

Options make_options(OptimizerKind optimizer, std::size_t mini_batch,
                     std::size_t replicas, std::size_t hidden_layers) {
  Options o{};
  o.loss = {Loss::kCrossEntropy, 0.5, 1.5, 1.0};
  o.optimizer = optimizer;
  o.rate = optimizer == OptimizerKind::kAdagrad ? 0.1 : 0.005;
  o.rate_decay = 1;
  o.momentum_start = o.momentum_stable = 0.5;
  o.nesterov_accelerated_gradient = true;
  o.rho = 0.99;
  o.epsilon = 1e-8;
  o.beta1 = 0.9;
  o.beta2 = 0.999;
  o.max_w2 = 3.4028235e38;
  o.fast_mode = true;
  o.mini_batch_size = mini_batch;
  o.replicas = replicas;
  o.averaging_interval = mini_batch > 10 ? mini_batch : 10;
  o.hidden_dropout_ratios.assign(hidden_layers, 0.0);
  o.shuffle_training_data = true;
  o.seed = 42;
  o.epochs = 30;
  o.initial_weight_distribution = WeightDistribution::kUniformAdaptive;
  o.initial_weight_scale = 1;
  o.kernels = "auto";
  return o;
}

std::vector<double> outputs_of(const Trainer& trainer, const Rows& rows,
                               Executor& executor) {
  std::vector<double> out(kRows * kClasses);
  Monitor monitor;
  Predictor(trainer.shape(), trainer.weights(), "auto")
      .predict(rows, nullptr, kRows, out.data(), executor, monitor);
  return out;
}

void train_and_check(Activation activation, OptimizerKind optimizer,
                     std::size_t mini_batch, std::size_t replicas) {
  const auto rows = make_rows();
  const Targets targets = make_targets(*rows);
  const Shape shape{kLevels, kNumbers, {12, 7}, activation, kClasses, Output::kSoftmax};
  const Options options = make_options(optimizer, mini_batch, replicas, 2);
  const PlainParameters initial =
      initial_parameters(shape, options, optimizer_of(options.optimizer).start);
  Monitor monitor;

  std::vector<std::vector<double>> results;
  for (std::size_t threads : {1, 3}) {
    ThreadExecutor executor(threads);
    Trainer trainer(rows, targets, shape, options, initial);
    const RunReport report = trainer.run(kRows * 30, executor, monitor);
    check(report.status == RunStatus::kDone && report.rows == kRows * 30, "a whole run");
    results.push_back(outputs_of(trainer, *rows, executor));
  }
  check(results[0] == results[1], "the same bits on one thread and on three");

  std::size_t right = 0;
  for (std::size_t i = 0; i < kRows; ++i) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < kClasses; ++k) {
      if (results[0][k * kRows + i] > results[0][best * kRows + i]) best = k;
    }
    right += best == static_cast<std::size_t>(targets.classes[i]);
  }
  check(right > kRows * 8 / 10, "the task is learned");

  // 15 + 15 epochs through a saved state are 30.
  Executor alone;
  Options half = options;
  half.epochs = 15;
  Trainer first(rows, targets, shape, half, initial);
  first.run(kRows * 15, alone, monitor);
  Trainer second(rows, targets, shape, options, initial);
  second.set_state(first.state());
  second.run(kRows * 15, alone, monitor);
  check(outputs_of(second, *rows, alone) == results[0], "15 + 15 epochs are 30");
}

// Layers that lie by input are trained like those that lie by unit, up to rounding.
void turn_and_check(Activation activation, OptimizerKind optimizer,
                    std::size_t replicas) {
  const auto rows = make_rows();
  const Targets targets = make_targets(*rows);
  const Shape shape{kLevels, kNumbers, {40, 25}, activation, kClasses, Output::kSoftmax};
  Options options = make_options(optimizer, 1, replicas, 2);
  options.epochs = 1;
  const PlainParameters initial =
      initial_parameters(shape, options, optimizer_of(options.optimizer).start);
  Executor alone;
  Monitor monitor;
  std::vector<std::vector<double>> results;
  for (int by_input : {0, 1}) {
    Trainer trainer(rows, targets, shape, options, initial);
    TrainerState state = trainer.state();
    state.by_input = {1, by_input, by_input};
    trainer.set_state(state);
    trainer.set_weights(initial);
    trainer.run(kRows, alone, monitor);
    results.push_back(outputs_of(trainer, *rows, alone));
  }
  double gap = 0;
  for (std::size_t i = 0; i < results[0].size(); ++i) {
    gap = std::fmax(gap, std::fabs(results[0][i] - results[1][i]));
  }
  check(gap < 1e-3, "turned layers train alike");
}

// At any moment of a run, turning a layer changes the rows to come by rounding alone. Few
// units are active, often none, as dropout and penalties leave few.
void turn_midway_and_check(Activation activation, OptimizerKind optimizer) {
  const auto rows = make_rows();
  const Targets targets = make_targets(*rows);
  const Shape shape{kLevels, kNumbers, {40, 25}, activation, kClasses, Output::kSoftmax};
  Options options = make_options(optimizer, 1, 1, 2);
  options.epochs = 13;  // fewer rows than layers turn after by themselves
  options.input_dropout_ratio = 0.2;
  options.hidden_dropout_ratios = {0.3, 0.8};
  options.momentum_start = options.momentum_stable = 0.9;
  options.l1 = options.l2 = 1e-4;
  const PlainParameters initial =
      initial_parameters(shape, options, optimizer_of(options.optimizer).start);
  Executor alone;
  Monitor monitor;
  Trainer trainer(rows, targets, shape, options, initial),
      turned(rows, targets, shape, options, initial);
  double worst = 0;
  for (std::size_t done = 0; done < 13 * kRows; done += 10) {
    TrainerState state = trainer.state();
    Layout layout(shape, Layout::For::kRows, false);
    for (std::size_t l : {1, 2}) {
      turn_layer(&layout, l, find_kernels("auto"),
                 {&state.parameters[0], &state.state1[0], &state.state2[0]});
      state.by_input[l] = layout.layer(l).matrices.front().by_input;
    }
    turned.set_state(state);
    trainer.run(10, alone, monitor);
    turned.run(10, alone, monitor);
    const PlainParameters a = trainer.weights(), b = turned.weights();
    for (std::size_t l = 0; l < 3; ++l) {
      for (std::size_t i = 0; i < a.weights[l].size(); ++i) {
        worst = std::fmax(worst, std::fabs(a.weights[l][i] - b.weights[l][i]));
      }
    }
  }
  check(worst < 1e-4, "a layer turned midway trains alike");
}

// The two kernels of a rule agree: a row's gradient, an outer product, stepped in one
// pass with the errors or as a block of gradients. States beyond those it keeps are null.
void step_and_check(const RuleKernels& rule, float penalty) {
  constexpr std::size_t kUnits = 5, kStride = 2 * kLanes;
  const auto filled = [](std::size_t n, float phase) {
    FloatVector v(n);
    for (std::size_t i = 0; i < n; ++i) {
      v[i] = i % 3 == 0 ? 0 : std::sin(static_cast<float>(i) + phase);
    }
    return v;
  };
  const int index[] = {0, 1, 4}, blocks[] = {0, kLanes};
  const FloatVector deltas = filled(3, 0.5f), inputs = filled(kStride, 0.2f);
  FloatVector gradient(kUnits * kStride);
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t j = 0; j < kStride; ++j) {
      gradient[static_cast<std::size_t>(index[r]) * kStride + j] = deltas[r] * inputs[j];
    }
  }
  ReplicaState by_row;
  by_row.parameters = filled(gradient.size(), 0.1f);
  by_row.state1.resize(rule.states > 0 ? gradient.size() : 0);
  by_row.state2.resize(rule.states > 1 ? gradient.size() : 0);
  ReplicaState by_gradient = by_row;
  StepScalars scalars;
  scalars.rate = 0.1f;
  scalars.momentum = 0.5f;
  scalars.rho = scalars.beta1 = 0.9f;
  scalars.beta2 = 0.99f;
  scalars.epsilon = 1e-6f;
  scalars.weight_decay = 0.01f;
  scalars.l1 = scalars.l2 = penalty;
  const ListedVector rows{index, deltas.data(), 3};
  const BlockedVector columns{inputs.data(), blocks, 2};
  FloatVector errors(kStride);
  for (int step = 0; step < 4; ++step) {
    const RowGradient row{&rows, &columns, nullptr, step % 2 ? errors.data() : nullptr};
    rule.backward_step(by_row.at(0), kStride, row, scalars);
    rule.gradient_step(by_gradient.at(0), gradient.data(), gradient.size(), true,
                       scalars);
  }
  check(by_row.parameters == by_gradient.parameters &&
            by_row.state1 == by_gradient.state1 && by_row.state2 == by_gradient.state2,
        "a row's step is that of its gradient");
  check(by_row.parameters != filled(gradient.size(), 0.1f), "a rule steps");
}

}  // namespace

int main() {
  for (const std::string& name : kernel_names()) {
    for (const RuleKernels& rule : find_kernels(name).rules) {
      for (float penalty : {0.0f, 1e-3f}) step_and_check(rule, penalty);
    }
  }
  for (const Optimizer& o : optimizers()) {
    check(&optimizer_of(o.kind) == &o, "one record per optimizer");
    train_and_check(Activation::kRectifier, o.kind, 16, 2);
    train_and_check(Activation::kRectifier, o.kind, 1, 1);
  }
  for (Activation activation :
       {Activation::kTanh, Activation::kRectifier, Activation::kMaxout}) {
    train_and_check(activation, OptimizerKind::kAdadelta, 1, 1);
    train_and_check(activation, OptimizerKind::kAdadelta, 1, 4);
    train_and_check(activation, OptimizerKind::kSgd, 1, 1);
    turn_and_check(activation, OptimizerKind::kAdadelta, 1);
    turn_and_check(activation, OptimizerKind::kSgd, 3);
    turn_midway_and_check(activation, OptimizerKind::kAdadelta);
    turn_midway_and_check(activation, OptimizerKind::kSgd);
    train_and_check(activation, OptimizerKind::kAdam, 16, 1);
    train_and_check(activation, OptimizerKind::kAdam, 16, 2);
  }
  std::printf("core: %s\n", failures == 0 ? "all checks hold" : "checks failed");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

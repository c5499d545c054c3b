// Proof that the core stands alone: trains and predicts without R, on its own threads,
// and checks what must hold. `make core` builds it plainly, `make sanitize` under
// sanitizers.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "data/number_facts.h"
#include "data/row_order.h"
#include "data/rows_builder.h"
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

Options make_options(const std::string& optimizer, std::size_t mini_batch,
                     std::size_t replicas, std::size_t hidden_layers) {
  Options o{};
  o.loss = {Loss::kCrossEntropy, 0.5, 1.5, 1.0};
  o.optimizer = optimizer;
  o.rate = optimizer == "adagrad" ? 0.1 : 0.005;
  o.rate_decay = 1;
  o.momentum_start = o.momentum_stable = 0.5;
  o.nesterov_accelerated_gradient = true;
  o.rho = 0.99;
  o.epsilon = 1e-8;
  o.beta1 = 0.9;
  o.beta2 = 0.999;
  o.max_w2 = 3.4028235e38;
  o.weight_averaging_share = 0.05;
  o.fast_mode = true;
  o.mini_batch_size = mini_batch;
  o.replicas = replicas;
  o.averaging_interval = mini_batch > 10 ? mini_batch : 10;
  o.hidden_dropout_ratios.assign(hidden_layers, 0.0);
  o.elastic_averaging_moving_rate = o.elastic_averaging_regularization = 0.5;
  o.sparsity_beta = o.average_activation = 0;
  o.shuffle_training_data = true;
  o.seed = o.order_seed = 42;
  o.parts = 1;
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
      .predict(rows, nullptr, kRows, {}, out.data(), executor, monitor);
  return out;
}

void train_and_check(Activation activation, const std::string& optimizer,
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
  const TrainerState state = first.state();
  second.set_state(state);
  second.run(kRows * 15, alone, monitor);
  check(outputs_of(second, *rows, alone) == results[0], "15 + 15 epochs are 30");
  // And once more, with a trainer that has been elsewhere.
  TrainerState damaged = state;
  damaged.replicas.back().parameters.weights[1].pop_back();
  bool refused = false;
  try {
    second.set_state(damaged);
  } catch (const std::invalid_argument&) {
    refused = true;
  }
  check(refused && outputs_of(second, *rows, alone) == results[0],
        "a state that does not fit changes nothing");
  second.set_state(state);
  second.run(kRows * 15, alone, monitor);
  check(outputs_of(second, *rows, alone) == results[0], "a trainer can be put back");
}

// Rounds tile each epoch and blocks each round, whatever the quotas; where layers may
// turn does not depend on these.
void plan_and_check(std::size_t n, std::size_t mini_batch, std::size_t replicas) {
  Options options = make_options("adadelta", mini_batch, replicas, 0);
  options.epochs = 3.3;
  const RoundPlan plan(options, n, 4000);
  std::vector<std::vector<std::uint64_t>> turns;
  for (std::size_t enough : {std::size_t{1}, std::size_t{25}, plan.slice}) {
    turns.emplace_back();
    std::uint64_t samples = 0;
    while (samples < plan.total) {
      const Round round = plan.next(samples, enough);
      check(round.epoch == samples / n && round.first == samples % n && round.rows > 0 &&
                round.first + round.rows <= n,
            "a round is a stretch of its epoch");
      std::size_t covered = 0, trained = 0;
      for (std::size_t r = 0; r < replicas; ++r) {
        check(round.begin(r) == covered, "blocks follow one another");
        covered = round.end(r);
      }
      check(covered == round.rows, "blocks make the round");
      for (std::size_t done = 0; done < round.block;) {
        const std::size_t to = plan.part_end(round, done);
        check(to > done && to <= round.block, "a part goes on");
        trained += round.trained(to) - round.trained(done);
        done = to;
      }
      check(trained == round.rows, "parts make the round");
      if (plan.may_turn(samples, round.rows)) {
        turns.back().insert(turns.back().end(), {samples, round.rows});
      }
      samples += round.rows;
    }
    check(samples == plan.total, "rounds make the run");
  }
  check(turns[0] == turns[1] && turns[1] == turns[2], "quotas move no turn");
  check(turns[0].empty() == (mini_batch > 1 || plan.total < 4096), "layers may turn");
}

// Layers that lie by input are trained like those that lie by unit, up to rounding.
void turn_and_check(Activation activation, const std::string& optimizer,
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
  for (bool turned : {false, true}) {
    Trainer trainer(rows, targets, shape, options, initial);
    TrainerState state = trainer.state();
    state.turned = {false, turned, turned};
    trainer.set_state(state);
    trainer.run(kRows, alone, monitor);
    check(trainer.state().turned == state.turned, "the hint is taken, and lasts");
    results.push_back(outputs_of(trainer, *rows, alone));
  }
  check(results[0] != results[1], "turned layers round otherwise");
  double gap = 0;
  for (std::size_t i = 0; i < results[0].size(); ++i) {
    gap = std::fmax(gap, std::fabs(results[0][i] - results[1][i]));
  }
  check(gap < 1e-3, "turned layers train alike");
}

// At any moment of a run, turning a layer changes the rows to come by rounding alone. Few
// units are active, often none, as dropout and penalties leave few.
void turn_midway_and_check(Activation activation, const std::string& optimizer) {
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
    state.turned = {false, true, true};
    turned.set_state(state);
    trainer.run(10, alone, monitor);
    turned.run(10, alone, monitor);
    check(turned.state().turned == state.turned, "layers stay as the hint has put them");
    const PlainParameters a = trainer.weights(), b = turned.weights();
    for (std::size_t l = 0; l < 3; ++l) {
      for (std::size_t i = 0; i < a.weights[l].size(); ++i) {
        worst = std::fmax(worst, std::fabs(a.weights[l][i] - b.weights[l][i]));
      }
    }
  }
  check(worst < 1e-4, "a layer turned midway trains alike");
}

template <class T>
View<T> view(const std::vector<T>& values) {
  return {values.data(), values.size()};
}

template <class Call>
bool refused(const Call& call) {
  try {
    call();
  } catch (const std::invalid_argument&) {
    return true;
  }
  return false;
}

// Rows of columns that are told by hand: codes with a missing one, whole numbers and
// doubles with missing ones, in their order and picked.
void build_and_check() {
  Executor alone;
  const double nan = std::nan("");
  const std::vector<int> codes{2, kMissing, 1, 3}, counts{4, 0, kMissing, -2};
  const std::vector<double> numbers{9, 9, nan, 1, 0, 2.5};  // the column begins at [2]
  const std::vector<PlannedColumn> columns{
      {view(counts), NumberPlan{0, 0.5, 6}},
      {view(codes), CodesPlan{{-1, 0, 1}, 2}},
      {view(numbers).after(2), NumberPlan{1, 2, 1.5}}};
  Rows rows = build_rows(columns, 4, nullptr, true, alone);
  check(rows.n == 4 && rows.coded_inputs == 3 && !rows.sparse, "the form of rows");
  check(rows.codes == UnsetVector<std::int32_t>{0, 2, -1, 1}, "codes to inputs");
  check(rows.numbers == UnsetVector<float>{2, 1, 0, 0, 3, -2, -1, 3}, "numbers scaled");
  const std::vector<std::size_t> picked{3, 0, 3}, beyond{4};
  rows = build_rows(columns, 4, &picked, false, alone);
  check(rows.codes == UnsetVector<std::int32_t>{1, 0, 1} &&
            rows.numbers == UnsetVector<float>{-1, 3, 2, 1, -1, 3},
        "rows picked, one of them twice");
  rows = build_rows({columns[0]}, 4, nullptr, true, alone);
  check(rows.lists() && rows.start == std::vector<std::size_t>{0, 1, 1, 2, 3} &&
            rows.value == std::vector<float>{2, 3, -1},
        "numbers that are not zero");

  check(refused([&] { build_rows(columns, 5, nullptr, false, alone); }),
        "a short column");
  check(refused([&] { build_rows(columns, 4, &beyond, false, alone); }),
        "a row beyond the end");
  check(refused([&] {
          build_rows({{view(codes), CodesPlan{{0, 1}, 2}}}, 4, nullptr, false, alone);
        }),
        "a code beyond the map");
  check(refused([&] {
          build_rows({{view(codes), CodesPlan{{0, 1, 3}, 2}}}, 4, nullptr, false, alone);
        }),
        "an input beyond the column");

  const NumberRange range = ranges_of({view(counts)}, 4, alone)[0];
  check(range.low == -2 && range.high == 4 && range.missing == 1 && range.infinite == 0,
        "range of a column");
  // (x + 2) / 8 is .75, .25 and 0.
  const NumberSums sums = sums_of({view(counts)}, 4, {{-2, 3, 0}}, {}, false, alone)[0];
  check(sums.values.coarse == static_cast<std::int64_t>(8. / 8 * 67108864) &&
            sums.values.fine == 0 && sums.weights.coarse == 0,
        "sums of a column");
}

//   . 5
//   N .    three rows, two columns, N missing
//   1 3
void build_sparse_and_check() {
  const std::vector<int> p{0, 2, 4}, i{1, 2, 0, 2};
  const std::vector<double> x{std::nan(""), 1, 5, 3};
  SparseColumns matrix{3, 2, view(i), view(p), view(x)};
  Rows rows = build_rows(matrix, {{0, 0}, {1, 2}, {7, 0}}, 3, nullptr);
  check(rows.lists() && rows.start == std::vector<std::size_t>{0, 1, 2, 4} &&
            rows.index == std::vector<std::int32_t>{1, 0, 0, 1} &&
            rows.value == std::vector<float>{10, 7, 1, 6},
        "a sparse matrix by rows");
  const std::vector<std::size_t> picked{2, 0, 2};
  rows = build_rows(matrix, {{0, 1}, {1, 2}, {7, 0}}, 3, &picked);
  check(rows.background == std::vector<float>{0, -2} &&
            rows.index == std::vector<std::int32_t>{0, 1, 1, 0, 1} &&
            rows.value == std::vector<float>{1, 4, 8, 1, 4},
        "its rows picked, its zeros centred");

  const SparsePlan sound{{0, 0}, {1, 1}, {0, 0}}, one_impute{{0, 0}, {1, 1}, {0}};
  check(refused([&] { build_rows(matrix, one_impute, 3, nullptr); }), "a short plan");
  check(refused([&] { build_rows(matrix, sound, 4, nullptr); }), "a row too many");
  matrix.rows = 2;
  check(refused([&] { build_rows(matrix, sound, 2, nullptr); }), "an entry beyond rows");
  matrix = {3, 2, view(i), view(p).after(1), view(x)};
  check(refused([&] { build_rows(matrix, sound, 3, nullptr); }), "too few pointers");
}

// The two kernels of a rule agree: a row's gradient, an outer product, stepped in one
// pass with the errors or as a block of gradients. States beyond those it keeps are
// null.
// The parts of an epoch's order are all of it, each position once.
void part_and_check(bool shuffled) {
  RowOrder whole(7, shuffled, 100);
  for (std::uint32_t epoch : {0u, 1u, 5u}) {
    const std::vector<std::uint32_t> order = whole.of(epoch);
    for (std::size_t parts : {2, 3, 100}) {
      for (std::size_t part = 0; part < parts; ++part) {
        const RowPart own{part, parts};
        RowOrder shard(7, shuffled, 100, own);
        const std::vector<std::uint32_t>& rows = shard.of(epoch);
        check(rows.size() == own.rows_of(100), "rows of a part");
        for (std::size_t i = 0; i < rows.size(); ++i) {
          check(rows[i] == order[part + i * parts], "the order of a part");
        }
      }
    }
  }
}

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
  build_and_check();
  build_sparse_and_check();
  part_and_check(true);
  part_and_check(false);

  for (const std::string& name : kernel_names()) {
    for (const RuleKernels& rule : find_kernels(name).rules) {
      for (float penalty : {0.0f, 1e-3f}) step_and_check(rule, penalty);
    }
  }
  for (const Optimizer& o : optimizers()) {
    check(&optimizer_of(o.name) == &o, "one record per optimizer");
    train_and_check(Activation::kRectifier, o.name, 16, 2);
    train_and_check(Activation::kRectifier, o.name, 1, 1);
  }
  for (std::size_t replicas : {1, 3, 8}) {
    for (std::size_t mini_batch : {1, 16}) {
      for (std::size_t n : {1, 7, 300, 5000}) plan_and_check(n, mini_batch, replicas);
    }
  }
  for (Activation activation :
       {Activation::kTanh, Activation::kRectifier, Activation::kMaxout}) {
    train_and_check(activation, "adadelta", 1, 1);
    train_and_check(activation, "adadelta", 1, 4);
    train_and_check(activation, "sgd", 1, 1);
    turn_and_check(activation, "adadelta", 1);
    turn_and_check(activation, "sgd", 3);
    turn_midway_and_check(activation, "adadelta");
    turn_midway_and_check(activation, "sgd");
    train_and_check(activation, "adam", 16, 1);
    train_and_check(activation, "adam", 16, 2);
  }
  std::printf("core: %s\n", failures == 0 ? "all checks hold" : "checks failed");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

// Prediction without R: microseconds for one row and rows per second for many, on one
// thread, by a network of 650 one-hot inputs in 6 factors, 2 numbers, 200-200, 2 classes.
// predict.R compiles it with the sources of src/core as the package does.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "runs/predictor.h"
#include "data/rows.h"

using namespace feedforward;

namespace {

constexpr std::size_t kFactors = 6, kCoded = 650, kNumbers = 2;

Rows make_rows(std::size_t n) {
  Rows rows;
  rows.n = n;
  rows.coded_columns = kFactors;
  rows.coded_inputs = kCoded;
  rows.numeric_inputs = kNumbers;
  const std::size_t levels = kCoded / kFactors;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t f = 0; f < kFactors; ++f) {
      rows.codes.push_back(
          static_cast<std::int32_t>(f * levels + (i * 7919 + f * 104729) % levels));
    }
    for (std::size_t j = 0; j < kNumbers; ++j) {
      rows.numbers.push_back(static_cast<float>((i * 31 + j * 17) % 101) / 50 - 1);
    }
  }
  return rows;
}

PlainParameters make_parameters(const Shape& shape) {
  PlainParameters plain;
  unsigned state = 1;
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    std::vector<double> weights(shape.layer_inputs(l) * shape.layer_units(l));
    for (double& w : weights) {
      state = state * 1664525u + 1013904223u;
      w = (static_cast<double>(state >> 8) / (1 << 24) - 0.5) / 5;
    }
    plain.weights.push_back(weights);
    plain.biases.emplace_back(shape.layer_units(l), 0.1);
  }
  return plain;
}

// Median over runs of the seconds of one call.
double seconds_of(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> runs;
  for (int run = 0; run < 11; ++run) {
    std::size_t times = 0;
    const auto start = Clock::now();
    double taken = 0;
    do {
      work();
      ++times;
      taken = std::chrono::duration<double>(Clock::now() - start).count();
    } while (taken < 0.05);
    runs.push_back(taken / static_cast<double>(times));
  }
  std::sort(runs.begin(), runs.end());
  return runs[5];
}

}  // namespace

int main() {
  Shape shape;
  shape.coded_inputs = kCoded;
  shape.numeric_inputs = kNumbers;
  shape.hidden = {200, 200};
  shape.outputs = 2;
  shape.output = Output::kSoftmax;
  const Predictor predictor(shape, make_parameters(shape), "auto");
  Executor executor;
  Monitor monitor;
  const Rows one = make_rows(1), many = make_rows(100000);
  std::vector<double> out(2 * many.n);
  const double single = seconds_of(
      [&] { predictor.predict(one, nullptr, 1, {}, out.data(), executor, monitor); });
  const double all = seconds_of(
      [&] { predictor.predict(many, nullptr, many.n, {}, out.data(), executor, monitor); });
  std::printf("rows,seconds\n1,%.9f\n%zu,%.9f\n", single, many.n, all);
}

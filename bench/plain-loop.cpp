// A plain network, trained row by row on one thread: the yardstick that puts figures
// from another machine on this one's scale (speed.R). Rectifier 200-200, two classes,
// ADADELTA, sparse rows, H2O's first biases; written as one would write it in an
// afternoon, vectorised by the compiler alone. It is no part of the package.
//
// usage: plain-loop FILE [EPOCHS]
// FILE: int32 rows, active, inputs; int32 index[rows][active];
// float value[rows][active]; int32 class[rows]. Prints rows per second, log loss while
// training, share of active units in both hidden layers.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

constexpr int kUnits = 200, kClasses = 2;
constexpr float kRho = 0.99f, kEpsilon = 1e-8f;
using Floats = std::vector<float>;

// One ADADELTA step of n weights that share an input: w[j] follows input * delta[j]. As
// in H2O's fast mode what has no gradient keeps its weight and its state.
void step(float* __restrict w, float* __restrict g2, float* __restrict d2,
          const float* __restrict delta, float input, int n) {
  for (int j = 0; j < n; ++j) {
    const float g = input * delta[j];
    const float mean = kRho * g2[j] + (1 - kRho) * g * g;
    const float move = std::sqrt((d2[j] + kEpsilon) / (mean + kEpsilon)) * g;
    g2[j] = g != 0 ? mean : g2[j];
    d2[j] = g != 0 ? kRho * d2[j] + (1 - kRho) * move * move : d2[j];
    w[j] -= move;
  }
}

// A layer's weights, input by input: weight of input i to unit j at [i * units + j].
struct Layer {
  int inputs, units;
  Floats w, g2, d2, bias, bias_g2, bias_d2;

  Layer(int inputs, int units, float first_bias, std::mt19937& random)
      : inputs(inputs), units(units), w(std::size_t(inputs) * units), g2(w.size()),
        d2(w.size()), bias(units, first_bias), bias_g2(units), bias_d2(units) {
    const float width = std::sqrt(6.0f / (inputs + units));
    std::uniform_real_distribution<float> uniform(-width, width);
    for (float& value : w) value = uniform(random);
  }
  void add(float* __restrict z, int i, float input) const {
    const float* __restrict row = &w[std::size_t(i) * units];
    for (int j = 0; j < units; ++j) z[j] += input * row[j];
  }
  float error(int i, const float* __restrict delta) const {
    const float* __restrict row = &w[std::size_t(i) * units];
    float sum = 0;
    for (int j = 0; j < units; ++j) sum += row[j] * delta[j];
    return sum;
  }
  void update(int i, float input, const float* delta) {
    const std::size_t at = std::size_t(i) * units;
    step(&w[at], &g2[at], &d2[at], delta, input, units);
  }
  void update_bias(const float* delta) {
    step(bias.data(), bias_g2.data(), bias_d2.data(), delta, 1, units);
  }
};

template <class T>
std::vector<T> read(std::FILE* file, std::size_t n) {
  std::vector<T> values(n);
  if (std::fread(values.data(), sizeof(T), n, file) != n) std::exit(2);
  return values;
}

// Units above zero pass; returns how many do.
int rectify(Floats& z) {
  int active = 0;
  for (float& value : z) {
    active += value > 0;
    value = value > 0 ? value : 0;
  }
  return active;
}

int main(int argc, char** argv) {
  std::FILE* file = argc > 1 ? std::fopen(argv[1], "rb") : nullptr;
  if (!file) return 2;
  const int epochs = argc > 2 ? std::atoi(argv[2]) : 1;
  const auto size = read<std::int32_t>(file, 3);
  const int rows = size[0], active = size[1], inputs = size[2];
  const auto index = read<std::int32_t>(file, std::size_t(rows) * active);
  const auto value = read<float>(file, std::size_t(rows) * active);
  const auto label = read<std::int32_t>(file, rows);
  std::fclose(file);

  std::mt19937 random(1);
  Layer first(inputs, kUnits, 0.5f, random), second(kUnits, kUnits, 1, random),
      last(kUnits, kClasses, 0, random);
  std::vector<int> order(rows);
  std::iota(order.begin(), order.end(), 0);
  Floats a1, a2, z, delta1(kUnits), delta2(kUnits), delta3(kClasses);
  double loss = 0, active1 = 0, active2 = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (int i = rows - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    for (const int row : order) {
      const std::int32_t* at = &index[std::size_t(row) * active];
      const float* x = &value[std::size_t(row) * active];
      a1 = first.bias;
      for (int s = 0; s < active; ++s) first.add(a1.data(), at[s], x[s]);
      active1 += rectify(a1);
      a2 = second.bias;
      for (int i = 0; i < kUnits; ++i) second.add(a2.data(), i, a1[i]);
      active2 += rectify(a2);
      z = last.bias;
      for (int i = 0; i < kUnits; ++i) last.add(z.data(), i, a2[i]);

      const float p1 = 1 / (1 + std::exp(z[0] - z[1]));
      delta3[1] = p1 - label[row];
      delta3[0] = -delta3[1];
      loss -= std::log(std::fmax(label[row] ? p1 : 1 - p1, 1e-15f));

      for (int i = 0; i < kUnits; ++i) {
        delta2[i] = a2[i] > 0 ? last.error(i, delta3.data()) : 0;
        if (a2[i] > 0) last.update(i, a2[i], delta3.data());
      }
      for (int i = 0; i < kUnits; ++i) {
        delta1[i] = a1[i] > 0 ? second.error(i, delta2.data()) : 0;
        if (a1[i] > 0) second.update(i, a1[i], delta2.data());
      }
      for (int s = 0; s < active; ++s) first.update(at[s], x[s], delta1.data());
      last.update_bias(delta3.data());
      second.update_bias(delta2.data());
      first.update_bias(delta1.data());
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double trained = double(rows) * epochs;
  std::printf("%.0f %.4f %.3f %.3f\n", trained / seconds, loss / trained,
              active1 / trained / kUnits, active2 / trained / kUnits);
}

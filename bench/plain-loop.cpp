// A plain network, trained row by row on one thread: the yardstick that puts figures
// from another machine on this one's scale (speed.R). Rectifier 200-200, two classes,
// ADADELTA, sparse rows, H2O's first biases; written as one would write it in an
// afternoon, vectorised by the compiler alone. It is no part of the package.
//
// usage: plain-loop FILE [EPOCHS]
// FILE: int32 rows, active, inputs; int32 index[rows][active];
// float value[rows][active]; int32 class[rows]. Prints rows per second, log loss while
// training, share of active units in both hidden layers.
#include <algorithm>
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

// One ADADELTA step of the n weights that share x (an input, or a unit's error): w[j]
// follows x * y[j]. As in H2O's fast mode what has no gradient keeps weight and state.
void step(float* __restrict w, float* __restrict g2, float* __restrict d2, float x,
          const float* __restrict y, int n) {
  for (int j = 0; j < n; ++j) {
    const float g = x * y[j];
    const float mean = kRho * g2[j] + (1 - kRho) * g * g;
    const float move = std::sqrt((d2[j] + kEpsilon) / (mean + kEpsilon)) * g;
    g2[j] = g != 0 ? mean : g2[j];
    d2[j] = g != 0 ? kRho * d2[j] + (1 - kRho) * move * move : d2[j];
    w[j] -= move;
  }
}

// Weights in rows of equal length: a row per input in the first layer, of whose inputs
// few are at work, a row per unit in the others.
struct Layer {
  int length;
  Floats w, g2, d2, bias, bias_g2, bias_d2;

  Layer(int inputs, int units, bool by_input, float first_bias, std::mt19937& random)
      : length(by_input ? units : inputs), w(std::size_t(inputs) * units), g2(w.size()),
        d2(w.size()), bias(units, first_bias), bias_g2(units), bias_d2(units) {
    const float width = std::sqrt(6.0f / (inputs + units));
    std::uniform_real_distribution<float> uniform(-width, width);
    for (float& value : w) value = uniform(random);
  }
  // sum[j] += x * row[j]
  void add(int row, float x, float* __restrict sum) const {
    const float* __restrict at = &w[std::size_t(row) * length];
    for (int j = 0; j < length; ++j) sum[j] += x * at[j];
  }
  float dot(int row, const float* __restrict y) const {
    const float* __restrict at = &w[std::size_t(row) * length];
    float sum = 0;
    for (int j = 0; j < length; ++j) sum += at[j] * y[j];
    return sum;
  }
  void update(int row, float x, const float* y) {
    const std::size_t at = std::size_t(row) * length;
    step(&w[at], &g2[at], &d2[at], x, y, length);
  }
  void update_bias(const float* delta) {
    step(bias.data(), bias_g2.data(), bias_d2.data(), 1, delta, int(bias.size()));
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
  Layer first(inputs, kUnits, true, 0.5f, random),
      second(kUnits, kUnits, false, 1, random), last(kUnits, kClasses, false, 0, random);
  std::vector<int> order(rows);
  std::iota(order.begin(), order.end(), 0);
  Floats a1, a2(kUnits), z(kClasses), delta1(kUnits), delta2(kUnits);
  double loss = 0, active1 = 0, active2 = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (int i = rows - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    for (const int row : order) {
      const std::int32_t* at = &index[std::size_t(row) * active];
      const float* x = &value[std::size_t(row) * active];
      a1 = first.bias;
      for (int s = 0; s < active; ++s) first.add(at[s], x[s], a1.data());
      active1 += rectify(a1);
      for (int i = 0; i < kUnits; ++i) a2[i] = second.bias[i] + second.dot(i, a1.data());
      active2 += rectify(a2);
      for (int k = 0; k < kClasses; ++k) z[k] = last.bias[k] + last.dot(k, a2.data());

      const float p1 = 1 / (1 + std::exp(z[0] - z[1]));
      const float delta3[] = {label[row] - p1, p1 - label[row]};
      loss -= std::log(std::fmax(label[row] ? p1 : 1 - p1, 1e-15f));

      std::fill(delta2.begin(), delta2.end(), 0.0f);
      for (int k = 0; k < kClasses; ++k) {
        last.add(k, delta3[k], delta2.data());
        last.update(k, delta3[k], a2.data());
      }
      for (int i = 0; i < kUnits; ++i) delta2[i] = a2[i] > 0 ? delta2[i] : 0;
      std::fill(delta1.begin(), delta1.end(), 0.0f);
      for (int i = 0; i < kUnits; ++i) {
        if (delta2[i] == 0) continue;
        second.add(i, delta2[i], delta1.data());
        second.update(i, delta2[i], a1.data());
      }
      for (int i = 0; i < kUnits; ++i) delta1[i] = a1[i] > 0 ? delta1[i] : 0;
      for (int s = 0; s < active; ++s) first.update(at[s], x[s], delta1.data());
      last.update_bias(delta3);
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

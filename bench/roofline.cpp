// What the machine can do, as csv kind,size,value: the dense peak (GFLOP/s of a bare
// multiply-add loop on `size` threads) and nanoseconds per weight, on one thread, of the
// two loops that training row by row consists of, at working sets of `size` bytes from
// the first cache to main memory:
//   dot       forward: read a weight, multiply, add
//   adadelta  backward and update in one pass: error sum, gradient, two accumulators,
//             weight; exact square root and quotient
// It is no part of the package; speed.R compiles and reads it.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <functional>
#include <new>
#include <thread>
#include <vector>

#if defined(__AVX512F__)
constexpr int kBytes = 64;
#elif defined(__AVX__)
constexpr int kBytes = 32;
#else
constexpr int kBytes = 16;
#endif
constexpr int kLanes = kBytes / 4;
typedef float Lanes __attribute__((vector_size(kBytes), aligned(4)));

// Keeps the compiler from leaving the work out.
volatile float sink;

// Processor time: other programs on the machine take none of it.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double seconds_of_calls(const std::function<void()>& work, long calls) {
  const double start = now();
  for (long i = 0; i < calls; ++i) work();
  return now() - start;
}

// Seconds of one call: the second best of nine measurements.
double seconds_of(const std::function<void()>& work) {
  long calls = 1;
  while (seconds_of_calls(work, calls) < 0.01) calls *= 2;
  std::vector<double> runs;
  for (int run = 0; run < 9; ++run) runs.push_back(seconds_of_calls(work, calls) / calls);
  std::sort(runs.begin(), runs.end());
  return runs[1];
}

// Whole cache lines, as in the package: a vector that crosses two costs two reads.
struct Floats {
  explicit Floats(std::size_t n, float value)
      : data(static_cast<float*>(::operator new(4 * n, std::align_val_t{64}))) {
    std::fill_n(data, n, value);
  }
  ~Floats() { ::operator delete(data, std::align_val_t{64}); }
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;
  float& operator[](std::size_t i) { return data[i]; }
  float* const data;
};

// Twelve sums hide the latency of the multiply-add. The threads may share a core, so
// several are timed together.
constexpr int kSums = 12;

void multiply_add(int steps) {
  Lanes sum[kSums], x, y;
  for (int lane = 0; lane < kLanes; ++lane) x[lane] = 0.999f, y[lane] = 1e-3f;
  for (int i = 0; i < kSums; ++i) sum[i] = y * static_cast<float>(i);
  for (int step = 0; step < steps; ++step) {
#pragma GCC unroll 12
    for (int i = 0; i < kSums; ++i) sum[i] = sum[i] * x + y;
    // To the compiler they may have changed: it cannot foresee the result.
    asm volatile("" : "+x"(x), "+x"(y));
  }
  Lanes all = sum[0];
  for (int i = 1; i < kSums; ++i) all += sum[i];
  sink = all[0] + all[kLanes - 1];
}

double peak_gflops(int threads) {
  constexpr int kSteps = 5000000;
  std::vector<double> rates;
  for (int run = 0; run < 5; ++run) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(multiply_add, kSteps);
    multiply_add(kSteps);
    for (std::thread& other : others) other.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    rates.push_back(2.0 * kSums * kSteps * kLanes * threads / seconds / 1e9);
  }
  return *std::max_element(rates.begin(), rates.end());
}

float dot(const float* __restrict w, const float* __restrict x, std::size_t n) {
  Lanes sum[4] = {};
  for (std::size_t j = 0; j + 4 * kLanes <= n; j += 4 * kLanes) {
    for (int i = 0; i < 4; ++i) {
      const float* at = w + j + i * kLanes;
      sum[i] += *reinterpret_cast<const Lanes*>(at) *
                *reinterpret_cast<const Lanes*>(x + j + i * kLanes);
    }
  }
  const Lanes all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  float total = 0;
  for (int lane = 0; lane < kLanes; ++lane) total += all[lane];
  return total;
}

// Vectorised by the compiler: needs -fno-math-errno and -fopenmp-simd.
float adadelta(float* __restrict w, float* __restrict g2, float* __restrict d2,
               const float* __restrict delta, float input, std::size_t n) {
  constexpr float rho = 0.99f, epsilon = 1e-8f;
  float error = 0;
#pragma omp simd reduction(+ : error)
  for (std::size_t j = 0; j < n; ++j) {
    error += w[j] * delta[j];
    const float g = input * delta[j];
    const float mean = rho * g2[j] + (1 - rho) * g * g;
    const float move = std::sqrt((d2[j] + epsilon) / (mean + epsilon)) * g;
    g2[j] = mean;
    d2[j] = rho * d2[j] + (1 - rho) * move * move;
    w[j] -= move;
  }
  return error;
}

int main() {
  std::printf("kind,size,value\npeak,1,%.1f\npeak,2,%.1f\n", peak_gflops(1),
              peak_gflops(2));
  // A row of a layer: as wide as the networks of the bench.
  constexpr std::size_t kRow = 256;
  for (const double bytes :
       {12e3, 48e3, 200e3, 500e3, 1e6, 2e6, 4.5e6, 12e6, 36e6, 180e6}) {
    const std::size_t reads = static_cast<std::size_t>(bytes / 4 / kRow) * kRow;
    const std::size_t state = static_cast<std::size_t>(bytes / 12 / kRow) * kRow;
    Floats w(reads, 1e-3f), x(kRow, 1e-2f), delta(kRow, 1e-3f);
    std::printf("dot,%.0f,%.4f\n", bytes, 1e9 / reads * seconds_of([&] {
                  float sum = 0;
                  for (std::size_t at = 0; at < reads; at += kRow) {
                    sum += dot(&w[at], x.data, kRow);
                  }
                  sink = sum;
                }));
    Floats g2(state, 1e-4f), d2(state, 1e-6f);
    std::printf("adadelta,%.0f,%.4f\n", bytes, 1e9 / state * seconds_of([&] {
                  float sum = 0;
                  for (std::size_t at = 0; at < state; at += kRow) {
                    sum += adadelta(&w[at], &g2[at], &d2[at], delta.data, 0.5f, kRow);
                  }
                  // Or the gradients would become denormal in the end.
                  delta[0] = -delta[0];
                  sink = sum;
                }));
    std::fflush(stdout);
  }
}

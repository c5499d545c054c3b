// Speed of single kernels on one thread, per kernel set. See bench/README.md.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "kernels/kernels.h"
#include "words/float_environment.h"
#include "words/types.h"

using namespace feedforward;

namespace {

double seconds_of(const std::function<void()>& work) {
  // Processor time: what other processes take of the core does not count. Asking for it
  // takes as long as a small kernel, so that is done once per run.
  const auto seconds_of_calls = [&](long calls) {
    const std::clock_t start = std::clock();
    for (long i = 0; i < calls; ++i) work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  long calls = 1;
  while (seconds_of_calls(calls) < 0.02) calls *= 2;
  std::vector<double> runs;
  for (int run = 0; run < 7; ++run) {
    runs.push_back(seconds_of_calls(calls) / static_cast<double>(calls));
  }
  std::sort(runs.begin(), runs.end());
  return runs[1];  // the second fastest: near the machine's best, and no lucky one
}

FloatVector filled(std::size_t n, float scale) {
  FloatVector v(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = scale * (static_cast<float>(i % 97) - 48.0f);
  return v;
}

void products(const Kernels& k) {
  const std::size_t shapes[][3] = {{128, 784, 200},
                                   {128, 200, 200},
                                   {128, 128, 64},
                                   {48, 200, 208},
                                   {128, 1024, 1024}};
  for (const auto& s : shapes) {
    const std::size_t rows = s[0], depth = s[1], n = padded(s[2]), lda = padded(depth);
    FloatVector a = filled(rows * lda, 1e-3f), w = filled(depth * n, 1e-3f), c(rows * n),
                g(depth * n);
    const double flops = 2.0 * static_cast<double>(rows * depth * s[2]);
    const double forward = seconds_of([&] {
      std::fill(c.begin(), c.end(), 0.0f);
      k.product(c.data(), n, a.data(), lda, w.data(), n, rows, depth, n);
    });
    const double gradient = seconds_of([&] {
      k.gradient_product(g.data(), n, a.data(), lda, c.data(), n, rows, depth, n);
    });
    std::printf("%-9s product %4zu x %4zu x %4zu: %6.1f GFLOP/s, gradient %6.1f\n",
                k.name, rows, depth, s[2], flops / forward / 1e9, flops / gradient / 1e9);
  }
}

// A 200 x 200 layer trained row by row, every second unit active on either side.
void rows(const Kernels& k) {
  const std::size_t units = 200, stride = padded(units);
  FloatVector w = filled(units * stride, 1e-3f), g(w.size(), 1e-4f), d(w.size(), 1e-6f),
              a(stride), error(stride), z(stride);
  std::vector<int> active, blocks, all;
  std::vector<float> delta;
  for (std::size_t i = 0; i < units; ++i) {
    all.push_back(static_cast<int>(i));
    if (i % 2) continue;
    a[i] = 1;
    active.push_back(static_cast<int>(i));
    delta.push_back(1e-3f);
  }
  for (std::size_t b = 0; b < stride; b += kLanes) blocks.push_back(static_cast<int>(b));
  const ListedVector listed{active.data(), delta.data(), active.size()};
  const BlockedVector blocked{a.data(), blocks.data(), blocks.size()};
  const RowGradient gradient{&listed, &blocked, nullptr, error.data()};
  StepScalars scalars;
  scalars.rho = 0.99f;
  scalars.epsilon = 1e-8f;
  const double step = seconds_of([&] {
    k.rule(Rule::kAdadelta)
        .backward_step({w.data(), g.data(), d.data()}, stride, gradient, scalars);
  });
  const double dots = seconds_of([&] {
    k.dot_rows(z.data(), z.data(), w.data(), stride, units, blocked, nullptr, 0);
  });
  const double gather = seconds_of([&] {
    k.gather_rows(z.data(), z.data(), stride, w.data(), stride, listed, nullptr, 0);
  });
  const double blocks_stepped = static_cast<double>(active.size() * blocks.size());
  std::printf(
      "%-9s ADADELTA step %5.2f us (%.2f ns a block), dot %5.2f us, gather %5.2f us\n",
      k.name, step * 1e6, step * 1e9 / blocks_stepped, dots * 1e6, gather * 1e6);
}

}  // namespace

int main() {
  const FloatEnvironment environment;
  for (const std::string& name : kernel_names()) {
    rows(find_kernels(name));
    products(find_kernels(name));
  }
}

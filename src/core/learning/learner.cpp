// Level 5, learning.
#include "learning/learner.h"

#include <cmath>

#include <limits>

namespace feedforward {

bool trains_by_row(const Options& options) {
  return options.mini_batch_size == 1 && steps_lazily(options);
}

std::size_t units_before(const Layout& layout, std::size_t l) {
  std::size_t units = 0;
  for (std::size_t under = 0; under < l; ++under)
    units += layout.layer(under).unit_stride;
  return units;
}

std::size_t watched_units(const Options& options, const Layout& layout) {
  return options.sparsity_beta > 0 ? units_before(layout, layout.layers() - 1) : 0;
}

// As in H2O: a row counts one thousandth.
void apply_sparsity(const Options& options, const LayerLayout& layout, const float* sums,
                    std::size_t n, bool lazy, float* means, float* bias_gradient) {
  const double old = std::pow(0.999, static_cast<double>(n));
  const float kept = static_cast<float>(old);
  const float share = static_cast<float>((1 - old) / static_cast<double>(n));
  const float beta = static_cast<float>(options.sparsity_beta);
  const float aim = static_cast<float>(options.average_activation);
  for (std::size_t u = 0; u < layout.units; ++u) {
    means[u] = kept * means[u] + share * sums[u];
    if (lazy && bias_gradient[u] == 0) continue;
    bias_gradient[u] += beta * (means[u] - aim);
  }
}

bool limits_norms(const Options& options) {
  return options.max_w2 < std::numeric_limits<float>::max();
}

std::unique_ptr<Learner> make_learner(const Setting& setting) {
  return trains_by_row(setting.options) ? make_row_learner(setting)
                                        : make_batch_learner(setting);
}

}  // namespace feedforward

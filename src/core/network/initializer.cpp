// Level 4, network.
#include "network/initializer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

double draw(const Options& options, const RandomAddress& at, std::size_t unit,
            double half_width) {
  if (options.initial_weight_distribution != WeightDistribution::kNormal) {
    const double u = random_uniform(at, static_cast<std::uint32_t>(unit));
    return half_width * (2 * u - 1);
  }
  // Box and Muller's transform of two 32-bit uniforms.
  const auto words = random_quad(at, static_cast<std::uint32_t>(unit));
  const double u = (words[0] + 0.5) * 0x1p-32, v = words[1] * 0x1p-32;
  return half_width * std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}

}  // namespace

PlainParameters initial_parameters(const Shape& shape, const Options& options) {
  const bool as_h2o = options.optimizer == OptimizerKind::kAdadelta ||
                      options.optimizer == OptimizerKind::kSgd;
  PlainParameters plain;
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    const std::size_t inputs = shape.layer_inputs(l), units = shape.layer_units(l);
    const std::size_t slots = units * shape.layer_channels(l);
    double half_width = options.initial_weight_scale;
    if (options.initial_weight_distribution == WeightDistribution::kUniformAdaptive) {
      half_width = std::sqrt(6.0 / static_cast<double>(inputs + units));
      const bool widened = shape.is_output(l) && shape.output == Output::kSoftmax;
      if (as_h2o && widened) half_width *= 4;
    }
    std::vector<double> weights(inputs * slots);
    for (std::size_t i = 0; i < inputs; ++i) {
      const RandomAddress at{options.seed, Purpose::kInitialWeights,
                             static_cast<std::uint32_t>(l), 0,
                             static_cast<std::uint32_t>(i)};
      for (std::size_t s = 0; s < slots; ++s) {
        weights[i * slots + s] = draw(options, at, s, half_width);
      }
    }
    const bool raised =
        as_h2o && !shape.is_output(l) && shape.activation != Activation::kTanh;
    plain.biases.emplace_back(slots, raised ? (l == 0 ? 0.5 : 1.0) : 0.0);
    plain.weights.push_back(std::move(weights));
  }
  silence_unused_inputs(options, shape, &plain);
  return plain;
}

void silence_unused_inputs(const Options& options, const Shape& shape,
                           PlainParameters* plain) {
  const std::size_t slots = shape.weight_rows(0);
  for (int i : options.unused_inputs) {
    if (i < 0 || static_cast<std::size_t>(i) >= shape.inputs()) {
      throw std::invalid_argument("an unused input is not among the inputs");
    }
    const std::size_t first = static_cast<std::size_t>(i) * slots;
    std::fill_n(plain->weights[0].begin() + static_cast<std::ptrdiff_t>(first), slots,
                0.0);
  }
}

}  // namespace feedforward

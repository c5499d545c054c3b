// Level 4, network.
#include "network/initializer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace feedforward {
namespace {

// On +- half_width.
double draw_uniform(const RandomAddress& at, std::uint32_t unit, double half_width) {
  const double u = random_uniform(at, unit);
  return half_width * (2 * u - 1);
}

// Box and Muller's transform of two 32-bit uniforms.
double draw_normal(const RandomAddress& at, std::uint32_t unit, double sd) {
  const auto words = random_quad(at, unit);
  const double u = (words[0] + 0.5) * 0x1p-32, v = words[1] * 0x1p-32;
  return sd * std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}

double draw(WeightDistribution distribution, const RandomAddress& at, std::uint32_t unit,
            double width) {
  switch (distribution) {
    case WeightDistribution::kUniformAdaptive:
    case WeightDistribution::kUniform:
      return draw_uniform(at, unit, width);
    case WeightDistribution::kNormal:
      return draw_normal(at, unit, width);
  }
  return 0;
}

// How wide weights into layer l are drawn.
double width(const Shape& shape, std::size_t l, const Options& options, Start start) {
  switch (options.initial_weight_distribution) {
    case WeightDistribution::kUniformAdaptive: {
      const std::size_t ends = shape.layer_inputs(l) + shape.layer_units(l);
      const bool widened = start == Start::kRaised && shape.is_output(l) &&
                           shape.output == Output::kSoftmax;
      return (widened ? 4 : 1) * std::sqrt(6.0 / static_cast<double>(ends));
    }
    case WeightDistribution::kUniform:
    case WeightDistribution::kNormal:
      return options.initial_weight_scale;
  }
  return 0;
}

double bias(const Shape& shape, std::size_t l, const Options& options, Start start) {
  if (shape.is_output(l) && shape.output == Output::kLinear) return options.output_bias;
  const bool raised = start == Start::kRaised && !shape.is_output(l) &&
                      facts(shape.activation).starts_raised;
  if (!raised) return 0;
  return l == 0 ? 0.5 : 1;
}

}  // namespace

PlainParameters initial_parameters(const Shape& shape, const Options& options,
                                   Start start) {
  PlainParameters plain;
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    const std::size_t inputs = shape.layer_inputs(l);
    const std::size_t slots = shape.layer_units(l) * shape.layer_channels(l);
    const double wide = width(shape, l, options, start);
    std::vector<double> weights(inputs * slots);
    for (std::size_t i = 0; i < inputs; ++i) {
      const RandomAddress at{options.seed, Purpose::kInitialWeights,
                             static_cast<std::uint32_t>(l), 0,
                             static_cast<std::uint32_t>(i)};
      for (std::size_t s = 0; s < slots; ++s) {
        weights[i * slots + s] = draw(options.initial_weight_distribution, at,
                                      static_cast<std::uint32_t>(s), wide);
      }
    }
    plain.biases.emplace_back(slots, bias(shape, l, options, start));
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

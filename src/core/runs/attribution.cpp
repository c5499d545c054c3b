// Level 6, runs.
#include "runs/attribution.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "formulas/activation.h"

namespace feedforward {
namespace {

constexpr double kNoDifference = 1e-9;

double quotient(double fx, double fr, double x, double r, double otherwise) {
  const double difference = x - r;
  return std::fabs(difference) < kNoDifference ? otherwise : (fx - fr) / difference;
}

double logistic(double m) { return 1 / (1 + std::exp(-m)); }

std::vector<double> softmax_of(std::vector<double> z) {
  const double top = *std::max_element(z.begin(), z.end());
  double total = 0;
  for (double& v : z) total += v = std::exp(v - top);
  for (double& v : z) v /= total;
  return z;
}

}  // namespace

Attribution::Attribution(const Shape& shape, const PlainParameters& parameters,
                         Explained explained, std::vector<std::size_t> groups,
                         std::vector<double> shift)
    : shape_(shape),
      parameters_(parameters),
      explained_(explained),
      groups_(std::move(groups)),
      shift_(shift.empty() ? std::vector<double>(shape.outputs) : std::move(shift)) {
  check_sizes(shape_, parameters_, "parameters");
  if (shape_.output == Output::kReconstruction) {
    throw std::invalid_argument("a reconstruction is not explained");
  }
  if (groups_.size() != shape_.inputs() || shift_.size() != shape_.outputs) {
    throw std::invalid_argument("groups or shift do not fit the network");
  }
  for (std::size_t g : groups_) n_groups_ = std::max(n_groups_, g + 1);
  for (std::size_t l = 0; l < shape_.kept.size(); ++l) {
    for (double& w : parameters_.weights[l]) w *= shape_.kept[l];
  }
}

std::size_t Attribution::columns() const {
  switch (explained_) {
    case Explained::kDifference:
    case Explained::kProbability:
      return 1;
    default:
      return shape_.outputs;
  }
}

Attribution::Pass Attribution::forward(const Rows& rows, std::size_t i) const {
  std::vector<float> inputs(shape_.inputs());
  rows.write_inputs(i, inputs.data());
  Pass pass;
  pass.entering.emplace_back(inputs.begin(), inputs.end());
  for (std::size_t l = 0; l < shape_.layers(); ++l) {
    std::vector<double> z = parameters_.biases[l];
    const std::vector<double>& a = pass.entering[l];
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (a[j] == 0) continue;
      const double* const w = parameters_.weights[l].data() + j * z.size();
      for (std::size_t s = 0; s < z.size(); ++s) z[s] += w[s] * a[j];
    }
    pass.sums.push_back(z);
    if (shape_.is_output(l)) break;
    const std::size_t channels = shape_.layer_channels(l);
    std::vector<double> out;
    for (std::size_t s = 0; s < z.size(); s += channels) {
      const double best = channels == 2 ? std::max(z[s], z[s + 1]) : z[s];
      out.push_back(activate(shape_.activation, best).value);
    }
    pass.entering.push_back(out);
  }
  pass.explained = explain_outputs(pass.sums.back());
  return pass;
}

std::vector<double> Attribution::explain_outputs(const std::vector<double>& z) const {
  switch (explained_) {
    case Explained::kOutputs:
      return z;
    case Explained::kCentred: {
      double mean = 0;
      for (double v : z) mean += v / static_cast<double>(z.size());
      std::vector<double> centred = z;
      for (double& v : centred) v -= mean;
      return centred;
    }
    case Explained::kDifference:
      return {z[1] - z[0]};
    case Explained::kExponential:
      return {std::min(std::exp(z[0]), 1e19)};
    case Explained::kProbability:
      return {logistic(z[1] + shift_[1] - z[0] - shift_[0])};
    case Explained::kProbabilities: {
      std::vector<double> shifted = z;
      for (std::size_t k = 0; k < z.size(); ++k) shifted[k] += shift_[k];
      return softmax_of(shifted);
    }
  }
  return z;
}

// Of probabilities of more than two classes: the shares of the centred output, brought to
// the difference of the probability.
std::vector<double> Attribution::output_multipliers(const Pass& row,
                                                    const Pass& reference,
                                                    std::size_t k) const {
  const std::vector<double>& x = row.sums.back();
  const std::vector<double>& r = reference.sums.back();
  const std::size_t n = x.size();
  std::vector<double> m(n, 0.0);
  const double fx = row.explained[k], fr = reference.explained[k];
  switch (explained_) {
    case Explained::kOutputs:
      m[k] = 1;
      break;
    case Explained::kExponential:
      m[0] = quotient(fx, fr, x[0], r[0], fx);
      break;
    case Explained::kDifference:
    case Explained::kProbability: {
      double slope = 1;
      if (explained_ == Explained::kProbability) {
        slope = quotient(fx, fr, x[1] - x[0], r[1] - r[0], fx * (1 - fx));
      }
      m[0] = -slope;
      m[1] = slope;
      break;
    }
    case Explained::kCentred:
    case Explained::kProbabilities: {
      const double share = 1 / static_cast<double>(n);
      double centred_x = x[k], centred_r = r[k];
      for (std::size_t j = 0; j < n; ++j) {
        centred_x -= share * x[j];
        centred_r -= share * r[j];
      }
      double slope = 1;
      if (explained_ == Explained::kProbabilities) {
        slope = quotient(fx, fr, centred_x, centred_r, 0);
      }
      for (std::size_t j = 0; j < n; ++j) m[j] = slope * ((j == k) - share);
      break;
    }
  }
  return m;
}

// From the units of a hidden layer to its sums.
void Attribution::unit_multipliers(std::size_t layer, const Pass& row,
                                   const Pass& reference,
                                   const std::vector<double>& of_units,
                                   std::vector<double>* of_sums) const {
  const std::vector<double>& x = row.sums[layer];
  const std::vector<double>& r = reference.sums[layer];
  of_sums->assign(x.size(), 0.0);
  if (shape_.layer_channels(layer) == 2) {
    for (std::size_t u = 0; u < of_units.size(); ++u) {
      const std::size_t a = 2 * u, b = a + 1;
      const double none = std::max(r[a], r[b]), both = std::max(x[a], x[b]);
      const double only_a = std::max(x[a], r[b]), only_b = std::max(r[a], x[b]);
      const double of_a = (only_a - none + both - only_b) / 2;
      const double of_b = (only_b - none + both - only_a) / 2;
      (*of_sums)[a] = of_units[u] * quotient(of_a, 0, x[a], r[a], 0);
      (*of_sums)[b] = of_units[u] * quotient(of_b, 0, x[b], r[b], 0);
    }
    return;
  }
  for (std::size_t u = 0; u < of_units.size(); ++u) {
    if (of_units[u] == 0) continue;
    const auto at_x = activate(shape_.activation, x[u]);
    const double at_r = activate(shape_.activation, r[u]).value;
    (*of_sums)[u] = of_units[u] * quotient(at_x.value, at_r, x[u], r[u], at_x.derivative);
  }
}

void Attribution::add_shares(const Pass& row, const Pass& reference, std::size_t k,
                             double* shares) const {
  std::vector<double> of_sums = output_multipliers(row, reference, k), of_units;
  for (std::size_t l = shape_.layers() - 1; l > 0; --l) {
    const std::vector<double>& weights = parameters_.weights[l];
    const std::size_t slots = of_sums.size();
    of_units.assign(shape_.layer_inputs(l), 0.0);
    for (std::size_t j = 0; j < of_units.size(); ++j) {
      if (row.entering[l][j] == reference.entering[l][j]) continue;
      double sum = 0;
      for (std::size_t s = 0; s < slots; ++s) sum += weights[j * slots + s] * of_sums[s];
      of_units[j] = sum;
    }
    std::vector<double> below;
    unit_multipliers(l - 1, row, reference, of_units, &below);
    of_sums = std::move(below);
  }
  const std::size_t slots = of_sums.size();
  for (std::size_t j = 0; j < groups_.size(); ++j) {
    const double difference = row.entering[0][j] - reference.entering[0][j];
    if (difference == 0) continue;
    const double* const w = parameters_.weights[0].data() + j * slots;
    double sum = 0;
    for (std::size_t s = 0; s < slots; ++s) sum += w[s] * of_sums[s];
    shares[groups_[j]] += sum * difference;
  }
}

bool Attribution::explain(const Rows& rows, const Rows& references, double* out,
                          double* base, Executor& executor, Monitor& monitor) const {
  std::vector<Pass> others(references.n);
  executor.run(references.n, [&](std::size_t r) { others[r] = forward(references, r); });
  const double share = 1 / static_cast<double>(references.n);
  for (std::size_t k = 0; k < columns(); ++k) {
    base[k] = 0;
    for (const Pass& other : others) base[k] += share * other.explained[k];
  }
  const std::size_t together = 8 * executor.width();
  for (std::size_t first = 0; first < rows.n; first += together) {
    executor.run(std::min(together, rows.n - first), [&](std::size_t t) {
      const std::size_t i = first + t;
      const Pass row = forward(rows, i);
      std::vector<double> shares(n_groups_);
      for (std::size_t k = 0; k < columns(); ++k) {
        std::fill(shares.begin(), shares.end(), 0.0);
        for (const Pass& other : others) add_shares(row, other, k, shares.data());
        for (std::size_t g = 0; g < n_groups_; ++g) {
          out[(k * n_groups_ + g) * rows.n + i] = share * shares[g];
        }
      }
    });
    if (monitor.ask() == Monitor::Answer::kInterrupt) return false;
  }
  return true;
}

}  // namespace feedforward

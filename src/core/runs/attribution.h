// Level 6, runs. What each predictor adds to the outputs of a row, beside those of a
// reference row: DeepSHAP (Lundberg and Lee 2017), the rescale rule of DeepLIFT
// (Shrikumar et al. 2017) averaged over reference rows.
//
// Between a row x and a reference r the difference of an output is sent back: through
// weights as it is, through an activation f times (f(zx) - f(zr)) / (zx - zr), through
// the larger of two channels by the Shapley values of max(). What arrives at an input
// times its difference is its share, and shares sum to the difference of the output
// exactly.
#ifndef FEEDFORWARD_ATTRIBUTION_H
#define FEEDFORWARD_ATTRIBUTION_H

#include <cstdint>
#include <string>
#include <vector>

#include "data/rows.h"
#include "network/plain_parameters.h"
#include "words/executor.h"
#include "words/monitor.h"
#include "words/named.h"

namespace feedforward {

// What is explained of the outputs: each as it is; each less their mean; the second less
// the first; and these turned into predictions.
enum class Explained {
  kOutputs,
  kCentred,
  kDifference,
  kExponential,
  kProbability,
  kProbabilities
};
inline constexpr Named<Explained> kExplainedNames[] = {
    {"outputs", Explained::kOutputs},
    {"centred", Explained::kCentred},
    {"difference", Explained::kDifference},
    {"exponential", Explained::kExponential},
    {"probability", Explained::kProbability},
    {"probabilities", Explained::kProbabilities}};

class Attribution {
 public:
  // groups: of each input the number, from 0, of what its share goes to; shift: added to
  // the outputs before they become probabilities, may be empty.
  Attribution(const Shape& shape, const PlainParameters& parameters, Explained explained,
              std::vector<std::size_t> groups, std::vector<double> shift);

  std::size_t groups() const { return n_groups_; }
  std::size_t columns() const;  // what is explained of a row

  // Writes the share of group g in column k of row i to out[(k * groups + g) * rows.n +
  // i], and what is explained of the references, on average, to base[k]. Returns false
  // when the monitor interrupted.
  bool explain(const Rows& rows, const Rows& references, double* out, double* base,
               Executor& executor, Monitor& monitor) const;

 private:
  // A row on its way: what enters each layer, and its sums.
  struct Pass {
    std::vector<std::vector<double>> entering, sums;
    std::vector<double> explained;
  };

  Pass forward(const Rows& rows, std::size_t i) const;
  std::vector<double> explain_outputs(const std::vector<double>& z) const;
  // Derivative, or quotient of differences, of column k by the outputs.
  std::vector<double> output_multipliers(const Pass& row, const Pass& reference,
                                         std::size_t k) const;
  void add_shares(const Pass& row, const Pass& reference, std::size_t k,
                  double* shares) const;
  void unit_multipliers(std::size_t layer, const Pass& row, const Pass& reference,
                        const std::vector<double>& of_units,
                        std::vector<double>* of_sums) const;

  const Shape shape_;
  PlainParameters parameters_;  // with the shares that dropout kept
  const Explained explained_;
  const std::vector<std::size_t> groups_;
  const std::vector<double> shift_;
  std::size_t n_groups_ = 0;
};

}  // namespace feedforward

#endif

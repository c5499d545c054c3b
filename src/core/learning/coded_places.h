// Level 5, learning. Which rows of a mini-batch have a one-hot input: the rows' lists of
// inputs, turned into a list of places for each input.
#ifndef FEEDFORWARD_CODED_PLACES_H
#define FEEDFORWARD_CODED_PLACES_H

#include <cstddef>
#include <vector>

#include "network/batch.h"

namespace feedforward {

class CodedPlaces {
 public:
  explicit CodedPlaces(std::size_t coded_inputs) : start_(coded_inputs + 1) {}

  // Sorts places [0, n) of the batch.
  void sort(const Batch& batch, std::size_t n);

  // The places that have this input, in order, with its value there.
  ListedVector of(std::size_t input) const {
    const std::size_t first = start_[input];
    return {places_.data() + first, values_.data() + first, start_[input + 1] - first};
  }

 private:
  std::vector<std::size_t> start_, next_;  // per input, among the places
  std::vector<int> places_;
  std::vector<float> values_;
};

}  // namespace feedforward

#endif

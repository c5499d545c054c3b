// Level 2, data. The order in which an epoch visits the rows.
#ifndef FEEDFORWARD_ROW_ORDER_H
#define FEEDFORWARD_ROW_ORDER_H

#include <cstdint>
#include <vector>

#include "words/rng.h"

namespace feedforward {

// A permutation of 0 .. n - 1, a function of its address alone.
std::vector<std::uint32_t> random_order(std::uint64_t seed, Purpose purpose,
                                        std::uint32_t epoch, std::uint32_t n);

// Of n rows those that one of several runs on the same rows trains, in whatever order.
struct RowPart {
  std::size_t part = 0, parts = 1;

  std::size_t rows_of(std::size_t n) const {
    return n > part ? (n - part + parts - 1) / parts : 0;
  }
};

// The orders of a run's epochs, which several runs can share: each has its positions of
// every order. Keeps the one asked for last.
class RowOrder {
 public:
  RowOrder(std::uint64_t seed, bool shuffled, std::size_t n, RowPart part = {})
      : seed_(seed),
        shuffled_(shuffled),
        n_(static_cast<std::uint32_t>(n)),
        part_(part) {}

  const std::vector<std::uint32_t>& of(std::uint32_t epoch);

 private:
  const std::uint64_t seed_;
  const bool shuffled_;
  const std::uint32_t n_;
  const RowPart part_;
  std::uint32_t epoch_ = 0;
  std::vector<std::uint32_t> order_;  // empty until one is asked for
};

}  // namespace feedforward

#endif

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

}  // namespace feedforward

#endif

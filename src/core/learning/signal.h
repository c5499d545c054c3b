// Level 5, learning. What runs through the network while one row trains it, activations
// up or errors down: numbers of inputs, units or slots, most of them often 0, in the
// forms that kernels read.
#ifndef FEEDFORWARD_SIGNAL_H
#define FEEDFORWARD_SIGNAL_H

#include <cstddef>
#include <vector>

#include "kernels/kernels.h"
#include "words/types.h"

namespace feedforward {

struct Signal {
  // n numbers, padded; a list of them has `room`.
  Signal(std::size_t n, std::size_t room)
      : values(n),
        blocks(n / kLanes),
        listed_index(room),
        listed_values(room),
        listed{listed_index.data(), listed_values.data(), 0},
        blocked{values.data(), blocks.data(), 1} {}
  Signal(Signal&&) = default;  // the vectors' storage moves along
  Signal(const Signal&) = delete;

  FloatVector values;
  std::vector<int> blocks;  // a single one is always looked at
  std::vector<int> listed_index;
  FloatVector listed_values;
  // The two forms, over this storage.
  ListedVector listed;
  BlockedVector blocked;
};

}  // namespace feedforward

#endif

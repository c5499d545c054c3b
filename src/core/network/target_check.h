// Level 4, network. Whether targets are what the outputs of a network are trained
// towards.
#ifndef FEEDFORWARD_TARGET_CHECK_H
#define FEEDFORWARD_TARGET_CHECK_H

#include <stdexcept>
#include <string>

#include "data/targets.h"
#include "network/shape.h"

namespace feedforward {

// Throws std::invalid_argument when they are not. rows: of the data.
template <class T>
void check_targets(const TargetsOf<T>& targets, const Shape& shape, std::size_t rows) {
  const auto require = [](bool holds, const std::string& what) {
    if (!holds) throw std::invalid_argument(what);
  };
  switch (shape.output) {
    case Output::kSoftmax:
      require(targets.numbers.empty(), "a softmax network is trained towards classes");
      for (std::int32_t c : targets.classes) {
        require(c >= 0, "a class of the target is missing");
        require(static_cast<std::size_t>(c) < shape.outputs,
                "a class of the target has no output");
      }
      break;
    case Output::kLinear:
      require(targets.classes.empty(), "a linear network is trained towards numbers");
      require(targets.outputs == shape.outputs,
              "the target has " + std::to_string(targets.outputs) +
                  " numbers per row, the network " + std::to_string(shape.outputs) +
                  " outputs");
      break;
    case Output::kReconstruction:
      require(targets.classes.empty() && targets.numbers.empty(),
              "a reconstruction is trained towards the inputs");
      require(shape.outputs == shape.inputs(),
              "a reconstruction has as many outputs as inputs");
      require(facts(shape.activation).channels == 1,
              "a unit of two channels cannot repeat an input");
      break;
  }
  require(shape.output == Output::kReconstruction || targets.size() == rows,
          "there must be one target per row");
  require((targets.weights.empty() || targets.weights.size() == rows) &&
              (targets.offsets.empty() || targets.offsets.size() == rows),
          "weights and offsets must be as many as targets");
}

}  // namespace feedforward

#endif

// Level 6, runs. Outputs of a network with given weights, as they were trained: those
// that read a layer with dropout are shrunk here by the share it kept.
#ifndef FEEDFORWARD_PREDICTOR_H
#define FEEDFORWARD_PREDICTOR_H

#include <cstdint>
#include <string>
#include <vector>

#include "network/batch.h"
#include "network/plain_parameters.h"
#include "words/executor.h"
#include "words/monitor.h"

namespace feedforward {

// What of a network is looked at.
struct NetworkView {
  enum class What {
    kOutputs,      // output units before softmax or link, a reconstruction as it stands
    kErrors,       // the mean squared error of a row's reconstruction
    kErrorOfEach,  // the squared error of each input
    kLayer         // what a hidden layer passes on, shrunk by the share that dropout kept
  };
  What what = What::kOutputs;
  std::size_t layer = 0;
};

class Predictor {
 public:
  // Throws std::invalid_argument when the parameters do not fit the shape.
  Predictor(const Shape& shape, const PlainParameters& parameters,
            const std::string& kernels);

  const Shape& shape() const { return layout_.shape(); }
  // Numbers of a row that a view shows.
  std::size_t columns(NetworkView view) const;

  // Writes number k of row index[i] (row i when index is null) to out[k * n + i]. A row's
  // numbers do not depend on its company. Returns false when the monitor interrupted.
  bool predict(const Rows& rows, const std::uint32_t* index, std::size_t n,
               NetworkView view, double* out, Executor& executor, Monitor& monitor) const;

 private:
  const Kernels& kernels_;
  Layout layout_;
  FloatVector flat_;
};

}  // namespace feedforward

#endif

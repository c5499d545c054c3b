// Level 6, runs.
#include "runs/predictor.h"

#include <algorithm>
#include <stdexcept>

#include "words/float_environment.h"
#include "words/work.h"

namespace feedforward {
namespace {

constexpr std::size_t kRowsAtOnce = 48;  // whole product tiles

}  // namespace

Predictor::Predictor(const Shape& shape, const PlainParameters& parameters,
                     const std::string& kernels)
    : kernels_(find_kernels(kernels)),
      layout_(shape, Layout::For::kBatches, false),
      flat_(pack(layout_, parameters)) {
  for (std::size_t l = 0; l < shape.kept.size(); ++l) {
    const float kept = static_cast<float>(shape.kept[l]);
    if (kept == 1) continue;
    for (const WeightMatrix& matrix : layout_.layer(l).matrices) {
      float* const weights = flat_.data() + matrix.offset;
      for (std::size_t i = 0; i < matrix.size(); ++i) weights[i] *= kept;
    }
  }
}

bool Predictor::predict(const Rows& rows, const std::uint32_t* index, std::size_t n,
                        double* out, Executor& executor, Monitor& monitor) const {
  const Shape& shape = layout_.shape();
  if (rows.coded_inputs != shape.coded_inputs ||
      rows.numeric_inputs != shape.numeric_inputs) {
    throw std::invalid_argument("the rows do not have the inputs of the network");
  }
  // Small enough to share among threads, large enough to pay for its scratch.
  const double slice = kSliceWork / prediction_work(layout_.size(), 1);
  const std::size_t most =
      static_cast<std::size_t>(std::max<double>(kRowsAtOnce, std::min(slice, 4096.0)));
  const std::size_t share = (n + executor.width() - 1) / executor.width();
  const std::size_t chunk =
      (std::min(most, std::max<std::size_t>(share, 1)) + kRowsAtOnce - 1) / kRowsAtOnce *
      kRowsAtOnce;
  const std::size_t chunks = (n + chunk - 1) / chunk;
  const std::size_t together = std::max<std::size_t>(executor.width(), 1);
  for (std::size_t first = 0; first < chunks; first += together) {
    executor.run(std::min(together, chunks - first), [&](std::size_t t) {
      const FloatEnvironment environment;
      const std::size_t from = (first + t) * chunk, to = std::min(from + chunk, n);
      Batch batch(layout_, kernels_, rows, std::min(kRowsAtOnce, to - from));
      for (std::size_t at = from; at < to; at += kRowsAtOnce) {
        const std::size_t count = std::min(kRowsAtOnce, to - at);
        for (std::size_t i = 0; i < count; ++i) {
          batch.read(i, index ? index[at + i] : at + i, 0, 0, 0);
        }
        batch.forward(flat_.data(), 0, count, nullptr);
        for (std::size_t i = 0; i < count; ++i) {
          for (std::size_t k = 0; k < shape.outputs; ++k) {
            out[k * n + at + i] = batch.outputs(i)[k];
          }
        }
      }
    });
    if (monitor.ask() == Monitor::Answer::kInterrupt) return false;
  }
  return true;
}

}  // namespace feedforward

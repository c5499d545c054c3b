// Level 6, runs.
#include "runs/predictor.h"

#include <algorithm>
#include <stdexcept>

#include "words/float_environment.h"
#include "words/work.h"

namespace feedforward {
namespace {

constexpr std::size_t kRowsAtOnce = 48;  // whole product tiles

// Turns what a batch has computed into the numbers that a view shows.
class Viewer {
 public:
  Viewer(NetworkView view, const Layout& layout, const Kernels& kernels, const Rows& rows)
      : view_(view),
        shape_(layout.shape()),
        rows_(rows),
        stride_(view.what == NetworkView::What::kLayer
                    ? layout.layer(view.layer).unit_stride
                    : padded(shape_.outputs)),
        activate_(kernels.activation_kernel(shape_.activation)),
        values_(stride_),
        slopes_(stride_),
        inputs_(padded(shape_.inputs())) {}

  // Of place i of the batch, which holds this row: writes to out, out + step, ...
  void show(const Batch& batch, std::size_t i, std::size_t row, double* out,
            std::size_t step) {
    if (view_.what == NetworkView::What::kLayer) {
      const float* const a = batch.layer(view_.layer).activation.data() + i * stride_;
      const std::size_t above = view_.layer + 1;
      const double kept = above < shape_.kept.size() ? shape_.kept[above] : 1;
      for (std::size_t k = 0; k < shape_.hidden[view_.layer]; ++k)
        out[k * step] = kept * a[k];
      return;
    }
    const float* z = batch.outputs(i);
    if (shape_.output == Output::kReconstruction) {
      activate_(z, nullptr, values_.data(), slopes_.data(), stride_);
      z = values_.data();
    }
    if (view_.what == NetworkView::What::kOutputs) {
      for (std::size_t k = 0; k < shape_.outputs; ++k) out[k * step] = z[k];
      return;
    }
    rows_.write_inputs(row, inputs_.data());
    double sum = 0;
    for (std::size_t k = 0; k < shape_.outputs; ++k) {
      const double error = static_cast<double>(z[k]) - inputs_[k];
      if (view_.what == NetworkView::What::kErrorOfEach) out[k * step] = error * error;
      sum += error * error;
    }
    if (view_.what == NetworkView::What::kErrors)
      *out = sum / static_cast<double>(shape_.outputs);
  }

 private:
  const NetworkView view_;
  const Shape& shape_;
  const Rows& rows_;
  const std::size_t stride_;
  const ActivationKernel activate_;
  FloatVector values_, slopes_, inputs_;
};

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

std::size_t Predictor::columns(NetworkView view) const {
  const Shape& shape = layout_.shape();
  if (view.what == NetworkView::What::kLayer) {
    if (view.layer >= shape.hidden.size()) {
      throw std::invalid_argument("the network has no such hidden layer");
    }
    return shape.hidden[view.layer];
  }
  if (view.what == NetworkView::What::kOutputs) return shape.outputs;
  if (shape.output != Output::kReconstruction) {
    throw std::invalid_argument("the network reconstructs nothing");
  }
  return view.what == NetworkView::What::kErrors ? 1 : shape.outputs;
}

bool Predictor::predict(const Rows& rows, const std::uint32_t* index, std::size_t n,
                        NetworkView view, double* out, Executor& executor,
                        Monitor& monitor) const {
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
      Viewer viewer(view, layout_, kernels_, rows);
      for (std::size_t at = from; at < to; at += kRowsAtOnce) {
        const std::size_t count = std::min(kRowsAtOnce, to - at);
        for (std::size_t i = 0; i < count; ++i) {
          batch.read(i, index ? index[at + i] : at + i, 0, 0, 0);
        }
        batch.forward(flat_.data(), 0, count, nullptr);
        for (std::size_t i = 0; i < count; ++i) {
          viewer.show(batch, i, index ? index[at + i] : at + i, out + at + i, n);
        }
      }
    });
    if (monitor.ask() == Monitor::Answer::kInterrupt) return false;
  }
  return true;
}

}  // namespace feedforward

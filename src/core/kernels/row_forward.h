// Level 1, kernels. Forward kernels of one training row.
// Part of kernel_templates.h.

template <bool kLookAhead>
inline F16 read_weights(const float* w, const float* velocity, F16 momentum) {
  const F16 weights = load(w);
  return kLookAhead ? fma(momentum, load(velocity), weights) : weights;
}

template <std::size_t kBlocks, bool kLookAhead>
inline void gather_panel(float* z, const float* start, const float* w, std::size_t stride,
                         const int* index, const float* scales, std::size_t count,
                         const float* velocity, F16 momentum) {
  F16 acc[kBlocks];
  for (std::size_t b = 0; b < kBlocks; ++b) acc[b] = load(start + 16 * b);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = static_cast<std::size_t>(index[i]) * stride;
    const F16 scale = set1(scales[i]);
    for (std::size_t b = 0; b < kBlocks; ++b) {
      acc[b] =
          fma(scale,
              read_weights<kLookAhead>(w + at + 16 * b, velocity + at + 16 * b, momentum),
              acc[b]);
    }
  }
  for (std::size_t b = 0; b < kBlocks; ++b) store(z + 16 * b, acc[b]);
}

// As many panels of kBlocks as there are, then narrower ones for the rest.
template <std::size_t kBlocks, bool kLookAhead>
inline void gather_panels(float* z, const float* start, std::size_t n, const float* w,
                          std::size_t stride, const int* index, const float* scales,
                          std::size_t count, const float* velocity, F16 momentum) {
  std::size_t j = 0;
  for (; j + 16 * kBlocks <= n; j += 16 * kBlocks) {
    gather_panel<kBlocks, kLookAhead>(z + j, start + j, w + j, stride, index, scales,
                                      count, velocity + j, momentum);
  }
  if constexpr (kBlocks > 1) {
    if (j < n) {
      gather_panels<kBlocks / 2, kLookAhead>(z + j, start + j, n - j, w + j, stride,
                                             index, scales, count, velocity + j,
                                             momentum);
    }
  }
}

template <bool kLookAhead>
inline void gather_rows_as(float* z, const float* start, std::size_t n, const float* w,
                           std::size_t stride, const int* index, const float* scales,
                           std::size_t count, const float* velocity, float momentum) {
  gather_panels<kPanelBlocks, kLookAhead>(z, start, n, w, stride, index, scales, count,
                                          velocity, set1(momentum));
}

void gather_rows(float* z, const float* start, std::size_t n, const float* w,
                 std::size_t stride, const ListedVector& rows, const float* velocity,
                 float momentum) {
  if (velocity) {
    gather_rows_as<true>(z, start, n, w, stride, rows.index, rows.values, rows.n,
                         velocity, momentum);
  } else {
    gather_rows_as<false>(z, start, n, w, stride, rows.index, rows.values, rows.n, w,
                          0.0f);
  }
}

template <int kRows, bool kLookAhead>
inline void dot_panel(F16 (&acc)[4], const float* w, std::size_t stride,
                      const float* input, const int* blocks, std::size_t n_blocks,
                      const float* velocity, F16 momentum) {
  for (std::size_t b = 0; b < n_blocks; ++b) {
    const std::size_t at = static_cast<std::size_t>(blocks[b]);
    const F16 x = load(input + at);
    for (int r = 0; r < kRows; ++r) {
      acc[r] = fma(read_weights<kLookAhead>(w + r * stride + at,
                                            velocity + r * stride + at, momentum),
                   x, acc[r]);
    }
  }
}

template <bool kLookAhead>
inline void dot_rows_as(float* z, const float* start, const float* w, std::size_t stride,
                        std::size_t rows, const float* input, const int* blocks,
                        std::size_t n_blocks, const float* velocity, float momentum) {
  const F16 m = set1(momentum), zero = set1(0.0f);
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    F16 acc[4] = {zero, zero, zero, zero};
    dot_panel<4, kLookAhead>(acc, w + r * stride, stride, input, blocks, n_blocks,
                             velocity + r * stride, m);
    store_sums(z + r, start + r, acc);
  }
  for (; r < rows; ++r) {
    F16 acc[4] = {zero, zero, zero, zero};
    dot_panel<1, kLookAhead>(acc, w + r * stride, stride, input, blocks, n_blocks,
                             velocity + r * stride, m);
    z[r] = start[r] + sum(acc[0]);
  }
}

void dot_rows(float* z, const float* start, const float* w, std::size_t stride,
              std::size_t rows, const BlockedVector& columns, const float* velocity,
              float momentum) {
  if (velocity) {
    dot_rows_as<true>(z, start, w, stride, rows, columns.values, columns.blocks,
                      columns.n_blocks, velocity, momentum);
  } else {
    dot_rows_as<false>(z, start, w, stride, rows, columns.values, columns.blocks,
                       columns.n_blocks, w, 0.0f);
  }
}

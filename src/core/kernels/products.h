// Level 1, kernels. Matrix products of mini-batches and prediction.
// Part of kernel_templates.h.

// One tile of accumulators, kRows x kBlocks, over the whole depth in order. Row i of the
// tile reads a[i * row_step + k * depth_step]; the same code serves c += a w (row_step
// lda, depth_step 1) and g = a' d (row_step 1, depth_step lda).
template <std::size_t kRows, std::size_t kBlocks, bool kAccumulate>
inline void product_tile(float* c, std::size_t ldc, const float* a, std::size_t row_step,
                         std::size_t depth_step, const float* w, std::size_t ldw,
                         std::size_t depth) {
  F16 acc[kRows][kBlocks];
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t j = 0; j < kBlocks; ++j) {
      acc[i][j] = kAccumulate ? load(c + i * ldc + 16 * j) : set1(0.0f);
    }
  }
  for (std::size_t k = 0; k < depth; ++k) {
    F16 weights[kBlocks];
    for (std::size_t j = 0; j < kBlocks; ++j) weights[j] = load(w + k * ldw + 16 * j);
    for (std::size_t i = 0; i < kRows; ++i) {
      const F16 x = set1(a[i * row_step + k * depth_step]);
      for (std::size_t j = 0; j < kBlocks; ++j) {
        acc[i][j] = fma(x, weights[j], acc[i][j]);
      }
    }
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t j = 0; j < kBlocks; ++j) store(c + i * ldc + 16 * j, acc[i][j]);
  }
}

template <std::size_t kBlocks, bool kAccumulate>
inline void product_panel(float* c, std::size_t ldc, const float* a, std::size_t row_step,
                          std::size_t depth_step, const float* w, std::size_t ldw,
                          std::size_t rows, std::size_t depth) {
  std::size_t i = 0;
  for (; i + kTileRows <= rows; i += kTileRows) {
    // Two tiles of four are faster than a whole one and single rows.
    const std::size_t rest = rows - i - kTileRows;
    if (kTileRows < 8 && (rest == 2 || rest == 3)) break;
    product_tile<kTileRows, kBlocks, kAccumulate>(c + i * ldc, ldc, a + i * row_step,
                                                  row_step, depth_step, w, ldw, depth);
  }
  for (; i + 4 <= rows; i += 4) {
    product_tile<4, kBlocks, kAccumulate>(c + i * ldc, ldc, a + i * row_step, row_step,
                                          depth_step, w, ldw, depth);
  }
  for (; i < rows; ++i) {
    product_tile<1, kBlocks, kAccumulate>(c + i * ldc, ldc, a + i * row_step, row_step,
                                          depth_step, w, ldw, depth);
  }
}

template <bool kAccumulate>
inline void product_any(float* c, std::size_t ldc, const float* a, std::size_t row_step,
                        std::size_t depth_step, const float* w, std::size_t ldw,
                        std::size_t rows, std::size_t depth, std::size_t n) {
  std::size_t j = 0;
  for (; j + 16 * kTileBlocks <= n; j += 16 * kTileBlocks) {
    product_panel<kTileBlocks, kAccumulate>(c + j, ldc, a, row_step, depth_step, w + j,
                                            ldw, rows, depth);
  }
  for (; j < n; j += 16) {
    product_panel<1, kAccumulate>(c + j, ldc, a, row_step, depth_step, w + j, ldw, rows,
                                  depth);
  }
}

void product(float* c, std::size_t ldc, const float* a, std::size_t lda, const float* w,
             std::size_t ldw, std::size_t rows, std::size_t depth, std::size_t n) {
  product_any<true>(c, ldc, a, lda, 1, w, ldw, rows, depth, n);
}

void gradient_product(float* g, std::size_t ldg, const float* a, std::size_t lda,
                      const float* d, std::size_t ldd, std::size_t rows,
                      std::size_t depth, std::size_t n) {
  product_any<false>(g, ldg, a, 1, lda, d, ldd, depth, rows, n);
}

template <std::size_t kBlocks>
inline void scatter_panel(float* g, std::size_t ldg, const float* d, const int* index,
                          const float* values, std::size_t count) {
  F16 errors[kBlocks];
  for (std::size_t b = 0; b < kBlocks; ++b) errors[b] = load(d + 16 * b);
  for (std::size_t i = 0; i < count; ++i) {
    float* const row = g + static_cast<std::size_t>(index[i]) * ldg;
    const F16 x = set1(values[i]);
    for (std::size_t b = 0; b < kBlocks; ++b) {
      store(row + 16 * b, fma(x, errors[b], load(row + 16 * b)));
    }
  }
}

void scatter_rows(float* g, std::size_t ldg, const float* d, std::size_t n,
                  const ListedVector& rows) {
  std::size_t j = 0;
  constexpr std::size_t kWide = 16 * kPanelBlocks;
  for (; j + kWide <= n; j += kWide) {
    scatter_panel<kPanelBlocks>(g + j, ldg, d + j, rows.index, rows.values, rows.n);
  }
  for (; j < n; j += 16)
    scatter_panel<1>(g + j, ldg, d + j, rows.index, rows.values, rows.n);
}

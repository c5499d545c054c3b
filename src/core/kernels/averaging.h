// Level 1, kernels. Kernels that work on whole weight vectors.
// Part of kernel_templates.h.

void average(float* weights, float* change, float* const* replicas, const float* shares,
             std::size_t n_replicas, float momentum, std::size_t n) {
  const F16 m = set1(momentum);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 old = load(weights + j);
    F16 d = load(change + j);
    const F16 start = fma(m, d, old);
    d = mul(m, d);
    for (std::size_t r = 0; r < n_replicas; ++r) {
      d = fma(set1(shares[r]), sub(load(replicas[r] + j), start), d);
    }
    const F16 now = add(old, d);
    store(weights + j, now);
    store(change + j, d);
    const F16 next = fma(m, d, now);
    for (std::size_t r = 0; r < n_replicas; ++r) store(replicas[r] + j, next);
  }
}

void moving_average(float* average, const float* weights, float decay, std::size_t n) {
  const F16 keep = set1(decay), rest = set1(1.0f - decay);
  for (std::size_t j = 0; j < n; j += 16) {
    store(average + j, fma(rest, load(weights + j), mul(keep, load(average + j))));
  }
}

// Sixteen rows of sixteen, every line written at once: single floats, each a line and a
// page from the next, would wait for memory.
inline void transpose_tile(const float* from, std::size_t ldf, float* to,
                           std::size_t ldt) {
  F16 fours[4][4];  // [g][k], lane 4 p + i: column 4 p + k of row 4 g + i
  for (std::size_t g = 0; g < 4; ++g) {
    for (std::size_t i = 0; i < 4; ++i) fours[g][i] = load(from + (4 * g + i) * ldf);
    transpose_fours(fours[g]);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    F16 columns[4] = {fours[0][k], fours[1][k], fours[2][k], fours[3][k]};
    transpose_parts(columns);
    for (std::size_t p = 0; p < 4; ++p) store(to + (4 * p + k) * ldt, columns[p]);
  }
}

void transpose(const float* from, std::size_t ldf, float* to, std::size_t ldt,
               std::size_t rows, std::size_t columns) {
  for (std::size_t i = 0; i < rows; i += 16) {
    for (std::size_t j = 0; j < columns; j += 16) {
      const float* const tile = from + i * ldf + j;
      float* const target = to + j * ldt + i;
      if (i + 16 <= rows && j + 16 <= columns) {
        transpose_tile(tile, ldf, target, ldt);
        continue;
      }
      for (std::size_t c = 0; c < 16 && j + c < columns; ++c) {
        for (std::size_t r = 0; r < 16 && i + r < rows; ++r) {
          target[c * ldt + r] = tile[r * ldf + c];
        }
      }
    }
  }
}

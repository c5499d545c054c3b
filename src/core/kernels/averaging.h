// Level 0. Kernels that work on whole weight vectors.
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

void transpose(const float* from, std::size_t ldf, float* to, std::size_t ldt,
               std::size_t rows, std::size_t columns) {
  for (std::size_t i0 = 0; i0 < rows; i0 += 16) {
    const std::size_t i1 = i0 + 16 < rows ? i0 + 16 : rows;
    for (std::size_t j = 0; j < columns; ++j) {
      for (std::size_t i = i0; i < i1; ++i) to[j * ldt + i] = from[i * ldf + j];
    }
  }
}

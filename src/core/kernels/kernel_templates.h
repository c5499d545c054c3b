// Level 0. The kernels, written once in terms of F16 and M16. Each instruction set's file
// includes this inside its own namespace and target region.

// ---- Sums along a vector ---------------------------------------------------------------

// Sums of the lanes of four vectors: i and i + 8, then i and i + 4, i + 2, i + 1.
#ifdef FEEDFORWARD_X86_KERNELS
inline __m128 fold4(F16 a) {
  const __m256 half = fold(a);
  return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
}
inline void add_sums(float* out, const F16 (&a)[4]) {
  const __m128 q0 = fold4(a[0]), q1 = fold4(a[1]), q2 = fold4(a[2]), q3 = fold4(a[3]);
  const __m128 s01 = _mm_add_ps(_mm_movelh_ps(q0, q1), _mm_movehl_ps(q1, q0));
  const __m128 s23 = _mm_add_ps(_mm_movelh_ps(q2, q3), _mm_movehl_ps(q3, q2));
  const __m128 sums = _mm_add_ps(_mm_shuffle_ps(s01, s23, _MM_SHUFFLE(2, 0, 2, 0)),
                                 _mm_shuffle_ps(s01, s23, _MM_SHUFFLE(3, 1, 3, 1)));
  _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(out), sums));
}
inline float sum(F16 a) {
  const __m128 q = fold4(a);
  const __m128 s = _mm_add_ps(q, _mm_movehl_ps(q, q));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_shuffle_ps(s, s, 1)));
}
#else
inline float sum(F16 a) {
  const V4 q = (a.x[0] + a.x[2]) + (a.x[1] + a.x[3]);
  return (q[0] + q[2]) + (q[1] + q[3]);
}
inline void add_sums(float* out, const F16 (&a)[4]) {
  for (int i = 0; i < 4; ++i) out[i] += sum(a[i]);
}
#endif

// ---- One row: forward ------------------------------------------------------------------

template <bool kLookAhead>
inline F16 read_weights(const float* w, const float* velocity, F16 momentum) {
  const F16 weights = load(w);
  return kLookAhead ? fma(momentum, load(velocity), weights) : weights;
}

template <int kBlocks, bool kLookAhead>
inline void gather_panel(float* z, const float* w, std::size_t stride, const int* index,
                         const float* scales, std::size_t count, const float* velocity,
                         F16 momentum) {
  F16 acc[kBlocks];
  for (int b = 0; b < kBlocks; ++b) acc[b] = load(z + 16 * b);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = static_cast<std::size_t>(index[i]) * stride;
    const F16 scale = set1(scales ? scales[i] : 1.0f);
    for (int b = 0; b < kBlocks; ++b) {
      acc[b] = fma(scale,
                   read_weights<kLookAhead>(w + at + 16 * b, velocity + at + 16 * b,
                                            momentum),
                   acc[b]);
    }
  }
  for (int b = 0; b < kBlocks; ++b) store(z + 16 * b, acc[b]);
}

template <bool kLookAhead>
inline void gather_rows_as(float* z, std::size_t n, const float* w, std::size_t stride,
                           const int* index, const float* scales, std::size_t count,
                           const float* velocity, float momentum) {
  const F16 m = set1(momentum);
  std::size_t j = 0;
  for (; j + 64 <= n; j += 64) {
    gather_panel<4, kLookAhead>(z + j, w + j, stride, index, scales, count, velocity + j,
                                m);
  }
  for (; j < n; j += 16) {
    gather_panel<1, kLookAhead>(z + j, w + j, stride, index, scales, count, velocity + j,
                                m);
  }
}

void gather_rows(float* z, std::size_t n, const float* w, std::size_t stride,
                 const int* index, const float* scales, std::size_t count,
                 const float* velocity, float momentum) {
  if (velocity) {
    gather_rows_as<true>(z, n, w, stride, index, scales, count, velocity, momentum);
  } else {
    gather_rows_as<false>(z, n, w, stride, index, scales, count, w, 0.0f);
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
inline void dot_rows_as(float* z, const float* w, std::size_t stride, std::size_t rows,
                        const float* input, const int* blocks, std::size_t n_blocks,
                        const float* velocity, float momentum) {
  const F16 m = set1(momentum), zero = set1(0.0f);
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    F16 acc[4] = {zero, zero, zero, zero};
    dot_panel<4, kLookAhead>(acc, w + r * stride, stride, input, blocks, n_blocks,
                             velocity + r * stride, m);
    add_sums(z + r, acc);
  }
  for (; r < rows; ++r) {
    F16 acc[4] = {zero, zero, zero, zero};
    dot_panel<1, kLookAhead>(acc, w + r * stride, stride, input, blocks, n_blocks,
                             velocity + r * stride, m);
    z[r] += sum(acc[0]);
  }
}

void dot_rows(float* z, const float* w, std::size_t stride, std::size_t rows,
              const float* input, const int* blocks, std::size_t n_blocks,
              const float* velocity, float momentum) {
  if (velocity) {
    dot_rows_as<true>(z, w, stride, rows, input, blocks, n_blocks, velocity, momentum);
  } else {
    dot_rows_as<false>(z, w, stride, rows, input, blocks, n_blocks, w, 0.0f);
  }
}

// ---- Steps -----------------------------------------------------------------------------

inline F16 sign(F16 w) {
  return select(not_zero(w), copysign(set1(1.0f), w), set1(0.0f));
}

template <class R, bool kPenalised>
inline void step_rows_as(const RowStep& s) {
  const R rule(s.scalars);
  const F16 momentum = set1(s.scalars.momentum);
  const F16 l1 = set1(s.scalars.l1), l2 = set1(s.scalars.l2);
  for (std::size_t i = 0; i < s.n_rows; ++i) {
    const std::size_t row = static_cast<std::size_t>(s.rows[i]) * s.stride;
    float* const w = s.weights + row;
    float* const s1 = R::kStates > 0 ? s.state1 + row : nullptr;
    float* const s2 = R::kStates > 1 ? s.state2 + row : nullptr;
    const F16 scale = set1(s.scales ? s.scales[i] : 1.0f);
    for (std::size_t b = 0; b < s.n_blocks; ++b) {
      const std::size_t at = static_cast<std::size_t>(s.blocks[b]);
      const F16 input = load(s.input + at), old = load(w + at);
      F16 state1 = set1(0.0f), state2 = set1(0.0f);
      if (R::kStates > 0) state1 = load(s1 + at);
      if (R::kStates > 1) state2 = load(s2 + at);
      const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
      if (s.error) store(s.error + at, fma(scale, seen, load(s.error + at)));
      const M16 active = not_zero(input);
      F16 gradient = mul(scale, input);
      if (kPenalised) gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
      const F16 old1 = state1, old2 = state2;
      store(w + at, active, rule.step(old, gradient, state1, state2), old);
      if (R::kStates > 0) store(s1 + at, active, state1, old1);
      if (R::kStates > 1) store(s2 + at, active, state2, old2);
    }
  }
}

template <class R>
void step_rows(const RowStep& s) {
  if (s.scalars.l1 != 0 || s.scalars.l2 != 0) {
    step_rows_as<R, true>(s);
  } else {
    step_rows_as<R, false>(s);
  }
}

template <class R, bool kLazy, bool kPenalised>
inline void step_block_as(const BlockStep& s) {
  const R rule(s.scalars);
  const F16 momentum = set1(s.scalars.momentum);
  const F16 l1 = set1(s.scalars.l1), l2 = set1(s.scalars.l2);
  for (std::size_t j = 0; j < s.n; j += 16) {
    F16 gradient = load(s.gradient + j);
    const M16 touched = not_zero(gradient);
    if (kLazy && !any(touched)) continue;
    const F16 old = load(s.weights + j);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(s.state1 + j);
    if (R::kStates > 1) state2 = load(s.state2 + j);
    if (kPenalised) {
      const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
      gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
    }
    const F16 old1 = state1, old2 = state2;
    const F16 stepped = rule.step(old, gradient, state1, state2);
    if (kLazy) {
      store(s.weights + j, touched, stepped, old);
      if (R::kStates > 0) store(s.state1 + j, touched, state1, old1);
      if (R::kStates > 1) store(s.state2 + j, touched, state2, old2);
    } else {
      store(s.weights + j, stepped);
      if (R::kStates > 0) store(s.state1 + j, state1);
      if (R::kStates > 1) store(s.state2 + j, state2);
    }
  }
}

template <class R>
void step_block(const BlockStep& s) {
  const bool penalised = s.scalars.l1 != 0 || s.scalars.l2 != 0;
  if (s.lazy) {
    penalised ? step_block_as<R, true, true>(s) : step_block_as<R, true, false>(s);
  } else {
    penalised ? step_block_as<R, false, true>(s) : step_block_as<R, false, false>(s);
  }
}

// ---- Matrix products -------------------------------------------------------------------

// One tile of accumulators, kRows x kBlocks, over the whole depth in order. Row i of the
// tile reads a[i * row_step + k * depth_step]; the same code serves c += a w (row_step lda,
// depth_step 1) and g = a' d (row_step 1, depth_step lda).
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

// ---- Elementwise -----------------------------------------------------------------------

// exp by x = n ln 2 + r, |r| <= ln 2 / 2, and the Taylor polynomial of degree 7 in r, whose
// remainder is below 2^-27. Below -87.3 the result is 0, above 88.3 that of 88.3.
inline F16 exp(F16 x) {
  const F16 low = set1(-87.3f);
  const F16 c = min(set1(88.3f), max(low, x));  // this order keeps a NaN
  const F16 n = round(mul(c, set1(1.44269504f)));
  const F16 r = fnma(n, set1(-2.12194440e-4f), fnma(n, set1(0.693359375f), c));
  F16 p = set1(1.0f / 5040.0f);
  p = fma(p, r, set1(1.0f / 720.0f));
  p = fma(p, r, set1(1.0f / 120.0f));
  p = fma(p, r, set1(1.0f / 24.0f));
  p = fma(p, r, set1(1.0f / 6.0f));
  p = fma(p, r, set1(0.5f));
  p = fma(p, r, set1(1.0f));
  p = fma(p, r, set1(1.0f));
  return select(greater(low, x), set1(0.0f), mul(p, power_of_two(n)));
}

// Below 0.6 an odd polynomial (least squares on Chebyshev nodes, relative error 3e-9), so
// that small values keep their digits; above it 1 - 2 / (1 + exp(2 |z|)).
inline F16 tanh(F16 z) {
  const F16 size = abs(z), u = mul(z, z);
  F16 p = set1(-0.00585642786f);
  p = fma(p, u, set1(0.02075747544f));
  p = fma(p, u, set1(-0.05376992178f));
  p = fma(p, u, set1(0.13331704702f));
  p = fma(p, u, set1(-0.33333283972f));
  const F16 small = fma(mul(p, u), z, z);
  const F16 e = exp(min(set1(40.0f), add(size, size)));
  const F16 big = sub(set1(1.0f), div(set1(2.0f), add(set1(1.0f), e)));
  return select(greater(size, set1(0.6f)), copysign(big, z), small);
}

void tanh(const float* z, const float* mask, float* activation, float* derivative,
          std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 h = tanh(load(z + j));
    const F16 slope = fnma(h, h, set1(1.0f));
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    store(activation + j, mul(h, m));
    store(derivative + j, mul(slope, m));
  }
}

void rectifier(const float* z, const float* mask, float* activation, float* derivative,
               std::size_t n) {
  const F16 zero = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 x = load(z + j);
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    // max(x, 0) would hide a NaN; a NaN must reach the outputs, where it is noticed.
    const M16 off = greater(zero, x);
    store(activation + j, mul(select(off, zero, x), m));
    store(derivative + j, select(greater(x, zero), m, zero));
  }
}

void maxout(const float* z, const float* mask, float* activation, float* derivative,
            std::size_t n) {
  const F16 zero = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 first = load(z + j), second = load(z + n + j);
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    const M16 second_wins = greater(second, first);  // ties go to the first channel
    store(activation + j, mul(select(second_wins, second, first), m));
    store(derivative + j, select(second_wins, zero, m));
    store(derivative + n + j, select(second_wins, m, zero));
  }
}

void multiply(const float* a, const float* b, float* out, std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) store(out + j, mul(load(a + j), load(b + j)));
}

void exponential(float* x, std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) store(x + j, exp(load(x + j)));
}

void softmax(const float* z, float* p, std::size_t classes) {
  const std::size_t n = padded(classes);
  float top = z[0];
  for (std::size_t k = 1; k < classes; ++k) top = z[k] > top ? z[k] : top;
  F16 total = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    store(p + j, exp(sub(load(z + j), set1(top))));
    for (std::size_t k = classes > j ? classes - j : 0; k < 16; ++k) p[j + k] = 0.0f;
    total = add(total, load(p + j));
  }
  const F16 all = set1(sum(total));
  for (std::size_t j = 0; j < n; j += 16) store(p + j, div(load(p + j), all));
}

std::size_t active_blocks(const float* a, const float* derivative, std::size_t channels,
                          std::size_t n, int* blocks) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < n; j += 16) {
    M16 live = not_zero(load(a + j));
    for (std::size_t c = 0; c < channels; ++c) {
      live = either(live, not_zero(load(derivative + c * n + j)));
    }
    if (any(live)) blocks[count++] = static_cast<int>(j);
  }
  return count;
}

// ---- Replicas --------------------------------------------------------------------------

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

inline Kernels make_table(const char* name) {
  Kernels k{};
  k.name = name;
  k.gather_rows = gather_rows;
  k.dot_rows = dot_rows;
  k.step_rows[kRuleAdadelta] = step_rows<Adadelta>;
  k.step_rows[kRuleSgd] = step_rows<Sgd>;
  k.step_rows[kRuleMomentum] = step_rows<Momentum>;
  k.step_rows[kRuleNesterov] = step_rows<Nesterov>;
  k.step_block[kRuleAdadelta] = step_block<Adadelta>;
  k.step_block[kRuleSgd] = step_block<Sgd>;
  k.step_block[kRuleMomentum] = step_block<Momentum>;
  k.step_block[kRuleNesterov] = step_block<Nesterov>;
  k.step_block[kRuleAdam] = step_block<Adam>;
  k.step_block[kRuleRmsprop] = step_block<Rmsprop>;
  k.step_block[kRuleAdagrad] = step_block<Adagrad>;
  k.product = product;
  k.gradient_product = gradient_product;
  k.tanh = tanh;
  k.rectifier = rectifier;
  k.maxout = maxout;
  k.multiply = multiply;
  k.exponential = exponential;
  k.softmax = softmax;
  k.active_blocks = active_blocks;
  k.average = average;
  k.moving_average = moving_average;
  k.transpose = transpose;
  return k;
}

// Level 1, kernels. Elementwise kernels.
// Part of kernel_templates.h.

// exp by x = n ln 2 + r, |r| <= ln 2 / 2, and the Taylor polynomial of degree 7 in r,
// whose remainder is below 2^-27. Below -87.3 the result is 0, above 88.3 that of 88.3.
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

float sum_of_squares(const float* x, std::size_t n) {
  F16 total = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 v = load(x + j);
    total = fma(v, v, total);
  }
  return sum(total);
}

void multiply(const float* a, const float* b, float* out, std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) store(out + j, mul(load(a + j), load(b + j)));
}

void add_scaled(const float* a, float scale, const float* b, float* out, std::size_t n) {
  const F16 s = set1(scale);
  for (std::size_t j = 0; j < n; j += 16) {
    store(out + j, fma(s, load(b + j), load(a + j)));
  }
}

std::size_t list_active(const float* x, std::size_t n, int* index, float* values) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 v = load(x + j);
    const M16 active = not_zero(v);
    if (!any(active)) continue;
    count += store_active(active, v, static_cast<int>(j), index + count, values + count);
  }
  return count;
}

std::size_t list_errors(const float* error, const float* derivative, float* delta,
                        std::size_t n, int first, int* index, float* values) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 d = mul(load(error + j), load(derivative + j));
    store(delta + j, d);
    count += store_active(not_zero(d), d, first + static_cast<int>(j), index + count,
                          values + count);
  }
  return count;
}

void exponential(float* x, std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) store(x + j, exp(load(x + j)));
}

void softmax(const float* z, float* p, std::size_t classes) {
  // Ones for the classes of a block, zeros for its padding.
  alignas(64) static const float kOnes[32] = {1, 1, 1, 1, 1, 1, 1, 1,
                                              1, 1, 1, 1, 1, 1, 1, 1};
  const std::size_t n = padded(classes);
  float top = z[0];
  for (std::size_t k = 1; k < classes; ++k) top = z[k] > top ? z[k] : top;
  F16 total = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const std::size_t left = j < classes ? classes - j : 0, here = left < 16 ? left : 16;
    const F16 e = mul(exp(sub(load(z + j), set1(top))), load(kOnes + 16 - here));
    store(p + j, e);
    total = add(total, e);
  }
  const F16 all = set1(sum(total));
  for (std::size_t j = 0; j < n; j += 16) store(p + j, div(load(p + j), all));
}

// Lanes in which the activation or any derivative is not 0.
inline M16 live_units(F16 activation, const float* derivative, std::size_t channels,
                      std::size_t n) {
  M16 live = not_zero(activation);
  for (std::size_t c = 0; c < channels; ++c) {
    live = either(live, not_zero(load(derivative + c * n)));
  }
  return live;
}

std::size_t list_units(const float* activation, const float* derivative,
                       std::size_t channels, std::size_t n, int* index, float* values) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 a = load(activation + j);
    count += store_active(live_units(a, derivative + j, channels, n), a,
                          static_cast<int>(j), index + count, values + count);
  }
  return count;
}

std::size_t active_blocks(const float* a, const float* derivative, std::size_t channels,
                          std::size_t n, int* blocks) {
  std::size_t count = 0;
  for (std::size_t j = 0; j < n; j += 16) {
    if (any(live_units(load(a + j), derivative + j, channels, n))) {
      blocks[count++] = static_cast<int>(j);
    }
  }
  return count;
}

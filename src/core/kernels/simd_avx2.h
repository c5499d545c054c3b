// Level 1, kernels. Sixteen floats in two AVX2 registers.
// Included inside a namespace and a target region; see avx2.cpp.

struct F16 {
  __m256 lo, hi;
};
struct M16 {
  __m256 lo, hi;
};

constexpr std::size_t kTileRows = 6;  // product tile: 6 x 1 blocks, 12 accumulators
constexpr std::size_t kTileBlocks = 1;
constexpr std::size_t kPanelBlocks = 4;  // accumulators of a gather or scatter

inline F16 load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
inline void store(float* p, F16 a) {
  _mm256_storeu_ps(p, a.lo);
  _mm256_storeu_ps(p + 8, a.hi);
}
inline F16 set1(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
inline F16 add(F16 a, F16 b) {
  return {_mm256_add_ps(a.lo, b.lo), _mm256_add_ps(a.hi, b.hi)};
}
inline F16 sub(F16 a, F16 b) {
  return {_mm256_sub_ps(a.lo, b.lo), _mm256_sub_ps(a.hi, b.hi)};
}
inline F16 mul(F16 a, F16 b) {
  return {_mm256_mul_ps(a.lo, b.lo), _mm256_mul_ps(a.hi, b.hi)};
}
inline F16 div(F16 a, F16 b) {
  return {_mm256_div_ps(a.lo, b.lo), _mm256_div_ps(a.hi, b.hi)};
}
inline F16 fma(F16 a, F16 b, F16 c) {
  return {_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
}
// c - a * b
inline F16 fnma(F16 a, F16 b, F16 c) {
  return {_mm256_fnmadd_ps(a.lo, b.lo, c.lo), _mm256_fnmadd_ps(a.hi, b.hi, c.hi)};
}
inline F16 sqrt(F16 a) { return {_mm256_sqrt_ps(a.lo), _mm256_sqrt_ps(a.hi)}; }
inline F16 max(F16 a, F16 b) {
  return {_mm256_max_ps(a.lo, b.lo), _mm256_max_ps(a.hi, b.hi)};
}
inline F16 min(F16 a, F16 b) {
  return {_mm256_min_ps(a.lo, b.lo), _mm256_min_ps(a.hi, b.hi)};
}
inline F16 abs(F16 a) {
  const __m256 top = _mm256_set1_ps(-0.0f);
  return {_mm256_andnot_ps(top, a.lo), _mm256_andnot_ps(top, a.hi)};
}
inline F16 copysign(F16 size, F16 sign) {
  const __m256 top = _mm256_set1_ps(-0.0f);
  return {_mm256_or_ps(_mm256_andnot_ps(top, size.lo), _mm256_and_ps(top, sign.lo)),
          _mm256_or_ps(_mm256_andnot_ps(top, size.hi), _mm256_and_ps(top, sign.hi))};
}
inline M16 not_zero(F16 a) {
  const __m256 zero = _mm256_setzero_ps();
  return {_mm256_cmp_ps(a.lo, zero, _CMP_NEQ_UQ), _mm256_cmp_ps(a.hi, zero, _CMP_NEQ_UQ)};
}
inline M16 greater(F16 a, F16 b) {
  return {_mm256_cmp_ps(a.lo, b.lo, _CMP_GT_OQ), _mm256_cmp_ps(a.hi, b.hi, _CMP_GT_OQ)};
}
inline M16 either(M16 a, M16 b) {
  return {_mm256_or_ps(a.lo, b.lo), _mm256_or_ps(a.hi, b.hi)};
}
inline M16 both(M16 a, M16 b) {
  return {_mm256_and_ps(a.lo, b.lo), _mm256_and_ps(a.hi, b.hi)};
}
inline bool any(M16 m) { return _mm256_movemask_ps(_mm256_or_ps(m.lo, m.hi)) != 0; }
// The lanes of m, packed: first + lane into index, the values into out. How many.
inline std::size_t store_active(M16 m, F16 values, int first, int* index, float* out) {
  alignas(32) float lanes[16];
  store(lanes, values);
  unsigned bits = static_cast<unsigned>(_mm256_movemask_ps(m.lo)) |
                  static_cast<unsigned>(_mm256_movemask_ps(m.hi)) << 8;
  std::size_t n = 0;
  for (; bits != 0; bits &= bits - 1, ++n) {
    const int lane = __builtin_ctz(bits);
    index[n] = first + lane;
    out[n] = lanes[lane];
  }
  return n;
}
inline F16 select(M16 m, F16 yes, F16 no) {
  return {_mm256_blendv_ps(no.lo, yes.lo, m.lo), _mm256_blendv_ps(no.hi, yes.hi, m.hi)};
}
inline void store(float* p, M16 m, F16 a, F16 old) { store(p, select(m, a, old)); }
inline __m256 power_of_two_half(__m256 n) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(
      _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23));
}
// 2^n for whole n in [-126, 127]
inline F16 power_of_two(F16 n) {
  return {power_of_two_half(n.lo), power_of_two_half(n.hi)};
}
inline F16 round(F16 a) {
  constexpr int kMode = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
  return {_mm256_round_ps(a.lo, kMode), _mm256_round_ps(a.hi, kMode)};
}
// Lanes i and i + 8 added.
inline __m256 fold(F16 a) { return _mm256_add_ps(a.lo, a.hi); }
inline void transpose_fours_half(__m256& a, __m256& b, __m256& c, __m256& d) {
  const __m256d t0 = _mm256_castps_pd(_mm256_unpacklo_ps(a, b));
  const __m256d t1 = _mm256_castps_pd(_mm256_unpackhi_ps(a, b));
  const __m256d t2 = _mm256_castps_pd(_mm256_unpacklo_ps(c, d));
  const __m256d t3 = _mm256_castps_pd(_mm256_unpackhi_ps(c, d));
  a = _mm256_castpd_ps(_mm256_unpacklo_pd(t0, t2));
  b = _mm256_castpd_ps(_mm256_unpackhi_pd(t0, t2));
  c = _mm256_castpd_ps(_mm256_unpacklo_pd(t1, t3));
  d = _mm256_castpd_ps(_mm256_unpackhi_pd(t1, t3));
}
// A 4 x 4 matrix of four vectors within each 128 bits.
inline void transpose_fours(F16 (&a)[4]) {
  transpose_fours_half(a[0].lo, a[1].lo, a[2].lo, a[3].lo);
  transpose_fours_half(a[0].hi, a[1].hi, a[2].hi, a[3].hi);
}
// The 4 x 4 matrix of the 128-bit parts of four vectors.
inline void transpose_parts(F16 (&a)[4]) {
  const F16 b[4] = {a[0], a[1], a[2], a[3]};
  a[0] = {_mm256_permute2f128_ps(b[0].lo, b[1].lo, 0x20),
          _mm256_permute2f128_ps(b[2].lo, b[3].lo, 0x20)};
  a[1] = {_mm256_permute2f128_ps(b[0].lo, b[1].lo, 0x31),
          _mm256_permute2f128_ps(b[2].lo, b[3].lo, 0x31)};
  a[2] = {_mm256_permute2f128_ps(b[0].hi, b[1].hi, 0x20),
          _mm256_permute2f128_ps(b[2].hi, b[3].hi, 0x20)};
  a[3] = {_mm256_permute2f128_ps(b[0].hi, b[1].hi, 0x31),
          _mm256_permute2f128_ps(b[2].hi, b[3].hi, 0x31)};
}

// Sixteen whole numbers, for random numbers.
struct U16 {
  __m256i lo, hi;
};
inline U16 load(const std::uint32_t* p) {
  const __m256i* const q = reinterpret_cast<const __m256i*>(p);
  return {_mm256_load_si256(q), _mm256_load_si256(q + 1)};
}
inline U16 set1(std::uint32_t x) {
  const __m256i v = _mm256_set1_epi32(static_cast<int>(x));
  return {v, v};
}
inline U16 add(U16 a, U16 b) {
  return {_mm256_add_epi32(a.lo, b.lo), _mm256_add_epi32(a.hi, b.hi)};
}
inline U16 exclusive_or(U16 a, U16 b) {
  return {_mm256_xor_si256(a.lo, b.lo), _mm256_xor_si256(a.hi, b.hi)};
}
inline U16 multiply_low(U16 a, std::uint32_t b) {
  const U16 c = set1(b);
  return {_mm256_mullo_epi32(a.lo, c.lo), _mm256_mullo_epi32(a.hi, c.hi)};
}
inline __m256i multiply_high_half(__m256i a, __m256i b) {
  const __m256i even = _mm256_mul_epu32(a, b);
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(a, 32), b);
  return _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
}
inline U16 multiply_high(U16 a, std::uint32_t b) {
  const U16 c = set1(b);
  return {multiply_high_half(a.lo, c.lo), multiply_high_half(a.hi, c.hi)};
}
inline F16 top_24_bits(U16 a) {
  return {_mm256_cvtepi32_ps(_mm256_srli_epi32(a.lo, 8)),
          _mm256_cvtepi32_ps(_mm256_srli_epi32(a.hi, 8))};
}

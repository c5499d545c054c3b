// Level 1, kernels. Sixteen floats in one AVX-512 register.
// Included inside a namespace and a target region; see avx512.cpp.

struct F16 {
  __m512 v;
};
struct M16 {
  __mmask16 m;
};

constexpr std::size_t kTileRows = 12;  // product tile: 12 x 2 blocks of accumulators
constexpr std::size_t kTileBlocks = 2;
constexpr std::size_t kPanelBlocks = 13;  // accumulators of a gather or scatter

inline F16 load(const float* p) { return {_mm512_loadu_ps(p)}; }
inline void store(float* p, F16 a) { _mm512_storeu_ps(p, a.v); }
inline void store(float* p, M16 m, F16 a, F16) { _mm512_mask_storeu_ps(p, m.m, a.v); }
inline F16 set1(float x) { return {_mm512_set1_ps(x)}; }
inline F16 add(F16 a, F16 b) { return {_mm512_add_ps(a.v, b.v)}; }
inline F16 sub(F16 a, F16 b) { return {_mm512_sub_ps(a.v, b.v)}; }
inline F16 mul(F16 a, F16 b) { return {_mm512_mul_ps(a.v, b.v)}; }
inline F16 div(F16 a, F16 b) { return {_mm512_div_ps(a.v, b.v)}; }
inline F16 fma(F16 a, F16 b, F16 c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
// c - a * b
inline F16 fnma(F16 a, F16 b, F16 c) { return {_mm512_fnmadd_ps(a.v, b.v, c.v)}; }
inline F16 sqrt(F16 a) { return {_mm512_sqrt_ps(a.v)}; }
inline F16 max(F16 a, F16 b) { return {_mm512_max_ps(a.v, b.v)}; }
inline F16 min(F16 a, F16 b) { return {_mm512_min_ps(a.v, b.v)}; }
inline F16 abs(F16 a) { return {_mm512_abs_ps(a.v)}; }
inline F16 copysign(F16 size, F16 sign) {
  const __m512i top = _mm512_set1_epi32(static_cast<int>(0x80000000u));
  return {_mm512_castsi512_ps(
      _mm512_or_si512(_mm512_andnot_si512(top, _mm512_castps_si512(size.v)),
                      _mm512_and_si512(top, _mm512_castps_si512(sign.v))))};
}
inline M16 not_zero(F16 a) {
  return {_mm512_cmp_ps_mask(a.v, _mm512_setzero_ps(), _CMP_NEQ_UQ)};
}
inline M16 greater(F16 a, F16 b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)}; }
inline M16 either(M16 a, M16 b) { return {static_cast<__mmask16>(a.m | b.m)}; }
inline M16 both(M16 a, M16 b) { return {static_cast<__mmask16>(a.m & b.m)}; }
inline bool any(M16 m) { return m.m != 0; }
// The lanes of m, packed: first + lane into index, the values into out. How many.
inline std::size_t store_active(M16 m, F16 values, int first, int* index, float* out) {
  const __m512i lanes = _mm512_add_epi32(
      _mm512_set1_epi32(first),
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  _mm512_storeu_si512(index, _mm512_maskz_compress_epi32(m.m, lanes));
  _mm512_storeu_ps(out, _mm512_maskz_compress_ps(m.m, values.v));
  return static_cast<std::size_t>(__builtin_popcount(m.m));
}
inline F16 select(M16 m, F16 yes, F16 no) {
  return {_mm512_mask_blend_ps(m.m, no.v, yes.v)};
}
// 2^n for whole n in [-126, 127]
inline F16 power_of_two(F16 n) {
  const __m512i whole = _mm512_cvtps_epi32(n.v);
  return {_mm512_castsi512_ps(
      _mm512_slli_epi32(_mm512_add_epi32(whole, _mm512_set1_epi32(127)), 23))};
}
inline F16 round(F16 a) {
  return {_mm512_roundscale_ps(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}
// Lanes i and i + 8 added.
inline __m256 fold(F16 a) {
  return _mm256_add_ps(_mm512_castps512_ps256(a.v), _mm512_extractf32x8_ps(a.v, 1));
}
// A 4 x 4 matrix of four vectors within each 128 bits.
inline void transpose_fours(F16 (&a)[4]) {
  const __m512d t0 = _mm512_castps_pd(_mm512_unpacklo_ps(a[0].v, a[1].v));
  const __m512d t1 = _mm512_castps_pd(_mm512_unpackhi_ps(a[0].v, a[1].v));
  const __m512d t2 = _mm512_castps_pd(_mm512_unpacklo_ps(a[2].v, a[3].v));
  const __m512d t3 = _mm512_castps_pd(_mm512_unpackhi_ps(a[2].v, a[3].v));
  a[0].v = _mm512_castpd_ps(_mm512_unpacklo_pd(t0, t2));
  a[1].v = _mm512_castpd_ps(_mm512_unpackhi_pd(t0, t2));
  a[2].v = _mm512_castpd_ps(_mm512_unpacklo_pd(t1, t3));
  a[3].v = _mm512_castpd_ps(_mm512_unpackhi_pd(t1, t3));
}
// The 4 x 4 matrix of the 128-bit parts of four vectors.
inline void transpose_parts(F16 (&a)[4]) {
  const __m512 t0 = _mm512_shuffle_f32x4(a[0].v, a[1].v, 0x88);
  const __m512 t1 = _mm512_shuffle_f32x4(a[0].v, a[1].v, 0xdd);
  const __m512 t2 = _mm512_shuffle_f32x4(a[2].v, a[3].v, 0x88);
  const __m512 t3 = _mm512_shuffle_f32x4(a[2].v, a[3].v, 0xdd);
  a[0].v = _mm512_shuffle_f32x4(t0, t2, 0x88);
  a[1].v = _mm512_shuffle_f32x4(t1, t3, 0x88);
  a[2].v = _mm512_shuffle_f32x4(t0, t2, 0xdd);
  a[3].v = _mm512_shuffle_f32x4(t1, t3, 0xdd);
}

// Sixteen whole numbers, for random numbers.
struct U16 {
  __m512i v;
};
inline U16 load(const std::uint32_t* p) { return {_mm512_load_si512(p)}; }
inline U16 set1(std::uint32_t x) { return {_mm512_set1_epi32(static_cast<int>(x))}; }
inline U16 add(U16 a, U16 b) { return {_mm512_add_epi32(a.v, b.v)}; }
inline U16 exclusive_or(U16 a, U16 b) { return {_mm512_xor_si512(a.v, b.v)}; }
inline U16 multiply_low(U16 a, std::uint32_t b) {
  return {_mm512_mullo_epi32(a.v, set1(b).v)};
}
inline U16 multiply_high(U16 a, std::uint32_t b) {
  const __m512i even = _mm512_mul_epu32(a.v, set1(b).v);
  const __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(a.v, 32), set1(b).v);
  return {_mm512_mask_blend_epi32(0xaaaa, _mm512_srli_epi64(even, 32), odd)};
}
inline F16 top_24_bits(U16 a) { return {_mm512_cvtepi32_ps(_mm512_srli_epi32(a.v, 8))}; }

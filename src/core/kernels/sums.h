// Level 1, kernels. Sums along a vector, in a fixed tree.
// Part of kernel_templates.h.

// start plus the sums of the lanes of four vectors: i and i + 8, then i and i + 4, i + 2,
// i + 1.
#ifdef FEEDFORWARD_X86_KERNELS
inline __m128 fold4(F16 a) {
  const __m256 half = fold(a);
  return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
}
inline void store_sums(float* out, const float* start, const F16 (&a)[4]) {
  const __m128 q0 = fold4(a[0]), q1 = fold4(a[1]), q2 = fold4(a[2]), q3 = fold4(a[3]);
  const __m128 s01 = _mm_add_ps(_mm_movelh_ps(q0, q1), _mm_movehl_ps(q1, q0));
  const __m128 s23 = _mm_add_ps(_mm_movelh_ps(q2, q3), _mm_movehl_ps(q3, q2));
  const __m128 sums = _mm_add_ps(_mm_shuffle_ps(s01, s23, _MM_SHUFFLE(2, 0, 2, 0)),
                                 _mm_shuffle_ps(s01, s23, _MM_SHUFFLE(3, 1, 3, 1)));
  _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(start), sums));
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
inline void store_sums(float* out, const float* start, const F16 (&a)[4]) {
  for (int i = 0; i < 4; ++i) out[i] = start[i] + sum(a[i]);
}
#endif

// Level 1, kernels. Sixteen floats in four 4-lane vectors of the compiler's own
// extension: what every processor R runs on can do. No fused multiply-add: a product is
// rounded before it is added.

typedef float V4 __attribute__((vector_size(16)));
typedef int I4 __attribute__((vector_size(16)));

struct F16 {
  V4 x[4];
};
struct M16 {
  I4 x[4];
};

constexpr std::size_t kTileRows = 2;
constexpr std::size_t kTileBlocks = 1;
constexpr std::size_t kPanelBlocks = 2;  // accumulators of a gather or scatter

template <class F>
inline F16 each(F f) {
  return {{f(0), f(1), f(2), f(3)}};
}
inline F16 load(const float* p) {
  F16 a;
  std::memcpy(&a, p, sizeof a);
  return a;
}
inline void store(float* p, F16 a) { std::memcpy(p, &a, sizeof a); }
inline F16 set1(float v) {
  return each([&](int) { return V4{v, v, v, v}; });
}
inline F16 add(F16 a, F16 b) {
  return each([&](int i) { return a.x[i] + b.x[i]; });
}
inline F16 sub(F16 a, F16 b) {
  return each([&](int i) { return a.x[i] - b.x[i]; });
}
inline F16 mul(F16 a, F16 b) {
  return each([&](int i) { return a.x[i] * b.x[i]; });
}
inline F16 div(F16 a, F16 b) {
  return each([&](int i) { return a.x[i] / b.x[i]; });
}
inline F16 fma(F16 a, F16 b, F16 c) { return add(mul(a, b), c); }
// c - a * b
inline F16 fnma(F16 a, F16 b, F16 c) { return sub(c, mul(a, b)); }
inline V4 sqrt4(V4 a) {
#ifdef __SSE2__
  return _mm_sqrt_ps(a);
#else
  return V4{std::sqrt(a[0]), std::sqrt(a[1]), std::sqrt(a[2]), std::sqrt(a[3])};
#endif
}
inline F16 sqrt(F16 a) {
  return each([&](int i) { return sqrt4(a.x[i]); });
}
inline V4 choose(I4 m, V4 yes, V4 no) { return (V4)((m & (I4)yes) | (~m & (I4)no)); }
inline F16 select(M16 m, F16 yes, F16 no) {
  return each([&](int i) { return choose(m.x[i], yes.x[i], no.x[i]); });
}
inline M16 greater(F16 a, F16 b) {
  return {{a.x[0] > b.x[0], a.x[1] > b.x[1], a.x[2] > b.x[2], a.x[3] > b.x[3]}};
}
// As the hardware's: the second operand where the two do not compare.
inline F16 max(F16 a, F16 b) { return select(greater(a, b), a, b); }
inline F16 min(F16 a, F16 b) { return select(greater(b, a), a, b); }
inline F16 abs(F16 a) {
  return each([&](int i) { return (V4)((I4)a.x[i] & 0x7fffffff); });
}
inline F16 copysign(F16 size, F16 sign) {
  return each([&](int i) {
    const I4 top = {INT_MIN, INT_MIN, INT_MIN, INT_MIN};
    return (V4)(((I4)size.x[i] & ~top) | ((I4)sign.x[i] & top));
  });
}
inline M16 not_zero(F16 a) {
  return {{a.x[0] != 0.0f, a.x[1] != 0.0f, a.x[2] != 0.0f, a.x[3] != 0.0f}};
}
inline M16 either(M16 a, M16 b) {
  return {{a.x[0] | b.x[0], a.x[1] | b.x[1], a.x[2] | b.x[2], a.x[3] | b.x[3]}};
}
inline M16 both(M16 a, M16 b) {
  return {{a.x[0] & b.x[0], a.x[1] & b.x[1], a.x[2] & b.x[2], a.x[3] & b.x[3]}};
}
inline bool any(M16 m) {
  const I4 all = m.x[0] | m.x[1] | m.x[2] | m.x[3];
  return (all[0] | all[1] | all[2] | all[3]) != 0;
}
// The lanes of m, packed: first + lane into index, the values into out. How many.
inline std::size_t store_active(M16 m, F16 values, int first, int* index, float* out) {
  std::size_t n = 0;
  for (int lane = 0; lane < 16; ++lane) {
    index[n] = first + lane;
    out[n] = values.x[lane / 4][lane % 4];
    n += m.x[lane / 4][lane % 4] != 0;
  }
  return n;
}
inline void store(float* p, M16 m, F16 a, F16 old) { store(p, select(m, a, old)); }
// Adding and taking away 1.5 * 2^23 rounds to the nearest whole number below 2^22.
inline F16 round(F16 a) {
  const F16 shift = set1(12582912.0f);
  return sub(add(a, shift), shift);
}
// 2^n for whole n in [-126, 127]
inline F16 power_of_two(F16 n) {
  return each(
      [&](int i) { return (V4)((__builtin_convertvector(n.x[i], I4) + 127) << 23); });
}
// A 4 x 4 matrix of four vectors within each four lanes.
inline void transpose_fours(F16 (&a)[4]) {
  const F16 b[4] = {a[0], a[1], a[2], a[3]};
  for (int i = 0; i < 4; ++i) {
    a[i] = each([&](int part) {
      return V4{b[0].x[part][i], b[1].x[part][i], b[2].x[part][i], b[3].x[part][i]};
    });
  }
}
// The 4 x 4 matrix of the four parts of four vectors.
inline void transpose_parts(F16 (&a)[4]) {
  const F16 b[4] = {a[0], a[1], a[2], a[3]};
  for (int i = 0; i < 4; ++i) {
    a[i] = each([&](int part) { return b[part].x[i]; });
  }
}

// Sixteen whole numbers, for random numbers.
struct U16 {
  std::uint32_t x[16];
};
template <class F>
inline U16 each_word(F f) {
  U16 a;
  for (int i = 0; i < 16; ++i) a.x[i] = f(i);
  return a;
}
inline U16 load(const std::uint32_t* p) {
  return each_word([&](int i) { return p[i]; });
}
inline U16 set1(std::uint32_t x) {
  return each_word([&](int) { return x; });
}
inline U16 add(U16 a, U16 b) {
  return each_word([&](int i) { return a.x[i] + b.x[i]; });
}
inline U16 exclusive_or(U16 a, U16 b) {
  return each_word([&](int i) { return a.x[i] ^ b.x[i]; });
}
inline U16 multiply_low(U16 a, std::uint32_t b) {
  return each_word([&](int i) { return a.x[i] * b; });
}
inline U16 multiply_high(U16 a, std::uint32_t b) {
  return each_word([&](int i) {
    return static_cast<std::uint32_t>((std::uint64_t{a.x[i]} * b) >> 32);
  });
}
inline F16 top_24_bits(U16 a) {
  return each([&](int i) {
    const I4 bits = {
        static_cast<int>(a.x[4 * i] >> 8), static_cast<int>(a.x[4 * i + 1] >> 8),
        static_cast<int>(a.x[4 * i + 2] >> 8), static_cast<int>(a.x[4 * i + 3] >> 8)};
    return __builtin_convertvector(bits, V4);
  });
}

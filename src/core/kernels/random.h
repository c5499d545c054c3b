// Level 1, kernels. Random numbers for sixteen quads of units at once: those of rng.h,
// bit for bit. Part of kernel_templates.h.

// Four vectors of uniforms on [0, 1), for the 64 units of quads first .. first + 15 in
// order.
inline void uniforms(const RandomAddress& at, std::uint32_t first, F16 (&out)[4]) {
  // Lane 4 i + k of a word belongs to quad 4 k + i: then transposing fours of lanes
  // leaves the units in order.
  alignas(64) static const std::uint32_t kQuads[16] = {0, 4, 8,  12, 1, 5, 9,  13,
                                                       2, 6, 10, 14, 3, 7, 11, 15};
  PhiloxKey key(at);
  U16 c0 = add(load(kQuads), set1(first)), c1 = set1(at.row), c2 = set1(at.epoch);
  U16 c3 = set1(purpose_and_layer(at));
  for (int round = 0; round < kPhiloxRounds; ++round) {
    const U16 high0 = multiply_high(c0, kPhiloxMultiplier0);
    const U16 high1 = multiply_high(c2, kPhiloxMultiplier1);
    const U16 low0 = multiply_low(c0, kPhiloxMultiplier0);
    const U16 low1 = multiply_low(c2, kPhiloxMultiplier1);
    c0 = exclusive_or(exclusive_or(high1, c1), set1(key.k0));
    c2 = exclusive_or(exclusive_or(high0, c3), set1(key.k1));
    c1 = low1;
    c3 = low0;
    key.next();
  }
  const U16 words[4] = {c0, c1, c2, c3};
  for (int w = 0; w < 4; ++w) out[w] = mul(top_24_bits(words[w]), set1(0x1p-24f));
  transpose_fours(out);
}

void dropout_mask(const RandomAddress& at, float ratio, std::size_t first, std::size_t n,
                  float* mask) {
  const std::size_t end = first + n;
  for (std::size_t unit = first / 4 * 4; unit < end; unit += 64) {
    F16 u[4];
    uniforms(at, static_cast<std::uint32_t>(unit / 4), u);
    alignas(64) float factors[64];
    for (int w = 0; w < 4; ++w) {
      store(factors + 16 * w, select(greater(set1(ratio), u[w]), set1(0.0f), set1(1.0f)));
    }
    const std::size_t from = unit < first ? first : unit;
    const std::size_t to = unit + 64 < end ? unit + 64 : end;
    std::memcpy(mask + (from - first), factors + (from - unit),
                (to - from) * sizeof(float));
  }
}

// Level 0, words. Counter-based random numbers: a draw is a function of its address.
//
// Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
// as easy as 1, 2, 3", SC 2011). Nothing is drawn before or after, so neither threads nor
// replicas nor what else a run draws can move a number.
#ifndef FEEDFORWARD_RNG_H
#define FEEDFORWARD_RNG_H

#include <array>
#include <cstdint>

namespace feedforward {

enum class Purpose : std::uint32_t { kInitialWeights = 1, kRowOrder = 2, kDropout = 3 };

struct RandomAddress {
  std::uint64_t seed;
  Purpose purpose;
  std::uint32_t layer;
  std::uint32_t epoch;
  std::uint32_t row;
};

constexpr int kPhiloxRounds = 10;
constexpr std::uint32_t kPhiloxMultiplier0 = 0xD2511F53u,
                        kPhiloxMultiplier1 = 0xCD9E8D57u;

struct PhiloxKey {
  explicit PhiloxKey(const RandomAddress& at)
      : k0(static_cast<std::uint32_t>(at.seed)),
        k1(static_cast<std::uint32_t>(at.seed >> 32)) {}
  void next() {
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  std::uint32_t k0, k1;
};

inline std::uint32_t purpose_and_layer(const RandomAddress& at) {
  return (static_cast<std::uint32_t>(at.purpose) << 16) | (at.layer & 0xffffu);
}

// Four words for units 4 * quad .. 4 * quad + 3 of the address. kernels/random.h makes
// the same for many quads.
inline std::array<std::uint32_t, 4> random_quad(const RandomAddress& at,
                                                std::uint32_t quad) {
  std::uint32_t c0 = quad, c1 = at.row, c2 = at.epoch;
  std::uint32_t c3 = purpose_and_layer(at);
  PhiloxKey key(at);
  for (int round = 0; round < kPhiloxRounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{kPhiloxMultiplier0} * c0;
    const std::uint64_t p1 = std::uint64_t{kPhiloxMultiplier1} * c2;
    const std::uint32_t n0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ key.k0;
    const std::uint32_t n2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ key.k1;
    c1 = static_cast<std::uint32_t>(p1);
    c3 = static_cast<std::uint32_t>(p0);
    c0 = n0;
    c2 = n2;
    key.next();
  }
  return {c0, c1, c2, c3};
}

inline float to_uniform(std::uint32_t word) { return (word >> 8) * 0x1p-24f; }

// Uniform on [0, 1) with 24 bits.
inline float random_uniform(const RandomAddress& at, std::uint32_t unit) {
  return to_uniform(random_quad(at, unit / 4)[unit % 4]);
}

}  // namespace feedforward

#endif

// Level 3, formulas. What is asked of each row of a matrix rows x classes that lies
// column by column: its softmax, its largest entry, the entries ahead of one. All of it
// goes through the columns one after another, so that memory is read as it lies.
#ifndef FEEDFORWARD_CLASS_ROWS_H
#define FEEDFORWARD_CLASS_ROWS_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace feedforward {

// Two numbers at a time, as every processor with SSE2 or NEON can.
using Pair = double __attribute__((vector_size(16)));
using PairBits = std::int64_t __attribute__((vector_size(16)));

// The last of an odd number of rows stands alone, and twice in its pair.
inline Pair load_pair(const double* x, bool both = true) {
  Pair pair = {*x, *x};
  if (both) std::memcpy(&pair, x, sizeof pair);
  return pair;
}

inline void store_pair(double* x, Pair pair, bool both = true) {
  std::memcpy(x, &pair, both ? sizeof pair : sizeof *x);
}

// exp(x) for x <= 0, to the last bit or two; 0 below -708, NaN for NaN. With x = n log 2
// + r it is the series of exp(r), whose exponent is then raised by n: kRound makes n an
// integer and leaves it in the last bits of `sum`.
inline Pair exp_pair(Pair x) {
  constexpr double kRound = 0x1.8p52;
  const Pair sum = x * 1.4426950408889634 + kRound;
  const Pair n = sum - kRound;
  const Pair r = x - n * 0x1.62e42fefa0000p-1 - n * 0x1.cf79abc9e3b3ap-40;
  Pair p = r * (1.0 / 6227020800) + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const PairBits small = x < -708.0, nan = x != x;
  const PairBits power = (PairBits(p) + (PairBits(sum) << 52)) & ~small;
  return Pair((power & ~nan) | (PairBits(x) & nan));
}

// p = exp(z) / sum exp(z) row by row, with the largest z taken off first. Infinite
// entries count as the largest number there is, so that rows sum to 1; a NaN makes its
// row NaN.
inline void softmax_rows(const double* z, std::size_t rows, std::size_t classes,
                         double* p) {
  constexpr double kMost = 1e300;
  const auto read = [&](std::size_t k, std::size_t i) {
    Pair x = load_pair(z + k * rows + i, i + 1 < rows);
    x = x < -kMost ? Pair{-kMost, -kMost} : x;
    return x > kMost ? Pair{kMost, kMost} : x;
  };
  std::vector<double> largest(rows + 1, -kMost), sum(rows + 1);
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < rows; i += 2) {
      const Pair value = read(k, i), best = load_pair(&largest[i]);
      store_pair(&largest[i], value > best ? value : best);
    }
  }
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < rows; i += 2) {
      const Pair power = exp_pair(read(k, i) - load_pair(&largest[i]));
      store_pair(p + k * rows + i, power, i + 1 < rows);
      store_pair(&sum[i], load_pair(&sum[i]) + power);
    }
  }
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < rows; ++i) p[k * rows + i] /= sum[i];
  }
}

// Position of the first largest entry of each row, -1 where one is NaN.
inline void largest_in_rows(const double* x, std::size_t rows, std::size_t classes,
                            int* at) {
  std::vector<double> largest(x, x + rows);
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < rows; ++i) {
      const double value = x[k * rows + i];
      if (k == 0 || value > largest[i]) {
        largest[i] = value;
        at[i] = static_cast<int>(k);
      }
      if (value != value) {
        // Nothing is above a NaN, so it stays.
        largest[i] = value;
        at[i] = -1;
      }
    }
  }
}

// How many entries of each row come before entry `code`, the largest first, equal ones by
// position.
inline void ahead_in_rows(const double* x, std::size_t rows, std::size_t classes,
                          const int* code, int* ahead) {
  std::vector<double> own(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    own[i] = x[static_cast<std::size_t>(code[i]) * rows + i];
    ahead[i] = 0;
  }
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < rows; ++i) {
      const double value = x[k * rows + i];
      ahead[i] += value > own[i] || (value == own[i] && static_cast<int>(k) < code[i]);
    }
  }
}

}  // namespace feedforward

#endif

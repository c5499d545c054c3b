// Level 2, data. The ways a column enters the rows: codes that light inputs, numbers.
//
// A way is a struct with share() and write(), and a name in ColumnPlan. Whoever builds
// rows asks only these, so another way (a code that lights several inputs, a hashed
// column, a number turned into several) is one more struct.
#ifndef FEEDFORWARD_COLUMN_PLAN_H
#define FEEDFORWARD_COLUMN_PLAN_H

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <variant>
#include <vector>

#include "data/column.h"

namespace feedforward {

// What a column takes of each row.
struct RowShare {
  std::size_t codes = 0;         // inputs it lights at most
  std::size_t numbers = 0;       // numbers it writes
  std::size_t coded_inputs = 0;  // one beyond the last input it may light
  bool keeps_zeros = true;       // a zero enters as zero
};

// Rows from .. to, as one column sees them.
struct RowBlock {
  std::size_t from = 0, to = 0;
  const std::size_t* source = nullptr;  // where row i lies in the column; null: at i
  std::int32_t* codes = nullptr;        // the column's share of row 0 ...
  float* numbers = nullptr;
  std::size_t codes_step = 0, numbers_step = 0;  // ... and how far it is to the next row

  std::size_t source_of(std::size_t i) const { return source ? source[i] : i; }
};

// Code k, counted from 1, lights input map[k - 1] (-1: none), a missing one the input
// `missing`, which is the last of the column.
struct CodesPlan {
  std::vector<std::int32_t> map;
  std::int32_t missing = -1;

  // Throws if the plan is unsound or does not fit the column.
  RowShare share(const Column& column) const;
  void write(const Column& column, const RowBlock& block) const;
};

// A number x enters as (x - mean) * scale, a missing one as if it were `impute`.
struct NumberPlan {
  double mean = 0, scale = 1, impute = 0;

  RowShare share(const Column& column) const;
  void write(const Column& column, const RowBlock& block) const;
};

// A number becomes several, each linear between knots and constant beyond them.
struct CurvesPlan {
  std::vector<double> knots;   // increasing
  std::vector<double> values;  // knots x curves, by curve
  double impute = 0;

  std::size_t curves() const { return values.size() / knots.size(); }
  RowShare share(const Column& column) const;
  void write(const Column& column, const RowBlock& block) const;
};

// z = (x - centre) scale enters as z / sqrt(1 + (z / 3)^2).
struct BentPlan {
  double centre = 0, scale = 1, impute = 0;

  RowShare share(const Column& column) const;
  void write(const Column& column, const RowBlock& block) const;
};

// cos and sin of 2 pi c z, z = (x - centre) scale, for each frequency c.
struct WavesPlan {
  std::vector<double> frequencies;
  double centre = 0, scale = 1, impute = 0;

  RowShare share(const Column& column) const;
  void write(const Column& column, const RowBlock& block) const;
};

using ColumnPlan = std::variant<CodesPlan, NumberPlan, CurvesPlan, BentPlan, WavesPlan>;

[[noreturn]] void throw_beyond_float();

inline float scaled(double x, double mean, double scale) {
  const float value = static_cast<float>((x - mean) * scale);
  if (!std::isfinite(value)) throw_beyond_float();
  return value;
}

}  // namespace feedforward

#endif

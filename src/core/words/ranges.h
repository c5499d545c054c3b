// Level 0, words. What a number may be. NaN is in no range.
#ifndef FEEDFORWARD_RANGES_H
#define FEEDFORWARD_RANGES_H

#include <cmath>

namespace feedforward {

struct Range {
  bool (*holds)(double);
  const char* words;
};

inline constexpr Range kZeroOrMore{[](double v) { return v >= 0; }, "0 or more"};
inline constexpr Range kFiniteZeroOrMore{
    [](double v) { return v >= 0 && std::isfinite(v); }, "0 or more, and finite"};
inline constexpr Range kFinite{[](double v) { return std::isfinite(v); }, "finite"};
inline constexpr Range kAboveZero{[](double v) { return v > 0; }, "above 0"};
inline constexpr Range kOneOrMore{[](double v) { return v >= 1; }, "1 or more"};
inline constexpr Range kZeroToOne{[](double v) { return v >= 0 && v <= 1; }, "in [0, 1]"};
inline constexpr Range kBelowOne{[](double v) { return v >= 0 && v < 1; }, "in [0, 1)"};
inline constexpr Range kOneToTwo{[](double v) { return v > 1 && v < 2; }, "in (1, 2)"};

}  // namespace feedforward

#endif

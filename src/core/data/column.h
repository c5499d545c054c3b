// Level 2, data. A column of a table where it lies, in memory that belongs to others.
#ifndef FEEDFORWARD_COLUMN_H
#define FEEDFORWARD_COLUMN_H

#include <algorithm>
#include <cstddef>
#include <limits>
#include <variant>

namespace feedforward {

// The whole number that stands for a missing one (R's NA). Among doubles any NaN does.
constexpr int kMissing = std::numeric_limits<int>::min();

// Cells of a table below which starting threads takes longer than reading them.
constexpr std::size_t kWorthThreads = 50000;

template <class T>
struct View {
  const T* data = nullptr;
  std::size_t size = 0;

  const T& operator[](std::size_t i) const { return data[i]; }
  // What follows the first `from` values, if anything: a column of a matrix.
  View after(std::size_t from) const {
    from = std::min(from, size);
    return {data + from, size - from};
  }
};

using Column = std::variant<View<int>, View<double>>;

inline std::size_t size_of(const Column& column) {
  return std::visit([](const auto& view) { return view.size; }, column);
}

// Value i as a number, NaN if it is missing.
inline double number_at(const View<double>& view, std::size_t i) { return view[i]; }
inline double number_at(const View<int>& view, std::size_t i) {
  return view[i] == kMissing ? std::numeric_limits<double>::quiet_NaN()
                             : static_cast<double>(view[i]);
}

}  // namespace feedforward

#endif

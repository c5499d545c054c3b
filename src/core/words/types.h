// Level 0, words. Sizes, aligned storage and the lane width every kernel is written for.
#ifndef FEEDFORWARD_TYPES_H
#define FEEDFORWARD_TYPES_H

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

namespace feedforward {

// Kernels work on blocks of 16 floats (one AVX-512 register, two of AVX2). Vectors over
// units are padded with zeros to whole blocks, so that no kernel has a scalar tail.
constexpr std::size_t kLanes = 16;

// Whole blocks for n floats. Never a multiple of 2 KiB: rows that far apart share a few
// sets of the caches and push one another out.
inline std::size_t padded(std::size_t n) {
  const std::size_t whole = (n + kLanes - 1) / kLanes * kLanes;
  return whole > 0 && whole % 512 == 0 ? whole + kLanes : whole;
}

template <class T>
struct AlignedAllocator {
  using value_type = T;
  static constexpr std::align_val_t kAlignment{64};
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), kAlignment));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kAlignment); }
  template <class U>
  bool operator==(const AlignedAllocator<U>&) const {
    return true;
  }
  template <class U>
  bool operator!=(const AlignedAllocator<U>&) const {
    return false;
  }
};

// For what is written whole: no thread zeroes it first, and its pages belong to those who
// write them.
template <class T>
struct UnsetAllocator : AlignedAllocator<T> {
  UnsetAllocator() = default;
  template <class U>
  UnsetAllocator(const UnsetAllocator<U>&) {}
  template <class U>
  void construct(U* place) {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Values>
  void construct(U* place, Values&&... values) {
    ::new (static_cast<void*>(place)) U(std::forward<Values>(values)...);
  }
};

template <class T>
using UnsetVector = std::vector<T, UnsetAllocator<T>>;

// Asks for memory before it is needed. Inlined always: to GCC a function that does
// nothing else has no effect, and it drops the calls.
[[gnu::always_inline]] inline void prefetch(const void* from, std::size_t bytes) {
  const char* const p = static_cast<const char*>(from);
  for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(p + at);
  if (bytes > 0) __builtin_prefetch(p + bytes - 1);
}

using FloatVector = std::vector<float, AlignedAllocator<float>>;

}  // namespace feedforward

#endif

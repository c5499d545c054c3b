// Level 0, words. Every task computes in round-to-nearest with subnormals flushed to
// zero, whatever the caller's thread was set to, and leaves the thread as it found it.
#ifndef FEEDFORWARD_FLOAT_ENVIRONMENT_H
#define FEEDFORWARD_FLOAT_ENVIRONMENT_H

#if defined(__x86_64__) || defined(__i386__) && defined(__SSE__)
#include <xmmintrin.h>
#define FEEDFORWARD_HAS_MXCSR 1
#endif

namespace feedforward {

class FloatEnvironment {
 public:
#ifdef FEEDFORWARD_HAS_MXCSR
  // All exceptions masked, round to nearest, flush to zero and denormals are zero.
  FloatEnvironment() : saved_(_mm_getcsr()) { _mm_setcsr(0x1f80u | 0x8000u | 0x0040u); }
  ~FloatEnvironment() { _mm_setcsr(saved_); }
#else
  FloatEnvironment() {}
#endif
  FloatEnvironment(const FloatEnvironment&) = delete;
  FloatEnvironment& operator=(const FloatEnvironment&) = delete;

 private:
#ifdef FEEDFORWARD_HAS_MXCSR
  unsigned saved_;
#endif
};

}  // namespace feedforward

#endif

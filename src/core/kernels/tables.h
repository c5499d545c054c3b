// Level 1, kernels. One kernel table per instruction set; which exist depends on the
// processor family compiled for.
#ifndef FEEDFORWARD_TABLES_H
#define FEEDFORWARD_TABLES_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
// MinGW aligns the stack to 16 bytes where AVX code spills 32 (GCC bug 54412), so Windows
// stays at the baseline.
#define FEEDFORWARD_X86_KERNELS 1
#endif

namespace feedforward {

struct Kernels;

Kernels baseline_kernels();
#ifdef FEEDFORWARD_X86_KERNELS
Kernels avx2_kernels();
Kernels avx512_kernels();
#endif

}  // namespace feedforward

#endif

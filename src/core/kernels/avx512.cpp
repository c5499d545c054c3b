// Level 1, kernels. The kernels for processors with AVX-512. Compiled without special
// flags: the target region below raises the instruction set for this file's functions
// alone, after every shared header has been read at the baseline (an inline function of
// those compiled here would otherwise be picked by the linker for all).
#include "kernels/tables.h"

#ifdef FEEDFORWARD_X86_KERNELS

#include <immintrin.h>

#include <cstring>

#include "kernels/kernels.h"
#include "words/types.h"

#if defined(__clang__)
#pragma clang attribute push(                                               \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), \
    apply_to = function)
#pragma clang fp contract(off)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")
#pragma GCC optimize("O3", "fp-contract=off")
#endif

namespace feedforward {
namespace {

#include "kernels/simd_avx512.h"
#include "kernels/kernel_templates.h"

}  // namespace

Kernels avx512_kernels() { return make_table("avx512"); }

}  // namespace feedforward

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif

// Level 1, kernels. The kernels every processor can run.
#include <climits>
#include <cmath>
#include <cstring>

#include "words/types.h"
#include "kernels/kernels.h"
#include "kernels/tables.h"

#undef FEEDFORWARD_X86_KERNELS
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#if defined(__clang__)
#pragma clang fp contract(off)
#else
#pragma GCC optimize("O3", "fp-contract=off")
#endif

namespace feedforward {
namespace {

#include "kernels/simd_baseline.h"
#include "kernels/kernel_templates.h"

}  // namespace

Kernels baseline_kernels() { return make_table("baseline"); }

}  // namespace feedforward

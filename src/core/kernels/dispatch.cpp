// Level 1, kernels. Chooses the kernel set at run time.
#include <stdexcept>

#include "kernels/kernels.h"
#include "kernels/tables.h"

namespace feedforward {
namespace {

const std::vector<Kernels>& usable() {
  static const std::vector<Kernels> sets = [] {
    std::vector<Kernels> found;
#ifdef FEEDFORWARD_X86_KERNELS
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
      found.push_back(avx512_kernels());
    }
    if (avx2) found.push_back(avx2_kernels());
#endif
    found.push_back(baseline_kernels());
    return found;
  }();
  return sets;
}

}  // namespace

std::vector<std::string> kernel_names() {
  std::vector<std::string> names;
  for (const Kernels& set : usable()) names.push_back(set.name);
  return names;
}

const Kernels& find_kernels(const std::string& name) {
  if (name == "auto") return usable().front();
  for (const Kernels& set : usable()) {
    if (name == set.name) return set;
  }
  throw std::invalid_argument("kernel set '" + name + "' cannot run on this processor");
}

}  // namespace feedforward

// Level 1, kernels. The activations: the list of all, which kernels.h reads, and a kernel
// of each, which kernel_templates.h reads, inside a namespace and a target region. What
// they compute, formulas/activation.h says for any number type.
#ifndef FEEDFORWARD_ACTIVATIONS

// The one list, by the names that users know and those of the kernels below.
#define FEEDFORWARD_ACTIVATIONS(ACTIVATION) \
  ACTIVATION(Tanh, tanh)                    \
  ACTIVATION(Rectifier, rectifier)          \
  ACTIVATION(Maxout, maxout)

#endif

#ifdef FEEDFORWARD_KERNEL_SET

void tanh(const float* z, const float* mask, float* activation, float* derivative,
          std::size_t n) {
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 h = tanh(load(z + j));
    const F16 slope = fnma(h, h, set1(1.0f));
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    store(activation + j, mul(h, m));
    store(derivative + j, mul(slope, m));
  }
}

void rectifier(const float* z, const float* mask, float* activation, float* derivative,
               std::size_t n) {
  const F16 zero = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 x = load(z + j);
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    // max(x, 0) would hide a NaN; a NaN must reach the outputs, where it is noticed.
    const M16 off = greater(zero, x);
    store(activation + j, mul(select(off, zero, x), m));
    store(derivative + j, select(greater(x, zero), m, zero));
  }
}

void maxout(const float* z, const float* mask, float* activation, float* derivative,
            std::size_t n) {
  const F16 zero = set1(0.0f);
  for (std::size_t j = 0; j < n; j += 16) {
    const F16 first = load(z + j), second = load(z + n + j);
    const F16 m = mask ? load(mask + j) : set1(1.0f);
    const M16 second_wins = greater(second, first);  // ties go to the first channel
    store(activation + j, mul(select(second_wins, second, first), m));
    store(derivative + j, select(second_wins, zero, m));
    store(derivative + n + j, select(second_wins, m, zero));
  }
}

ActivationKernel activation_kernel(Activation activation) {
  switch (activation) {
#define FEEDFORWARD_ACTIVATION_KERNEL(name, kernel) \
  case Activation::k##name:                         \
    return kernel;
    FEEDFORWARD_ACTIVATIONS(FEEDFORWARD_ACTIVATION_KERNEL)
#undef FEEDFORWARD_ACTIVATION_KERNEL
  }
  return nullptr;
}

#endif

// Level 1, kernels. The kernels, written once in terms of F16 and M16. Each instruction
// set's file includes this inside its own namespace and target region.

#define FEEDFORWARD_KERNEL_SET
#include "kernels/rules.h"

#include "kernels/sums.h"

#include "kernels/averaging.h"
#include "kernels/elementwise.h"
#include "kernels/activations.h"
#include "kernels/products.h"
#include "kernels/random.h"
#include "kernels/row_forward.h"
#include "kernels/steps.h"

template <class R>
RuleKernels rule_kernels() {
  return {R::kStates, R::kLookAhead, R::kAsksInputs, backward_step<R>, gradient_step<R>};
}

inline Kernels make_table(const char* name) {
  Kernels k{};
  k.name = name;
  k.gather_rows = gather_rows;
  k.dot_rows = dot_rows;
#define FEEDFORWARD_RULE_KERNELS(rule) \
  k.rules[static_cast<std::size_t>(Rule::k##rule)] = rule_kernels<rule>();
  FEEDFORWARD_RULES(FEEDFORWARD_RULE_KERNELS)
#undef FEEDFORWARD_RULE_KERNELS
  k.product = product;
  k.gradient_product = gradient_product;
  k.activation_kernel = activation_kernel;
  k.scatter_rows = scatter_rows;
  k.list_active = list_active;
  k.list_units = list_units;
  k.list_errors = list_errors;
  k.dropout_mask = dropout_mask;
  k.sum_of_squares = sum_of_squares;
  k.multiply = multiply;
  k.add_scaled = add_scaled;
  k.exponential = exponential;
  k.softmax = softmax;
  k.active_blocks = active_blocks;
  k.average = average;
  k.moving_average = moving_average;
  k.transpose = transpose;
  return k;
}

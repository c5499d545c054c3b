// Level 1, kernels. The kernels, written once in terms of F16 and M16. Each instruction
// set's file includes this inside its own namespace and target region.

#include "rules.h"

#include "sums.h"

#include "averaging.h"
#include "elementwise.h"
#include "products.h"
#include "random.h"
#include "row_forward.h"
#include "steps.h"

inline Kernels make_table(const char* name) {
  Kernels k{};
  k.name = name;
  k.gather_rows = gather_rows;
  k.dot_rows = dot_rows;
  k.step_rows[kRuleAdadelta] = step_rows<Adadelta>;
  k.step_rows[kRuleSgd] = step_rows<Sgd>;
  k.step_rows[kRuleMomentum] = step_rows<Momentum>;
  k.step_rows[kRuleNesterov] = step_rows<Nesterov>;
  k.step_block[kRuleAdadelta] = step_block<Adadelta>;
  k.step_block[kRuleSgd] = step_block<Sgd>;
  k.step_block[kRuleMomentum] = step_block<Momentum>;
  k.step_block[kRuleNesterov] = step_block<Nesterov>;
  k.step_block[kRuleAdam] = step_block<Adam>;
  k.step_block[kRuleRmsprop] = step_block<Rmsprop>;
  k.step_block[kRuleAdagrad] = step_block<Adagrad>;
  k.product = product;
  k.gradient_product = gradient_product;
  k.tanh = tanh;
  k.rectifier = rectifier;
  k.maxout = maxout;
  k.scatter_rows = scatter_rows;
  k.list_active = list_active;
  k.list_units = list_units;
  k.list_errors = list_errors;
  k.dropout_mask = dropout_mask;
  k.multiply = multiply;
  k.exponential = exponential;
  k.softmax = softmax;
  k.active_blocks = active_blocks;
  k.average = average;
  k.moving_average = moving_average;
  k.transpose = transpose;
  return k;
}

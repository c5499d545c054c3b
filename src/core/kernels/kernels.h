// Level 1, kernels. The hot operations, behind one table per instruction set.
//
// Every vector is padded to whole blocks of 16 floats with zeros, every weight matrix has
// a stride that is a multiple of 16. Operations are the same lane by lane in every set:
// AVX2 and AVX-512 give the same bits; the baseline has no fused multiply-add and agrees
// to rounding.
#ifndef FEEDFORWARD_KERNELS_H
#define FEEDFORWARD_KERNELS_H

#include <cstddef>
#include <string>
#include <vector>

#include "kernels/activations.h"
#include "kernels/rules.h"
#include "words/named.h"
#include "words/rng.h"

namespace feedforward {

// The activations of hidden units, by the names that users know.
enum class Activation {
#define FEEDFORWARD_ACTIVATION_MEMBER(name, kernel) k##name,
  FEEDFORWARD_ACTIVATIONS(FEEDFORWARD_ACTIVATION_MEMBER)
#undef FEEDFORWARD_ACTIVATION_MEMBER
};
inline constexpr Named<Activation> kActivationNames[] = {
#define FEEDFORWARD_ACTIVATION_NAME(name, kernel) {#name, Activation::k##name},
    FEEDFORWARD_ACTIVATIONS(FEEDFORWARD_ACTIVATION_NAME)
#undef FEEDFORWARD_ACTIVATION_NAME
};

// The rules a weight can be stepped by.
enum class Rule {
#define FEEDFORWARD_RULE_NAME(rule) k##rule,
  FEEDFORWARD_RULES(FEEDFORWARD_RULE_NAME)
#undef FEEDFORWARD_RULE_NAME
};
constexpr std::size_t kRules = 0
#define FEEDFORWARD_RULE_COUNT(rule) +1
    FEEDFORWARD_RULES(FEEDFORWARD_RULE_COUNT)
#undef FEEDFORWARD_RULE_COUNT
    ;

// Two ways to give a vector that is mostly zero: the elements worth looking at, one by
// one; or all of it, and the offsets of its blocks worth looking at.
struct ListedVector {
  const int* index;
  const float* values;
  std::size_t n;
};
struct BlockedVector {
  const float* values;
  const int* blocks;
  std::size_t n_blocks;
};

// Scalars of one step, the same for all weights of a layer.
struct StepScalars {
  float rate = 0;  // the rate in force; divided by 1 - beta1^t where that is corrected
  float momentum = 0;
  float rho = 0, epsilon = 0;
  float beta1 = 0, beta2 = 0;
  float second_scale = 1;  // 1 / sqrt(1 - beta2^t)
  float weight_decay = 0;  // decoupled: already times the rate
  float l1 = 0, l2 = 0;
  float input_square = 1;  // of biases: the mean square of their layer's inputs

  // The same for biases, which have neither penalties nor decay.
  StepScalars of_biases() const {
    StepScalars s = *this;
    s.weight_decay = s.l1 = s.l2 = 0;
    return s;
  }
};

// Where weights begin, and what the rule keeps of each: null beyond its states.
struct SteppedWeights {
  float* weights;
  float* state1;
  float* state2;
};

// What one training row brings to a weight matrix: the gradient of weight (r, j) is
// rows[r] * columns[j], plus penalties. Where either is 0 nothing moves. Rows are units
// and columns inputs, or the other way round when the weights lie by input.
struct RowGradient {
  const ListedVector* rows;
  const BlockedVector* columns;
  // The error of the layer below, made from the weights before the step, or null:
  //   row_errors: its first rows->n become the sum over j of columns[j] * weight(r, j);
  //   there must be room for whole fours.
  //   column_errors: its listed blocks become the sum over r of rows[r] * weight(r, j).
  float* row_errors;
  float* column_errors;
};

// What a rule keeps of a weight, and its steps.
struct RuleKernels {
  std::size_t states;  // 0, 1 or 2
  bool looks_ahead;    // its gradient is taken at weight + momentum * first state
  bool asks_inputs;    // it reads input_square

  // Backward and step of a weight matrix by one training row, in one pass over the
  // weights. Row r of the matrix starts at r * stride.
  void (*backward_step)(const SteppedWeights& matrix, std::size_t stride,
                        const RowGradient& row, const StepScalars& scalars);
  // Step of n weights (whole blocks) from their gradients. `lazy`: a gradient of exactly
  // 0 leaves weight and state alone.
  void (*gradient_step)(const SteppedWeights& weights, const float* gradient,
                        std::size_t n, bool lazy, const StepScalars& scalars);
};

// Of n units (whole blocks). z and derivative hold n numbers per channel, one channel
// after the other. mask is null or 0 where dropout takes a unit, else 1. activation =
// f(z) * mask, derivative = f'(z) * mask; padding of mask and z is 0.
using ActivationKernel = void (*)(const float* z, const float* mask, float* activation,
                                  float* derivative, std::size_t n);

struct Kernels {
  const char* name;

  // z[0, n) = start[0, n) + sum over i of rows.values[i] * w[rows.index[i] * stride + 0
  // .. n), in list order. With a velocity the weights are read as w + momentum *
  // velocity.
  void (*gather_rows)(float* z, const float* start, std::size_t n, const float* w,
                      std::size_t stride, const ListedVector& rows, const float* velocity,
                      float momentum);

  // z[r] = start[r] + dot(w[r * stride ..], columns) over the listed blocks, for r in [0,
  // rows). Sixteen partial sums, added as i and i + 8, then 4, 2, 1.
  void (*dot_rows)(float* z, const float* start, const float* w, std::size_t stride,
                   std::size_t rows, const BlockedVector& columns, const float* velocity,
                   float momentum);

  RuleKernels rules[kRules];
  const RuleKernels& rule(Rule rule) const {
    return rules[static_cast<std::size_t>(rule)];
  }

  // c[i, 0..n) += sum over k of a[i, k] * w[k, 0..n), k in order, for i in [0, rows).
  void (*product)(float* c, std::size_t ldc, const float* a, std::size_t lda,
                  const float* w, std::size_t ldw, std::size_t rows, std::size_t depth,
                  std::size_t n);

  // g[k, 0..n) = sum over i of a[i, k] * d[i, 0..n), i in order, for k in [0, depth).
  void (*gradient_product)(float* g, std::size_t ldg, const float* a, std::size_t lda,
                           const float* d, std::size_t ldd, std::size_t rows,
                           std::size_t depth, std::size_t n);

  // g[rows.index[i] * ldg + 0 .. n) += rows.values[i] * d[0 .. n), for i in [0, rows.n).
  void (*scatter_rows)(float* g, std::size_t ldg, const float* d, std::size_t n,
                       const ListedVector& rows);

  // Lists what is not 0 in x[0, n): positions and values. Returns how many. The lists
  // need room for 16 more.
  std::size_t (*list_active)(const float* x, std::size_t n, int* index, float* values);

  ActivationKernel (*activation_kernel)(Activation);

  // delta[i] = error[i] * derivative[i]; lists those that are not 0: first + i in index,
  // the value in values. Returns how many. The lists need room for 16 more.
  std::size_t (*list_errors)(const float* error, const float* derivative, float* delta,
                             std::size_t n, int first, int* index, float* values);
  // Of units first .. first + n - 1 of an address: 0 where their uniform (rng.h) is below
  // ratio, else 1.
  void (*dropout_mask)(const RandomAddress& at, float ratio, std::size_t first,
                       std::size_t n, float* mask);
  // Sum of x[i]^2 over n numbers (whole blocks).
  float (*sum_of_squares)(const float* x, std::size_t n);
  // out[i] = a[i] * b[i]
  void (*multiply)(const float* a, const float* b, float* out, std::size_t n);
  // out[i] = a[i] + scale * b[i]
  void (*add_scaled)(const float* a, float scale, const float* b, float* out,
                     std::size_t n);
  // x[i] = exp(x[i])
  void (*exponential)(float* x, std::size_t n);
  // p = softmax of z[0, classes); the padding of p is set to 0.
  void (*softmax)(const float* z, float* p, std::size_t classes);
  // Lists the units whose activation or any derivative is not 0, with their activations.
  // Returns how many. The lists need room for 16 more.
  std::size_t (*list_units)(const float* activation, const float* derivative,
                            std::size_t channels, std::size_t n, int* index,
                            float* values);
  // Offsets of the blocks in which a or any of `derivatives` blocks is not 0.
  std::size_t (*active_blocks)(const float* a, const float* derivative,
                               std::size_t channels, std::size_t n, int* blocks);

  // Block momentum over n weights: with start = weights + m * change,
  //   change = m * change + sum over r of share[r] * (replica[r] - start),
  //   weights += change, and every replica starts anew at weights + m * change.
  void (*average)(float* weights, float* change, float* const* replicas,
                  const float* shares, std::size_t n_replicas, float momentum,
                  std::size_t n);
  // average = decay * average + (1 - decay) * weights
  void (*moving_average)(float* average, const float* weights, float decay,
                         std::size_t n);
  // to[j * ldt + i] = from[i * ldf + j] for i < rows, j < columns.
  void (*transpose)(const float* from, std::size_t ldf, float* to, std::size_t ldt,
                    std::size_t rows, std::size_t columns);
};

// Names of the sets this processor can run, best first.
std::vector<std::string> kernel_names();

// "auto" is the best; throws std::invalid_argument for a set that cannot run here.
const Kernels& find_kernels(const std::string& name);

}  // namespace feedforward

#endif

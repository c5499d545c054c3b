// Level 1, kernels. The rules that step weights: the list of all, which kernels.h reads,
// and their recurrences, one struct each: what is kept of a weight and a step of 16
// weights from their gradients. Those kernel_templates.h reads, inside a namespace and a
// target region.
#ifndef FEEDFORWARD_RULES

// The one list: an enum and the tables of every kernel set follow from it.
#define FEEDFORWARD_RULES(RULE) \
  RULE(Adadelta)                \
  RULE(AdadeltaBias)            \
  RULE(Sgd)                     \
  RULE(Momentum)                \
  RULE(Nesterov)                \
  RULE(Adam)                    \
  RULE(Rmsprop)                 \
  RULE(Adagrad)

#endif

#ifdef FEEDFORWARD_KERNEL_SET

// E[g2] <- rho E[g2] + (1 - rho) g^2;  d = sqrt((E[d2] + eps) / (E[g2] + eps)) g;
// E[d2] <- rho E[d2] + (1 - rho) d^2;  w <- w - d.   (Zeiler 2012)
struct Adadelta {
  static constexpr std::size_t kStates = 2;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rho, rest, epsilon;
  explicit Adadelta(const StepScalars& s)
      : rho(set1(s.rho)), rest(set1(1.0f - s.rho)), epsilon(set1(s.epsilon)) {}
  F16 step(F16 w, F16 g, F16& gradients, F16& steps) const {
    gradients = fma(rest, mul(g, g), mul(rho, gradients));
    const F16 d = mul(sqrt(div(add(steps, epsilon), add(gradients, epsilon))), g);
    steps = fma(rest, mul(d, d), mul(rho, steps));
    return sub(w, d);
  }
};

// A bias under ADADELTA, as in H2O: in place of g^2 its averages see the mean squared
// gradient of the unit's incoming weights, which is g^2 times the mean square of the
// layer's inputs. With g^2 itself biases run ahead of weights whose inputs are mostly
// zero (bench/README.md).
struct AdadeltaBias : Adadelta {
  static constexpr bool kAsksInputs = true;
  F16 input_square;
  explicit AdadeltaBias(const StepScalars& s)
      : Adadelta(s), input_square(set1(s.input_square)) {}
  F16 step(F16 w, F16 g, F16& gradients, F16& steps) const {
    const F16 square = mul(input_square, mul(g, g));
    gradients = fma(rest, square, mul(rho, gradients));
    const F16 ratio = div(add(steps, epsilon), add(gradients, epsilon));
    steps = fma(rest, mul(ratio, square), mul(rho, steps));
    return fnma(sqrt(ratio), g, w);
  }
};

// w <- w - rate g
struct Sgd {
  static constexpr std::size_t kStates = 0;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rate;
  explicit Sgd(const StepScalars& s) : rate(set1(s.rate)) {}
  F16 step(F16 w, F16 g, F16&, F16&) const { return fnma(rate, g, w); }
};

// v <- m v - rate g;  w <- w + v.   (Polyak 1964)
struct Momentum {
  static constexpr std::size_t kStates = 1;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rate, momentum;
  explicit Momentum(const StepScalars& s)
      : rate(set1(s.rate)), momentum(set1(s.momentum)) {}
  F16 step(F16 w, F16 g, F16& velocity, F16&) const {
    velocity = fnma(rate, g, mul(momentum, velocity));
    return add(w, velocity);
  }
};

// The same with the gradient taken at w + m v, m times the first state.   (Sutskever,
// Martens, Dahl, Hinton 2013)
struct Nesterov : Momentum {
  static constexpr bool kLookAhead = true;
  using Momentum::Momentum;
};

// m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;
// w <- w - rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps).   (Kingma, Ba 2015)
// AdamW first takes weight_decay * rate * w off.   (Loshchilov, Hutter 2019)
struct Adam {
  static constexpr std::size_t kStates = 2;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rate, beta1, rest1, beta2, rest2, epsilon, second_scale, decay;
  explicit Adam(const StepScalars& s)
      : rate(set1(s.rate)),
        beta1(set1(s.beta1)),
        rest1(set1(1.0f - s.beta1)),
        beta2(set1(s.beta2)),
        rest2(set1(1.0f - s.beta2)),
        epsilon(set1(s.epsilon)),
        second_scale(set1(s.second_scale)),
        decay(set1(s.weight_decay)) {}
  F16 step(F16 w, F16 g, F16& first, F16& second) const {
    first = fma(rest1, g, mul(beta1, first));
    second = fma(rest2, mul(g, g), mul(beta2, second));
    const F16 size = fma(sqrt(second), second_scale, epsilon);
    return fnma(rate, div(first, size), fnma(decay, w, w));
  }
};

// v <- rho v + (1 - rho) g^2;  w <- w - rate g / (sqrt(v) + eps).   (Tieleman, Hinton
// 2012)
struct Rmsprop {
  static constexpr std::size_t kStates = 1;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rate, rho, rest, epsilon;
  explicit Rmsprop(const StepScalars& s)
      : rate(set1(s.rate)),
        rho(set1(s.rho)),
        rest(set1(1.0f - s.rho)),
        epsilon(set1(s.epsilon)) {}
  F16 step(F16 w, F16 g, F16& squares, F16&) const {
    squares = fma(rest, mul(g, g), mul(rho, squares));
    return fnma(rate, div(g, add(sqrt(squares), epsilon)), w);
  }
};

// v <- v + g^2;  w <- w - rate g / (sqrt(v) + eps).   (Duchi, Hazan, Singer 2011)
struct Adagrad {
  static constexpr std::size_t kStates = 1;
  static constexpr bool kLookAhead = false, kAsksInputs = false;
  F16 rate, epsilon;
  explicit Adagrad(const StepScalars& s) : rate(set1(s.rate)), epsilon(set1(s.epsilon)) {}
  F16 step(F16 w, F16 g, F16& squares, F16&) const {
    squares = fma(g, g, squares);
    return fnma(rate, div(g, add(sqrt(squares), epsilon)), w);
  }
};

#endif

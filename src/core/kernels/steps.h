// Level 1, kernels. Steps of the weights, from one row or from a gradient.
// Part of kernel_templates.h.

inline F16 sign(F16 w) {
  return select(not_zero(w), copysign(set1(1.0f), w), set1(0.0f));
}

// Which errors of the layer below a pass makes: of columns, all of them in one block or
// not, or of rows.
enum class Errors { kNone, kOfColumns, kOfOneBlock, kOfRows };

// A weight matrix and what one row brings to it: copies on the stack, as stores of
// weights might change whatever lies elsewhere.
struct MatrixStep {
  SteppedWeights matrix;
  std::size_t stride;
  ListedVector rows;
  BlockedVector columns;
  float* row_errors;
  float* column_errors;
  StepScalars scalars;
};

// Steps row i of the list. Returns `sums` with this row's errors added, where those of
// columns all lie in one block or those of rows are wanted: then they are the lanes'
// sums.
template <class R, bool kPenalised, Errors kErrors>
inline F16 step_row(const MatrixStep& m, const R& rule, std::size_t i, F16 sums) {
  const F16 momentum = set1(m.scalars.momentum);
  const F16 l1 = set1(m.scalars.l1), l2 = set1(m.scalars.l2);
  const std::size_t row = static_cast<std::size_t>(m.rows.index[i]) * m.stride;
  float* const w = m.matrix.weights + row;
  float* const s1 = R::kStates > 0 ? m.matrix.state1 + row : nullptr;
  float* const s2 = R::kStates > 1 ? m.matrix.state2 + row : nullptr;
  const F16 scale = set1(m.rows.values[i]);
  const M16 on = not_zero(scale);
  for (std::size_t b = 0; b < m.columns.n_blocks; ++b) {
    const std::size_t at = static_cast<std::size_t>(m.columns.blocks[b]);
    const F16 column = load(m.columns.values + at), old = load(w + at);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(s1 + at);
    if (R::kStates > 1) state2 = load(s2 + at);
    const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
    if (kErrors == Errors::kOfColumns) {
      store(m.column_errors + at, fma(scale, seen, load(m.column_errors + at)));
    }
    if (kErrors == Errors::kOfOneBlock) sums = fma(scale, seen, sums);
    if (kErrors == Errors::kOfRows) sums = fma(column, seen, sums);
    const M16 active = both(on, not_zero(column));
    F16 gradient = mul(scale, column);
    if (kPenalised) gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
    const F16 old1 = state1, old2 = state2;
    store(w + at, active, rule.step(old, gradient, state1, state2), old);
    if (R::kStates > 0) store(s1 + at, active, state1, old1);
    if (R::kStates > 1) store(s2 + at, active, state2, old2);
  }
  return sums;
}

template <class R, bool kPenalised>
inline void backward_step_as(const SteppedWeights& matrix, std::size_t stride,
                             const RowGradient& row, const StepScalars& scalars) {
  const MatrixStep m{matrix,       stride,         *row.rows,
                     *row.columns, row.row_errors, row.column_errors,
                     scalars};
  const R rule(m.scalars);
  const F16 zero = set1(0.0f);
  if (m.row_errors) {
    static constexpr float kZeros[4] = {};
    for (std::size_t i = 0; i < m.rows.n; i += 4) {
      F16 sums[4] = {zero, zero, zero, zero};
      for (std::size_t r = 0; r < 4 && i + r < m.rows.n; ++r) {
        sums[r] = step_row<R, kPenalised, Errors::kOfRows>(m, rule, i + r, zero);
      }
      store_sums(m.row_errors + i, kZeros, sums);
    }
  } else if (m.column_errors && m.columns.n_blocks == 1) {
    F16 sums = zero;
    for (std::size_t i = 0; i < m.rows.n; ++i) {
      sums = step_row<R, kPenalised, Errors::kOfOneBlock>(m, rule, i, sums);
    }
    store(m.column_errors + m.columns.blocks[0], sums);
  } else if (m.column_errors) {
    for (std::size_t b = 0; b < m.columns.n_blocks; ++b) {
      store(m.column_errors + m.columns.blocks[b], zero);
    }
    for (std::size_t i = 0; i < m.rows.n; ++i) {
      step_row<R, kPenalised, Errors::kOfColumns>(m, rule, i, zero);
    }
  } else {
    for (std::size_t i = 0; i < m.rows.n; ++i) {
      step_row<R, kPenalised, Errors::kNone>(m, rule, i, zero);
    }
  }
}

inline bool penalised(const StepScalars& s) { return s.l1 != 0 || s.l2 != 0; }

template <class R>
void backward_step(const SteppedWeights& matrix, std::size_t stride,
                   const RowGradient& row, const StepScalars& scalars) {
  if (penalised(scalars)) {
    backward_step_as<R, true>(matrix, stride, row, scalars);
  } else {
    backward_step_as<R, false>(matrix, stride, row, scalars);
  }
}

template <class R, bool kLazy, bool kPenalised>
inline void gradient_step_as(const SteppedWeights& at, const float* gradients,
                             std::size_t n, const StepScalars& s) {
  const R rule(s);
  const F16 momentum = set1(s.momentum), l1 = set1(s.l1), l2 = set1(s.l2);
  for (std::size_t j = 0; j < n; j += 16) {
    F16 gradient = load(gradients + j);
    const M16 touched = not_zero(gradient);
    if (kLazy && !any(touched)) continue;
    const F16 old = load(at.weights + j);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(at.state1 + j);
    if (R::kStates > 1) state2 = load(at.state2 + j);
    if (kPenalised) {
      const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
      gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
    }
    const F16 old1 = state1, old2 = state2;
    const F16 stepped = rule.step(old, gradient, state1, state2);
    if (kLazy) {
      store(at.weights + j, touched, stepped, old);
      if (R::kStates > 0) store(at.state1 + j, touched, state1, old1);
      if (R::kStates > 1) store(at.state2 + j, touched, state2, old2);
    } else {
      store(at.weights + j, stepped);
      if (R::kStates > 0) store(at.state1 + j, state1);
      if (R::kStates > 1) store(at.state2 + j, state2);
    }
  }
}

template <class R>
void gradient_step(const SteppedWeights& weights, const float* gradient, std::size_t n,
                   bool lazy, const StepScalars& s) {
  if (lazy) {
    penalised(s) ? gradient_step_as<R, true, true>(weights, gradient, n, s)
                 : gradient_step_as<R, true, false>(weights, gradient, n, s);
  } else {
    penalised(s) ? gradient_step_as<R, false, true>(weights, gradient, n, s)
                 : gradient_step_as<R, false, false>(weights, gradient, n, s);
  }
}

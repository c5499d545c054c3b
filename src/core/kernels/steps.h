// Level 1, kernels. Steps of the weights, from one row or from a gradient.
// Part of kernel_templates.h.

inline F16 sign(F16 w) {
  return select(not_zero(w), copysign(set1(1.0f), w), set1(0.0f));
}

enum class Errors { kNone, kOfColumns, kOfOneBlock, kOfRows };

// Steps one row. Returns `sums` with this row's errors added, where those of columns all
// lie in one block or those of rows are wanted: then they are the lanes' sums.
template <class R, bool kPenalised, Errors kErrors>
inline F16 step_row(const RowStep& s, const R& rule, std::size_t i, F16 sums) {
  const F16 momentum = set1(s.scalars.momentum);
  const F16 l1 = set1(s.scalars.l1), l2 = set1(s.scalars.l2);
  const std::size_t row = static_cast<std::size_t>(s.rows[i]) * s.stride;
  float* const w = s.weights + row;
  float* const s1 = R::kStates > 0 ? s.state1 + row : nullptr;
  float* const s2 = R::kStates > 1 ? s.state2 + row : nullptr;
  // Copies, as the stores below might change what s points to.
  const float* const inputs = s.input;
  float* const column_errors = s.column_errors;
  const int* const blocks = s.blocks;
  const std::size_t n_blocks = s.n_blocks;
  const F16 scale = set1(s.scales[i]);
  const M16 on = not_zero(scale);
  for (std::size_t b = 0; b < n_blocks; ++b) {
    const std::size_t at = static_cast<std::size_t>(blocks[b]);
    const F16 input = load(inputs + at), old = load(w + at);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(s1 + at);
    if (R::kStates > 1) state2 = load(s2 + at);
    const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
    if (kErrors == Errors::kOfColumns) {
      store(column_errors + at, fma(scale, seen, load(column_errors + at)));
    }
    if (kErrors == Errors::kOfOneBlock) sums = fma(scale, seen, sums);
    if (kErrors == Errors::kOfRows) sums = fma(input, seen, sums);
    const M16 active = both(on, not_zero(input));
    F16 gradient = mul(scale, input);
    if (kPenalised) gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
    const F16 old1 = state1, old2 = state2;
    store(w + at, active, rule.step(old, gradient, state1, state2), old);
    if (R::kStates > 0) store(s1 + at, active, state1, old1);
    if (R::kStates > 1) store(s2 + at, active, state2, old2);
  }
  return sums;
}

template <class R, bool kPenalised>
inline void step_rows_as(const RowStep& s) {
  const R rule(s.scalars);
  const F16 zero = set1(0.0f);
  if (s.row_errors) {
    static constexpr float kZeros[4] = {};
    for (std::size_t i = 0; i < s.n_rows; i += 4) {
      F16 sums[4] = {zero, zero, zero, zero};
      for (std::size_t r = 0; r < 4 && i + r < s.n_rows; ++r) {
        sums[r] = step_row<R, kPenalised, Errors::kOfRows>(s, rule, i + r, zero);
      }
      store_sums(s.row_errors + i, kZeros, sums);
    }
  } else if (s.column_errors && s.n_blocks == 1) {
    F16 sums = zero;
    for (std::size_t i = 0; i < s.n_rows; ++i) {
      sums = step_row<R, kPenalised, Errors::kOfOneBlock>(s, rule, i, sums);
    }
    store(s.column_errors + s.blocks[0], sums);
  } else if (s.column_errors) {
    for (std::size_t b = 0; b < s.n_blocks; ++b)
      store(s.column_errors + s.blocks[b], zero);
    for (std::size_t i = 0; i < s.n_rows; ++i) {
      step_row<R, kPenalised, Errors::kOfColumns>(s, rule, i, zero);
    }
  } else {
    for (std::size_t i = 0; i < s.n_rows; ++i) {
      step_row<R, kPenalised, Errors::kNone>(s, rule, i, zero);
    }
  }
}

// Biases: gradient and input are one, lanes without are left alone.
template <class R>
inline void step_bias(const RowStep& s) {
  const R rule(s.scalars);
  for (std::size_t b = 0; b < s.n_bias_blocks; ++b) {
    const std::size_t j = static_cast<std::size_t>(s.bias_blocks[b]);
    const F16 gradient = load(s.bias_input + j), old = load(s.bias + j);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(s.bias_state1 + j);
    if (R::kStates > 1) state2 = load(s.bias_state2 + j);
    const F16 old1 = state1, old2 = state2;
    const M16 active = not_zero(gradient);
    store(s.bias + j, active, rule.step(old, gradient, state1, state2), old);
    if (R::kStates > 0) store(s.bias_state1 + j, active, state1, old1);
    if (R::kStates > 1) store(s.bias_state2 + j, active, state2, old2);
  }
}

template <class R>
void step_rows(const RowStep& s) {
  if (s.bias) step_bias<R>(s);
  if (s.scalars.l1 != 0 || s.scalars.l2 != 0) {
    step_rows_as<R, true>(s);
  } else {
    step_rows_as<R, false>(s);
  }
}

template <class R, bool kLazy, bool kPenalised>
inline void step_block_as(const BlockStep& s) {
  const R rule(s.scalars);
  const F16 momentum = set1(s.scalars.momentum);
  const F16 l1 = set1(s.scalars.l1), l2 = set1(s.scalars.l2);
  for (std::size_t j = 0; j < s.n; j += 16) {
    F16 gradient = load(s.gradient + j);
    const M16 touched = not_zero(gradient);
    if (kLazy && !any(touched)) continue;
    const F16 old = load(s.weights + j);
    F16 state1 = set1(0.0f), state2 = set1(0.0f);
    if (R::kStates > 0) state1 = load(s.state1 + j);
    if (R::kStates > 1) state2 = load(s.state2 + j);
    if (kPenalised) {
      const F16 seen = R::kLookAhead ? fma(momentum, state1, old) : old;
      gradient = fma(l1, sign(seen), fma(l2, seen, gradient));
    }
    const F16 old1 = state1, old2 = state2;
    const F16 stepped = rule.step(old, gradient, state1, state2);
    if (kLazy) {
      store(s.weights + j, touched, stepped, old);
      if (R::kStates > 0) store(s.state1 + j, touched, state1, old1);
      if (R::kStates > 1) store(s.state2 + j, touched, state2, old2);
    } else {
      store(s.weights + j, stepped);
      if (R::kStates > 0) store(s.state1 + j, state1);
      if (R::kStates > 1) store(s.state2 + j, state2);
    }
  }
}

template <class R>
void step_block(const BlockStep& s) {
  const bool penalised = s.scalars.l1 != 0 || s.scalars.l2 != 0;
  if (s.lazy) {
    penalised ? step_block_as<R, true, true>(s) : step_block_as<R, true, false>(s);
  } else {
    penalised ? step_block_as<R, false, true>(s) : step_block_as<R, false, false>(s);
  }
}

# When a run has learned enough.

# Early stopping by moving averages, as in H2O. values: the metric at each scoring,
# oldest first. Of the last 2 * rounds values, the averages over `rounds` neighbours
# are formed; stop unless the best of the later ones beats the first by more than the
# relative tolerance. NaN in any of them never stops.
has_converged <- function(values, metric, rounds, tolerance) {
  n <- length(values)
  if (rounds == 0 || n < 2 * rounds) {
    return(FALSE)
  }
  recent <- values[seq.int(n - 2 * rounds + 1, n)]
  starts <- seq.int(0, rounds)
  averages <- vapply(starts, function(i) mean(recent[i + seq_len(rounds)]), 0)
  if (anyNA(averages)) {
    return(FALSE)
  }
  measure <- measures[[metric]]
  reference <- averages[[1]]
  best <- if (measure$higher) max(averages[-1]) else min(averages[-1])
  if (reference == 0) {
    # Nothing below zero is to come, or nothing has moved.
    return(best == 0 || measure$floor && !measure$higher)
  }
  if (any(averages < 0) && any(averages > 0)) {
    return(FALSE)
  }
  ratio <- best / reference
  isTRUE(if (measure$higher) ratio <= 1 + tolerance else ratio >= 1 - tolerance)
}

# The value of the task's measure at which training is good enough: its argument counts in
# units of the response.
good_enough_limit <- function(task, arguments, actual, weights) {
  arguments[[names(task$good_enough)]] * task$unit(actual, weights)
}

# A training sample this good needs no more training. A limit of -1 (or any value below
# what the measure can reach) switches it off; NaN stops nothing.
is_good_enough <- function(metrics, task, limit) {
  isTRUE(measure_value(metrics, task$good_enough) <= limit)
}

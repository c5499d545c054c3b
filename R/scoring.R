# When a network is scored, what a scoring writes down, and what follows from it.
# Pure functions: train.R keeps the state and the clock.

# ---- How many rows are an iteration, and what things cost -----------------------

# Rows between two looks at the scoring rule. From the data alone, never from a
# clock, so that a run repeats on any machine.
# rows: N, the rows that train; weights: weights of the network, biases not counted.
iteration_rows <- function(train_samples_per_iteration, rows, weights, epochs) {
  asked <- train_samples_per_iteration
  if (asked %in% c(-1, 0)) {
    return(rows)
  }
  if (asked > 0) {
    return(max(1, min(asked, run_rows(rows, epochs))))
  }
  # An epoch, or enough rows to be worth stopping for on a small network; at least
  # ten iterations a run.
  enough <- max(rows, 2e8 / weights)
  max(1, floor(min(100000, 10 * rows, epochs * rows / 10, enough)))
}

# Rows trained in the whole run, as the core counts them. A fraction of a row is a row,
# but not what rounding leaves of one: 0.1 x 30 is 3.
run_rows <- function(rows, epochs) {
  max(0, ceiling(epochs * rows - 1e-6))
}

# Multiply-adds of a forward pass over one row. A factor is one input at work,
# however many levels it has; a Maxout unit is two units.
forward_cost <- function(active_inputs, hidden, outputs, activation) {
  channels <- if (grepl("^Maxout", activation)) 2 else 1
  from <- c(active_inputs, hidden)
  to <- c(channels * hidden, outputs)
  sum(as.numeric(from) * as.numeric(to))
}

# ---- When to score --------------------------------------------------------------

# total: rows of the run; forward: forward_cost(); scored: rows of a scoring.
# A training row costs three forward passes (forward, backward, update). A scored
# row costs one and 10,000 for its metrics, a scoring 1e7 more.
new_scoring_rule <- function(arguments, total, forward, scored) {
  list(
    total = total,
    every = isTRUE(arguments$score_each_iteration),
    interval = arguments$score_interval,
    duty_cycle = arguments$score_duty_cycle,
    row_cost = 3 * forward,
    scoring_cost = scored * (forward + 10000) + 1e7
  )
}

# Is the iteration that just ended scored?
# before, after: rows trained at its start and end; since: rows trained when last
# scored (0 if never); seconds: time since the last scoring began (Inf if never);
# took: seconds which that one took.
is_scoring_due <- function(rule, before, after, since, seconds = Inf, took = 0) {
  if (after >= rule$total || rule$every) {
    return(TRUE)
  }
  if (rule$interval > 0) {
    # H2O's clock rule, asked for by name: it depends on the machine.
    return(seconds > rule$interval && took / seconds < rule$duty_cycle)
  }
  if (rule$duty_cycle == 0) {
    return(before == 0)
  }
  # Ten marks lie evenly over the run; the iteration that passes one is scored.
  # With ten iterations or fewer each of them passes one.
  passes_mark <- 10 * after >= rule$total * (floor(10 * before / rule$total) + 1)
  affordable <- rule$scoring_cost <= rule$duty_cycle * rule$row_cost * (after - since)
  passes_mark || affordable
}

# ---- Which rows are scored ------------------------------------------------------

# Keys of the two choices, in place of the epoch in the key of a row order. They
# are far beyond any epoch, so the choice is no beginning of a training order.
scoring_keys <- c(training = 2^31 - 2, validation = 2^31 - 3)

# `size` of the rows 1 to n, sorted, or NULL for all of them (size 0 or >= n).
# classes: class of each row to draw from each class its share, or NULL.
choose_scored_rows <- function(n, size, seed, key, classes = NULL) {
  if (size == 0 || size >= n) {
    return(NULL)
  }
  order <- row_order(seed, scoring_keys[[key]], n) + 1L
  if (is.null(classes)) {
    return(sort(order[seq_len(size)]))
  }
  classes <- classes[order]
  take <- class_shares(tabulate(classes + 1L), size)
  rank <- stats::ave(seq_along(order), classes, FUN = seq_along)
  sort(order[rank <= take[classes + 1L]])
}

# Splits `size` over classes in proportion to `counts`: whole numbers by largest
# remainder, and no class that has rows goes without one while there are enough.
class_shares <- function(counts, size) {
  exact <- size * counts / sum(counts)
  take <- floor(exact)
  left <- size - sum(take)
  first <- order(-(exact - take), seq_along(counts))
  take[first[seq_len(left)]] <- take[first[seq_len(left)]] + 1
  missed <- which(take == 0 & counts > 0)
  for (class in missed) {
    richest <- which.max(take)
    if (take[[richest]] <= 1) break
    take[c(richest, class)] <- take[c(richest, class)] + c(-1, 1)
  }
  take
}

# ---- Measures: names, direction, value ------------------------------------------

# What a stopping metric is called in a metrics list, and whether more is better.
stopping_measures <- list(
  deviance = list(field = "mean_residual_deviance", higher = FALSE, floor = FALSE),
  logloss = list(field = "logloss", higher = FALSE, floor = TRUE),
  MSE = list(field = "MSE", higher = FALSE, floor = TRUE),
  RMSE = list(field = "RMSE", higher = FALSE, floor = TRUE),
  MAE = list(field = "mae", higher = FALSE, floor = TRUE),
  RMSLE = list(field = "rmsle", higher = FALSE, floor = TRUE),
  AUC = list(field = "AUC", higher = TRUE, floor = TRUE),
  AUCPR = list(field = "pr_auc", higher = TRUE, floor = TRUE),
  lift_top_group = list(field = "lift_top_group", higher = TRUE, floor = FALSE),
  misclassification = list(field = "classification_error", higher = FALSE, floor = TRUE),
  mean_per_class_error = list(
    field = "mean_per_class_error", higher = FALSE, floor = TRUE
  )
)

# "AUTO" is log loss for classes and the mean deviance for numbers.
stopping_metric_name <- function(metric, kind) {
  if (metric != "AUTO") metric else if (kind == "regression") "deviance" else "logloss"
}

stopping_value <- function(metrics, metric) {
  value <- metrics[[stopping_measures[[metric]]$field]]
  if (is.null(value)) NaN else as.numeric(value)
}

# Is `value` strictly better than `best`? NaN never wins; anything else beats it.
is_better <- function(value, best, metric) {
  if (is.na(value)) {
    return(FALSE)
  }
  if (is.na(best)) {
    return(TRUE)
  }
  if (stopping_measures[[metric]]$higher) value > best else value < best
}

# ---- When to stop ---------------------------------------------------------------

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
  measure <- stopping_measures[[metric]]
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

# A training sample this good needs no more training. -1 (or any value below what
# the measure can reach) switches it off; NaN stops nothing.
is_good_enough <- function(training, kind, arguments) {
  if (kind == "regression") {
    isTRUE(training$MSE <= arguments$regression_stop)
  } else {
    isTRUE(training$classification_error <= arguments$classification_stop)
  }
}

# ---- The scoring history --------------------------------------------------------

# Columns after the prefix training_ or validation_, and their names in a metrics
# list.
history_measures <- list(
  regression = c(
    rmse = "RMSE", deviance = "mean_residual_deviance", mae = "mae", r2 = "r2"
  ),
  binomial = c(
    rmse = "RMSE", logloss = "logloss", r2 = "r2", auc = "AUC", pr_auc = "pr_auc",
    lift = "lift_top_group", classification_error = "classification_error"
  ),
  multinomial = c(
    rmse = "RMSE", logloss = "logloss", r2 = "r2",
    classification_error = "classification_error", auc = "AUC", pr_auc = "pr_auc"
  )
)

# One row of the scoring history. metrics: list(training =, validation =) of metrics
# lists; a NULL stands for a blank row's NaN, no entry `validation` for no such data.
# seconds: since the start of the run; overhead: of these, seconds not spent training.
history_row <- function(kind, metrics, epochs, iterations, samples, seconds, overhead,
                        time = Sys.time()) {
  measures <- history_measures[[kind]]
  values <- lapply(names(metrics), function(part) {
    values <- lapply(measures, function(field) {
      value <- metrics[[part]][[field]]
      if (is.null(value)) NaN else as.numeric(value)
    })
    stats::setNames(values, paste0(part, "_", names(measures)))
  })
  c(
    list(
      timestamp = format(time, "%Y-%m-%d %H:%M:%S"),
      duration = format_duration(seconds),
      training_speed = format_speed(samples, seconds - overhead),
      epochs = as.numeric(epochs),
      iterations = as.integer(iterations),
      samples = as.numeric(samples)
    ),
    unlist(values, recursive = FALSE)
  )
}

# rows: list of history_row() -> data frame.
bind_history <- function(rows) {
  columns <- lapply(
    stats::setNames(nm = names(rows[[1]])),
    function(name) unlist(lapply(rows, `[[`, name), use.names = FALSE)
  )
  structure(columns, class = "data.frame", row.names = seq_along(rows))
}

# " 5.047 sec", " 1 min  0.742 sec" or " 1:02:03.456", as H2O prints it.
format_duration <- function(seconds) {
  ms <- round(1000 * seconds)
  hours <- ms %/% 3600000
  minutes <- ms %/% 60000 %% 60
  rest <- ms %% 60000 / 1000
  if (hours > 0) {
    sprintf("%2.0f:%02.0f:%06.3f", hours, minutes, rest)
  } else if (minutes > 0) {
    sprintf("%2.0f min %6.3f sec", minutes, rest)
  } else {
    sprintf("%6.3f sec", rest)
  }
}

# Rows per second of training, with H2O's millisecond's grace in the divisor.
format_speed <- function(samples, seconds) {
  if (samples == 0) {
    return(NA_character_)
  }
  speed <- samples / (max(seconds, 0) + 0.001)
  number <- if (speed > 10) sprintf("%.0f", floor(speed)) else format(signif(speed, 6))
  paste(number, "obs/sec")
}

# How many rows are an iteration, what things cost, and when a network is scored. Pure
# functions of numbers.

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

# total: rows of the run; forward: forward_cost(); scored: rows of a scoring; outputs: of
# the network.
# A training row costs three forward passes (forward, backward, update). A scored
# row costs one and 10,000 for its metrics, with many classes 100 for each, a scoring 1e7
# more.
new_scoring_rule <- function(arguments, total, forward, scored, outputs = 1) {
  list(
    total = total,
    every = isTRUE(arguments$score_each_iteration),
    interval = arguments$score_interval,
    duty_cycle = arguments$score_duty_cycle,
    row_cost = 3 * forward,
    scoring_cost = scored * (forward + max(10000, 100 * outputs)) + 1e7
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

# Are probabilities what they say? Events against what was predicted, by groups of rows.

# The rows in groups of their probability.
#   p: numbers, 0 to 1; event: logical; by: "width", groups of equal width, or
#     "quantile", of equal weight
# Data frame, a row for each group that has some: bin, from, to, predicted (mean),
# observed (share), n (rows), lower, upper (Wilson's interval of the share).
reliability_table <- function(p, event, weights, bins = 10, by = "width", level = 0.95) {
  cuts <- seq(0, 1, length.out = bins + 1)
  if (by == "quantile") {
    cuts <- c(0, weighted_quantile(p, weights, cuts[-c(1, bins + 1)]), 1)
    cuts <- unique(cuts)
  }
  # Above `from`, up to `to`; 0 belongs to the first.
  bin <- pmax(findInterval(p, cuts, left.open = TRUE), 1L)
  sums <- rowsum(cbind(weights, weights * p, weights * event, 1, weights^2), bin)
  at <- as.integer(rownames(sums))
  sums <- unname(sums)
  observed <- sums[, 3] / sums[, 1]
  # Weighted rows are worth as many as would have this variance (Kish 1965).
  worth <- sums[, 1]^2 / sums[, 5]
  interval <- wilson_interval(observed, worth, level)
  data.frame(
    bin = at, from = cuts[at], to = cuts[at + 1], predicted = sums[, 2] / sums[, 1],
    observed = observed, n = as.integer(sums[, 4]), lower = interval$lower,
    upper = interval$upper, weight = sums[, 1]
  )
}

# Of a share of n rows (Wilson 1927).
wilson_interval <- function(share, n, level) {
  z <- stats::qnorm((1 + level) / 2)
  centre <- (share + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(share * (1 - share) / n + z^2 / (4 * n^2))
  # Where no row or every row is an event the bound is exact.
  list(
    lower = ifelse(share <= 0, 0, pmax(centre - half, 0)),
    upper = ifelse(share >= 1, 1, pmin(centre + half, 1))
  )
}

# The expected calibration error: the mean distance of groups (Naeini et al. 2015).
calibration_error <- function(table) {
  weighted_mean(abs(table$observed - table$predicted), table$weight)
}

# What is judged of predictions: list(p, event). Two classes: the second. More: of `class`
# (its number), or with NULL the most probable one, which is right or wrong.
judged_events <- function(prediction, actual, class = NULL) {
  if (!is.matrix(prediction)) {
    return(list(p = prediction, event = actual == 1))
  }
  if (is.null(class)) {
    label <- class_labels(prediction)
    p <- unname(prediction[cbind(seq_along(label), label + 1)])
    return(list(p = p, event = label == actual))
  }
  list(p = unname(prediction[, class]), event = actual == class - 1)
}

# Brier's score: the mean squared error of the second of two classes; of more, summed over
# the classes (Brier 1950).
brier_score <- function(prediction, actual, weights) {
  if (!is.matrix(prediction)) {
    return(weighted_mean((prediction - actual)^2, weights))
  }
  own <- prediction[cbind(seq_along(actual), actual + 1)]
  weighted_mean(rowSums(prediction^2) - 2 * own + 1, weights)
}

# c(logloss, brier, ece), the last by ten groups of equal width.
probability_measures <- function(prediction, actual, weights) {
  own <- if (is.matrix(prediction)) {
    prediction[cbind(seq_along(actual), actual + 1)]
  } else {
    ifelse(actual == 1, prediction, 1 - prediction)
  }
  events <- judged_events(prediction, actual)
  c(
    logloss = log_loss(own, weights), brier = brier_score(prediction, actual, weights),
    ece = calibration_error(reliability_table(events$p, events$event, weights))
  )
}

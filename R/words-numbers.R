# The network computes in single precision: what is beyond it would turn into Inf.
max_float <- 3.4e38

# Divides 0 by something: a network of zeros has importances of 0, not NaN.
tiny <- 1e-300

weighted_mean <- function(x, weights) {
  sum(x * weights) / sum(weights)
}

# 0, not NaN, for a group without rows, as in H2O's table.
share <- function(part, whole) {
  ifelse(whole > 0, part / whole, 0)
}

# Quantiles of a weighted sample: the quantile of type 7 (`stats::quantile()`) of
# the sample in which a row of weight 2 stands twice. Seen as a step function over
# the cumulative weight, type 7 is the mean over a window of width 1 that begins at
# probs * (total - 1). Said this way it holds for fractional weights too. Weights that
# sum to less than the number of distinct values (those scaled to sum to 1, say) would
# make that window too wide to be a quantile; it is narrowed to their ratio then,
# which keeps type 7 for equal weights of any size, and depends on the weighted sample
# alone, not on how its rows are cut up.
weighted_quantile <- function(values, weights, probs) {
  keep <- !is.na(values) & weights > 0
  if (!all(keep)) {
    values <- values[keep]
    weights <- weights[keep]
  }
  n <- length(values)
  if (n == 0) {
    return(rep(NaN, length(probs)))
  }
  rising <- order(values, method = "radix")
  values <- values[rising]
  upper <- cumsum(weights[rising])
  lower <- c(0, upper[-n])
  total <- upper[n]
  width <- min(1, total / (1 + sum(values[-1] != values[-n])))
  # Positions that miss a step by rounding alone are on it, so that thresholds are
  # scores and not just beside them.
  fuzz <- 8 * .Machine$double.eps * total

  one_quantile <- function(prob) {
    if (prob <= 0 || prob >= 1) {
      return(values[if (prob <= 0) 1 else n])
    }
    start <- prob * (total - width)
    end <- start + width
    first <- min(n, findInterval(start + fuzz, upper) + 1)
    last <- min(n, findInterval(end - fuzz, upper, left.open = TRUE) + 1)
    inside <- first:max(first, last)
    overlap <- pmin(upper[inside], end) - pmax(lower[inside], start)
    values[first] + sum(overlap * (values[inside] - values[first])) / sum(overlap)
  }
  vapply(probs, one_quantile, numeric(1))
}

population_sd <- function(x) {
  sqrt(mean((x - mean(x))^2))
}

# Sum of `weights` for each 0-based code below `classes`.
class_totals <- function(code, weights, classes) {
  totals <- numeric(classes)
  if (length(code) > 0) {
    sums <- rowsum(as.numeric(weights), code, reorder = FALSE)
    totals[as.numeric(rownames(sums)) + 1] <- sums
  }
  totals
}

is_bare_number <- function(value) {
  is.numeric(value) && !is.object(value) && length(value) == 1 && !is.na(value)
}

is_finite_number <- function(x) {
  is.double(x) && length(x) == 1 && is.finite(x)
}

is_share <- function(x) {
  is.numeric(x) && length(x) == 1 && !is.na(x) && x >= 0 && x <= 1
}

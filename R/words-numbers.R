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

# A number that is implied `zeros` times (total weight `zero_weight`) comes on top of x.
mean_and_sd <- function(x, weights = NULL, zeros = 0, zero_weight = zeros,
                        low = min(x), high = max(x)) {
  size <- max(abs(low), abs(high))
  extreme <- size > 1e140 || (size > 0 && size < 1e-140)
  if (is.null(weights) && zeros == 0 && !extreme) {
    return(number_facts(list(x), length(x), 1L)[c("mean", "sd")])
  }
  # Squares of extreme numbers would overflow or vanish.
  unit <- if (extreme) size else 1
  x <- as.double(x) / unit
  total <- if (is.null(weights)) length(x) + zeros else sum(weights) + zero_weight
  weighted <- function(v) if (is.null(weights)) sum(v) else sum(weights * v)
  mean <- weighted(x) / total
  mean <- mean + (weighted(x - mean) - zero_weight * mean) / total
  square <- weighted((x - mean)^2) + zero_weight * mean^2
  rows <- max(total, length(x) + zeros)
  sd <- if (rows > 1) sqrt(square / total * (rows / (rows - 1))) else 0
  list(mean = mean * unit, sd = sd * unit)
}

# Do numbers from `low` to `high` have a spread? Rounding leaves one of some 1e-16 of
# their size, sums of many terms of 1e-14; time stamps a millisecond apart differ by
# 6e-13. Whole numbers that are exact are meant, however close. A spread below 1e-300 has
# no reciprocal worth the name.
varies <- function(x, low, high) {
  spread <- high - low
  size <- max(abs(low), abs(high))
  if (spread > rounding * size) {
    return(spread >= 1e-300)
  }
  spread >= 1 && size <= 2^53 && all(x == trunc(x), na.rm = TRUE)
}

rounding <- 1e-13

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

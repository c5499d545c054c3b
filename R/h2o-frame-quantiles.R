#' @include h2o-frame-statistics.R
NULL

# Where the values of a column lie: quantiles, bins, the largest and smallest.

#' @rdname h2o.statistics
#' @export
h2o.quantile <- function(x, probs = h2o_probs,
                         combine_method = c("interpolate", "avg", "low", "high"),
                         weights_column = NULL) {
  x <- read_h2o_frame(x, "x")
  fine <- is.numeric(probs) && !anyNA(probs) && all(probs >= 0 & probs <= 1)
  if (!fine || length(probs) == 0) {
    abort_argument(sprintf("`probs` must be from 0 to 1, not %s.", shorten(probs)))
  }
  weights <- if (!is.null(weights_column)) {
    given <- is.data.frame(weights_column)
    one <- if (given) weights_column else x[weights_column]
    check_numeric(one, "weights_column")
    only_column(one, "weights_column")
  }
  ways <- c("interpolate", "avg", "low", "high")
  combine <- choose_one(combine_method, ways, "combine_method")
  if (!is.null(weights) && combine != "interpolate") {
    abort_argument(sprintf(
      "`combine_method` must be \"interpolate\" with `weights_column`, not %s.",
      shorten(combine)
    ))
  }
  if (is.character(weights_column)) x <- x[setdiff(names(x), weights_column)]
  numeric <- bare_frame(x)[flags_of(x, is.numeric)]
  if (length(numeric) == 0) check_numeric(x)
  values <- vapply(numeric, function(column) {
    if (is.null(weights)) {
      near <- two_quantiles(column, probs)
      switch(combine,
        interpolate = stats::quantile(column, probs, na.rm = TRUE, names = FALSE),
        avg = (near[[1]] + near[[3]]) / 2, low = near[[1]], high = near[[3]]
      )
    } else {
      known <- !is.na(column)
      weighted_quantile(column[known], weights[known], probs)
    }
  }, numeric(length(probs)))
  labels <- paste0(100 * probs, "%")
  if (length(numeric) == 1) {
    return(stats::setNames(as.vector(values), labels))
  }
  matrix(values, length(probs), dimnames = list(labels, names(numeric)))
}

# list(below, between, above) of quantiles: the values that lie next to each, and the
# point between them.
two_quantiles <- function(values, probs) {
  values <- sort(values)
  at <- 1 + (length(values) - 1) * probs
  # What rounding puts beside a value is that value.
  at <- ifelse(abs(at - round(at)) < 1e-9, round(at), at)
  below <- values[floor(at)]
  above <- values[ceiling(at)]
  list(below, below + (at - floor(at)) * (above - below), above)
}

#' @rdname h2o.statistics
#' @export
h2o.hist <- function(x, breaks = "Sturges", plot = TRUE) {
  x <- read_h2o_frame(x, "x")
  values <- only_column(x)
  check_numeric(x)
  breaks <- hist_breaks(breaks, values)
  title <- fit_title(paste("Histogram of", names(x)))
  drawn <- graphics::hist(
    as.numeric(values),
    breaks = breaks, plot = plot,
    main = if (plot) title$text, xlab = if (plot) names(x)
  ) |> suppressWarnings()
  drawn$xname <- names(x)
  if (isTRUE(plot)) invisible(drawn) else drawn
}

# For hist(): its own rules by their names, others as the numbers of bins that they give.
hist_breaks <- function(breaks, values) {
  values <- values[!is.na(values)]
  n <- length(values)
  if (n == 0) abort_input("There is no value to count: the column is empty.")
  if (is.character(breaks)) {
    rules <- c("Sturges", "Rice", "sqrt", "Doane", "FD", "Scott")
    rule <- choose_one(breaks, rules, "breaks")
    return(switch(rule,
      Rice = ceiling(2 * n^(1 / 3)), sqrt = ceiling(sqrt(n)),
      Doane = {
        skewness <- mean((values - mean(values))^3) / mean((values - mean(values))^2)^1.5
        spread <- sqrt(6 * (n - 2) / ((n + 1) * (n + 3)))
        ceiling(1 + log2(n) + log2(1 + abs(skewness) / spread))
      },
      rule
    ))
  }
  check_breaks(breaks)
  if (length(breaks) > 1 && any(range(breaks) != range(breaks, values))) {
    abort_argument(sprintf(
      "`breaks` must span the values, from %s to %s, not %s.", format_number(min(values)),
      format_number(max(values)), shorten(breaks)
    ))
  }
  breaks
}

#' @rdname h2o.statistics
#' @export
h2o.topN <- function(x, column, nPercent) extreme_rows(x, column, nPercent, TRUE)

#' @rdname h2o.statistics
#' @export
h2o.bottomN <- function(x, column, nPercent) extreme_rows(x, column, nPercent, FALSE)

extreme_rows <- function(x, column, percent, largest) {
  x <- read_h2o_frame(x, "x")
  check_numeric(x[column], "column")
  check_argument(rule_number(to = 100, above = 0), "nPercent", percent)
  values <- only_column(x[column], "column")
  rows <- order(values, decreasing = largest)
  rows <- utils::head(rows, max(1, round(percent / 100 * sum(!is.na(values)))))
  new_frame(stats::setNames(
    list(rows - 1, values[rows]), c("Original_Row_Indices", names(x[column]))
  ))
}

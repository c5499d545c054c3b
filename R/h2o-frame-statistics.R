#' @include h2o-frame-rows.R
NULL

# The quantiles that H2O shows.
h2o_probs <- c(0.001, 0.01, 0.1, 0.25, 0.333, 0.5, 0.667, 0.75, 0.9, 0.99, 0.999)

#' Statistics of frames
#'
#' Of one column a number, of several a vector named by the columns. Categories count as
#' their numbers, from 0, but are missing in a row's statistic, and more than two have no
#' mean.
#'
#' @param x,y,object,frame A frame, or a column of one.
#' @param ... Further frames or numbers; for `h2o.summary()` not used.
#' @param na.rm Leave missing values out? A missing value makes the result missing
#'   otherwise.
#' @param axis,return_frame 0 by column, 1 by row; a frame rather than numbers?
#' @param use,method As for [cor()].
#' @param probs Shares.
#' @param combine_method,weights_column How to combine neighbours; a column of weights,
#'   for which they are always interpolated.
#' @param factors,exact_quantiles How many levels to show; quantiles are always exact.
#' @param measure "l1", "l2", "cosine" or "cosine_sq".
#' @param breaks,plot As for [hist()].
#' @param nPercent,column Share of the rows, in percent; a column.
#' @return Numbers; `h2o.quantile()` a vector named by the shares; `h2o.describe()` a data
#'   frame with a row for each column; `h2o.summary()` a table; `h2o.table()`, and
#'   `h2o.topN()` and `h2o.bottomN()` frames; `h2o.hist()` as [hist()].
#' @examples
#' frame <- as.h2o(iris)
#' h2o.describe(frame)
#' h2o.quantile(frame$Sepal.Length)
#' h2o.table(frame$Species)
#' summary(frame)
#' @name h2o.statistics
NULL

# One number for each column; or for each row, as a frame.
column_numbers <- function(x, fun, na.rm = FALSE, axis = 0, return_frame = FALSE,
                           name = "value") {
  data <- bare_frame(read_h2o_frame(x, "x"))
  if (check_axis(axis) == 1) {
    # Of a row categories are no numbers.
    values <- as.numeric(apply(numbers_of_frame(data), 1, fun, na.rm = na.rm))
    return(new_frame(stats::setNames(list(values), name)))
  }
  values <- vapply(data, function(column) {
    # As in H2O, only two categories have a mean.
    none <- name == "mean" && is.factor(column) && nlevels(column) != 2
    if (none) NA_real_ else as.numeric(fun(number_of(column), na.rm = na.rm))
  }, 0)
  if (return_frame) {
    return(new_frame(as.list(values)))
  }
  if (length(values) == 1) unname(values) else values
}

#' @rdname h2o.statistics
#' @export
h2o.mean <- function(x, na.rm = FALSE, axis = 0, return_frame = FALSE, ...) {
  column_numbers(x, mean, na.rm, axis, return_frame, "mean")
}

#' @rdname h2o.statistics
#' @export
h2o.median <- function(x, na.rm = TRUE) column_numbers(x, stats::median, na.rm)

#' @rdname h2o.statistics
#' @export
h2o.sd <- function(x, na.rm = FALSE) column_numbers(x, stats::sd, na.rm)

#' @rdname h2o.statistics
#' @export
h2o.sum <- function(x, na.rm = FALSE, axis = 0, return_frame = FALSE) {
  if (check_axis(axis) == 0 && !return_frame) {
    return(sum(read_h2o_frame(x, "x"), na.rm = na.rm))
  }
  column_numbers(x, sum, na.rm, axis, return_frame, "sum")
}

#' @rdname h2o.statistics
#' @export
h2o.min <- function(x, na.rm = FALSE) min(read_h2o_frame(x, "x"), na.rm = na.rm)

#' @rdname h2o.statistics
#' @export
h2o.max <- function(x, na.rm = FALSE) max(read_h2o_frame(x, "x"), na.rm = na.rm)

#' @rdname h2o.statistics
#' @export
h2o.range <- function(x, na.rm = FALSE, ...) range(read_h2o_frame(x, "x"), na.rm = na.rm)

#' @rdname h2o.statistics
#' @export
h2o.prod <- function(x, na.rm = FALSE) prod(read_h2o_frame(x, "x"), na.rm = na.rm)

#' @rdname h2o.statistics
#' @export
h2o.skewness <- function(x, ..., na.rm = TRUE) {
  column_numbers(x, function(v, na.rm) standard_moment(v, 3, na.rm), na.rm)
}

#' @rdname h2o.statistics
#' @export
h2o.kurtosis <- function(x, ..., na.rm = TRUE) {
  column_numbers(x, function(v, na.rm) standard_moment(v, 4, na.rm), na.rm)
}

# With the sample's standard deviation, as H2O.
standard_moment <- function(v, power, na.rm) {
  if (na.rm) v <- v[!is.na(v)]
  mean((v - mean(v))^power) / stats::sd(v)^power
}

number_matrix <- function(x) {
  values <- lapply(bare_frame(x), number_of)
  values <- matrix(as.numeric(unlist(values)), frame_rows(x), length(x))
  colnames(values) <- names(x)
  values
}

#' @rdname h2o.statistics
#' @export
h2o.var <- function(x, y = NULL, na.rm = FALSE, use = "everything") {
  moments(stats::var, x, y, use = pairs_used(na.rm, use))
}

#' @rdname h2o.statistics
#' @export
h2o.cor <- function(x, y = NULL, na.rm = FALSE, use = "everything",
                    method = c("Pearson", "Spearman")) {
  method <- tolower(choose_one(method, c("Pearson", "Spearman"), "method"))
  moments(stats::cor, x, y, use = pairs_used(na.rm, use), method = method)
}

pairs_used <- function(na.rm, use) {
  ways <- c(
    "everything", "all.obs", "complete.obs", "na.or.complete", "pairwise.complete.obs"
  )
  use <- choose_one(use, ways, "use")
  if (na.rm) "na.or.complete" else use
}

# A number of two columns, else a data frame.
moments <- function(fun, x, y, ...) {
  x <- number_matrix(read_h2o_frame(x, "x"))
  y <- if (!is.null(y)) number_matrix(read_h2o_frame(y, "y"))
  if (!is.null(y) && nrow(x) != nrow(y)) {
    abort_input(sprintf(
      "`x` and `y` must have as many rows, not %d and %d.", nrow(x), nrow(y)
    ))
  }
  result <- fun(x, y, ...)
  if (length(result) == 1) as.numeric(result) else as.data.frame(result, optional = TRUE)
}

#' @rdname h2o.statistics
#' @export
h2o.distance <- function(x, y, measure) {
  x <- number_matrix(read_h2o_frame(x, "x"))
  y <- number_matrix(read_h2o_frame(y, "y"))
  if (ncol(x) != ncol(y)) {
    abort_input(sprintf(
      "`x` and `y` must have as many columns, not %d and %d.", ncol(x), ncol(y)
    ))
  }
  measure <- choose_one(measure, c("l1", "l2", "cosine", "cosine_sq"), "measure")
  between <- switch(measure,
    l1 = function(a, b) sum(abs(a - b)),
    l2 = function(a, b) sqrt(sum((a - b)^2)),
    cosine = function(a, b) sum(a * b) / sqrt(sum(a^2) * sum(b^2)),
    cosine_sq = function(a, b) sum(a * b)^2 / (sum(a^2) * sum(b^2))
  )
  distances <- apply(y, 1, function(b) apply(x, 1, between, b))
  as_quiet_frame(matrix(distances, nrow(x), nrow(y)))
}

#' @rdname h2o.statistics
#' @export
h2o.describe <- function(frame) {
  frame <- read_h2o_frame(frame, "frame")
  types <- frame_types(frame)
  numbers <- lapply(bare_frame(frame), function(column) {
    two <- is.factor(column) && nlevels(column) == 2
    if (is.numeric(column) || two) number_of(column) else number_of(column)[0]
  })
  coded <- lapply(bare_frame(frame), number_of)
  one <- function(values, fun) {
    vapply(values, function(v) {
      v <- v[is.finite(v)]
      if (length(v) == 0) NaN else as.numeric(fun(v))
    }, 0, USE.NAMES = FALSE)
  }
  count <- function(fun) {
    vapply(coded, function(v) as.numeric(sum(fun(v), na.rm = TRUE)), 0)
  }
  data.frame(
    Label = names(frame), Type = unname(types), Missing = h2o.nacnt(frame),
    Zeros = unname(count(function(v) v == 0)),
    PosInf = unname(count(function(v) v == Inf)),
    NegInf = unname(count(function(v) v == -Inf)),
    Min = one(coded, min), Max = one(coded, max), Mean = nan_to_na(one(numbers, mean)),
    Sigma = nan_to_na(one(numbers, stats::sd)),
    Cardinality = vapply(bare_frame(frame), function(column) {
      if (is.factor(column)) as.numeric(nlevels(column)) else NA_real_
    }, 0, USE.NAMES = FALSE)
  )
}

nan_to_na <- function(x) ifelse(is.nan(x), NA_real_, x)

#' @rdname h2o.statistics
#' @export
h2o.summary <- function(object, factors = 6L, exact_quantiles = FALSE, ...) {
  data <- bare_frame(read_h2o_frame(object, "object"))
  # Frequent levels first.
  data[] <- lapply(data, function(column) {
    if (!is.factor(column)) {
      return(column)
    }
    counts <- table(column)
    factor(column, names(counts)[order(-counts, method = "radix")])
  })
  summary(data, maxsum = factors + 1L)
}

#' @rdname h2o.statistics
#' @export
summary.H2OFrame <- function(object, factors = 6L, exact_quantiles = FALSE, ...) {
  h2o.summary(object, factors, exact_quantiles)
}

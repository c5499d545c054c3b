#' Are probabilities what they say?
#'
#' Groups rows by their predicted probability and compares it with the share of events
#' in each group. Of calibrated probabilities the two agree.
#'
#' Of two classes the event is the second. Of more it is, by default, that the most
#' probable class is right, with its probability (Guo et al. 2017); `class` chooses a
#' class against the rest.
#'
#' @param x A model of classes from [deeplearning()]; or probabilities: a vector, of an
#'   event, or a matrix, rows x classes, with the classes as names of its columns.
#' @param newdata Rows with the response that did not train. By default those that the
#'   folds held out, as for [calibrate()].
#' @param y The response of the rows. For a vector of probabilities logical, 0 and 1, or
#'   a factor of two levels, the second of which is the event; for a matrix its classes.
#' @param weights Of the rows, 0 or more; those of a model come by its `weights_column`.
#' @param bins How many groups, from 1; those without a row are left out.
#' @param by `"width"`: groups of equal width; `"quantile"`: of (about) equal weight.
#' @param class Of more than two classes, which; `NULL` is the most probable one.
#' @param level Of the intervals, between 0 and 1.
#' @param calibrated Of a calibrated model: its calibrated probabilities, or with
#'   `FALSE` those of the network.
#' @param threads How many threads predict, see [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A data frame of class `deeplearning_reliability`, a row for each group: `bin`
#'   (its number), `from` (excluded but for 0), `to`, `predicted` (the mean
#'   probability), `observed` (the share of events), `n` (rows), `lower` and `upper`
#'   (Wilson's interval of the share; weighted rows count as many as have the same
#'   variance) and `weight`. Its attributes: `ece`, the expected calibration error, the
#'   mean over rows of how far `observed` is from `predicted` in their group; `brier`
#'   and `logloss` (0 counts as 1e-15) of all classes; `level`; `event`, in words;
#'   `histogram`, the shares of rows in 20 groups of equal width. [plot()] draws it.
#' @section Errors:
#' `feedforward_argument_error` for a wrong argument or a model without probabilities,
#' `feedforward_input_error` for rows that do not fit.
#' @references
#' Naeini, M. P., Cooper, G. F. and Hauskrecht, M. (2015). Obtaining well calibrated
#' probabilities using Bayesian binning. *AAAI*, 2901-2907.
#'
#' Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
#' inference. *Journal of the American Statistical Association*, 22, 209-212.
#' @seealso [calibrate()]
#' @examples
#' half <- rep(1:2, length.out = nrow(airline_delays))
#' model <- deeplearning(
#'   IsDepDelayed ~ CRSDepTime + Month + UniqueCarrier + Distance,
#'   airline_delays[half == 1, ],
#'   hidden = 50, epochs = 10, seed = 1
#' )
#' found <- reliability(model, airline_delays[half == 2, ], by = "quantile")
#' found
#' attr(found, "ece")
#' plot(found)
#' reliability(c(0.1, 0.4, 0.8, 0.9), y = c(FALSE, TRUE, TRUE, TRUE), bins = 2)
#' @export
reliability <- function(x, ...) {
  UseMethod("reliability")
}

#' @rdname reliability
#' @export
reliability.deeplearning <- function(x, newdata = NULL, y = NULL, bins = 10,
                                     by = c("width", "quantile"), class = NULL,
                                     level = 0.95, calibrated = TRUE, threads = NULL,
                                     ...) {
  check_no_more(..., fun = "reliability")
  by <- choose_one(by, c("width", "quantile"), "by")
  check_bins(bins, level)
  check_argument(rule_flag(), "calibrated", calibrated)
  check_has_classes(x, "reliability")
  rows <- held_out_rows(x, newdata, y, threads)
  if (length(rows$actual) == 0) {
    abort_input("No row has a response, a prediction and a weight above 0.")
  }
  prediction <- probabilities_of(x, rows$link, if (calibrated) x$calibration)
  judge_reliability(
    prediction, rows$actual, rows$weights, x$response$levels, bins, by, class, level
  )
}

#' @rdname reliability
#' @export
reliability.default <- function(x, y, weights = NULL, bins = 10,
                                by = c("width", "quantile"), class = NULL, level = 0.95,
                                ...) {
  check_no_more(..., fun = "reliability")
  by <- choose_one(by, c("width", "quantile"), "by")
  check_bins(bins, level)
  if (!is.numeric(x) || is.object(x) || NROW(x) == 0) {
    abort_argument(sprintf(
      "`x` must be a model of classes or probabilities, not %s.", shorten(x)
    ))
  }
  if (missing(y)) abort_argument("`y` is missing: give the response of each row.")
  if (anyNA(x) || any(x < 0 | x > 1)) {
    abort_input("`x` must be probabilities: numbers from 0 to 1, none missing.")
  }
  if (length(y) != NROW(x)) {
    abort_input(sprintf(
      "`y` has %s and `x` is of %s.", count_of(length(y), "value"),
      count_of(NROW(x), "row")
    ))
  }
  weights <- weights %||% rep(1, NROW(x))
  if (!is.numeric(weights) || length(weights) != NROW(x) || anyNA(weights) ||
    any(weights < 0 | is.infinite(weights))) {
    abort_input("`weights` must be finite numbers of 0 or more, one for each row.")
  }
  levels <- if (is.matrix(x)) matrix_levels(x) else event_levels(y)
  actual <- match(as.character(y), levels) - 1L
  if (any(is.na(actual) & !is_missing(y))) {
    abort_input("`y` has classes that no column of `x` is named by.")
  }
  # Of a matrix for two classes the second column says all.
  if (is.matrix(x) && ncol(x) == 2) x <- unname(x[, 2])
  keep <- !is.na(actual) & weights > 0
  if (!any(keep)) abort_input("No row has a response and a weight above 0.")
  judge_reliability(
    if (is.matrix(x)) x[keep, , drop = FALSE] else x[keep], actual[keep], weights[keep],
    levels, bins, by, class, level
  )
}

check_bins <- function(bins, level) {
  problems <- c(
    apply_rule(rule_whole(1, 10000), "bins", bins)$problem,
    apply_rule(rule_number(above = 0, below = 1), "level", level)$problem
  )
  if (length(problems) > 0) abort_argument(problems)
}

matrix_levels <- function(x) {
  if (ncol(x) < 2 || is.null(colnames(x)) || anyDuplicated(colnames(x)) > 0) {
    abort_input("The columns of `x` must be named by the classes, two or more.")
  }
  colnames(x)
}

# No event, event: as text.
event_levels <- function(y) {
  levels <- if (is.factor(y)) levels(y) else if (is.logical(y)) c("FALSE", "TRUE")
  levels <- levels %||% c("0", "1")
  if (length(levels) != 2) {
    abort_input("`y` must be of two classes, for `x` is the probability of one event.")
  }
  levels
}

judge_reliability <- function(prediction, actual, weights, levels, bins, by, class,
                              level) {
  if (!is.matrix(prediction)) {
    if (!is.null(class) && !identical(as.character(class), levels[[2]])) {
      abort_argument(
        "`class` is for more than two classes; of two the second is the event."
      )
    }
    class <- levels[[2]]
  } else if (!is.null(class)) {
    class <- choose_one(as.character(class), levels, "class")
  }
  events <- judged_events(prediction, actual, if (!is.null(class)) match(class, levels))
  table <- reliability_table(events$p, events$event, weights, bins, by, level)
  measures <- probability_measures(prediction, actual, weights)
  fine <- findInterval(events$p, (0:20) / 20, left.open = TRUE, rightmost.closed = TRUE)
  structure(
    table,
    class = c("deeplearning_reliability", "data.frame"),
    ece = calibration_error(table), brier = measures[["brier"]],
    logloss = measures[["logloss"]], level = level,
    event = class %||% "the most probable class is right",
    histogram = class_totals(pmax(fine, 1) - 1, weights, 20) / sum(weights)
  )
}

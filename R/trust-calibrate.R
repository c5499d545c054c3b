#' Calibrate the probabilities of a model
#'
#' Networks are often too sure: of rows predicted with a probability of .9, fewer than
#' nine in ten are of that class. `calibrate()` learns from rows that did not train how
#' to correct that, and returns the model with the correction in it.
#'
#' * `"temperature"` (Guo et al. 2017) divides the network's outputs by one number
#'   before the softmax, the one with the least log loss (between 0.01 and 100). It
#'   keeps the order of the classes in each row, serves any number of classes and needs
#'   few rows.
#' * `"platt"` (Platt 1999) is a logistic regression on the logarithm of the odds, with
#'   his targets of (n + 1) / (n + 2) and 1 / (n + 2), for n rows of a kind, in place of
#'   1 and
#'   0. For more than two classes each against the rest; then they are made to sum to 1.
#' * `"isotonic"` (Zadrozny and Elkan 2002) is any rising function of the probability:
#'   the rising step function with the least squared error, straight between the steps,
#'   and 1 / (n + 2) off 0 and 1, for n rows. More classes as above. It wants the most
#'   rows, a thousand or more; it makes probabilities equal, so labels and AUC may
#'   change a little.
#'
#' All predictions show calibrated probabilities from then on: [predict.deeplearning()]
#' (with `calibrated = FALSE` the network's own), [performance()] on new rows, partial
#' dependence, permutation importance and what the h2o layer computes of them. What the
#' model carries from its training (`performance(model)`, the scoring history) is of the
#' probabilities before, and so are `type = "link"` and [shap_values()].
#'
#' Labels of two classes follow a new threshold, that with the largest F1 on the rows
#' given here, calibrated; `calibrated = FALSE` has the old one. Of more classes the
#' most probable one is predicted, as before.
#'
#' Calibration is saved and loaded with the model. Calibrating again replaces it. A
#' model trained further (`checkpoint`) loses it, with a warning, for it is of other
#' outputs. A classifier calibrated after [conformal()] loses that, with a warning.
#'
#' @param model A model of classes from [deeplearning()].
#' @param newdata Rows with the response that did not train: a data frame or a matrix.
#'   By default the rows that the folds held out, where the model has kept their
#'   predictions (`nfolds`, `keep_cross_validation_predictions = TRUE`) and its data
#'   (`keep_data`), or `y` is given.
#' @param method How, see above. At least 10 rows, 50 for `"isotonic"`, of two classes
#'   or more; `"platt"` and `"isotonic"` need rows of every class.
#' @param y The response of the rows, where `newdata` does not hold it.
#' @param threads How many threads predict, see [predict.deeplearning()]. They change no
#'   number.
#' @param ... Not used; anything given here is an error.
#' @return The model, with `calibration`: `method`, `fitted` (`temperature`; or
#'   `intercept` and `slope`; or `curves` of `x` and `y`), `rows`, `source`, `threshold`
#'   (that before), and `measures`, a data frame with the rows `before` and `after` and
#'   the columns `logloss`, `brier` (of two classes the mean squared error of the
#'   second, of more summed over the classes) and `ece`, see [reliability()], on the
#'   rows given here. They are judged on what they learned from; for an unbiased view
#'   take other rows.
#'
#'   Rows count by their weight if the model was trained with `weights_column` and
#'   `newdata` has it; a weight of 2 is the row twice.
#' @section Errors: `feedforward_argument_error` for a model of numbers, an autoencoder,
#' or `newdata` missing where nothing was kept; `feedforward_input_error` for a response
#' that is missing, rows of one class only, or too few rows. A parameter that should
#' raise doubts gives a warning of class `feedforward_calibration_warning`.
#' @references
#' Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. Q. (2017). On calibration of modern
#' neural networks. \doi{10.48550/arXiv.1706.04599}
#'
#' Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons
#' to regularized likelihood methods. *Advances in Large Margin Classifiers*, 61-74.
#'
#' Zadrozny, B. and Elkan, C. (2002). Transforming classifier scores into accurate
#' multiclass probability estimates. \doi{10.1145/775047.775151}
#' @seealso [reliability()] to see it, [conformal()] for sets of classes.
#' @examples
#' part <- rep(1:18, length.out = nrow(airline_delays))
#' model <- deeplearning(
#'   IsDepDelayed ~ CRSDepTime + Month + DayOfWeek + Distance,
#'   airline_delays[part == 1, ],
#'   hidden = 50, epochs = 100, seed = 1
#' )
#' calibrated <- calibrate(model, airline_delays[part == 2, ])
#' calibrated$calibration$measures
#' test <- airline_delays[part == 3, ]
#' performance(model, test)$logloss
#' performance(calibrated, test)$logloss
#' @export
calibrate <- function(model, newdata = NULL, ...) {
  UseMethod("calibrate")
}

#' @export
calibrate.default <- function(model, newdata = NULL, ...) {
  abort_no_model(model, "model")
}

#' @rdname calibrate
#' @export
calibrate.deeplearning <- function(model, newdata = NULL,
                                   method = c("temperature", "platt", "isotonic"),
                                   y = NULL, threads = NULL, ...) {
  check_no_more(..., fun = "calibrate")
  method <- choose_one(method, names(calibrators), "method")
  check_has_classes(model, "calibrate")
  rows <- held_out_rows(model, newdata, y, threads)
  check_calibration_rows(rows, calibrators[[method]], model$response)
  fitted <- calibrators[[method]]$fit(rows$link, rows$actual, rows$weights)
  calibration <- list(
    method = method, fitted = fitted, rows = length(rows$actual), source = rows$source,
    threshold = raw_threshold(model), measures = NULL
  )
  judged <- lapply(list(NULL, calibration), function(calibration) {
    probabilities_of(model, rows$link, calibration)
  })
  calibration$measures <- as.data.frame(do.call(rbind, lapply(
    stats::setNames(judged, c("before", "after")), probability_measures, rows$actual,
    rows$weights
  )))
  remark <- calibrators[[method]]$remark(fitted)
  if (!is.null(remark)) {
    warn_feedforward(remark, class = "feedforward_calibration_warning")
  }
  metrics <- compute_metrics(
    model$response, judged[[2]], rows$actual, rows$weights, check_scoring(model),
    tables = FALSE
  )
  model["default_threshold"] <- list(metrics$default_threshold)
  model$calibration <- calibration
  drop_conformal(model)
}

check_calibration_rows <- function(rows, record, response) {
  n <- length(rows$actual)
  count <- tabulate(rows$actual + 1, length(response$levels))
  problems <- c(
    if (n < record$fewest) {
      sprintf(
        "%s %s %s with a known response and a weight above 0; it needs %d.", record$title,
        "was given", count_of(n, "row"), record$fewest
      )
    },
    if (sum(count > 0) < 2) {
      "The rows are all of one class: calibration compares two or more."
    } else if (record$each_class && any(count == 0)) {
      sprintf(
        "%s needs rows of each class; there are none of %s. \"temperature\" does not.",
        record$title, list_levels(list(response$levels[count == 0]))
      )
    }
  )
  if (length(problems) > 0) abort_input(problems)
}

# Scores of other probabilities than the model has now.
drop_conformal <- function(model) {
  if (!is.null(model$conformal)) {
    warn_feedforward(
      paste(
        "The model's scores of conformal() were of its probabilities before and are",
        "gone: call conformal() again, after calibrate()."
      ),
      class = "feedforward_conformal_warning"
    )
    model$conformal <- NULL
  }
  model
}

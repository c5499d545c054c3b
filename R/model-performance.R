#' How well a model predicts
#'
#' Metrics on new rows, or those of the training or validation rows that the model
#' carries since its training.
#'
#' Rows whose response is missing are left out, and so are rows whose response is a
#' class that training did not know, with a warning of class
#' `feedforward_unseen_classes_warning`. If the model was trained with `weights_column`
#' and `newdata` has that column, rows count by it.
#'
#' The threshold of a two-class confusion matrix is the one with the largest F1 on the
#' rows at hand, so it can differ from the one [predict.deeplearning()] uses. Rows of one
#' class have no such threshold, and the model's is taken.
#'
#' A model that [calibrate()] returned is judged on new rows by its calibrated
#' probabilities. The metrics that it carries are those of its training, before.
#'
#' With `missing_values_handling = "Skip"` what the model carries leaves out rows with a
#' missing predictor; rows of `newdata` are all predicted, with means in place of what is
#' missing.
#'
#' @param model A model from [deeplearning()].
#' @param newdata A data frame or a matrix (of package Matrix, too) with the predictors
#'   and the response. `NULL`, the default, returns what the model carries.
#' @param y The response of the rows of `newdata`, as a vector, where `newdata` does
#'   not hold it. By default the column of `newdata` that has the response's name, or
#'   what the formula makes of its columns. A model trained from `x` and `y` knows no
#'   such name and needs it.
#' @param train,valid,xval Without `newdata`: `valid = TRUE` asks for the metrics of the
#'   validation rows, `xval = TRUE` for those of the rows held out in cross-validation,
#'   all folds together, `train = TRUE`, which is the default, for those of the training
#'   rows. Not both.
#' @param auc_type Models of more than two classes: `"NONE"`, `"MACRO_OVR"`,
#'   `"WEIGHTED_OVR"`, `"MACRO_OVO"` or `"WEIGHTED_OVO"`, whether and how to compute
#'   the area under the curve on `newdata`. By default as in training.
#' @param custom_metric_func With `newdata`: a metric of the user's own, as for
#'   [deeplearning()]; the model does not keep that of its training.
#' @param threads How many threads to use, see [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A list of class `deeplearning_metrics`, with H2O's names. All kinds have
#'   `MSE`, `RMSE`, `nobs` (rows counted), `r2`, `description`, `scoring_time`. The `r2`
#'   of more than two classes is H2O's, which takes the class for its number and says
#'   little; it is not printed.
#'   * Regression: `mae`, `rmsle` (`NaN` where a value is below -1),
#'     `mean_residual_deviance`.
#'   * Two classes: `logloss`, `AUC`, `pr_auc`, `Gini`, `mean_per_class_error`, the
#'     confusion matrix `cm$table`, and the data frames
#'     `thresholds_and_metric_scores`, `max_criteria_and_metric_scores` and
#'     `gains_lift_table`.
#'   * More classes: `logloss`, `mean_per_class_error`, `hit_ratio_table`, `cm$table` (up
#'     to 1,000 classes), and `AUC`, `pr_auc` if asked for.
#'
#'   `mean_per_class_error` is the mean over the classes that the rows hold.
#'
#'   Printed like H2O's; [plot.deeplearning_metrics()] draws the ROC curve.
#' @section Errors:
#' `feedforward_input_error` where the response is missing from `newdata`, no row has
#' one that the model knows, or `newdata` does not fit the model;
#' `feedforward_argument_error` for a wrong argument, validation metrics of a model
#' trained without validation rows (or folds) included.
#' @examples
#' train <- iris[seq(1, 150, by = 2), ]
#' test <- iris[seq(2, 150, by = 2), ]
#' model <- deeplearning(Species ~ ., train, hidden = 10, epochs = 20, seed = 1)
#' performance(model)
#' performance(model, test)$logloss
#' @export
performance <- function(model, newdata = NULL, ...) {
  UseMethod("performance")
}

#' @export
performance.default <- function(model, newdata = NULL, ...) {
  abort_no_model(model, "model")
}

#' @rdname performance
#' @method performance deeplearning
#' @export
performance.deeplearning <- function(model, newdata = NULL, y = NULL, train = FALSE,
                                     valid = FALSE, xval = FALSE, auc_type = NULL,
                                     custom_metric_func = NULL, threads = NULL, ...) {
  check_no_more(..., fun = "performance")
  check_performance(newdata, y, list(train, valid, xval), auc_type)
  if (is.null(newdata)) {
    return(stored_metrics(model, valid, xval))
  }
  check_model(model)
  newdata <- plain_table(newdata, "newdata")
  actual <- new_response(model, newdata, y)
  weights <- new_weights(model, newdata)
  check_actual(model, actual, weights)
  outputs <- network_outputs(model, newdata, threads)
  prediction <- decode_outputs(model, outputs)
  arguments <- check_scoring(model)
  if (!is.null(auc_type)) {
    arguments$auc_type <- check_one("auc_type", auc_type)$value
  }
  checked <- check_one("custom_metric_func", custom_metric_func)
  if (!is.null(checked$problem)) abort_argument(checked$problem)
  arguments["custom_metric_func"] <- checked["value"]
  compute_metrics(
    model$response, prediction, actual, weights, arguments,
    settled = list(threshold = model$default_threshold)
  )
}

check_performance <- function(newdata, y, parts, auc_type) {
  problems <- character()
  if (!all(vapply(parts, rlang::is_bool, NA))) {
    problems <- "`train`, `valid` and `xval` must be TRUE or FALSE."
  } else if (sum(unlist(parts)) > 1) {
    problems <- "Only one of `train`, `valid` and `xval` can be TRUE."
  } else if (any(unlist(parts)) && !is.null(newdata)) {
    problems <- "`train`, `valid` and `xval` have no meaning together with `newdata`."
  }
  if (is.null(newdata) && !is.null(y)) {
    problems <- c(problems, "`y` is given without `newdata`.")
  }
  if (!is.null(auc_type)) {
    if (is.null(newdata)) {
      problems <- c(problems, paste(
        "`auc_type` needs `newdata`; for the model's own rows it is an argument of",
        "`deeplearning()`."
      ))
    }
    problems <- c(problems, check_one("auc_type", auc_type)$problem)
  }
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

# The model's arguments, of which those that metrics depend on may have been edited.
check_scoring <- function(model) {
  used <- c(
    "auc_type", "gainslift_bins", "huber_alpha", "quantile_alpha", "tweedie_power"
  )
  problems <- unlist(lapply(used, function(name) {
    check_one(name, model$arguments[[name]])$problem
  }))
  if (length(problems) > 0) {
    abort_changed(problems)
  }
  model$arguments
}

stored_metrics <- function(model, valid, xval) {
  if (xval && is.null(model$cross_validation)) {
    abort_argument(paste(
      "`xval = TRUE`, but the model was trained without cross-validation: train it with",
      "`nfolds` or `fold_column`."
    ))
  }
  if (xval) {
    return(model$cross_validation$metrics)
  }
  if (!valid) {
    return(model$training_metrics)
  }
  if (is.null(model$validation_metrics)) {
    abort_argument(paste(
      "`valid = TRUE`, but the model was trained without a `validation_frame`.",
      "Give the rows as `newdata`."
    ))
  }
  model$validation_metrics
}

# The response of new rows as metrics want it (encode_actual()); classes that training
# did not know are missing, with a warning.
new_response <- function(model, newdata, y) {
  response <- model$response
  if (is.null(y) && isTRUE(response$stand_in)) {
    abort_argument(paste(
      "`y` is missing: the model was trained from `x` and `y`, so it knows no column",
      "that holds the response. Give the response of the new rows as `y`."
    ))
  }
  y <- y %||% derived_response(newdata, model$derived)
  y <- if (is.null(y)) new_column(newdata, response$name) else plain_column(y)
  if (is.null(y)) {
    abort_input(sprintf(
      paste(
        "`newdata` lacks the response %s, which metrics need.",
        "Add the column, or give the values as `y`; `predict()` needs neither."
      ),
      quote_name(response$name)
    ))
  }
  if (NROW(y) != nrow(newdata)) {
    abort_input(sprintf(
      "`y` has %s and `newdata` has %s.",
      count_of(NROW(y), "value"), count_of(nrow(newdata), "row")
    ))
  }
  actual <- encode_actual(response, y)
  if (!is.null(response$levels)) {
    unseen <- is.na(actual) & !is_missing(y)
    if (any(unseen)) {
      warn_unseen_classes(response, unique(as.character(y[unseen])), sum(unseen))
    }
  }
  actual
}

warn_unseen_classes <- function(response, classes, rows) {
  shown <- cut_text(encodeString(utils::head(classes, 20), quote = "\""), 60)
  warn_feedforward(
    sprintf(
      "%s left out: the response %s has classes that training did not see: %s%s.",
      if (rows == 1) "1 row is" else paste(format_count(rows), "rows are"),
      quote_name(response$name), paste(shown, collapse = ", "),
      if (length(classes) > 20) ", ..." else ""
    ),
    class = "feedforward_unseen_classes_warning"
  )
}

# Weights of new rows, or NULL: only where training had them and the column is there.
new_weights <- function(model, newdata) {
  name <- model$arguments$weights_column
  weights <- if (!is.null(name)) new_column(newdata, name)
  problem <- weights_problems(weights, name)
  if (!is.null(problem)) {
    abort_input(problem)
  }
  if (!is.null(weights)) as.numeric(weights)
}

check_actual <- function(model, actual, weights) {
  counts <- !is.na(actual)
  if (!is.null(weights)) {
    counts <- counts & weights > 0
  }
  if (!any(counts)) {
    weighted <- if (!is.null(weights)) " and a weight above 0"
    abort_input(paste0(
      "No row of `newdata` has a response ", quote_name(model$response$name),
      " that the model knows", weighted, "."
    ))
  }
}

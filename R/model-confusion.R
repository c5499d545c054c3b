#' Confusion matrix at any threshold
#'
#' How many rows of each class are predicted as which.
#'
#' @param object A model from [deeplearning()] that predicts classes, or metrics from
#'   [performance()].
#' @param newdata For a model: the rows; without them those that its metrics are of, the
#'   validation rows if there were any.
#' @param threshold Two classes only: the second is predicted from this probability on; by
#'   default the model's own threshold, which has the largest F1. For stored metrics the
#'   nearest of their table of at most 400 thresholds is taken.
#' @param y The response of `newdata`, where it does not hold it.
#' @param ... Not used; anything given here is an error.
#' @return A data frame, rows the actual classes and `Totals`, columns the predicted
#'   classes, `Error` (share of wrong ones) and `Rate`; attribute `threshold`.
#' @section Errors:
#' `feedforward_argument_error` for models and metrics of numbers, and thresholds
#' outside 0 to 1.
#' @examples
#' two <- droplevels(iris[iris$Species != "setosa", ])
#' model <- deeplearning(Species ~ ., two, hidden = 5, epochs = 10, seed = 1)
#' confusion_matrix(model, two)
#' confusion_matrix(model, two, threshold = 0.9)
#' @export
confusion_matrix <- function(object, ...) {
  UseMethod("confusion_matrix")
}

#' @export
confusion_matrix.default <- function(object, ...) {
  abort_no_model(object, "object")
}

#' @rdname confusion_matrix
#' @export
confusion_matrix.deeplearning <- function(object, newdata = NULL, threshold = NULL,
                                          y = NULL, ...) {
  check_no_more(..., fun = "confusion_matrix")
  if (task_of(object)$target != "classes") {
    abort_argument("Only models of classes have a confusion matrix.")
  }
  if (is.null(newdata)) {
    metrics <- object$validation_metrics %||% object$training_metrics
    return(confusion_matrix.deeplearning_metrics(metrics, threshold))
  }
  check_model(object)
  check_predict(object, FALSE, "class", threshold)
  newdata <- plain_table(newdata, "newdata")
  actual <- new_response(object, newdata, y)
  predicted <- stats::predict(object, newdata, type = "class", threshold = threshold)
  weights <- new_weights(object, newdata)
  check_actual(object, actual, weights)
  structure(
    confusion_matrix_of(actual, as.integer(predicted) - 1L, object$response$levels,
      weights),
    threshold = if (task_of(object)$threshold) threshold %||% known_threshold(object)
  )
}

#' @rdname confusion_matrix
#' @export
confusion_matrix.deeplearning_metrics <- function(object, threshold = NULL, ...) {
  check_no_more(..., fun = "confusion_matrix")
  if (is.null(object$cm)) {
    abort_argument("Only models of classes have a confusion matrix.")
  }
  table <- object$thresholds_and_metric_scores
  if (is.null(threshold)) {
    return(structure(object$cm$table, threshold = object$default_threshold))
  }
  if (is.null(table)) {
    abort_argument("`threshold` acts only on two classes; leave it out.")
  }
  if (!is_share(threshold)) {
    abort_argument(sprintf(
      "`threshold` must be one number between 0 and 1, not %s.", shorten(threshold)
    ))
  }
  row <- table[which.min(abs(table$threshold - threshold)), ]
  counts <- matrix(c(row$tns, row$fns, row$fps, row$tps), 2)
  structure(confusion_table(counts, object$domain), threshold = row$threshold)
}

confusion_matrix_of <- function(actual, predicted, levels, weights) {
  found <- measure_confusion(actual, predicted, levels, weights)
  found$table
}

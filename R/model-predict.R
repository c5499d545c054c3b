#' Predictions of a model
#'
#' Puts new rows through the encoding learned in training and through the network.
#' Columns are found by name, in any order; others are ignored. A missing value is taken
#' for the training mean (numbers) or for the level "missing" (factors). A level that
#' training never saw, of an ordered factor too, counts as missing, with a warning of
#' class `feedforward_unseen_levels_warning`; so does one that had no row to train on.
#'
#' @param object A model from [deeplearning()].
#' @param newdata The rows to predict: a data frame or a matrix (of package Matrix, too)
#'   with the columns the model was trained on (see `object$encoding$predictors`). There
#'   is no default, for the model does not keep its training rows.
#' @param type What to return, see below.
#' @param threshold Two classes and `type = "class"` only: the second level is
#'   predicted where its probability is at least this number between 0 and 1. By
#'   default the threshold with the largest F1 on the validation rows, or without
#'   them on the training rows: `object$default_threshold`; of a calibrated model on the
#'   rows that calibrated it.
#' @param threads How many threads to use; `NULL` leaves the choice to the option
#'   `feedforward.threads`, see [deeplearning()]. They change no number.
#' @param interval `NULL`, or with what probability what is returned holds the response
#'   of a new row, between 0 and 1: then intervals or sets, see below. The model needs
#'   scores of rows that did not train: [conformal()].
#' @param calibrated Of a model that [calibrate()] returned: probabilities, labels and
#'   their threshold as calibrated, or with `FALSE` as the network has them.
#' @param ... Not used; anything given here is an error.
#' @return One element or row per row of `newdata`, in its order; none for no rows.
#'   * `type = "response"`: for regression a numeric vector on the scale of the
#'     response; for two classes a numeric vector, the probability of the second
#'     level; for more classes a numeric matrix of probabilities, rows x classes.
#'   * `type = "class"`: a factor with the levels of the response. Of more than two
#'     classes the most probable one, the first of them in a tie. An error for
#'     regression.
#'   * `type = "prob"`: a numeric matrix of probabilities, rows x classes, for two
#'     classes as well. An error for regression.
#'   * `type = "link"`: what the output layer computes. For regression a numeric
#'     vector, the prediction before the inverse link (the logarithm of the prediction
#'     for poisson, gamma and tweedie, the prediction itself else), offset
#'     included; for classes a matrix, rows x classes, of activations whose softmax
#'     are the probabilities before calibration.
#'
#'   With `interval`, which goes with `type = "response"` alone: for regression a data
#'   frame of `fit` (the prediction), `lower` and `upper`, in units of the response; for
#'   classes a logical matrix, rows x classes, of the classes in each row's set. Fewer
#'   rows behind [conformal()] than the level asks for, `interval / (1 - interval)`,
#'   give `-Inf` and `Inf`, or all classes, with a warning of class
#'   `feedforward_interval_warning`.
#' @section Offset:
#' A model trained with `offset_column` needs that column in `newdata`. A column of
#' zeros predicts without an offset.
#' @section Errors:
#' `feedforward_argument_error` for a wrong argument, `feedforward_input_error` for
#' missing columns, columns of another type than in training, infinite values, and a
#' model that was edited, `feedforward_unstable_error` for a model whose weights or
#' outputs are not finite.
#' @seealso [performance()] for metrics on new rows; [calibrate()] and [conformal()] for
#'   probabilities and intervals that can be trusted.
#' @examples
#' train <- iris[seq(1, 150, by = 2), ]
#' test <- iris[seq(2, 150, by = 2), ]
#' model <- deeplearning(Species ~ ., train, hidden = 10, epochs = 20, seed = 1)
#' head(predict(model, test))
#' table(test$Species, predict(model, test, type = "class"))
#' @method predict deeplearning
#' @export
predict.deeplearning <- function(object, newdata,
                                 type = c("response", "class", "prob", "link"),
                                 threshold = NULL, threads = NULL, interval = NULL,
                                 calibrated = TRUE, ...) {
  check_no_more(..., fun = "predict")
  check_model(object)
  type <- choose_one(type, prediction_types, "type")
  check_predict(object, missing(newdata), type, threshold, interval, calibrated)
  if (!is.null(interval)) {
    return(predict_region(object, newdata, interval, threads))
  }
  outputs <- network_outputs(object, newdata, threads)
  decode_outputs(
    object, outputs, type, threshold %||% known_threshold(object, calibrated), calibrated
  )
}

# Predictions of a model from what network_outputs() returns.
decode_outputs <- function(model, outputs, type = "response", threshold = NULL,
                           calibrated = TRUE) {
  decode_response(
    model$response, outputs$link, outputs$offset,
    type = type, threshold = threshold, calibration = if (calibrated) model$calibration
  )
}

# NULL, which means one half, where the rows scored last had one class only.
known_threshold <- function(object, calibrated = TRUE) {
  threshold <- if (calibrated) object$default_threshold else raw_threshold(object)
  if (is_share(threshold)) threshold
}

# Of the probabilities that training judged.
raw_threshold <- function(object) {
  calibration <- object$calibration
  if (is.null(calibration)) object$default_threshold else calibration$threshold
}

# The network's outputs for new rows (matrix, rows x outputs), and the offset, NULL
# for a model without one. The offset is not yet added.
network_outputs <- function(object, newdata, threads = NULL) {
  tell_of_memory(outputs_of(object, newdata, threads))
}

outputs_of <- function(object, newdata, threads) {
  newdata <- add_derived(plain_table(newdata, "newdata"), object$derived)
  # One row is one task; to ask the machine for its threads would only take time.
  if (nrow(newdata) == 1 && is.null(threads %||% thread_option())) threads <- 1
  threads <- resolve_threads(threads)
  columns <- new_columns(object$encoding, newdata, threads = threads)
  offset <- new_offset(object, newdata)
  n <- nrow(newdata)
  if (n == 0) {
    link <- matrix(0, 0, object$network$outputs)
  } else {
    rows <- encode_rows(object$encoding, columns, n, threads = threads)
    link <- model_outputs(object, rows, threads)
    check_outputs(link)
  }
  list(link = link, offset = offset)
}

# A sum is finite where all its terms are, and copies nothing.
check_outputs <- function(link) {
  if (is.finite(sum(link))) {
    return(invisible())
  }
  bad <- which(!is.finite(rowSums(link)))
  abort_unstable(sprintf(
    paste(
      "The network's outputs are not finite in %s (first in row %s): its weights, or the",
      "predictors there, are too large for single precision."
    ),
    count_of(length(bad), "row"), format_count(bad[[1]])
  ))
}

check_predict <- function(object, no_data, type, threshold, interval = NULL,
                          calibrated = TRUE) {
  problems <- c(
    if (!rlang::is_bool(calibrated)) {
      sprintf("`calibrated` must be TRUE or FALSE, not %s.", shorten(calibrated))
    },
    if (!is.null(interval)) interval_problems(object, type, interval, calibrated)
  )
  if (no_data) {
    problems <- paste(
      "`newdata` is missing: give the rows to predict. The model does not keep its",
      "training rows."
    )
  }
  task <- task_of(object)
  if (!type %in% task$types) {
    problems <- c(problems, sprintf(
      "`type = \"%s\"` needs a model of classes; this one predicts the number %s.",
      type, quote_name(object$response$name)
    ))
  }
  if (!is.null(threshold)) {
    if (!task$threshold || type != "class") {
      problems <- c(problems, paste(
        "`threshold` acts only on two classes and `type = \"class\"`;",
        "leave it out otherwise."
      ))
    } else if (!is_share(threshold)) {
      problems <- c(problems, sprintf(
        "`threshold` must be one number between 0 and 1, not %s.", shorten(threshold)
      ))
    }
  }
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

# The offset of each new row in link space, or NULL.
new_offset <- function(object, newdata) {
  name <- object$arguments$offset_column
  if (is.null(name)) {
    return(NULL)
  }
  offset <- new_column(newdata, name)
  if (is.null(offset)) {
    abort_input(sprintf(
      paste(
        "`newdata` lacks the column %s: the model was trained with it as offset.",
        "Add a column of zeros to predict without an offset."
      ),
      quote_name(name)
    ))
  }
  problem <- offset_problems(offset, name)
  if (!is.null(problem)) {
    abort_input(problem)
  }
  as.numeric(offset)
}

# A column of new rows that is no predictor, NULL if there is none.
new_column <- function(newdata, name) {
  column <- data_column(newdata, name)
  if (!is.null(column) && NROW(column) != nrow(newdata)) {
    abort_input(ragged_column(name, NROW(column), nrow(newdata)))
  }
  column
}

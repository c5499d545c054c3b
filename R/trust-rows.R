# Rows that did not train, with what the model says of them: given, or those that its
# folds held out.

# list(link, the outputs whose softmax are the probabilities, for classes; or found, of
# found_for_region(), for numbers; actual; weights; source, in words). Of rows with a
# known response and a weight above 0.
#   newdata: NULL for the predictions that cross-validation has kept
#   conformal: list(score, models), whose scores are to be computed
held_out_rows <- function(model, newdata, y, threads, conformal = NULL) {
  rows <- if (is.null(newdata)) {
    rows_of_folds(model, y)
  } else {
    rows_of_data(model, newdata, y, threads, conformal)
  }
  keep <- !is.na(rows$actual) & rows$weights > 0
  if (!is.null(rows$link)) keep <- keep & !is.na(rowSums(rows$link))
  pick <- function(x) if (is.matrix(x)) x[keep, , drop = FALSE] else x[keep]
  for (part in c("link", "actual", "weights", "fold")) {
    if (!is.null(rows[[part]])) rows[[part]] <- pick(rows[[part]])
  }
  rows$found <- lapply(rows$found, pick)
  rows$source <- sprintf("%s %s", count_of(length(rows$actual), "row"), rows$source)
  rows
}

rows_of_data <- function(model, newdata, y, threads, conformal) {
  newdata <- plain_table(newdata, "newdata")
  actual <- new_response(model, newdata, y)
  weights <- new_weights(model, newdata)
  check_actual(model, actual, weights)
  rows <- list(
    actual = actual, weights = weights %||% rep(1, length(actual)),
    source = "that did not train"
  )
  if (task_of(model)$target == "classes") {
    outputs <- network_outputs(model, newdata, threads)
    rows$link <- corrected_link(model$response, outputs$link)
  } else {
    rows$found <- found_for_region(model, newdata, threads, conformal)
  }
  rows
}

rows_of_folds <- function(model, y) {
  prediction <- model$cross_validation$predictions
  if (is.null(prediction)) {
    abort_argument(paste(
      "`newdata` is missing: give rows with the response that did not train, or train",
      "with `nfolds`, `keep_cross_validation_predictions = TRUE` and `keep_data = TRUE`.",
      "The model does not keep its validation rows."
    ))
  }
  n <- NROW(prediction)
  data <- model$data
  if (is.null(data) && (is.null(y) || !is.null(model$arguments$weights_column))) {
    abort_argument(paste(
      "The rows that the folds held out need their response",
      if (!is.null(model$arguments$weights_column)) "and weights,",
      "which the model does not keep: train with `keep_data = TRUE`, or give",
      "`newdata`", if (is.null(model$arguments$weights_column)) "or `y`", "instead."
    ))
  }
  table <- if (is.null(data)) {
    data.frame(row.names = seq_len(n))
  } else {
    plain_table(data$newdata, "newdata")
  }
  actual <- new_response(model, table, y %||% data$y)
  if (length(actual) != n) {
    abort_input(sprintf(
      "`y` has %s; cross-validation predicted %s.", count_of(length(actual), "value"),
      count_of(n, "row")
    ))
  }
  weights <- if (!is.null(data)) new_weights(model, table)
  rows <- list(
    actual = actual, weights = weights %||% rep(1, n),
    source = "that the folds of cross-validation held out"
  )
  rows$fold <- model$cross_validation$folds
  if (task_of(model)$target == "classes") {
    rows$link <- link_of_probabilities(prediction)
  } else {
    rows$found <- list(fit = prediction)
    rows$actual[is.na(prediction)] <- NA
  }
  rows
}

# Matrix, rows x classes, of which they are the softmax.
link_of_probabilities <- function(p) {
  if (!is.matrix(p)) p <- cbind(1 - p, p)
  unname(log(pmax(p, tiny)))
}

# What decode_response() gives by default, of link as above.
probabilities_of <- function(model, link, calibration) {
  p <- calibrated_rows(calibration, link)
  if (ncol(p) == 2) {
    return(p[, 2])
  }
  dimnames(p) <- list(NULL, model$response$levels)
  p
}

# Errors of models that have no probabilities.
check_has_classes <- function(model, fun) {
  check_shown(model)
  check_model(model)
  if (task_of(model)$target != "classes") {
    abort_argument(sprintf(
      "`%s()` needs a model of classes; this one is of %s.%s", fun,
      task_of(model)$problem,
      if (task_of(model)$target == "numbers") {
        " For intervals of numbers: conformal()."
      } else {
        ""
      }
    ))
  }
}

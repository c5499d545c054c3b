#' Print or summarise a model or its metrics
#'
#' `print()` shows the layers of the network, the key metrics and the confusion
#' matrix; `summary()` adds the maximum metrics or hit ratios, the scoring history and
#' the variable importances. The tables are those of H2O.
#'
#' Numbers in tables have `digits - 1` decimals, so six by default, and two at least.
#' Tables of more than 20 rows are shown by their first five and last six rows, and
#' confusion matrices of more than 20 classes not at all: they are in the object.
#'
#' The size of the model is that of its weights and biases at four bytes each.
#'
#' @param x,object A model from [deeplearning()], metrics from [performance()], or a
#'   summary.
#' @param digits Significant digits, from 1 to 22; by default those of
#'   `options(digits)`. Lines are as wide as `options(width)` says.
#' @param ... Not used.
#' @return `print()` returns `x` invisibly; `summary()` an object of class
#'   `summary.deeplearning`, a list with the element `model`, which prints itself.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 5, seed = 1)
#' model
#' summary(model)
#' performance(model)
#' @method print deeplearning
#' @export
print.deeplearning <- function(x, digits = getOption("digits"), ...) {
  check_shown(x)
  decimals <- table_decimals(digits)
  print_model_head(x, digits, decimals)
  print_model_metrics(x, digits, decimals, full = FALSE)
  invisible(x)
}

#' @rdname print.deeplearning
#' @method summary deeplearning
#' @export
summary.deeplearning <- function(object, ...) {
  structure(list(model = object), class = "summary.deeplearning")
}

#' @rdname print.deeplearning
#' @method print summary.deeplearning
#' @export
print.summary.deeplearning <- function(x, digits = getOption("digits"), ...) {
  model <- x$model
  check_shown(model)
  decimals <- table_decimals(digits)
  print_model_head(model, digits, decimals)
  if (length(model$dropped) > 0) {
    dropped <- sprintf("%s (%s)", names(model$dropped), model$dropped)
    cat_wrapped(paste("Columns left out:", paste(dropped, collapse = ", ")))
    cat("\n")
  }
  print_model_metrics(model, digits, decimals, full = TRUE)
  history <- shown_history(model$scoring_history, task_of(model))
  print_table(history, "Scoring History:", decimals - 1)
  if (!is.null(model$variable_importances)) {
    print_table(model$variable_importances, "Variable Importances:", decimals)
  }
  invisible(x)
}

# ---- The model ------------------------------------------------------------------

print_model_head <- function(model, digits, decimals) {
  cat("Model Details:\n==============\n\n")
  cat(task_of(model)$title, " model: deeplearning\n", sep = "")
  cat_wrapped(paste("Model ID:", model$model_id))
  cat_wrapped(training_line(model, digits))
  if (length(model$filled) > 0) cat_wrapped(preset_line(model))
  cat_wrapped(paste("Status of Neuron Layers:", layers_line(model)))
  table <- model$model_summary
  table$dropout <- ifelse(
    is.na(table$dropout), NA, sprintf("%.2f %%", table$dropout)
  )
  print_table(table, NULL, decimals)
}

print_model_metrics <- function(model, digits, decimals, full) {
  print_metrics(model$training_metrics, digits, decimals, full, "training")
  if (!is.null(model$validation_metrics)) {
    print_metrics(model$validation_metrics, digits, decimals, full, "validation")
  }
  folds <- model$cross_validation
  if (!is.null(folds)) {
    print_metrics(folds$metrics, digits, decimals, full, "cross-validation")
    print_table(
      folds$summary, "Cross-Validation Metrics Summary:", decimals,
      most = nrow(folds$summary)
    )
  }
  print_trust(model, decimals)
}

preset_line <- function(model) {
  values <- vapply(model$filled, function(value) {
    paste(if (is.numeric(value)) format_number(value) else value, collapse = "-")
  }, "")
  sprintf(
    "Filled in by preset \"%s\": %s", model$arguments$preset,
    paste(names(values), values, collapse = ", ")
  )
}

# How training went: the one line that H2O's print does not have.
training_line <- function(model, digits) {
  sprintf(
    "Training: %s after %s epochs of %s rows, %s sec, %s",
    paste(c(model$status, model$stopped_by), collapse = " by "),
    format(model$epochs_trained, digits = digits),
    format_count(model$training_rows), format(model$run_time / 1000, digits = digits),
    model$arguments$optimizer
  )
}

# The description of the layer table, in H2O's words and order.
layers_line <- function(model) {
  arguments <- model$arguments
  members <- 1 + length(model$members)
  parameters <- members * count_parameters(model$network)
  paste(
    c(
      if (members > 1) paste("mean of", members, "networks"),
      if (task_of(model)$target != "inputs") paste("predicting", model$response$name),
      task_of(model)$describe(model$network$outputs),
      paste(arguments$distribution, "distribution"),
      paste(arguments$loss, "loss"),
      paste(format_count(parameters), "weights/biases"),
      format_bytes(4 * parameters),
      paste(format_count(model$samples), "training samples"),
      paste("mini-batch size", format_count(arguments$mini_batch_size))
    ),
    collapse = ", "
  )
}

# Durations and speeds as H2O prints them; without what misleads or was not computed.
shown_history <- function(history, task) {
  columns <- function(measures) {
    outer(c("training_", "validation_"), measure_property(measures, "column"), paste0)
  }
  never <- names(Filter(function(x) all(is.na(x)), history[-1, , drop = FALSE]))
  hidden <- c(columns(task$unprinted), intersect(columns(task$optional), never))
  history <- history[setdiff(names(history), hidden)]
  history$duration <- vapply(history$duration, format_duration, "")
  known <- !is.na(history$training_speed)
  history$training_speed <- ifelse(
    known, paste(vapply(history$training_speed, format_number, ""), "obs/sec"), NA
  )
  history
}

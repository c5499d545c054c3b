#' Print or summarise a model or its metrics
#'
#' `print()` shows the layers of the network, the key metrics and the confusion
#' matrix; `summary()` adds the maximum metrics or hit ratios, the scoring history and
#' the variable importances. The tables are those of H2O.
#'
#' Numbers in tables have `digits - 1` decimals, so six by default. Tables of more than
#' 20 rows are shown by their first five and last six rows, and confusion matrices of
#' more than 20 classes not at all: they are in the object.
#'
#' The size of the model is that of its weights and biases at four bytes each.
#'
#' @param x,object A model from [deeplearning()], metrics from [performance()], or a
#'   summary.
#' @param digits Significant digits, from 1 to 15; by default those of
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
  decimals <- table_decimals(digits)
  print_model_head(model, digits, decimals)
  if (length(model$dropped) > 0) {
    dropped <- sprintf("%s (%s)", names(model$dropped), model$dropped)
    cat_wrapped(paste("Columns left out:", paste(dropped, collapse = ", ")))
    cat("\n")
  }
  print_model_metrics(model, digits, decimals, full = TRUE)
  print_table(model$scoring_history, "Scoring History:", decimals - 1)
  if (!is.null(model$variable_importances)) {
    print_table(model$variable_importances, "Variable Importances:", decimals)
  }
  invisible(x)
}

#' @rdname print.deeplearning
#' @method print deeplearning_metrics
#' @export
print.deeplearning_metrics <- function(x, digits = getOption("digits"), ...) {
  print_metrics(x, digits, table_decimals(digits), full = TRUE)
  invisible(x)
}

# ---- The model ------------------------------------------------------------------

print_model_head <- function(model, digits, decimals) {
  cat("Model Details:\n==============\n\n")
  cat(kind_title(model$kind), " model: deeplearning\n", sep = "")
  cat_wrapped(paste("Model ID:", model$model_id))
  cat_wrapped(training_line(model, digits))
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
}

# How training went: the one line that H2O's print does not have.
training_line <- function(model, digits) {
  sprintf(
    "Training: %s after %s epochs of %s rows, %s sec, %s",
    model$status, format(model$epochs_trained, digits = digits),
    format_count(model$training_rows), format(model$run_time / 1000, digits = digits),
    model$arguments$optimizer
  )
}

# The description of the layer table, in H2O's words and order.
layers_line <- function(model) {
  arguments <- model$arguments
  problem <- if (model$kind == "regression") {
    "regression"
  } else {
    paste0(length(model$response$levels), "-class classification")
  }
  parameters <- count_parameters(model)
  paste(
    c(
      paste("predicting", model$response$name),
      problem,
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

kind_title <- function(kind) {
  switch(kind,
    binomial = "Binomial",
    multinomial = "Multinomial",
    regression = "Regression"
  )
}

# ---- Metrics --------------------------------------------------------------------

# Printed name -> name in the list of metrics.
metric_lines <- list(
  binomial = c(
    MSE = "MSE", RMSE = "RMSE", LogLoss = "logloss",
    "Mean Per-Class Error" = "mean_per_class_error",
    AUC = "AUC", AUCPR = "pr_auc", Gini = "Gini",
    "F1-optimal Threshold" = "default_threshold"
  ),
  multinomial = c(
    MSE = "MSE", RMSE = "RMSE", LogLoss = "logloss",
    "Mean Per-Class Error" = "mean_per_class_error",
    AUC = "AUC", AUCPR = "pr_auc"
  ),
  regression = c(
    MSE = "MSE", RMSE = "RMSE", MAE = "mae", RMSLE = "rmsle",
    "Mean Residual Deviance" = "mean_residual_deviance"
  )
)

# part: "training", "validation" or NULL for rows that the model does not know.
print_metrics <- function(metrics, digits, decimals, full, part = NULL) {
  kind <- metrics_kind(metrics)
  cat(kind_title(kind), " metrics: deeplearning\n", sep = "")
  if (!is.null(part)) {
    cat("** Reported on ", part, " data. **\n", sep = "")
  }
  if (isTRUE(nzchar(metrics$description))) {
    cat("** ", metrics$description, " **\n", sep = "")
  }
  cat("\n")
  fields <- metric_lines[[kind]]
  if (kind == "multinomial" && !isTRUE(is.finite(metrics$AUC))) {
    # Not computed unless `auc_type` asks for it.
    fields <- fields[!fields %in% c("AUC", "pr_auc")]
  }
  for (name in names(fields)) {
    cat(name, ": ", format(metrics[[fields[[name]]]], digits = digits), "\n", sep = "")
  }
  cat("\n")
  if (kind != "regression") {
    print_confusion(metrics, kind, digits, decimals)
  }
  if (full) {
    print_metric_tables(metrics, kind, decimals)
  }
}

metrics_kind <- function(metrics) {
  sub("^deeplearning_metrics_", "", class(metrics)[[1]])
}

print_confusion <- function(metrics, kind, digits, decimals) {
  table <- metrics$cm$table
  if (is.null(table)) {
    return()
  }
  classes <- nrow(table) - 1
  if (classes > 20) {
    cat_wrapped(sprintf(
      "Confusion matrix of %s classes: see `cm$table` of the metrics.",
      format_count(classes)
    ))
    cat("\n")
    return()
  }
  title <- if (kind == "binomial") {
    "Confusion Matrix (vertical: actual; across: predicted) for F1-optimal threshold:"
  } else {
    "Confusion Matrix: Row labels: Actual class; Column labels: Predicted class"
  }
  counts <- table[seq_len(classes)]
  whole <- all(unlist(counts) == round(unlist(counts)))
  table[seq_len(classes)] <- lapply(counts, function(count) {
    sprintf(if (whole) "%.0f" else "%.4f", count)
  })
  error_decimals <- if (kind == "binomial") decimals else max(decimals - 2, 0)
  table$Error <- format_column(table$Error, error_decimals)
  print_table(table, title, decimals, most = Inf)
}

print_metric_tables <- function(metrics, kind, decimals) {
  if (kind == "binomial") {
    print_table(
      metrics$max_criteria_and_metric_scores,
      "Maximum Metrics: Maximum metrics at their respective thresholds", decimals
    )
    if (!is.null(metrics$gains_lift_table)) {
      cat("Gains/Lift Table: see `gains_lift_table` of the metrics.\n\n")
    }
  } else if (kind == "multinomial") {
    hits <- metrics$hit_ratio_table
    print_table(hits, sprintf("Top-%d Hit Ratios:", NROW(hits)), decimals)
    print_table(metrics$multinomial_auc_table, "Multinomial AUC values:", decimals)
    print_table(metrics$multinomial_aucpr_table, "Multinomial AUCPR values:", decimals)
  }
}

# ---- Tables and numbers ---------------------------------------------------------

# A title, the data frame with formatted numbers, an empty line. Above `most` rows
# the first five and the last six.
print_table <- function(table, title, decimals, most = 20) {
  if (is.null(table)) {
    return()
  }
  if (!is.null(title)) {
    cat_wrapped(title)
  }
  shown <- lapply(table, format_column, decimals = decimals)
  shown <- do.call(cbind, shown)
  rownames(shown) <- rownames(table)
  show <- function(rows) {
    # Not print.data.frame(), which stops at options(max.print) with advice.
    print(shown[rows, , drop = FALSE], quote = FALSE, right = TRUE, max = 1e6)
  }
  n <- nrow(shown)
  if (n > most) {
    show(1:5)
    cat("\n---\n")
    show((n - 5):n)
  } else {
    show(seq_len(n))
  }
  cat("\n")
}

table_decimals <- function(digits) {
  if (!(rlang::is_scalar_integerish(digits, finite = TRUE) &&
    digits >= 1 && digits <= 15)) {
    abort_argument(sprintf(
      "`digits` must be one whole number between 1 and 15, not %s.", shorten(digits)
    ))
  }
  as.integer(digits) - 1L
}

# Fixed decimals; whole columns have none, and numbers out of that range switch the
# column to significant digits.
format_column <- function(x, decimals) {
  if (!is.numeric(x)) {
    x <- as.character(x)
    x[is.na(x)] <- "NA"
    return(x)
  }
  known <- abs(x[is.finite(x)])
  whole <- all(known == trunc(known) & known < 1e15) && any(known > 1)
  text <- if (is.integer(x) || whole) {
    format(x, nsmall = 0, scientific = FALSE)
  } else if (any(known >= 1e9)) {
    format(x, digits = decimals + 1L)
  } else {
    formatC(x, digits = max(decimals, 0), format = "f")
  }
  trimws(text)
}

# 476 bytes, 6.5 KB, 1.2 MB
format_bytes <- function(bytes) {
  if (bytes < 1024) {
    return(paste(bytes, "bytes"))
  }
  unit <- min(floor(log(bytes, 1024)), 4)
  sprintf("%.1f %s", bytes / 1024^unit, c("KB", "MB", "GB", "TB")[[unit]])
}

# One line, broken where the terminal ends. Names from data are escaped, so that
# nothing in them reaches the terminal as a control code.
cat_wrapped <- function(line) {
  line <- encodeString(line)
  cat(strwrap(line, width = getOption("width"), exdent = 2), sep = "\n")
}

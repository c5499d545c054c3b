#' @rdname print.deeplearning
#' @method print deeplearning_metrics
#' @export
print.deeplearning_metrics <- function(x, digits = getOption("digits"), ...) {
  decimals <- table_decimals(digits)
  print_metrics(x, digits, decimals, full = TRUE)
  invisible(x)
}

# part: "training", "validation" or NULL for rows that the model does not know.
print_metrics <- function(metrics, digits, decimals, full, part = NULL) {
  task <- task_of_metrics(metrics)
  cat(task$title, " metrics: deeplearning\n", sep = "")
  if (!is.null(part)) {
    cat("** Reported on ", part, " data. **\n", sep = "")
  }
  if (isTRUE(nzchar(metrics$description))) {
    cat("** ", metrics$description, " **\n", sep = "")
  }
  cat("\nRows: ", format_count(metrics$nobs), "\n", sep = "")
  custom <- c("custom", "custom_increasing")
  for (name in c(task$printed, custom)) {
    value <- metrics[[measures[[name]]$field]]
    if (name %in% c(task$optional, custom) && !isTRUE(is.finite(value))) next
    cat(measures[[name]]$label, ": ", format(value, digits = digits), "\n", sep = "")
  }
  cat("\n")
  print_confusion(metrics, task$confusion, decimals)
  if (full) {
    print_metric_tables(metrics, decimals)
  }
}

# how: `confusion` of the task
print_confusion <- function(metrics, how, decimals) {
  classes <- length(metrics$domain)
  if (classes > 20 && classes <= most_confused_classes) {
    cat_wrapped(sprintf(
      "Confusion matrix of %s classes: see `cm$table` of the metrics.",
      format_count(classes)
    ))
    cat("\n")
  }
  table <- if (classes <= 20) metrics$cm$table
  if (is.null(table)) {
    return()
  }
  counts <- table[seq_len(classes)]
  whole <- all(unlist(counts) == round(unlist(counts)))
  table[seq_len(classes)] <- lapply(counts, function(count) {
    sprintf(if (whole) "%.0f" else "%.4f", count)
  })
  table$Error <- format_column(table$Error, how$decimals(decimals))
  print_table(table, how$title, decimals, most = Inf)
}

# Of the tables those that the metrics have.
print_metric_tables <- function(metrics, decimals) {
  print_table(
    metrics$max_criteria_and_metric_scores,
    "Maximum Metrics: Maximum metrics at their respective thresholds", decimals
  )
  if (!is.null(metrics$gains_lift_table)) {
    cat("Gains/Lift Table: see `gains_lift_table` of the metrics.\n\n")
  }
  hits <- metrics$hit_ratio_table
  print_table(hits, sprintf("Top-%d Hit Ratios:", NROW(hits)), decimals)
  print_table(metrics$multinomial_auc_table, "Multinomial AUC values:", decimals)
  print_table(metrics$multinomial_aucpr_table, "Multinomial AUCPR values:", decimals)
}

# Measures of the probability of the second of two classes.

# threshold: for rows of one class, which have no best one of their own
binomial_metrics <- function(rows, levels, arguments, tables, threshold = NULL) {
  p1 <- rows$prediction
  p_actual <- ifelse(rows$actual == 1, p1, 1 - p1)
  curve <- score_curve(p1, rows$actual, rows$weights)
  at_threshold <- curve_metrics(curve, threshold %||% 0.5)
  if (rows$nobs > 0 && !has_both_classes(curve)) {
    warn_one_class(levels[[if (curve$positives == 0) 1 else 2]])
  }
  metrics <- c(
    squared_error_metrics((1 - p_actual)^2, rows),
    list(
      logloss = log_loss(p_actual, rows$weights),
      AUC = at_threshold$AUC,
      pr_auc = at_threshold$pr_auc,
      Gini = 2 * at_threshold$AUC - 1,
      mean_per_class_error = at_threshold$mean_per_class_error,
      lift_top_group = lift_top_group(curve, arguments$gainslift_bins),
      classification_error = at_threshold$classification_error,
      domain = levels,
      default_threshold = at_threshold$default_threshold
    )
  )
  if (!tables || rows$nobs == 0) {
    return(metrics)
  }
  threshold_table <- threshold_tables(curve)
  c(
    metrics,
    list(
      cm = list(table = confusion_table(at_threshold$counts, levels)),
      thresholds_and_metric_scores = threshold_table$scores,
      max_criteria_and_metric_scores = threshold_table$maxima,
      gains_lift_table = gains_lift_table(curve, arguments$gainslift_bins)
    )
  )
}

warn_one_class <- function(level) {
  warn_feedforward(
    paste0(
      "AUC, AUCPR and Gini are missing: they compare two classes, and every row ",
      "scored is of class ", shorten(level), ". Score data that hold both classes."
    ),
    class = "feedforward_metric_warning"
  )
}

# Measures of the probabilities of three classes or more.

multinomial_metrics <- function(rows, levels, arguments, tables) {
  classes <- length(levels)
  p_actual <- rows$prediction[cbind(seq_len(rows$nobs), rows$actual + 1)]
  label <- class_labels(rows$prediction)
  wrong <- label != rows$actual
  areas <- multinomial_areas(rows, levels, arguments$auc_type, tables)
  metrics <- c(
    squared_error_metrics((1 - p_actual)^2, rows),
    list(
      logloss = log_loss(p_actual, rows$weights),
      AUC = areas$AUC,
      pr_auc = areas$pr_auc,
      mean_per_class_error = mean_per_class_error(
        class_totals(rows$actual, rows$weights * wrong, classes),
        class_totals(rows$actual, rows$weights, classes)
      ),
      classification_error = weighted_mean(wrong, rows$weights),
      domain = levels
    )
  )
  if (!tables || rows$nobs == 0) {
    return(metrics)
  }
  c(
    metrics,
    list(
      hit_ratio_table = hit_ratios(rows$prediction, rows$actual, rows$weights),
      cm = measure_confusion(rows$actual, label, levels, rows$weights),
      multinomial_auc_table = areas$auc_table,
      multinomial_aucpr_table = areas$aucpr_table
    )
  )
}

# Measures of the rows of one fold, by the names that H2O's summary of cross-validation
# has for them.

# Of classes, from the matrix of confusion at the threshold that labels are given by.
summary_of_classes <- function(metrics) {
  counts <- confusion_counts(metrics)
  totals <- rowSums(counts)
  errors <- ((totals - diag(counts)) / totals)[totals > 0]
  c(
    accuracy = sum(diag(counts)) / sum(counts),
    auc = metrics$AUC %||% NaN,
    err = 1 - sum(diag(counts)) / sum(counts),
    err_count = sum(counts) - sum(diag(counts)),
    logloss = metrics$logloss,
    max_per_class_error = max(errors),
    mean_per_class_accuracy = 1 - mean(errors),
    mean_per_class_error = mean(errors),
    mse = metrics$MSE,
    pr_auc = metrics$pr_auc %||% NaN,
    r2 = metrics$r2,
    rmse = metrics$RMSE
  )
}

summary_of_two <- function(metrics) {
  counts <- confusion_counts(metrics)
  true <- diag(counts)
  precision <- true[[2]] / sum(counts[, 2])
  recall <- true[[2]] / sum(counts[2, ])
  f <- function(beta) (1 + beta^2) * precision * recall / (beta^2 * precision + recall)
  wrong <- c(counts[1, 2], counts[2, 1])
  mcc <- (prod(true) - prod(wrong)) / sqrt(prod(rowSums(counts), colSums(counts)))
  c(
    summary_of_classes(metrics),
    f0point5 = f(0.5), f1 = f(1), f2 = f(2), lift_top_group = metrics$lift_top_group,
    mcc = mcc, precision = precision, recall = recall,
    specificity = true[[1]] / sum(counts[1, ])
  )
}

summary_of_numbers <- function(metrics) {
  c(
    mae = metrics$mae, mean_residual_deviance = metrics$mean_residual_deviance,
    mse = metrics$MSE, r2 = metrics$r2,
    residual_deviance = metrics$mean_residual_deviance * metrics$nobs,
    rmse = metrics$RMSE, rmsle = metrics$rmsle
  )
}

# Weights of rows, actual classes x predicted ones.
confusion_counts <- function(metrics) {
  classes <- length(metrics$domain)
  table <- metrics$cm$table
  if (is.null(table)) {
    return(matrix(NaN, classes, classes))
  }
  unname(as.matrix(table[seq_len(classes), seq_len(classes)]))
}

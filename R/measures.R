# What is known of each measure of a fit, one row each. The formulas are in measure-*.R;
# which measures a task has, and in what order they are shown, the task says.

#   field: its name in a list of metrics, which is H2O's
#   column: in the scoring history, behind "training_" or "validation_"; NA: not there
#   label: as it is printed; title: on the axis of a plot
#   higher: is more better? NA where there is no better
#   floor: is 0 the least it can be?
measure <- function(field, column = NA, label = NA, title = NA, higher = FALSE,
                    floor = TRUE) {
  list(
    field = field, column = column, label = label, title = title, higher = higher,
    floor = floor
  )
}

# By the names that `stopping_metric` has for them, where it has one.
measures <- list(
  deviance = measure(
    "mean_residual_deviance", "deviance", "Mean Residual Deviance",
    "Mean residual deviance",
    floor = FALSE
  ),
  logloss = measure("logloss", "logloss", "LogLoss", "Log loss"),
  MSE = measure("MSE", "mse", "MSE", "Mean squared error"),
  RMSE = measure("RMSE", "rmse", "RMSE", "RMSE"),
  MAE = measure("mae", "mae", "MAE", "Mean absolute error"),
  RMSLE = measure("rmsle", label = "RMSLE"),
  AUC = measure("AUC", "auc", "AUC", "AUC", higher = TRUE),
  AUCPR = measure(
    "pr_auc", "pr_auc", "AUCPR", "Area under precision-recall curve",
    higher = TRUE
  ),
  lift_top_group = measure(
    "lift_top_group", "lift",
    title = "Lift of the top group", higher = TRUE, floor = FALSE
  ),
  misclassification = measure(
    "classification_error", "classification_error",
    title = "Classification error"
  ),
  mean_per_class_error = measure("mean_per_class_error", label = "Mean Per-Class Error"),
  # Of the user: `custom_metric_func`, lower is better or higher.
  custom = measure("custom", "custom", "Custom", "Custom metric", floor = FALSE),
  custom_increasing = measure(
    "custom_increasing", "custom_increasing", "Custom (increasing)",
    "Custom metric (increasing)",
    higher = TRUE, floor = FALSE
  ),
  r2 = measure("r2", "r2", "R2", "R squared", higher = TRUE, floor = FALSE),
  Gini = measure("Gini", label = "Gini", higher = TRUE, floor = FALSE),
  threshold = measure("default_threshold", label = "F1-optimal Threshold", higher = NA)
)

# One property of several measures, named by them.
measure_property <- function(names, property) {
  vapply(measures[names], function(measure) as.character(measure[[property]]), "")
}

# A measure's value in a list of metrics, NaN where it is not.
measure_value <- function(metrics, name) {
  value <- metrics[[measures[[name]]$field]]
  if (is.null(value)) NaN else as.numeric(value)
}

# Is `value` strictly better than `best`? NaN never wins; anything else beats it.
is_better <- function(value, best, name) {
  if (is.na(value)) {
    return(FALSE)
  }
  if (is.na(best)) {
    return(TRUE)
  }
  if (measures[[name]]$higher) value > best else value < best
}

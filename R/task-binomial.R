#' @include task-record.R task-classes.R
NULL

# Two classes: the probability of the second level, and a threshold of it.
binomial_task <- new_classes_task(
  kind = "binomial", title = "Binomial", problem = "classification",
  fits = function(n_classes) n_classes == 2,
  decode = function(response, link, offset, type, threshold, calibration) {
    switch(type,
      link = decode_activations(response, link),
      prob = decode_classes(response, link, calibration),
      response = unname(decode_classes(response, link, calibration)[, 2]),
      class = class_factor(
        response,
        1L + (decode_classes(response, link, calibration)[, 2] >= (threshold %||% 0.5))
      )
    )
  },
  measure = function(rows, response, arguments, tables, settled) {
    binomial_metrics(rows, response$levels, arguments, tables, settled$threshold)
  },
  summary = function(metrics) summary_of_two(metrics),
  stops_on = c(classes_stop_on, "lift_top_group"),
  history = c(
    "RMSE", "logloss", "r2", "AUC", "AUCPR", "lift_top_group", "misclassification"
  ),
  printed = c(
    "MSE", "RMSE", "logloss", "mean_per_class_error", "AUC", "AUCPR", "Gini", "threshold"
  ),
  plotted = "logloss", threshold = TRUE,
  confusion = list(
    title =
      "Confusion Matrix (vertical: actual; across: predicted) for F1-optimal threshold:",
    decimals = identity
  )
)

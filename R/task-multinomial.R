#' @include task-record.R task-classes.R
NULL

# Three classes or more: the probability of each.
multinomial_task <- new_classes_task(
  kind = "multinomial", title = "Multinomial",
  problem = "classification with more than two classes",
  fits = function(n_classes) n_classes > 2,
  decode = function(response, link, offset, type, threshold, calibration) {
    switch(type,
      link = decode_activations(response, link),
      prob = ,
      response = decode_classes(response, link, calibration),
      # Ties go to the first class; a row of NaN has none.
      class = class_factor(
        response,
        largest_in_rows(calibrated_rows(calibration, corrected_link(response, link)))
      )
    )
  },
  measure = function(rows, response, arguments, tables, settled) {
    multinomial_metrics(rows, response$levels, arguments, tables)
  },
  summary = function(metrics) summary_of_classes(metrics),
  stops_on = classes_stop_on,
  history = c("RMSE", "logloss", "r2", "misclassification", "AUC", "AUCPR"),
  printed = c("MSE", "RMSE", "logloss", "mean_per_class_error", "AUC", "AUCPR"),
  # Not computed unless `auc_type` asks for them.
  optional = c("AUC", "AUCPR"),
  # H2O's counts classes as numbers: .98 for a model that is wrong half the time.
  unprinted = "r2",
  plotted = "misclassification",
  confusion = list(
    title =
      "Confusion Matrix: Row labels: Actual class; Column labels: Predicted class",
    decimals = function(decimals) min(decimals, 4)
  )
)

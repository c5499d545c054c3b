#' @include h2o-thresholds.R h2o-predict.R
NULL

# The printed forms of H2O, line by line.

#' Print and summarise models and metrics of the drop-in layer
#'
#' `print()` of a model shows its layers and metrics, `summary()` the scoring history and
#' the importance of the inputs as well, in H2O's form.
#'
#' @param object,x A model of [h2o.deeplearning()], metrics or a grid.
#' @param show_stack_traces Not used: messages of failed models are always shown.
#' @param ... Not used.
#' @return The object, invisibly.
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame, hidden = 5, epochs = 5, seed = 1)
#' model
#' summary(model)
#' @name print.H2OModel
NULL

# Not exported: loading the package is enough for `show()` to find them, and `show` is not
# ours to put on the search path.
setMethod("show", "H2OModel", function(object) print_model(object))

setMethod("show", "H2OModelMetrics", function(object) print_h2o_metrics(object))

#' @rdname print.H2OModel
#' @export
print.H2OModel <- function(x, ...) print_model(x)

#' @rdname print.H2OModel
#' @export
print.H2OModelMetrics <- function(x, ...) print_h2o_metrics(x)

#' @rdname print.H2OModel
#' @export
summary.H2OModel <- function(object, ...) {
  print_details(object, "Model Key: ")
  cat("\n")
  print_parts(object)
  cat("\n\n")
  print(object@model$scoring_history)
  importances <- object@model$variable_importances
  if (!is.null(importances)) {
    title <- "Variable Importances: (Extract with `h2o.varimp`) "
    cat("\n", title, "\n", strrep("=", nchar(title) - 1), "\n\n", sep = "")
    print(importances)
  }
  invisible(object)
}

#' @rdname print.H2OModel
#' @export
summary.H2OModelMetrics <- function(object, ...) print_h2o_metrics(object)

print_model <- function(object) {
  print_details(object, "Model ID: ")
  cat("\n\n")
  print_parts(object)
  cat("\n\n")
  invisible(object)
}

print_details <- function(object, id) {
  cat("Model Details:\n==============\n\n")
  cat(class(object), ": ", object@algorithm, "\n", sep = "")
  cat(id, " ", object@model_id, "\n", sep = "")
  print(object@model$model_summary)
}

print_parts <- function(object) {
  for (part in names(part_slots)) {
    metrics <- object@model[[part_slots[[part]]]]
    if (is.null(metrics)) next
    tight <- part == "valid" && methods::is(metrics, "H2OBinomialMetrics")
    if (part != "train" && !tight) cat("\n")
    print_h2o_metrics(metrics)
  }
  folds <- object@model$cross_validation_metrics_summary
  if (!is.null(folds)) {
    cat("\n")
    print(folds)
  }
}

print_h2o_metrics <- function(object) {
  metrics <- object@metrics
  cat(class(object), ": ", object@algorithm, "\n", sep = "")
  part <- metrics_part(object)
  if (!is.null(part)) cat("** Reported on ", part_words[[part]], " data. **\n", sep = "")
  if (isTRUE(nzchar(metrics$description))) {
    cat("** ", metrics$description, " **\n", sep = "")
  }
  cat("\n")
  printed_metrics[[class(object)]](object, part)
  invisible(object)
}

metrics_part <- function(object) {
  flags <- c(train = object@on_train, valid = object@on_valid, xval = object@on_xval)
  if (any(flags)) names(flags)[flags]
}

# Numbers as R prints them, one to a line.
print_values <- function(values) {
  for (name in names(values)) {
    value <- values[[name]] %||% NaN
    cat(name, format(value, digits = getOption("digits")), "\n", sep = "")
  }
}

printed_metrics <- list(
  H2OBinomialMetrics = function(object, part) {
    metrics <- object@metrics
    print_values(list(
      `MSE:  ` = metrics$MSE, `RMSE:  ` = metrics$RMSE, `LogLoss:  ` = metrics$logloss,
      `Mean Per-Class Error:  ` = metrics$mean_per_class_error,
      `AUC:  ` = metrics$AUC, `AUCPR:  ` = metrics$pr_auc, `Gini:  ` = metrics$Gini
    ))
    print_two_class_tables(object)
  },
  H2OMultinomialMetrics = function(object, part) {
    metrics <- object@metrics
    print_part_title(part)
    print_frame_hint(metrics, part)
    print_values(list(
      `MSE: (Extract with \`h2o.mse\`) ` = metrics$MSE,
      `RMSE: (Extract with \`h2o.rmse\`) ` = metrics$RMSE,
      `Logloss: (Extract with \`h2o.logloss\`) ` = metrics$logloss,
      `Mean Per-Class Error: ` = metrics$mean_per_class_error,
      `AUC: (Extract with \`h2o.auc\`) ` = metrics$AUC,
      `AUCPR: (Extract with \`h2o.aucpr\`) ` = metrics$pr_auc,
      `AIC: (Extract with \`h2o.aic\`) ` = metrics$AIC
    ))
    print_class_tables(metrics, part)
  },
  H2ORegressionMetrics = function(object, part) {
    metrics <- object@metrics
    print_values(list(
      `MSE:  ` = metrics$MSE, `RMSE:  ` = metrics$RMSE, `MAE:  ` = metrics$mae,
      `RMSLE:  ` = metrics$rmsle,
      `Mean Residual Deviance :  ` = metrics$mean_residual_deviance
    ))
    cat("\n")
  },
  H2OAutoEncoderMetrics = function(object, part) {
    print_part_title(part)
    print_values(list(
      `MSE: (Extract with \`h2o.mse\`) ` = object@metrics$MSE,
      `RMSE: (Extract with \`h2o.rmse\`) ` = object@metrics$RMSE
    ))
    cat("\n\n")
  }
)

print_two_class_tables <- function(object) {
  metrics <- object@metrics
  table <- metrics$cm$table
  if (is.null(table)) {
    return()
  }
  cat("\n")
  print(table)
  cat("\n")
  print(metrics$max_criteria_and_metric_scores)
  cat("\n")
  if (object@algorithm != "deeplearning") {
    return(print(metrics$gains_lift_table))
  }
  cat(
    "Gains/Lift Table: Extract with `h2o.gainsLift(<model>, <data>)` or",
    "`h2o.gainsLift(<model>, valid=<T/F>, xval=<T/F>)`\n"
  )
}

print_part_title <- function(part) {
  words <- c(train = "Training", valid = "Validation", xval = "Cross-Validation")
  title <- if (is.null(part)) "Test" else words[[part]]
  cat(title, " Set Metrics: \n=====================\n\n", sep = "")
}

print_frame_hint <- function(metrics, part) {
  if (!is.null(part) && !is.null(metrics$frame)) {
    word <- if (part == "valid") "validation" else "training"
    cat("Extract ", word, " frame with `h2o.getFrame(\"", metrics$frame$name, "\")`\n",
      sep = ""
    )
  }
}

print_class_tables <- function(metrics, part) {
  flags <- c(train = "train = TRUE", valid = "valid = TRUE", xval = "xval = TRUE")
  of <- if (is.null(part)) ", <data>" else paste0(",", flags[[part]])
  table <- metrics$cm$table
  if (!identical(part, "xval") && !is.null(table)) {
    cat(
      "Confusion Matrix: Extract with `h2o.confusionMatrix(<model>", of, ")`)\n",
      strrep("=", 73), "\n",
      sep = ""
    )
    print(table)
    cat("\n")
  }
  cat(
    "Hit Ratio Table: Extract with `h2o.hit_ratio_table(<model>", of, ")`\n",
    strrep("=", 71), "\n",
    sep = ""
  )
  print(metrics$hit_ratio_table)
  cat("\n")
  for (name in c("multinomial_auc_table", "multinomial_aucpr_table")) {
    if (!is.null(metrics[[name]])) print(metrics[[name]])
    cat("\n")
  }
}

#' @include h2o-model.R
NULL

# Metrics of ours as H2O's S4 object, with its names in its order.
#   part: "train", "valid", "xval", or NULL for new rows; frame: id of the rows, or NULL
wrap_metrics <- function(native, metrics, part = NULL, frame = NULL,
                         algorithm = "deeplearning") {
  if (is.null(metrics)) {
    return(NULL)
  }
  title <- task_of_metrics(metrics)$title
  own <- metric_lists[[title]](metrics)
  common <- list(
    model = named_key(native$model_id, "Model"), model_checksum = NULL,
    frame = named_key(frame, "Frame"), frame_checksum = NULL,
    description = if (!is.null(part)) metrics$description,
    model_category = title, scoring_time = metrics$scoring_time, predictions = NULL,
    MSE = metrics$MSE, RMSE = metrics$RMSE, nobs = metrics$nobs,
    custom_metric_name = NULL, custom_metric_value = custom_value(metrics)
  )
  if (title == "AutoEncoder") common["description"] <- list(NULL)
  common <- if (is.null(part)) {
    common[names(common) != "model_category"]
  } else {
    c(list(`__meta` = NULL), common)
  }
  object <- methods::new(paste0("H2O", title, "Metrics"),
    algorithm = algorithm, on_train = identical(part, "train"),
    on_valid = identical(part, "valid"), on_xval = identical(part, "xval"),
    metrics = c(common, own)
  )
  attr(object, "deeplearning") <- metrics
  object
}

named_key <- function(id, type) {
  if (is.null(id)) {
    return(NULL)
  }
  list(name = id, type = sprintf("Key<%s>", type), URL = NULL)
}

custom_value <- function(metrics) metrics$custom %||% metrics$custom_increasing %||% NULL

# Networks have no likelihood that H2O computes.
no_likelihood <- list(loglikelihood = NaN, AIC = NaN)

metric_lists <- list(
  Binomial = function(metrics) {
    c(
      metrics["r2"], metrics["logloss"], no_likelihood,
      metrics[c("AUC", "pr_auc", "Gini", "mean_per_class_error", "domain")],
      list(
        cm = list(table = two_class_table(metrics$cm$table)),
        thresholds_and_metric_scores = h2o_table(
          metrics$thresholds_and_metric_scores, "Metrics for Thresholds",
          description = "Binomial metrics as a function of classification thresholds"
        ),
        max_criteria_and_metric_scores = h2o_table(
          metrics$max_criteria_and_metric_scores, "Maximum Metrics",
          c("%s", "%.6f", "%.6f", "%d"), "Maximum metrics at their respective thresholds"
        ),
        gains_lift_table = gains_table(metrics)
      )
    )
  },
  Multinomial = function(metrics) {
    ratios <- metrics$hit_ratio_table
    if (!is.null(ratios)) ratios$k <- as.character(ratios$k)
    list(
      r2 = metrics$r2,
      hit_ratio_table = h2o_table(
        ratios, sprintf("Top-%d Hit Ratios", NROW(ratios)), c("%s", "%.6f")
      ),
      cm = list(table = classes_table(metrics$cm$table)),
      logloss = metrics$logloss, loglikelihood = NaN, AIC = NaN,
      mean_per_class_error = metrics$mean_per_class_error,
      AUC = metrics$AUC %||% NaN, pr_auc = metrics$pr_auc %||% NaN,
      multinomial_auc_table = h2o_table(
        metrics$multinomial_auc_table, "Multinomial AUC values"
      ),
      multinomial_aucpr_table = h2o_table(
        metrics$multinomial_aucpr_table, "Multinomial auc_pr values"
      )
    )
  },
  Regression = function(metrics) {
    c(
      metrics[c("r2", "mean_residual_deviance", "mae", "rmsle")], no_likelihood
    )
  },
  AutoEncoder = function(metrics) list()
)

gains_table <- function(metrics) {
  table <- metrics$gains_lift_table
  if (is.null(table)) {
    return(NULL)
  }
  last <- nrow(table)
  h2o_table(table, "Gains/Lift Table", c("%d", rep("%.6f", length(table) - 1)), sprintf(
    "Avg response rate: %5.2f %%, avg score: %5.2f %%",
    100 * table$cumulative_response_rate[last], 100 * table$cumulative_score[last]
  ))
}

# Of two classes: "=33/173" as the rate.
two_class_table <- function(table, at = "F1-optimal threshold") {
  if (is.null(table)) {
    return(NULL)
  }
  levels <- names(table)[1:2]
  table$Rate <- paste0("  =", gsub(" ", "", table$Rate))
  rownames(table) <- make.unique(c(levels, "Totals"))
  title <- "Confusion Matrix (vertical: actual; across: predicted)"
  h2o_table(
    table, paste(title, "for", at), c(count_formats(table[1:2]), "%.6f", "%s")
  )
}

classes_table <- function(table) {
  if (is.null(table)) {
    return(NULL)
  }
  classes <- nrow(table) - 1
  levels <- names(table)[seq_len(classes)]
  rate <- formatC(table$Rate, width = max(nchar(table$Rate)))
  table$Rate <- rate
  rownames(table) <- make.unique(c(levels, "Totals"))
  h2o_table(
    table, "Confusion Matrix",
    c(count_formats(table[seq_len(classes)]), "%.4f", "= %s"),
    "Row labels: Actual class; Column labels: Predicted class"
  )
}

# Weights make counts that are not whole.
count_formats <- function(counts) {
  whole <- all(unlist(counts) == round(unlist(counts)))
  rep(if (whole) "%d" else "%.4f", length(counts))
}

# ---- Accessors --------------------------------------------------------------------

# Metric by accessor: its name in `metrics`, the word of the warning where there is none.
metric_fields <- list(
  mse = c("MSE", "MSE"), rmse = c("RMSE", "RMSE"), mae = c("mae", "MAE"),
  rmsle = c("rmsle", "rmsle"), r2 = c("r2", "r2"), logloss = c("logloss", "LogLoss"),
  auc = c("AUC", "AUC"), aucpr = c("pr_auc", "PR AUC"), gini = c("Gini", "Gini"),
  deviance = c("mean_residual_deviance", "mean residual deviance"),
  class_error = c("mean_per_class_error", "mean per class error"),
  aic = c("AIC", "aic"), loglikelihood = c("loglikelihood", "log likelihood"),
  null_deviance = c("null_deviance", "null deviance"),
  residual_deviance = c("residual_deviance", "residual deviance"),
  hit_ratio = c("hit_ratio_table", "hit ratio table"),
  auc_table = c("multinomial_auc_table", "multinomial AUC table"),
  aucpr_table = c("multinomial_aucpr_table", "multinomial PR AUC table")
)

part_slots <- c(
  train = "training_metrics", valid = "validation_metrics",
  xval = "cross_validation_metrics"
)
part_words <- c(train = "training", valid = "validation", xval = "cross-validation")

# The metrics of a model by part; NULL, with a warning, where it has none.
part_metrics <- function(model, part) {
  metrics <- model@model[[part_slots[[part]]]]
  if (is.null(metrics)) {
    warn_feedforward(
      sprintf("The model has no %s metrics.", part_words[[part]]),
      class = "feedforward_metric_warning"
    )
  }
  metrics
}

read_metric <- function(object, field, train, valid, xval) {
  name <- metric_fields[[field]][[1]]
  if (is_h2o_metrics(object)) {
    return(object@metrics[[name]])
  }
  if (!is_h2o_model(object)) object <- model_or_problem(object)
  parts <- names(part_slots)[c(isTRUE(train), isTRUE(valid), isTRUE(xval))]
  if (length(parts) == 0) parts <- "train"
  values <- lapply(stats::setNames(nm = parts), function(part) {
    metrics <- part_metrics(object, part)
    if (!is.null(metrics) && is.null(metrics@metrics[[name]])) {
      warn_feedforward(
        sprintf("No %s for %s", metric_fields[[field]][[2]], class(object)),
        class = "feedforward_metric_warning"
      )
    }
    if (!is.null(metrics)) metrics@metrics[[name]]
  })
  values <- Filter(Negate(is.null), values)
  if (length(values) == 0) {
    return(invisible(NULL))
  }
  if (length(parts) == 1) {
    return(values[[1]])
  }
  if (is.numeric(values[[1]])) unlist(values) else values
}

model_or_problem <- function(object) {
  if (rlang::is_string(object)) {
    return(h2o.getModel(object))
  }
  abort_argument(sprintf(
    "`object` must be a model of h2o.deeplearning() or metrics of %s, not %s.",
    "h2o.performance()", shorten(object)
  ))
}

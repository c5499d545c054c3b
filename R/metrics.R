# Judges predictions against the truth. Every measure is weighted: a row of
# weight 2 counts as the row twice, fractions count as fractions, and a row of
# weight 0 is as good as absent (`nobs` alone counts rows, as in H2O). The parts
# read off a ranking of scores are in thresholds.R and gains-lift.R, tables of
# labels in confusion-matrix.R.

# `prediction`: binomial, probabilities of the second level; multinomial, an n x K
# matrix of probabilities; regression, numbers on the response's scale. `actual`:
# 0-based class codes, or numbers; NA means unknown and the row is skipped.
# `tables = FALSE` leaves out whatever the scoring history does not show, because
# it runs at every scoring. `huber_delta` replaces the scored data's own threshold:
# in training, validation is judged by the threshold of the training sample.
compute_metrics <- function(response, prediction, actual, weights = NULL,
                            arguments = list(), description = "",
                            tables = TRUE, huber_delta = NULL) {
  rows <- usable_rows(prediction, actual, weights)
  if (rows$nobs == 0) {
    warn_feedforward(
      paste0(
        "The metrics are missing: no row has a response, a prediction and a ",
        "weight above 0. Give data that hold the response."
      ),
      class = "feedforward_metric_warning"
    )
  }
  metrics <- switch(response$kind,
    binomial = binomial_metrics(rows, response$levels, arguments, tables),
    multinomial = multinomial_metrics(rows, response$levels, arguments, tables),
    regression = regression_metrics(rows, response$distribution, arguments, huber_delta)
  )
  structure(
    c(
      metrics,
      list(
        description = description,
        # Milliseconds since 1970, as H2O writes it.
        scoring_time = floor(as.numeric(Sys.time()) * 1000)
      )
    ),
    class = c(paste0("deeplearning_metrics_", response$kind), "deeplearning_metrics")
  )
}

# The rows that count, with unit weights made explicit.
usable_rows <- function(prediction, actual, weights) {
  unclear <- if (is.matrix(prediction)) rowSums(prediction) else prediction
  keep <- !is.na(actual) & !is.na(unclear)
  if (!is.null(weights)) {
    keep <- keep & !is.na(weights) & weights > 0
  }
  if (!all(keep)) {
    actual <- actual[keep]
    weights <- weights[keep]
    prediction <- if (is.matrix(prediction)) {
      prediction[keep, , drop = FALSE]
    } else {
      prediction[keep]
    }
  }
  nobs <- length(actual)
  list(
    prediction = prediction,
    actual = actual,
    weights = if (is.null(weights)) rep(1, nobs) else as.numeric(weights),
    nobs = nobs
  )
}

weighted_mean <- function(x, weights) {
  sum(x * weights) / sum(weights)
}

# The same for all kinds. Variance is that of the population; for classes it is
# that of the class index, which is what H2O's r2 means. A constant response has
# no r2.
squared_error_metrics <- function(squared_error, rows) {
  mse <- weighted_mean(squared_error, rows$weights)
  centre <- weighted_mean(rows$actual, rows$weights)
  variance <- weighted_mean((rows$actual - centre)^2, rows$weights)
  list(
    MSE = mse,
    RMSE = sqrt(mse),
    nobs = rows$nobs,
    r2 = if (isTRUE(variance > 0)) 1 - mse / variance else NaN
  )
}

# A probability of 0 costs as much as one of 1e-15, so one row cannot make the mean
# infinite.
log_loss <- function(probability, weights) {
  weighted_mean(-log(pmax(probability, 1e-15)), weights)
}

# Regression ------------------------------------------------------------------

regression_metrics <- function(rows, distribution, arguments, huber_delta) {
  actual <- rows$actual
  prediction <- rows$prediction
  error <- abs(actual - prediction)
  if (identical(distribution, "huber") && is.null(huber_delta)) {
    huber_delta <- weighted_quantile(error, rows$weights, arguments$huber_alpha)
  }
  row_deviance <- deviance_rows(
    distribution, actual, prediction,
    quantile_alpha = arguments$quantile_alpha,
    tweedie_power = arguments$tweedie_power,
    huber_delta = huber_delta
  )
  deviance <- weighted_mean(row_deviance, rows$weights)
  # log1p() would warn below -1; the measure is undefined there.
  rmsle <- if (any(actual < -1) || any(prediction < -1)) {
    NaN
  } else {
    sqrt(weighted_mean((log1p(prediction) - log1p(actual))^2, rows$weights))
  }
  c(
    squared_error_metrics(error^2, rows),
    list(
      mean_residual_deviance = deviance,
      residual_deviance = deviance,
      mae = weighted_mean(error, rows$weights),
      rmsle = rmsle
    )
  )
}

# Unit deviance of each row on the response's scale, without weights; zero where
# prediction and truth agree.
deviance_rows <- function(distribution, actual, prediction, quantile_alpha = NULL,
                          tweedie_power = NULL, huber_delta = NULL) {
  residual <- actual - prediction
  switch(distribution,
    gaussian = residual^2,
    laplace = abs(residual),
    quantile = ifelse(
      residual > 0, quantile_alpha * residual, (quantile_alpha - 1) * residual
    ),
    huber = {
      error <- abs(residual)
      ifelse(error <= huber_delta, error^2, (2 * error - huber_delta) * huber_delta)
    },
    # y ln(y / f) tends to 0 with y.
    poisson = {
      log_ratio <- ifelse(actual == 0, 0, floored_log(actual / prediction))
      2 * (actual * log_ratio - residual)
    },
    # Infinite where the response is 0 and the prediction is not.
    gamma = {
      ratio <- ifelse(actual == 0 & prediction == 0, 1, actual / prediction)
      2 * (floored_log(1 / ratio) + ratio - 1)
    },
    tweedie = {
      p <- tweedie_power
      log_prediction <- floored_log(prediction)
      2 * (
        actual^(2 - p) / ((1 - p) * (2 - p)) -
          actual * capped_exp(log_prediction * (1 - p)) / (1 - p) +
          capped_exp(log_prediction * (2 - p)) / (2 - p)
      )
    },
    abort_internal(
      paste0("No deviance is defined for the distribution ", distribution, ".")
    )
  )
}

# H2O's bounds, which keep a deviance finite at the edge of a distribution's range.
floored_log <- function(x) {
  pmax(log(x), -19)
}

capped_exp <- function(x) {
  pmin(exp(x), 1e19)
}

# Classification --------------------------------------------------------------

binomial_metrics <- function(rows, levels, arguments, tables) {
  p1 <- rows$prediction
  p_actual <- ifelse(rows$actual == 1, p1, 1 - p1)
  curve <- score_curve(p1, rows$actual, rows$weights)
  at_threshold <- curve_metrics(curve)
  if (rows$nobs > 0 && (curve$positives == 0 || curve$negatives == 0)) {
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
      cm = list(table = confusion_matrix(rows$actual, label, levels, rows$weights)),
      multinomial_auc_table = areas$auc_table,
      multinomial_aucpr_table = areas$aucpr_table
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

# Measures of predicted numbers.

regression_metrics <- function(rows, distribution, arguments, huber_delta) {
  actual <- rows$actual
  prediction <- rows$prediction
  error <- abs(actual - prediction)
  if (has_moving_threshold(distribution) && is.null(huber_delta)) {
    huber_delta <- weighted_quantile(error, rows$weights, arguments$huber_alpha)
  }
  settings <- c(
    arguments[c("quantile_alpha", "tweedie_power")], list(huber_delta = huber_delta)
  )
  deviance <- weighted_mean(
    distributions[[distribution]]$deviance(actual, prediction, settings), rows$weights
  )
  # log1p() would warn below -1; the measure is undefined there.
  rmsle <- if (any(actual < -1) || any(prediction < -1)) {
    NaN
  } else {
    sqrt(weighted_mean((log1p(prediction) - log1p(actual))^2, rows$weights))
  }
  squared <- squared_error_metrics(error^2, rows)
  if (isTRUE(is.infinite(squared$MSE) || squared$MSE == 0 && any(error > 0))) {
    warn_beyond_squares()
  }
  c(
    squared,
    list(
      mean_residual_deviance = deviance,
      residual_deviance = deviance,
      mae = weighted_mean(error, rows$weights),
      rmsle = rmsle
    )
  )
}

warn_beyond_squares <- function() {
  warn_feedforward(
    paste(
      "The mean squared error is not to be trusted: squares of the errors are beyond",
      "double precision. Rescale the response."
    ),
    class = "feedforward_metric_warning"
  )
}

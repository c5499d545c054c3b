# What all measures start from. Every measure is weighted: a row of weight 2 counts as the
# row twice, fractions count as fractions, and a row of weight 0 is as good as absent
# (`nobs` alone counts rows, as in H2O).

# The rows that count, with unit weights made explicit.
usable_rows <- function(prediction, actual, weights) {
  keep <- !is.na(actual)
  if (anyNA(prediction)) {
    keep <- keep & !is.na(if (is.matrix(prediction)) rowSums(prediction) else prediction)
  }
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

test_that("regression measures equal their values by hand", {
  m <- regression(c(1, 2, 5), c(0, 2, 3), c(1, 2, 1))
  expect_s3_class(m, c("deeplearning_metrics_regression", "deeplearning_metrics"),
    exact = TRUE
  )
  expect_equal(m$MSE, 5 / 4)
  expect_equal(m$RMSE, sqrt(5 / 4))
  expect_equal(m$mae, 3 / 4)
  expect_equal(m$mean_residual_deviance, 5 / 4)
  expect_equal(m$residual_deviance, m$mean_residual_deviance)
  expect_equal(m$rmsle, sqrt((log(2)^2 + log(6 / 4)^2) / 4))
  # The weighted mean is 7/4, the weighted variance 19/16.
  expect_equal(m$r2, 1 - (5 / 4) / (19 / 16))
  expect_identical(m$nobs, 3L)
})

test_that("rmsle is undefined below -1 and r2 for a constant response", {
  expect_warning(m <- regression(c(-2, 1), c(0, 1)), NA)
  expect_identical(m$rmsle, NaN)
  expect_identical(regression(c(1, 2), c(3, 3))$r2, NaN)
})

test_that("laplace and quantile deviances equal their values by hand", {
  expect_equal(regression(c(1, 4), c(3, 3), NULL, "laplace")$mean_residual_deviance, 1.5)
  expect_equal(
    regression(c(1, 4), c(3, 3), NULL, "quantile",
      quantile_alpha = 0.9
    )$mean_residual_deviance,
    (0.9 * 2 + 0.1 * 1) / 2
  )
})

test_that("huber uses the quantile of the scored residuals unless a delta is given", {
  y <- c(1, 2, 3, 4, 100)
  f <- c(1.5, 2, 2, 6, 4)
  error <- abs(y - f)
  huber <- function(d) mean(ifelse(error <= d, error^2, (2 * error - d) * d))
  own <- stats::quantile(error, 0.8, names = FALSE)
  expect_equal(
    regression(f, y, NULL, "huber", huber_alpha = 0.8)$mean_residual_deviance, huber(own)
  )
  expect_equal(
    regression(f, y, NULL, "huber", huber_delta = 1)$mean_residual_deviance, huber(1)
  )
  # The other measures do not know of it.
  expect_equal(regression(f, y, NULL, "huber", huber_delta = 1)$MSE, mean(error^2))
})

test_that("errors whose squares vanish or overflow are told", {
  for (unit in c(1e160, 1e-170)) {
    expect_warning(
      m <- regression(unit * c(1, 2, 3), unit * c(3, 2, 1)), "Rescale the response",
      class = "feedforward_metric_warning"
    )
    expect_equal(m$mae, unit * 4 / 3)
  }
  expect_silent(regression(c(1, 2), c(1, 2)))
})

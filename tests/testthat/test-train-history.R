test_that("the history has H2O's columns, types and blank row", {
  metrics <- list(
    training = list(RMSE = 1, mean_residual_deviance = 2, mae = 3, r2 = 4),
    validation = list(RMSE = 5, mean_residual_deviance = 6, mae = 7, r2 = NULL)
  )
  task <- tasks$regression
  blank <- history_row(task, list(training = NULL, validation = NULL), 0, 0, 0, 0, 0)
  row <- history_row(task, metrics, 1.5, 2, 300, seconds = 3.5, training = 2.999)
  history <- bind_history(list(blank, row))
  expect_named(history, c(
    "timestamp", "duration", "training_speed", "epochs", "iterations", "samples",
    "training_rmse", "training_deviance", "training_mae", "training_r2",
    "validation_rmse", "validation_deviance", "validation_mae", "validation_r2"
  ))
  expect_equal(
    unname(vapply(history, typeof, "")),
    rep(c("character", "double", "integer", "double"), c(1, 3, 1, 9))
  )
  expect_equal(
    unlist(history[2, -1], use.names = FALSE),
    c(3.5, 100, 1.5, 2, 300, 1:7, NaN)
  )
  # No speed before the first row.
  expect_identical(history$training_speed[[1]], NA_real_)
  expect_equal(unlist(history[1, c(2, 4:6)], use.names = FALSE), c(0, 0, 0, 0))
  expect_true(all(is.nan(unlist(history[1, 7:14]))))
  expect_match(history$timestamp, "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$")
})

test_that("columns follow the kind of problem, without validation where there is none", {
  after_samples <- function(kind) {
    names(history_row(tasks[[kind]], list(training = NULL), 0, 0, 0, 0, 0))[-(1:6)]
  }
  expect_equal(after_samples("binomial"), paste0("training_", c(
    "rmse", "logloss", "r2", "auc", "pr_auc", "lift", "classification_error"
  )))
  expect_equal(after_samples("multinomial"), paste0("training_", c(
    "rmse", "logloss", "r2", "classification_error", "auc", "pr_auc"
  )))
})

test_that("speed is rows per second of training, durations are seconds", {
  # With a millisecond's grace in the divisor.
  expect_equal(training_speed(5, 0.999), 5)
  expect_equal(training_speed(3e9, 0.999), 3e9)
  expect_equal(training_speed(1999, 0.999), 1999)
  # Whole numbers but for slow networks.
  expect_equal(training_speed(1000, 2.999), 333)
  expect_equal(training_speed(10, 2.999), 3.33333)
  # A clock that was set back divides by no negative number.
  expect_equal(training_speed(10, -3), 10000)
  expect_identical(training_speed(0, 5), NA_real_)
  row <- history_row(tasks$regression, list(training = NULL), 0, 0, 0, 1.23456, 0)
  expect_identical(row$duration, 1.235)
})

# Elastic averaging against the rule written plainly.

test_that("replicas are drawn to a moving average of their mean", {
  set.seed(8)
  x <- matrix(stats::rnorm(36), 12)
  y <- stats::rnorm(12)
  start <- list(matrix(c(0.2, -0.1, 0.3), 1))
  bias <- list(0.1)
  fit <- function(epochs, ...) {
    deeplearning(x, y,
      hidden = numeric(), epochs = epochs, seed = 1, adaptive_rate = FALSE, rate = 0.01,
      rate_annealing = 0, standardize = FALSE, replicas = 2, averaging_interval = 3,
      elastic_averaging = TRUE, elastic_averaging_moving_rate = 0.6,
      elastic_averaging_regularization = 0.1, weight_averaging_share = 0,
      shuffle_training_data = FALSE, overwrite_with_best_model = FALSE,
      initial_weights = start, initial_biases = bias, stopping_rounds = 0,
      regression_stop = -1, ...
    ) |> suppressWarnings()
  }
  copies <- list(c(start[[1]], bias[[1]]), c(start[[1]], bias[[1]]))
  consensus <- NULL
  for (round in c(0, 6)) {
    for (r in 1:2) {
      for (i in round + (r - 1) * 3 + 1:3) {
        w <- copies[[r]]
        error <- 2 * (sum(w[1:3] * x[i, ]) + w[4] - y[i])
        copies[[r]] <- w - 0.01 * error * c(x[i, ], 1)
      }
    }
    mean <- (copies[[1]] + copies[[2]]) / 2
    consensus <- if (is.null(consensus)) mean else consensus + 0.6 * (mean - consensus)
    pull <- 1 - 0.9^3
    copies <- lapply(copies, function(w) w + pull * (consensus - w))
  }
  model <- fit(1)
  expect_equal(
    c(model$weights[[1]], model$biases[[1]]), consensus,
    tolerance = 1e-6, ignore_attr = TRUE
  )
  expect_equal(
    unlist(model$state$trainer$replicas[[2]]$parameters), copies[[2]],
    tolerance = 1e-6, ignore_attr = TRUE
  )
  same_network(fit(3), fit(3, threads = 2))
  expect_identical(
    fit(3)$state$trainer, suppressWarnings(fit(3, checkpoint = fit(1)))$state$trainer
  ) |> expect_error("no place beside")
})

test_that("it restarts bit for bit, and one replica has nothing to draw", {
  rows <- two_classes(300)
  fit <- function(epochs, ...) {
    few_steps(class ~ a + group, rows,
      hidden = 4, epochs = epochs, seed = 1, replicas = 3, averaging_interval = 20,
      elastic_averaging = TRUE, stopping_rounds = 0, overwrite_with_best_model = FALSE,
      ...)
  }
  expect_identical(fit(5, checkpoint = fit(2))$state$trainer, fit(5)$state$trainer)
  expect_warning(
    few_steps(class ~ a, rows, hidden = 3, epochs = 1, elastic_averaging = TRUE),
    "one replica only", class = "feedforward_ignored_argument_warning"
  )
})

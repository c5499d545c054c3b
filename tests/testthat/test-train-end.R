test_that("the best weights come back, with one more row of history", {
  result <- train_on(fake_trainer(function(s) 1 + (s - 60)^2))
  expect_equal(result$status, "finished")
  expect_equal(returned(result), 60)
  history <- result$scoring_history
  expect_equal(history$samples, c(0, 20 * (1:10), 200))
  expect_equal(history$training_deviance[[12]], 1)
  expect_equal(result$training_metrics$MSE, 1)
  expect_equal(result$samples, 200)
})

test_that("validation decides which weights are the best", {
  trainer <- fake_trainer(
    function(s) 1000 - s,
    validation_curve = function(s) 1 + (s - 80)^2
  )
  result <- train_on(trainer, validation = TRUE)
  expect_equal(returned(result), 80)
  expect_equal(result$validation_metrics$MSE, 1)
  expect_equal(result$training_metrics$MSE, 920)
  expect_match(result$validation_metrics$description, "full validation frame")
})

test_that("overwrite_with_best_model = FALSE and ties return the last weights", {
  curve <- function(s) 1 + (s - 60)^2
  result <- train_on(fake_trainer(curve), overwrite_with_best_model = FALSE)
  expect_equal(returned(result), 200)
  expect_equal(nrow(result$scoring_history), 11)
  result <- train_on(fake_trainer(function(s) 5))
  expect_equal(returned(result), 200)
  expect_equal(nrow(result$scoring_history), 11)
})

test_that("divergence keeps the best weights and warns", {
  trainer <- fake_trainer(function(s) 1 + (s - 60)^2, event_at = 130)
  expect_warning(
    result <- train_on(trainer),
    "smaller `rate`.*max_w2",
    class = "feedforward_unstable_warning"
  )
  expect_equal(result$status, "unstable")
  expect_equal(returned(result), 60)
  expect_equal(result$samples, 130)
  # Without the best, the last good ones.
  trainer <- fake_trainer(function(s) 1 + (s - 60)^2, event_at = 130)
  expect_warning(
    result <- train_on(trainer, overwrite_with_best_model = FALSE),
    class = "feedforward_unstable_warning"
  )
  expect_equal(returned(result), 120)
})

test_that("numbers that are not finite at a scoring are divergence too", {
  trainer <- fake_trainer(function(s) if (s > 100) Inf else 1000 - s)
  expect_warning(result <- train_on(trainer), class = "feedforward_unstable_warning")
  expect_equal(returned(result), 100)
  expect_true(all(is.finite(result$scoring_history$training_deviance[-1])))
})

test_that("without a number to judge by, the last good weights are kept", {
  # The logarithmic error is not defined below -1.
  trainer <- fake_trainer(function(s) 1000 - s, event_at = 130)
  expect_warning(
    result <- train_on(
      trainer,
      stopping_metric = "RMSLE", truth = -2, stopping_rounds = 1
    ),
    class = "feedforward_unstable_warning"
  )
  expect_equal(returned(result), 120)
})

test_that("divergence before any scoring is an error", {
  expect_error(
    train_on(fake_trainer(function(s) 1, event_at = 10)),
    "max_w2",
    class = "feedforward_unstable_error"
  )
  expect_error(
    train_on(fake_trainer(function(s) NaN)),
    class = "feedforward_unstable_error"
  )
  expect_error(
    train_on(fake_trainer(function(s) Inf), epochs = 0),
    class = "feedforward_unstable_error"
  )
})

test_that("a model worse than a constant says so, with both figures", {
  data <- two_classes(200)
  data$one <- 5 + data$number
  data$count <- floor(exp(data$a))
  # The rate is far too high to get anywhere.
  bad <- function(formula, ..., scale = 30) {
    expect_warning(
      model <- deeplearning(
        formula, data,
        hidden = 3, epochs = 1, seed = 1, overwrite_with_best_model = FALSE,
        initial_weight_distribution = "Normal", initial_weight_scale = scale, ...
      ),
      class = "feedforward_constant_warning"
    )
    model
  }
  expect_warning(bad(one ~ a + b), NA)
  bad(class ~ a + b)
  bad(class ~ a + b, loss = "Quadratic")
  bad(group ~ a + b)
  for (distribution in c("laplace", "quantile", "huber")) {
    bad(count ~ a + b, distribution = distribution)
  }
  # Larger weights would overflow the exponential.
  for (distribution in c("poisson", "tweedie")) {
    bad(count ~ a + b, distribution = distribution, scale = 3)
  }
  # One that is better, or was not trained at all, does not.
  expect_silent(deeplearning(one ~ a + b, data, hidden = 5, epochs = 50, seed = 1))
  expect_silent(deeplearning(one ~ a + b, data, hidden = 5, epochs = 0, seed = 1))
  # Nor does a sample in which nothing varies.
  expect_silent(train_on(fake_trainer(function(s) 100)))
})

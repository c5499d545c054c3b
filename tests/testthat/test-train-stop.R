# At how many scorings a run along `values` would stop; NA if it goes on.
stops_at <- function(values, metric = "logloss", rounds = 2, tolerance = 0) {
  stopped <- vapply(seq_along(values), function(n) {
    has_converged(values[seq_len(n)], metric, rounds, tolerance)
  }, NA)
  which(stopped)[1]
}

test_that("a falling curve goes on, a flat one stops after 2 x rounds scorings", {
  expect_equal(stops_at(10:1), NA_integer_)
  expect_equal(stops_at(rep(1, 10)), 4)
  expect_equal(stops_at(rep(1, 10), rounds = 3), 6)
  expect_equal(stops_at(rep(1, 10), rounds = 0), NA_integer_)
  expect_equal(stops_at(rep(1, 10), rounds = 1), 2)
})

test_that("the averages are those of H2O", {
  # Means of neighbours among the last four: (a + b) / 2, (b + c) / 2, (c + d) / 2;
  # stop when neither of the last two is below the first.
  expect_true(has_converged(c(9, 4, 2, 4, 2), "logloss", 2, 0)) # 3, 3, 3
  expect_false(has_converged(c(9, 4, 2, 3.9, 2), "logloss", 2, 0)) # 3, 2.95, 2.95
  expect_false(has_converged(c(9, 4, 2, 1, 9), "logloss", 2, 0)) # 3, 1.5, 5
  expect_true(has_converged(c(9, 4, 2, 5, 9), "logloss", 2, 0)) # 3, 3.5, 7
})

test_that("a curve that turns stops some scorings after its bottom", {
  curve <- c(5, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7)
  # The first window 2 1 2 3: averages 1.5, 1.5, 2.5.
  expect_equal(stops_at(curve), 7)
})

test_that("the tolerance is relative", {
  curve <- 0.98^(0:20)
  # Two scorings on, an average is 0.98^2 = 0.9604 of the reference.
  expect_equal(stops_at(curve, tolerance = 0.039), NA_integer_)
  expect_equal(stops_at(curve, tolerance = 0.04), 4)
})

test_that("higher-is-better metrics stop when they no longer rise", {
  expect_equal(stops_at(seq(0.5, 0.9, 0.05), "AUC"), NA_integer_)
  expect_equal(stops_at(rep(0.7, 9), "AUC"), 4)
  expect_equal(stops_at(c(0.5, 0.6, 0.7, 0.8, 0.7, 0.6, 0.5), "AUC"), 6)
  expect_equal(stops_at(1.01^(0:9), "lift_top_group", tolerance = 0.03), 4)
  expect_equal(stops_at(1.02^(0:9), "lift_top_group", tolerance = 0.03), NA_integer_)
})

test_that("NaN never stops, nor does it for good", {
  expect_equal(stops_at(rep(NaN, 20)), NA_integer_)
  # It must have left the last four values.
  expect_equal(stops_at(c(1, 1, 1, NaN, 1, 1, 1, 1, 1)), 8)
})

test_that("a loss of zero stops, whatever its sign or flag", {
  expect_true(has_converged(c(0, 0, 0, 0), "logloss", 2, 0))
  expect_true(has_converged(c(0, 0, 1, 1), "logloss", 2, 0))
  expect_true(has_converged(c(0, 0, 0, 0), "deviance", 2, 0))
  expect_true(has_converged(c(0, 0, 0, 0), "AUC", 2, 0))
  expect_false(has_converged(c(0, 0, 0.5, 0.5), "AUC", 2, 0))
  expect_false(has_converged(c(1, 1, -2, -2), "deviance", 2, 0))
  expect_false(has_converged(c(Inf, Inf, Inf, 1), "deviance", 2, 0))
})

test_that("a training sample good enough stops", {
  limit <- function(kind, stop) {
    good_enough_limit(
      tasks[[kind]], list(classification_stop = stop, regression_stop = stop),
      actual = c(0, 1, 0, 1) * 1e-3, weights = c(1, 1, 3, 3)
    )
  }
  good <- function(metrics, kind, stop) {
    is_good_enough(metrics, tasks[[kind]], limit(kind, stop))
  }
  expect_true(good(list(classification_error = 0), "binomial", 0))
  expect_false(good(list(classification_error = 0.01), "binomial", 0))
  expect_false(good(list(classification_error = NaN), "binomial", 0))
  # Of a variance of 1e-6 / 4.
  expect_equal(limit("regression", 1e-6), 1e-12 / 4)
  expect_true(good(list(MSE = 2e-13), "regression", 1e-6))
  expect_false(good(list(MSE = 1e-12), "regression", 1e-6))
  expect_false(good(list(classification_error = 0), "multinomial", -1))
  expect_false(good(list(MSE = 0), "regression", -1))
})

test_that("large and constant responses count by their own units", {
  unit <- function(actual) tasks$regression$unit(actual, rep(1, length(actual)))
  expect_identical(unit(c(0, 1000)), 1)
  expect_identical(unit(c(5, 5)), 1)
})

test_that("a model says which argument stopped it", {
  result <- train_on(fake_trainer(function(s) 5), stopping_rounds = 2)
  expect_identical(result$stopped_by, "stopping_metric")
  result <- train_on(fake_trainer(function(s) 1000 - s), regression_stop = 950)
  expect_identical(result$stopped_by, "regression_stop")
  expect_identical(result$status, "stopped early")
  result <- train_on(fake_trainer(function(s) 1000 - s))
  expect_null(result$stopped_by)
  data <- two_classes(300)
  data$class <- factor(data$a > 0)
  model <- deeplearning(class ~ a, data, hidden = 5, epochs = 100, seed = 1)
  expect_identical(model$stopped_by, "classification_stop")
})

test_that("the units of the response do not matter", {
  data <- two_classes(300)
  epochs <- function(unit) {
    data$y <- unit * data$number
    deeplearning(y ~ a + b, data, hidden = 8, epochs = 20, seed = 1)$epochs_trained
  }
  expect_identical(epochs(1e-6), epochs(1))
})

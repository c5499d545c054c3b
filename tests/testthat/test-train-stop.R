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
  classes <- list(classification_stop = 0, regression_stop = 1e-6)
  expect_true(is_good_enough(list(classification_error = 0), tasks$binomial, classes))
  expect_false(is_good_enough(list(classification_error = 0.01), tasks$binomial, classes))
  expect_false(is_good_enough(list(classification_error = NaN), tasks$binomial, classes))
  expect_true(is_good_enough(list(MSE = 1e-6), tasks$regression, classes))
  expect_false(is_good_enough(list(MSE = 1e-5), tasks$regression, classes))
  off <- list(classification_stop = -1, regression_stop = -1)
  expect_false(is_good_enough(list(classification_error = 0), tasks$multinomial, off))
  expect_false(is_good_enough(list(MSE = 0), tasks$regression, off))
})

test_that("the table equals its values by hand", {
  # Ten rows, two groups of five: 4 of 5 events, then 1 of 5.
  p1 <- seq(0.95, 0.05, by = -0.1)
  actual <- c(1, 1, 0, 1, 1, 0, 0, 1, 0, 0)
  table <- gains_lift(p1, actual, bins = 2)
  expect_identical(names(table), c(
    "group", "cumulative_data_fraction", "lower_threshold", "lift", "cumulative_lift",
    "response_rate", "score", "cumulative_response_rate", "cumulative_score",
    "capture_rate", "cumulative_capture_rate", "gain", "cumulative_gain",
    "kolmogorov_smirnov"
  ))
  expect_identical(table$group, 1:2)
  expect_equal(table$cumulative_data_fraction, c(0.5, 1))
  expect_equal(table$lower_threshold, c(0.5, 0.05))
  expect_equal(table$response_rate, c(0.8, 0.2))
  expect_equal(table$lift, c(1.6, 0.4))
  expect_equal(table$cumulative_lift, c(1.6, 1))
  expect_equal(table$score, c(0.75, 0.25))
  expect_equal(table$cumulative_score, c(0.75, 0.5))
  expect_equal(table$capture_rate, c(0.8, 0.2))
  expect_equal(table$cumulative_capture_rate, c(0.8, 1))
  expect_equal(table$gain, c(60, -60))
  expect_equal(table$cumulative_gain, c(60, 0))
  expect_equal(table$kolmogorov_smirnov, c(0.8 - 0.2, 0))
})

test_that("the standard table has 16 cuts, equal ones merged, and ends with all rows", {
  set.seed(33)
  p1 <- stats::runif(1000)
  actual <- stats::rbinom(1000, 1, p1)
  table <- gains_lift(p1, actual)
  expect_identical(nrow(table), 16L)
  expect_equal(table$lower_threshold, stats::quantile(p1, c(
    0.99, 0.98, 0.97, 0.96, 0.95, 0.9, 0.85, 8:0 / 10
  ), names = FALSE))
  end <- unlist(table[16, ])
  expect_equal(end[["cumulative_data_fraction"]], 1)
  expect_equal(end[["cumulative_capture_rate"]], 1)
  expect_equal(end[["cumulative_lift"]], 1)
  expect_equal(end[["cumulative_score"]], mean(p1))
  expect_equal(end[["kolmogorov_smirnov"]], 0)

  merged <- gains_lift(round(p1), actual)
  expect_identical(nrow(merged), 2L)
  expect_equal(merged$lower_threshold, c(1, 0))
})

test_that("groups are made of weight, fractions included", {
  set.seed(34)
  p1 <- stats::runif(400)
  actual <- stats::rbinom(400, 1, p1)
  w <- stats::rexp(400)
  table <- gains_lift(p1, actual, w, bins = 5)
  group <- findInterval(-p1, -table$lower_threshold, left.open = TRUE) + 1
  share <- function(x) as.numeric(tapply(x, group, sum))
  expect_equal(diff(c(0, table$cumulative_data_fraction)), share(w) / sum(w))
  expect_equal(table$capture_rate, share(w * actual) / sum(w * actual))
  expect_equal(table$response_rate, share(w * actual) / share(w))
  expect_equal(table$score, share(w * p1) / share(w))
  expect_equal(gains_lift(rep(p1, 2), rep(actual, 2), rep(w, 2), bins = 5),
    gains_lift(p1, actual, 2 * w, bins = 5)
  )
})

test_that("a cut between two scores may leave a group empty, as zeros", {
  table <- gains_lift(c(0.9, 0.5, 0.1), c(1, 0, 1), bins = 20)
  empty <- diff(c(0, table$cumulative_data_fraction)) == 0
  expect_true(any(empty))
  expect_identical(unique(table$lift[empty]), 0)
  expect_identical(unique(table$score[empty]), 0)
})

test_that("no table is made when none is asked for, and lift still exists", {
  p1 <- c(0.9, 0.5, 0.1, 0.05)
  actual <- c(1, 0, 1, 0)
  expect_null(gains_lift(p1, actual, bins = 0))
  curve <- score_curve(p1, actual, rep(1, 4))
  expect_equal(lift_top_group(curve, 0), 2)
  for (bins in c(-1, 1, 2, 4)) {
    expect_equal(lift_top_group(curve, bins), gains_lift(p1, actual, bins = bins)$lift[1])
  }
})

# Probabilities against what came true.

test_that("groups by hand", {
  p <- c(0, 0.1, 0.2, 0.55, 0.6, 1)
  event <- c(FALSE, FALSE, TRUE, TRUE, FALSE, TRUE)
  table <- reliability_table(p, event, rep(1, 6), bins = 2)
  expect_equal(table$predicted, c(0.1, 2.15 / 3))
  expect_equal(table$observed, c(1 / 3, 2 / 3))
  expect_identical(table$n, c(3L, 3L))
  expect_equal(calibration_error(table), (1 / 3 - 0.1 + 2.15 / 3 - 2 / 3) / 2)
  # A bound belongs to the group below it, a group without rows is left out.
  fine <- reliability_table(p, event, rep(1, 6), bins = 10)
  expect_identical(fine$bin, c(1L, 2L, 6L, 10L))
  heavy <- reliability_table(p, event, c(1, 1, 2, 1, 1, 1), bins = 2)
  twice <- reliability_table(p[c(1:3, 3:6)], event[c(1:3, 3:6)], rep(1, 7), bins = 2)
  expect_equal(heavy[c("predicted", "observed", "weight")],
    twice[c("predicted", "observed", "weight")])
})

test_that("groups by quantile are of equal size, of ties fewer", {
  p <- ((1:100) * 37 %% 101) / 101 / 40
  table <- reliability_table(p, p > 0.5, rep(1, 100), by = "quantile")
  expect_identical(table$n, rep(10L, 10))
  expect_equal(sum(table$n * table$predicted), sum(p))
  expect_identical(nrow(reliability_table(rep(0.5, 20), 1:20 > 3, rep(1, 20),
    by = "quantile")), 1L)
})

test_that("Wilson's interval is that of prop.test() without its correction", {
  for (found in c(0, 1, 7, 20)) {
    interval <- wilson_interval(found / 20, 20, 0.9)
    reference <- suppressWarnings(
      stats::prop.test(found, 20, conf.level = 0.9, correct = FALSE)
    )$conf.int
    expect_equal(c(interval$lower, interval$upper), as.vector(reference))
  }
})

test_that("measures of probabilities by their definitions", {
  p <- c(0.2, 0.7, 0.9)
  found <- probability_measures(p, c(0, 1, 0), c(1, 1, 2))
  expect_equal(found[["brier"]], (0.04 + 0.09 + 2 * 0.81) / 4)
  expect_equal(found[["logloss"]], -(log(0.8) + log(0.7) + 2 * log(0.1)) / 4)
  expect_equal(found[["ece"]], (0.2 + 0.3 + 2 * 0.9) / 4)
  p <- rbind(c(0.5, 0.3, 0.2), c(0.1, 0.1, 0.8))
  found <- probability_measures(p, c(1, 2), c(1, 1))
  expect_equal(found[["brier"]], (0.25 + 0.49 + 0.04 + 0.01 + 0.01 + 0.04) / 2)
  expect_equal(found[["ece"]], (0.5 + 0.2) / 2)
})

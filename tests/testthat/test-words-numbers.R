test_that("quantiles of unit weights are R's type 7", {
  set.seed(31)
  probs <- c(0, 0.1, 0.33, 0.5, 0.9, 0.99, 1)
  for (x in list(stats::rnorm(101), stats::rnorm(50), round(stats::runif(40), 1), 3)) {
    expect_equal(
      weighted_quantile(x, rep(1, length(x)), probs),
      stats::quantile(x, probs, names = FALSE)
    )
  }
  # A cut on a score is that score exactly, or rows would fall to the wrong side.
  x <- stats::runif(101)
  expect_identical(weighted_quantile(x, rep(1, 101), 0:100 / 100), sort(x))
})

test_that("whole weights are repeated rows, and any weight may be split", {
  set.seed(32)
  x <- round(stats::runif(60), 1)
  w <- sample(3, 60, TRUE)
  probs <- c(0.05, 0.5, 0.77, 0.9)
  expect_equal(
    weighted_quantile(x, w, probs), stats::quantile(rep(x, w), probs, names = FALSE)
  )
  w <- stats::rexp(60)
  whole <- weighted_quantile(x, w, probs)
  expect_equal(weighted_quantile(c(x, x), c(w / 4, 3 * w / 4), probs), whole)
  # A step of the weights moves a quantile a little, never by a jump.
  nudged <- weighted_quantile(x, w + 1e-7, probs)
  expect_lt(max(abs(nudged - whole)), 1e-5)
})

test_that("rows without weight or value are not there", {
  x <- c(5, 1, NaN, 2, 9, 3)
  w <- c(0, 1, 1, 1, 0, 1)
  expect_equal(weighted_quantile(x, w, c(0, 0.4, 1)), c(1, 1.8, 3))
  expect_identical(weighted_quantile(NaN, 1, 0.5), NaN)
})

test_that("weights scaled to sum to 1 give the quantiles of equal weights", {
  x <- c(1, 4, 6, 10, 30)
  expect_equal(
    weighted_quantile(x, rep(1 / 5, 5), c(0.1, 0.5, 0.9)),
    stats::quantile(x, c(0.1, 0.5, 0.9), names = FALSE)
  )
})

test_that("a spread is told from rounding", {
  spread <- function(x) varies(x, min(x), max(x))
  expect_false(spread(c(1, 1)))
  expect_false(spread(1 + c(0, 2^-50)))
  expect_false(spread(-1e200 * (1 + c(0, 2^-50))))
  expect_false(spread(c(0, 1e-310)))
  expect_true(spread(c(0, 1e-290)))
  expect_true(spread(1 + c(0, 1e-12)))
  expect_true(spread(9e15 + 0:1))
  expect_false(spread(9e14 + c(0, 1, 1.5)))
  expect_false(spread(2^60 + c(0, 256)))
})

test_that("numbers have mean 0 and sd 1, and a missing one is the mean", {
  encoding <- learn(mixed)
  x <- expand(encoding, mixed)
  for (name in c("n1", "i")) {
    known <- !is.na(mixed[[name]])
    expect_equal(mean(x[known, name]), 0)
    expect_equal(sd(x[known, name]), 1)
    expect_equal(x[[which(!known), name]], 0)
  }
  raw <- learn(mixed, standardize = FALSE)
  expect_equal(unname(raw$groups$number$means), c(0, 0))
  expect_equal(unname(raw$groups$number$scales), c(1, 1))
  expect_equal(expand(raw, mixed)[, "n1"], c(1, 2, 4, 4, 9))
  expect_equal(expand(raw, mixed)[2, "i"], c(i = 3.5))
})

test_that("large offsets do not cancel, and full-range integers do not overflow", {
  set.seed(1)
  noise <- rnorm(1000)
  data <- list(
    far = 1e9 + noise, wide = sample(c(-1L, 1L), 1000, TRUE) * .Machine$integer.max
  )
  encoding <- learn(data)
  group <- encoding$groups$number
  expect_equal(group$scales[["far"]], 1 / sd(data$far - 1e9), tolerance = 1e-10)
  expect_equal(group$means[["wide"]], mean(as.double(data$wide)))
  x <- expand(encoding, data)
  expect_equal(mean(x[, "far"]), 0, tolerance = 1e-6)
  # The weighted way is another one.
  weighted <- learn(data, weights = rep(3, 1000))
  spread <- sd(rep(data$far - 1e9, 3))
  expect_equal(weighted$groups$number$scales[["far"]], 1 / spread, tolerance = 1e-10)
})

test_that("extreme numbers are scaled in double or refused", {
  encoding <- learn(list(big = c(1e300, -1e300, 3e299), small = c(0, 1e-200, 3e-200)))
  x <- expand(encoding, list(big = c(1e300, -1e300, 3e299), small = c(0, 1e-200, 3e-200)))
  expect_equal(unname(apply(x, 2, sd)), c(1, 1))
  expect_error(
    learn(list(ok = 1:3, both = c(1e308, -1e308, 0))), "`both`.*double precision",
    class = "feedforward_input_error"
  )
  expect_error(
    learn(list(big = c(1e300, 1, 2)), standardize = FALSE), "`big`.*standardize",
    class = "feedforward_input_error"
  )
  expect_error(
    forge(learn(list(v = c(1, 2, 3))), data.frame(v = 1e300)), "`v`.*single precision",
    class = "feedforward_input_error"
  )
})

test_that("infinite values are named with their number and first row", {
  bad <- data.frame(a = c(1, NA, Inf, -Inf), b = 1:4)
  expect_error(
    learn(bad), "`a` has 2 infinite values \\(first in row 3\\)",
    class = "feedforward_input_error"
  )
  expect_error(
    learn(bad, trains = c(1L, 2L, 4L)), "1 infinite value \\(first in row 4\\)"
  )
  expect_error(
    new_columns(learn(data.frame(a = 1:4, b = 4:1)), bad), "`a`",
    class = "feedforward_input_error"
  )
  expect_warning(
    learn(bad[c("b", "a")], weights = c(1, 1, 0, 0)),
    class = "feedforward_dropped_warning"
  )
})

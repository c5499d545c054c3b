d <- small_frame

test_that("weights must be finite, 0 or more, and not all 0", {
  weighted <- function(w) resolve(frame = replace(d, "w", list(w)), weights_column = "w")
  input_error(weighted(c(1, -1, 1, 1, -2, 1)), "`w` .*2 are not \\(first in row 2: -1")
  input_error(weighted(c(1, 1, NA, 1, 1, 1)), "1 is not \\(first in row 3: NA")
  input_error(weighted(c(1, 1, 1, Inf, 1, 1)), "first in row 4: Inf")
  input_error(weighted(c(1, 1, 1, 1, NaN, 1)), "first in row 5")
  input_error(weighted(rep(0, 6)), "above 0")
  input_error(weighted(factor(1:6)), "must be numeric, not \"factor\"")
  input_error(weighted(rep(TRUE, 6)), "must be numeric")
  input_error(weighted(as.character(1:6)), "must be numeric")
  input_error(weighted(rep(1e300, 6)), "single precision")
})

test_that("weights of 1 are none, rows of weight 0 are gone", {
  expect_null(resolve(frame = transform(d, w = 1), weights_column = "w")$weights)
  resolved <- resolve(weights_column = "w")
  expect_identical(resolved$trains, c(1L, 2L, 4L, 5L, 6L))
  expect_identical(resolved$n_trains, 5L)
  both <- with_y(c(1, NA, 3, 4, 5, 6))
  expect_warning(resolved <- resolve(frame = both, weights_column = "w"), "1 row")
  expect_identical(resolved$trains, c(1L, 4:6))
  # No warning for a response that is missing where nothing trains.
  frame <- with_y(c(1, 2, NA, 4, 5, 6))
  expect_warning(resolve(frame = frame, weights_column = "w"), NA)
})

test_that("offsets must be finite numbers", {
  shifted <- function(o) resolve(frame = replace(d, "o", list(o)), offset_column = "o")
  input_error(shifted(c(1, NA, 1, 1, 1, 1)), "`o` .*1 value is not \\(first in row 2: NA")
  input_error(shifted(c(1, 2, -Inf, 1, Inf, 1)), "2 values are not")
  input_error(shifted(letters[1:6]), "must be numeric")
  expect_identical(shifted(1:6)$offset, as.numeric(1:6))
})

test_that("the trainer's weights have mean 1, and equal ones are none", {
  expect_null(scaled_weights(NULL))
  expect_null(scaled_weights(rep(1000, 7)))
  w <- c(0.5, 1, 1.5, 3)
  expect_equal(scaled_weights(w), w / 1.5)
  # A power of two changes no bit.
  expect_identical(scaled_weights(w * 2^-20), scaled_weights(w))
})

test_that("uneven weights are told where training goes wrong", {
  expect_null(weights_remedy(NULL))
  expect_null(weights_remedy(c(1, 2, 5, 1)))
  expect_match(weights_remedy(c(rep(1, 99), 1000)), "largest is 91 times their mean")
  expect_match(weights_remedy(c(1e9, rep(1, 9))), "largest is 10 times")
})

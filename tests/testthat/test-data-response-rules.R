d <- small_frame

test_that("a missing response costs its row, not the model", {
  frame <- with_y(c(1, NA, 3, NA, 5, 6))
  warnings <- capture_warnings(resolved <- resolve(frame = frame))
  expect_length(warnings, 1)
  expect_match(warnings, "2 rows without a response are skipped")
  expect_identical(resolved$trains, c(1L, 3L, 5L, 6L))
  expect_identical(resolved$n_trains, 4L)
  expect_warning(
    resolve(frame = with_y(c(NA, 2, 3, 4, 5, 6))), "1 row without a response is skipped",
    class = "feedforward_missing_response_warning"
  )
  input_error(resolve(frame = with_y(rep(NA_real_, 6))), "missing in all 6 rows")
  input_error(resolve(frame = with_y(rep(NA, 6))), "missing in all 6 rows")
  input_error(resolve(frame = with_y(factor(rep(NA, 6)))), "missing in all 6 rows")
  # A missing level is a missing value.
  level <- addNA(factor(c("p", NA, "p", "q", "q", "p")))
  expect_warning(resolved <- resolve(frame = with_y(level)), "1 row")
  expect_identical(resolved$trains, c(1L, 3:6))
  expect_identical(resolved$n_classes, 2L)
})

test_that("an infinite response is an error with count and first row", {
  input_error(resolve(frame = with_y(c(1, 2, Inf, 4, -Inf, 6))), "2 rows .*in row 3")
  input_error(resolve(frame = with_y(c(1, 2, 3, NaN, 4, 5))), "1 row \\(first in row 4")
  input_error(resolve(frame = with_y(c(NA, NA, NA, Inf, NA, NA))), "first in row 4")
  input_error(resolve(frame = with_y(rep(NaN, 6))), "6 rows \\(first in row 1")
  # A row of weight 0 is not there.
  gone <- with_y(c(1, 2, Inf, 4, 5, 6))
  expect_error(resolve(frame = gone, weights_column = "w"), NA)
})

test_that("a constant response is an error", {
  input_error(resolve(frame = with_y(rep(2.5, 6))), "constant.*the 6 rows.*is 2.5")
  one <- factor(rep("p", 6), levels = c("p", "q"))
  input_error(resolve(frame = with_y(one)), "constant.*has the class \"p\"")
  input_error(resolve(frame = with_y(rep("p", 6))), "constant")
  input_error(resolve(frame = with_y(rep(TRUE, 6))), "constant.*TRUE")
  # Constant among the rows that train.
  gone <- with_y(c(1, 1, 9, 1, 1, 1))
  input_error(resolve(frame = gone, weights_column = "w"), "each of the 5 rows")
  input_error(resolve(frame = with_y(c(1, NA, NA, NA, NA, NA))), "Only 1 row")
})

test_that("a declared class without a row is none", {
  y <- factor(c("p", "q", "p", "q", "p", "q"), levels = c("p", "q", "r"))
  expect_identical(
    resolve(frame = with_y(y))[c("kind", "n_classes")],
    list(kind = "binomial", n_classes = 2L)
  )
})

test_that("a response that varies by rounding is constant, and none is too small", {
  input_error(resolve(frame = with_y(1 + c(0, 0, 1, 0, 2, 0) * 2^-52)), "constant")
  input_error(resolve(frame = with_y(1e-200 * 1:6)), "varies by 5e-200 only")
  input_error(resolve(frame = with_y(1e160 * 1:6)), "beyond 1e120 in 6 rows")
  expect_identical(resolve(frame = with_y(9e15 + 1:6))$kind, "regression")
  expect_identical(resolve(frame = with_y(1e-120 * 1:6))$kind, "regression")
})

test_that("kinds follow the class of the response", {
  kind <- function(y) resolve(frame = with_y(y))$kind
  expect_identical(kind(1:6), "regression")
  expect_identical(kind(c(TRUE, FALSE, TRUE, FALSE, FALSE, TRUE)), "binomial")
  expect_identical(kind(rep(c("a", "b", "c"), 2)), "multinomial")
  expect_identical(kind(factor(rep(c("a", "b"), 3), ordered = TRUE)), "binomial")
  input_error(kind(as.Date("2024-01-01") + 0:5), "is a date")
})

test_that("a numeric 0/1 response trains a regression and says so", {
  coded <- "feedforward_response_warning"
  zero_one <- c(0, 1, 0, 1, 1, 0)
  for (y in list(zero_one, as.integer(zero_one), 2 * zero_one - 1)) {
    expect_warning(resolved <- resolve(frame = with_y(y)), "as.factor", class = coded)
    expect_identical(resolved$kind, "regression")
  }
  expect_warning(resolve(frame = with_y(c(0, 1, 0.5, 1, 1, 0))), NA)
  expect_warning(resolve(frame = with_y(c(0, 2, 0, 2, 2, 0))), NA)
})

test_that("more than 2^20 classes are refused", {
  n <- 2^20 + 1
  many <- data.frame(a = seq_len(n), y = factor(seq_len(n)))
  input_error(resolve("a", "y", many), "1,048,577 classes.*1,048,576")
})

test_that("a response of no supported class is named", {
  surv <- structure(matrix(1, 6, 2), class = "Surv")
  others <- list(
    as.list(1:6), matrix(1:12, 6), surv, complex(6), raw(6), I(rep(list(1), 6)), d[1:2]
  )
  for (y in others) {
    input_error(resolve(frame = with_y(y)), "`y`")
  }
})

test_that("a malformed factor is refused before its codes are used", {
  bad <- structure(c(1L, 2L, 9L, 1L, 2L, 1L), levels = c("p", "q"), class = "factor")
  input_error(resolve(frame = with_y(bad)), "malformed")
  input_error(learn_encoding(resolve(NULL, "w", with_y(bad))$columns, check_arguments()))
})

test_that("responses must suit their distribution", {
  negative <- with_y(c(1, -2, 3, -4, 5, 6))
  zero <- with_y(c(1, 0, 3, 4, 5, 6))
  for (distribution in c("poisson", "tweedie")) {
    input_error(resolve(frame = negative, distribution = distribution), "2 values.*-4")
    expect_error(resolve(frame = zero, distribution = distribution), NA)
  }
  input_error(resolve(frame = zero, distribution = "gamma"), "above 0.*1 value ")
  expect_error(resolve(frame = negative, distribution = "gaussian"), NA)
})

test_that("a response with nearly as many classes as rows is told", {
  resolved <- function(classes, rows) {
    i <- seq_len(rows)
    resolve(frame = data.frame(a = i, b = i, y = as.character(i %% classes)))
  }
  expect_warning(
    resolved(100, 250), "`y` has 100 classes in 250 rows.*make it numeric",
    class = "feedforward_response_warning"
  )
  expect_silent(resolved(100, 300))
  expect_silent(resolved(3, 6))
})

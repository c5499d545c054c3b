test_that("predictors that cannot be used are errors when they are learned", {
  learn <- function(a) {
    frame <- with_y(small_frame$y)
    frame <- structure(
      c(list(a = a), unclass(frame)[c("b", "y")]),
      class = "data.frame", row.names = 1:6
    )
    learn_encoding(resolve(NULL, "y", frame)$columns, check_arguments())
  }
  # Infinite, too wide, of no class that is known, malformed.
  input_error(learn(c(1, Inf, 3, -Inf, 5, 6)), "`a` has 2 infinite.*row 2")
  input_error(learn(c(1e308, -1e308, 3, 4, 5, 6)), "`a`")
  input_error(learn(as.list(1:6)), "`a`.*list")
  input_error(learn(complex(6)), "`a`.*complex")
  input_error(learn(raw(6)), "`a`.*raw")
  input_error(learn(matrix(1:12, 6)), "`a`.*matrix")
  input_error(learn(data.frame(u = 1:6, v = 1:6)), "`a`.*data.frame")
  codes <- c(1L, 3L, 1L, 2L, 1L, 2L)
  malformed <- structure(codes, levels = c("p", "q"), class = "factor")
  input_error(learn(malformed), "`a`.*malformed")
  # Missing, of the full range, text, dates: all that will do.
  for (a in list(
    c(NA, NaN, 1, 2, 3, 4), c(NA, 1:5), .Machine$integer.max * rep(c(-1L, 1L, 0L), 2),
    letters[1:6], structure(1:6 * 4.9e-324, class = "integer64"),
    as.POSIXct("2024-01-01", tz = "UTC") + 1:6
  )) {
    expect_identical(learn(a)$predictors, c("a", "b"))
  }
})

test_that("columns of other classes become numbers, or are refused with their name", {
  day <- as.Date("2020-01-01") + 0:3
  data <- list(
    day = day, time = as.POSIXct(day, tz = "UTC") + 0.5,
    span = as.difftime(c(1, 2, 3, 5), units = "hours"),
    long = structure(
      c(4.940656458412465e-324, NaN, 0, 4.940656458412465e-324),
      class = "integer64"
    ),
    inside = I(c(1, 2, 3, 7))
  )
  # -1 and the largest integer64 below 2^32, made of their bits.
  bits <- function(low, high) {
    readBin(writeBin(c(low, high), raw(), endian = "little"), "double", endian = "little")
  }
  data$long[2] <- bits(-1L, -1L)
  data$long[3] <- bits(-1L, 0L)
  encoding <- learn(data, standardize = FALSE)
  x <- expand(encoding, data)
  expect_equal(x[, "day"], as.numeric(day) * 86400000)
  expect_equal(x[, "time"], as.numeric(day) * 86400000 + 500)
  expect_equal(x[, "span"], c(1, 2, 3, 5) * 3600)
  expect_equal(x[, "long"], c(1, -1, 2^32 - 1, 1))
  half <- structure(bits(NA_integer_, 0L), class = "integer64")
  expect_equal(to_number(half), 2^31)
  lowest <- structure(bits(1L, NA_integer_), class = "integer64")
  expect_equal(to_number(lowest), -2^63 + 1)
  expect_equal(x[, "inside"], c(1, 2, 3, 7))
  missing <- structure(bits(0L, NA_integer_), class = "integer64")
  expect_equal(to_number(missing), NA_real_)

  # Units are converted, not trusted; times are times.
  new <- data.frame(
    day = as.POSIXct("2020-01-02", tz = "UTC"), time = as.Date("2020-01-03"),
    span = as.difftime(60, units = "mins"), long = 5L, inside = 2
  )
  expect_equal(
    unname(forge(encoding, new)[1, ]),
    c(18263 * 86400000, 18264 * 86400000, 3600, 5, 2)
  )
  new$day <- 18263
  expect_error(new_columns(encoding, new), "`day` of `newdata` is a number.*a date")

  refused <- list(
    c = complex(real = 1:2), r = as.raw(1:2), m = diag(2), l = list(1, 2),
    ok = 1:2, d = data.frame(a = 1:2)
  )
  message <- tryCatch(learn(refused), feedforward_input_error = conditionMessage)
  for (name in setdiff(names(refused), "ok")) {
    expect_match(message, sprintf("`%s` is of class", name))
  }
  expect_no_match(message, "`ok`")
})

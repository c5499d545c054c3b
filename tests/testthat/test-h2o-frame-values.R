# What frames hold after they are asked, changed and computed with.

plain <- function(frame) as.data.frame(frame)

column <- function(frame) plain(frame)[[1]]

test_that("draws of a seed are H2O's", {
  frame <- as.h2o(data.frame(a = numeric(380)))
  # As H2O 3.46 gives them, and its own test of runif.
  expect_equal(
    column(h2o.runif(frame, 1))[1:6],
    c(0.5737679, 0.6195092, 0.8000008, 0.3755249, 0.7467531, 0.5888391),
    tolerance = 1e-6
  )
  expect_equal(
    column(h2o.runif(frame, 1234))[1:3], c(.73257, .27102, .63133), tolerance = 1e-5
  )
  expect_identical(vapply(h2o.splitFrame(frame, .75, seed = 1), nrow, 0L), c(287L, 93L))
  # Of a seed nothing else matters: not R's kind of generator, and not the rows.
  draws <- column(h2o.runif(frame, 7))
  old <- RNGkind("L'Ecuyer-CMRG")
  withr::defer(RNGkind(old[[1]]))
  expect_identical(column(h2o.runif(frame, 7)), draws)
  more <- as.h2o(data.frame(a = numeric(1000)))
  expect_identical(column(h2o.runif(more, 7))[1:380], draws)
  holes <- column(h2o.insertMissingValues(more, 0.2, seed = 3))
  RNGkind(old[[1]])
  expect_identical(column(h2o.insertMissingValues(more, 0.2, seed = 3)), holes)
  classes <- as.h2o(data.frame(y = factor(c(NA, "a", "b", NA, "a"))))
  expect_identical(column(h2o.stratified_kfold_column(classes, 2, 1))[c(1, 4)], c(0L, 1L))
  expect_error(h2o.kfold_column(frame, 1), class = "feedforward_argument_error")
  expect_error(h2o.runif(frame, "x"), class = "feedforward_argument_error")
})

test_that("one column is taken and changed in whatever way it is named", {
  one <- as.h2o(data.frame(a = 1:3))
  expect_identical(dim(one[[1]]), c(3L, 1L))
  expect_identical(column(one[["a"]]), 1:3)
  frame <- as.h2o(data.frame(a = c(3, 1, 2), b = 4:6))
  frame$a[c(3, 1, 2)] <- c(30, 10, 20)
  expect_identical(column(frame), c(10, 20, 30))
  for (mask in list(as.h2o(data.frame(m = c(1, 0))), c(TRUE, FALSE))) {
    expect_error(frame[mask, ], "2 values", class = "feedforward_input_error")
    expect_error(frame[mask, "a"] <- 1, "2 values", class = "feedforward_input_error")
  }
})

test_that("whole numbers do not overflow, and stay whole", {
  big <- as.h2o(data.frame(i = c(2000000000L, 2000000000L)))
  expect_identical(column(big * 2), c(4e9, 4e9))
  expect_identical(column(big + big), c(4e9, 4e9))
  expect_identical(column(cumsum(big)), c(2e9, 4e9))
  expect_identical(column(h2o.cumprod(big)), c(2e9, 4e18))
  expect_identical(column(big - 1999999999L), c(1L, 1L))
  expect_identical(column(as.h2o(data.frame(i = 7L)) / 2L), 3.5)
  expect_identical(
    plain(h2o.cumsum(as.h2o(data.frame(a = 1:2, b = 3:4)), axis = 1))$b, c(4, 6)
  )
})

test_that("categories of numbers and times tell them apart", {
  levels_of <- function(x) levels(column(h2o.asfactor(as.h2o(data.frame(x = x)))))
  expect_identical(levels_of(c(1e5, 123456789, 1e5)), c("100000", "123456789"))
  expect_length(levels_of(c(0.3, 0.1 + 0.2)), 2)
  times <- as.POSIXct(c("2020-01-02 00:00:00", "2020-01-01 10:00:01"), tz = "UTC")
  expect_identical(levels_of(times), c("2020-01-01 10:00:01", "2020-01-02 00:00:00"))
  back <- as.numeric(h2o.asfactor(as.h2o(data.frame(x = c(10, 20, 10)))))
  expect_identical(column(back), c(10, 20, 10))
})

test_that("times are milliseconds in arithmetic", {
  times <- as.POSIXct(c("2020-01-01 00:00:01", NA), tz = "UTC")
  frame <- as.h2o(data.frame(t = times))
  expect_identical(column(frame + 1000), c(1577836801000 + 1000, NA))
  expect_identical(column(frame - frame), c(0L, NA) + 0)
  expect_identical(column(frame > 1577836800000), c(1L, NA))
})

test_that("values are matched by what they are", {
  numbers <- as.h2o(data.frame(x = c(10, 1e5, NA)))
  expect_identical(column(h2o.match(numbers, c("1e5", "10", NA))), c(2, 1, NA))
  expect_identical(column(h2o.match(numbers, 10, nomatch = 0)), c(1, 0, 0))
  words <- as.h2o(data.frame(w = factor(c("u", NA))))
  expect_identical(column(h2o.match(words, c(NA, "u"), start_index = 0)), c(1, NA))
})

test_that("frames are bound where their columns are of one type", {
  bound <- function(a, b) {
    column(h2o.rbind(as.h2o(data.frame(x = a)), as.h2o(data.frame(x = b))))
  }
  expect_identical(bound(1:2, c(1.5, NA)), c(1, 2, 1.5, NA))
  expect_identical(levels(bound(factor(c("b", "b")), factor("a"))), c("b", "a"))
  expect_identical(bound(c(NA, NA), factor("a")), factor(c(NA, NA, "a")))
  expect_identical(bound(factor("a"), c("x", "y")), c("a", "x", "y"))
  time <- as.POSIXct("2020-01-01", tz = "UTC")
  expect_identical(bound(time, time + 1), c(time, time + 1))
  expect_error(bound(factor("a"), 1), "categories in one frame and numbers",
    class = "feedforward_input_error"
  )
})

test_that("rows are summed up and filled along the columns", {
  frame <- as.h2o(data.frame(
    a = c(1L, NA, 3L), b = c(4.5, 5, NA), f = factor(c("u", "v", "w"))
  ))
  h2o.init()
  withr::defer(h2o.shutdown(prompt = FALSE))
  apply <- get("apply", "feedforward:h2o")
  expect_identical(column(apply(frame[1, 1:2], 1, mean)), 2.75)
  expect_identical(column(apply(frame[1:2], 1, sum)), c(5.5, NA, NA))
  expect_equal(column(apply(frame[1:2], 1, sd, na.rm = TRUE)), c(sd(c(1, 4.5)), NA, NA))
  filled <- plain(h2o.fillna(frame, axis = 2))
  expect_identical(filled$b, c(4.5, 5, 3))
  expect_identical(filled$a, c(1L, NA, 3L))
  expect_identical(filled$f, column(frame["f"]))
  expect_identical(plain(h2o.fillna(frame, "backward", axis = 2))$a, c(1, 5, 3))
  # Names that others use, too, are theirs on anything but a frame.
  expect_identical(get("is.factor", "feedforward:h2o")(factor(1)), TRUE)
})

test_that("what is no condition is missing, and other lengths are refused", {
  frame <- as.h2o(data.frame(b = c(4.5, 5, 6), f = factor(c("u", "v", "w"))))
  expect_identical(column(frame["f"] & 1), rep(NA_integer_, 3))
  expect_error(frame["b"] > c(1, 5), class = "feedforward_input_error")
  expect_identical(column(frame["b"] > c(1, 5, 9)), c(1L, 0L, 0L))
  expect_error(h2o.quantile(frame["b"], probs = 2), class = "feedforward_argument_error")
})

test_that("what no frame can hold is refused by its name", {
  for (bad in list(
    data.frame(), NULL, data.frame(a = I(list(1, 2))), 1i
  )) {
    expect_error(as.h2o(bad), class = "feedforward_input_error")
  }
  long <- structure(c(0, 4.94065645841247e-324), class = "integer64")
  expect_identical(column(as.h2o(list2DF(list(y = long)))), c(0, 1))
  expect_identical(dim(as.h2o(data.frame(a = integer()))), c(0L, 1L))
})

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

test_that("a condition chooses among values of any types", {
  frame <- as.h2o(data.frame(
    t = c(1, NA, 0), n = c(1.5, 2, NA), f = factor(c("a", "b", NA), c("b", "a")),
    g = factor(c("b", "c", "c"), c("c", "b", "z")), s = c("q", "r", "w")
  ))
  chosen <- function(yes, no) column(h2o.ifelse(frame["t"], yes, no))
  expect_identical(chosen(frame["n"], 0L), c(1.5, NA, 0))
  expect_identical(chosen(1L, 0L), c(1L, NA, 0L))
  expect_identical(chosen(NA, NA), rep(NA_real_, 3))
  expect_identical(
    chosen(frame["f"], frame["g"]), factor(c("a", NA, "c"), c("b", "a", "c", "z"))
  )
  expect_identical(chosen(frame["f"], NA), factor(c("a", NA, NA), c("b", "a")))
  expect_identical(chosen(frame["f"], "x"), factor(c("a", NA, "x")))
  expect_identical(chosen(frame["s"], 7), factor(c("q", NA, "7")))
  day <- as.Date("2020-01-02")
  expect_identical(chosen(day, NA), as.POSIXct(c("2020-01-02", NA, NA), tz = "UTC"))
  # A category is what its number says.
  expect_identical(column(h2o.ifelse(frame["f"], 1, 2)), c(1, 2, NA))
  both <- h2o.ifelse(frame[c("t", "n")], frame[c("n", "t")], 0)
  expect_identical(plain(both), data.frame(C1 = c(1.5, NA, 0), C2 = c(1, NA, NA)))
  expect_error(h2o.ifelse(frame["t"], c(1, 2), 0), "`yes` must have one value",
    class = "feedforward_input_error"
  )
  expect_error(
    h2o.ifelse(frame["t"], 0, frame[1:2, 1]),
    class = "feedforward_input_error"
  )
  ifelse <- attached_functions()$ifelse
  expect_identical(column(ifelse(c(TRUE, FALSE, NA), frame["n"], 0)), c(1.5, 0, NA))
})

test_that("numbers, categories and times turn into each other without loss", {
  one <- function(x) as.h2o(list(x = x))
  expect_identical(column(as.character(one(c(1e5, 0.5, 1e15)))), c(
    "100000", "0.5", "1000000000000000"
  ))
  expect_identical(levels(column(h2o.asfactor(one(c(0, -0))))), "0")
  time <- one(as.POSIXct(c(0, 1.25), origin = "1970-01-01", tz = "UTC"))
  expect_identical(
    column(as.character(time)), c("1970-01-01 00:00:00", "1970-01-01 00:00:01.250")
  )
  expect_identical(column(as.numeric(time)), c(0, 1250))
  expect_identical(h2o.mean(time), 625)
  expect_identical(max(time), 1250)
  expect_identical(column(as.integer(one(c(1.7, 1e10)))), c(1, 1e10))
  expect_identical(column(as.integer(one(c(1.7, -1.7)))), c(1L, -1L))
  expect_identical(column(h2o.difflag1(one(c(-2e9L, 2e9L)))), c(NA, 4e9))
})

test_that("values are found in tables of other types", {
  numbers <- as.h2o(data.frame(x = c(10, 1e5, NA)))
  `%in%` <- attached_functions()$`%in%`
  expect_identical(column(numbers %in% c("10", "1e5", NA)), c(1L, 1L, 0L))
  expect_identical(column(numbers %in% as.h2o(factor(c("100000", "b")))), c(0L, 1L, 0L))
  expect_identical(c(10, 11, NA) %in% numbers, c(TRUE, FALSE, FALSE))
  words <- as.h2o(factor(c("1", "2", NA)))
  expect_identical(column(words %in% 2), c(0L, 1L, 0L))
  expect_identical(c("2", "z") %in% words, c(TRUE, FALSE))
  expect_error(
    h2o.match(words, 1, start_index = -1),
    class = "feedforward_argument_error"
  )
  expect_error(h2o.match(words, 1, nomatch = "x"), class = "feedforward_argument_error")
})

test_that("columns come in as they are, with names of their own", {
  twice <- as.h2o(stats::setNames(data.frame(1, 2, 3, 4), c("a", "a", NA, "")))
  expect_identical(plain(twice), data.frame(a = 1, a1 = 2, C3 = 3, C4 = 4))
  expect_identical(column(as.h2o(c(u = 1, v = 2))), c(1, 2))
  expect_identical(column(as.h2o(c(NA, NA))), c(NA_real_, NA))
  turned <- factor(c("b", "a"), c("b", "a"))
  expect_identical(column(as.h2o(as.ordered(turned))), turned)
  expect_identical(names(as.h2o(iris, skipped_columns = "Species")), names(iris)[1:4])
  for (wrong in list(
    matrix(0, 2, 0), list(a = 1:2, b = 1:3), list(a = list(1, 2)), list(a = 1:2, b = mean)
  )) {
    expect_error(as.h2o(wrong), class = "feedforward_input_error")
  }
  expect_error(as.h2o(iris, skipped_columns = 9), class = "feedforward_input_error")
  expect_error(as.h2o(iris, skipped_columns = 1:5), class = "feedforward_input_error")
})

test_that("values go into the columns that were meant, in their type", {
  twice <- as.h2o(data.frame(a = c(3, 1, 2), b = 4:6))
  names(twice) <- c("a", "a")
  twice[2] <- 9
  twice[1, 2] <- 0
  twice[twice[1] > 2, 2] <- 7
  expect_identical(as.list(twice), list(a = c(3, 1, 2), a = c(7, 9, 9)))
  frame <- as.h2o(data.frame(n = c(3, 1, 2), t = as.POSIXct(0:2, origin = "1970-01-01")))
  frame$day <- as.Date("2020-01-01") + 0:2
  frame$few <- c("u", "v", "u")
  frame[2:3, "late"] <- "x"
  frame$span <- as.difftime(1:3, units = "mins")
  expect_identical(
    unname(unlist(h2o.getTypes(frame))), c("int", "time", "time", "enum", "enum", "int")
  )
  frame[2, "t"] <- 5000
  expect_identical(as.numeric(plain(frame)$t), c(0, 5, 2))
  frame[1, "few"] <- 7
  expect_identical(as.character(plain(frame)$few), c("7", "v", "u"))
  refused <- function(code, words = NULL) {
    expect_error(code, words, class = "feedforward_input_error")
  }
  refused(frame[1, "n"] <- "x", "`n` holds numbers")
  refused(frame[1, "t"] <- "x", "`t` holds times")
  refused(frame$n <- 1i)
  refused(frame$n <- list(1, 2, 3), "cannot be put")
  refused(frame["n"] <- frame[1:2])
  for (wrong in list(list(1), NA, c(TRUE, FALSE), c(1, -1))) {
    refused(frame[wrong])
    refused(frame[wrong] <- 1)
  }
  bound <- h2o.cbind(frame["n"], z = as.Date("2020-01-01"), c("u", "u", "v"), NULL)
  expect_identical(unlist(h2o.getTypes(bound)), c("int", "time", "enum"))
  expect_identical(names(bound), c("n", "z", "C1"))
  refused(h2o.cbind(frame, frame[1, ]))
  expect_error(h2o.cbind(), class = "feedforward_argument_error")
  expect_error(h2o.rbind(), class = "feedforward_argument_error")
})

test_that("whatever stands beside a frame is computed with by H2O's rules", {
  withr::local_timezone("America/New_York")
  frame <- as.h2o(data.frame(
    n = c(-7, NA, 5), t = as.POSIXct("2020-01-01", tz = "UTC") + 0:2,
    f = factor(c("a", "1", NA))
  ))
  expect_identical(column(frame["n"] %% 3), c(-1L, NA, 2L) + 0)
  expect_identical(column(frame["n"] %/% 2L), c(-3L, NA, 2L) + 0)
  expect_identical(column(-frame["t"]), -1000 * (1577836800 + 0:2))
  expect_identical(column(frame["t"] > "2020-01-01"), c(0L, 1L, 1L))
  expect_identical(column(frame["t"] == "2020-01-01 00:00:02"), c(0L, 0L, 1L))
  expect_identical(column(frame["f"] == 1), c(0L, 1L, NA))
  expect_no_warning(expect_identical(column(!frame["f"]), rep(NA_integer_, 3)))
  expect_identical(column(as.h2o(data.frame(f = factor("100000"))) == 1e5), 1L)
  # What R itself brings before ours until 4.3.
  beside <- function(x) operand(x, 1)[[1]]
  expect_identical(beside(as.Date("2020-01-02")), as.POSIXct("2020-01-02", tz = "UTC"))
  expect_identical(beside(data.frame(a = 1:2)), 1:2)
  minute <- in_milliseconds(column(frame["t"]), as.difftime(1, units = "mins"))
  expect_identical(minute[[2]], 60000)
  for (wrong in list(NULL, numeric(), list(1), 1i)) {
    expect_error(frame["n"] + wrong, class = "feedforward_input_error")
    expect_error(frame["n"] == wrong, class = "feedforward_input_error")
  }
  expect_error(frame[1:2] + frame, "2 and 3 columns", class = "feedforward_input_error")
})

test_that("statistics of rows know one row, gaps and categories", {
  frame <- as.h2o(data.frame(a = c(1, NA), b = c(3, 4), f = factor(c("u", "v"))))
  expect_identical(column(h2o.sum(frame[1, 1:2], axis = 1)), 4)
  expect_identical(column(h2o.mean(frame, axis = 1)), c(NA_real_, NA))
  expect_identical(column(h2o.mean(frame, na.rm = TRUE, axis = 1)), c(2, 4))
  expect_identical(column(h2o.sum(frame[0, ], axis = 1)), numeric())
  expect_identical(column(h2o.which_max(frame, axis = 1)), c(2L, 2L))
  expect_identical(column(h2o.which_min(frame[1:2], axis = 1)), 1:2)
  expect_identical(column(h2o.which_min(frame[1:2], na.rm = FALSE, axis = 1)), c(1L, NA))
  gaps <- as.h2o(data.frame(a = c(NA, NA), b = c(2, 1)))
  expect_identical(plain(h2o.which_max(gaps)), data.frame(a = NA_integer_, b = 1L))
  expect_identical(column(attached_functions()$apply(frame[0, 1:2], 1, sum)), numeric())
  expect_identical(
    column(h2o.distance(frame[1, 1:2], as.h2o(data.frame(a = 2, b = 5)), "l1")), 3
  )
  expect_equal(
    plain(h2o.distance(frame[1, 1:2], as.h2o(data.frame(a = 1:2, b = 0)), "cosine_sq")),
    data.frame(C1 = 0.1, C2 = 0.1)
  )
  refused <- function(code, argument) {
    expect_error(code, paste0("`", argument, "`"), class = "feedforward_argument_error")
  }
  refused(h2o.sum(frame, axis = 2), "axis")
  refused(h2o.cumsum(frame, axis = 3), "axis")
  refused(h2o.which_max(frame, axis = -1), "axis")
  refused(h2o.fillna(frame, "junk"), "method")
  refused(h2o.fillna(frame, axis = 0), "axis")
  refused(h2o.fillna(frame, maxlen = -1), "maxlen")
  expect_error(h2o.distance(frame, frame[1:2], "l2"), class = "feedforward_input_error")
})

test_that("what has no rows keeps its columns and their types", {
  none <- as.h2o(iris)[0, ]
  expect_identical(plain(h2o.rbind(none, none)), plain(none))
  h2o.impute(none, 1)
  expect_identical(names(none), names(iris))
  expect_identical(nrow(h2o.difflag1(none[1])), 0L)
  expect_identical(dim(number_matrix(none)), c(0L, 5L))
  expect_error(h2o.hist(none[1], plot = FALSE), class = "feedforward_input_error")
  gaps <- as.h2o(data.frame(x = c(NA, NA)))
  expect_identical(column(h2o.rbind(gaps, gaps)), rep(NA_real_, 4))
  text <- as.character(gaps)
  expect_identical(column(h2o.rbind(text, as.h2o(data.frame(x = 7L)))), c(NA, NA, 7L))
  whole <- as.h2o(data.frame(x = c(1L, NA, 4L)))
  h2o.impute(whole, 1, values = 2L)
  expect_identical(column(whole), c(1L, 2L, 4L))
  expect_error(t(as.h2o(iris)), "`Species`", class = "feedforward_input_error")
  expect_error(names(whole) <- NA, class = "feedforward_input_error")
})

test_that("cells and means are what H2O makes of them", {
  frame <- as.h2o(iris)
  expect_error(frame[[1, 2]], "a cell", class = "feedforward_input_error")
  expect_identical(dim(frame[1, 1, drop = FALSE]), c(1L, 1L))
  expect_identical(frame[1, 1, drop = TRUE], 5.1)
  expect_identical(h2o.mean(frame["Species"]), NA_real_)
  expect_identical(h2o.mean(as.h2o(factor(c("n", "y", "y", "y")))), 0.75)
  whole <- as.h2o(1:3)
  whole[2, 1] <- NA
  expect_identical(column(whole), c(1L, NA, 3L))
})

test_that("times are filled with times", {
  time <- as.POSIXct("2020-01-01", tz = "UTC")
  for (method in c("mean", "median", "mode")) {
    gap <- as.h2o(data.frame(t = c(time, time, NA)))
    expect_identical(h2o.impute(gap, "t", method), 1000 * as.numeric(time))
    expect_identical(column(gap), rep(time, 3))
  }
  # An instant is shown and taken apart in UTC, wherever it comes from.
  noon <- as.h2o(as.POSIXct("2020-07-01 12:00", tz = "America/New_York"))
  expect_identical(column(h2o.hour(noon)), 16L)
  expect_identical(format(column(noon)), "2020-07-01 16:00:00")
  words <- as.h2o(data.frame(w = c("b", "A", "a", "B")))
  expect_identical(column(h2o.arrange(words, w)), c("A", "B", "a", "b"))
})

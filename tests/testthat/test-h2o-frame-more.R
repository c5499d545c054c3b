# What is done to frames, against base R.

column <- function(frame, k = 1) unclass(as.list(as.data.frame(frame)))[[k]]

test_that("rows are dealt by a draw each, repeated by the seed", {
  local_h2o()
  frame <- as.h2o(data.frame(row = 1:10000))
  parts <- h2o.splitFrame(frame, c(0.6, 0.2), seed = 3)
  expect_length(parts, 3)
  rows <- lapply(parts, column)
  expect_identical(sort(unlist(rows)), 1:10000)
  expect_equal(lengths(rows) / 10000, c(0.6, 0.2, 0.2), tolerance = 0.05)
  expect_identical(lapply(h2o.splitFrame(frame, c(0.6, 0.2), seed = 3), column), rows)
  expect_identical(
    rows[[1]], which(column(h2o.runif(frame, seed = 3)) < 0.6)
  )
  set.seed(1)
  state <- .Random.seed
  h2o.runif(frame, seed = 3)
  expect_identical(.Random.seed, state)
  set.seed(9)
  one <- column(h2o.runif(frame))
  set.seed(9)
  expect_identical(column(h2o.runif(frame)), one)
  named <- h2o.splitFrame(frame, 0.5, destination_frames = c("left", "right"), seed = 1)
  expect_identical(dim(h2o.getFrame("right")), dim(named[[2]]))
  expect_error(h2o.splitFrame(frame, c(0.7, 0.5)), class = "feedforward_argument_error")
  folds <- column(h2o.kfold_column(frame, 3, seed = 1))
  expect_identical(sort(unique(folds)), 0:2)
  expect_lt(stats::chisq.test(table(folds))$statistic, 15)
  y <- as.h2o(data.frame(y = rep(c("a", "b"), c(900, 100))))
  folds <- column(h2o.stratified_kfold_column(y, 5, seed = 1))
  expect_gt(min(table(folds, column(y))), 10)
  part <- column(h2o.stratified_split(y, 0.2, seed = 1))
  expect_identical(as.vector(table(part, column(y))), c(180L, 720L, 20L, 80L))
})

test_that("frames are bound, merged and sorted as data frames are", {
  a <- data.frame(key = c(3L, 1L, 2L), x = c(1.5, NA, 2), g = factor(c("u", "v", "u")))
  b <- data.frame(key = 2:4, z = c("p", "q", "p"))
  expect_named(h2o.cbind(as.h2o(a), as.h2o(a)["x"]), c("key", "x", "g", "x1"))
  twice <- as.data.frame(h2o.rbind(as.h2o(a), as.h2o(transform(a, g = factor("w")))))
  expect_identical(as.character(twice$g), c("u", "v", "u", "w", "w", "w"))
  merged <- as.data.frame(h2o.merge(as.h2o(a), as.h2o(b), all.x = TRUE))
  expect_identical(merged$key, 1:3)
  expect_identical(merged$x, c(NA, 2, 1.5))
  expect_identical(column(h2o.arrange(as.h2o(a), key)), 1:3)
  expect_identical(column(h2o.arrange(as.h2o(a), desc(key))), 3:1)
  expect_identical(nrow(h2o.na_omit(as.h2o(a))), 2L)
  expect_error(h2o.rbind(as.h2o(a), as.h2o(b)), class = "feedforward_input_error")
  expect_error(h2o.cbind(as.h2o(a), as.h2o(1:2)), class = "feedforward_input_error")
})

test_that("gaps are filled in the variable itself, and by group", {
  local_h2o()
  frame <- as.h2o(airquality)
  before <- frame
  fill <- h2o.impute(frame, "Ozone", method = "median")
  expect_identical(fill, median(airquality$Ozone, na.rm = TRUE))
  expect_equal(sum(is.na(frame$Ozone)), 0)
  expect_equal(sum(is.na(before$Ozone)), 37)
  frame <- before
  h2o.impute(frame, "Ozone", method = "mean", by = "Month")
  means <- ave(airquality$Ozone, airquality$Month, FUN = function(v) {
    mean(v, na.rm = TRUE)
  })
  expect_equal(column(frame), ifelse(is.na(airquality$Ozone), means, airquality$Ozone))
  factors <- as.h2o(data.frame(f = factor(c("a", "b", "b", NA))))
  h2o.impute(factors, "f", method = "mode")
  expect_identical(as.character(column(factors)), c("a", "b", "b", "b"))
  h2o.insertMissingValues(frame, fraction = 0.5, seed = 1)
  expect_equal(mean(is.na(as.data.frame(frame))), 0.5, tolerance = 0.1)
  down <- as.h2o(data.frame(a = c(1, NA, NA, 4)))
  expect_identical(column(h2o.fillna(down, axis = 1, maxlen = 1)), c(1, 1, NA, 4))
  expect_identical(column(h2o.fillna(down, "backward", maxlen = 5)), c(1, 4, 4, 4))
})

test_that("groups, tables and statistics are those of R", {
  frame <- as.h2o(iris)
  groups <- as.data.frame(h2o.group_by(
    frame, "Species", nrow("Species"), mean("Sepal.Length"), sd("Petal.Width"),
    max(4), median("Sepal.Width")
  ))
  expect_named(groups, c(
    "Species", "nrow", "mean_Sepal.Length", "sd_Petal.Width", "max_Petal.Width",
    "median_Sepal.Width"
  ))
  by <- function(name, fun) unname(as.vector(tapply(iris[[name]], iris$Species, fun)))
  expect_equal(groups$mean_Sepal.Length, by("Sepal.Length", mean))
  expect_equal(groups$sd_Petal.Width, by("Petal.Width", sd))
  expect_equal(groups$max_Petal.Width, by("Petal.Width", max))
  expect_identical(groups$nrow, rep(50, 3))
  expect_error(h2o.group_by(frame, "Species", range(1)),
    class = "feedforward_argument_error"
  )
  counts <- h2o.table(frame$Species)
  expect_named(counts, c("Species", "Count"))
  expect_identical(column(counts, 2), rep(50L, 3))
  expect_equal(
    h2o.quantile(frame$Sepal.Length, c(0.1, 0.5)),
    setNames(quantile(iris$Sepal.Length, c(0.1, 0.5), names = FALSE), c("10%", "50%"))
  )
  expect_equal(h2o.var(frame$Sepal.Length, frame$Petal.Width), var(iris[[1]], iris[[4]]))
  expect_equal(
    unname(as.matrix(h2o.cor(frame[1:4]))), unname(cor(iris[1:4]))
  )
  expect_equal(h2o.sd(frame[1:2]), vapply(iris[1:2], sd, 0))
  described <- h2o.describe(frame)
  expect_named(described, c(
    "Label", "Type", "Missing", "Zeros", "PosInf", "NegInf", "Min", "Max", "Mean",
    "Sigma", "Cardinality"
  ))
  expect_identical(described$Type, c(rep("real", 4), "enum"))
  expect_equal(described$Mean[1:4], unname(colMeans(iris[1:4])))
  expect_identical(described$Cardinality, c(NA, NA, NA, NA, 3))
  expect_s3_class(summary(frame), "table")
  expect_identical(h2o.hist(frame$Sepal.Width, plot = FALSE)$counts,
    hist(iris$Sepal.Width, plot = FALSE)$counts
  )
  tabulated <- h2o.tabulate(frame, "Species", "Sepal.Width", nbins_y = 5)
  expect_equal(sum(tabulated$count_table$counts), 150)
  expect_equal(
    tabulated$response_table[[2]], by("Sepal.Width", mean)
  )
})

test_that("levels, text and times are R's", {
  frame <- as.h2o(data.frame(
    name = c(" Ann ", "bob", "Ann"), when = as.Date("2021-03-07") + c(0, 1, 300)
  ))
  words <- function(frame) as.character(column(frame))
  expect_identical(
    words(h2o.trim(h2o.toupper(frame["name"]))), c("ANN", "BOB", "ANN")
  )
  expect_identical(column(h2o.nchar(frame["name"])), c(5L, 3L, 3L))
  expect_identical(words(h2o.gsub("n", "m", frame["name"])), c(" Amm ", "bob", "Amm"))
  expect_identical(column(h2o.year(frame["when"])), c(2021, 2021, 2022))
  expect_identical(column(h2o.month(frame["when"])), c(3L, 3L, 1L))
  expect_identical(words(h2o.dayOfWeek(frame["when"])), c("Sun", "Mon", "Sat"))
  expect_error(h2o.year(frame["name"]), class = "feedforward_input_error")
  split <- h2o.strsplit(as.h2o(data.frame(t = c("a-b", "c", "d-e-f"))), "-")
  expect_identical(dim(split), c(3L, 3L))
  dates <- as.Date(as.h2o(data.frame(d = c("07/03/2021", "08/03/2021"))), "%d/%m/%Y")
  expect_identical(column(h2o.day(dates)), c(7L, 8L))
  f <- as.h2o(data.frame(f = factor(c("a", "b", "b"))))
  expect_identical(h2o.levels(f), c("a", "b"))
  expect_identical(h2o.levels(h2o.relevel(f$f, "b")), c("b", "a"))
  h2o.setLevels(f, c("x", "y"))
  expect_identical(h2o.levels(f), c("x", "y"))
  expect_identical(h2o.levels(h2o.relevel_by_frequency(f)), c("y", "x"))
  expect_identical(h2o.nlevels(f), 2L)
  expect_error(h2o.relevel(f$f, "z"), class = "feedforward_argument_error")
  expect_identical(column(h2o.ifelse(f$f == "x", 1, 2)), c(1, 2, 2))
  expect_identical(h2o.columns_by_type(frame, "time"), 2)
  expect_equal(column(h2o.cumsum(as.h2o(1:3))), c(1, 3, 6))
  crossed <- h2o.interaction(as.h2o(iris), "x", "Species", FALSE, 2, 1)
  expect_identical(nlevels(column(crossed)), 3L)
})

test_that("made-up frames are as asked for", {
  frame <- h2o.createFrame(
    rows = 200, cols = 10, categorical_fraction = 0.3, integer_fraction = 0.2,
    binary_fraction = 0, missing_fraction = 0.1, has_response = TRUE, seed = 5
  )
  expect_identical(dim(frame), c(200L, 11L))
  expect_identical(names(frame)[1:2], c("response", "C1"))
  expect_length(h2o.columns_by_type(frame, "categorical"), 4)
  expect_equal(mean(is.na(as.data.frame(frame)[-1])), 0.1, tolerance = 0.2)
  again <- h2o.createFrame(
    rows = 200, cols = 10, categorical_fraction = 0.3, integer_fraction = 0.2,
    binary_fraction = 0, missing_fraction = 0.1, has_response = TRUE, seed = 5
  )
  expect_identical(as.data.frame(again), as.data.frame(frame))
  h2o.shutdown()
})

# Arguments that make no sense are refused by their names, and those that do act.

column <- function(frame, k = 1) as.data.frame(frame)[[k]]

test_that("arguments that make no sense are refused by their names", {
  frame <- as.h2o(iris)
  refused <- function(code, argument) {
    expect_error(code, paste0("`", argument, "`"), class = "feedforward_argument_error")
  }
  number <- frame["Sepal.Length"]
  class <- frame["Species"]
  twice <- c("a", "a")
  refused(h2o.splitFrame(frame, 0.5, destination_frames = twice), "destination_frames")
  refused(h2o.splitFrame(frame, 0.5, destination_frames = letters), "destination_frames")
  refused(h2o.quantile(number, numeric()), "probs")
  refused(h2o.quantile(number, combine_method = "junk"), "combine_method")
  refused(h2o.hist(number, breaks = -1, plot = FALSE), "breaks")
  refused(h2o.hist(number, breaks = "junk", plot = FALSE), "breaks")
  refused(h2o.hist(number, breaks = c(5, 6), plot = FALSE), "breaks")
  for (breaks in list("a", c(1, NA), 0, c(4, 4, 5))) {
    refused(h2o.cut(number, breaks), "breaks")
  }
  refused(h2o.cut(number, c(4, 6, 9), labels = "a"), "labels")
  refused(h2o.impute(frame, 1, combine_method = "junk"), "combine_method")
  refused(h2o.impute(frame, 1, values = 1:2), "values")
  for (n in list("a", NA, 1.5, 1:2, NULL)) {
    refused(h2o.head(frame, n), "n")
    refused(h2o.tail(frame, n), "n")
  }
  for (share in c(-5, 0, 500)) refused(h2o.topN(frame, 1, share), "nPercent")
  refused(h2o.round(number, NA), "digits")
  refused(h2o.signif(number, 0), "digits")
  for (share in list(2, -1, NA)) {
    refused(h2o.insertMissingValues(frame, share), "fraction")
    refused(h2o.filterNACols(frame, share), "frac")
    refused(h2o.stratified_split(class, share), "test_frac")
    refused(h2o.createFrame(10, 2, missing_fraction = share), "missing_fraction")
    refused(h2o.createFrame(10, 2, time_fraction = share), "time_fraction")
  }
  refused(h2o.createFrame(rows = -1), "rows")
  refused(h2o.createFrame(cols = "a"), "cols")
  refused(h2o.createFrame(factors = 0), "factors")
  refused(h2o.rep_len(number, NA), "length.out")
  refused(h2o.relevel(class, c("setosa", "virginica")), "y")
  refused(h2o.setLevels(class, c("a", "b")), "levels")
  refused(h2o.setLevels(class, c("a", "b", "b")), "levels")
  refused(h2o.setLevels(number, "a"), "Sepal.Length")
  refused(h2o.relevel_by_frequency(class, top_n = -5), "top_n")
  refused(h2o.cor(frame[1:2], use = "junk"), "use")
  refused(h2o.scale(frame, center = 1:3), "center")
  refused(h2o.arrange(frame), "...")
  refused(h2o.tabulate(frame, 1, 2, nbins_x = 0), "nbins_x")
  for (code in expression(
    h2o.quantile(class), h2o.hist(class, plot = FALSE), h2o.cut(class, 3),
    h2o.topN(frame, "Species", 10), h2o.topN(frame, 1:2, 10),
    h2o.cor(number, number[1:3, ])
  )) {
    expect_error(eval(code), class = "feedforward_input_error")
  }
})

test_that("arguments that make sense act", {
  two <- as.h2o(c(1, 2, 4))
  median <- function(way) unname(h2o.quantile(two[1:2, ], 0.5, way))
  ways <- c("interpolate", "avg", "low", "high")
  expect_identical(vapply(ways, median, 0, USE.NAMES = FALSE), c(1.5, 1.5, 1, 2))
  expect_identical(unname(h2o.quantile(two, c(0, 0.5, 0.6, 1), "low")), c(1, 2, 2, 4))
  gaps <- as.h2o(data.frame(x = c(1, 2, NA), f = factor(c("u", "v", "v"))))
  fill <- function(...) h2o.impute(gaps[1], 1, ...)
  expect_identical(fill("median", "lo"), 1)
  expect_identical(fill("median", "hi"), 2)
  expect_identical(fill("mode"), 1)
  expect_length(h2o.hist(as.h2o(1:100 / 100), "sqrt", plot = FALSE)$counts, 10)
  weighted <- as.h2o(data.frame(f = factor(c("a", "b", "b")), w = c(5, 1, 1)))
  expect_identical(levels(h2o.relevel_by_frequency(weighted)["f"]), c("b", "a"))
  expect_identical(
    levels(h2o.relevel_by_frequency(weighted, weights_column = "w")["f"]), c("a", "b")
  )
  scaled <- h2o.scale(as.h2o(iris))
  expect_equal(column(scaled), as.vector(scale(iris[[1]])))
  expect_identical(column(scaled, 5), iris$Species)
  expect_identical(column(h2o.which(weighted["f"])), 2:3)
})

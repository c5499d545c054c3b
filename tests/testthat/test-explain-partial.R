# How predictions move with one predictor, or two.

test_that("the mean of the rows with the value put in, by hand", {
  rows <- two_classes(150)
  model <- quick_fit(number ~ a + b + group, rows)
  found <- partial_dependence(model, rows, c("a", "group"), bins = 5, individual = TRUE)
  expect_named(found, c("a", "group"))
  expect_equal(found$a$a, seq(min(rows$a), max(rows$a), length.out = 5))
  expect_identical(found$group$group, c("u", "v", "w"))
  mixed <- rows
  mixed$a <- found$a$a[[2]]
  predicted <- predict(model, mixed)
  expect_equal(found$a$mean_response[[2]], mean(predicted))
  expect_equal(found$a$stddev_response[[2]], stats::sd(predicted))
  expect_equal(found$a$std_error_mean_response[[2]], stats::sd(predicted) / sqrt(150))
  single <- attr(found$a, "individual")
  expect_identical(dim(single), c(100L, 5L))
  expect_equal(single[c(1, 100), 2], predicted[c(1, 150)])
  # Each level as it is.
  mixed <- rows
  mixed$group[] <- "w"
  expect_equal(found$group$mean_response[[3]], mean(predict(model, mixed)))
})

test_that("a linear model gives lines; pairs give planes", {
  rows <- two_classes(150)
  model <- few_steps(number ~ a + b, rows, hidden = numeric(), epochs = 20, seed = 1)
  found <- partial_dependence(model, rows, "a", bins = 7)$a
  slope <- diff(found$mean_response) / diff(found$a)
  expect_equal(slope, rep(coef(model)[["a"]], 6), tolerance = 1e-4)
  pair <- partial_dependence(model, rows, c("a", "b"), pair = TRUE, bins = 4)
  expect_named(pair, "a, b")
  plane <- stats::lm(mean_response ~ a + b, pair[[1]])
  expect_lt(max(abs(stats::residuals(plane))), 1e-5)
})

test_that("values, missing ones, weights and classes are as asked", {
  rows <- two_classes(120)
  rows$w <- seq_len(120)
  model <- quick_fit(number ~ a + b, rows, weights_column = "w")
  asked <- partial_dependence(model, rows, "a", values = list(a = c(0.5, -0.5)))$a
  expect_identical(asked$a, c(0.5, -0.5))
  mixed <- rows
  mixed$a <- 0.5
  expect_equal(
    asked$mean_response[[1]], stats::weighted.mean(predict(model, mixed), rows$w)
  )
  gone <- partial_dependence(model, rows, "a", bins = 3, missing = TRUE)$a
  expect_identical(is.na(gone$a), c(FALSE, FALSE, FALSE, TRUE))
  mixed$a <- NA_real_
  expect_equal(
    gone$mean_response[[4]], stats::weighted.mean(predict(model, mixed), rows$w)
  )
  three <- quick_fit(Species ~ ., iris)
  both <- partial_dependence(three, iris, "Petal.Width",
    class = c("setosa", "virginica"), bins = 4)$Petal.Width
  expect_identical(both$class, rep(c("setosa", "virginica"), each = 4))
  flags <- iris
  flags$wide <- flags$Sepal.Width > 3
  logical <- quick_fit(Species ~ wide + Petal.Width, flags)
  expect_identical(partial_dependence(logical, flags, "wide")$wide$wide, c(FALSE, TRUE))
  many <- rows
  many$id <- factor(paste0("k", (1:120) %% 40))
  wide <- quick_fit(number ~ id + a, many)
  expect_identical(nrow(partial_dependence(wide, many, "id", bins = 6)$id), 6L)
})

test_that("it prints, plots and says what it cannot do", {
  rows <- two_classes(60)
  model <- quick_fit(class ~ a + b + group, rows)
  found <- partial_dependence(model, rows, c("a", "group"), bins = 3, individual = TRUE)
  expect_match(capture.output(print(found))[[1]], "Partial dependence on a")
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_identical(plot(found), found)
  expect_error(plot(partial_dependence(model, rows, c("a", "group"), pair = TRUE)), NA)
  argument_error(partial_dependence(model, rows, "z"), "`features`")
  argument_error(partial_dependence(model, rows, "a", pair = TRUE), "two columns")
  argument_error(partial_dependence(model, rows, "a", bins = 1), "`bins`")
  argument_error(partial_dependence(model, rows, "a", class = "x"), "more than two")
  argument_error(
    partial_dependence(quick_fit(Species ~ ., iris), iris, "Petal.Width", class = "x"),
    "`class` must be among"
  )
  argument_error(partial_dependence("m", rows, "a"), "must be a model")
})

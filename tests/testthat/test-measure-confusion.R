test_that("confusion matrices add up, in whole and in fractional counts", {
  cm <- measure_confusion(c(0, 0, 1, 1, 1), c(0, 1, 1, 1, 0), c("x", "y"))$table
  expect_identical(names(cm), c("x", "y", "Error", "Rate"))
  expect_identical(row.names(cm), c("x", "y", "Totals"))
  expect_equal(cm$Error, c(1 / 2, 1 / 3, 2 / 5))
  expect_identical(cm$Rate, c("1 / 2", "1 / 3", "2 / 5"))

  cm <- measure_confusion(c(0, 0, 1), c(0, 1, 0), c("x", "Totals"), c(0.25, 0.5, 1))$table
  expect_equal(cm$x, c(0.25, 1, 1.25))
  expect_identical(cm$Rate[1], "0.5000 / 0.7500")
  expect_false(anyDuplicated(row.names(cm)) > 0)

  many <- measure_confusion(c(0, 1), c(1, 1), c("x", "y"), c(1234567, 1))$table
  expect_identical(many$Rate[1], "1,234,567 / 1,234,567")
})

test_that("a class without rows has no error and does not count", {
  cm <- measure_confusion(c(0, 1), c(1, 1), c("x", "y", "z"))$table
  expect_identical(cm$Error[3], NaN)
  expect_identical(cm$Rate[3], "0 / 0")
  expect_equal(mean_per_class_error(c(1, 0, 0), c(1, 1, 0)), 1 / 2)
  expect_identical(mean_per_class_error(c(0, 0), c(0, 0)), NaN)
})

test_that("the square of many classes is made when it is asked for, up to 1,000", {
  set.seed(7)
  actual <- sample(0:299, 900, TRUE)
  predicted <- sample(0:299, 900, TRUE)
  weights <- stats::runif(900)
  levels <- paste0("c", 1:300)
  cm <- measure_confusion(actual, predicted, levels, weights)
  counts <- as.vector(tapply(
    weights, list(factor(actual, 0:299), factor(predicted, 0:299)), sum,
    default = 0
  ))
  expect_equal(cm$table, confusion_table(matrix(counts, 300), levels))
  expect_identical(cm[["table"]], cm$table)
  expect_lt(object.size(cm), object.size(cm$table) / 10)
  few <- measure_confusion(actual %% 100, predicted %% 100, levels[1:100])
  expect_named(few, "table")

  levels <- as.character(seq_len(1001))
  expect_warning(
    cm <- measure_confusion(0, 1, levels), "1,001 classes",
    class = "feedforward_metric_warning"
  )
  expect_null(cm$table)
  expect_silent(measure_confusion(0, 1, levels[-1]))
})

test_that("labels and ranks of rows are those of R", {
  set.seed(8)
  for (rows in c(1, 2, 63, 130)) {
    p <- matrix(round(stats::runif(rows * 7), 1), rows)
    expect_identical(class_labels(p), max.col(p, ties.method = "first") - 1L)
    code <- sample(0:6, rows, TRUE)
    place <- vapply(seq_len(rows), function(i) {
      match(code[i] + 1, order(-p[i, ])) - 1L
    }, 1L)
    expect_identical(ahead_in_rows(p, code), place)
  }
  p[3, 2] <- NaN
  expect_identical(is.na(class_labels(p)), seq_len(130) == 3)
  expect_error(ahead_in_rows(p, rep(7L, 130)), "beyond its columns")
  expect_error(ahead_in_rows(p, NA_integer_), "no code")
})

test_that("hit ratios count the classes before the actual one", {
  set.seed(6)
  d <- random_classes(400, 12)
  d$p <- round(d$p, 2)
  hits <- hit_ratios(d$p, d$actual, d$weights)
  expect_identical(hits$k, 1:10)
  # order() is stable: equal probabilities stay in level order.
  direct <- vapply(1:10, function(k) {
    hit <- vapply(seq_len(400), function(i) {
      (d$actual[i] + 1) %in% order(-d$p[i, ])[seq_len(k)]
    }, logical(1))
    sum(d$weights * hit) / sum(d$weights)
  }, numeric(1))
  expect_equal(hits$hit_ratio, direct)
  error <- sum(d$weights * (class_labels(d$p) != d$actual)) / sum(d$weights)
  expect_equal(hits$hit_ratio[1], 1 - error)
  expect_equal(hit_ratios(diag(3), c(0, 1, 1))$hit_ratio, c(2, 2, 3) / 3)
})

# Class balance: which rows train how often, and probabilities back at the prior.

balance_of <- function(counts, ...) {
  codes <- rep(seq_along(counts) - 1L, counts)
  arguments <- check_arguments(list(balance_classes = TRUE, ...))
  balanced <- balance_rows(NULL, codes, length(counts), arguments, c(5, 0))
  balanced$counts <- tabulate(codes[balanced$rows] + 1, length(counts))
  balanced
}

test_that("all classes become as frequent as the largest, whole rows first", {
  balanced <- balance_of(c(100, 30, 7))
  expect_identical(balanced$counts, c(100L, 100L, 100L))
  # Each row of a class as often as the others, or once more.
  times <- tabulate(balanced$rows, 137)
  expect_identical(times[1:100], rep(1L, 100))
  expect_setequal(times[101:130], 3:4)
  expect_setequal(times[131:137], 14:15)
  expect_false(is.unsorted(balanced$rows))
  expect_equal(balanced$correction, c(100, 30, 7) / 137 * 3)
})

test_that("factors are taken as they are, and a cap scales all", {
  expect_identical(balance_of(c(100, 40), class_sampling_factors = c(0.5, 2))$counts,
    c(50L, 80L))
  expect_identical(balance_of(c(100, 10), max_after_balance_size = 1)$counts, c(55L, 55L))
  expect_identical(
    balance_of(c(100, 40), class_sampling_factors = c(0, 0))$counts, c(100L, 100L)
  )
  # No class is lost.
  expect_identical(min(balance_of(c(1000, 3), max_after_balance_size = 1e-3)$counts), 1L)
})

test_that("training on balanced rows is training on those rows, corrected to the prior", {
  rows <- two_classes(400)
  rows <- rows[rows$class == "yes" | seq_len(400) %% 4 == 0, ]
  fit <- function(data, ...) {
    few_steps(class ~ a + b, data, hidden = 4, epochs = 4, seed = 3, ...)
  }
  balanced <- fit(rows, balance_classes = TRUE, keep_state = FALSE)
  shares <- table(rows$class) / nrow(rows)
  expect_equal(balanced$training_rows, 2 * max(table(rows$class)))
  expect_equal(balanced$response$correction, as.vector(shares) / 0.5)
  expect_identical(balanced$encoding, fit(rows)$encoding)
  # The network says what it learned, prediction what the rows were.
  link <- predict(balanced, rows, type = "link")
  p <- exp(link) %*% diag(as.vector(shares))
  expect_equal(
    predict(balanced, rows, type = "prob"), p / rowSums(p),
    ignore_attr = TRUE, tolerance = 1e-6
  )
  expect_lt(abs(mean(predict(balanced, rows)) - shares[["yes"]]), 0.1)
  kinds <- rows
  kinds$class <- factor(c("k", "l", "m")[1 + (rows$a > 0) + (rows$a > 0.9)])
  three <- fit(kinds, balance_classes = TRUE)
  prob <- predict(three, kinds, type = "prob")
  expect_equal(rowSums(prob), rep(1, nrow(kinds)))
  expect_identical(
    as.character(predict(three, kinds, type = "class")), colnames(prob)[max.col(prob)]
  )
  crossed <- fit(rows, balance_classes = TRUE, nfolds = 2)
  expect_equal(crossed$cross_validation$metrics$nobs, nrow(rows))
  file <- withr::local_tempfile()
  save_model(balanced, file)
  expect_identical(predict(load_model(file), rows), predict(balanced, rows))
})

test_that("balance is refused where it means nothing", {
  rows <- two_classes(60)
  rows$w <- rows$a^2
  argument_error(
    few_steps(number ~ a, rows, balance_classes = TRUE), "is for classification"
  )
  argument_error(
    few_steps(class ~ a, rows, balance_classes = TRUE, weights_column = "w"),
    "beside `weights_column`"
  )
  argument_error(
    few_steps(class ~ a, rows, balance_classes = TRUE, class_sampling_factors = 1:3),
    "a number for each class: 2, not 3"
  )
  argument_error(few_steps(class ~ a, rows, class_sampling_factors = -1), "above 0")
  expect_warning(
    few_steps(class ~ a, rows, class_sampling_factors = 1:2, epochs = 1),
    "`balance_classes` is FALSE", class = "feedforward_ignored_argument_warning"
  )
  edited <- quick_fit(class ~ a, rows, balance_classes = TRUE)
  edited$response$correction <- 1
  expect_error(predict(edited, rows), "response.correction", class = "feedforward_error")
})

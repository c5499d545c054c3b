test_that("multinomial measures equal their values by hand", {
  p <- rbind(c(0.5, 0.3, 0.2), c(0.1, 0.2, 0.7), c(0.4, 0.4, 0.2), c(0.1, 0.1, 0.8))
  actual <- c(0L, 2L, 1L, 0L)
  w <- c(1, 2, 3, 4)
  m <- compute_metrics(class_response(c("a", "b", "c")), p, actual, w, options_of())
  expect_equal(m$logloss, -sum(w * log(c(0.5, 0.7, 0.4, 0.1))) / 10)
  expect_equal(m$MSE, sum(w * c(0.5, 0.3, 0.6, 0.9)^2) / 10)
  # Row 3 is a tie and goes to "a".
  expect_equal(m$classification_error, 7 / 10)
  expect_equal(m$mean_per_class_error, (4 / 5 + 1 + 0) / 3)
  expect_equal(m$hit_ratio_table$hit_ratio, c(3, 10, 10) / 10)
  expect_equal(unname(as.matrix(m$cm$table[1:3, 1:3])), rbind(
    c(1, 0, 4), c(3, 0, 0), c(0, 0, 2)
  ))
  expect_identical(c(m$AUC, m$pr_auc), c(NaN, NaN))
  expect_null(m$multinomial_auc_table)
})

test_that("more than a thousand classes are no limit", {
  set.seed(1)
  k <- 1200
  d <- random_classes(300, k)
  metrics <- function(...) {
    compute_metrics(
      class_response(paste0("c", seq_len(k))), d$p, d$actual,
      arguments = options_of(), ...
    )
  }
  # Only the table is left out, which no scoring in training has.
  expect_silent(m <- metrics(tables = FALSE))
  expect_equal(m$logloss, -mean(log(d$p[cbind(1:300, d$actual + 1)])))
  expect_warning(m <- metrics(), "left out", class = "feedforward_metric_warning")
  expect_null(m$cm$table)
  expect_equal(m$hit_ratio_table$hit_ratio[[1]], 1 - m$classification_error)
  lines <- utils::capture.output(print(m))
  expect_false(any(grepl("Confusion", lines)))
})

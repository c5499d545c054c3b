test_that("binomial measures equal their values by hand", {
  # Ranked: 0.9 yes, 0.8 no, 0.7 yes, 0.2 no.
  m <- compute_metrics(
    class_response(c("no", "yes")), c(0.2, 0.9, 0.8, 0.7), c(0L, 1L, 0L, 1L),
    arguments = options_of()
  )
  expect_equal(m$MSE, mean(c(0.2, 0.1, 0.8, 0.3)^2))
  expect_equal(m$r2, 1 - m$MSE / 0.25)
  expect_equal(m$logloss, -mean(log(c(0.8, 0.9, 0.2, 0.7))))
  expect_equal(m$AUC, 3 / 4)
  expect_equal(m$Gini, 1 / 2)
  # First step: precision 1 up to recall 1/2. Then h = 0 from (1, 1) to (2, 1).
  expect_equal(m$pr_auc, 1 / 2 + (1 / 2 - 1 / 2 * log(3 / 2)))
  expect_equal(m$default_threshold, 0.7)
  expect_equal(m$classification_error, 1 / 4)
  expect_equal(m$mean_per_class_error, 1 / 4)
  expect_equal(m$lift_top_group, 2)
  expect_identical(m$domain, c("no", "yes"))
  expect_identical(m$cm$table$Rate, c("1 / 2", "0 / 2", "1 / 4"))
})

test_that("a single class leaves AUC missing, with a warning, and log loss finite", {
  for (code in 0:1) {
    expect_warning(
      m <- compute_metrics(
        class_response(c("a", "b")), c(0.2, 0.6, 0.7), rep(code, 3),
        arguments = options_of()
      ),
      if (code == 0) "\"a\"" else "\"b\"",
      class = "feedforward_metric_warning"
    )
    expect_true(all(is.na(c(m$AUC, m$pr_auc, m$Gini))))
    expect_true(is.finite(m$logloss))
    expect_identical(m$r2, NaN)
    expect_equal(sum(m$cm$table[1:2, 1:2]), 3)
    # F1 tells no threshold: the one that is given, else one half.
    expect_identical(m$default_threshold, 0.5)
    suppressWarnings(
      m <- compute_metrics(
        class_response(c("a", "b")), c(0.2, 0.6, 0.7), rep(code, 3),
        arguments = options_of(), settled = list(threshold = 0.65)
      )
    )
    expect_identical(m$default_threshold, 0.65)
    expect_equal(m$cm$table[3, 1:2], data.frame(a = 2, b = 1, row.names = "Totals"))
    expect_s3_class(m$gains_lift_table, "data.frame")
  }
})

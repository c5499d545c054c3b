test_that("each metric has its direction, and NaN never wins", {
  lower <- c(
    "deviance", "logloss", "MSE", "RMSE", "MAE", "RMSLE", "misclassification",
    "mean_per_class_error"
  )
  higher <- c("AUC", "AUCPR", "lift_top_group")
  expect_setequal(c(lower, higher), stopping_metrics)
  for (metric in c(lower, higher)) {
    better <- if (metric %in% lower) 1 else 2
    expect_true(is_better(better, 3 - better, metric))
    expect_false(is_better(3 - better, better, metric))
    expect_false(is_better(1, 1, metric))
    expect_false(is_better(NaN, 1, metric))
    expect_false(is_better(NaN, NaN, metric))
    expect_true(is_better(1, NaN, metric))
  }
})

test_that("metrics are found under their names in a metrics list", {
  metrics <- list(
    mean_residual_deviance = 1, logloss = 2, MSE = 3, RMSE = 4, mae = 5, rmsle = 6,
    AUC = 7, pr_auc = 8, lift_top_group = 9, classification_error = 10,
    mean_per_class_error = 11
  )
  found <- vapply(stopping_metrics, measure_value, 0, metrics = metrics)
  expect_equal(unname(found), as.numeric(1:11))
  expect_equal(measure_value(list(), "AUC"), NaN)
})

test_that("each measure is a whole row, and no two share a column or a label", {
  for (name in names(measures)) {
    expect_setequal(names(measures[[name]]), names(formals(measure)))
    expect_type(measures[[name]]$field, "character")
    expect_true(measures[[name]]$floor %in% c(TRUE, FALSE), info = name)
  }
  for (property in c("field", "column", "label", "title")) {
    values <- measure_property(names(measures), property)
    expect_false(any(duplicated(values[!is.na(values)])), info = property)
  }
  # A column of the history can be plotted, so it has a title.
  drawn <- !is.na(measure_property(names(measures), "column"))
  titled <- !is.na(measure_property(names(measures), "title"))
  expect_identical(drawn, titled)
})

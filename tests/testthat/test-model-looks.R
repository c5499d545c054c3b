# Confusion at any threshold, gains, lift, calibration, residuals, data kept.

test_that("a confusion matrix counts what is predicted as what", {
  rows <- two_classes(200)
  rows$w <- 1 + rows$a^2
  model <- quick_fit(class ~ a + b, rows, weights_column = "w")
  for (threshold in c(0.2, 0.5, 0.9)) {
    found <- confusion_matrix(model, rows, threshold = threshold)
    said <- predict(model, rows, type = "class", threshold = threshold)
    counts <- tapply(rows$w, list(rows$class, said), sum)
    counts[is.na(counts)] <- 0
    expect_equal(as.matrix(found[1:2, 1:2]), counts, ignore_attr = TRUE)
    expect_identical(attr(found, "threshold"), threshold)
  }
  expect_identical(
    confusion_matrix(model), structure(
      model$training_metrics$cm$table, threshold = model$default_threshold
    )
  )
  stored <- confusion_matrix(performance(model, rows), threshold = 0.5)
  at <- attr(stored, "threshold")
  expect_equal(stored[1:2, 1:2], confusion_matrix(model, rows, threshold = at)[1:2, 1:2])
  three <- confusion_matrix(quick_fit(Species ~ ., iris), iris)
  expect_identical(dim(three), c(4L, 5L))
  argument_error(confusion_matrix(quick_fit(number ~ a, rows), rows), "of classes")
  argument_error(confusion_matrix(quick_fit(number ~ a, rows)), "Only models of classes")
  argument_error(confusion_matrix(model, threshold = 2), "between 0 and 1")
  argument_error(confusion_matrix(quick_fit(Species ~ ., iris), threshold = 0.5), "two")
  argument_error(confusion_matrix(1), "must be a model")
})

test_that("gains, lift and calibration are those of groups by score", {
  rows <- two_classes(1000)
  model <- few_steps(class ~ a + b, rows, hidden = 5, epochs = 10, seed = 1)
  metrics <- performance(model, rows)
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  p <- predict(model, rows)
  event <- rows$class == "yes"
  gains <- plot(metrics, "gains")
  for (i in c(3, 8, 12)) {
    first <- order(-p)[seq_len(round(gains$fraction[[i]] * 1000))]
    expect_equal(gains$value[[i]], sum(event[first]) / sum(event))
  }
  lift <- plot(metrics, "lift")
  expect_equal(lift$value, gains$value[-1] / gains$fraction[-1])
  calibration <- plot(metrics, "calibration")
  expect_equal(sum(calibration$share * calibration$predicted), mean(p))
  expect_equal(sum(calibration$share * calibration$observed), mean(event))
  argument_error(plot(performance(quick_fit(number ~ a, rows)), "gains"), "two classes")
})

test_that("data kept are what fitted(), residuals() and plots ask for", {
  rows <- two_classes(90)
  rows$number[4] <- NA
  fit <- function(...) suppressWarnings(quick_fit(...))
  model <- fit(number ~ sin(a) + b, rows, keep_data = TRUE)
  expect_identical(fitted(model), predict(model, rows))
  expect_identical(residuals(model), rows$number - predict(model, rows))
  beside <- fit(rows[c("a", "b")], rows$number, keep_data = TRUE)
  expect_identical(residuals(beside), rows$number - predict(beside, rows))
  argument_error(fitted(fit(number ~ a, rows)), "keep_data = TRUE")
  file <- withr::local_tempfile()
  save_model(model, file)
  expect_identical(fitted(load_model(file)), fitted(model))
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  drawn <- plot(model, what = "residuals")
  expect_identical(drawn$residual, residuals(model))
  expect_identical(nrow(plot(model, what = "residuals", newdata = rows[1:20, ])), 20L)
  argument_error(
    plot(fit(class ~ a, rows), what = "residuals", newdata = rows), "numbers"
  )
})

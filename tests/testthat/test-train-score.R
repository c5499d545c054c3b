test_that("Huber's threshold follows the training residuals", {
  trainer <- fake_trainer(
    function(s) (100 / s)^2,
    validation_curve = function(s) 16
  )
  result <- train_on(
    trainer,
    validation = TRUE, distribution = "huber", scale = 0.5, epochs = 2,
    huber_alpha = 0.9
  )
  # In the network the residual is 100 / s, in units of the response twice that.
  expect_equal(trainer$log$huber, 100 / c(20, 40))
  # Validation is judged by the training sample's threshold: residual 8, threshold 10
  # and 5, so 8^2 and (2 x 8 - 5) 5.
  expect_equal(result$scoring_history$validation_deviance[2:3], c(64, 55))
  # The model's own metrics take the threshold of the data they are on.
  expect_equal(result$validation_metrics$mean_residual_deviance, 64)
})

test_that("Huber's threshold has a floor", {
  trainer <- fake_trainer(function(s) 0)
  train_on(trainer, distribution = "huber", epochs = 1)
  expect_equal(trainer$log$huber, 1e-6)
})

test_that("a sample of the training rows is scored when there are more", {
  trainer <- fake_trainer(function(s) 1000 - s)
  result <- train_on(trainer, score_training_samples = 7)
  expect_equal(result$training_metrics$nobs, 7)
  expect_match(result$training_metrics$description, "temporary training frame with 7")
})

test_that("no other loss has a threshold to move", {
  trainer <- fake_trainer(function(s) 1000 - s)
  train_on(trainer, distribution = "laplace")
  expect_length(trainer$log$huber, 0)
})

test_that("what measures have to say at every scoring is said once", {
  data <- two_classes(400)
  of_class <- function(one) {
    transform(data[1:50, ], class = factor(one, c("no", "yes")))
  }
  for (class in c("no", "yes")) {
    warnings <- testthat::capture_warnings(
      model <- quick_fit(class ~ a + b, data, validation_frame = of_class(class))
    )
    expect_length(warnings, 1)
    expect_match(warnings, sprintf("^Metrics of the validation rows: AUC.*\"%s\"", class))
    # Rows of one class have no threshold: that of the training rows labels.
    threshold <- model$training_metrics$default_threshold
    expect_identical(model$default_threshold, threshold)
    expect_identical(model$validation_metrics$default_threshold, threshold)
    judged <- suppressWarnings(performance(model, of_class(class)))
    expect_identical(judged$default_threshold, threshold)
    expect_identical(judged$cm$table, model$validation_metrics$cm$table)
  }
  both <- quick_fit(class ~ a + b, data, validation_frame = data[1:50, ])
  expect_identical(both$default_threshold, both$validation_metrics$default_threshold)
})

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

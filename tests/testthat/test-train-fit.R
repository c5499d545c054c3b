test_that("the last metrics are those of the model that is returned", {
  data <- two_classes()
  model <- deeplearning(
    class ~ a + b + group, data[1:800, ],
    validation_frame = data[801:1200, ], hidden = 8, epochs = 5, seed = 1
  )
  last <- utils::tail(model$scoring_history, 1)
  expect_equal(last$training_logloss, model$training_metrics$logloss)
  expect_equal(last$validation_logloss, model$validation_metrics$logloss)
  expect_equal(last$validation_auc, model$validation_metrics$AUC)
  expect_equal(
    performance(model, data[801:1200, ])$logloss, model$validation_metrics$logloss
  )
  expect_equal(model$default_threshold, model$validation_metrics$default_threshold)
  expect_equal(
    min(model$scoring_history$validation_logloss, na.rm = TRUE),
    model$validation_metrics$logloss
  )
})

test_that("classes that training did not know are left out of validation", {
  train <- droplevels(iris[iris$Species != "setosa", ])
  expect_warning(
    model <- quick_fit(Species ~ ., train, validation_frame = iris),
    "setosa",
    class = "feedforward_warning"
  )
  expect_equal(model$validation_metrics$nobs, 100)
  expect_equal(model$validation_metrics$logloss, model$training_metrics$logloss)
})

test_that("validation rows may come as x and y", {
  x <- as.matrix(iris[1:4])
  odd <- seq(1, 150, 2)
  model <- quick_fit(
    x[odd, ], iris$Species[odd],
    validation_frame = list(x = x[-odd, ], y = iris$Species[-odd])
  )
  other <- quick_fit(Species ~ ., iris[odd, ], validation_frame = iris[-odd, ])
  expect_equal(model$validation_metrics$logloss, other$validation_metrics$logloss)
  expect_error(
    quick_fit(x, iris$Species, validation_frame = 3),
    "list of `x` and `y`",
    class = "feedforward_argument_error"
  )
  expect_error(
    quick_fit(x, iris$Species, validation_frame = list(x = x, y = 1:3)),
    class = "feedforward_input_error"
  )
})

test_that("rows without response, of weight 0 or incomplete under Skip do not train", {
  data <- two_classes(200)
  data$w <- rep(c(1, 0), 100)
  part <- data[data$w == 1, ]
  expect_warning(
    model <- quick_fit(class ~ a + b, data[setdiff(names(data), "w")][-1, ]),
    NA
  )
  weighted <- quick_fit(class ~ a + b, data, weights_column = "w")
  same_network(weighted, quick_fit(class ~ a + b, part))
  expect_equal(weighted$training_rows, 100)
  data$class[5] <- NA
  expect_warning(
    model <- quick_fit(class ~ a + b, data),
    class = "feedforward_missing_response_warning"
  )
  expect_equal(model$training_rows, 199)
  gap <- part
  gap$a[c(3, 10)] <- NA
  skipping <- quick_fit(class ~ a + b, gap, missing_values_handling = "Skip")
  same_network(skipping, quick_fit(class ~ a + b, part[-c(3, 10), ]))
})

test_that("early stopping and divergence show in the status", {
  data <- two_classes()
  model <- deeplearning(
    class ~ a + b, data,
    hidden = 3, epochs = 1000, seed = 1, stopping_rounds = 2, stopping_tolerance = 0.5
  )
  expect_equal(model$status, "stopped early")
  expect_lt(model$epochs_trained, 1000)
  expect_error(
    deeplearning(
      number ~ a + b, data,
      hidden = 8, epochs = 2, seed = 1, optimizer = "sgd", rate = 1e6
    ),
    class = "feedforward_unstable_error"
  )
  expect_warning(
    model <- deeplearning(
      class ~ a + b, data,
      hidden = 8, epochs = 1e6, seed = 1, max_runtime_secs = 0.001
    ),
    class = "feedforward_time_limit_warning"
  )
  expect_equal(model$status, "time limit")
  expect_length(predict(model, data), 1200)
})

test_that("epochs = 0 returns the initial network, scored", {
  weights <- list(matrix(1:8 / 10, 2), matrix(c(1, -1), 1))
  model <- deeplearning(
    number ~ a + b + group, two_classes(30),
    hidden = 2, epochs = 0, seed = 1, standardize = FALSE,
    initial_weights = list(NULL, weights[[2]]), initial_biases = list(c(1, 2), 3)
  )
  expect_equal(unname(model$weights[[2]]), weights[[2]])
  expect_equal(unname(model$biases[[1]]), c(1, 2))
  expect_equal(model$samples, 0)
  expect_true(is.finite(model$training_metrics$MSE))
})

test_that("every distribution learns", {
  data <- two_classes()
  data$count <- round(exp(data$number))
  for (distribution in c("gaussian", "laplace", "huber", "poisson", "tweedie")) {
    model <- deeplearning(
      count ~ a + b + group, data,
      distribution = distribution, hidden = 10, epochs = 10, seed = 1
    )
    curve <- model$scoring_history$training_deviance
    expect_lt(utils::tail(curve, 1), curve[[2]])
    expect_gt(stats::cor(predict(model, data), data$count), 0.9)
  }
})

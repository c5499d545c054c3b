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

test_that("a class that lost its rows is none, however it lost them", {
  data <- two_classes(90)
  data$kind <- factor(rep_len(c("p", "q", "r"), 90), c("r", "q", "p", "s"))
  valid <- cbind(data, w = 1)
  fit <- function(data, ...) quick_fit(kind ~ a + b, data, ...)
  ways <- list(
    declared = list(data = data[data$kind != "r", ]),
    weight = list(
      data = cbind(data, w = as.numeric(data$kind != "r")), weights_column = "w"
    ),
    incomplete = list(
      data = transform(data, a = ifelse(kind == "r", NA, a)),
      missing_values_handling = "Skip"
    )
  )
  for (way in ways) {
    expect_warning(
      model <- do.call(fit, c(way, list(validation_frame = valid[1:2, ]))),
      "`kind` without a row that trains are left out: \"r\", \"s\"",
      class = "feedforward_unused_classes_warning"
    )
    expect_s3_class(model, "deeplearning_binomial")
    expect_identical(model$response$levels, c("q", "p"))
    expect_true(is.finite(model$default_threshold))
    # What it does not know in new rows is told.
    expect_warning(
      told <- performance(model, data),
      class = "feedforward_unseen_classes_warning"
    )
    expect_equal(told$nobs, 60)
    expect_warning(
      suppressWarnings(
        do.call(fit, c(way, list(validation_frame = valid))),
        "feedforward_unused_classes_warning"
      ),
      class = "feedforward_unseen_classes_warning"
    )
  }
  gone <- transform(data, a = ifelse(kind == "q", a, NA))
  expect_error(
    suppressWarnings(fit(gone, missing_values_handling = "Skip")), "the one class \"q\"",
    class = "feedforward_input_error"
  )
})

test_that("inputs of levels that lost their rows are not trained", {
  data <- two_classes(90)
  data$group <- factor(data$group, c("u", "v", "w", "x"))
  data$number[data$group == "w"] <- NA
  model <- suppressWarnings(quick_fit(number ~ a + group, data))
  first <- weights(model, 1)
  expect_true(all(first[, c("group.w", "group.x", "group.missing(NA)")] == 0))
  expect_true(all(first[, c("group.u", "group.v", "a")] != 0))
  new <- data.frame(a = 0, group = c("w", "x", NA))
  expect_warning(p <- predict(model, new), "`group`: \"w\", \"x\"")
  expect_identical(p, rep(p[3], 3))
})

test_that("divergence blames weights that are very uneven", {
  data <- two_classes(300)
  data$even <- rep_len(c(1000, 2000), 300)
  data$uneven <- c(1e5, rep(1, 299))
  message <- function(column) {
    tryCatch(
      deeplearning(
        c("a", "b"), "number", data,
        weights_column = column, hidden = 8, epochs = 2, seed = 1, optimizer = "sgd",
        rate = 100
      ),
      feedforward_unstable_error = conditionMessage
    )
  }
  expect_no_match(message("even"), "weights are very uneven")
  expect_match(message("uneven"), "weights are very uneven.* 299 times their mean")
})

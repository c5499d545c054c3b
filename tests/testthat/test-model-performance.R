test_that("without new rows a model tells what it carries", {
  model <- fake_model("binomial", validation = TRUE)
  expect_identical(performance(model), model$training_metrics)
  expect_identical(performance(model, train = TRUE), model$training_metrics)
  expect_identical(performance(model, valid = TRUE), model$validation_metrics)
  expect_error(
    performance(fake_model("binomial"), valid = TRUE), "validation_frame",
    class = "feedforward_argument_error"
  )
})

test_that("metrics of new rows are those of their predictions", {
  data <- fake_data()
  two <- fake_model("binomial")
  metrics <- performance(two, data)
  p <- predict(two, data)
  truth <- data$colour == "blue"
  expect_s3_class(metrics, "deeplearning_metrics_binomial")
  expect_equal(metrics$logloss, -mean(log(ifelse(truth, p, 1 - p))))
  pairs <- outer(p[truth], p[!truth], function(a, b) (a > b) + (a == b) / 2)
  expect_equal(metrics$AUC, mean(pairs))

  number <- fake_model("regression")
  error <- predict(number, data) - data$weight
  expect_equal(performance(number, data)$MSE, mean(error^2))
  expect_equal(performance(number, data)$mae, mean(abs(error)))

  more <- fake_model("multinomial")
  p <- predict(more, data)
  expect_equal(
    performance(more, data)$logloss, -mean(log(p[cbind(1:5, as.integer(data$kind))]))
  )
})

test_that("classes go by name, and the response may come as a vector", {
  data <- fake_data()
  more <- fake_model("multinomial")
  plain <- performance(more, data)$logloss
  swapped <- data
  swapped$kind <- factor(swapped$kind, levels = c("z", "x", "y"))
  expect_identical(performance(more, swapped)$logloss, plain)
  swapped$kind <- as.character(data$kind)
  expect_identical(performance(more, swapped)$logloss, plain)
  expect_identical(
    performance(more, data[c("size", "group")], y = data$kind)$logloss, plain
  )
  expect_error(
    performance(more, data[c("size", "group")]), "lacks the response `kind`",
    class = "feedforward_input_error"
  )
  expect_error(
    performance(more, data, y = "x"), "1 value .* 5 rows",
    class = "feedforward_input_error"
  )
})

test_that("rows without a response that the model knows are left out", {
  data <- fake_data()
  more <- fake_model("multinomial")
  known <- performance(more, data[c(1, 2, 4), ])
  data$kind <- c("x", "y", "new", "x", NA)
  expect_warning(
    metrics <- performance(more, data), "1 row is left out.*\"new\"",
    class = "feedforward_unseen_classes_warning"
  )
  expect_identical(metrics$nobs, 3L)
  expect_identical(metrics$logloss, known$logloss)
  data$kind <- NA_character_
  expect_error(
    performance(more, data), "No row of `newdata`",
    class = "feedforward_input_error"
  )
  number <- fake_model("regression")
  data <- fake_data()
  data$weight[[1]] <- NA
  expect_identical(
    performance(number, data)$MSE, performance(number, data[-1, ])$MSE
  )
})

test_that("weights count where training had them and the column is there", {
  data <- fake_data()
  data$times <- c(2, 0, 1, 3, 1)
  weighted <- fake_model("regression", arguments = list(weights_column = "times"))
  repeated <- data[rep(1:5, data$times), ]
  plain <- fake_model("regression")
  expect_equal(performance(weighted, data)$MSE, performance(plain, repeated)$MSE)
  expect_equal(performance(plain, data)$MSE, performance(plain, fake_data())$MSE)
  expect_equal(
    performance(weighted, fake_data())$MSE, performance(plain, fake_data())$MSE
  )
  data$times[[1]] <- -1
  expect_error(performance(weighted, data), "`times`", class = "feedforward_input_error")
  data$times <- 0
  expect_error(performance(weighted, data), "weight", class = "feedforward_input_error")
})

test_that("requests that contradict themselves are refused", {
  model <- fake_model("multinomial", validation = TRUE)
  data <- fake_data()
  refused <- function(call, text) {
    expect_error(call, text, class = "feedforward_argument_error")
  }
  refused(performance(model, train = TRUE, valid = TRUE), "Only one")
  refused(performance(model, data, valid = TRUE), "no meaning together")
  refused(performance(model, valid = NA), "TRUE or FALSE")
  refused(performance(model, y = data$kind), "without `newdata`")
  refused(performance(model, auc_type = "NONE"), "needs `newdata`")
  refused(performance(model, data, auc_type = "ovr"), "MACRO_OVR")
  refused(performance(model, data, xval = TRUE), "`xval`")
})

test_that("the AUC of more classes is computed when asked for", {
  data <- fake_data()
  model <- fake_model("multinomial")
  expect_true(is.nan(performance(model, data)$AUC))
  expect_true(is.finite(
    suppressWarnings(performance(model, data, auc_type = "macro_ovr"))$AUC
  ))
})

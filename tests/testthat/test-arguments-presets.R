# What a preset fills in, and where it makes way.

test_that("a preset fills in what is not given, and the model says so", {
  data <- two_classes()
  fit <- function(...) {
    suppressWarnings(deeplearning(class ~ a + b + group, data, seed = 1, ...))
  }
  model <- fit(preset = "best", epochs = 3)
  expect_identical(model$filled$members, 8)
  expect_false("epochs" %in% names(model$filled))
  expect_length(model$members, 7)
  expect_identical(model$arguments$numeric_embedding, "piecewise_linear")
  expect_lt(model$training_rows, nrow(data))
  expect_output(print(model), "Filled in by preset \"best\": optimizer adamw")
  # The same as written out, and going on needs it no more.
  written <- do.call(fit, c(model$filled[setdiff(
    names(model$filled), "mini_batch_size"
  )], list(epochs = 3, mini_batch_size = 256)))
  same_network(model, written)
  expect_identical(model$members, written$members)
  more <- suppressWarnings(
    deeplearning(class ~ a + b + group, data, checkpoint = model, epochs = 4)
  )
  expect_identical(more$arguments$preset, "best")
  expect_identical(names(more$filled), names(model$filled))
  expect_length(fit(preset = "h2o", epochs = 1)$filled, 0)
  expect_error(fit(preset = "good"), "`preset`", class = "feedforward_argument_error")
})

test_that("each setting makes way for what is given in its place", {
  filled <- function(...) {
    attr(check_arguments(list(preset = "best", ...)), "filled")
  }
  expect_false(any(c("rate", "weight_decay", "optimizer") %in% filled(optimizer = "sgd")))
  expect_false("numeric_embedding" %in% filled(scaling = "robust"))
  expect_false("numeric_embedding" %in% filled(standardize = FALSE))
  expect_true("numeric_embedding" %in% filled(standardize = TRUE))
  expect_false("validation_share" %in% filled(validation_frame = iris))
  expect_false(any(c("members", "validation_share") %in% filled(shards = 2)))
  expect_false(any(c("activation", "hidden_dropout_ratios") %in% filled(hidden = 5)))
  sparse <- structure(list(), class = "feedforward_shards")
  expect_false(any(
    c("members", "numeric_embedding") %in% filled(training_frame = sparse)
  ))
})

test_that("every preset trains every kind of problem", {
  for (preset in names(presets)) {
    fit <- function(...) {
      suppressWarnings(deeplearning(..., preset = preset, epochs = 2, seed = 1))
    }
    expect_length(predict(fit(mpg ~ ., mtcars), mtcars), 32)
    expect_identical(dim(predict(fit(Species ~ ., iris), iris)), c(150L, 3L))
    expect_length(as.matrix(anomaly(fit(iris, autoencoder = TRUE), iris)), 150)
    expect_length(
      predict(fit(carb ~ ., mtcars, distribution = "poisson", nfolds = 2), mtcars), 32
    )
  }
})

test_that("a preset holds nothing out of a handful of rows", {
  model <- suppressWarnings(
    deeplearning(mpg ~ wt, mtcars[1:4, ], preset = "best", epochs = 2, seed = 1)
  )
  expect_identical(model$training_rows, 4L)
  expect_identical(model$filled$validation_share, 0)
  expect_error(
    deeplearning(mpg ~ wt, mtcars[1:4, ], validation_share = .1), "leaves none"
  )
})

# Several networks whose predictions are averaged.

fit_members <- function(members, ..., data = two_classes()) {
  suppressWarnings(deeplearning(class ~ a + b + group, data,
    hidden = c(6, 5), epochs = 4, seed = 4, stopping_rounds = 0,
    overwrite_with_best_model = FALSE, members = members, ...
  ))
}

# Each member as a model of its own.
alone <- function(model) {
  lapply(parameter_sets(model), function(set) {
    model[c("weights", "biases")] <- set[c("weights", "biases")]
    model["members"] <- list(NULL)
    model
  })
}

mean_prediction <- function(model, data, type) {
  Reduce(`+`, lapply(alone(model), predict, data, type = type)) / length(alone(model))
}

test_that("predictions are the mean of the members', which differ", {
  data <- two_classes()
  model <- fit_members(3)
  expect_length(model$members, 2)
  expect_equal(
    predict(model, data, type = "prob"), mean_prediction(model, data, "prob"),
    tolerance = 1e-12
  )
  first <- lapply(alone(model), function(one) one$weights[[1]])
  for (other in first[-1]) expect_gt(max(abs(other - first[[1]])), .1)
  expect_gt(max(abs(first[[2]] - first[[3]])), .1)
  # The first trains as it would alone.
  same_network(alone(model)[[1]], fit_members(1))
  expect_equal(
    performance(model, data)$logloss, model$training_metrics$logloss,
    tolerance = 1e-12
  )
  y <- data$class == levels(data$class)[[2]]
  p <- predict(model, data)
  expect_equal(
    model$training_metrics$logloss, -mean(log(ifelse(y, p, 1 - p))),
    tolerance = 1e-6
  )
})

test_that("numbers are averaged as numbers, whatever the link", {
  for (distribution in c("gaussian", "poisson", "laplace")) {
    model <- suppressWarnings(deeplearning(carb ~ ., mtcars,
      hidden = 4, epochs = 3, seed = 1, members = 4, distribution = distribution
    ))
    expect_equal(
      predict(model, mtcars), mean_prediction(model, mtcars, "response"),
      tolerance = 1e-12
    )
  }
})

test_that("outputs beyond the range of exp() have a finite average", {
  links <- list(matrix(c(900, 0), 1), matrix(c(0, -900), 1))
  classes <- list(kind = "binomial", levels = c("a", "b"))
  averaged <- average_links(classes, links)
  expect_equal(averaged[1, ], c(0, -900 - log(2) + log1p(1)), tolerance = 1e-9)
  counts <- list(kind = "regression", link = "log")
  expect_equal(average_links(counts, links)[1, ], c(900 - log(2), -log(2)))
})

test_that("threads, batches and pauses change nothing", {
  for (more in list(list(), list(optimizer = "adam", mini_batch_size = 16))) {
    fit <- function(...) do.call(fit_members, c(list(3, ...), more))
    one <- fit(threads = 1)
    for (other in list(fit(threads = 3), fit(threads = 2, max_runtime_secs = 1000))) {
      same_network(other, one)
      expect_identical(other$members, one$members)
    }
  }
})

test_that("members go on where they were, and lie in the file of the model", {
  whole <- fit_members(3)
  half <- suppressWarnings(deeplearning(class ~ a + b + group, two_classes(),
    hidden = c(6, 5), epochs = 2, seed = 4, stopping_rounds = 0,
    overwrite_with_best_model = FALSE, members = 3
  ))
  file <- withr::local_tempfile()
  save_model(half, file)
  expect_identical(load_model(file)$members, half$members)
  more <- suppressWarnings(
    deeplearning(class ~ a + b + group, two_classes(), checkpoint = file, epochs = 4)
  )
  same_network(more, whole)
  expect_identical(more$members, whole$members)
  half["state"] <- list(NULL)
  expect_warning(
    deeplearning(class ~ a + b + group, two_classes(), checkpoint = half, epochs = 3),
    class = "feedforward_restart_warning"
  )
  # Though its first network is ready and sound.
  predict(alone(whole)[[1]], two_classes())
  whole$members[[2]]$weights[[1]] <- whole$members[[2]]$weights[[1]][, -1]
  expect_error(predict(whole, two_classes()), "weights of layer 1",
    class = "feedforward_input_error"
  )
})

test_that("what is scored, held out and explained is the average", {
  data <- two_classes()
  model <- fit_members(2, nfolds = 2, keep_cross_validation_models = TRUE)
  expect_length(model$cross_validation$models[[1]]$members, 1)
  table <- varimp(model)
  expect_identical(sum(table$percentage), 1)
  shares <- lapply(alone(model), varimp)
  first <- function(t) t$percentage[[match(table$variable[[1]], t$variable)]]
  expect_equal(table$percentage[[1]], mean(vapply(lapply(alone(model), function(m) {
    m["variable_importances"] <- list(NULL)
    varimp(m)
  }), first, 0)))
  expect_identical(weights(model, 2, member = 2), model$members[[1]]$weights[[2]])
  expect_error(weights(model, member = 3), "`member`",
    class = "feedforward_argument_error"
  )
  expect_error(deep_features(model, data), "averages 2",
    class = "feedforward_argument_error"
  )
  for (bad in list(0, 1.5, NA, "2")) {
    expect_error(fit_members(bad), "`members`", class = "feedforward_argument_error")
  }
  expect_error(fit_members(2, shards = 2), "one process")
  expect_error(
    deeplearning(iris[1:4], autoencoder = TRUE, members = 2), "autoencoder",
    class = "feedforward_argument_error"
  )
})

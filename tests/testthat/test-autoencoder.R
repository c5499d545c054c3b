# No response: the inputs again.

fit_repeat <- function(x = iris, ..., epochs = 30, seed = 1, activation = "Tanh") {
  deeplearning(
    x,
    autoencoder = TRUE, activation = activation, hidden = 3, epochs = epochs,
    seed = seed, ...
  )
}

# The inputs of iris as an autoencoder sees them.
normalised <- function(model, data) {
  group <- model$encoding$groups$number
  numbers <- mapply(function(name, mean, scale) {
    x <- (data[[name]] - mean) * scale
    ifelse(is.na(x), 0, x)
  }, group$columns, group$means, group$scales)
  levels <- model$encoding$groups$onehot$levels$Species
  coded <- outer(match(data$Species, levels), seq_along(levels), `==`)
  coded <- cbind(coded, FALSE)
  coded[is.na(data$Species), ] <- rep(c(FALSE, TRUE), c(length(levels), 1))
  cbind(coded + 0, numbers)
}

test_that("anomalies and features are H2O's, with H2O's weights", {
  golden <- readRDS(test_path("fixtures", "golden-autoencoder.rds"))
  start <- function(...) {
    deeplearning(golden$train,
      autoencoder = TRUE, activation = "Tanh", hidden = 4, epochs = 0, seed = 1, ...)
  }
  inputs <- start()$encoding$input_names
  at <- match(inputs, colnames(golden$weights[[1]]))
  expect_false(anyNA(at))
  model <- start(
    initial_weights = list(golden$weights[[1]][, at], golden$weights[[2]][at, ]),
    initial_biases = list(golden$biases[[1]], golden$biases[[2]][at])
  )
  # H2O's mean of a column with missing values is that of what is known, as ours.
  known <- golden$new$UniqueCarrier %in% golden$train$UniqueCarrier
  rows <- which(!is.na(golden$new$Distance) & known)
  new <- golden$new[rows, ]
  close <- function(actual, expected) expect_lt(max(abs(actual - expected)), 1e-6)
  close(anomaly(model, new), golden$anomaly[rows])
  close(
    anomaly(model, new, per_feature = TRUE)[, paste0("reconstr_", inputs, ".SE")],
    golden$per_feature[rows, paste0("reconstr_", inputs, ".SE")]
  )
  close(deep_features(model, new), golden$deep_features[rows, ])
  # Numbers in units of the data; levels of factors are ours to make probabilities of.
  predicted <- predict(model, new)[, c("reconstr_Distance", "reconstr_CRSDepTime")]
  expect_lt(max(abs(predicted / golden$predictions[rows, colnames(predicted)] - 1)), 1e-5)
  raw <- predict(model, new, type = "link")[, "reconstr_UniqueCarrier.AA"]
  close(raw, golden$predictions[rows, "reconstr_UniqueCarrier.AA"])
  expect_equal(model$training_metrics$MSE, golden$MSE, tolerance = 1e-6)
})

test_that("errors, features and reconstructions are those of the weights", {
  rows <- iris
  rows$Sepal.Width[5] <- NA
  rows$Species[7] <- NA
  model <- fit_repeat(rows)
  x <- normalised(model, rows)
  hidden <- tanh(sweep(x %*% t(weights(model, 1)), 2, biases(model, 1), `+`))
  out <- tanh(sweep(hidden %*% t(weights(model, 2)), 2, biases(model, 2), `+`))
  expect_equal(deep_features(model, rows), hidden, tolerance = 1e-5, ignore_attr = TRUE)
  expect_identical(colnames(deep_features(model, rows)), paste0("DF.L1.C", 1:3))
  expect_equal(predict(model, rows, type = "link"), out, tolerance = 1e-5,
    ignore_attr = TRUE)
  expect_equal(anomaly(model, rows), rowMeans((out - x)^2), tolerance = 1e-5)
  each <- anomaly(model, rows, per_feature = TRUE)
  expect_equal(each, (out - x)^2, tolerance = 1e-4, ignore_attr = TRUE)
  expect_identical(colnames(each)[c(1, 8)],
    c("reconstr_Species.setosa.SE", "reconstr_Petal.Width.SE"))
  predicted <- predict(model, rows)
  expect_equal(rowSums(predicted[, 1:4]), rep(1, 150))
  expect_true(all(predicted[, 1:4] >= 0))
  expect_equal(
    predicted[, "reconstr_Sepal.Length"],
    mean(rows$Sepal.Length) + out[, 5] * diff(range(rows$Sepal.Length)),
    tolerance = 1e-5
  )
  expect_equal(performance(model)$MSE, mean(anomaly(model, rows)))
  few <- rows[1:9, ]
  expect_equal(performance(model, few)$RMSE, sqrt(mean(anomaly(model, few))))
})

test_that("the gradient of a reconstruction is the derivative of its loss", {
  set.seed(3)
  x <- matrix(stats::runif(20, -0.5, 0.5), 5)
  weights <- lapply(c(3, 4), function(units) matrix(stats::rnorm(12, 0, 0.5), units))
  biases <- list(stats::rnorm(3), stats::rnorm(4))
  network <- list(
    inputs = 4, hidden = 3, activation = "Tanh", outputs = 4,
    output = "reconstruction", kept = c(1, 1)
  )
  for (loss in c("gaussian", "laplace", "quantile", "huber")) {
    of <- function(parameters) {
      loss_and_gradient(
        x, list(kind = "inputs", y = NULL, weights = NULL, offset = NULL), network, loss,
        list(huber_delta = 0.3, quantile_alpha = 0.7), parameters$weights,
        parameters$biases
      )
    }
    parameters <- list(weights = weights, biases = biases)
    slope <- difference_gradient(parameters, function(changed) of(changed)$loss)
    found <- of(parameters)[c("weights", "biases")]
    expect_lte(relative_gap(found, slope), 1e-7, label = loss)
  }
})

# One step of SGD from known weights: the network moves against that gradient; sparsity
# adds its share to the biases of hidden units.
one_step <- function(x, weights, biases, ...) {
  deeplearning(
    x,
    autoencoder = TRUE, hidden = 3, epochs = 1, seed = 1, adaptive_rate = FALSE,
    rate = 0.1, rate_annealing = 0, weight_averaging_share = 0, standardize = FALSE,
    initial_weights = weights, initial_biases = biases,
    overwrite_with_best_model = FALSE, shuffle_training_data = FALSE,
    ignore_const_cols = FALSE, ...
  )
}

test_that("a step of training follows the gradient, with and without sparsity", {
  set.seed(4)
  x <- matrix(stats::runif(24, -0.5, 0.5), 6)
  weights <- lapply(c(3, 4), function(units) matrix(stats::rnorm(12, 0, 0.5), units))
  biases <- list(c(0.3, 0.4, -0.2), stats::rnorm(4))
  target <- list(kind = "inputs", y = NULL, weights = NULL, offset = NULL)
  for (activation in c("Tanh", "Rectifier")) {
    network <- list(
      inputs = 4, hidden = 3, activation = activation, outputs = 4,
      output = "reconstruction", kept = c(1, 1)
    )
    act <- if (activation == "Tanh") tanh else function(z) pmax(z, 0)
    for (batch in c(6, 1)) {
      rows <- if (batch == 1) x[1, , drop = FALSE] else x
      gradient <- loss_and_gradient(
        rows, target, network, "gaussian", list(), weights, biases
      )
      step <- function(...) {
        suppressWarnings(one_step(
          rows, weights, biases,
          activation = activation, mini_batch_size = batch, ...
        ))
      }
      plain <- step()
      for (l in 1:2) {
        expect_equal(
          unname(plain$weights[[l]]), weights[[l]] - 0.1 * gradient$weights[[l]],
          tolerance = 1e-6
        )
        expect_equal(
          unname(plain$biases[[l]]), biases[[l]] - 0.1 * gradient$biases[[l]],
          tolerance = 1e-6
        )
      }
      sparse <- step(sparsity_beta = 2, average_activation = 0.3)
      a <- act(sweep(rows %*% t(weights[[1]]), 2, biases[[1]], `+`))
      means <- (1 - 0.999^batch) * colMeans(a)
      moves <- gradient$biases[[1]] != 0
      expected <- biases[[1]] -
        0.1 * (gradient$biases[[1]] + moves * 2 * (means - 0.3))
      expect_equal(unname(sparse$biases[[1]]), expected, tolerance = 1e-6)
      expect_identical(sparse$biases[[2]], plain$biases[[2]])
      expect_identical(sparse$weights, plain$weights)
    }
  }
})

test_that("sparsity brings mean activations nearer to their aim, and goes on", {
  x <- matrix(sin(1:2000), 200)
  fit <- function(epochs, ...) {
    fit_repeat(x, epochs = epochs, sparsity_beta = 1, average_activation = -0.5, ...)
  }
  far <- mean(abs(colMeans(deep_features(fit_repeat(x), x)) + 0.5))
  near <- mean(abs(colMeans(deep_features(fit(30), x)) + 0.5))
  expect_lt(near, 0.5 * far)
  last <- list(stopping_rounds = 0, overwrite_with_best_model = FALSE, replicas = 2)
  whole <- do.call(fit, c(list(6), last))
  rest <- do.call(fit, c(list(6, checkpoint = do.call(fit, c(list(2), last))), last))
  expect_identical(rest$state$trainer, whole$state$trainer)
  expect_length(whole$state$trainer$replicas[[2]]$mean_activation, 3)
})

test_that("neither threads nor kernels matter", {
  one <- fit_repeat(replicas = 3, averaging_interval = 10, threads = 1)
  four <- fit_repeat(replicas = 3, averaging_interval = 10, threads = 4)
  same_network(one, four)
  adam <- function(threads) fit_repeat(optimizer = "adam", threads = threads)
  same_network(adam(1), adam(3))
  for (set in available_kernels()) {
    withr::local_options(feedforward.kernels = set)
    other <- fit_repeat(optimizer = "adam")
    if (set != "baseline") same_network(other, adam(1))
  }
})

test_that("history starts before training; stopping and the best model go by the error", {
  odd <- seq(1, 150, 2)
  model <- fit_repeat(iris[odd, ], validation_frame = iris[-odd, ], epochs = 40)
  history <- model$scoring_history
  expect_identical(history$samples[[1]], 0)
  expect_identical(
    names(history)[7:10],
    c("training_rmse", "training_mse", "validation_rmse", "validation_mse")
  )
  expect_gt(history$validation_mse[[1]], model$validation_metrics$MSE)
  expect_equal(min(history$validation_mse), model$validation_metrics$MSE)
  expect_equal(model$validation_metrics$MSE, mean(anomaly(model, iris[-odd, ])))
  early <- fit_repeat(epochs = 1000, stopping_rounds = 2, stopping_tolerance = 0.5,
    score_each_iteration = TRUE)
  expect_identical(early$stopped_by, "stopping_metric")
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_named(plot(model), c("epochs", "training", "validation", "kept"))
  expect_identical(nrow(plot(model, metric = "rmse")), nrow(history) - 1L)
})

test_that("every way of calling says the same", {
  by_frame <- fit_repeat(iris)
  by_names <- deeplearning(
    x = names(iris), training_frame = iris, autoencoder = TRUE, activation = "Tanh",
    hidden = 3, epochs = 30, seed = 1
  )
  by_formula <- deeplearning(
    ~., iris,
    autoencoder = TRUE, activation = "Tanh", hidden = 3, epochs = 30, seed = 1
  )
  same_network(by_frame, by_names)
  same_network(by_frame, by_formula)
  x <- as.matrix(iris[1:4])
  same_network(fit_repeat(x), fit_repeat(iris[1:4]))
  same_network(fit_repeat(x), fit_repeat(unname(x)))
  skip_if_not_installed("Matrix")
  sparse <- Matrix::Matrix(x, sparse = TRUE)
  expect_equal(
    anomaly(fit_repeat(methods::as(sparse, "CsparseMatrix")), x),
    anomaly(fit_repeat(x), x), tolerance = 0.01
  )
  computed <- deeplearning(~ log(Sepal.Length) + Petal.Width, iris,
    autoencoder = TRUE, activation = "Tanh", hidden = 1, epochs = 3, seed = 1)
  expect_length(anomaly(computed, iris[1:3, ]), 3)
})

test_that("it prints, saves, loads, weighs rows and restarts", {
  model <- fit_repeat(weights_column = "w", x = cbind(iris, w = rep(c(0, 1, 2), 50)))
  expect_identical(
    deparse(formula(fit_repeat(iris[1:2]))), "~Sepal.Length + Sepal.Width"
  )
  shown <- capture.output(print(model))
  expect_match(shown, "AutoEncoder model", all = FALSE)
  expect_match(shown, "Status of Neuron Layers: auto-encoder", all = FALSE)
  expect_identical(model$training_rows, 100L)
  expect_identical(model$model_summary$type, c("Input", "Tanh", "Tanh"))
  file <- withr::local_tempfile()
  save_model(model, file)
  expect_identical(load_model(file), model)
  expect_identical(anomaly(load_model(file), iris), anomaly(model, iris))
  expect_identical(nrow(varimp(model)), 8L)
  last <- list(stopping_rounds = 0, overwrite_with_best_model = FALSE)
  fit <- function(epochs, ...) do.call(fit_repeat, c(list(epochs = epochs, ...), last))
  same_network(fit(8), fit(8, checkpoint = fit(3)))
})

test_that("hidden layers start a model with a response, inputs scaled alike", {
  before <- fit_repeat(iris[1:4])
  start <- few_steps(
    Species ~ ., iris,
    pretrained_autoencoder = before, activation = "Tanh", hidden = 3, epochs = 0
  )
  expect_identical(start$weights[[1]], before$weights[[1]])
  expect_identical(start$biases[[1]], before$biases[[1]])
  expect_identical(dim(start$weights[[2]]), c(3L, 3L))
  expect_identical(start$encoding, before$encoding)
  expect_equal(deep_features(start, iris), deep_features(before, iris))
  expect_identical(start$arguments$pretrained_autoencoder, before$model_id)
  expect_null(start$arguments$initial_weights)
  fit <- function(...) deeplearning(Species ~ ., iris, epochs = 1, ...)
  argument_error(fit(pretrained_autoencoder = start, hidden = 3), "not a model of")
  argument_error(
    fit(pretrained_autoencoder = before, hidden = 4, activation = "Tanh"), "`hidden` = 4"
  )
  argument_error(fit(pretrained_autoencoder = before, hidden = 3), "`activation` = ")
  argument_error(fit(pretrained_autoencoder = 1), "must be a model or the path")
})

test_that("what an autoencoder cannot be is told", {
  argument_error(fit_repeat(activation = "Maxout"), "cannot be Maxout")
  argument_error(fit_repeat(y = iris$Species), "`y` has no place")
  argument_error(
    deeplearning(Species ~ ., iris, autoencoder = TRUE), "`y` has no place"
  )
  argument_error(fit_repeat(nfolds = 3), "has no folds")
  argument_error(fit_repeat(distribution = "poisson"), "whose loss does not fit")
  argument_error(fit_repeat(loss = "CrossEntropy"), "CrossEntropy")
  argument_error(
    fit_repeat(sparsity_beta = 1, average_activation = 2), "between -1 and 1"
  )
  argument_error(
    fit_repeat(sparsity_beta = 1, activation = "Rectifier"), "a mean above 0"
  )
  argument_error(few_steps(mpg ~ ., mtcars, sparsity_beta = 1), "is for autoencoders")
  argument_error(fit_repeat(stopping_metric = "AUC"), "stopping_metric")
  model <- fit_repeat()
  supervised <- quick_fit(Species ~ ., iris)
  argument_error(anomaly(supervised, iris), "must be an autoencoder")
  argument_error(anomaly(1, iris), "must be a model")
  argument_error(anomaly(model), "`data` is missing")
  argument_error(deep_features(model), "`data` is missing")
  argument_error(deep_features(model, iris, layer = 2), "from 1 to 1")
  argument_error(predict(model, iris, type = "prob"), "`type`")
  argument_error(predict(model), "`newdata` is missing")
  argument_error(anomaly(model, iris, per_feature = 1), "TRUE or FALSE")
  expect_error(
    anomaly(model, iris[1:2]), "`data` lacks",
    class = "feedforward_input_error"
  )
  expect_identical(dim(predict(model, iris[0, ])), c(0L, 8L))
  expect_identical(dim(deep_features(supervised, iris)), c(150L, 4L))
})

test_that("the ECG example flags rows 21, 22 and 23", {
  read <- function(name) {
    utils::read.csv(shared_path("data", "anomaly", name), header = FALSE)
  }
  train <- read("ecg_discord_train.csv")
  test <- read("ecg_discord_test.csv")
  for (seed in 1:3) {
    model <- deeplearning(train,
      autoencoder = TRUE, activation = "Tanh", hidden = 50, l1 = 1e-5, epochs = 100,
      seed = seed)
    error <- anomaly(model, test)
    expect_gt(min(error[21:23]), 2.5)
    expect_lt(max(error[1:20]), 0.005)
  }
})

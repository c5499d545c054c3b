# The loop's logic against a trainer that does not learn: after s rows the network
# predicts sqrt(curve(s)) everywhere and the truth is 0, so its mean squared error is
# curve(s). Its only weight is s, which tells which state was returned.

fake_core <- function(curve, round = 10, slice = Inf, event_at = Inf, event = "unstable",
                      validation_curve = curve) {
  log <- new.env()
  log$samples <- 0
  log$huber <- numeric()
  log$asked <- numeric()
  answer <- function(rows, samples, n) {
    matrix(sqrt((if (rows == "training") curve else validation_curve)(samples)), n, 1)
  }
  log$functions <- list(
    trainer_new = function(rows, target, network, options) {
      log$options <- options
      log$target <- target
      "trainer"
    },
    trainer_run = function(trainer, rows, seconds, threads) {
      log$asked <- c(log$asked, rows)
      # Whole rounds, cut by the end of the run, or one slice of a round.
      total <- log$total
      goal <- min(ceiling((log$samples + rows) / round) * round, total)
      end <- min(goal, log$samples + slice)
      status <- if (end < goal) "paused" else "running"
      if (end >= event_at) {
        end <- event_at
        status <- event
      }
      done <- end - log$samples
      log$samples <- end
      list(rows = done, status = status)
    },
    trainer_predict = function(trainer, rows, index, threads) {
      answer(rows, log$samples, if (is.null(index)) 20 else length(index))
    },
    trainer_weights = function(trainer) {
      list(weights = list(matrix(log$samples)), biases = list(0))
    },
    trainer_layers = function(trainer) list(mean_rate = 1, rate_rms = 0, momentum = 0),
    trainer_set_huber = function(trainer, delta) log$huber <- c(log$huber, delta),
    network_predict = function(rows, index, network, weights, biases, threads) {
      answer(rows, weights[[1]][1], if (is.null(index)) 20 else length(index))
    },
    row_order = function(seed, epoch, n) rev(seq_len(n)) - 1L
  )
  log
}

# train_network() with the fake in place of the core: copies of the package's functions
# that find the fakes first.
train_on <- function(core, ..., validation = FALSE, distribution = "gaussian",
                     scale = 1, truth = 0) {
  arguments <- utils::modifyList(
    default_values(),
    list(
      distribution = distribution, loss = "Quadratic", seed = 1, epochs = 10,
      train_samples_per_iteration = 0, optimizer = "adadelta", replicas = 1,
      averaging_interval = 100, stopping_rounds = 0, stopping_metric = "deviance",
      regression_stop = -1
    )
  )
  arguments <- utils::modifyList(arguments, list(...))
  core$total <- 20 * arguments$epochs
  response <- list(
    name = "y", kind = "regression", levels = NULL, distribution = distribution,
    loss = "Quadratic", link = "identity", mean = 0, scale = scale, ordered = FALSE
  )
  part <- function(name) {
    data_part(name, 20, rep(truth, 20), rep(truth, 20), name = name)
  }
  package <- environment(train_network)
  stage <- list2env(core$functions, parent = package)
  for (name in setdiff(ls(package), names(core$functions))) {
    copy <- get(name, package)
    if (is.function(copy) && identical(environment(copy), package)) {
      environment(copy) <- stage
      assign(name, copy, stage)
    }
  }
  stage$train_network(
    part("training"), if (validation) part("validation"),
    fake_encoding(), structure(response, class = "feedforward_response"), arguments
  )
}

returned <- function(result) result$weights[[1]][1]

test_that("a falling curve trains to the end and returns the last weights", {
  result <- train_on(fake_core(function(s) 1000 / (s + 1)))
  expect_equal(result$status, "finished")
  expect_equal(result$samples, 200)
  expect_equal(result$epochs_trained, 10)
  expect_equal(returned(result), 200)
  history <- result$scoring_history
  expect_equal(history$epochs, 0:10)
  expect_equal(history$iterations, 0:10)
  expect_equal(history$training_deviance[-1], 1000 / (20 * (1:10) + 1))
  expect_equal(result$training_metrics$MSE, 1000 / 201)
  expect_null(result$validation_metrics)
})

test_that("the best weights come back, with one more row of history", {
  result <- train_on(fake_core(function(s) 1 + (s - 60)^2))
  expect_equal(result$status, "finished")
  expect_equal(returned(result), 60)
  history <- result$scoring_history
  expect_equal(history$samples, c(0, 20 * (1:10), 200))
  expect_equal(history$training_deviance[[12]], 1)
  expect_equal(result$training_metrics$MSE, 1)
  expect_equal(result$samples, 200)
})

test_that("validation decides which weights are the best", {
  core <- fake_core(function(s) 1000 - s, validation_curve = function(s) 1 + (s - 80)^2)
  result <- train_on(core, validation = TRUE)
  expect_equal(returned(result), 80)
  expect_equal(result$validation_metrics$MSE, 1)
  expect_equal(result$training_metrics$MSE, 920)
  expect_match(result$validation_metrics$description, "full validation frame")
})

test_that("overwrite_with_best_model = FALSE and ties return the last weights", {
  curve <- function(s) 1 + (s - 60)^2
  result <- train_on(fake_core(curve), overwrite_with_best_model = FALSE)
  expect_equal(returned(result), 200)
  expect_equal(nrow(result$scoring_history), 11)
  result <- train_on(fake_core(function(s) 5))
  expect_equal(returned(result), 200)
  expect_equal(nrow(result$scoring_history), 11)
})

test_that("training stops when moving averages no longer fall", {
  # Scored at 20, 40, ...: 3, 2, 1, 2, 3. The averages of neighbours among the last four
  # are 1.5, 1.5, 2.5: no progress.
  curve <- function(s) 1 + abs(s / 20 - 3)
  result <- train_on(fake_core(curve), stopping_rounds = 2)
  expect_equal(result$status, "stopped early")
  expect_equal(result$samples, 100)
  expect_equal(returned(result), 60)
  # The training data go on falling, but validation decides.
  core <- fake_core(function(s) 1000 - s, validation_curve = curve)
  result <- train_on(core, validation = TRUE, stopping_rounds = 2)
  expect_equal(result$samples, 100)
})

test_that("a training error small enough stops, even with validation data", {
  core <- fake_core(function(s) 100 / s, validation_curve = function(s) 50)
  result <- train_on(core, validation = TRUE, regression_stop = 1)
  expect_equal(result$status, "stopped early")
  expect_equal(result$samples, 100)
})

test_that("an iteration ends at the first round end at or after its quota", {
  core <- fake_core(function(s) 1000 - s, round = 8)
  result <- train_on(core, train_samples_per_iteration = 10, score_each_iteration = TRUE)
  expect_equal(result$scoring_history$samples, c(0, seq(16, 192, 16), 200))
  # Pauses ask for what is left and change nothing.
  core <- fake_core(function(s) 1000 - s, round = 8, slice = 3)
  paused <- train_on(core, train_samples_per_iteration = 10, score_each_iteration = TRUE)
  expect_equal(paused$scoring_history$samples, result$scoring_history$samples)
  expect_equal(core$asked[1:6], c(10, 7, 4, 1, 1, 1))
})

test_that("epochs may be fractions, and 0 returns the network as it begins", {
  result <- train_on(fake_core(function(s) 1000 - s), epochs = 0.55)
  expect_equal(result$samples, 11)
  expect_equal(result$epochs_trained, 0.55)
  result <- train_on(fake_core(function(s) 1000 - s), epochs = 0)
  expect_equal(result$status, "finished")
  expect_equal(returned(result), 0)
  expect_equal(result$scoring_history$samples, c(0, 0))
  expect_equal(result$training_metrics$MSE, 1000)
})

test_that("divergence keeps the best weights and warns", {
  core <- fake_core(function(s) 1 + (s - 60)^2, event_at = 130)
  expect_warning(
    result <- train_on(core),
    "smaller `rate`.*max_w2",
    class = "feedforward_unstable_warning"
  )
  expect_equal(result$status, "unstable")
  expect_equal(returned(result), 60)
  expect_equal(result$samples, 130)
  # Without the best, the last good ones.
  core <- fake_core(function(s) 1 + (s - 60)^2, event_at = 130)
  expect_warning(
    result <- train_on(core, overwrite_with_best_model = FALSE),
    class = "feedforward_unstable_warning"
  )
  expect_equal(returned(result), 120)
})

test_that("numbers that are not finite at a scoring are divergence too", {
  core <- fake_core(function(s) if (s > 100) Inf else 1000 - s)
  expect_warning(result <- train_on(core), class = "feedforward_unstable_warning")
  expect_equal(returned(result), 100)
  expect_true(all(is.finite(result$scoring_history$training_deviance[-1])))
})

test_that("without a number to judge by, the last good weights are kept", {
  # The logarithmic error is not defined below -1.
  core <- fake_core(function(s) 1000 - s, event_at = 130)
  expect_warning(
    result <- train_on(core, stopping_metric = "RMSLE", truth = -2, stopping_rounds = 1),
    class = "feedforward_unstable_warning"
  )
  expect_equal(returned(result), 120)
})

test_that("divergence before any scoring is an error", {
  expect_error(
    train_on(fake_core(function(s) 1, event_at = 10)),
    "max_w2",
    class = "feedforward_unstable_error"
  )
  expect_error(
    train_on(fake_core(function(s) NaN)),
    class = "feedforward_unstable_error"
  )
  expect_error(
    train_on(fake_core(function(s) Inf), epochs = 0),
    class = "feedforward_unstable_error"
  )
})

test_that("an interrupt is passed on, or keeps what there is", {
  core <- fake_core(function(s) 1 + (s - 60)^2, event_at = 130, event = "interrupted")
  caught <- tryCatch(train_on(core), interrupt = function(e) "interrupt")
  expect_equal(caught, "interrupt")
  core <- fake_core(function(s) 1 + (s - 60)^2, event_at = 130, event = "interrupted")
  expect_warning(
    result <- train_on(core, interrupt = "keep"),
    "6.5 of 10 epochs; the best",
    class = "feedforward_interrupted_warning"
  )
  expect_equal(result$status, "interrupted")
  expect_equal(returned(result), 60)
  # It remains an interrupt if the state reached would have stopped training.
  curve <- function(s) if (s == 130) 0 else 1000 - s
  core <- fake_core(curve, event_at = 130, event = "interrupted")
  expect_warning(
    stopped <- train_on(
      core,
      interrupt = "keep", regression_stop = 0, score_each_iteration = TRUE
    ),
    class = "feedforward_interrupted_warning"
  )
  expect_equal(stopped$status, "interrupted")
  # The state at the interrupt was scored, and then the best restored.
  expect_equal(utils::tail(result$scoring_history$samples, 3), c(120, 130, 130))
})

test_that("an interrupt in R code, between two slices, is kept as well", {
  core <- fake_core(function(s) 1000 - s)
  run <- core$functions$trainer_run
  core$functions$trainer_run <- function(...) {
    done <- run(...)
    if (core$samples == 60) rlang::interrupt()
    done
  }
  expect_warning(
    result <- train_on(core, interrupt = "keep"),
    class = "feedforward_interrupted_warning"
  )
  expect_equal(result$status, "interrupted")
})

test_that("a time limit returns a usable model with a warning", {
  core <- fake_core(function(s) 1 + (s - 60)^2, slice = 5)
  run <- core$functions$trainer_run
  core$functions$trainer_run <- function(...) {
    Sys.sleep(0.002)
    run(...)
  }
  expect_warning(
    result <- train_on(core, max_runtime_secs = 0.001),
    class = "feedforward_time_limit_warning"
  )
  expect_equal(result$status, "time limit")
  expect_equal(result$samples, 5)
  expect_equal(returned(result), 5)
  expect_equal(nrow(result$scoring_history), 2)
  # A run that ends in time says nothing.
  expect_silent(train_on(fake_core(function(s) 1000 - s), max_runtime_secs = 1e6))
})

test_that("Huber's threshold starts at 1 and follows the training residuals", {
  core <- fake_core(
    function(s) (100 / s)^2,
    validation_curve = function(s) 16
  )
  result <- train_on(
    core,
    validation = TRUE, distribution = "huber", scale = 0.5, epochs = 2,
    huber_alpha = 0.9
  )
  expect_equal(core$options$huber_delta, 1)
  # In the network the residual is 100 / s, in units of the response twice that.
  expect_equal(core$huber, 100 / c(20, 40))
  # Validation is judged by the training sample's threshold: residual 8, threshold 10
  # and 5, so 8^2 and (2 x 8 - 5) 5.
  expect_equal(result$scoring_history$validation_deviance[2:3], c(64, 55))
  # The model's own metrics take the threshold of the data they are on.
  expect_equal(result$validation_metrics$mean_residual_deviance, 64)
})

test_that("Huber's threshold has a floor", {
  core <- fake_core(function(s) 0)
  train_on(core, distribution = "huber", epochs = 1)
  expect_equal(core$huber, 1e-6)
})

test_that("offsets reach the core in the network's units", {
  response <- list(kind = "regression", scale = 0.5)
  part <- data_part(NULL, 2, 1:2, c(-1, 1), weights = NULL, offset = c(4, -2))
  target <- trainer_target(part, response)
  expect_equal(target$offset, c(2, -1))
  expect_equal(target$y, c(-1, 1))
  expect_equal(target$kind, "numbers")
})

test_that("a sample of the training rows is scored when there are more", {
  core <- fake_core(function(s) 1000 - s)
  result <- train_on(core, score_training_samples = 7)
  expect_equal(result$training_metrics$nobs, 7)
  expect_match(result$training_metrics$description, "temporary training frame with 7")
})

test_that("training is silent by default and tells each scoring when asked", {
  expect_silent(train_on(fake_core(function(s) 1000 - s), progress = FALSE))
  expect_message(
    train_on(fake_core(function(s) 1000 - s), verbose = TRUE, epochs = 1),
    "epochs 1 .*iterations 1 .*training_deviance 980"
  )
})

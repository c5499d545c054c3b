# The same seed gives the same bits, on any number of threads and whatever else a run
# does; R's own generator is left alone.

reproducible_data <- function(n = 400) {
  data <- data.frame(
    u = stats::rnorm(n), f = factor(sample(letters[1:8], n, TRUE)), v = stats::runif(n)
  )
  data$y <- factor(ifelse(data$u + data$v + stats::rnorm(n) > 0.5, "yes", "no"))
  data
}

# What must repeat: everything but the clock.
lasting <- function(model) {
  clock <- c("timestamp", "duration", "training_speed")
  history <- model$scoring_history
  metrics <- model$training_metrics
  metrics$scoring_time <- NULL
  list(
    weights = model$weights, biases = model$biases, metrics = unclass(metrics),
    history = history[setdiff(names(history), clock)],
    importances = model$variable_importances, summary = model$model_summary
  )
}

run_kinds <- list(
  plain = list(),
  replicas = list(replicas = 4, averaging_interval = 10),
  `many replicas` = list(replicas = 9, averaging_interval = 5),
  # Wide enough for a step to be worth more than one thread.
  `mini-batches` = list(optimizer = "adam", mini_batch_size = 32, hidden = c(70, 90)),
  `large mini-batches` = list(
    optimizer = "adam", mini_batch_size = 400, hidden = c(70, 90)
  ),
  dropout = list(
    activation = "RectifierWithDropout", input_dropout_ratio = 0.1,
    hidden_dropout_ratios = c(0.3, 0.5), replicas = 3, averaging_interval = 10
  ),
  `dropout in mini-batches` = list(
    activation = "MaxoutWithDropout", input_dropout_ratio = 0.1, mini_batch_size = 50,
    adaptive_rate = FALSE, momentum_start = 0.5, momentum_stable = 0.9
  ),
  `moving average` = list(
    replicas = 2, averaging_interval = 20, weight_averaging_decay = 0.9
  )
)

reproducible_fit <- function(data, ...) {
  arguments <- utils::modifyList(
    list(y = "y", training_frame = data, hidden = c(20, 12), epochs = 3, seed = 99),
    list(...)
  )
  do.call(few_steps, arguments)
}

test_that("the same seed on 1, 2, 4 and 8 threads gives the same bits", {
  set.seed(51)
  data <- reproducible_data()
  for (kind in names(run_kinds)) {
    fit <- function(threads) {
      do.call(reproducible_fit, c(list(data, threads = threads), run_kinds[[kind]]))
    }
    once <- fit(1)
    again <- lapply(c(1, 2, 4, 8), fit)
    for (i in seq_along(again)) {
      case <- paste(kind, c(1, 2, 4, 8)[i], "threads")
      expect_identical(lasting(again[[i]]), lasting(once), label = case)
      expect_identical(
        predict(again[[i]], data, type = "prob"), predict(once, data, type = "prob"),
        label = case
      )
    }
  }
})

test_that("another seed gives other weights", {
  set.seed(52)
  data <- reproducible_data(100)
  a <- reproducible_fit(data)
  b <- reproducible_fit(data, seed = 100)
  expect_false(identical(a$weights, b$weights))
  # Large seeds are told apart as well, and so are negative ones.
  seeds <- c(2^40, 2^40 + 1, 7)
  first <- lapply(seeds, function(seed) reproducible_fit(data, seed = seed)$biases)
  expect_length(unique(first), 3)
})

test_that("a seed given leaves R's generator untouched", {
  set.seed(53)
  data <- reproducible_data(100)
  before <- .Random.seed
  model <- reproducible_fit(data)
  predict(model, data)
  expect_identical(.Random.seed, before)
})

test_that("seed = -1 follows set.seed() and draws one number", {
  set.seed(54)
  data <- reproducible_data(100)
  fit <- function() reproducible_fit(data, seed = -1)
  set.seed(1)
  a <- fit()
  after <- stats::runif(1)
  set.seed(1)
  b <- fit()
  expect_identical(lasting(a), lasting(b))
  expect_identical(stats::runif(1), after)
  expect_false(identical(lasting(fit()), lasting(a)))
  # The seed drawn is recorded and repeats the run.
  expect_identical(
    lasting(reproducible_fit(data, seed = a$arguments$seed)), lasting(a)
  )
})

test_that("weights do not depend on iterations or scoring", {
  set.seed(55)
  data <- reproducible_data()
  valid <- reproducible_data(50)
  off <- list(
    stopping_rounds = 0, overwrite_with_best_model = FALSE, classification_stop = -1
  )
  for (kind in c("plain", "replicas", "mini-batches", "dropout", "moving average")) {
    fit <- function(...) {
      given <- utils::modifyList(c(off, run_kinds[[kind]]), list(...))
      parameters_of(do.call(reproducible_fit, c(list(data), given)))
    }
    plain <- fit()
    expect_identical(fit(train_samples_per_iteration = 37), plain, label = kind)
    expect_identical(fit(train_samples_per_iteration = -1), plain, label = kind)
    expect_identical(
      fit(train_samples_per_iteration = 1, score_each_iteration = TRUE,
        score_training_samples = 20),
      plain,
      label = kind
    )
    expect_identical(fit(score_duty_cycle = 0), plain, label = kind)
    expect_identical(fit(validation_frame = valid), plain, label = kind)
    expect_identical(fit(variable_importances = FALSE), plain, label = kind)
  }
})

test_that("reproducible = TRUE means one replica", {
  set.seed(56)
  data <- reproducible_data(100)
  expect_identical(
    parameters_of(reproducible_fit(data, reproducible = TRUE)),
    parameters_of(reproducible_fit(data, replicas = 1))
  )
})

test_that("early stopping and the best model repeat", {
  set.seed(57)
  data <- reproducible_data()
  fit <- function(threads) {
    reproducible_fit(
      data, epochs = 200, validation_frame = data[1:50, ], stopping_rounds = 2,
      stopping_tolerance = 0.01, threads = threads
    )
  }
  a <- fit(1)
  b <- fit(2)
  expect_identical(lasting(a), lasting(b))
  expect_identical(a$epochs_trained, b$epochs_trained)
})

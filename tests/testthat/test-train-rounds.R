# Rounds so long that a run must be left in the middle of one.

long_rows <- function(n = 12000) {
  i <- seq_len(n)
  data <- data.frame(a = sin(i), b = cos(1.3 * i), c = sin(2.1 * i))
  data$y <- data$a * data$b + 0.1 * sin(17 * i)
  data
}

long_fit <- function(...) {
  few_steps(
    y ~ ., long_rows(), hidden = c(300, 300), averaging_interval = 1e6, seed = 3,
    stopping_rounds = 0, score_training_samples = 100, ...
  )
}

test_that("pauses within a round change no bit", {
  fits <- function() lapply(1:2, function(n) long_fit(epochs = 1, replicas = n))
  whole <- fits()
  pauses <- 0
  original <- trainer_run
  local_replaced(trainer_run = function(trainer, rows, seconds, threads) {
    pauses <<- pauses + 1
    original(trainer, rows, 1e-9, threads)
  })
  cut <- fits()
  expect_gt(pauses, 8)
  for (k in 1:2) {
    same_network(whole[[k]], cut[[k]])
    expect_identical(whole[[k]]$scoring_history$samples, cut[[k]]$scoring_history$samples)
  }
})

test_that("a time limit ends a round early, and its replicas are averaged as they are", {
  for (replicas in c(1, 3)) {
    expect_warning(
      model <- long_fit(epochs = 1000, replicas = replicas, max_runtime_secs = 0.05),
      class = "feedforward_time_limit_warning"
    )
    expect_gt(model$samples, 0)
    expect_lt(model$samples, 1000 * 12000)
    start <- suppressWarnings(long_fit(epochs = 0, replicas = replicas))
    expect_false(identical(start$weights, model$weights))
  }
})

test_that("a limit of setTimeLimit() is an error, and the session stays usable", {
  on.exit(setTimeLimit())
  caught <- tryCatch(
    {
      setTimeLimit(elapsed = 0.3, transient = TRUE)
      long_fit(epochs = 1000)
    },
    error = function(e) conditionMessage(e), interrupt = function(e) "interrupt"
  )
  setTimeLimit()
  expect_match(caught, gettext("reached elapsed time limit", domain = "R"), fixed = TRUE)
  expect_s3_class(long_fit(epochs = 0.1), "deeplearning")
})

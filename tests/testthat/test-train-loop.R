test_that("a falling curve trains to the end and returns the last weights", {
  result <- train_on(fake_trainer(function(s) 1000 / (s + 1)))
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

test_that("training stops when moving averages no longer fall", {
  # Scored at 20, 40, ...: 3, 2, 1, 2, 3. The averages of neighbours among the last four
  # are 1.5, 1.5, 2.5: no progress.
  curve <- function(s) 1 + abs(s / 20 - 3)
  result <- train_on(fake_trainer(curve), stopping_rounds = 2)
  expect_equal(result$status, "stopped early")
  expect_equal(result$samples, 100)
  expect_equal(returned(result), 60)
  # The training data go on falling, but validation decides.
  trainer <- fake_trainer(function(s) 1000 - s, validation_curve = curve)
  result <- train_on(trainer, validation = TRUE, stopping_rounds = 2)
  expect_equal(result$samples, 100)
})

test_that("a training error small enough stops, even with validation data", {
  trainer <- fake_trainer(function(s) 100 / s, validation_curve = function(s) 50)
  result <- train_on(trainer, validation = TRUE, regression_stop = 1)
  expect_equal(result$status, "stopped early")
  expect_equal(result$samples, 100)
})

test_that("an iteration ends at the first round end at or after its quota", {
  trainer <- fake_trainer(function(s) 1000 - s, round = 8)
  each <- function(trainer) {
    train_on(trainer, train_samples_per_iteration = 10, score_each_iteration = TRUE)
  }
  result <- each(trainer)
  expect_equal(result$scoring_history$samples, c(0, seq(16, 192, 16), 200))
  # Pauses ask for what is left and change nothing.
  trainer <- fake_trainer(function(s) 1000 - s, round = 8, slice = 3)
  paused <- each(trainer)
  expect_equal(paused$scoring_history$samples, result$scoring_history$samples)
  expect_equal(trainer$log$asked[1:6], c(10, 7, 4, 1, 1, 1))
})

test_that("epochs may be fractions, and 0 returns the network as it begins", {
  result <- train_on(fake_trainer(function(s) 1000 - s), epochs = 0.55)
  expect_equal(result$samples, 11)
  expect_equal(result$epochs_trained, 0.55)
  result <- train_on(fake_trainer(function(s) 1000 - s), epochs = 0)
  expect_equal(result$status, "finished")
  expect_equal(returned(result), 0)
  expect_equal(result$scoring_history$samples, c(0, 0))
  expect_equal(result$training_metrics$MSE, 1000)
})

test_that("an interrupt is passed on, or keeps what there is", {
  curve <- function(s) 1 + (s - 60)^2
  trainer <- fake_trainer(curve, event_at = 130, event = "interrupted")
  caught <- tryCatch(train_on(trainer), interrupt = function(e) "interrupt")
  expect_equal(caught, "interrupt")
  trainer <- fake_trainer(curve, event_at = 130, event = "interrupted")
  expect_warning(
    result <- train_on(trainer, interrupt = "keep"),
    "6.5 of 10 epochs; the best",
    class = "feedforward_interrupted_warning"
  )
  expect_equal(result$status, "interrupted")
  expect_equal(returned(result), 60)
  # It remains an interrupt if the state reached would have stopped training.
  curve <- function(s) if (s == 130) 0 else 1000 - s
  trainer <- fake_trainer(curve, event_at = 130, event = "interrupted")
  expect_warning(
    stopped <- train_on(
      trainer,
      interrupt = "keep", regression_stop = 0, score_each_iteration = TRUE
    ),
    class = "feedforward_interrupted_warning"
  )
  expect_equal(stopped$status, "interrupted")
  # The state at the interrupt was scored, and then the best restored.
  expect_equal(utils::tail(result$scoring_history$samples, 3), c(120, 130, 130))
})

test_that("an interrupt in R code, between two slices, is kept as well", {
  trainer <- fake_trainer(function(s) 1000 - s)
  run <- trainer$run
  trainer$run <- function(...) {
    done <- run(...)
    if (trainer$log$samples == 60) rlang::interrupt()
    done
  }
  expect_warning(
    result <- train_on(trainer, interrupt = "keep"),
    class = "feedforward_interrupted_warning"
  )
  expect_equal(result$status, "interrupted")
})

test_that("a time limit returns a usable model with a warning", {
  trainer <- fake_trainer(function(s) 1 + (s - 60)^2, slice = 5)
  run <- trainer$run
  trainer$run <- function(...) {
    Sys.sleep(0.002)
    run(...)
  }
  expect_warning(
    result <- train_on(trainer, max_runtime_secs = 0.001),
    class = "feedforward_time_limit_warning"
  )
  expect_equal(result$status, "time limit")
  expect_equal(result$samples, 5)
  expect_equal(returned(result), 5)
  expect_equal(nrow(result$scoring_history), 2)
  # A run that ends in time says nothing.
  expect_silent(train_on(fake_trainer(function(s) 1000 - s), max_runtime_secs = 1e6))
})

test_that("training is silent by default and tells each scoring when asked", {
  expect_silent(train_on(fake_trainer(function(s) 1000 - s), progress = FALSE))
  expect_message(
    train_on(fake_trainer(function(s) 1000 - s), verbose = TRUE, epochs = 1),
    "epochs 1 .*iterations 1 .*training .*deviance 980"
  )
})

test_that("a trainer that trains nothing is our own fault, not an endless run", {
  idle <- fake_trainer(function(s) 1000 - s)
  idle$run <- function(rows, seconds, threads) list(rows = 0, status = "running")
  expect_error(train_on(idle), "please report", class = "feedforward_internal_error")
})

test_that("durations never fall, and speed is known from the first row on", {
  history <- train_on(fake_trainer(function(s) 1000 - s))$scoring_history
  expect_type(history$duration, "double")
  expect_false(is.unsorted(history$duration))
  expect_identical(is.na(history$training_speed), history$samples == 0)
})

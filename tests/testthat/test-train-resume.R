# Going on with a model: as if there had been no end.

resume_rows <- function() two_classes(700)

# Neither early stopping nor the best model, so that the last weights count.
resumed_fit <- function(epochs, ..., formula = class ~ a + b + group,
                        rows = resume_rows()) {
  few_steps(
    formula, rows,
    epochs = epochs, ..., hidden = 6, seed = 11, stopping_rounds = 0,
    overwrite_with_best_model = FALSE
  )
}

resume_cases <- list(
  "ADADELTA" = list(),
  "four replicas" = list(replicas = 4, averaging_interval = 20),
  "the last weights" = list(weight_averaging_share = 0),
  "a fixed average" = list(weight_averaging_decay = 0.9, replicas = 2),
  "momentum" = list(
    adaptive_rate = FALSE, momentum_start = 0.5, momentum_stable = 0.9,
    momentum_ramp = 3000
  ),
  "Adam" = list(optimizer = "adam", mini_batch_size = 16),
  "AdamW, replicas" = list(optimizer = "adamw", mini_batch_size = 16, replicas = 2),
  "RMSprop" = list(optimizer = "rmsprop"),
  "Adagrad, textbook" = list(optimizer = "adagrad", fast_mode = FALSE),
  "dropout" = list(activation = "MaxoutWithDropout", input_dropout_ratio = 0.1),
  "sparse" = list(sparse = TRUE, l1 = 1e-4, shuffle_training_data = FALSE),
  # Its threshold moves when the model is scored.
  "Huber" = list(
    formula = number ~ a + b + group, distribution = "huber",
    train_samples_per_iteration = 700, score_each_iteration = TRUE
  )
)

test_that("six epochs are two and four, bit for bit", {
  for (name in names(resume_cases)) {
    fit <- function(epochs, ...) {
      do.call(resumed_fit, c(list(epochs, ...), resume_cases[[name]]))
    }
    whole <- fit(6)
    begun <- fit(2)
    rest <- fit(6, checkpoint = begun)
    expect_identical(rest$weights, whole$weights, info = name)
    expect_identical(rest$biases, whole$biases, info = name)
    expect_identical(rest$state$trainer, whole$state$trainer, info = name)
    expect_equal(
      unclass(rest$training_metrics), unclass(whole$training_metrics), info = name
    )
    expect_identical(rest$epochs_trained, 6, info = name)
    # Its history goes on from that of the checkpoint.
    before <- seq_len(begun$state$scored)
    expect_identical(
      rest$scoring_history[before, ], begun$scoring_history[before, ], info = name
    )
    expect_false(is.unsorted(rest$scoring_history$samples), info = name)
    expect_false(is.unsorted(rest$scoring_history$duration), info = name)
    expect_identical(rest$arguments$checkpoint, begun$model_id, info = name)
  }
})

test_that("a restart of a restart, from a file, on other threads, is the same", {
  whole <- resumed_fit(6, replicas = 3, averaging_interval = 30)
  first <- resumed_fit(2, replicas = 3, averaging_interval = 30)
  file <- withr::local_tempfile()
  save_model(first, file)
  second <- resumed_fit(3, checkpoint = file, threads = 2)
  third <- resumed_fit(6, checkpoint = second)
  expect_identical(third$weights, whole$weights)
  expect_null(first$arguments$checkpoint)
})

test_that("the encoding, the response's scale and what was not given stay", {
  rows <- resume_rows()
  begun <- resumed_fit(2, formula = number ~ a + b + group, rows = rows, l2 = 1e-3)
  other <- rows[200:500, ]
  other$a <- 3 + 2 * other$a
  other$number <- 10 * other$number
  rest <- few_steps(number ~ a + b + group, other, checkpoint = begun, epochs = 9)
  expect_identical(rest$encoding, begun$encoding)
  expect_identical(rest$response, begun$response)
  expect_identical(rest$arguments$l2, 1e-3)
  expect_identical(rest$arguments$hidden, 6)
  # Epochs count the rows there are now.
  expect_identical(rest$samples, 9 * 301)
  expect_identical(rest$epochs_trained, 9)
  # x and y, where left out, are those of the checkpoint; other columns do not matter.
  other$more <- 1:301
  again <- few_steps(
    training_frame = other, checkpoint = begun, epochs = 9, seed = begun$arguments$seed
  )
  same_network(again, rest)
})

test_that("data themselves and computed columns go on, too", {
  x <- as.matrix(resume_rows()[c("a", "b")])
  y <- resume_rows()$class
  fit <- function(epochs, ...) {
    few_steps(x, y, epochs = epochs, hidden = 3, seed = 2, stopping_rounds = 0,
      overwrite_with_best_model = FALSE, ...)
  }
  same_network(fit(5), fit(5, checkpoint = fit(2)))
  computed <- class ~ poly(a, 2) + scale(b)
  begun <- resumed_fit(2, formula = computed)
  same_network(
    resumed_fit(4, formula = computed),
    resumed_fit(4, formula = computed, checkpoint = begun)
  )
  # What poly() took from the first rows stays.
  half <- resumed_fit(9, formula = computed, rows = resume_rows()[1:350, ],
    checkpoint = begun)
  expect_identical(half$derived, begun$derived)
  argument_error(
    resumed_fit(9, formula = class ~ poly(a, 3) + scale(b), checkpoint = begun),
    "differs from that of the checkpoint"
  )
})

test_that("the best model so far is not lost to a worse one", {
  rows <- resume_rows()
  fit <- function(epochs, ...) {
    few_steps(
      class ~ a + b, rows[1:400, ],
      validation_frame = rows[401:700, ], hidden = 8, seed = 3, epochs = epochs, ...
    )
  }
  begun <- fit(4)
  # A penalty that ruins the rest.
  worse <- fit(8, checkpoint = begun, l2 = 2)
  expect_equal(worse$validation_metrics$logloss, begun$validation_metrics$logloss)
  expect_identical(worse$weights, begun$weights)
  last <- worse$scoring_history[nrow(worse$scoring_history), ]
  expect_identical(last$samples, worse$samples)
})

test_that("without its state the weights go on, with a warning", {
  begun <- resumed_fit(2, keep_state = FALSE)
  expect_null(begun$state)
  expect_warning(
    rest <- resumed_fit(2 + 1 / 700, checkpoint = begun, keep_state = FALSE),
    class = "feedforward_restart_warning"
  )
  # One row moves them, but not far.
  expect_identical(rest$samples, 1401)
  expect_lt(max(abs(rest$weights[[1]] - begun$weights[[1]])), 0.05)
  expect_false(identical(rest$weights, begun$weights))
})

test_that("early stopping looks back beyond the restart", {
  fit <- function(epochs, ...) {
    few_steps(
      class ~ a + b, resume_rows(),
      hidden = 3, seed = 3, epochs = epochs, stopping_rounds = 4,
      stopping_tolerance = 0.9, train_samples_per_iteration = 700,
      score_each_iteration = TRUE, ...
    )
  }
  expect_identical(fit(3)$status, "finished")
  rest <- fit(50, checkpoint = fit(3))
  expect_identical(c(rest$status, rest$stopped_by), c("stopped early", "stopping_metric"))
  expect_identical(rest$samples, fit(50)$samples)
})

test_that("what does not fit the checkpoint is told", {
  rows <- resume_rows()
  begun <- resumed_fit(2)
  go <- function(data = rows, ..., formula = class ~ a + b + group, epochs = 4) {
    few_steps(formula, data, checkpoint = begun, epochs = epochs, ...)
  }
  argument_error(go(epochs = 2), "has trained 2 of these rows already")
  argument_error(go(epochs = 1), "counts from the start")
  argument_error(go(hidden = 7), "`hidden` = 7.*stays what it was, 6")
  argument_error(go(validation_frame = rows), "cannot be given")
  argument_error(go(formula = number ~ a + b + group), "asks for regression")
  argument_error(go(formula = class ~ a + b + group + number), "not trained on: `number`")
  argument_error(few_steps(class ~ a, rows, checkpoint = 3), "must be a model or")
  expect_error(
    few_steps(class ~ a, rows, checkpoint = "nowhere"), class = "feedforward_file_error"
  )
  more <- rows
  levels(more$group)[1] <- "z"
  expect_error(go(more), "does not know: .group.*z", class = "feedforward_input_error")
  more <- rows
  levels(more$class)[1] <- "perhaps"
  expect_error(go(more), "does not know: \"perhaps", class = "feedforward_input_error")
  expect_error(go(rows[names(rows) != "a"]), class = "feedforward_error")
  broken <- begun
  broken$state$trainer$replicas[[1]]$parameters$weights[[1]] <- matrix(0, 2, 2)
  expect_error(
    few_steps(class ~ a + b + group, rows, checkpoint = broken, epochs = 4),
    "state of the checkpoint", class = "feedforward_input_error"
  )
})

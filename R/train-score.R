# What a training run does when it is scored, and how it ends: train.R decides when, this
# file measures, keeps the best weights and makes the model's parts. `state` is the
# environment of new_training().

# Scores the network as it stands, writes the history and keeps the weights if they
# are the ones to return so far. FALSE, and nothing written, if the network no longer
# gives finite numbers.
score_now <- function(state) {
  state$scoring_began <- elapsed()
  training <- predict_part(state, state$training)
  validation <- if (!is.null(state$validation)) predict_part(state, state$validation)
  if (!all(is.finite(training$link)) || !all(is.finite(validation$link))) {
    return(FALSE)
  }
  delta <- move_huber_threshold(state, training$prediction)
  metrics <- list(training = measure_part(state, state$training, training, delta))
  if (!is.null(validation)) {
    metrics$validation <- measure_part(state, state$validation, validation, delta)
  }
  value <- stopping_value(metrics[[length(metrics)]], state$metric)
  if (is_to_keep(state, value)) {
    state$kept <- c(
      list(value = value, metrics = metrics), trainer_weights(state$trainer)
    )
  }
  state$values <- c(state$values, value)
  state$latest <- metrics
  state$scored_at <- state$samples
  state$scoring_took <- elapsed() - state$scoring_began
  state$overhead <- state$overhead + state$scoring_took
  write_history(state, metrics)
  TRUE
}

predict_part <- function(state, part) {
  link <- trainer_predict(
    state$trainer, part$rows, part$sample$index, state$threads
  )
  list(
    link = link,
    prediction = decode_response(
      state$response, link, part$sample$offset, type = "response"
    )
  )
}

measure_part <- function(state, part, predicted, delta) {
  compute_metrics(
    state$response, predicted$prediction, part$sample$actual, part$sample$weights,
    state$arguments,
    tables = FALSE, huber_delta = delta
  )
}

# Huber's threshold follows the residuals of the training sample. Returns it in units
# of the response, NULL for any other loss.
move_huber_threshold <- function(state, prediction) {
  if (!identical(state$response$distribution, "huber")) {
    return(NULL)
  }
  sample <- state$training$sample
  weights <- sample$weights
  if (is.null(weights)) weights <- rep(1, length(prediction))
  residuals <- abs(sample$actual - prediction)
  delta <- weighted_quantile(residuals, weights, state$arguments$huber_alpha)
  inside <- max(1e-6, delta * state$response$scale)
  trainer_set_huber(state$trainer, inside)
  inside / state$response$scale
}

# Are the weights just scored the ones to return, if nothing better comes? While the
# metric is NaN, and with `overwrite_with_best_model = FALSE`, the latest are.
is_to_keep <- function(state, value) {
  is.null(state$kept) || !state$arguments$overwrite_with_best_model ||
    is.na(state$kept$value) || is_better(value, state$kept$value, state$metric)
}

write_history <- function(state, metrics) {
  row <- history_row(
    state$response$kind, metrics, state$samples / state$training$n, state$iterations,
    state$samples, elapsed() - state$started, state$overhead
  )
  state$history <- c(state$history, list(row))
  tell_scoring(state$progress, row)
}

# ---- The end --------------------------------------------------------------------

# Scores what was trained last, if that is still to do, and decides which weights are
# returned: TRUE if earlier ones than the last.
settle <- function(state) {
  if (state$status != "unstable" && state$scored_at != state$samples) {
    if (!score_now(state)) {
      state$status <- "unstable"
    }
  }
  if (state$status == "unstable") {
    if (is.null(state$kept)) {
      abort_unstable(sprintf(
        "Training diverged after %.0f rows, before the network was ever scored. %s",
        state$samples, unstable_remedies
      ))
    }
    restored <- TRUE
  } else {
    latest <- state$values[[length(state$values)]]
    restored <- is_better(state$kept$value, latest, state$metric)
  }
  if (restored) {
    write_history(state, state$kept$metrics)
  }
  restored
}

unstable_remedies <- paste(
  "Remedies: a smaller `rate`, another `initial_weight_distribution` or a smaller",
  "`initial_weight_scale`, a bounded `activation` (\"Tanh\"), a limit on the weights",
  "(`max_w2`, `l1`, `l2`) or dropout."
)

warn_of_status <- function(state, restored) {
  epochs <- format_epochs(state$samples / state$training$n)
  asked <- format_epochs(state$arguments$epochs)
  which <- if (restored) "the best model scored" else "the model as it was then"
  if (state$status == "unstable") {
    best <- if (state$arguments$overwrite_with_best_model) "best" else "last"
    warn_feedforward(
      sprintf(
        "Training diverged after %s epochs; the %s model scored before is returned. %s",
        epochs, best, unstable_remedies
      ),
      class = "feedforward_unstable_warning"
    )
  } else if (state$status == "time limit") {
    warn_feedforward(
      sprintf(
        paste(
          "`max_runtime_secs = %s` ended training after %s of %s epochs; %s is returned.",
          "Raise it, or lower `epochs`, to train to the end."
        ),
        format(state$arguments$max_runtime_secs), epochs, asked, which
      ),
      class = "feedforward_time_limit_warning"
    )
  } else if (state$status == "interrupted") {
    warn_feedforward(
      sprintf(
        "Training was interrupted after %s of %s epochs; %s is returned.",
        epochs, asked, which
      ),
      class = "feedforward_interrupted_warning"
    )
  }
}

# Metrics with all their tables, on the weights that are returned, by the way that
# predict() goes: performance() on the same rows gives the same numbers.
final_metrics <- function(state, part, network, weights, biases) {
  sample <- part$sample
  link <- network_predict(
    part$rows, sample$index, network, weights, biases, state$threads
  )
  prediction <- decode_response(state$response, link, sample$offset, type = "response")
  description <- if (is.null(sample$index)) {
    sprintf("Metrics reported on full %s frame", part$name)
  } else {
    sprintf("Metrics reported on temporary %s frame with %d samples", part$name, sample$n)
  }
  compute_metrics(
    state$response, prediction, sample$actual, sample$weights, state$arguments,
    description = description, tables = TRUE
  )
}

trained_parts <- function(state, network, restored) {
  kept <- if (restored) state$kept else trainer_weights(state$trainer)
  training <- final_metrics(state, state$training, network, kept$weights, kept$biases)
  validation <- if (!is.null(state$validation)) {
    final_metrics(state, state$validation, network, kept$weights, kept$biases)
  }
  # Rows of one class only have no threshold.
  threshold <- validation$default_threshold
  if (!isTRUE(is.finite(threshold))) threshold <- training$default_threshold
  list(
    network = network,
    weights = kept$weights,
    biases = kept$biases,
    layers = trainer_layers(state$trainer),
    scoring_history = bind_history(state$history),
    training_metrics = training,
    validation_metrics = validation,
    default_threshold = threshold,
    status = state$status,
    epochs_trained = state$samples / state$training$n,
    samples = state$samples,
    training_rows = state$training$n
  )
}

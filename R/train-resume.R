# Training that goes on from a model: `checkpoint`. What was learned of the data stays,
# columns, levels, means and classes; the run goes on where it was.

# A model among the arguments given, or the path of its file: NULL, or one that is sound.
read_given_model <- function(given, name) {
  model <- given[[name]]
  if (is.null(model)) {
    return(NULL)
  }
  if (rlang::is_string(model)) model <- load_model(model)
  if (!inherits(model, "deeplearning")) {
    abort_argument(sprintf(
      "`%s` must be a model or the path of a model file, not %s.", name, shorten(model)
    ))
  }
  check_shown(model)
  check_model(model)
  model
}

read_checkpoint <- function(given) {
  model <- read_given_model(given, "checkpoint")
  if (is.null(model)) {
    return(NULL)
  }
  if (!is.null(model$calibration) || !is.null(model$conformal)) {
    warn_feedforward(
      paste(
        "What calibrate() and conformal() learned of the checkpoint does not hold for",
        "the model trained further: call them again."
      ),
      class = "feedforward_calibration_warning"
    )
  }
  has <- !is.null(given[["validation_frame"]])
  held_out <- isTRUE(model$arguments$validation_share > 0)
  had <- !is.null(model$validation_metrics) && !held_out
  if (has != had) {
    abort_argument(sprintf(
      "`validation_frame` %s be given: the checkpoint had %s, and is judged as it was.",
      if (had) "must" else "cannot", if (had) "one" else "none"
    ))
  }
  model
}

# What a request leaves open is as it was: the predictors and the response of a frame.
complete_request <- function(request, checkpoint) {
  given <- request$given
  if (request$form == "frame" && is.null(given[["x"]])) {
    request$given$x <- setdiff(checkpoint$encoding$offered, given[["y"]])
  }
  named <- !checkpoint$response$stand_in
  if (request$form == "frame" && is.null(given[["y"]]) && named) {
    request$given$y <- checkpoint$response$name
  }
  request
}

# The data with their columns as the checkpoint's encoding wants them. Levels and classes
# that it does not know are errors: the network has no place for them.
fit_to_checkpoint <- function(data, checkpoint, threads) {
  encoding <- checkpoint$encoding
  other <- setdiff(data$predictors, encoding$offered)
  if (length(other) > 0 && !encoding$positional) {
    abort_argument(sprintf(
      "`x` has predictors that the checkpoint was not trained on: %s.", list_names(other)
    ))
  }
  if (data$kind != checkpoint$kind) {
    abort_argument(sprintf(
      "The response %s asks for %s; the checkpoint is a model of %s.",
      quote_name(data$response), tasks[[data$kind]]$problem, task_of(checkpoint)$problem
    ))
  }
  if (!data$stand_in && !identical(data$response, checkpoint$response$name)) {
    abort_argument(sprintf(
      "The response is %s; that of the checkpoint is %s.",
      quote_name(data$response), quote_name(checkpoint$response$name)
    ))
  }
  data$columns <- withCallingHandlers(
    columns_for(data, encoding, threads),
    feedforward_unseen_levels_warning = function(w) {
      abort_input(sprintf(
        "Levels that the checkpoint does not know: %s. %s",
        paste(list_levels(w$unseen), collapse = "; "),
        "Train a new model, or leave out their rows."
      ))
    }
  )
  if (is.null(data$y)) {
    return(data)
  }
  classes <- encode_actual(checkpoint$response, data$y)
  unknown <- is.na(classes) & !is_missing(data$y)
  if (any(unknown)) {
    abort_input(sprintf(
      "Classes of the response %s that the checkpoint does not know: %s.",
      quote_name(data$response), list_levels(list(as.character(unique(data$y[unknown]))))
    ))
  }
  data
}

# The columns of training data as an encoding wants them that was learned before.
columns_for <- function(data, encoding, threads) {
  in_words_of("the training data", if (is_scattered(data$columns)) {
    fit_scattered(encoding, data$columns)
  } else {
    new_columns(encoding, as_table(data$columns, data$rows), threads = threads)
  })
}

# What learn_derived() returns, with the calls that the checkpoint has learned.
repeat_derived <- function(data, derived, earlier) {
  terms <- function(entries) lapply(unname(entries), `[`, c("role", "term"))
  other <- setdiff(names(derived), names(earlier))
  if (!identical(terms(derived), terms(earlier[names(derived)]))) {
    abort_argument(sprintf(
      "`formula` differs from that of the checkpoint in %s: write it as it was.",
      list_names(if (length(other) > 0) other else names(derived))
    ))
  }
  roles <- c("predictor", "response", "offset")
  list(data = add_derived(data, earlier, roles, "data"), derived = earlier)
}

# The total of epochs must be more than there were.
check_more_epochs <- function(checkpoint, epochs, rows) {
  done <- samples_of(checkpoint)
  if (run_rows(rows, epochs) <= done) {
    abort_argument(sprintf(
      paste(
        "`epochs` = %s counts from the start, and the checkpoint has trained %s of these",
        "rows already: give more."
      ),
      format_number(epochs), format_epochs(done / rows)
    ))
  }
}

# Rows trained until the weights were what they are.
samples_of <- function(model) {
  if (is.null(model$state)) model$kept_samples else model$samples
}

# ---- The state --------------------------------------------------------------------

# All that a run needs to go on, beside the model it ends with.
#   trainer: its state; values: of the stopping metric; scored: rows of the history, but
#   for the one of weights restored; iterations; seconds, training: of the run, and those
#   spent training; huber: the threshold in the network's units, or NULL
state_of_run <- function(run) {
  book <- run$book
  list(
    trainer = run$trainer$state(),
    values = book$values,
    scored = length(book$history) - book$repeated,
    iterations = book$iterations,
    seconds = history_seconds(run$clock),
    training = training_seconds(run$clock),
    huber = book$huber
  )
}

# Puts a run that has not begun where the checkpoint was.
resume_run <- function(run, checkpoint) {
  state <- checkpoint$state %||% fresh_state(run, checkpoint)
  fits <- tryCatch(
    {
      run$trainer$set_state(state$trainer)
      if (!is.null(state$huber)) run$trainer$set_huber(state$huber)
      TRUE
    },
    error = function(e) {
      abort_input(sprintf(
        "The state of the checkpoint is not one of this training: %s.",
        sub("[.]$", "", conditionMessage(e))
      ))
    }
  )
  book <- run$book
  book$samples <- samples_of(checkpoint)
  book$began_at <- book$samples
  book$iterations <- state$iterations
  book$values <- state$values
  book$scored_at <- book$samples
  book$huber <- state$huber
  book$history <- rows_of_history(checkpoint$scoring_history, state$scored, book$history)
  resume_clock(run$clock, state$seconds, state$training)
  keep_checkpoint(run, checkpoint)
}

# Where a model has no state, only its weights go on.
fresh_state <- function(run, checkpoint) {
  warn_feedforward(
    paste(
      "The checkpoint holds no state of its training (`keep_state`): its weights go on,",
      "the optimizer begins anew."
    ),
    class = "feedforward_restart_warning"
  )
  parameters <- bare_parameters(checkpoint)
  trainer <- run$trainer$fresh_state(parameters, checkpoint$kept_samples)
  history <- checkpoint$scoring_history
  until <- history$samples <= checkpoint$kept_samples
  list(
    trainer = trainer, values = numeric(),
    scored = sum(until & !duplicated(history$samples)),
    iterations = max(history$iterations[until]),
    seconds = max(history$duration), training = max(history$duration)
  )
}

# A model's weights and biases without names.
bare_parameters <- function(model) {
  sets <- lapply(parameter_sets(model), lapply, lapply, unname)
  c(sets[[1]], if (length(sets) > 1) list(members = sets[-1]))
}

rows_of_history <- function(history, n, blank) {
  columns <- names(blank[[1]])
  if (!all(columns %in% names(history)) || n > nrow(history)) {
    abort_changed("The checkpoint's scoring history is not what training made.")
  }
  lapply(seq_len(n), function(i) lapply(history[i, columns], identity))
}

# The checkpoint's weights are the best so far, by what they are worth on the rows scored
# now.
keep_checkpoint <- function(run, checkpoint) {
  plan <- run$plan
  kept <- bare_parameters(checkpoint)
  parts <- Filter(Negate(is.null), plan[c("training", "validation")])
  delta <- if (!is.null(run$book$huber)) run$book$huber / plan$response$scale
  metrics <- lapply(parts, function(part) {
    measure_part(
      run, part, predict_part(run, part, kept)$prediction,
      tables = FALSE, settled = list(huber_delta = delta)
    )
  })
  run$book$latest <- metrics
  run$book$kept <- c(
    list(
      value = measure_value(metrics[[length(metrics)]], plan$metric), metrics = metrics,
      samples = checkpoint$kept_samples
    ),
    kept
  )
}

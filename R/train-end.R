# How a run ends: which weights are returned, what is said of it, the parts of the model.

# Scores what was trained last, if that is still to do, and decides which weights are
# returned: TRUE if earlier ones than the last.
settle <- function(run) {
  book <- run$book
  if (!book$status %in% c("unstable", "worker lost")) run$trainer$close_round()
  if (book$status != "unstable" && book$scored_at != book$samples) {
    if (!score_now(run)) {
      book$status <- "unstable"
    }
  }
  if (book$status == "unstable") {
    if (is.null(book$kept)) {
      abort_unstable(
        sprintf(
          "Training diverged %s, before the network was ever scored. %s",
          if (book$samples > 0) sprintf("after %.0f rows", book$samples) else "at once",
          remedies_of(run)
        ),
        model = c(
          run$trainer$weights(),
          list(samples = book$samples, scoring_history = bind_history(book$history))
        )
      )
    }
    restored <- TRUE
  } else {
    restored <- is_restored(run)
  }
  if (restored) {
    write_history(run, book$kept$metrics)
    book$repeated <- TRUE
  }
  restored
}

# Are the weights kept better than the latest?
is_restored <- function(run) {
  latest <- run$book$values[[length(run$book$values)]]
  is_better(run$book$kept$value, latest, run$plan$metric)
}

unstable_remedies <- paste(
  "Remedies: a smaller `rate`, another `initial_weight_distribution` or a smaller",
  "`initial_weight_scale`, a bounded `activation` (\"Tanh\"), a limit on the weights",
  "(`max_w2`, `l1`, `l2`) or dropout."
)

remedies_of <- function(run) {
  paste(c(unstable_remedies, weights_remedy(run$plan$training$weights)), collapse = " ")
}

warn_of_status <- function(run, restored) {
  plan <- run$plan
  status <- run$book$status
  epochs <- format_epochs(epochs_of(run$book, plan))
  asked <- format_epochs(plan$arguments$epochs)
  which <- if (restored) "the best model scored" else "the model as it was then"
  if (status == "unstable") {
    best <- if (plan$arguments$overwrite_with_best_model) "best" else "last"
    warn_feedforward(
      sprintf(
        "Training diverged after %s epochs; the %s model scored before is returned. %s",
        epochs, best, remedies_of(run)
      ),
      class = "feedforward_unstable_warning"
    )
  } else if (status == "time limit") {
    warn_feedforward(
      sprintf(
        paste(
          "`max_runtime_secs = %s` ended training after %s of %s epochs; %s is returned.",
          "Raise it, or lower `epochs`, to train to the end."
        ),
        format(plan$arguments$max_runtime_secs), epochs, asked, which
      ),
      class = "feedforward_time_limit_warning"
    )
  } else if (status == "interrupted") {
    warn_feedforward(
      sprintf(
        "Training was interrupted after %s of %s epochs; %s is returned.",
        epochs, asked, which
      ),
      class = "feedforward_interrupted_warning"
    )
  }
}

trained_parts <- function(run, restored) {
  plan <- run$plan
  book <- run$book
  kept <- if (restored) book$kept else run$trainer$weights()
  prediction <- predict_part(run, plan$training, kept)$prediction
  training <- final_metrics(run, plan$training, prediction)
  validation <- if (!is.null(plan$validation)) {
    final_metrics(
      run, plan$validation, predict_part(run, plan$validation, kept)$prediction,
      threshold = training$default_threshold
    )
  }
  layers <- run$trainer$layers()
  state <- if (plan$arguments$keep_state && !lacks_state(book$status)) state_of_run(run)
  # It may be found out by asking for these alone.
  lost <- book$lost %||% if (!is.null(run$trainer$lost)) run$trainer$lost()
  if (!is.null(lost)) {
    book$status <- "worker lost"
    state <- NULL
  }
  list(
    weights = kept$weights,
    biases = kept$biases,
    members = kept$members,
    layers = layers,
    scoring_history = bind_history(book$history),
    training_metrics = training,
    huber_delta = huber_threshold(plan, prediction),
    validation_metrics = validation,
    default_threshold = (validation %||% training)$default_threshold,
    status = book$status %||% "unfinished",
    stopped_by = book$stopped_by,
    epochs_trained = epochs_of(book, plan),
    samples = book$samples,
    kept_samples = if (restored) kept$samples else book$samples,
    training_rows = plan$training$n,
    state = state,
    lost = lost
  )
}

lacks_state <- function(status) {
  !is.null(status) && status %in% c("unstable", "worker lost")
}

warn_of_end <- function(run, restored, parts) {
  warn_of_status(run, restored)
  if (run$book$samples > 0) warn_of_constant(run$plan, parts)
  warn_of_remarks(run$book)
}

# Metrics with all their tables, on the weights that are returned.
final_metrics <- function(run, part, prediction, threshold = NULL) {
  sample <- part$sample
  description <- if (is.null(sample$index)) {
    sprintf("Metrics reported on full %s frame", part$name)
  } else {
    sprintf("Metrics reported on temporary %s frame with %d samples", part$name, sample$n)
  }
  measure_part(
    run, part, prediction,
    description = description, settled = list(threshold = threshold)
  )
}

# What measures had to say at any scoring, once.
warn_of_remarks <- function(book) {
  if (length(book$remarks) > 0) {
    parts <- vapply(book$remarks, paste, "", collapse = " and ")
    warn_feedforward(
      sprintf("Metrics of the %s rows: %s", parts, names(book$remarks)),
      class = "feedforward_metric_warning"
    )
  }
}

# Says so if a constant would do better on the training rows scored, by more than noise.
warn_of_constant <- function(plan, parts) {
  actual <- plan$training$sample$actual
  if (all(actual == actual[[1]])) {
    return()
  }
  settings <- c(plan$arguments, list(huber_delta = parts$huber_delta))
  constant <- plan$task$constant(plan$response, plan$training, settings)
  value <- measure_value(parts$training_metrics, names(constant))
  if (isTRUE(value > 1.01 * constant)) {
    warn_feedforward(
      sprintf(
        paste(
          "The model predicts its training rows worse than a constant would: its %s is",
          "%s, that of the best constant %s. Remedies: more `epochs`, a smaller `rate`,",
          "another `optimizer` or `activation`, `standardize = TRUE`, less dropout, `l1`",
          "or `l2`."
        ),
        measures[[names(constant)]]$label, format(signif(value, 4)),
        format(signif(unname(constant), 4))
      ),
      class = "feedforward_constant_warning"
    )
  }
}

# How a run ends: which weights are returned, what is said of it, the parts of the model.

# Scores what was trained last, if that is still to do, and decides which weights are
# returned: TRUE if earlier ones than the last.
settle <- function(run) {
  book <- run$book
  if (book$status != "unstable" && book$scored_at != book$samples) {
    if (!score_now(run)) {
      book$status <- "unstable"
    }
  }
  if (book$status == "unstable") {
    if (is.null(book$kept)) {
      abort_unstable(sprintf(
        "Training diverged after %.0f rows, before the network was ever scored. %s",
        book$samples, remedies_of(run)
      ))
    }
    restored <- TRUE
  } else {
    latest <- book$values[[length(book$values)]]
    restored <- is_better(book$kept$value, latest, run$plan$metric)
  }
  if (restored) {
    write_history(run, book$kept$metrics)
  }
  restored
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
  training <- final_metrics(run, plan$training, kept)
  validation <- if (!is.null(plan$validation)) final_metrics(run, plan$validation, kept)
  # Rows of one class only have no threshold.
  threshold <- validation$default_threshold
  if (!isTRUE(is.finite(threshold))) threshold <- training$default_threshold
  list(
    weights = kept$weights,
    biases = kept$biases,
    layers = run$trainer$layers(),
    scoring_history = bind_history(book$history),
    training_metrics = training,
    validation_metrics = validation,
    default_threshold = threshold,
    status = book$status,
    epochs_trained = epochs_of(book, plan),
    samples = book$samples,
    training_rows = plan$training$n
  )
}

# Metrics with all their tables, on the weights that are returned.
final_metrics <- function(run, part, kept) {
  sample <- part$sample
  description <- if (is.null(sample$index)) {
    sprintf("Metrics reported on full %s frame", part$name)
  } else {
    sprintf("Metrics reported on temporary %s frame with %d samples", part$name, sample$n)
  }
  compute_metrics(
    run$plan$response, predict_part(run, part, kept)$prediction, sample$actual,
    sample$weights, run$plan$arguments,
    description = description
  )
}

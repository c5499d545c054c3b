# What a run does when it is scored: the loop decides when, this file measures, keeps the
# best weights and writes the history.

# Scores the network as it stands, writes the history and keeps the weights if they
# are the ones to return so far. FALSE, and nothing written, if the network no longer
# gives finite numbers.
score_now <- function(run) {
  plan <- run$plan
  book <- run$book
  begin_scoring(run$clock)
  training <- predict_part(run, plan$training)
  validation <- if (!is.null(plan$validation)) predict_part(run, plan$validation)
  if (!training$finite || isFALSE(validation$finite)) {
    return(FALSE)
  }
  delta <- move_huber_threshold(run, training$prediction)
  measure <- function(part, predicted, threshold = NULL) {
    measure_part(
      run, part, predicted$prediction,
      tables = FALSE, settled = list(huber_delta = delta, threshold = threshold)
    )
  }
  metrics <- list(training = measure(plan$training, training))
  if (!is.null(validation)) {
    metrics$validation <- measure(
      plan$validation, validation, metrics$training$default_threshold
    )
  }
  value <- measure_value(metrics[[length(metrics)]], plan$metric)
  if (is_to_keep(run, value)) {
    book$kept <- c(
      list(value = value, metrics = metrics, samples = book$samples),
      run$trainer$weights()
    )
  }
  book$values <- c(book$values, value)
  book$latest <- metrics
  book$scored_at <- book$samples
  end_scoring(run$clock)
  write_history(run, metrics)
  TRUE
}

# finite: are the outputs numbers? They are single precision, so their sum is, too, then.
predict_part <- function(run, part, parameters = NULL) {
  link <- run$trainer$predict(part, run$plan$threads, parameters)
  list(
    finite = is.finite(sum(link)),
    prediction = decode_response(run$plan$response, link, part$sample$offset)
  )
}

# The dots are for compute_metrics(). Its warnings would come at every scoring: the book
# keeps them, with the parts that they are about.
measure_part <- function(run, part, prediction, ...) {
  book <- run$book
  withCallingHandlers(
    compute_metrics(
      run$plan$response, prediction, part$sample$actual, part$sample$weights,
      run$plan$arguments, ...
    ),
    feedforward_metric_warning = function(w) {
      told <- conditionMessage(w)
      book$remarks[[told]] <- union(book$remarks[[told]], part$name)
      invokeRestart("muffleWarning")
    }
  )
}

# Huber's threshold follows the residuals of the training sample. Returns it in units
# of the response, NULL for any other loss.
move_huber_threshold <- function(run, prediction) {
  response <- run$plan$response
  delta <- huber_threshold(run$plan, prediction)
  if (is.null(delta)) {
    return(NULL)
  }
  inside <- max(1e-6, delta * response$scale)
  run$trainer$set_huber(inside)
  run$book$huber <- inside
  inside / response$scale
}

# Of these predictions of the training sample, NULL for any other loss.
huber_threshold <- function(plan, prediction) {
  if (!has_moving_threshold(plan$response$distribution)) {
    return(NULL)
  }
  sample <- plan$training$sample
  weighted_quantile(
    abs(sample$actual - prediction), sample$weights %||% rep(1, length(prediction)),
    plan$arguments$huber_alpha
  )
}

# Are the weights just scored the ones to return, if nothing better comes? While the
# metric is NaN, and with `overwrite_with_best_model = FALSE`, the latest are.
is_to_keep <- function(run, value) {
  kept <- run$book$kept
  is.null(kept) || !run$plan$arguments$overwrite_with_best_model ||
    is.na(kept$value) || is_better(value, kept$value, run$plan$metric)
}

write_history <- function(run, metrics) {
  book <- run$book
  row <- history_row(
    run$plan$task, metrics, epochs_of(book, run$plan), book$iterations, book$samples,
    history_seconds(run$clock), training_seconds(run$clock),
    arguments = run$plan$arguments
  )
  book$history <- c(book$history, list(row))
  tell_scoring(run$progress, row)
}

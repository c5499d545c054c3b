# What a run is to do, fixed before its first row: how many rows, when they are scored, by
# what it is judged. Made of data and arguments alone, so it is the same on any machine.

# prepared: see prepare_fit(). Returns a list:
#   task, response, arguments, network, threads; training, validation: parts with their
#     scored rows, validation NULL if there is none
#   metric: name of the stopping metric; good_enough: see good_enough_limit()
#   total: rows of the run; quota: rows of an iteration; rule: when to score
#     (train-schedule.R)
new_plan <- function(prepared) {
  task <- prepared$task
  arguments <- prepared$arguments
  seed <- seed_words(arguments$seed)
  training <- choose_part_sample(
    prepared$training, arguments$score_training_samples, seed
  )
  validation <- prepared$validation
  if (!is.null(validation)) {
    stratified <- task$target == "classes" &&
      arguments$score_validation_sampling == "Stratified"
    validation <- choose_part_sample(
      validation, arguments$score_validation_samples, seed,
      classes = if (stratified) validation$actual
    )
  }
  total <- run_rows(training$n, arguments$epochs)
  list(
    task = task, response = prepared$response, arguments = arguments,
    network = prepared$network, threads = prepared$threads,
    training = training, validation = validation,
    metric = arguments$stopping_metric,
    good_enough = good_enough_limit(
      task, arguments, training$actual, training$weights %||% rep(1, training$n)
    ),
    total = total,
    quota = iteration_rows(
      arguments$train_samples_per_iteration, training$n,
      count_weights(prepared$network), arguments$epochs
    ),
    rule = new_scoring_rule(
      arguments, total,
      forward = forward_cost(
        prepared$network, row_cells(prepared$encoding)
      ),
      scored = training$sample$n + (validation$sample$n %||% 0),
      outputs = prepared$network$outputs
    )
  )
}

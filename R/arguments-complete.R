# What "AUTO" and "auto" become once the response and the rows are known, and which
# choices then do not go together.

# Resolves distribution, loss, optimizer and its settings, mini_batch_size, replicas,
# averaging_interval, score_training_samples, stopping_metric and initial weights, in this
# order, and returns the arguments so completed, all but the seed.
#   task: a record of `tasks`; rows: those that train; network: new_network()
#   offset: is there one?
# Throws feedforward_argument_error.
complete_arguments <- function(arguments, task, rows, network, offset = FALSE) {
  loss <- task$complete_loss(arguments$loss, arguments$distribution, network$outputs)
  initial <- read_initial(arguments[c("initial_weights", "initial_biases")], network)
  problems <- c(
    loss$problem,
    stopping_metric_problem(arguments, task),
    if (offset && !task$offset) {
      "`offset_column` is for regression only, and the response asks for classification."
    },
    initial$problems
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  arguments[c("distribution", "loss")] <- loss[c("distribution", "loss")]
  arguments[c("initial_weights", "initial_biases")] <-
    initial[c("initial_weights", "initial_biases")]
  arguments <- complete_optimizer(arguments, rows)
  arguments <- complete_replicas(arguments, rows, count_weights(network))
  if (!"score_training_samples" %in% attr(arguments, "given")) {
    arguments$score_training_samples <- fewer_for_classes(
      arguments$score_training_samples, network$outputs
    )
  }
  if (arguments$stopping_metric == "AUTO") {
    arguments$stopping_metric <- task$stopping_metric
  }
  arguments
}

# A scoring costs rows times classes: a million of these keep ten scorings cheap beside
# the training.
fewer_for_classes <- function(samples, classes) {
  min(samples, max(500, ceiling(1e6 / classes)))
}

# A seed of -1 is one number of R's generator, drawn when nothing can be refused any more.
complete_seed <- function(seed) {
  if (identical(seed, -1)) as.numeric(sample.int(.Machine$integer.max, 1)) else seed
}

# ---- Optimizer ------------------------------------------------------------------

complete_optimizer <- function(arguments, rows) {
  given <- attr(arguments, "given")
  arguments$optimizer <- chosen_optimizer(arguments)
  own <- optimizer_settings(arguments$optimizer, rows)
  own <- own[setdiff(names(own), given)]
  arguments[names(own)] <- own
  arguments <- limit_batch(arguments, rows)
  if (!"weight_decay" %in% optimizers[[arguments$optimizer]]$arguments) {
    arguments$weight_decay <- 0
  }
  arguments
}

limit_batch <- function(arguments, rows) {
  if (arguments$mini_batch_size <= rows) {
    return(arguments)
  }
  if (!"mini_batch_size" %in% attr(arguments, "filled")) {
    warn_feedforward(
      sprintf(
        "`mini_batch_size` is %s, but only %s; all of them make one batch.",
        format_count(arguments$mini_batch_size),
        count_of(rows, "row trains", "rows train")
      ),
      "feedforward_clamped_argument_warning"
    )
  }
  arguments$mini_batch_size <- as.numeric(rows)
  arguments
}

# ---- Replicas -------------------------------------------------------------------

# Replicas are part of the model: their number depends on the data and the request, never
# on the machine. Small data are trained before it pays, mini-batches lose by averaging,
# and so does momentum, on top of which the averages have a momentum of their own
# (bench/README.md has the figures). Shards take the place of replicas: four of four each
# on the 15,000 rows of covtype have a logloss of .52, four of one .45, as one run has.
auto_replicas <- function(arguments, rows) {
  momentum <- optimizers[[arguments$optimizer]]$momentum(arguments)
  shards <- arguments$shards > 1
  if (arguments$mini_batch_size > 1 || rows < 10000 || momentum || shards) 1 else 4
}

# Large networks pay most for an average. Half as many cost little quality where there are
# many rows (benchm-ml, one epoch: AUC .711 against .714).
auto_interval <- function(rows, weights) {
  if (rows >= 100000 && weights > 20000) 200 else 100
}

complete_replicas <- function(arguments, rows, weights) {
  if (identical(arguments$shards, "auto")) {
    arguments$shards <- max(1, attr(arguments, "workers"))
  }
  if (arguments$shards == 1 && !is.null(arguments$cluster)) {
    warn_feedforward(
      "Ignored: `cluster`; one shard trains here. Ask for more by `shards`.",
      "feedforward_ignored_argument_warning"
    )
  }
  if (arguments$reproducible) {
    arguments$replicas <- 1
  }
  batch <- arguments$mini_batch_size
  if (identical(arguments$replicas, "auto")) {
    arguments$replicas <- auto_replicas(arguments, rows)
  }
  if (identical(arguments$averaging_interval, "auto")) {
    arguments$averaging_interval <- auto_interval(rows, weights)
  }
  if (arguments$elastic_averaging && arguments$replicas == 1) {
    warn_feedforward(
      paste(
        "Ignored: `elastic_averaging`; there is one replica only. Ask for more by",
        "`replicas`."
      ),
      "feedforward_ignored_argument_warning"
    )
  }
  # A round ends with a whole batch.
  arguments$averaging_interval <- ceiling(arguments$averaging_interval / batch) * batch
  arguments
}

# The driver loop: train an iteration, score?, stop?, keep the best. The core learns,
# this file judges. It reads the clock only for `max_runtime_secs`, a positive
# `score_interval` and the progress bar; without the first two the same seed gives the
# same model.

# Seconds of training between two looks at interrupts, the time limit and the progress
# bar. A pause changes no bit.
slice_seconds <- 0.2

# training, validation: data_part(), validation may be NULL; y of training is free of
# NA, its weights are above 0. started: proc.time()[["elapsed"]] at the start of
# the fit.
# Returns the parts of the model that training makes, for new_deeplearning().
train_network <- function(training, validation, encoding, response, arguments,
                          threads = 1L, started = proc.time()[["elapsed"]]) {
  network <- network_shape(encoding, response, arguments)
  state <- new_training(
    training, validation, encoding, response, arguments, network, threads, started
  )
  state$progress <- start_progress(
    arguments$progress, state$total, arguments$epochs, arguments$verbose
  )
  on.exit(close_progress(state), add = TRUE)
  if (identical(arguments$interrupt, "keep")) {
    # Ctrl-C can also fall between two slices, into R code.
    tryCatch(run_training(state), interrupt = function(e) state$status <- "interrupted")
  } else {
    run_training(state)
    if (state$status == "interrupted") {
      close_progress(state)
      rlang::interrupt()
    }
  }
  restored <- settle(state)
  close_progress(state)
  warn_of_status(state, restored)
  trained_parts(state, network, restored)
}

close_progress <- function(state) {
  end_progress(state$progress)
  state$progress$shown <- FALSE
}

# A set of rows with what is known about them.
#   rows: pointer from encode_rows(); n: how many; actual: class codes or numbers on
#   the scale of the response; target: the same as the trainer wants it; weights,
#   offset: numbers or NULL; name: "training" or "validation"
data_part <- function(rows, n, actual, target, weights = NULL, offset = NULL,
                      name = "training") {
  list(
    rows = rows, n = n, actual = actual, target = target, weights = weights,
    offset = offset, name = name
  )
}

# The part with its choice of scored rows, and what a scoring needs of them.
choose_part_sample <- function(part, size, seed, classes = NULL) {
  index <- choose_scored_rows(part$n, size, seed, part$name, classes)
  pick <- function(x) if (is.null(index) || is.null(x)) x else x[index]
  part$sample <- list(
    index = index,
    n = if (is.null(index)) part$n else length(index),
    actual = pick(part$actual),
    weights = pick(part$weights),
    offset = pick(part$offset)
  )
  part
}

network_shape <- function(encoding, response, arguments) {
  classes <- response$kind != "regression"
  list(
    inputs = as.integer(encoding$inputs),
    hidden = as.integer(arguments$hidden),
    activation = sub("WithDropout$", "", arguments$activation),
    outputs = if (classes) length(response$levels) else 1L,
    output = if (classes) "softmax" else "linear"
  )
}

# ---- The state of a run ---------------------------------------------------------

# An environment, because an interrupt may end the loop anywhere: what was reached is
# then still there. Nothing of it outlives train_network().
new_training <- function(training, validation, encoding, response, arguments, network,
                         threads, started) {
  seed <- seed_words(arguments$seed)
  training <- choose_part_sample(training, arguments$score_training_samples, seed)
  scored <- training$sample$n
  if (!is.null(validation)) {
    stratified <- response$kind != "regression" &&
      arguments$score_validation_sampling == "Stratified"
    validation <- choose_part_sample(
      validation, arguments$score_validation_samples, seed,
      classes = if (stratified) validation$actual
    )
    scored <- scored + validation$sample$n
  }
  active <- length(encoding$order$factors) + length(encoding$order$numerics)
  forward <- forward_cost(
    active, network$hidden, network$outputs, network$activation
  )
  total <- run_rows(training$n, arguments$epochs)
  state <- new.env(parent = emptyenv())
  state$trainer <- trainer_new(
    training$rows, trainer_target(training, response), network,
    trainer_options(arguments, encoding, response, seed)
  )
  state$training <- training
  state$validation <- validation
  state$response <- response
  state$arguments <- arguments
  state$metric <- stopping_metric_name(arguments$stopping_metric, response$kind)
  state$rule <- new_scoring_rule(arguments, total, forward, scored)
  state$quota <- iteration_rows(
    arguments$train_samples_per_iteration, training$n, count_weights(network),
    arguments$epochs
  )
  state$total <- total
  state$threads <- threads
  state$samples <- 0
  state$iterations <- 0L
  state$status <- NULL
  # Rows trained when last scored, and that scoring's metrics.
  state$scored_at <- -1
  state$latest <- NULL
  # Values of the stopping metric, one per scoring; the weights to return so far.
  state$values <- numeric()
  state$kept <- NULL
  state$history <- list(blank_row(state))
  state$started <- started
  state$overhead <- elapsed() - started
  state$scoring_began <- -Inf
  state$scoring_took <- 0
  state
}

blank_row <- function(state) {
  parts <- list(training = NULL)
  if (!is.null(state$validation)) {
    parts["validation"] <- list(NULL)
  }
  history_row(state$response$kind, parts, 0, 0L, 0, seconds = 0, overhead = 0)
}

elapsed <- function() {
  proc.time()[["elapsed"]]
}

count_weights <- function(network) {
  channels <- if (network$activation == "Maxout") 2 else 1
  from <- as.numeric(c(network$inputs, network$hidden))
  sum(from * c(channels * network$hidden, network$outputs))
}

# What the network is to reach, in its own units.
trainer_target <- function(training, response) {
  list(
    kind = if (response$kind == "regression") "numbers" else "classes",
    y = training$target,
    weights = training$weights,
    offset = encode_offset(response, training$offset)
  )
}

# The core's options, by the arguments' own names.
trainer_options <- function(arguments, encoding, response, seed) {
  same <- c(
    "optimizer", "rate", "rate_annealing", "rate_decay", "momentum_start",
    "momentum_ramp", "momentum_stable", "nesterov_accelerated_gradient", "rho",
    "epsilon", "beta1", "beta2", "weight_decay", "l1", "l2", "max_w2", "fast_mode",
    "mini_batch_size", "replicas", "averaging_interval", "weight_averaging_decay",
    "input_dropout_ratio", "hidden_dropout_ratios", "shuffle_training_data", "epochs",
    "quantile_alpha", "tweedie_power", "initial_weight_distribution",
    "initial_weight_scale", "initial_weights", "initial_biases"
  )
  options <- stats::setNames(lapply(same, function(name) arguments[[name]]), same)
  if (is.null(options$hidden_dropout_ratios)) {
    options$hidden_dropout_ratios <- numeric(length(arguments$hidden))
  }
  regression <- response$kind == "regression"
  c(options, list(
    seed = seed,
    loss = if (regression) response$distribution else response$loss,
    # One standard deviation of the response, or 1 where it is not standardised: the
    # same number in the network's units.
    huber_delta = 1,
    unused_inputs = as.integer(unused_inputs(encoding)),
    kernels = getOption("feedforward.kernels", "auto")
  ))
}

# ---- The loop -------------------------------------------------------------------

run_training <- function(state) {
  if (state$total == 0) {
    state$status <- if (score_now(state)) "finished" else "unstable"
  }
  while (is.null(state$status)) {
    before <- state$samples
    state$status <- run_iteration(state)
    if (!is.null(state$status)) break
    finished <- state$samples >= state$total
    if (is_due_now(state, before)) {
      if (!score_now(state)) {
        state$status <- "unstable"
      } else if (!finished && should_stop(state)) {
        state$status <- "stopped early"
      }
    }
    if (is.null(state$status)) {
      state$status <- if (finished) "finished" else if (is_late(state)) "time limit"
    }
  }
}

# Trains one iteration in slices. NULL when it is complete, else why it is not.
run_iteration <- function(state) {
  state$iterations <- state$iterations + 1L
  goal <- state$samples + state$quota
  repeat {
    # A round that a pause has cut runs to its end, even beyond the goal.
    ask <- max(1, goal - state$samples)
    done <- trainer_run(state$trainer, ask, next_slice(state), state$threads)
    state$samples <- state$samples + done$rows
    show_progress(state)
    if (done$status %in% c("interrupted", "unstable")) {
      return(done$status)
    }
    if (done$status == "running") {
      if (done$rows == 0 && state$samples < state$total) {
        abort_internal("The trainer returned without training a row.")
      }
      return(NULL)
    }
    if (is_late(state)) {
      return("time limit")
    }
  }
}

next_slice <- function(state) {
  limit <- state$arguments$max_runtime_secs
  if (limit <= 0) {
    return(slice_seconds)
  }
  # However small the limit, a little is trained.
  max(0.005, min(slice_seconds, limit - (elapsed() - state$started)))
}

is_late <- function(state) {
  limit <- state$arguments$max_runtime_secs
  limit > 0 && elapsed() - state$started >= limit
}

is_due_now <- function(state, before) {
  is_scoring_due(
    state$rule, before, state$samples, max(0, state$scored_at),
    seconds = elapsed() - state$scoring_began, took = state$scoring_took
  )
}

should_stop <- function(state) {
  arguments <- state$arguments
  is_good_enough(state$latest$training, state$response$kind, arguments) ||
    has_converged(
      state$values, state$metric, arguments$stopping_rounds,
      arguments$stopping_tolerance
    )
}

show_progress <- function(state) {
  judged <- state$latest
  losses <- vapply(judged, stopping_value, 0, metric = state$metric)
  if (length(losses) > 0) {
    names(losses) <- paste(names(losses), state$metric)
  }
  update_progress(
    state$progress, state$samples, state$samples / state$training$n,
    elapsed() - state$started - state$overhead, losses
  )
}

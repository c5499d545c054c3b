# The trainer as the loop sees it: a record of functions, which hides where the rows lie
# and who trains them. core_trainer() is the one of this process; a test, or a driver of
# many machines, brings another.
#
#   run(rows, seconds, threads): trains about so many rows, or for so long; returns
#     list(rows, status = "running", "paused", "interrupted", "unstable" or "worker lost",
#     then with `lost`, the condition)
#   close_round(): a run that ends within a round: its replicas meet as they are
#   weights(): list(weights, biases) of what would be returned now
#   predict(part, threads, parameters): the network's outputs for the part's scored rows,
#     rows x outputs; with the weights of now, or with `parameters`
#   set_huber(delta): moves Huber's threshold, in the network's units
#   layers(): how each layer learns at the moment, for layer_table()
#   state(), set_state(state): all there is to a run between two rounds
#   fresh_state(parameters, samples): the state of weights alone, after so many rows
#   lost(): of a fleet, the condition that ended it, or NULL; may be absent
#   tell(): of a fleet, says what its exchanges cost; may be absent
#   close(): of a fleet, frees what its workers hold; may be absent
#   pointer: for trainers_run(), which takes several of this process; NULL of a fleet
#     (train-shards.R) and of members (train-members.R)
#   set_weights(parameters): all replicas start there; the optimizer's state stays
core_trainer <- function(rows, target, network, options) {
  trainer <- trainer_new(rows, target, network, options)
  list(
    run = function(rows, seconds, threads) trainer_run(trainer, rows, seconds, threads),
    close_round = function() trainer_close_round(trainer),
    weights = function() trainer_weights(trainer),
    predict = function(part, threads, parameters = NULL) {
      lies <- inherits(part$rows, "scattered_rows")
      if (is.null(parameters) && !lies) {
        return(trainer_predict(trainer, part$rows, part$sample$index, threads))
      }
      # The way that predict() goes: performance() on the same rows gives the same.
      part_outputs(part, network, parameters %||% trainer_weights(trainer), threads)
    },
    set_huber = function(delta) trainer_set_huber(trainer, delta),
    layers = function() trainer_layers(trainer),
    set_weights = function(parameters) {
      trainer_set_weights(trainer, parameters$weights, parameters$biases)
    },
    state = function() trainer_state(trainer),
    fresh_state = function(parameters, samples) {
      state <- trainer_state(trainer)
      for (r in seq_along(state$replicas)) state$replicas[[r]]$parameters <- parameters
      if (!is.null(state$average)) state$average <- parameters
      state$samples <- samples
      state$averaged_at <- samples
      state
    },
    pointer = trainer,
    set_state = function(state) trainer_set_state(trainer, state)
  )
}

new_trainer <- function(prepared) {
  if (!is.null(prepared$shards)) {
    return(new_fleet(prepared$shards, prepared))
  }
  if (prepared$arguments$members > 1) {
    return(new_members(prepared))
  }
  core_trainer(
    prepared$training$rows, trainer_target(prepared),
    prepared$network, trainer_options(prepared)
  )
}

# What the network is to reach, in its own units.
trainer_target <- function(prepared) {
  training <- prepared$training
  list(
    kind = prepared$task$target,
    y = training$target,
    weights = scaled_weights(training$weights),
    offset = encode_offset(prepared$response, training$offset)
  )
}

# The core's options: arguments by their own names, and what else it must be told.
trainer_options <- function(prepared) {
  names <- core_arguments()
  options <- stats::setNames(
    lapply(names, function(name) prepared$arguments[[name]]), names
  )
  options[names(prepared$start)] <- prepared$start
  if (is.null(options$hidden_dropout_ratios)) {
    options$hidden_dropout_ratios <- numeric(length(prepared$network$hidden))
  }
  c(options, list(
    seed = seed_words(prepared$arguments$seed),
    order_seed = seed_words(prepared$arguments$seed), part = 0, parts = 1,
    loss = prepared$task$core_loss(prepared$response),
    # One standard deviation of the response, or 1 where it is not standardised: the
    # same number in the network's units.
    huber_delta = 1,
    unused_inputs = as.integer(prepared$encoding$unused),
    output_bias = prepared$task$start(
      prepared$response, prepared$training, prepared$arguments
    ),
    kernels = prepared$kernels
  ))
}

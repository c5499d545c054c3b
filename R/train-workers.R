#' @include train-carrier.R cluster-engine.R
NULL

# Shards on the workers of a cluster of package parallel. An exchange is one message there
# and one back: where to begin and how far to train; the weights that came of it, as the
# bytes of single-precision numbers. Nothing else is on its way while training, so which
# worker carries which shard changes no bit.
#
# Messages carry the run and a number. An answer that nobody waits for any more, because
# an interrupt came between, is taken off the line and dropped when the next is awaited.

# A carrier (train-carrier.R) of an engine with a line.
carry_cluster <- function(engine, shards, arguments) {
  line <- engine$line
  line$threads <- arguments$threads
  ask(line, "open", lapply(line$shards, function(s) {
    list(places = s, shards = lapply(shards[s], portable_shard))
  }))
  line$trained <- numeric(length(shards))
  list(
    start = function() ask(line, "start")[[1]],
    begin = function(parameters) line$begin <- to_floats(flatten_parameters(parameters)),
    train = function(goals, seconds, threads) exchange(line, goals, seconds),
    trained = function() line$trained,
    weights = function() line$ends,
    states = function() gather(line, "states"),
    set_states = function(states) {
      ask(line, "set_states", spread(line, states))
      line$trained <- vapply(states, function(one) as.numeric(one$samples), 0)
    },
    fresh_states = function(parameters, samples) {
      gather(line, "fresh_states", lapply(spread(line, samples), function(n) {
        list(parameters = parameters, samples = n)
      }))
    },
    layers = function() ask(line, "layers")[[1]],
    set_huber = function(delta) ask(line, "set_huber", rep(list(delta), engine$size)),
    # A worker always trains its exchange to the end.
    close_round = function() {
      while (!is.null(line$waiting)) exchange(line, NULL, 1)
    }
  )
}

# Sends the exchange, if none is on its way, and waits for so long.
exchange <- function(line, goals, seconds) {
  if (is.null(line$waiting)) {
    line$waiting <- say(line, "exchange", lapply(line$shards, function(s) {
      list(begin = line$begin, goals = goals[s], threads = line$threads)
    }))
  }
  answers <- hear(line, line$waiting, seconds)
  if (is.null(answers)) {
    return("paused")
  }
  line$waiting <- NULL
  line$trained <- unlist(lapply(answers, `[[`, "trained"))
  ends <- unlist(lapply(answers, `[[`, "weights"), recursive = FALSE)
  line$ends <- lapply(ends, from_floats)
  if (any(vapply(answers, `[[`, "", "status") == "unstable")) "unstable" else "running"
}

# A shard with its own rows only.
portable_shard <- function(shard) {
  if (shard$lies) {
    return(shard)
  }
  keep <- shard$keep
  shard$columns <- if (is.list(shard$columns)) {
    lapply(shard$columns, `[`, keep)
  } else {
    shard$columns[keep, , drop = FALSE]
  }
  shard$rows <- length(keep)
  shard["keep"] <- list(NULL)
  shard
}

# The training ends with the model of the last exchange.
tell_of_loss <- function(lost, model) {
  abort_feedforward(
    sprintf(
      "%s Training ended in exchange %s; `model` of this error is the model so far.",
      conditionMessage(lost), format_count(lost$exchange)
    ),
    "feedforward_worker_error",
    worker = lost$worker, shard = lost$shard, exchange = lost$exchange,
    reason = lost$reason, model = model
  )
}

# ---- On the worker ------------------------------------------------------------------

duties$open <- function(order) {
  workplace$now$carrier <- carry_here(order$shards, shops_of(order$places))
  workplace$now$shape <- workplace$now$carrier$start()
  TRUE
}

duties$exchange <- function(order) {
  carrier <- workplace$now$carrier
  carrier$begin(unflatten_parameters(from_floats(order$begin), workplace$now$shape))
  status <- carrier$train(order$goals, Inf, resolve_threads(order$threads))
  list(
    status = status, trained = carrier$trained(),
    weights = lapply(carrier$weights(), to_floats)
  )
}

duties$start <- function(arguments) workplace$now$shape

duties$states <- function(arguments) workplace$now$carrier$states()

duties$set_states <- function(states) workplace$now$carrier$set_states(states)

duties$fresh_states <- function(order) {
  workplace$now$carrier$fresh_states(order$parameters, order$samples)
}

duties$layers <- function(arguments) workplace$now$carrier$layers()

duties$set_huber <- function(delta) workplace$now$carrier$set_huber(delta)

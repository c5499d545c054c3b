# Shards: the training rows dealt to several whole runs, each with replicas, an
# optimizer's state and an order of rows of its own, that meet from time to time. A
# shard may lie anywhere, since nothing but weights crosses; which process carries it
# changes no bit.
#
# With G shards, M = 1 - 1 / G, and the weights w that all began with, each exchange is
#   every shard starts at begin = w + M d and trains to its goal, which gives v_s
#   d <- M d + sum over s, in order, of share_s (v_s - begin),   w <- w + d
# share_s being the rows it trained of all that were trained. The optimizer's state stays
# with its shard; the change of its own replicas' averages begins at 0 (kept, it
# diverges). What is scored, kept and returned is w, or the moving average of it.
#
# This is block momentum (Chen and Huo 2016) as replicas have it (core/learning/
# model_averaging.h), one level up.

# The record that the loop drives (train-trainer.R).
#   shards: of deal_shards(); engine: where they are trained
new_fleet <- function(shards, prepared, engine = engine_of(prepared)) {
  fleet <- new.env(parent = emptyenv())
  fleet$arguments <- prepared$arguments
  fleet$places <- prepared$places
  force(engine)
  on.exit(if (is.null(fleet$done) && is.null(fleet$places)) engine$close())
  engine$agree(list(
    seed = toString(prepared$arguments$seed),
    rows = toString(vapply(shards, `[[`, 0, "n"))
  ))
  fleet$shards <- shards
  fleet$carrier <- carry_shards(engine, shards, prepared$arguments$threads)
  fleet$network <- prepared$network
  fleet$rows <- vapply(shards, `[[`, 0, "n")
  fleet$totals <- vapply(fleet$rows, run_rows, 0, prepared$arguments$epochs)
  # Exchanges end with epochs, too, so that 5 + 5 epochs are 10.
  fleet$per_epoch <- ceiling(max(fleet$rows) / prepared$arguments$exchange_interval)
  fleet$shape <- fleet$carrier$start()
  fleet$w <- flatten_parameters(fleet$shape)
  fleet$change <- numeric(length(fleet$w))
  fleet$done <- 0
  fleet$seconds <- 0
  fleet$trained <- numeric(length(shards))
  fleet$before <- fleet$trained
  fleet$open <- FALSE
  list(
    run = function(rows, seconds, threads) run_fleet(fleet, rows, seconds, threads),
    close_round = function() close_exchange(fleet),
    weights = function() unflatten_parameters(fleet_result(fleet), fleet$shape),
    predict = function(part, threads, parameters = NULL) {
      keep_states(fleet)
      parameters <- parameters %||%
        unflatten_parameters(fleet_result(fleet), fleet$shape)
      look_at_part(fleet, part, parameters, threads)
    },
    set_huber = function(delta) {
      fleet$huber <- delta
      if (is.null(fleet$lost)) persist(fleet, function() fleet$carrier$set_huber(delta))
    },
    layers = function() fleet_layers(fleet),
    close = if (is.null(prepared$places)) function() fleet$carrier$close(),
    state = function() {
      if (is.null(fleet$lost)) persist(fleet, function() fleet_state(fleet))
    },
    fresh_state = function(parameters, samples) {
      fresh_fleet_state(fleet, parameters, samples)
    },
    set_state = function(state) set_fleet_state(fleet, state),
    tell = function() tell_of_exchanges(fleet)
  )
}

# That of rows in shards is there already, and outlives the fleet.
engine_of <- function(prepared) {
  if (is.null(prepared$places)) {
    return(training_engine(prepared$arguments))
  }
  prepared$places[[1]]$engine
}

training_engine <- function(arguments) {
  new_engine(arguments$cluster, arguments$shards, arguments$worker_timeout)
}

# ---- Running ----------------------------------------------------------------------

run_fleet <- function(fleet, rows, seconds, threads) {
  before <- sum(fleet$trained)
  until <- elapsed() + seconds
  report <- function(status) list(rows = sum(fleet$trained) - before, status = status)
  if (!is.null(fleet$lost)) {
    return(c(report("worker lost"), list(lost = fleet$lost)))
  }
  repeat {
    status <- tryCatch(
      step_exchange(fleet, until - elapsed(), threads),
      feedforward_worker_error = identity
    )
    if (inherits(status, "condition")) {
      if (take_up(fleet, status)) next
      status$exchange <- fleet$done + 1
      fleet$lost <- status
      return(c(report("worker lost"), list(lost = status)))
    }
    if (status != "running") {
      return(report(status))
    }
    if (!all(is.finite(fleet$w)) || any(abs(fleet$w) > largest_weight)) {
      return(report("unstable"))
    }
    enough <- sum(fleet$trained) - before >= rows
    if (enough || all(fleet$trained >= fleet$totals)) {
      return(report("running"))
    }
    if (elapsed() >= until) {
      return(report("paused"))
    }
  }
}

# Begins an exchange or goes on with it; "running" if that has ended it.
step_exchange <- function(fleet, seconds, threads) {
  began <- elapsed()
  on.exit(fleet$seconds <- fleet$seconds + elapsed() - began)
  if (!fleet$open) begin_exchange(fleet)
  status <- fleet$carrier$train(exchange_goals(fleet), seconds, threads)
  fleet$trained <- fleet$carrier$trained()
  if (status == "running") end_exchange(fleet)
  status
}

# As the core has it.
largest_weight <- 1e15

# Rows that each shard is to have trained when the exchange in hand ends.
exchange_goals <- function(fleet, done = fleet$done) {
  epochs <- done %/% fleet$per_epoch
  part <- (done %% fleet$per_epoch + 1) / fleet$per_epoch
  pmin(fleet$totals, epochs * fleet$rows + floor(fleet$rows * part))
}

momentum_of <- function(shards) 1 - 1 / shards

begin_exchange <- function(fleet) {
  momentum <- momentum_of(length(fleet$rows))
  fleet$begin <- single_precision(fleet$w + momentum * fleet$change)
  fleet$before <- fleet$trained
  fleet$carrier$begin(unflatten_parameters(fleet$begin, fleet$shape))
  fleet$open <- TRUE
}

end_exchange <- function(fleet) {
  rows <- fleet$trained - fleet$before
  fleet$open <- FALSE
  fleet$done <- fleet$done + 1
  if (sum(rows) == 0) {
    return(invisible())
  }
  # In the order of the shards, whoever carries them.
  averaged <- average_shards(
    fleet$carrier$weights(), rows / sum(rows), fleet$begin, fleet$change,
    momentum_of(length(rows)), fleet$w
  )
  fleet$change <- averaged$change
  fleet$w <- limit_incoming(averaged$w, fleet$shape, fleet$arguments$max_w2)
  fleet$average <- next_average(fleet, sum(fleet$trained))
}

# A run that ends within an exchange: shards meet as they are.
close_exchange <- function(fleet) {
  if (!fleet$open) {
    return(invisible())
  }
  lost <- tryCatch(
    {
      fleet$carrier$close_round()
      NULL
    },
    feedforward_worker_error = identity
  )
  if (!is.null(lost)) {
    if (!take_up(fleet, lost)) stop(lost)
    return(repeat_exchanges(fleet, fleet$done + 1))
  }
  fleet$trained <- fleet$carrier$trained()
  end_exchange(fleet)
}

# Units whose incoming weights have a larger sum of squares are scaled down to it.
limit_incoming <- function(w, shape, limit) {
  if (limit >= max_float) {
    return(w)
  }
  parameters <- unflatten_parameters(w, shape)
  parameters$weights <- lapply(parameters$weights, function(layer) {
    squares <- rowSums(layer^2)
    layer * ifelse(squares > limit, sqrt(limit / squares), 1)
  })
  single_precision(flatten_parameters(parameters))
}

# ---- The moving average -------------------------------------------------------------

# As Replicas::move_average() of the core, exchanges in place of rounds: list(w, samples).
entries_per_memory <- 8

next_average <- function(fleet, samples) {
  arguments <- fleet$arguments
  decay <- arguments$weight_averaging_decay
  share <- arguments$weight_averaging_share
  if (decay == 0 && share == 0) {
    return(NULL)
  }
  average <- fleet$average
  if (decay == 0) {
    memory <- share * samples
    rows <- samples - (average$samples %||% 0)
    if (rows < memory / entries_per_memory) {
      return(average)
    }
    decay <- 1 - min(1, rows / memory)
  }
  w <- if (is.null(average)) fleet$w else decay * average$w + (1 - decay) * fleet$w
  list(w = single_precision(w), samples = samples)
}

# Rates of the first shard; nobody knows them where its worker is lost.
fleet_layers <- function(fleet) {
  if (is.null(fleet$lost)) {
    return(persist(fleet, function() fleet$carrier$layers()))
  }
  unknown <- rep(NA_real_, length(fleet$shape$weights))
  list(mean_rate = unknown, rate_rms = unknown, momentum = unknown)
}

fleet_result <- function(fleet) fleet$average$w %||% fleet$w

# ---- Parameters as one vector ----------------------------------------------------------

flatten_parameters <- function(parameters) {
  unlist(parameters[c("weights", "biases")], use.names = FALSE)
}

unflatten_parameters <- function(flat, shape) {
  ends <- cumsum(c(lengths(shape$weights), lengths(shape$biases)))
  starts <- c(0, ends) + 1
  part <- function(k) flat[starts[[k]]:ends[[k]]]
  layers <- length(shape$weights)
  list(
    weights = lapply(seq_len(layers), function(l) {
      like <- shape$weights[[l]]
      matrix(part(l), nrow(like), ncol(like))
    }),
    biases = lapply(seq_len(layers), function(l) part(layers + l))
  )
}

# ---- The state -------------------------------------------------------------------------

fleet_state <- function(fleet) {
  list(
    shards = fleet$carrier$states(), w = fleet$w, change = fleet$change,
    done = fleet$done, trained = fleet$trained, average = fleet$average
  )
}

set_fleet_state <- function(fleet, state) {
  if (length(state$shards) != length(fleet$rows) ||
    length(state$w) != length(fleet$w)) {
    stop("it has other shards, or another network")
  }
  fleet$carrier$set_states(state$shards)
  fleet$kept <- if (resumes(fleet)) state
  for (name in c("w", "change", "done", "trained", "average")) {
    assign(name, state[[name]], envir = fleet)
  }
  fleet$open <- FALSE
}

# Weights alone, where so many rows have brought them.
fresh_fleet_state <- function(fleet, parameters, samples) {
  state <- fleet_state(fleet)
  state$done <- floor(samples / sum(fleet$rows) * fleet$per_epoch)
  began <- state$done > 0
  state$trained <- if (began) exchange_goals(fleet, state$done - 1) else 0 * fleet$rows
  state$shards <- fleet$carrier$fresh_states(parameters, state$trained)
  state$w <- flatten_parameters(parameters)
  state
}

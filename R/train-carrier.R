#' @include cluster-engine.R
NULL

# Who carries the shards: a record of functions on an engine (cluster-engine.R). Values
# are lists or vectors with an entry for each shard, in their order. An exchange is one
# message there and one back: where to begin and how far to train; the weights that came
# of it, as the bytes of single-precision numbers.
#
#   start(): parameters of the first; weights(): of each, as bytes
#   begin(parameters): all start there; their optimizers' states stay
#   train(goals, seconds, threads): until each has trained so many rows in all, or for so
#     long; "running" (there), "paused", "interrupted" or "unstable"
#   trained(): rows so far; busy(): seconds that the slowest process trained, in all
#   states(), set_states(states), layers() (of the first), set_huber(delta),
#   close_round(), fresh_states(parameters, samples): as of a trainer
#   close(): ends the engine
# threads: those of each worker; here they are told to train()
# In one piece: the functions share what is under way.
carry_shards <- function(engine, shards, threads = NULL) {
  count <- length(shards)
  # What all shards of a process are told goes with the first of them.
  first <- !duplicated(engine$place)
  engine$each("open", if (engine$here) shards else Map(portable_shard, shards, first))
  now <- new.env(parent = emptyenv())
  now$trained <- numeric(count)
  now$under_way <- FALSE
  now$busy <- 0
  of_first <- function(duty) engine$each(duty, as.list(seq_len(count) == 1))[[1]]
  take <- function(reports) {
    now$under_way <- FALSE
    now$trained <- vapply(reports, `[[`, 0, "trained")
    now$busy <- now$busy + max(vapply(reports, `[[`, 0, "seconds"))
    now$ends <- lapply(reports, `[[`, "weights")
    status <- vapply(reports, `[[`, "", "status")
    c(intersect(c("unstable", "interrupted"), status), "running")[[1]]
  }
  train <- function(goals, seconds, here) {
    orders <- lapply(seq_len(count), function(s) {
      list(
        begin = if (first[[s]]) now$begin, goal = goals[[s]],
        threads = if (engine$here) here else threads
      )
    })
    now$under_way <- TRUE
    reports <- engine$each("exchange", orders, seconds)
    now$begin <- NULL
    if (!is.null(reports)) {
      return(take(reports))
    }
    if (engine$here) now$trained <- unlist(engine$each("trained"))
    "paused"
  }
  list(
    begin = function(parameters) now$begin <- to_floats(flatten_parameters(parameters)),
    train = train,
    trained = function() now$trained,
    busy = function() now$busy,
    start = function() of_first("weights"),
    weights = function() now$ends,
    states = function() engine$each("state"),
    set_states = function(states) {
      engine$each("set_state", states)
      now$trained <- vapply(states, function(state) as.numeric(state$samples), 0)
    },
    fresh_states = function(parameters, samples) {
      engine$each("fresh_state", lapply(samples, function(n) {
        list(parameters = parameters, samples = n)
      }))
    },
    layers = function() of_first("layers"),
    set_huber = function(delta) engine$each("set_huber", rep(list(delta), count)),
    # A worker always trains its exchange to the end.
    close_round = function() {
      if (engine$here) {
        take(engine$each("close_round"))
      } else {
        while (now$under_way) train(now$trained, 1)
      }
    },
    close = engine$close
  )
}

# ---- Where a shard is ------------------------------------------------------------------

# A shop keeps the trainer and the rows that it has trained. Rows that all shards have in
# common come with the first.
joint_duties$open <- function(shops, shards, seconds) {
  for (s in seq_along(shops)) {
    if (s > 1 && shards[[s]]$common) {
      shards[[s]][c("encoded", "target")] <- shards[[1]][c("encoded", "target")]
    }
    shards[[s]]$encoded <- shard_rows(shards[[s]], shops[[s]])
    shops[[s]]$trainer <- shard_trainer(shards[[s]], shops[[s]])
    shops[[s]]$trained <- 0
  }
  vector("list", length(shops))
}

shard_duties$weights <- function(shop, asked) if (asked) shop$trainer$weights()
shard_duties$layers <- function(shop, asked) if (asked) shop$trainer$layers()
shard_duties$trained <- function(shop, argument) shop$trained
shard_duties$state <- function(shop, argument) shop$trainer$state()
shard_duties$set_huber <- function(shop, delta) shop$trainer$set_huber(delta)

shard_duties$set_state <- function(shop, state) {
  shop$trainer$set_state(state)
  shop$trained <- as.numeric(state$samples)
}

shard_duties$fresh_state <- function(shop, order) {
  shop$trainer$fresh_state(order$parameters, order$samples)
}

shard_duties$close_round <- function(shop, argument) {
  shop$trainer$close_round()
  report_shard(shop, "running", 0)
}

report_shard <- function(shop, status, seconds) {
  list(
    status = status, seconds = seconds, trained = shop$trained,
    weights = to_floats(flatten_parameters(shop$trainer$weights()))
  )
}

# orders: list(begin, of the first shard, NULL to go on; goal; threads) for each
joint_duties$exchange <- function(shops, orders, seconds) {
  if (length(shops) == 0) {
    return(list())
  }
  if (!is.null(orders[[1]]$begin)) {
    first <- shops[[1]]
    first$shape <- first$shape %||% first$trainer$weights()
    begin <- unflatten_parameters(from_floats(orders[[1]]$begin), first$shape)
    for (shop in shops) shop$trainer$set_weights(begin)
  }
  goals <- vapply(orders, `[[`, 0, "goal")
  began <- elapsed()
  status <- train_shops(shops, goals, seconds, resolve_threads(orders[[1]]$threads))
  if (status != "paused") lapply(shops, report_shard, status, elapsed() - began)
}

# All shards of this process side by side.
train_shops <- function(shops, goals, seconds, threads) {
  until <- elapsed() + seconds
  repeat {
    left <- goals - shop_rows(shops)
    behind <- which(left > 0)
    if (length(behind) == 0) {
      return("running")
    }
    done <- trainers_run(
      lapply(shops[behind], function(shop) shop$trainer$pointer), left[behind],
      max(0.005, until - elapsed()), threads
    )
    for (k in seq_along(behind)) {
      shop <- shops[[behind[[k]]]]
      shop$trained <- shop$trained + done[[k]]$rows
    }
    status <- vapply(done, `[[`, "", "status")
    for (bad in c("unstable", "interrupted")) {
      if (bad %in% status) {
        return(bad)
      }
    }
    if (elapsed() >= until && any(shop_rows(shops) < goals)) {
      return("paused")
    }
  }
}

shop_rows <- function(shops) vapply(shops, function(shop) shop$trained, 0)

to_floats <- function(x) writeBin(x, raw(), size = 4, endian = "little")

from_floats <- function(bytes) {
  readBin(bytes, "double", length(bytes) / 4, size = 4, endian = "little")
}

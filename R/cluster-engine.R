#' @include cluster-line.R cluster-mpi.R
NULL

# An engine: the workers of a cluster, or this process, each with some of the shards, and
# what it keeps of them from one call to the next.
#
#   kind: "here", "line" or "mpi"; size: workers; place: the worker of each shard
#   each(duty, arguments): does a duty for every shard where it lies, with the shard's
#     entry of the list `arguments`; the values in the order of the shards. Of a duty that
#     throws a `feedforward_input_error` that is thrown; else a
#     `feedforward_worker_error`.
#   close(): forgets what was kept
#   shops (here, mpi): of each shard an environment, what its process keeps of it, NULL of
#     those that others carry; line: to the workers

# What can be done for a shard: functions of its shop and an argument, by the files that
# need them.
shard_duties <- new.env(parent = emptyenv())

# Shards go to workers in stretches of even length.
new_engine <- function(cluster, shards, timeout) {
  if (is.null(cluster)) {
    return(engine_here(shards))
  }
  if (is_mpi(cluster)) engine_mpi(shards) else engine_line(cluster, shards, timeout)
}

places_of <- function(shards, workers) floor((seq_len(shards) - 1) * workers / shards) + 1

new_shops <- function(shards, mine = seq_len(shards)) {
  lapply(seq_len(shards), function(s) if (s %in% mine) new.env(parent = emptyenv()))
}

do_duty <- function(duty, shops, arguments) {
  Map(
    shard_duties[[duty]], shops, arguments %||% vector("list", length(shops)),
    USE.NAMES = FALSE
  )
}

engine_here <- function(shards) {
  shops <- new_shops(shards)
  list(
    kind = "here", size = 1, place = rep(1, shards), shops = shops,
    each = function(duty, arguments = NULL) do_duty(duty, shops, arguments),
    close = function() lapply(shops, function(shop) rm(list = ls(shop), envir = shop))
  )
}

engine_line <- function(cluster, shards, timeout) {
  line <- new_line(cluster[seq_len(min(length(cluster), shards))], timeout)
  shake_hands(line)
  size <- length(line$nodes)
  place <- places_of(shards, size)
  line$shards <- split(seq_len(shards), factor(place, seq_len(size)))
  list(
    kind = "line", size = size, place = place, line = line,
    each = function(duty, arguments = NULL) {
      arguments <- arguments %||% vector("list", shards)
      gather(line, "each", lapply(line$shards, function(s) {
        list(duty = duty, shards = s, arguments = arguments[s])
      }))
    },
    close = function() {
      try(ask(line, "close", rep(list(line$run), size)), silent = TRUE)
    }
  )
}

engine_mpi <- function(shards) {
  size <- mpi_size()
  place <- places_of(shards, size)
  mine <- which(place == mpi_rank() + 1)
  shops <- new_shops(shards, mine)
  list(
    kind = "mpi", size = size, place = place, mine = mine, shops = shops,
    each = function(duty, arguments = NULL) {
      own <- tryCatch(
        do_duty(duty, shops[mine], arguments[mine]),
        error = function(e) {
          structure(
            list(text = conditionMessage(e), problems = e$problems),
            class = "lost"
          )
        }
      )
      # All hear of an error before anybody waits for what will not come.
      all <- gather_objects(own)
      for (r in which(vapply(all, inherits, NA, "lost"))) {
        if (!is.null(all[[r]]$problems)) abort_input(all[[r]]$problems)
        abort_feedforward(
          sprintf("Rank %d: %s", r - 1, all[[r]]$text), "feedforward_worker_error",
          worker = r, shard = which(place == r), reason = all[[r]]$text
        )
      }
      unlist(all, recursive = FALSE)
    },
    close = function() {
      lapply(shops[mine], function(shop) rm(list = ls(shop), envir = shop))
    }
  )
}

# ---- On the worker ------------------------------------------------------------------

# The shops of these shards in the run at hand.
shops_of <- function(shards) {
  lapply(as.character(shards), function(s) {
    if (is.null(workplace$now[[s]])) workplace$now[[s]] <- new.env(parent = emptyenv())
    workplace$now[[s]]
  })
}

duties$each <- function(order) {
  do_duty(order$duty, shops_of(order$shards), order$arguments)
}

#' @include train-carrier.R
NULL

# Shards on the workers of a cluster of package parallel. An exchange is one message there
# and one back: where to begin and how far to train; the weights that came of it, as the
# bytes of single-precision numbers. Nothing else is on its way while training, so which
# worker carries which shard changes no bit.
#
# Messages carry the run and a number. An answer that nobody waits for any more, because
# an interrupt came between, is taken off the line and dropped when the next is awaited.

# A carrier (train-carrier.R). timeout: seconds to wait for an answer
carry_cluster <- function(shards, cluster, timeout, threads = NULL) {
  cluster <- cluster[seq_len(min(length(cluster), length(shards)))]
  line <- new_line(cluster, timeout)
  line$threads <- threads
  shake_hands(line)
  place <- floor((seq_along(shards) - 1) * length(cluster) / length(shards)) + 1
  line$shards <- split(seq_along(shards), factor(place, seq_along(cluster)))
  ask(line, "open", lapply(line$shards, function(s) lapply(shards[s], portable_shard)))
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
    set_huber = function(delta) ask(line, "set_huber", rep(list(delta), length(cluster))),
    # A worker always trains its exchange to the end.
    close_round = function() {
      while (!is.null(line$waiting)) exchange(line, NULL, 1)
    },
    close = function() try(ask(line, "close"), silent = TRUE)
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

# Values of all shards in their order, from each worker's; and the other way.
gather <- function(line, what, arguments = rep(list(NULL), length(line$nodes))) {
  unlist(unname(ask(line, what, arguments)), recursive = FALSE)
}

spread <- function(line, values) lapply(line$shards, function(s) values[s])

to_floats <- function(x) writeBin(x, raw(), size = 4, endian = "little")

from_floats <- function(bytes) {
  readBin(bytes, "double", length(bytes) / 4, size = 4, endian = "little")
}

# A shard with its own rows only.
portable_shard <- function(shard) {
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

# ---- The line to the workers ----------------------------------------------------------

new_line <- function(cluster, timeout) {
  line <- new.env(parent = emptyenv())
  line$nodes <- unclass(cluster)
  line$timeout <- timeout
  line$run <- sprintf("%d-%.6f", Sys.getpid(), as.numeric(Sys.time()))
  line$number <- 0
  line
}

# Sends each worker its message; the number to hear() by.
say <- function(line, what, arguments) {
  line$number <- line$number + 1
  line$sent_at <- elapsed()
  line$answers <- vector("list", length(line$nodes))
  line$heard <- rep(FALSE, length(line$nodes))
  for (j in seq_along(line$nodes)) {
    message <- list(line$run, line$number, what, arguments[[j]])
    tryCatch(
      # As parallel's workers read it; in one piece, since the network holds small pieces
      # back for some 40 ms.
      writeBin(serialize(list(type = "EXEC", data = list(
        fun = call_worker, args = message, return = TRUE, tag = NULL
      )), NULL, xdr = FALSE), line$nodes[[j]]$con),
      error = function(e) abort_worker(line, j, conditionMessage(e))
    )
  }
  line$number
}

# What a worker evaluates; it brings no environment along.
call_worker <- function(...) utils::getFromNamespace("work", "feedforward")(...)
environment(call_worker) <- globalenv()

# The answers to a message, NULL if they are not all there after so many seconds.
hear <- function(line, number, seconds) {
  until <- elapsed() + seconds
  while (!all(line$heard)) {
    waiting <- which(!line$heard)
    ready <- socketSelect(
      lapply(line$nodes[waiting], `[[`, "con"), FALSE, max(0, min(0.1, until - elapsed()))
    )
    for (j in waiting[ready]) hear_one(line, j, number)
    if (elapsed() - line$sent_at > line$timeout && !all(line$heard)) {
      abort_worker(line, which(!line$heard)[[1]], sprintf(
        "no answer for %s seconds (`worker_timeout`)", format_number(line$timeout)
      ))
    }
    if (elapsed() >= until && !all(line$heard)) {
      return(NULL)
    }
  }
  line$answers
}

hear_one <- function(line, j, number) {
  reply <- tryCatch(unserialize(line$nodes[[j]]$con), error = function(e) {
    abort_worker(line, j, "the connection is gone: the worker has ended")
  })
  answer <- reply$value
  if (inherits(answer, "try-error") || isFALSE(reply$success)) {
    abort_worker(line, j, trimws(as.character(answer)[[1]]))
  }
  # Of an earlier message, or of an earlier run.
  if (!identical(answer$run, line$run) || answer$number != number) {
    return(invisible())
  }
  if (!is.null(answer$error)) {
    abort_worker(line, j, answer$error)
  }
  line$answers[j] <- list(answer$value)
  line$heard[[j]] <- TRUE
}

ask <- function(line, what, arguments = rep(list(NULL), length(line$nodes))) {
  number <- say(line, what, arguments)
  while (is.null(answers <- hear(line, number, line$timeout))) NULL
  answers
}

abort_worker <- function(line, j, reason) {
  shards <- line$shards[[j]]
  abort_feedforward(
    sprintf(
      "Worker %d%s: %s.", j,
      if (length(shards) > 0) paste0(" (", list_shards(shards), ")") else "",
      sub("[.]$", "", reason)
    ),
    "feedforward_worker_error",
    worker = j, shard = shards, reason = reason
  )
}

list_shards <- function(shards) {
  paste(if (length(shards) == 1) "shard" else "shards", toString(shards))
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

# All problems of all workers in one error, before any data move.
shake_hands <- function(line) {
  here <- introduce()
  told <- ask(line, "hello")
  problems <- unlist(lapply(seq_along(told), function(j) {
    other <- names(here)[!mapply(identical, here, told[[j]][names(here)])]
    sprintf(
      "Worker %d has another %s: %s, here %s.", j, other,
      vapply(told[[j]][other], as.character, ""), vapply(here[other], as.character, "")
    )
  }))
  if (length(problems) > 0) {
    abort_feedforward(problems, "feedforward_worker_error")
  }
}

# What must be the same for the same bits: AVX2 and AVX-512 give the same, the portable
# kernels others.
introduce <- function() {
  list(
    version = as.character(utils::packageVersion("feedforward")),
    kernels = if (any(c("avx2", "avx512") %in% available_kernels()) &&
      !identical(kernel_option(), "baseline")) {
      "with fused multiply-add"
    } else {
      "baseline"
    },
    endian = .Platform$endian
  )
}

# ---- On the worker
# -----------------------------------------------------------------------

workplace <- new.env(parent = emptyenv())

# Answers a message: list(run, number, value or error).
work <- function(run, number, what, arguments) {
  value <- tryCatch(
    list(value = duties[[what]](arguments)),
    error = function(e) list(error = conditionMessage(e))
  )
  c(list(run = run, number = number), value)
}

duties <- list(
  hello = function(arguments) introduce(),
  open = function(shards) {
    workplace$carrier <- carry_here(shards)
    workplace$shape <- workplace$carrier$start()
    TRUE
  },
  exchange = function(order) {
    carrier <- workplace$carrier
    carrier$begin(unflatten_parameters(from_floats(order$begin), workplace$shape))
    status <- carrier$train(order$goals, Inf, resolve_threads(order$threads))
    list(
      status = status, trained = carrier$trained(),
      weights = lapply(carrier$weights(), to_floats)
    )
  },
  start = function(arguments) workplace$shape,
  states = function(arguments) workplace$carrier$states(),
  set_states = function(states) workplace$carrier$set_states(states),
  fresh_states = function(order) {
    workplace$carrier$fresh_states(order$parameters, order$samples)
  },
  layers = function(arguments) workplace$carrier$layers(),
  set_huber = function(delta) workplace$carrier$set_huber(delta),
  close = function(arguments) {
    workplace$carrier <- NULL
    invisible(gc())
    TRUE
  }
)

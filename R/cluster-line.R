# The line to the workers of a cluster of package parallel: one message to each, and one
# answer. Messages carry the run and a number. An answer that nobody waits for any more,
# because an interrupt came between, is taken off the line and dropped when the next is
# awaited.

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
  if (!is.null(answer$problems)) {
    abort_input(answer$problems)
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

# Values of all shards in their order, from each worker's; and the other way.
gather <- function(line, what, arguments = rep(list(NULL), length(line$nodes))) {
  unlist(unname(ask(line, what, arguments)), recursive = FALSE)
}

spread <- function(line, values) lapply(line$shards, function(s) values[s])

to_floats <- function(x) writeBin(x, raw(), size = 4, endian = "little")

from_floats <- function(bytes) {
  readBin(bytes, "double", length(bytes) / 4, size = 4, endian = "little")
}

# ---- The handshake ------------------------------------------------------------------

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

# ---- On the worker ------------------------------------------------------------------

workplace <- new.env(parent = emptyenv())

# Answers a message: list(run, number, value or error).
work <- function(run, number, what, arguments) {
  workplace$now <- place_of_run(run)
  value <- tryCatch(
    list(value = duties[[what]](arguments)),
    error = function(e) {
      list(
        error = conditionMessage(e),
        problems = if (inherits(e, "feedforward_input_error")) e$problems
      )
    }
  )
  c(list(run = run, number = number), value)
}

# What is kept of a run, until it is closed.
place_of_run <- function(run) {
  if (is.null(workplace$runs)) workplace$runs <- new.env(parent = emptyenv())
  if (is.null(workplace$runs[[run]])) {
    workplace$runs[[run]] <- new.env(parent = emptyenv())
  }
  workplace$runs[[run]]
}

# What a worker can be asked: functions of one argument, by the files that need them.
duties <- new.env(parent = emptyenv())

duties$hello <- function(arguments) introduce()

duties$close <- function(run) {
  rm(list = run, envir = workplace$runs)
  workplace$now <- NULL
  invisible(gc())
  TRUE
}

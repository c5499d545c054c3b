#' @include cluster-engine.R
NULL

# The line from this process to the workers of a cluster: one message there and one back,
# with all shards of a worker. Nothing else is on its way meanwhile. What carries messages
# is a link (cluster-links.R).
#
# Messages carry the run and a number. An answer that nobody waits for any more, because
# an interrupt came between, is taken off the line and dropped when the next is awaited.

engine_line <- function(cluster, shards, timeout, same) {
  line <- new_line(cluster, min(length(cluster), shards), timeout)
  place <- deal_places(shards, line$size)
  line$shards <- split(seq_len(shards), factor(place, seq_len(line$size)))
  tryCatch(if (same) shake_hands(line), error = function(e) {
    hang_up(line)
    stop(e)
  })
  list(
    size = line$size, place = place, here = FALSE,
    each = function(duty, arguments = vector("list", shards), seconds = Inf) {
      pending <- line$duty
      line$duty <- NULL
      if (!identical(pending, duty)) {
        say(line, "each", lapply(line$shards, function(s) list(duty, arguments[s])))
      }
      answers <- hear(line, seconds)
      if (is.null(answers)) {
        line$duty <- duty
        return(NULL)
      }
      unlist(unname(answers), recursive = FALSE)
    },
    agree = function(facts) NULL,
    close = function() hang_up(line)
  )
}

new_line <- function(cluster, size, timeout) {
  line <- new.env(parent = emptyenv())
  line$size <- size
  line$link <- new_link(cluster)
  line$timeout <- timeout
  workplace$runs <- workplace$runs + 1
  line$run <- sprintf(
    "%d-%.6f-%d", Sys.getpid(), as.numeric(Sys.time()), workplace$runs
  )
  line$number <- 0
  line$lost <- rep(FALSE, size)
  line
}

# Sends each worker its message; hear() awaits the answers.
say <- function(line, what, arguments = vector("list", line$size)) {
  line$number <- line$number + 1
  line$sent_at <- elapsed()
  line$answers <- vector("list", line$size)
  gone <- which(line$lost)
  for (j in which(!line$lost)) {
    message <- list(line$run, line$number, what, arguments[[j]])
    sent <- try(line$link$send(j, message), silent = TRUE)
    line$lost[[j]] <- inherits(sent, "try-error")
  }
  line$heard <- line$lost
  if (any(line$lost)) {
    lose(line, c(gone, which(line$lost))[[1]], "the connection is gone")
  }
}

# The answers to the message sent last, NULL if they are not all there after so many
# seconds.
hear <- function(line, seconds = Inf) {
  until <- elapsed() + seconds
  while (!all(line$heard)) {
    waiting <- which(!line$heard)
    ready <- line$link$ready(waiting, max(0, min(0.1, until - elapsed())))
    for (j in ready) hear_one(line, j)
    if (elapsed() - line$sent_at > line$timeout && !all(line$heard)) {
      lose(line, which(!line$heard)[[1]], sprintf(
        "no answer for %s seconds (`worker_timeout`)", format_number(line$timeout)
      ))
    }
    if (elapsed() >= until && !all(line$heard)) {
      return(NULL)
    }
  }
  line$answers
}

hear_one <- function(line, j) {
  answer <- tryCatch(line$link$read(j), error = function(e) {
    lose(line, j, "the connection is gone: the worker has ended")
  })
  # work() itself has failed, or is not there.
  if (!is.null(answer$failure)) {
    line$heard[[j]] <- TRUE
    abort_worker(answer$failure, j, line$shards[[j]])
  }
  # Of an earlier message, or of an earlier run.
  if (!identical(answer$run, line$run) || answer$number != line$number) {
    return(invisible())
  }
  line$heard[[j]] <- TRUE
  if (!is.null(answer$error)) {
    abort_answer(answer, j, line$shards[[j]])
  }
  line$answers[j] <- list(answer$value)
}

ask <- function(line, what) {
  say(line, what)
  hear(line)
}

# Nobody speaks to this worker any more.
lose <- function(line, j, reason) {
  line$lost[[j]] <- TRUE
  abort_worker(reason, j, line$shards[[j]])
}

# Takes all answers off the line, whatever they are, so that the cluster serves others.
hang_up <- function(line) {
  # Where one is lost the others may be, too.
  if (any(line$lost)) line$timeout <- min(line$timeout, 1)
  try(say(line, "close"), silent = TRUE)
  while (inherits(try(hear(line), silent = TRUE), "try-error")) {
    line$heard <- line$heard | line$lost
  }
}

# All problems of all workers in one error, before any data move.
shake_hands <- function(line) {
  told <- ask(line, "hello")
  problems <- tell_apart(stats::setNames(told, paste("Worker", seq_along(told))))
  if (length(problems) > 0) {
    abort_feedforward(problems, "feedforward_worker_error")
  }
}

# ---- On the worker ---------------------------------------------------------------------

# What a process keeps: the shops of each run, by its name; how many runs it has begun.
workplace <- new.env(parent = emptyenv())
workplace$shops <- list()
workplace$runs <- 0

# Answers a message: list(run, number, value or error).
work <- function(run, number, what, arguments) {
  c(list(run = run, number = number), attempt(messages[[what]](run, arguments)))
}

messages <- list(
  hello = function(run, arguments) introduce(),
  each = function(run, order) {
    if (is.null(workplace$shops[[run]])) {
      workplace$shops[[run]] <- new_shops(length(order[[2]]))
    }
    perform(order[[1]], workplace$shops[[run]], order[[2]])
  },
  close = function(run, arguments) {
    workplace$shops[[run]] <- NULL
    invisible(gc())
    TRUE
  }
)

# What carries the messages of a line (cluster-line.R). A link is a record of functions;
# workers are counted from 1.
#   send(j, message): the arguments of work() to worker j; an error where it is gone
#   ready(waiting, seconds): those of the workers `waiting` whose answer is there, or none
#     after so long
#   read(j): the answer of work(), list(failure = text) where that itself has failed, an
#     error where the worker is gone
new_link <- function(cluster) {
  if (inherits(cluster, "mirai_workers")) {
    link_mirai(vapply(unclass(cluster), `[[`, "", "profile"))
  } else {
    link_sockets(lapply(unclass(cluster), `[[`, "con"))
  }
}

# What a worker evaluates; it brings no environment along.
call_worker <- function(...) utils::getFromNamespace("work", "feedforward")(...)
environment(call_worker) <- globalenv()

# Workers of package parallel.
link_sockets <- function(connections) {
  list(
    send = function(j, message) {
      # As they read it; in one piece, since the network holds small pieces back for some
      # 40 ms.
      writeBin(serialize(list(type = "EXEC", data = list(
        fun = call_worker, args = message, return = TRUE, tag = NULL
      )), NULL, xdr = FALSE), connections[[j]])
    },
    ready = function(waiting, seconds) {
      waiting[socketSelect(connections[waiting], FALSE, seconds)]
    },
    read = function(j) {
      reply <- unserialize(connections[[j]])
      failed <- inherits(reply$value, "try-error") || isFALSE(reply$success)
      if (failed) list(failure = trimws(as.character(reply$value)[[1]])) else reply$value
    }
  )
}

# Daemons of package mirai, each the only one of its compute profile.
link_mirai <- function(profiles) {
  tasks <- vector("list", length(profiles))
  is_there <- function(j) !mirai::unresolved(tasks[[j]])
  list(
    send = function(j, message) {
      # A message to nobody would wait for a daemon.
      stopifnot(mirai::status(.compute = profiles[[j]])$connections > 0)
      tasks[[j]] <<- mirai::mirai(
        do.call(call, message), call = call_worker, message = message,
        .compute = profiles[[j]]
      )
    },
    ready = function(waiting, seconds) {
      until <- elapsed() + seconds
      repeat {
        there <- waiting[vapply(waiting, is_there, NA)]
        if (length(there) > 0 || elapsed() >= until) {
          return(there)
        }
        Sys.sleep(0.0005)
      }
    },
    read = function(j) {
      answer <- tasks[[j]]$data
      tasks[j] <<- list(NULL)
      if (mirai::is_mirai_error(answer)) {
        return(list(failure = trimws(as.character(answer))))
      }
      if (mirai::is_error_value(answer)) stop(answer)
      answer
    }
  )
}

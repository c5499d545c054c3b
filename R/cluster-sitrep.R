#' @include cluster-engine.R
NULL

#' What the workers of a cluster are, and how many pay
#'
#' Asks every worker who it is, sends it a small message and a large one and back, and
#' tells from the speeds how many workers would train a network on so many rows how much
#' faster than one.
#'
#' @param cluster As for [deeplearning()].
#' @param rows,epochs Of the training that is thought of.
#' @param inputs Its inputs; of a factor only one is at work, so it counts as one.
#' @param hidden Its hidden units.
#' @param bytes Of the large message.
#' @param seconds How long to wait for a worker.
#' @return A list of class `feedforward_sitrep`, which prints itself: `workers`, a data
#'   frame with a row for each (host, versions of the package and of R, kernels, threads,
#'   memory that is free in GiB, latency in ms, bandwidth in MB/s); `problems`, what keeps
#'   them from training together; `speeds`, a data frame by number of workers (share of
#'   time that exchanges take in percent, how many times faster than one, whether the rows
#'   suffice); `best`, the fewest workers that come within 5 % of the fastest.
#'
#'   A worker's speed at training is nominal, not measured; quality is not promised:
#'   `rows_suffice` says where each copy of the network trains 30,000 rows or more.
#' @section Errors:
#' `feedforward_argument_error` for arguments that make no sense,
#' `feedforward_worker_error` for a worker that does not answer.
#' @seealso [cluster_local()], [cluster_mirai()], [cluster_mpi()]
#' @examples
#' \donttest{
#' cluster <- cluster_local(2)
#' cluster_sitrep(cluster, rows = 1e7)
#' close(cluster)
#' }
#' @export
cluster_sitrep <- function(cluster, rows = 1e6, epochs = 10, inputs = 100,
                           hidden = c(200, 200), bytes = 1e6, seconds = 60) {
  given <- list(
    cluster = cluster, rows = rows, epochs = epochs, inputs = inputs, bytes = bytes,
    seconds = seconds, hidden = hidden
  )
  check_sitrep(given)
  engine <- new_engine(cluster, max(1, cluster_size(cluster)), seconds, same = FALSE)
  on.exit(engine$close())
  told <- engine$each("facts")
  names(told) <- if (is_mpi(cluster)) {
    paste("Rank", seq_along(told) - 1)
  } else {
    paste("Worker", seq_along(told))
  }
  workers <- cbind(
    do.call(rbind, lapply(told, as.data.frame)),
    do.call(rbind, lapply(seq_along(told), measure_worker, engine, bytes))
  )
  sizes <- c(inputs, hidden, 1)
  counts <- sort(unique(c(2^(0:6), length(told))))
  speeds <- predict_speed(
    counts, rows, epochs,
    weights = sum(sizes[-1] * sizes[-length(sizes)]),
    threads = min(workers$threads), latency = max(workers$latency) / 1000,
    bandwidth = min(workers$bandwidth) * 1e6, ranks = is_mpi(cluster)
  )
  enough <- speeds[speeds$rows_suffice, ]
  structure(list(
    workers = workers, problems = tell_apart(told), speeds = speeds, given = given,
    best = min(enough$workers[enough$speed_up >= 0.95 * max(enough$speed_up)])
  ), class = "feedforward_sitrep")
}

check_sitrep <- function(given) {
  rules <- list(
    cluster = rule_cluster(), rows = rule_whole(1, 1e15), epochs = rule_number(above = 0),
    inputs = rule_whole(1), bytes = rule_whole(1), seconds = rule_number(above = 0)
  )
  problems <- unlist(lapply(names(rules), function(name) {
    apply_rule(rules[[name]], name, given[[name]])$problem
  }))
  for (units in given$hidden) {
    problems <- c(problems, apply_rule(rule_whole(1), "hidden", units)$problem)
  }
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

shard_duties$facts <- function(shop, argument) {
  c(introduce(), list(
    host = Sys.info()[["nodename"]],
    R = paste(R.version$major, R.version$minor, sep = "."),
    threads = resolve_threads(), memory = available_memory() / 2^30
  ))
}

shard_duties$echo <- function(shop, argument) argument

# Small messages go to all workers, the large one to worker j alone.
measure_worker <- function(j, engine, bytes) {
  message <- vector("list", length(engine$place))
  time <- function() {
    stats::median(vapply(1:5, function(k) {
      began <- Sys.time()
      engine$each("echo", message)
      as.numeric(Sys.time() - began, units = "secs")
    }, 0))
  }
  small <- time()
  message[[j]] <- raw(bytes)
  large <- time()
  moved <- if (engine$here) bytes * (engine$size - 1) else 2 * bytes
  data.frame(
    latency = 1000 * small, bandwidth = moved / max(large - small, 1e-6) / 1e6
  )
}

#' @export
print.feedforward_sitrep <- function(x, ...) {
  workers <- x$workers
  numbers <- c("memory", "latency", "bandwidth")
  workers[numbers] <- lapply(workers[numbers], signif, 3)
  names(workers) <- sub("memory", "GiB free", sub("latency", "ms", sub(
    "bandwidth", "MB/s", names(workers)
  )))
  print(workers)
  if (length(x$problems) > 0) cat("\n", paste0(x$problems, "\n"), sep = "")
  given <- x$given
  cat(sprintf(
    "\nTraining %s - %s - 1 on %s rows for %s epochs, by nominal speeds of a core:\n",
    format_count(given$inputs), paste(given$hidden, collapse = " - "),
    format_count(given$rows), format_number(given$epochs)
  ))
  speeds <- x$speeds
  speeds$exchange_share <- paste(round(speeds$exchange_share), "%")
  speeds$speed_up <- signif(speeds$speed_up, 3)
  speeds$rows_suffice <- ifelse(speeds$rows_suffice, "yes", "no")
  print(speeds, row.names = FALSE)
  cat(sprintf(
    "%s: more do not pay%s.\n", count_of(x$best, "worker"),
    if (any(!x$speeds$rows_suffice)) ", or cost quality" else ""
  ))
  invisible(x)
}

#' Workers on this machine
#'
#' Starts R processes that use this session's libraries, for `cluster` of
#' [deeplearning()]. They are workers of package parallel, whose functions take them, too.
#'
#' @param workers How many.
#' @param threads Threads of each, unless a call says `threads`; NULL is what
#'   [deeplearning()] takes by itself.
#' @return A list of class `feedforward_cluster` with an entry for each worker. `close()`
#'   ends them, and so does the end of the session.
#' @section Errors:
#' `feedforward_argument_error` for a number that makes no sense,
#' `feedforward_worker_error` if workers do not start.
#' @seealso [cluster_mirai()], [cluster_mpi()], [cluster_sitrep()]
#' @examples
#' \donttest{
#' cluster <- cluster_local(2)
#' model <- deeplearning(Species ~ ., iris,
#'   hidden = 4, epochs = 5, seed = 1, cluster = cluster
#' )
#' close(cluster)
#' }
#' @export
cluster_local <- function(workers, threads = 1) {
  check_workers(workers, threads)
  # Its port is drawn.
  nodes <- keep_seed(parallel::makePSOCKcluster(workers))
  cluster <- structure(nodes, class = c("feedforward_cluster", class(nodes)))
  set_up <- function() parallel::clusterCall(cluster, set_up_worker, .libPaths(), threads)
  closed_if_failed(cluster, set_up())
}

check_workers <- function(workers, threads, seconds = 1) {
  problems <- c(
    apply_rule(rule_whole(1), "workers", workers)$problem,
    apply_rule(rule_optional(rule_whole(1)), "threads", threads)$problem,
    apply_rule(rule_number(above = 0), "seconds", seconds)$problem
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

# What a new worker does first; it brings no environment along. Loading the package takes
# longer than `worker_timeout` may be.
set_up_worker <- function(paths, threads) {
  if (!is.null(paths)) .libPaths(paths)
  options(feedforward.threads = threads)
  loadNamespace("feedforward")
  TRUE
}
environment(set_up_worker) <- globalenv()

# The cluster, once `code` is done.
closed_if_failed <- function(cluster, code) {
  tryCatch(code, error = function(e) {
    close(cluster)
    if (inherits(e, "feedforward_error")) stop(e)
    abort_feedforward(
      paste("Workers do not start:", conditionMessage(e)), "feedforward_worker_error"
    )
  })
  cluster
}

#' @export
close.feedforward_cluster <- function(con, ...) {
  # One that has ended keeps nobody else from ending.
  for (j in seq_along(con)) try(parallel::stopCluster(con[j]), silent = TRUE)
  invisible()
}

#' @export
print.feedforward_cluster <- function(x, ...) {
  cat(count_of(length(x), "worker"), " on this machine\n", sep = "")
  invisible(x)
}

#' Workers by package mirai
#'
#' Starts or awaits daemons of package mirai for `cluster` of [deeplearning()], each tied
#' to a compute profile of its own, so that a shard stays where it is. Other than
#' [parallel::makePSOCKcluster()] it can encrypt what goes over the network, and start
#' workers through a scheduler.
#'
#' @inheritParams cluster_local
#' @param url Where this session listens, such as `mirai::host_url(tls = TRUE)`; its port
#'   must be 0 or absent, since every worker gets one of its own. NULL starts the workers
#'   on this machine.
#' @param remote How they are started: `mirai::ssh_config()`, `mirai::cluster_config()`
#'   for Slurm, SGE, Torque, PBS or LSF, or another of mirai's. With `url` and without
#'   `remote` the commands are shown that start them by hand.
#' @param threads As for [cluster_local()]; by default 1 on this machine.
#' @param seconds How long to wait until all are there.
#' @param ... Further arguments of `mirai::daemons()`, such as `tls` and `pass`.
#' @return As for [cluster_local()].
#' @section Errors:
#' `feedforward_argument_error` for a number that makes no sense,
#' `feedforward_worker_error` for a worker that does not come within `seconds`, or has
#' another version of the package.
#' @seealso [cluster_local()], [cluster_mpi()], [cluster_sitrep()]
#' @references
#' <https://mirai.r-lib.org>
#' @examples
#' \donttest{
#' if (requireNamespace("mirai", quietly = TRUE)) {
#'   cluster <- cluster_mirai(1)
#'   print(cluster)
#'   close(cluster)
#' }
#' }
#' \dontrun{
#' cluster <- cluster_mirai(8,
#'   url = mirai::host_url(tls = TRUE), remote = mirai::cluster_config("sbatch")
#' )
#' }
#' @export
cluster_mirai <- function(workers, url = NULL, remote = NULL,
                          threads = if (is.null(url)) 1, seconds = 60, ...) {
  rlang::check_installed("mirai", "for `cluster_mirai()`.")
  check_workers(workers, threads, seconds)
  nodes <- lapply(seq_len(workers), function(j) {
    workplace$profiles <- (workplace$profiles %||% 0) + 1
    list(profile = sprintf("feedforward-%d-%d", Sys.getpid(), workplace$profiles))
  })
  cluster <- structure(nodes, class = c("mirai_workers", "feedforward_cluster"))
  attr(cluster, "url") <- url
  closed_if_failed(cluster, keep_seed({
    for (node in nodes) start_daemon(node$profile, url, remote, ...)
    await_daemons(nodes, elapsed() + seconds, seconds)
    set_up_daemons(nodes, if (is.null(url)) .libPaths(), threads, seconds)
  }))
}

# cleanup = FALSE: options stay between messages. Without a dispatcher, which would be a
# process more for each, and a copy more of each message.
start_daemon <- function(profile, url, remote, ...) {
  by_hand <- !is.null(url) && is.null(remote)
  arguments <- list(url = url, remote = remote, ...)
  if (!by_hand) arguments$n <- 1
  do.call(mirai::daemons, c(
    arguments, list(dispatcher = FALSE, cleanup = FALSE, .compute = profile)
  ))
  if (by_hand) {
    command <- mirai::launch_remote(1, cleanup = FALSE, .compute = profile)
    rlang::inform(paste("Start a worker by:", command))
  }
}

await_daemons <- function(nodes, until, seconds) {
  missing <- function() {
    Filter(function(j) {
      mirai::status(.compute = nodes[[j]]$profile)$connections == 0
    }, seq_along(nodes))
  }
  while (length(late <- missing()) > 0) {
    if (elapsed() > until) {
      abort_feedforward(sprintf(
        "Worker %d has not come within `seconds` = %s.", late, format_number(seconds)
      ), "feedforward_worker_error")
    }
    Sys.sleep(0.02)
  }
}

set_up_daemons <- function(nodes, paths, threads, seconds) {
  tasks <- lapply(nodes, function(node) {
    mirai::mirai(set_up(paths, threads),
      set_up = set_up_worker, paths = paths, threads = threads,
      .timeout = 1000 * seconds, .compute = node$profile
    )
  })
  for (j in seq_along(tasks)) {
    value <- tasks[[j]][]
    if (mirai::is_error_value(value)) {
      abort_worker(sprintf("it does not answer (%s)", toString(value)), j, NULL)
    }
  }
}

#' @export
close.mirai_workers <- function(con, ...) {
  for (node in unclass(con)) mirai::daemons(0, .compute = node$profile)
  invisible()
}

#' @export
print.mirai_workers <- function(x, ...) {
  at <- attr(x, "url")
  cat(
    count_of(length(x), "worker"), " of package mirai ",
    if (is.null(at)) "on this machine" else paste("at", at), "\n",
    sep = ""
  )
  invisible(x)
}

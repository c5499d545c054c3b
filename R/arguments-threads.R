# How many threads work. They change the speed and nothing else.

max_threads <- 512

# The number of threads that `threads` asks for; NULL is option feedforward.threads, else
# one in a process that was forked (parallel::mclapply() runs as many as there are cores),
# else RCPP_PARALLEL_NUM_THREADS, else the cores there are, at most OMP_THREAD_LIMIT and
# OMP_NUM_THREADS. Variables of the environment that hold no such number are passed over.
# At most 2 where R CMD check says so.
resolve_threads <- function(threads = NULL) {
  rule <- training_arguments$threads$rule
  if (is.null(threads)) {
    threads <- thread_option()
    name <- "options(feedforward.threads)"
  } else {
    name <- "threads"
  }
  checked <- apply_rule(rule, name, threads)
  if (!is.null(checked$problem)) {
    abort_argument(checked$problem)
  }
  threads <- checked$value
  if (is.null(threads) && is_forked()) threads <- 1
  if (is.null(threads)) threads <- thread_variable("RCPP_PARALLEL_NUM_THREADS")
  if (is.null(threads)) {
    threads <- min(
      max(1, RcppParallel::defaultNumThreads()), thread_variable("OMP_THREAD_LIMIT"),
      thread_variable("OMP_NUM_THREADS")
    )
  }
  limit <- Sys.getenv("_R_CHECK_LIMIT_CORES_")
  limited <- nzchar(limit) && same_text(limit, "false") == 0
  as.integer(min(threads, max_threads, if (limited) 2))
}

# Of OMP_NUM_THREADS the first number, should it list one for each level of nesting.
thread_variable <- function(name) {
  text <- trimws(sub(",.*", "", Sys.getenv(name)))
  if (grepl("^[0-9]{1,9}$", text) && as.numeric(text) >= 1) as.numeric(text)
}

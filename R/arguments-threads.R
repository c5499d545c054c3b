# How many threads work. They change the speed and nothing else.

max_threads <- 512

# The number of threads that `threads` asks for; NULL is option feedforward.threads, else
# RCPP_PARALLEL_NUM_THREADS, else OMP_THREAD_LIMIT (a limit on the cores), else the
# cores there are. Variables of the environment that hold no such number are passed
# over. At most 2 where R CMD check says so.
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
  if (is.null(threads)) threads <- thread_variable("RCPP_PARALLEL_NUM_THREADS")
  if (is.null(threads)) {
    cores <- max(1, RcppParallel::defaultNumThreads())
    threads <- min(cores, thread_variable("OMP_THREAD_LIMIT"))
  }
  limited <- tolower(Sys.getenv("_R_CHECK_LIMIT_CORES_"))
  as.integer(min(threads, max_threads, if (!limited %in% c("", "false")) 2))
}

thread_variable <- function(name) {
  text <- trimws(Sys.getenv(name))
  if (grepl("^[0-9]{1,9}$", text) && as.numeric(text) >= 1) as.numeric(text)
}

# What the machine offers: threads and memory. Neither changes a number of the model.

max_threads <- 512

# The number of threads that `threads` asks for; NULL is option feedforward.threads, else
# RCPP_PARALLEL_NUM_THREADS, else OMP_THREAD_LIMIT (a limit on the cores), else the
# cores there are. Variables of the environment that hold no such number are passed
# over. At most 2 where R CMD check says so.
resolve_threads <- function(threads = NULL, call = NULL) {
  rule <- training_arguments$threads$rule
  if (is.null(threads)) {
    threads <- getOption("feedforward.threads")
    name <- "options(feedforward.threads)"
  } else {
    name <- "threads"
  }
  checked <- apply_rule(rule, name, threads)
  if (!is.null(checked$problem)) {
    abort_argument(checked$problem, call = call)
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

# Bytes that training holds at its peak beside the user's frame: the rows in single
# precision, replicas with their optimizer's state, four further copies of the weights
# (average, block momentum, best, moving average) and some room.
#   cells: numbers and level codes per row; arrays: see `optimizer_states`
estimate_memory <- function(rows, cells, weights, replicas, arrays) {
  4 * rows * cells + replicas * 4 * weights * (1 + arrays) + 4 * 4 * weights + 64 * 2^20
}

# Bytes that can be had without swapping, NA where the system does not say.
available_memory <- function(file = "/proc/meminfo") {
  lines <- tryCatch(readLines(file), error = function(e) "", warning = function(w) "")
  line <- grep("^MemAvailable:", lines, value = TRUE)
  kilobytes <- suppressWarnings(as.numeric(gsub("[^0-9]", "", line)))
  if (length(kilobytes) == 1 && !is.na(kilobytes)) kilobytes * 1024 else NA_real_
}

# Stops before anything large is allocated. arguments: resolved; levels: named number of
# levels per factor; cells: predictors. Also warns of more than 100,000 inputs (class
# feedforward_size_warning). Returns the estimate in bytes.
check_memory <- function(rows, cells, network, arguments, levels = integer(),
                         available = available_memory(), call = NULL) {
  weights <- count_weights(network)
  arrays <- optimizer_states[[arguments$optimizer]]
  needed <- estimate_memory(rows, cells, weights, arguments$replicas, arrays)
  if (!is.na(available) && needed > available) {
    abort_resource(
      sprintf(
        "Training needs about %s GiB of memory, and %s GiB are available. %s",
        format_gib(needed), format_gib(available),
        memory_advice(rows, cells, network, weights, levels, arguments$replicas)
      ),
      needed = needed, available = available, call = call
    )
  }
  if (network$inputs > 1e5) {
    warn_feedforward(
      sprintf(
        "The network has %s inputs. %s", format_count(network$inputs), widest(levels)
      ),
      "feedforward_size_warning"
    )
  }
  needed
}

format_gib <- function(bytes) {
  formatC(bytes / 2^30, format = "f", digits = 2, big.mark = ",", decimal.mark = ".")
}

widest <- function(levels) {
  if (length(levels) == 0) {
    return("Leave out predictors that tell little.")
  }
  at <- which.max(levels)
  sprintf(
    "The widest factor is %s with %s levels: merge its rare levels or leave it out.",
    quote_name(names(levels)[[at]]), format_count(levels[[at]])
  )
}

memory_advice <- function(rows, cells, network, weights, levels, replicas) {
  if (4 * rows * cells > 4 * weights * replicas) {
    return("Most of it holds the rows: train on fewer rows or predictors.")
  }
  from <- as.numeric(c(network$inputs, network$hidden))
  to <- c(network$hidden, network$outputs)
  layer <- which.max(from * to)
  fewer <- if (replicas > 1) "fewer units or `replicas = 1`" else "fewer units"
  sprintf(
    "The largest layer joins %s to %s. %s", count_of(from[[layer]], "input"),
    count_of(to[[layer]], "unit"),
    if (layer == 1 && any(levels > 1000)) {
      paste0(widest(levels), " Or use ", fewer, ".")
    } else {
      sprintf("Use %s in `hidden`.", fewer)
    }
  )
}

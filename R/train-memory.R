# The memory that a fit needs, and what there is.

# Bytes that training holds at its peak beside the user's frame: the rows in single
# precision, replicas with their optimizer's state, four further copies of the weights
# (average, block momentum, best, moving average) and some room.
#   cells: numbers and level codes per row; arrays: states of the optimizer
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

# Stops before anything large is allocated. arguments: completed; blocks: inputs of each
# predictor, by name; cells: predictors. Also warns of more than 100,000 inputs (class
# feedforward_size_warning). Returns the estimate in bytes.
check_memory <- function(rows, cells, network, arguments, blocks = integer(),
                         available = available_memory()) {
  weights <- count_weights(network)
  arrays <- optimizers[[arguments$optimizer]]$states(arguments)
  needed <- estimate_memory(rows, cells, weights, arguments$replicas, arrays)
  if (!is.na(available) && needed > available) {
    abort_resource(
      sprintf(
        "Training needs about %s GiB of memory, and %s GiB are available. %s",
        format_gib(needed), format_gib(available),
        memory_advice(rows, cells, network, weights, blocks, arguments$replicas)
      ),
      needed = needed, available = available
    )
  }
  if (network$inputs > 1e5) {
    warn_feedforward(
      sprintf(
        "The network has %s inputs. %s", format_count(network$inputs), widest(blocks)
      ),
      "feedforward_size_warning"
    )
  }
  needed
}

widest <- function(blocks) {
  if (all(blocks == 1)) {
    return("Leave out predictors that tell little.")
  }
  at <- which.max(blocks)
  sprintf(
    "The widest factor is %s with %s inputs: merge its rare levels or leave it out.",
    quote_name(names(blocks)[[at]]), format_count(blocks[[at]])
  )
}

memory_advice <- function(rows, cells, network, weights, blocks, replicas) {
  if (4 * rows * cells > 4 * weights * replicas) {
    return("Most of it holds the rows: train on fewer rows or predictors.")
  }
  size <- layer_sizes(network)
  layer <- which.max(size$columns * size$units)
  fewer <- paste0("fewer units in `hidden`", if (replicas > 1) ", or `replicas = 1`")
  sprintf(
    "The largest layer joins %s to %s. %s", count_of(size$columns[[layer]], "input"),
    count_of(size$units[[layer]], "unit"),
    if (layer == 1 && any(blocks > 1000)) {
      paste0(widest(blocks), " Or use ", fewer, ".")
    } else {
      paste0("Use ", fewer, ".")
    }
  )
}

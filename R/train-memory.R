# The memory that a fit needs, and what there is.

# Bytes that training holds at its peak beside the user's frame (bench/memory.R measures
# them): the rows in single precision, with their order and what R holds of the response;
# replicas with their optimizer's state; four further copies of the weights (average,
# block momentum, best, moving average) and three of R; the state that the model keeps;
# what scoring holds of each row it scores; and some room.
#   cells: numbers and codes of each row (row_cells()); validation: rows of it
estimate_memory <- function(rows, cells, network, arguments, validation = 0) {
  weights <- count_weights(network) * (arguments$members %||% 1)
  arrays <- optimizers[[arguments$optimizer]]$states(arguments)
  scored <- scored_rows(rows, arguments$score_training_samples) +
    scored_rows(validation, arguments$score_validation_samples)
  # Shards that keep rows of their own hold them beside those that are scored; all have
  # replicas each.
  shards <- arguments$shards %||% 1
  copies <- arguments$replicas * shards
  own <- shards > 1 && !isTRUE(arguments$replicate_training_data)
  held <- rows * (1 + own) + validation
  held * (4 * cells + 48) + scored * (170 + 24 * network$outputs) +
    4 * weights * (copies * (1 + arrays) + 4) + 3 * 8 * weights * shards +
    arguments$keep_state * 12 * weights * (copies * (1 + arrays) + 3) +
    64 * 2^20
}

scored_rows <- function(rows, asked) {
  if (asked == 0) rows else min(rows, asked)
}

# Stops before anything large is allocated. arguments: completed; blocks: inputs of each
# predictor, by name; cells: see above; validation: rows of it. Also warns of more than
# 100,000 inputs (class feedforward_size_warning). Returns the estimate in bytes.
check_memory <- function(rows, cells, network, arguments, blocks = integer(),
                         validation = 0, available = available_memory()) {
  weights <- count_weights(network)
  needed <- estimate_memory(rows, cells, network, arguments, validation)
  if (!is.na(available) && needed > available) {
    abort_resource(
      sprintf(
        "Training needs about %s GiB of memory, and %s GiB are available. %s",
        format_gib(needed), format_gib(available),
        memory_advice(rows, cells, network, arguments, blocks)
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

memory_advice <- function(rows, cells, network, arguments, blocks) {
  replicas <- arguments$replicas
  scored <- scored_rows(rows, arguments$score_training_samples)
  parts <- c(
    rows = rows * (4 * cells + 48), scoring = scored * (170 + 24 * network$outputs),
    weights = 4 * count_weights(network) * (10 + replicas)
  )
  if (which.max(parts) == 1) {
    return("Most of it holds the rows: train on fewer rows or predictors.")
  }
  if (which.max(parts) == 2) {
    return("Most of it holds what scoring makes: lower `score_training_samples`.")
  }
  size <- layer_sizes(network)
  layer <- which.max(size$columns * size$units)
  fewer <- paste0(
    "fewer units in `hidden`", if (replicas > 1) ", or `replicas = 1`",
    if (arguments$keep_state) ", or `keep_state = FALSE`"
  )
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

#' @include train-workers.R
NULL

# Shards on the ranks of an MPI job: every rank runs the same script on the same rows and
# trains its shards; then all gather the weights of all, and each computes the average for
# itself, in the order of the shards. So ranks judge alike, nobody commands, and every
# rank ends with the same model. What looks at a clock would part them and is refused.

# One rank talks, and writes files.
quiet_rank <- function(arguments) {
  if (is_mpi(arguments$cluster) && mpi_rank() > 0) {
    arguments$progress <- FALSE
    arguments$verbose <- FALSE
    arguments["export_checkpoints_dir"] <- list(NULL)
  }
  arguments
}

mpi_problems <- function(arguments) {
  if (!is_mpi(arguments$cluster)) {
    return(NULL)
  }
  clocks <- c("max_runtime_secs", "score_interval")
  asked <- clocks[vapply(arguments[clocks], function(value) value > 0, NA)]
  sprintf(
    "`%s` looks at a clock, and those of the ranks of `cluster = \"mpi\"` differ.",
    asked
  )
}

# A carrier (train-carrier.R).
carry_mpi <- function(engine, shards, arguments) {
  size <- engine$size
  ranks_agree(list(
    version = introduce()$version, kernels = introduce()$kernels,
    endian = .Platform$endian, seed = toString(arguments$seed),
    rows = toString(vapply(shards, `[[`, 0, "n"))
  ))
  mine <- engine$mine
  place <- engine$place - 1
  most <- max(table(place))
  here <- carry_here(shards[mine], engine$shops[mine])
  state <- new.env(parent = emptyenv())
  state$trained <- numeric(length(shards))
  shape <- gather_objects(if (1 %in% mine) here$start())[[1]]
  size_of_one <- length(flatten_parameters(shape))
  spare <- numeric((most - length(mine)) * size_of_one)
  list(
    start = function() shape,
    begin = here$begin,
    train = function(goals, seconds, threads) {
      status <- here$train(goals[mine], Inf, threads)
      # As many numbers from every rank: its status, rows and weights, then nothing.
      told <- gather_doubles(c(
        status != "running", here$trained(), numeric(most - length(mine))
      ))
      weights <- gather_floats(c(unlist(here$weights(), use.names = FALSE), spare))
      state$trained <- unlist(lapply(seq_len(size), function(r) {
        told[1 + seq_len(sum(place == r - 1)), r]
      }))
      state$ends <- unlist(lapply(seq_len(size), function(r) {
        lapply(seq_len(sum(place == r - 1)), function(k) {
          weights[(k - 1) * size_of_one + seq_len(size_of_one), r]
        })
      }), recursive = FALSE)
      if (any(told[1, ] > 0)) "unstable" else "running"
    },
    trained = function() state$trained,
    weights = function() state$ends,
    states = function() {
      unlist(gather_objects(here$states()), recursive = FALSE)
    },
    set_states = function(states) {
      here$set_states(states[mine])
      state$trained <- vapply(states, function(one) as.numeric(one$samples), 0)
    },
    fresh_states = function(parameters, samples) {
      own <- here$fresh_states(parameters, samples[mine])
      unlist(gather_objects(own), recursive = FALSE)
    },
    layers = function() {
      own <- if (1 %in% mine) here$layers()
      Filter(length, gather_objects(own))[[1]]
    },
    set_huber = here$set_huber,
    close_round = function() NULL
  )
}

# All ranks must train the same.
ranks_agree <- function(facts) {
  all <- gather_objects(facts)
  problems <- unlist(lapply(seq_along(all), function(r) {
    other <- names(facts)[!mapply(identical, all[[r]][names(facts)], all[[1]])]
    sprintf(
      "Rank %d has other %s than rank 0: %s, there %s. Each rank runs the same script%s.",
      r - 1, other, vapply(all[[r]][other], as.character, ""),
      vapply(all[[1]][other], as.character, ""),
      ifelse(other == "seed", ", with a `seed`", "")
    )
  }))
  if (length(problems) > 0) {
    abort_feedforward(problems, "feedforward_worker_error")
  }
}

# By the kind of engine.
carriers <- list(here = carry_shards, line = carry_cluster, mpi = carry_mpi)

#' @include train-workers.R
NULL

# Shards on the ranks of an MPI job: every rank runs the same script on the same rows and
# trains its shards; then all gather the weights of all, and each computes the average for
# itself, in the order of the shards. So ranks judge alike, nobody commands, and every
# rank ends with the same model. What looks at a clock would part them and is refused.

is_mpi <- function(cluster) identical(cluster, "mpi")

cluster_size <- function(cluster) if (is_mpi(cluster)) mpi_size() else length(cluster)

# The communicator of all ranks.
world <- 0

need_mpi <- function() {
  if (is.null(workplace$mpi)) {
    rlang::check_installed("Rmpi", "for `mpirun -np 4 Rscript train.R`.")
    # A job whose ranks end without this word is taken for one that failed.
    workplace$mpi <- new.env()
    reg.finalizer(workplace$mpi, function(e) Rmpi::mpi.finalize(), onexit = TRUE)
  }
}

mpi_size <- function() {
  need_mpi()
  max(1, Rmpi::mpi.comm.size(world))
}

mpi_rank <- function() {
  need_mpi()
  Rmpi::mpi.comm.rank(world)
}

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
carry_mpi <- function(shards, seed) {
  size <- mpi_size()
  ranks_agree(list(
    version = introduce()$version, kernels = introduce()$kernels,
    endian = .Platform$endian, seed = toString(seed),
    rows = toString(vapply(shards, `[[`, 0, "n"))
  ))
  place <- floor((seq_along(shards) - 1) * size / length(shards))
  mine <- which(place == mpi_rank())
  most <- max(table(place))
  here <- carry_here(shards[mine])
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

# Matrices with a column for each rank.
gather_doubles <- function(x) {
  all <- Rmpi::mpi.allgather(x, 2, numeric(length(x) * mpi_size()), comm = world)
  matrix(all, length(x))
}

gather_floats <- function(x) {
  bytes <- to_floats(x)
  # Type 4, raw bytes, is not in Rmpi's help, and half the size of doubles.
  all <- Rmpi::mpi.allgather(bytes, 4, raw(length(bytes) * mpi_size()), comm = world)
  matrix(from_floats(all), length(x))
}

# A list with the object of each rank.
gather_objects <- function(x) {
  bytes <- serialize(x, NULL, xdr = FALSE)
  sizes <- as.vector(gather_doubles(as.double(length(bytes))))
  block <- raw(max(sizes))
  block[seq_along(bytes)] <- bytes
  all <- Rmpi::mpi.allgather(block, 4, raw(length(block) * mpi_size()), comm = world)
  lapply(seq_along(sizes), function(r) {
    unserialize(all[(r - 1) * length(block) + seq_len(sizes[[r]])])
  })
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

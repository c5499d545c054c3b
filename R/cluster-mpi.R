#' @include cluster-engine.R
NULL

# Shards on the ranks of an MPI job: every rank runs the same script, does the duties of
# its own shards, and all gather the values of all. So ranks judge alike, nobody commands,
# and every rank ends with the same. What looks at a clock would part them.

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

engine_mpi <- function(shards) {
  place <- deal_places(shards, mpi_size())
  mine <- which(place == mpi_rank() + 1)
  ranks_agree(introduce())
  shops <- new_shops(length(mine))
  list(
    size = mpi_size(), place = place, here = TRUE,
    # Clocks differ, so nothing pauses. An error travels before anybody waits.
    each = function(duty, arguments = vector("list", shards), seconds = Inf) {
      told <- gather_objects(attempt(perform(duty, shops, arguments[mine])))
      for (r in seq_along(told)) {
        if (!is.null(told[[r]]$error)) {
          abort_answer(told[[r]], r, which(place == r), "Rank")
        }
      }
      unlist(lapply(told, `[[`, "value"), recursive = FALSE)
    },
    agree = ranks_agree,
    close = function() lapply(shops, clear_shop)
  )
}

# A matrix with a column for each rank.
gather_doubles <- function(x) {
  all <- Rmpi::mpi.allgather(x, 2, numeric(length(x) * mpi_size()), comm = world)
  matrix(all, length(x))
}

# A list with the object of each rank.
gather_objects <- function(x) {
  bytes <- serialize(x, NULL, xdr = FALSE)
  sizes <- as.vector(gather_doubles(as.double(length(bytes))))
  block <- raw(max(sizes))
  block[seq_along(bytes)] <- bytes
  # Type 4, raw bytes, is not in Rmpi's help.
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

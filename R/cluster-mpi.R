#' @include cluster-line.R
NULL

# The ranks of an MPI job, through Rmpi.

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

#' @include cluster-engine.R
NULL

# Shards on the ranks of an MPI job: every rank runs the same script, does the duties of
# its own shards, and all gather the values of all. So ranks judge alike, nobody commands,
# and every rank ends with the same. What looks at a clock would part them.

#' The ranks of an MPI job as a cluster
#'
#' For `cluster` of [deeplearning()]: every rank of `mpirun -np 4 Rscript train.R` runs
#' the same script, carries its part of the shards and ends with the same model.
#'
#' @param package What speaks MPI: `"Rmpi"` or `"pbdMPI"`. One job can use one of them.
#'   The tests of this package use Rmpi; pbdMPI has not been tried.
#' @return A value of class `feedforward_mpi`. `"mpi"` is the same as `cluster_mpi()`.
#' @section Errors:
#' `feedforward_argument_error` if the package is another one, or this process already
#' speaks by the other.
#' @seealso [cluster_local()], [cluster_mirai()], [cluster_sitrep()]
#' @examples
#' cluster_mpi()
#' @export
cluster_mpi <- function(package = c("Rmpi", "pbdMPI")) {
  package <- package[[1]]
  one <- apply_rule(rule_choice(names(mpi_packages)), "package", package)
  if (!is.null(one$problem)) {
    abort_argument(one$problem)
  }
  structure(list(package = package), class = "feedforward_mpi")
}

#' @export
print.feedforward_mpi <- function(x, ...) {
  cat("The ranks of an MPI job, by package ", x$package, "\n", sep = "")
  invisible(x)
}

is_mpi <- function(cluster) {
  identical(cluster, "mpi") || inherits(cluster, "feedforward_mpi")
}

cluster_size <- function(cluster) {
  if (is_mpi(cluster)) mpi(cluster)$size() else length(cluster)
}

# What a package does of MPI: rank() from 0, size(), gather_bytes(x) and
# gather_doubles(x), as many of each rank, one after another, and finalize(). Raw bytes
# are not in the help of either package, and half the size of doubles.
mpi_packages <- list(
  Rmpi = function() {
    world <- 0
    size <- function() max(1, Rmpi::mpi.comm.size(world))
    list(
      rank = function() Rmpi::mpi.comm.rank(world),
      size = size,
      gather_bytes = function(x) {
        Rmpi::mpi.allgather(x, 4, raw(length(x) * size()), comm = world)
      },
      gather_doubles = function(x) {
        Rmpi::mpi.allgather(x, 2, numeric(length(x) * size()), comm = world)
      },
      finalize = function() Rmpi::mpi.finalize()
    )
  },
  pbdMPI = function() {
    call <- function(name) utils::getFromNamespace(name, "pbdMPI")
    size <- function() call("comm.size")()
    list(
      rank = function() call("comm.rank")(),
      size = size,
      gather_bytes = function(x) {
        call("spmd.allgather.raw")(x, raw(length(x) * size()))
      },
      gather_doubles = function(x) {
        call("spmd.allgather.double")(x, numeric(length(x) * size()))
      },
      finalize = function() call("finalize")()
    )
  }
)

# Those of this process, which joins its job by the first call.
mpi <- function(cluster = "mpi") {
  package <- if (inherits(cluster, "feedforward_mpi")) cluster$package else "Rmpi"
  if (is.null(workplace$mpi)) {
    rlang::check_installed(package, "for `mpirun -np 4 Rscript train.R`.")
    workplace$mpi <- list2env(mpi_packages[[package]]())
    workplace$mpi$package <- package
    reg.finalizer(workplace$mpi, leave_ranks, onexit = TRUE)
  }
  if (workplace$mpi$package != package) {
    abort_argument(sprintf(
      "This process speaks MPI by package %s; it cannot go on by package %s.",
      workplace$mpi$package, package
    ))
  }
  workplace$mpi
}

engine_mpi <- function(cluster, shards, same) {
  size <- mpi(cluster)$size()
  place <- deal_places(shards, size)
  mine <- which(place == workplace$mpi$rank() + 1)
  if (same) ranks_agree(introduce())
  shops <- new_shops(length(mine))
  list(
    size = size, place = place, here = TRUE,
    # Clocks differ, so nothing pauses. An error travels before anybody waits.
    each = function(duty, arguments = vector("list", shards), seconds = Inf) {
      told <- hear_ranks(attempt(perform(duty, shops, arguments[mine])), place)
      unlist(lapply(told, `[[`, "value"), recursive = FALSE)
    },
    agree = ranks_agree,
    close = function() lapply(shops, clear_shop)
  )
}

# The answers of all ranks, as of attempt(); an error that one of them has is everybody's.
hear_ranks <- function(answer, place = NULL) {
  told <- gather_objects(answer)
  for (r in seq_along(told)) {
    if (!is.null(told[[r]]$error)) {
      abort_answer(told[[r]], r, which(place == r), "Rank")
    }
  }
  told
}

# An error that this rank has alone is an answer to what the others ask next. That of all
# ranks, or of another one, they know. Before this rank has joined nobody listens.
tell_ranks <- function(cluster, expression) {
  if (!is_mpi(cluster)) {
    return(expression)
  }
  withCallingHandlers(expression, error = function(e) {
    known <- !is.null(e$worker) || inherits(e, "feedforward_worker_error")
    if (!known && !is.null(workplace$mpi)) {
      gather_objects(attempt(stop(e)))
    }
  })
}

# A rank that ends while others wait says so, and the job fails. Where all end, MPI does.
leave_ranks <- function(mpi) {
  told <- gather_objects(list(error = "its script has ended", left = TRUE))
  if (all(vapply(told, function(answer) isTRUE(answer$left), NA))) mpi$finalize()
}

# Does this process write files and talk?
leads <- function(cluster) !is_mpi(cluster) || mpi(cluster)$rank() == 0

# What clocks decide must be the same on all ranks.
as_lead_says <- function(cluster, value) {
  if (is_mpi(cluster)) hear_ranks(list(value = value))[[1]]$value else value
}

# A list with the object of each rank.
gather_objects <- function(x) {
  bytes <- serialize(x, NULL, xdr = FALSE)
  sizes <- workplace$mpi$gather_doubles(as.double(length(bytes)))
  block <- raw(max(sizes))
  block[seq_along(bytes)] <- bytes
  all <- workplace$mpi$gather_bytes(block)
  lapply(seq_along(sizes), function(r) {
    unserialize(all[(r - 1) * length(block) + seq_len(sizes[[r]])])
  })
}

# All ranks must train the same.
ranks_agree <- function(facts) {
  all <- lapply(hear_ranks(list(value = facts)), `[[`, "value")
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

# What becomes of a training that loses a worker. With `on_worker_loss = "resume"` this
# process keeps the states of all shards at every scoring. The workers that are left take
# them up, train again what was trained since, and go on: the same bits as if nothing had
# happened.

resumes <- function(fleet) {
  arguments <- fleet$arguments
  arguments$on_worker_loss == "resume" && !is.null(arguments$cluster)
}

# At a scoring, which no exchange is under way at.
keep_states <- function(fleet) {
  if (resumes(fleet) && is.null(fleet$lost) && !fleet$open &&
    !identical(fleet$kept$done, fleet$done)) {
    fleet$kept <- persist(fleet, function() fleet_state(fleet))
  }
}

# The value of ask(), asked again where a worker was lost meanwhile.
persist <- function(fleet, ask) {
  repeat {
    answer <- tryCatch(list(ask()), feedforward_worker_error = identity)
    if (!inherits(answer, "condition")) {
      return(answer[[1]])
    }
    if (!take_up(fleet, answer)) stop(answer)
  }
}

# Brings the fleet to the end of its last exchange, without the lost worker: TRUE if that
# is asked for and some are left.
take_up <- function(fleet, lost) {
  done <- fleet$done
  while (!is.null(lost)) {
    left <- without_worker(fleet$arguments$cluster, lost$worker)
    if (!resumes(fleet) || is.null(fleet$kept) || is.null(lost$worker) ||
      length(left) == 0) {
      return(FALSE)
    }
    fleet$arguments$cluster <- left
    warn_of_loss(lost, fleet$kept$done, length(left))
    lost <- tryCatch(
      {
        move_shards(fleet)
        repeat_exchanges(fleet, done)
        NULL
      },
      feedforward_worker_error = identity
    )
  }
  TRUE
}

without_worker <- function(cluster, j) {
  structure(unclass(cluster)[-j], class = class(cluster))
}

# The shards, as they were kept, to the workers there are.
move_shards <- function(fleet) {
  engine <- if (is.null(fleet$places)) {
    fleet$carrier$close()
    training_engine(fleet$arguments)
  } else {
    reopen_places(fleet)
  }
  fleet$carrier <- carry_shards(engine, fleet$shards, fleet$arguments$threads)
  set_fleet_state(fleet, fleet$kept)
  if (!is.null(fleet$huber)) fleet$carrier$set_huber(fleet$huber)
}

repeat_exchanges <- function(fleet, done) {
  while (fleet$done < done) step_exchange(fleet, Inf, NULL)
}

warn_of_loss <- function(lost, done, left) {
  warn_feedforward(
    sprintf(
      "%s Training is taken up after exchange %s by %s.", conditionMessage(lost),
      format_count(done), count_of(left, "worker")
    ),
    class = "feedforward_worker_warning"
  )
}

# ---- Rows that lie in shards -------------------------------------------------------

# The engine of the training rows, which like those of validation are read anew.
reopen_places <- function(fleet) {
  for (place in fleet$places) reopen_shards(place, fleet$arguments$cluster)
  fleet$places[[1]]$engine
}

# The outputs of a part's scored rows. Rows in shards are known to their workers alone:
# where one is lost the others, or this process, read its shards, to go on or for the
# last scoring.
look_at_part <- function(fleet, part, parameters, threads) {
  repeat {
    answer <- tryCatch(
      part_outputs(part, fleet$network, parameters, threads),
      feedforward_worker_error = identity
    )
    if (!inherits(answer, "condition")) {
      return(answer)
    }
    cluster <- fleet$arguments$cluster
    if (is.null(cluster) || is_mpi(cluster) || is.null(answer$worker)) stop(answer)
    if (!take_up(fleet, answer)) {
      if (is.null(fleet$lost)) {
        answer$exchange <- fleet$done
        fleet$lost <- answer
      }
      left <- without_worker(cluster, answer$worker)
      fleet$arguments["cluster"] <- list(if (length(left) > 0) left)
      reopen_places(fleet)
    }
  }
}

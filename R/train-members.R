#' @include train-trainer.R
NULL

# `members`: networks of the same shape that train side by side on the same rows, each
# from a start and in an order of its own. What is scored, stopped by and predicted is the
# average of their predictions. The loop sees one trainer, whose parameters hold those of
# the first member and, as `members`, those of the others.

new_members <- function(prepared) {
  options <- trainer_options(prepared)
  target <- trainer_target(prepared)
  trainers <- lapply(seq_len(prepared$arguments$members), function(k) {
    core_trainer(
      prepared$training$rows, target, prepared$network, member_options(options, k)
    )
  })
  of_each <- function(what, ...) lapply(trainers, function(trainer) trainer[[what]](...))
  now <- new.env(parent = emptyenv())
  now$trained <- numeric(length(trainers))
  join <- function(sets) c(sets[[1]], list(members = sets[-1]))
  list(
    # Those that a pause has caught behind the others catch up.
    run = function(rows, seconds, threads) {
      before <- min(now$trained)
      left <- before + rows - now$trained
      behind <- which(left > 0)
      done <- trainers_run(
        lapply(trainers[behind], `[[`, "pointer"), left[behind], seconds, threads
      )
      now$trained[behind] <- now$trained[behind] + vapply(done, `[[`, 0, "rows")
      status <- vapply(done, `[[`, "", "status")
      worst <- c(intersect(c("unstable", "interrupted", "paused"), status), "running")
      list(rows = min(now$trained) - before, status = worst[[1]])
    },
    close_round = function() of_each("close_round"),
    weights = function() join(of_each("weights")),
    predict = function(part, threads, parameters = NULL) {
      average_links(prepared$response, if (is.null(parameters)) {
        of_each("predict", part, threads)
      } else {
        lapply(parameter_sets(parameters), function(set) {
          part_outputs(part, prepared$network, set, threads)
        })
      })
    },
    set_huber = function(delta) of_each("set_huber", delta),
    layers = function() trainers[[1]]$layers(),
    state = function() list(members = of_each("state")),
    set_state = function(state) {
      if (length(state$members) != length(trainers)) stop("it is of other `members`")
      Map(function(trainer, state) trainer$set_state(state), trainers, state$members)
      now$trained <- vapply(state$members, function(one) as.numeric(one$samples), 0)
    },
    fresh_state = function(parameters, samples) {
      list(members = Map(function(trainer, set) {
        trainer$fresh_state(set, samples)
      }, trainers, parameter_sets(parameters)))
    }
  )
}

# The first member is the network that trains alone.
member_options <- function(options, k) {
  options$seed[[1]] <- (options$seed[[1]] + (k - 1) * 2654435769) %% 2^32
  options$order_seed <- options$seed
  options
}

members_problems <- function(arguments) {
  if (arguments$members == 1) {
    return(NULL)
  }
  c(
    if (arguments$autoencoder) {
      "`members` average predictions, which an autoencoder does not make: leave it out."
    },
    if (!is.null(arguments$cluster) || !arguments$shards %in% c("auto", 1)) {
      "`members` train in one process: leave out `members`, or `shards` and `cluster`."
    }
  )
}

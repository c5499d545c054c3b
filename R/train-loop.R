# The driver loop: train an iteration, score?, stop?, keep the best. The core learns, this
# file judges. Without `max_runtime_secs` and a positive `score_interval` the same seed
# gives the same model.

# Seconds of training between two looks at the time limit and the progress bar. A pause
# changes no bit.
slice_seconds <- 0.2

# Returns the parts of the model that training makes, for new_deeplearning().
# trainer: a record as core_trainer() makes it; plan: new_plan(); clock: new_clock();
# checkpoint: the model to go on from, or NULL; export: new_export()
train_network <- function(trainer, plan, clock, checkpoint = NULL, export = NULL) {
  run <- new_run(trainer, plan, clock, start_progress(plan), export)
  on.exit(end_progress(run$progress), add = TRUE)
  if (!is.null(checkpoint)) resume_run(run, checkpoint)
  begin_training(clock)
  if (plan$arguments$interrupt == "keep") {
    # Ctrl-C can also fall between two slices, into R code. fit_model() lets none in but
    # here: a second one would lose what the first has kept.
    tryCatch(allowInterrupts(run_alone(run)), interrupt = function(e) {
      run$book$status <- "interrupted"
    })
  } else {
    run_alone(run)
    if (run$book$status == "interrupted") {
      end_progress(run$progress)
      rlang::interrupt()
    }
  }
  restored <- settle(run)
  end_progress(run$progress)
  parts <- trained_parts(run, restored)
  warn_of_end(run, restored, parts)
  parts
}

# A run is driven by who holds it: begin_run(), then take_slice() of what the trainer did,
# until its book has a status.
new_run <- function(trainer, plan, clock, progress, export = NULL) {
  list(
    trainer = trainer, plan = plan, clock = clock, book = new_book(plan),
    progress = progress, export = export
  )
}

run_alone <- function(run) {
  begin_run(run)
  while (is.null(run$book$status)) {
    done <- run$trainer$run(rows_to_ask(run), next_slice(run), run$plan$threads)
    take_slice(run, done)
  }
}

begin_run <- function(run) {
  unscored <- length(run$book$history) == 0
  if (unscored && run$plan$total > 0 && !score_now(run)) {
    run$book$status <- "unstable"
  } else if (run$plan$total == 0) {
    run$book$status <- if (score_now(run)) "finished" else "unstable"
  } else {
    begin_iteration(run$book, run$plan)
  }
}

begin_iteration <- function(book, plan) {
  book$iterations <- book$iterations + 1L
  book$before <- book$samples
  book$goal <- book$samples + plan$quota
}

# A round that a pause has cut runs to its end, even beyond the goal.
rows_to_ask <- function(run) {
  max(1, run$book$goal - run$book$samples)
}

# done: what the trainer's run() has returned
take_slice <- function(run, done) {
  book <- run$book
  book$samples <- book$samples + done$rows
  show_progress(run)
  if (done$status %in% c("interrupted", "unstable", "worker lost")) {
    book$status <- done$status
    book$lost <- done$lost
  } else if (done$status == "running") {
    if (done$rows == 0 && book$samples < run$plan$total) {
      abort_internal("The trainer returned without training a row.")
    }
    end_iteration(run)
  } else if (is_late(run)) {
    book$status <- "time limit"
  }
}

# Score? Stop? Else the next iteration begins.
end_iteration <- function(run) {
  book <- run$book
  finished <- book$samples >= run$plan$total
  if (is_due_now(run, book$before)) {
    if (!score_now(run)) {
      book$status <- "unstable"
    } else if (!finished) {
      book$stopped_by <- why_stop(run)
      if (!is.null(book$stopped_by)) book$status <- "stopped early"
      if (is.null(book$status)) export_now(run)
    }
  }
  if (is.null(book$status)) {
    book$status <- if (finished) "finished" else if (is_late(run)) "time limit"
  }
  if (is.null(book$status)) begin_iteration(book, run$plan)
}

next_slice <- function(run) {
  limit <- run$plan$arguments$max_runtime_secs
  if (limit <= 0) {
    return(slice_seconds)
  }
  # However small the limit, a little is trained.
  max(0.005, min(slice_seconds, limit - clock_seconds(run$clock)))
}

is_late <- function(run) {
  limit <- run$plan$arguments$max_runtime_secs
  limit > 0 && clock_seconds(run$clock) >= limit
}

is_due_now <- function(run, before) {
  is_scoring_due(
    run$plan$rule, before, run$book$samples, max(0, run$book$scored_at),
    seconds = since_scoring(run$clock), took = run$clock$scoring_took
  )
}

# The argument that says so, or NULL.
why_stop <- function(run) {
  plan <- run$plan
  arguments <- plan$arguments
  if (is_good_enough(run$book$latest$training, plan$task, plan$good_enough)) {
    names(plan$task$good_enough)
  } else if (has_converged(
    run$book$values, plan$metric, arguments$stopping_rounds, arguments$stopping_tolerance
  )) {
    "stopping_metric"
  }
}

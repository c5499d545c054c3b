# What the user sees while a network trains: a progress bar on the message stream, and
# with `verbose = TRUE` one line per scoring. Both come from the main thread, between
# slices of training, and change no number.

# An environment: the bar is shown until it has been ended, once, by whoever began it.
# `frame` is where it belongs.
start_progress <- function(plan, frame = parent.frame()) {
  show <- plan$arguments$progress
  progress <- new.env(parent = emptyenv())
  progress$shown <- (if (is.null(show)) interactive() else show) && plan$total > 0
  progress$verbose <- plan$arguments$verbose
  progress$frame <- frame
  if (progress$shown) {
    # No bar proper: it would take the width that the losses need. As everywhere in cli,
    # a run of less than two seconds shows nothing.
    progress$id <- cli::cli_progress_bar(
      format = paste0(
        "{cli::pb_spin} epoch {cli::pb_extra$epochs} of {cli::pb_extra$of}",
        " | {cli::pb_extra$speed} rows/s{cli::pb_extra$losses} | ETA {cli::pb_eta}"
      ),
      total = plan$total,
      clear = TRUE,
      extra = list(
        epochs = "0", of = format_epochs(plan$arguments$epochs), speed = "-", losses = ""
      ),
      .auto_close = FALSE,
      .envir = frame
    )
  }
  progress
}

show_progress <- function(run) {
  progress <- run$progress
  if (!progress$shown) {
    return(invisible())
  }
  losses <- vapply(run$book$latest, measure_value, 0, name = run$plan$metric)
  if (length(losses) > 0) {
    names(losses) <- paste(names(losses), run$plan$metric)
  }
  seconds <- max(training_seconds(run$clock), 1e-3)
  extra <- list(
    epochs = format_epochs(epochs_of(run$book, run$plan)),
    speed = format(round(run$book$samples / seconds), big.mark = ","),
    losses = format_losses(losses)
  )
  cli::cli_progress_update(
    set = run$book$samples, extra = extra, id = progress$id, .envir = progress$frame
  )
}

end_progress <- function(progress) {
  if (progress$shown) {
    cli::cli_progress_done(id = progress$id, .envir = progress$frame)
    progress$shown <- FALSE
  }
  invisible()
}

# One line per scoring, for `verbose = TRUE`.
tell_scoring <- function(progress, row) {
  if (!progress$verbose) {
    return(invisible())
  }
  measures <- row[grepl("^(training|validation)_", names(row))]
  measures$training_speed <- NULL
  # A message condition, so that suppressMessages() and knitr treat it as they do any.
  message(sprintf(
    "%s  epochs %s  iterations %d  samples %.0f  %s",
    format_duration(row$duration), format_epochs(row$epochs), row$iterations, row$samples,
    paste(names(measures), vapply(measures, format_measure, ""), collapse = "  ")
  ))
}

format_epochs <- function(epochs) {
  digits <- if (epochs < 1) signif(epochs, 2) else round(epochs, 2)
  format(digits, trim = TRUE, scientific = FALSE)
}

format_measure <- function(x) {
  format(signif(x, 4), trim = TRUE)
}

format_losses <- function(losses) {
  if (length(losses) == 0) {
    return("")
  }
  paste0(
    " | ", paste(names(losses), vapply(losses, format_measure, ""), collapse = ", ")
  )
}

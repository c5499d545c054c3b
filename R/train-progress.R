# What the user sees while a network trains: a progress bar on the message stream, and
# with `verbose = TRUE` one message per scoring. Both come from the main thread, between
# slices of training, and change no number.

# An environment: the bar is shown until it has been ended, once, by whoever began it.
# `frame` is where it belongs; `runs` of about this plan share the bar.
start_progress <- function(plan, runs = 1, show = plan$arguments$progress,
                           frame = parent.frame()) {
  progress <- new.env(parent = emptyenv())
  progress$shown <- (if (is.null(show)) interactive() else show) && plan$total > 0
  progress$runs <- runs
  progress$ended <- 0
  progress$rows <- plan$total
  progress$verbose <- plan$arguments$verbose
  progress$frame <- frame
  if (progress$shown) {
    # No bar proper: it would take the width that the losses need. As everywhere in cli,
    # a run of less than two seconds shows nothing.
    progress$id <- cli::cli_progress_bar(
      format = "{cli::pb_spin} {cli::pb_extra$line} | ETA {cli::pb_eta}",
      total = plan$total * runs,
      clear = TRUE,
      extra = list(line = "epoch 0"),
      .auto_close = FALSE,
      .envir = frame
    )
  }
  progress
}

show_progress <- function(run) {
  progress <- run$progress
  if (is.null(progress) || !progress$shown) {
    return(invisible())
  }
  cli::cli_progress_update(
    set = progress$ended * progress$rows + run$book$samples,
    extra = list(line = progress_line(run)), id = progress$id, .envir = progress$frame
  )
}

# As much as the console has room for beside the spinner and the time that is left.
progress_line <- function(run, room = cli::console_width() - 16) {
  seconds <- max(training_seconds(run$clock), 1e-3)
  progress <- run$progress
  pieces <- c(
    if (isTRUE(progress$runs > 1)) {
      sprintf("fold %d of %d", progress$ended + 1, progress$runs)
    },
    sprintf(
      "epoch %s of %s", format_epochs(epochs_of(run$book, run$plan)),
      format_epochs(run$plan$arguments$epochs)
    ),
    format_losses(run$book$latest, run$plan$metric),
    paste(format(round(run$book$samples / seconds), big.mark = ","), "rows/s")
  )
  fits <- nchar(pieces[[1]]) + cumsum(c(0, nchar(pieces[-1]) + 3)) <= room
  paste(pieces[fits | seq_along(pieces) == 1], collapse = " | ")
}

end_progress <- function(progress) {
  if (progress$shown) {
    cli::cli_progress_done(id = progress$id, .envir = progress$frame)
    progress$shown <- FALSE
  }
  invisible()
}

# One message per scoring, for `verbose = TRUE`.
tell_scoring <- function(progress, row) {
  if (is.null(progress) || !progress$verbose) {
    return(invisible())
  }
  measures <- unlist(row[grepl("^(training|validation)_", names(row))])
  measures <- measures[names(measures) != "training_speed"]
  part <- sub("_.*", "", names(measures))
  names <- sub("^[a-z]*_", "", names(measures))
  told <- paste(names, vapply(measures, format_measure, ""))
  pieces <- c(
    list(c(
      format_duration(row$duration), paste("epochs", format_epochs(row$epochs)),
      paste("iterations", row$iterations), sprintf("samples %.0f", row$samples)
    )),
    lapply(unique(part), function(name) c(paste0("  ", name), told[part == name]))
  )
  # A message condition, so that suppressMessages() and knitr treat it as they do any.
  message(paste(vapply(pieces, fill_lines, ""), collapse = "\n"))
}

# Pieces side by side, as many on a line as the console has room for.
fill_lines <- function(pieces, width = getOption("width")) {
  text <- pieces[[1]]
  at <- nchar(text)
  for (piece in pieces[-1]) {
    fits <- at + 2 + nchar(piece) <= width
    text <- paste0(text, if (fits) "  " else "\n    ", piece)
    at <- (if (fits) at + 2 else 4) + nchar(piece)
  }
  text
}

format_epochs <- function(epochs) {
  digits <- if (epochs < 1) signif(epochs, 2) else round(epochs, 2)
  format(digits, trim = TRUE, scientific = FALSE)
}

format_measure <- function(x) {
  format(signif(x, 4), trim = TRUE)
}

# "logloss 0.5012, validation 0.5513"; NULL before the first scoring.
format_losses <- function(latest, metric) {
  values <- vapply(latest, measure_value, 0, name = metric)
  if (length(values) > 0) {
    names <- sub("^training$", metric, names(values))
    paste(names, vapply(values, format_measure, ""), collapse = ", ")
  }
}

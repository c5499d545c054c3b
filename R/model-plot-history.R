# The scoring history as a picture.

plot_history <- function(model, metric, timestep, main, xlim = NULL, ylim = NULL,
                         xlab = NULL, ylab = NULL, cex.main = NULL, col = part_colours,
                         lty = part_lines, lwd = 2, ...) {
  history <- model$scoring_history
  task <- task_of(model)
  chosen_by <- model$arguments$stopping_metric %||% task$stopping_metric
  plotted <- plotted_measure(metric, task, chosen_by, history)
  if (identical(timestep, "AUTO")) {
    timestep <- "epochs"
  }
  timestep <- choose_one(timestep, c("epochs", "samples", "duration"), "timestep")
  drawn <- history_points(
    history, plotted$column, timestep, model$kept_samples %||% model$samples
  )
  parts <- intersect(c("training", "validation"), names(drawn))
  values <- unlist(drawn[parts])
  if (!any(is.finite(values))) {
    abort_argument(sprintf(
      "The scoring history has no value of `%s`: nothing to plot.", plotted$column
    ))
  }
  axis <- c(
    epochs = "Epochs", samples = "Rows trained on", duration = "Seconds since the start"
  )
  kept <- kept_label(model$arguments, measures[[chosen_by]])
  xlim <- xlim %||% range(drawn[[timestep]])
  place <- legend_place(
    rep(list(drawn[[timestep]]), length(parts)), drawn[parts], xlim,
    ylim %||% range_finite(values), c(parts, kept),
    may_grow = is.null(ylim)
  )
  title <- fit_title(main %||% title_of("Scoring history", model))
  graphics::plot(
    NA,
    xlim = xlim, ylim = place$ylim, xlab = xlab %||% axis[[timestep]],
    ylab = ylab %||% plotted$title, main = title$text,
    cex.main = cex.main %||% title$cex, ...
  )
  write_under_title(model$model_id)
  col <- rep_len(col, length(parts))
  lty <- rep_len(lty, length(parts))
  for (i in seq_along(parts)) {
    # A single scoring is a point, not a line.
    graphics::lines(
      drawn[[timestep]], drawn[[parts[[i]]]],
      type = if (nrow(drawn) > 20) "l" else "o", pch = c(16, 17)[[i]], cex = 0.7,
      col = col[[i]], lty = lty[[i]], lwd = lwd
    )
    graphics::points(
      drawn[[timestep]][drawn$kept], drawn[[parts[[i]]]][drawn$kept],
      pch = 1, cex = 2, lwd = 2, col = col[[i]]
    )
  }
  draw_legend(place, parts, kept, col, lty, lwd)
  invisible(drawn)
}

# What made the weights that are marked the ones to keep.
kept_label <- function(arguments, measure) {
  if (identical(arguments$overwrite_with_best_model, FALSE)) {
    return("kept (the last)")
  }
  name <- if (is.na(measure$title)) measure$label else measure$title
  # In small letters, but for abbreviations.
  sprintf("kept (by %s)", gsub("\\b([A-Z])(?=[a-z])", "\\L\\1", name, perl = TRUE))
}

# The measure of a history's column; for "AUTO" the one that the model was chosen by,
# where the history has it, else the task's own choice.
plotted_measure <- function(column, task, chosen_by, history) {
  with_title <- Filter(function(measure) !is.na(measure$title), measures)
  names <- vapply(with_title, `[[`, "", "column")
  here <- unname(names[names %in% sub("^training_", "", names(history))])
  column <- choose_one(column, c("AUTO", here), "metric")
  if (column == "AUTO") {
    return(measures[[if (chosen_by %in% task$history) chosen_by else task$plotted]])
  }
  with_title[[match(column, names)]]
}

# The history's points, without the blank first row. Where earlier weights than the last
# were kept, the last row repeats their metrics at a later time; it is dropped, or the
# curve would jump. kept: rows trained when the weights were taken that were kept.
history_points <- function(history, metric, timestep, kept) {
  parts <- c(training = "training_", validation = "validation_")
  columns <- paste0(parts, metric)
  here <- columns %in% names(history)
  points <- history[c(timestep, columns[here])]
  names(points) <- c(timestep, names(parts)[here])
  last <- nrow(history)
  scored <- setdiff(seq_len(last), c(1, if (kept < history$samples[[last]]) last))
  points$kept <- history$samples == kept
  points <- points[scored, , drop = FALSE]
  rownames(points) <- NULL
  points
}

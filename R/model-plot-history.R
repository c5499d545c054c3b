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
  band <- fold_band(model$cross_validation$histories, plotted$column, timestep)
  values <- c(unlist(drawn[parts]), band$low, band$high)
  if (!any(is.finite(values))) {
    abort_argument(sprintf(
      "The scoring history has no value of `%s`: nothing to plot.", plotted$column
    ))
  }
  kept <- kept_label(model$arguments, measures[[chosen_by]])
  xlim <- xlim %||% range(drawn[[timestep]], band$at)
  shown <- c(parts, if (!is.null(band)) "folds (mean, sd)")
  place <- legend_place(
    c(rep(list(drawn[[timestep]]), length(parts)), list(band$at)),
    c(drawn[parts], list(band$mean)), xlim,
    ylim %||% range_finite(values), c(shown, kept),
    may_grow = is.null(ylim)
  )
  title <- fit_title(main %||% title_of("Scoring history", model))
  graphics::plot(
    NA,
    xlim = xlim, ylim = place$ylim, xlab = xlab %||% time_axes[[timestep]],
    ylab = ylab %||% plotted$title, main = title$text,
    cex.main = cex.main %||% title$cex, ...
  )
  write_under_title(model$model_id)
  kinds <- c(match(parts, c("training", "validation")), if (!is.null(band)) 3)
  col <- rep_len(col, 3)[kinds]
  lty <- rep_len(lty, 3)[kinds]
  if (!is.null(band)) draw_band(band, col[[length(shown)]], lty[[length(shown)]], lwd)
  for (i in seq_along(parts)) {
    draw_part(drawn, timestep, parts[[i]], c(16, 17)[[i]], col[[i]], lty[[i]], lwd)
  }
  draw_legend(place, shown, kept, col, lty, lwd)
  invisible(drawn)
}

draw_part <- function(drawn, timestep, part, pch, col, lty, lwd) {
  # A single scoring is a point, not a line.
  graphics::lines(
    drawn[[timestep]], drawn[[part]],
    type = if (nrow(drawn) > 20) "l" else "o", pch = pch, cex = 0.7, col = col,
    lty = lty, lwd = lwd
  )
  graphics::points(
    drawn[[timestep]][drawn$kept], drawn[[part]][drawn$kept],
    pch = 1, cex = 2, lwd = 2, col = col
  )
}

# Mean and spread of the folds' metric on the rows they held out, where all of them were
# scored: list(at, mean, low, high), NULL without folds.
fold_band <- function(histories, column, timestep) {
  if (length(histories) == 0) {
    return(NULL)
  }
  curves <- lapply(histories, function(history) {
    last <- max(history$samples)
    points <- history_points(history, column, timestep, last)
    points[is.finite(points$validation) & !duplicated(points[[timestep]]), ]
  })
  ends <- vapply(curves, function(curve) range(curve[[timestep]]), c(0, 0))
  if (any(vapply(curves, nrow, 0L) < 2) || max(ends[1, ]) >= min(ends[2, ])) {
    return(NULL)
  }
  at <- seq(max(ends[1, ]), min(ends[2, ]), length.out = 50)
  values <- vapply(curves, function(curve) {
    stats::approx(curve[[timestep]], curve$validation, at)$y
  }, at)
  mean <- rowMeans(values)
  sd <- apply(values, 1, stats::sd)
  list(at = at, mean = mean, low = mean - sd, high = mean + sd)
}

draw_band <- function(band, col, lty, lwd) {
  graphics::polygon(
    c(band$at, rev(band$at)), c(band$low, rev(band$high)),
    border = NA, col = grDevices::adjustcolor(col, 0.2)
  )
  graphics::lines(band$at, band$mean, col = col, lty = lty, lwd = lwd)
}

time_axes <- c(
  epochs = "Epochs", samples = "Rows trained on", duration = "Seconds since the start"
)

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

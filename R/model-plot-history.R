# The scoring history as a picture.

plot_history <- function(model, metric, timestep, main, ...) {
  history <- model$scoring_history
  plotted <- plotted_measure(metric, task_of(model), names(history))
  metric <- plotted$column
  if (identical(timestep, "AUTO")) {
    timestep <- "epochs"
  }
  timestep <- choose_one(timestep, c("epochs", "samples", "duration"), "timestep")
  drawn <- history_points(history, metric, timestep, model$status)
  parts <- intersect(c("training", "validation"), names(drawn))
  values <- unlist(drawn[parts])
  if (!any(is.finite(values))) {
    abort_argument(sprintf(
      "The scoring history has no value of `%s`: nothing to plot.", metric
    ))
  }
  units <- c(
    epochs = "Epochs (passes over the training rows)", samples = "Rows trained on",
    duration = "Time since the start (s)"
  )
  draw <- function(xlim = range(drawn[[timestep]]), ylim = range_finite(values),
                   xlab = units[[timestep]], ylab = plotted$title, ...) {
    graphics::plot(
      NA,
      xlim = xlim, ylim = ylim, xlab = xlab, ylab = ylab,
      main = main %||% "Scoring history", ...
    )
  }
  draw(...)
  for (i in seq_along(parts)) {
    # A single scoring is a point, not a line.
    graphics::lines(
      drawn[[timestep]], drawn[[parts[[i]]]],
      type = if (nrow(drawn) > 20) "l" else "o", pch = c(16, 17)[[i]], cex = 0.7,
      col = part_colours[[i]], lty = part_lines[[i]], lwd = 2
    )
    graphics::points(
      drawn[[timestep]][drawn$kept], drawn[[parts[[i]]]][drawn$kept],
      pch = 1, cex = 2, lwd = 2, col = part_colours[[i]]
    )
  }
  n <- length(parts)
  graphics::legend(
    if (plotted$higher) "bottomright" else "topright",
    legend = c(parts, "model kept"), bty = "n",
    col = c(part_colours[seq_len(n)], "black"), lwd = 2,
    lty = c(part_lines[seq_len(n)], NA), pch = c(rep(NA, n), 1), pt.cex = 1.5
  )
  invisible(drawn)
}

# The measure of a history's column, "AUTO" for the task's own choice.
plotted_measure <- function(column, task, columns) {
  with_title <- Filter(function(measure) !is.na(measure$title), measures)
  names <- vapply(with_title, `[[`, "", "column")
  here <- unname(names[names %in% sub("^training_", "", columns)])
  column <- choose_one(column, c("AUTO", here), "metric")
  if (column == "AUTO") {
    return(measures[[task$plotted]])
  }
  with_title[[match(column, names)]]
}

# The history's points, without the blank first row. Where the best model was
# restored, the last row repeats an earlier one at a later time; it is dropped and the
# earlier one marked, or the curve would jump.
history_points <- function(history, metric, timestep, status) {
  parts <- c(training = "training_", validation = "validation_")
  columns <- paste0(parts, metric)
  here <- columns %in% names(history)
  points <- history[c(timestep, columns[here])]
  names(points) <- c(timestep, names(parts)[here])
  scored <- which(history$samples > 0)
  kept <- kept_row(history)
  last <- nrow(history)
  # After a divergence the last row says how far it went, else as the one before.
  repeated <- kept < last && (status == "unstable" ||
    history$samples[[last]] == history$samples[[last - 1]])
  if (repeated) {
    scored <- setdiff(scored, last)
  }
  if (length(scored) == 0) {
    # Nothing was trained (epochs = 0): the only scoring is at the start.
    scored <- last
  }
  points$kept <- seq_len(last) == kept
  points <- points[scored, , drop = FALSE]
  rownames(points) <- NULL
  points
}

# The row of the history where the kept model stood: the first that has the metrics of
# the last row.
kept_row <- function(history) {
  metrics <- grep("^(training|validation)_", names(history), value = TRUE)
  metrics <- data.matrix(history[setdiff(metrics, "training_speed")])
  last <- metrics[nrow(metrics), ]
  same <- metrics == rep(last, each = nrow(metrics))
  same <- rowSums(!same, na.rm = TRUE) == 0 &
    rowSums(is.na(metrics)) == sum(is.na(last))
  which(same)[[1]]
}

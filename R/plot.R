#' Plot a model: scoring history, ROC curves, importances
#'
#' Base graphics. Training is drawn in blue and solid, validation in red and dashed, so
#' that the two differ for eyes that see no colours, too.
#'
#' @param x A model from [deeplearning()].
#' @param metric What the scoring history shows. `"AUTO"` is the log loss for two
#'   classes, the classification error for more and the root mean squared error for
#'   numbers. Others: `"logloss"`, `"auc"`, `"pr_auc"`, `"lift"`,
#'   `"classification_error"`, `"rmse"`, `"r2"`, `"deviance"`, `"mae"`, as far as the
#'   history has them.
#' @param timestep The horizontal axis of the history: `"epochs"` (passes over the
#'   training rows; also `"AUTO"`), `"samples"` (rows trained on) or `"duration"`
#'   (seconds since the start).
#' @param what `"history"`: the metric at each scoring, with a mark where the model
#'   that was kept stood. `"roc"`, two classes only: share of the second level found
#'   against share of the first level mistaken, over all thresholds. `"importance"`:
#'   bars of the largest variable importances.
#' @param by,most For `what = "importance"`: bars per `"input"` or per `"predictor"`,
#'   see [varimp()]; and how many at most.
#' @param main Title; `NULL` for one that fits.
#' @param ... Passed on to [graphics::plot()] (or [graphics::barplot()]).
#' @return Invisibly, a data frame of what was drawn. History: the time step, and
#'   `training` and `validation`, with `kept` marking the model's own row. ROC: `data`,
#'   `threshold`, `fpr`, `tpr`. Importances: rows of [varimp()].
#' @section Errors:
#' `feedforward_argument_error` where the model has no such metric, history or curve.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 10, seed = 1)
#' plot(model)
#' plot(model, metric = "logloss", timestep = "samples")
#' plot(model, what = "importance")
#' @method plot deeplearning
#' @export
plot.deeplearning <- function(x, metric = "AUTO",
                              timestep = c("epochs", "samples", "duration"),
                              what = c("history", "roc", "importance"),
                              by = c("input", "predictor"), most = 10, main = NULL,
                              ...) {
  what <- choose_one(what, c("history", "roc", "importance"), "what")
  switch(what,
    history = plot_history(x, metric, timestep, main, ...),
    roc = plot_roc(
      list(training = x$training_metrics, validation = x$validation_metrics), main, ...
    ),
    importance = plot_importance(varimp(x, by), most, main, ...)
  )
}

#' Plot metrics: the ROC or the precision-recall curve
#'
#' @param x Metrics of two classes from [performance()].
#' @param type `"roc"`: share of the second level found (true positive rate) against
#'   share of the first level mistaken (false positive rate). `"pr"`: precision against
#'   the share found (recall).
#' @param main Title; `NULL` for one with the area under the curve.
#' @param ... Passed on to [graphics::plot()].
#' @return Invisibly, a data frame of what was drawn: `data`, `threshold`, and `fpr`,
#'   `tpr` or `recall`, `precision`. For metrics of anything but two classes a
#'   `feedforward_argument_error`.
#' @examples
#' two <- droplevels(iris[iris$Species != "setosa", ])
#' model <- deeplearning(Species ~ ., two, hidden = 5, epochs = 10, seed = 1)
#' plot(performance(model, two))
#' @method plot deeplearning_metrics
#' @export
plot.deeplearning_metrics <- function(x, type = c("roc", "pr"), main = NULL, ...) {
  type <- choose_one(type, c("roc", "pr"), "type")
  if (type == "roc") {
    plot_roc(list(x), main, ...)
  } else {
    plot_precision(x, main, ...)
  }
}

# From the palette of Okabe and Ito, which the colour-blind tell apart.
part_colours <- c("#0072B2", "#D55E00")
part_lines <- c(1, 2)

# ---- Scoring history ------------------------------------------------------------

metric_titles <- c(
  rmse = "RMSE", logloss = "Log loss", r2 = "R squared", auc = "AUC",
  pr_auc = "Area under precision-recall curve", lift = "Lift of the top group",
  classification_error = "Classification error", deviance = "Mean residual deviance",
  mae = "Mean absolute error"
)

plot_history <- function(model, metric, timestep, main, ...) {
  history <- model$scoring_history
  metric <- choose_metric(metric, model$kind, names(history))
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
                   xlab = units[[timestep]], ylab = metric_titles[[metric]], ...) {
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
  rises <- metric %in% c("auc", "pr_auc", "lift", "r2")
  graphics::legend(
    if (rises) "bottomright" else "topright",
    legend = c(parts, "model kept"), bty = "n",
    col = c(part_colours[seq_len(n)], "black"), lwd = 2,
    lty = c(part_lines[seq_len(n)], NA), pch = c(rep(NA, n), 1), pt.cex = 1.5
  )
  invisible(drawn)
}

choose_metric <- function(metric, kind, columns) {
  here <- intersect(names(metric_titles), sub("^training_", "", columns))
  metric <- choose_one(metric, c("AUTO", here), "metric")
  if (metric != "AUTO") {
    return(metric)
  }
  switch(kind,
    binomial = "logloss",
    multinomial = "classification_error",
    regression = "rmse"
  )
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
  if (timestep == "duration") {
    points$duration <- duration_seconds(points$duration)
  }
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

# " 1.234 sec", " 2 min  3.456 sec" and " 1:02:03.456" -> seconds
duration_seconds <- function(text) {
  numbers <- regmatches(text, gregexpr("[0-9]+([.][0-9]+)?", text))
  vapply(numbers, function(x) sum(as.numeric(x) * 60^(rev(seq_along(x)) - 1)), 0)
}

range_finite <- function(x) {
  range(x[is.finite(x)])
}

# ---- Curves ---------------------------------------------------------------------

# metrics: list of metrics of two classes, named by data, or unnamed for one.
plot_roc <- function(metrics, main, ...) {
  metrics <- Filter(Negate(is.null), metrics)
  lapply(metrics, check_curve)
  curves <- lapply(metrics, curve_points, from = c(fpr = 0, tpr = 0), to = c(1, 1))
  areas <- vapply(metrics, function(m) m$AUC, 0)
  draw_curves(
    curves, c("fpr", "tpr"), areas, main, "ROC curve, AUC",
    "False positive rate", "True positive rate",
    diagonal = TRUE, ...
  )
}

plot_precision <- function(metrics, main, ...) {
  check_curve(metrics)
  scores <- metrics$thresholds_and_metric_scores
  points <- scores[is.finite(scores$precision), c("threshold", "recall", "precision")]
  draw_curves(
    list(points), c("recall", "precision"), metrics$pr_auc, main,
    "Precision-recall curve, area", "Recall", "Precision",
    diagonal = FALSE, ...
  )
}

check_curve <- function(metrics) {
  if (is.null(metrics$thresholds_and_metric_scores)) {
    abort_argument(paste(
      "Curves over thresholds exist for models of two classes only,",
      "and need rows with a response."
    ))
  }
}

# The points of the table, between the two ends that need no threshold of the data.
curve_points <- function(metrics, from, to) {
  columns <- names(from)
  scores <- metrics$thresholds_and_metric_scores[c("threshold", columns)]
  end <- function(threshold, at) {
    stats::setNames(as.list(c(threshold, at)), c("threshold", columns))
  }
  points <- rbind(as.data.frame(end(Inf, from)), scores, as.data.frame(end(-Inf, to)))
  rownames(points) <- NULL
  points
}

draw_curves <- function(curves, axes, areas, main, title, xlab, ylab, diagonal, ...) {
  parts <- names(curves)
  shown <- formatC(areas, digits = 3, format = "f")
  if (is.null(main)) {
    main <- paste(title, paste0(
      shown, if (!is.null(parts)) paste0(" (", parts, ")"),
      collapse = ", "
    ))
  }
  # A square plot: both axes run from 0 to 1.
  old <- graphics::par(pty = "s")
  on.exit(graphics::par(old))
  draw <- function(xlim = c(0, 1), ylim = c(0, 1), ...) {
    graphics::plot(NA, xlim = xlim, ylim = ylim, main = main, ...)
  }
  draw(xlab = xlab, ylab = ylab, ...)
  if (diagonal) {
    graphics::abline(0, 1, col = "grey60", lty = 3)
  }
  for (i in seq_along(curves)) {
    graphics::lines(
      curves[[i]][[axes[[1]]]], curves[[i]][[axes[[2]]]],
      col = part_colours[[i]], lty = part_lines[[i]], lwd = 2
    )
  }
  if (length(curves) > 1) {
    graphics::legend(
      "bottomright",
      legend = parts, bty = "n", lwd = 2,
      col = part_colours[seq_along(parts)], lty = part_lines[seq_along(parts)]
    )
  }
  drawn <- Map(
    function(points, part) cbind(data = part, points[c("threshold", axes)]),
    curves, parts %||% "given"
  )
  invisible(do.call(rbind, unname(drawn)))
}

# ---- Importances ----------------------------------------------------------------

plot_importance <- function(table, most, main, ...) {
  if (!is.numeric(most) || length(most) != 1 || is.na(most) || most < 1) {
    abort_argument(sprintf(
      "`most` must be one number of at least 1, not %s.", shorten(most)
    ))
  }
  table <- utils::head(table, floor(most))
  labels <- encodeString(table$variable)
  # Bars grow upwards from the bottom: the most important one comes last.
  bars <- rev(table$scaled_importance)
  # The left margin holds the longest label, up to half of the figure.
  margins <- graphics::par("mai")
  width <- max(graphics::strwidth(labels, units = "inches", cex = 0.8)) + 0.3
  margins[[2]] <- max(0.4, min(width, graphics::par("fin")[[1]] / 2))
  old <- graphics::par(mai = margins)
  on.exit(graphics::par(old))
  draw <- function(xlab = "Importance, relative to the largest", col = part_colours[[1]],
                   border = NA, cex.names = 0.8, ...) {
    graphics::barplot(
      bars,
      names.arg = rev(labels), horiz = TRUE, las = 1, xlim = c(0, 1), xlab = xlab,
      col = col, border = border, cex.names = cex.names,
      main = main %||% "Variable importance", ...
    )
  }
  draw(...)
  invisible(table)
}

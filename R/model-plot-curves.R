#' Plot metrics: ROC, precision and recall, gains, lift, calibration
#'
#' @param x Metrics of two classes from [performance()].
#' @param type `"roc"`: share of the second level found (true positive rate) against
#'   share of the first level mistaken (false positive rate). `"pr"`: precision against
#'   the share found (recall), with a line at the share of the second level, which is the
#'   precision of guessing. A mark stands at the threshold with the largest F1. `"gains"`
#'   and `"lift"`: the share of events among the rows with the highest scores, and how
#'   many times that is more than among as many by chance. `"calibration"`: in groups of
#'   rows by their score, the share of events against the mean probability; points are as
#'   large as groups.
#' @param main Title.
#' @param ... Passed on to [graphics::plot()]; `col`, `lty` and `lwd` are those of the
#'   curve.
#' @return Invisibly, a data frame of what was drawn: `data`, `threshold`, and `fpr`,
#'   `tpr` or `recall`, `precision`; `fraction`, `value`; `predicted`, `observed`,
#'   `share`. For metrics of anything but two classes a `feedforward_argument_error`.
#' @examples
#' two <- droplevels(iris[iris$Species != "setosa", ])
#' model <- deeplearning(Species ~ ., two, hidden = 5, epochs = 10, seed = 1)
#' plot(performance(model, two))
#' @method plot deeplearning_metrics
#' @export
plot.deeplearning_metrics <- function(x, type = c(
                                        "roc", "pr", "gains", "lift", "calibration"
                                      ), main = NULL, ...) {
  type <- choose_one(type, c("roc", "pr", "gains", "lift", "calibration"), "type")
  switch(type,
    roc = plot_roc(list(x), x$default_threshold, main %||% "ROC curve", ...),
    pr = plot_precision(x, main %||% "Precision-recall curve", ...),
    gains = plot_gains(x, type, main %||% "Cumulative gains", ...),
    lift = plot_gains(x, type, main %||% "Cumulative lift", ...),
    calibration = plot_calibration(x, main %||% "Calibration", ...)
  )
}

# metrics: list of metrics of two classes, named by data, or unnamed for one
plot_roc <- function(metrics, threshold, main, xlab = "False positive rate",
                     ylab = "True positive rate", ...) {
  metrics <- Filter(Negate(is.null), metrics)
  lapply(metrics, check_curve)
  curves <- lapply(metrics, curve_points, from = c(fpr = 0, tpr = 0), to = c(1, 1))
  areas <- vapply(metrics, function(m) m$AUC, 0)
  draw_curves(
    curves, c("fpr", "tpr"), "AUC", areas, threshold, main,
    xlab = xlab, ylab = ylab, ...
  )
}

plot_precision <- function(metrics, main, xlab = "Recall", ylab = "Precision", ...) {
  check_curve(metrics)
  scores <- metrics$thresholds_and_metric_scores
  points <- scores[is.finite(scores$precision), c("threshold", "recall", "precision")]
  draw_curves(
    list(points), c("recall", "precision"), "area", metrics$pr_auc,
    metrics$default_threshold, main,
    # From the lowest score on, all rows are called positive.
    base = points$precision[[nrow(points)]], type = "S",
    xlab = xlab, ylab = ylab, ...
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

# area, areas: the word and the figure in the legend
# threshold: whose point is marked; under: a line below the title
# base: height of the line to compare with, NULL for the diagonal
draw_curves <- function(curves, axes, area, areas, threshold, main, under = NULL,
                        base = NULL, type = "l", xlim = c(0, 1), ylim = c(0, 1),
                        cex.main = NULL, col = part_colours, lty = part_lines, lwd = 2,
                        ...) {
  # A square plot: both axes run from 0 to 1.
  old <- graphics::par(pty = "s")
  on.exit(graphics::par(old))
  parts <- names(curves)
  n <- length(curves)
  x <- lapply(curves, `[[`, axes[[1]])
  y <- lapply(curves, `[[`, axes[[2]])
  title <- fit_title(main)
  graphics::plot(
    NA,
    xlim = xlim, ylim = ylim, main = title$text, cex.main = cex.main %||% title$cex, ...
  )
  write_under_title(under)
  if (is.null(base)) {
    graphics::abline(0, 1, col = "grey60", lty = 3)
  } else {
    graphics::abline(h = base, col = "grey60", lty = 3)
  }
  col <- rep_len(col, n)
  lty <- rep_len(lty, n)
  for (i in seq_len(n)) {
    # A step stands before its point.
    graphics::lines(
      c(if (type == "S") 0, x[[i]]), c(if (type == "S") y[[i]][[1]], y[[i]]),
      type = type, col = col[[i]], lty = lty[[i]], lwd = lwd
    )
    at <- max(1, sum(curves[[i]]$threshold >= threshold))
    graphics::points(
      x[[i]][[at]], y[[i]][[at]],
      pch = 1, cex = 2, lwd = 2, col = col[[i]]
    )
  }
  labels <- paste(area, sprintf("%.3f", areas))
  if (!is.null(parts)) labels <- paste0(parts, ", ", labels)
  rate <- if (!is.null(base)) sprintf("base rate %.3f", base)
  marked <- sprintf("threshold %.3g", threshold)
  place <- legend_place(x, y, xlim, ylim, c(labels, rate, marked))
  draw_legend(
    place, c(labels, rate), marked, c(col, rep("grey60", length(rate))),
    c(lty, rep(3, length(rate))), lwd
  )
  drawn <- Map(
    function(points, part) cbind(data = part, points[c("threshold", axes)]),
    curves, parts %||% "given"
  )
  invisible(do.call(rbind, unname(drawn)))
}

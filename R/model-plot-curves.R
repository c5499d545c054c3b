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

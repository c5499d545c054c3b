#' Plot a reliability table
#'
#' The share of events against the mean predicted probability in each group, with its
#' interval; on the diagonal probabilities are what they say. Below, how the predicted
#' probabilities are spread.
#'
#' @param x Of [reliability()].
#' @param main Title; `NULL` for one that names the event.
#' @param col Of points and bars.
#' @param xlab,ylab,... For [graphics::plot()].
#' @return Invisibly, `x`.
#' @examples
#' p <- (1:200) / 201
#' plot(reliability(p, y = (1:200 * 7) %% 20 < 20 * p^2))
#' @export
plot.deeplearning_reliability <- function(x, main = NULL, col = part_colours[[1]],
                                          xlab = "Mean predicted probability",
                                          ylab = "Share of events", ...) {
  title <- fit_title(main %||% paste("Reliability:", encodeString(attr(x, "event"))))
  # The lowest sixth belongs to the histogram.
  floor <- -0.2
  graphics::plot(
    NA,
    xlim = c(0, 1), ylim = c(floor, 1), xlab = xlab, ylab = ylab, yaxt = "n",
    main = title$text, cex.main = title$cex, ...
  )
  graphics::axis(2, seq(0, 1, 0.2))
  graphics::abline(h = 0, col = "grey80")
  share <- attr(x, "histogram")
  left <- (seq_along(share) - 1) / length(share)
  graphics::rect(
    left, floor, left + 1 / length(share), floor + 0.17 * share / max(share),
    col = grDevices::adjustcolor(col, 0.35), border = "white"
  )
  graphics::segments(0, 0, 1, 1, col = "grey40", lty = 2)
  graphics::segments(x$predicted, x$lower, x$predicted, x$upper, col = col)
  for (end in x[c("lower", "upper")]) {
    graphics::segments(x$predicted - 0.007, end, x$predicted + 0.007, end, col = col)
  }
  graphics::points(x$predicted, x$observed, type = "b", pch = 16, col = col, lwd = 1.5)
  labels <- c(
    sprintf("ECE %.4f, Brier %.4f", attr(x, "ece"), attr(x, "brier")),
    sprintf("observed, with %s %% interval", format(100 * attr(x, "level"))),
    "as predicted"
  )
  place <- legend_place(
    list(x$predicted, c(0, 1), c(0, 1)), list(x$observed, c(0, 1), c(floor, floor)),
    c(0, 1), c(floor, 1), labels
  )
  graphics::legend(
    place$at,
    legend = labels, bty = "n", col = c(NA, col, "grey40"), lty = c(NA, 1, 2),
    pch = c(NA, 16, NA), cex = place$cex
  )
  invisible(x)
}

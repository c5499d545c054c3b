# Curves over groups of rows by their score: gains, lift, calibration; and residuals.

check_groups <- function(metrics) {
  if (is.null(metrics$gains_lift_table)) {
    abort_argument(paste(
      "Gains, lift and calibration exist for models of two classes only, and need",
      "`gainslift_bins` other than 0."
    ))
  }
}

# What a model finds among the rows with the highest scores (gains), how much more than
# among as many by chance (lift), both cumulative.
plot_gains <- function(metrics, type, main, xlab = "Share of rows, highest scores first",
                       ylab = NULL, cex.main = NULL, col = part_colours[[1]], lwd = 2,
                       ...) {
  check_groups(metrics)
  table <- metrics$gains_lift_table
  gains <- type == "gains"
  x <- c(if (gains) 0, table$cumulative_data_fraction)
  y <- if (gains) c(0, table$cumulative_capture_rate) else table$cumulative_lift
  title <- fit_title(main)
  graphics::plot(
    x, y,
    type = "o", pch = 16, cex = 0.7, col = col, lwd = lwd, xlim = c(0, 1),
    ylim = c(0, max(1, y)), xlab = xlab,
    ylab = ylab %||% if (gains) "Share of events found" else "Cumulative lift",
    main = title$text, cex.main = cex.main %||% title$cex, ...
  )
  if (gains) {
    graphics::abline(0, 1, col = "grey60", lty = 3)
  } else {
    graphics::abline(h = 1, col = "grey60", lty = 3)
  }
  invisible(data.frame(fraction = x, value = y))
}

# The share of events in each group against its mean probability: on the diagonal
# probabilities are what they say.
plot_calibration <- function(metrics, main, xlab = "Mean predicted probability",
                             ylab = "Share of events", cex.main = NULL,
                             col = part_colours[[1]], ...) {
  check_groups(metrics)
  table <- metrics$gains_lift_table
  share <- diff(c(0, table$cumulative_data_fraction))
  shown <- share > 0
  table <- table[shown, ]
  old <- graphics::par(pty = "s")
  on.exit(graphics::par(old))
  title <- fit_title(main)
  graphics::plot(
    table$score, table$response_rate,
    type = "b", pch = 16, cex = 0.6 + 2 * sqrt(share[shown]), col = col, xlim = c(0, 1),
    ylim = c(0, 1), xlab = xlab, ylab = ylab, main = title$text,
    cex.main = cex.main %||% title$cex, ...
  )
  graphics::abline(0, 1, col = "grey60", lty = 3)
  invisible(data.frame(
    predicted = table$score, observed = table$response_rate, share = share[shown]
  ))
}

# Residuals against predictions, with their running mean.
plot_residuals <- function(model, newdata, main, xlab = "Prediction", ylab = "Residual",
                           cex.main = NULL, col = part_colours[[1]], pch = 16, ...) {
  rows <- newdata %||% model$data$newdata
  need_rows(is.null(rows), "plot")
  residual <- residuals.deeplearning(model, rows, if (is.null(newdata)) model$data$y)
  predicted <- stats::predict(model, rows)
  known <- !is.na(residual)
  title <- fit_title(main)
  graphics::plot(
    predicted, residual,
    pch = pch, cex = 0.6, col = grDevices::adjustcolor(col, 0.5), xlab = xlab,
    ylab = ylab, main = title$text, cex.main = cex.main %||% title$cex, ...
  )
  graphics::abline(h = 0, col = "grey60", lty = 3)
  if (sum(known) > 10) {
    graphics::lines(
      stats::lowess(predicted[known], residual[known]),
      col = part_colours[[2]], lwd = 2
    )
  }
  invisible(data.frame(prediction = predicted, residual = residual))
}

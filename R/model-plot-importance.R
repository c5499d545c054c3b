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

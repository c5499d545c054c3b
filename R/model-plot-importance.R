# Importances as bars.

plot_importance <- function(model, by, most, main, xlab = NULL, ...) {
  if (!is.numeric(most) || length(most) != 1 || is.na(most) || most < 1) {
    abort_argument(sprintf(
      "`most` must be one number of at least 1, not %s.", shorten(most)
    ))
  }
  by <- choose_one(by, c("input", "predictor"), "by")
  table <- varimp(model, by)
  if (by == "input") {
    unused <- model$encoding$input_names[model$encoding$unused + 1L]
    table <- table[table$relative_importance > 0 | !table$variable %in% unused, ]
  }
  table <- utils::head(table, floor(most))
  main <- main %||% title_of(paste("Importance by", by), model)
  measured <- c(
    input = "Relative importance (Gedeon)", predictor = "Relative effect on the outputs"
  )
  draw_bars(table, main, xlab %||% measured[[by]], model$model_id, ...)
  invisible(table)
}

draw_bars <- function(table, main, xlab, under, col = part_colours[[1]], border = NA,
                      space = 0.2, cex.names = 0.8, ...) {
  # Bars grow upwards from the bottom: the most important one comes last.
  bars <- rev(table$scaled_importance)
  labels <- encodeString(rev(table$variable))
  # No larger than the bars are apart.
  line <- 1.8 * graphics::strheight("M", units = "inches")
  cex <- min(cex.names, graphics::par("pin")[[2]] / length(bars) / line)
  # The left margin holds the longest label, up to half of the figure.
  most <- graphics::par("fin")[[1]] / 2
  labels <- fit_texts(labels, most - 0.2, cex)
  margins <- graphics::par("mai")
  width <- max(graphics::strwidth(labels, units = "inches", cex = cex))
  margins[[2]] <- max(0.4, width + 0.2)
  old <- graphics::par(mai = margins)
  on.exit(graphics::par(old))
  title <- fit_title(main, margins)
  draw <- function(xlim = c(0, 1), cex.main = title$cex, ...) {
    graphics::barplot(
      bars,
      horiz = TRUE, xlim = xlim, col = col, border = border, space = space,
      main = title$text, cex.main = cex.main, ...
    )
  }
  at <- draw(xlab = xlab, ...)
  # barplot() leaves out every label that comes near another.
  graphics::mtext(
    labels,
    side = 2, at = at, las = 1, line = 0.3, cex = cex * graphics::par("cex"),
    col = graphics::par("col.axis")
  )
  write_under_title(under)
}

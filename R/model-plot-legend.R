# A legend that hides nothing of the curves.

# Where it hides least, and how large it is there. Where it would hide some of the curves
# anywhere and the limits of y may grow, limits that make room above them.
#   x, y: lists, the coordinates of each curve; labels: of the legend
legend_place <- function(x, y, xlim, ylim, labels, may_grow = FALSE) {
  # In shares of the plot, whose limits stand 4 % inside.
  share <- function(v, limits) {
    v <- unlist(lapply(v, along_line))
    0.04 + 0.92 * (v - limits[[1]]) / max(diff(limits), tiny)
  }
  x <- share(x, xlim)
  y <- share(y, ylim)
  places <- list(
    topright = c(1, 1), topleft = c(0, 1), bottomright = c(1, 0), bottomleft = c(0, 0),
    right = c(1, 0.5), left = c(0, 0.5)
  )
  for (cex in c(1, 0.8, 0.65)) {
    size <- legend_size(labels, cex)
    hidden <- vapply(places, function(place) {
      from <- place * (1 - size)
      to <- from + size
      sum(
        x >= from[[1]] & x <= to[[1]] & y >= from[[2]] & y <= to[[2]],
        na.rm = TRUE
      )
    }, 0)
    at <- names(which.min(hidden))
    if (min(hidden) == 0) break
  }
  if (min(hidden) > 0 && may_grow) {
    at <- "topright"
    ylim[[2]] <- ylim[[1]] + diff(ylim) / max(1 - size[[2]], 0.4)
  }
  list(at = at, cex = cex, ylim = ylim)
}

# Width and height as shares of the plot, by the rules of graphics::legend().
legend_size <- function(labels, cex) {
  character <- graphics::par("cin") * cex
  text <- max(graphics::strwidth(labels, units = "inches", cex = cex))
  size <- c(text + 5.5 * character[[1]], (length(labels) + 1) * character[[2]])
  pmin(size / graphics::par("pin"), 1)
}

# The points of a curve with gaps at NA, and many between them.
along_line <- function(v) {
  n <- length(v)
  if (n < 2) {
    return(v)
  }
  place <- seq(1, n, length.out = 500)
  before <- pmin(floor(place), n - 1)
  v[before] + (place - before) * (v[before + 1] - v[before])
}

#   place: by legend_place(); labels: of the curves; marked: of the point marked on them
draw_legend <- function(place, labels, marked, col, lty, lwd) {
  points <- seq_along(c(labels, marked)) > length(labels)
  fg <- graphics::par("fg")
  graphics::legend(
    place$at,
    legend = c(labels, marked), bty = "n", cex = place$cex, text.col = fg,
    col = c(col, fg), lty = c(lty, NA), lwd = ifelse(points, 2, lwd),
    pch = ifelse(points, 1, NA), pt.cex = 1.5 * place$cex
  )
}

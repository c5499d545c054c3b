#' @include calibrators-record.R
NULL

# Isotonic regression (Zadrozny and Elkan 2002): the share of each class as a rising
# function of its probability, constant over blocks of rows and straight between them.

isotonic_calibrator <- new_calibrator(
  title = "isotonic regression", fewest = 50, each_class = TRUE,
  fit = function(link, actual, weights) {
    p <- softmax_rows(link)
    list(curves = lapply(curve_classes(ncol(link)), function(k) {
      isotonic_curve(p[, k], actual == k - 1, weights)
    }))
  },
  probabilities = function(fitted, link) {
    p <- softmax_rows(link)
    classes <- curve_classes(ncol(link))
    curves <- vapply(seq_along(classes), function(i) {
      along_curve(fitted$curves[[i]], p[, classes[[i]]])
    }, numeric(nrow(p)))
    join_curves(matrix(curves, nrow(p)))
  },
  is_sound = function(fitted, classes) {
    is.list(fitted$curves) && length(fitted$curves) == length(curve_classes(classes)) &&
      all(vapply(fitted$curves, is_curve, NA))
  },
  describe = function(fitted) {
    blocks <- vapply(fitted$curves, function(curve) length(unique(curve$y)), 0)
    if (length(blocks) == 1) {
      return(paste(blocks, "levels"))
    }
    sprintf("%d classes, each against the rest", length(blocks))
  }
)

is_curve <- function(curve) {
  is.list(curve) && is.double(curve$x) && is.double(curve$y) && length(curve$x) > 0 &&
    length(curve$x) == length(curve$y) && all(diff(curve$x) > 0) &&
    all(diff(curve$y) >= 0) && all(curve$y > 0 & curve$y < 1)
}

along_curve <- function(curve, p) {
  if (length(curve$x) == 1) {
    return(rep(curve$y, length(p)))
  }
  stats::approx(curve$x, curve$y, p, rule = 2, ties = "ordered")$y
}

# The curve through both ends of each block. It stays off 0 and 1 by 1 / (n + 2), for n
# rows of one kind do not prove that the next one is: a single row must not cost the log
# loss of a probability of 0.
isotonic_curve <- function(p, positive, weights) {
  blocks <- pool_adjacent(p, as.numeric(positive), weights)
  edge <- 1 / (sum(as_counts(weights)) + 2)
  wide <- blocks$to > blocks$from
  order <- order(c(seq_along(wide), which(wide)))
  list(
    x = c(blocks$from, blocks$to[wide])[order],
    y = pmin(pmax(c(blocks$y, blocks$y[wide]), edge), 1 - edge)[order]
  )
}

# Pool adjacent violators: list(from, to, y), the blocks of the rising step function of x
# with the least weighted sum of squares. Equal x share a block, and so do neighbours of
# equal y.
pool_adjacent <- function(x, y, weights) {
  runs <- gather_runs(x, x, y, weights, x)
  runs <- gather_runs(runs$from, runs$to, runs$y, runs$weight, runs$y)
  n <- length(runs$y)
  mean <- weight <- numeric(n)
  first <- integer(n)
  blocks <- 0L
  for (i in seq_len(n)) {
    blocks <- blocks + 1L
    mean[[blocks]] <- runs$y[[i]]
    weight[[blocks]] <- runs$weight[[i]]
    first[[blocks]] <- i
    # Equal means may differ by rounding.
    while (blocks > 1L && mean[[blocks - 1L]] >= mean[[blocks]] - 1e-12) {
      both <- weight[[blocks - 1L]] + weight[[blocks]]
      mean[[blocks - 1L]] <- (weight[[blocks - 1L]] * mean[[blocks - 1L]] +
        weight[[blocks]] * mean[[blocks]]) / both
      weight[[blocks - 1L]] <- both
      blocks <- blocks - 1L
    }
  }
  first <- first[seq_len(blocks)]
  last <- c(first[-1] - 1L, n)
  list(from = runs$from[first], to = runs$to[last], y = mean[seq_len(blocks)])
}

# Rows in the order of x, those gathered that follow each other with one `key`.
gather_runs <- function(from, to, y, weights, key) {
  rising <- order(from, method = "radix")
  key <- key[rising]
  run <- cumsum(c(TRUE, key[-1] != key[-length(key)]))
  weight <- as.vector(rowsum(weights[rising], run, reorder = FALSE))
  sum <- as.vector(rowsum((weights * y)[rising], run, reorder = FALSE))
  list(
    from = from[rising][!duplicated(run)],
    to = to[rising][!duplicated(run, fromLast = TRUE)], y = sum / weight, weight = weight
  )
}

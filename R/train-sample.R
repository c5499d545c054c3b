# Which rows are scored.

# The part with its choice of scored rows, and what a scoring needs of them.
choose_part_sample <- function(part, size, seed, classes = NULL) {
  index <- choose_scored_rows(part$n, size, seed, part$name, classes)
  part$sample <- list(
    index = index,
    n = if (is.null(index)) part$n else length(index),
    actual = pick_rows(part$actual, index),
    weights = pick_rows(part$weights, index),
    offset = pick_rows(part$offset, index)
  )
  part
}

# Keys of the two choices, in place of the epoch in the key of a row order. They
# are far beyond any epoch, so the choice is no beginning of a training order.
scoring_keys <- c(training = 2^31 - 2, validation = 2^31 - 3)

# `size` of the rows 1 to n, sorted, or NULL for all of them (size 0 or >= n).
# classes: class of each row to draw from each class its share, or NULL.
choose_scored_rows <- function(n, size, seed, key, classes = NULL) {
  if (size == 0 || size >= n) {
    return(NULL)
  }
  order <- row_order(seed, scoring_keys[[key]], n) + 1L
  if (is.null(classes)) {
    return(sort(order[seq_len(size)]))
  }
  classes <- classes[order]
  take <- class_shares(tabulate(classes + 1L), size)
  rank <- stats::ave(seq_along(order), classes, FUN = seq_along)
  sort(order[rank <= take[classes + 1L]])
}

# Splits `size` over classes in proportion to `counts`: whole numbers by largest
# remainder, and no class that has rows goes without one while there are enough.
class_shares <- function(counts, size) {
  exact <- size * counts / sum(counts)
  take <- floor(exact)
  left <- size - sum(take)
  first <- order(-(exact - take), seq_along(counts))
  take[first[seq_len(left)]] <- take[first[seq_len(left)]] + 1
  missed <- which(take == 0 & counts > 0)
  for (class in missed) {
    richest <- which.max(take)
    if (take[[richest]] <= 1) break
    take[c(richest, class)] <- take[c(richest, class)] + c(-1, 1)
  }
  take
}

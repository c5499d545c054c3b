# Which rows are scored.

# The part with its choice of scored rows, and what a scoring needs of them.
choose_part_sample <- function(part, size, seed, classes = NULL) {
  groups <- classes %||% shards_of_part(part)
  index <- choose_scored_rows(part$n, size, seed, part$name, groups)
  part$sample <- list(
    index = index,
    n = if (is.null(index)) part$n else length(index),
    actual = pick_rows(part$actual, index),
    weights = pick_rows(part$weights, index),
    offset = pick_rows(part$offset, index)
  )
  part
}

# Keys of the choices, in place of the epoch in the key of a row order. They
# are far beyond any epoch, so the choice is no beginning of a training order.
scoring_keys <- c(training = 2^31 - 2, validation = 2^31 - 3, holdout = 2^31 - 5)

# `size` of the rows 1 to n, sorted, or NULL for all of them (size 0 or >= n).
# groups: of each row, from 0, to draw from each its share, or NULL.
choose_scored_rows <- function(n, size, seed, key, groups = NULL) {
  if (size == 0 || size >= n) {
    return(NULL)
  }
  order <- row_order(seed, scoring_keys[[key]], n) + 1L
  if (is.null(groups)) {
    return(sort(order[seq_len(size)]))
  }
  groups <- groups[order]
  take <- group_shares(tabulate(groups + 1L), size)
  rank <- stats::ave(seq_along(order), groups, FUN = seq_along)
  sort(order[rank <= take[groups + 1L]])
}

# Splits `size` over groups in proportion to `counts`: whole numbers by largest
# remainder, and no group that has rows goes without one while there are enough.
group_shares <- function(counts, size) {
  exact <- size * counts / sum(counts)
  take <- floor(exact)
  left <- size - sum(take)
  first <- order(-(exact - take), seq_along(counts))
  take[first[seq_len(left)]] <- take[first[seq_len(left)]] + 1
  missed <- which(take == 0 & counts > 0)
  for (group in missed) {
    richest <- which.max(take)
    if (take[[richest]] <= 1) break
    take[c(richest, group)] <- take[c(richest, group)] + c(-1, 1)
  }
  take
}

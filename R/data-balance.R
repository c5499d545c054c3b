# Class balance: rows of rare classes are trained several times an epoch, some of frequent
# ones not at all; probabilities are brought back to the shares that there were.

# Throws feedforward_argument_error where arguments and data do not allow it.
check_balance <- function(arguments, classes, weights) {
  factors <- arguments$class_sampling_factors
  problems <- c(
    if (is.null(classes)) {
      "`balance_classes` is for classification; the response is numeric."
    },
    if (!is.null(weights)) {
      paste(
        "`balance_classes` has no place beside `weights_column`: both say how much a row",
        "counts. Make weights that balance the classes."
      )
    },
    if (!is.null(classes) && !length(factors) %in% c(0, length(classes))) {
      sprintf(
        "`class_sampling_factors` must have a number for each class: %d, not %d.",
        length(classes), length(factors)
      )
    }
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

# How often rows of each class are taken. counts: rows of each class
sampling_ratios <- function(counts, arguments) {
  factors <- arguments$class_sampling_factors
  ratios <- if (is.null(factors) || all(factors == 0)) max(counts) / counts else factors
  total <- sum(ratios * counts)
  most <- max(
    length(counts),
    min(floor(arguments$max_after_balance_size * sum(counts)), round(total))
  )
  ratios * most / total
}

# rows: of the frame that train, NULL for all; codes: class of each of them, from 0; seed:
# words of it. Returns list(rows: sampled, some of them several times, in the frame's
# order; correction: of each class, what its probability is to be multiplied by).
balance_rows <- function(rows, codes, n_classes, arguments, seed) {
  counts <- tabulate(codes + 1L, n_classes)
  ratios <- sampling_ratios(counts, arguments)
  times <- floor(ratios)[codes + 1L]
  for (class in seq_len(n_classes)) {
    mine <- which(codes == class - 1L)
    more <- round((ratios[[class]] - floor(ratios[[class]])) * length(mine))
    if (floor(ratios[[class]]) == 0) more <- max(more, 1)
    order <- row_order(seed, balance_key - class, length(mine)) + 1L
    chosen <- mine[order[seq_len(more)]]
    times[chosen] <- times[chosen] + 1
  }
  rows <- rows %||% seq_along(codes)
  now <- tabulate(rep(codes, times) + 1L, n_classes)
  list(
    rows = rep(rows, times),
    correction = (counts / sum(counts)) / (now / sum(now))
  )
}

# In place of the epoch in the keys of row orders, less the number of the class.
balance_key <- 2^31 - 10

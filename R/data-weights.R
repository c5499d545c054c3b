# Weights and offsets of rows, and the rows that count by them.

weights_problems <- function(weights, name = NULL) {
  if (is.null(weights)) {
    return(NULL)
  }
  label <- "The weights"
  if (!is.null(name)) label <- paste("The weights column", quote_name(name))
  if (!is_plain_numeric(weights)) {
    return(sprintf("%s must be numeric, not %s.", label, class_name(weights)))
  }
  bad <- which(!is.finite(weights) | weights < 0)
  if (length(bad) > 0) {
    return(sprintf(
      "%s must be finite and 0 or more; %s not (first in row %s: %s).", label,
      count_of(length(bad), "is", "are"), format_count(bad[[1]]),
      shorten(weights[[bad[[1]]]])
    ))
  }
  if (max(weights) == 0) {
    return(sprintf("%s must have one value above 0: no row would count.", label))
  }
  if (max(weights) > max_float || sum(as.numeric(weights)) == Inf) {
    sprintf("%s must be within single precision.", label)
  }
}

offset_problems <- function(offset, name) {
  if (is.null(offset)) {
    return(NULL)
  }
  label <- paste("The offset column", quote_name(name))
  if (!is_plain_numeric(offset)) {
    return(sprintf("%s must be numeric, not %s.", label, class_name(offset)))
  }
  bad <- which(!is.finite(offset) | abs(offset) > max_float)
  if (length(bad) > 0) {
    sprintf(
      "%s must be finite; %s not (first in row %s: %s).", label,
      count_of(length(bad), "value is", "values are"), format_count(bad[[1]]),
      shorten(offset[[bad[[1]]]])
    )
  }
}

is_plain_numeric <- function(x) {
  is.numeric(x) && !is.object(x) && length(dim(x)) <= 1
}

# Weights that are all 1 say nothing.
plain_weights <- function(weights) {
  if (is.null(weights) || all(weights == 1)) NULL else as.numeric(weights)
}

# Weights of the rows that train, for the trainer: of mean 1, so that only their ratios
# matter and `rate` and penalties mean what they do without weights.
scaled_weights <- function(weights) {
  if (is.null(weights)) NULL else plain_weights(weights / mean(weights))
}

# A sentence for where training went wrong, or NULL: weights so uneven that single rows
# make steps many times as large as without, or that few rows count at all.
weights_remedy <- function(weights) {
  scaled <- scaled_weights(weights)
  if (is.null(scaled)) {
    return(NULL)
  }
  largest <- max(scaled)
  # The number of rows of equal weight that would tell as much (Kish).
  share <- 1 / mean(scaled^2)
  if (largest > 20 || share < 0.2) {
    sprintf(
      paste(
        "The weights are very uneven, too (the largest is %s times their mean): limit",
        "them, or train without."
      ),
      format_count(largest)
    )
  }
}

# The elements of a vector in these rows; NULL rows are all, a NULL vector stays one.
pick_rows <- function(x, rows) {
  if (is.null(rows) || is.null(x)) x else x[rows]
}

# The indices of rows that count, NULL if all do.
rows_that_count <- function(n, weights = NULL, trains = NULL) {
  rows <- trains
  if (!is.null(weights) && !all(weights > 0)) {
    rows <- if (is.null(rows)) which(weights > 0) else rows[weights[rows] > 0]
  }
  if (length(rows %||% seq_len(n)) == 0) {
    abort_input("No row is left to train on: none has a response and a weight above 0.")
  }
  if (identical(as.integer(rows), seq_len(n))) NULL else rows
}

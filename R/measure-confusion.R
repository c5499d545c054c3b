# What labels say about classes: confusion matrices, hit ratios, errors per class.

# Above this many classes the square table alone would need more than 128 MiB.
largest_confusion_matrix <- 4096

# Rows are the actual classes, columns the predicted ones; both `actual` and
# `predicted` are 0-based codes of `levels`.
confusion_matrix <- function(actual, predicted, levels, weights = NULL) {
  classes <- length(levels)
  if (classes > largest_confusion_matrix) {
    warn_feedforward(
      paste0(
        "The confusion matrix is left out: the response has ", classes,
        " classes, and the table is made for at most ", largest_confusion_matrix,
        ". Look at the hit ratios and at mean_per_class_error instead."
      ),
      class = "feedforward_metric_warning"
    )
    return(NULL)
  }
  usable <- !is.na(actual) & !is.na(predicted)
  if (is.null(weights)) {
    weights <- rep(1, length(actual))
  }
  counts <- class_totals(
    actual[usable] + classes * predicted[usable], weights[usable], classes^2
  )
  confusion_table(matrix(counts, classes, classes), levels)
}

# From a square matrix of weights to the table H2O shows: the share of wrong labels
# as `Error` (NaN for a class without rows), and as text in `Rate`.
confusion_table <- function(counts, levels) {
  totals <- rowSums(counts)
  wrong <- totals - diag(counts)
  counts <- rbind(counts, colSums(counts))
  wrong <- c(wrong, sum(wrong))
  totals <- c(totals, sum(totals))
  columns <- lapply(seq_along(levels), function(level) counts[, level])
  names(columns) <- levels
  # A class may itself be called "Totals", and row names must differ.
  names <- make.unique(c(levels, "Totals"))
  rate <- paste(format_counts(wrong, totals), "/", format_counts(totals, totals))
  structure(
    c(columns, list(Error = wrong / totals, Rate = rate)),
    class = "data.frame", row.names = names
  )
}

# Four decimals for all, once any class has a fractional weight.
format_counts <- function(counts, totals) {
  whole <- all(abs(totals - round(totals)) < 1e-9)
  trimws(formatC(
    counts,
    format = "f", digits = if (whole) 0 else 4, big.mark = ",", decimal.mark = "."
  ))
}

# The most probable class of each row, 0-based; ties go to the first level.
class_labels <- function(prediction) {
  max.col(prediction, ties.method = "first") - 1L
}

# Share of rows whose class is among the k most probable ones, k = 1 to `most`; of
# equally probable classes the first levels come first, as in class_labels().
hit_ratios <- function(prediction, actual, weights = NULL, most = 10) {
  rows <- usable_rows(prediction, actual, weights)
  most <- min(most, ncol(prediction))
  code <- rows$actual + 1
  p_actual <- rows$prediction[cbind(seq_len(rows$nobs), code)]
  ahead <- rows$prediction > p_actual |
    (rows$prediction == p_actual & col(rows$prediction) < code)
  place <- rowSums(ahead)
  hits <- class_totals(
    pmin(place, most), rows$weights, most + 1
  )[seq_len(most)]
  data.frame(k = seq_len(most), hit_ratio = cumsum(hits) / sum(rows$weights))
}

# Over the classes that have rows: H2O counts those without as error 0, which makes a
# model look the better the fewer classes it is judged on. NaN without any row.
mean_per_class_error <- function(wrong, totals) {
  mean((wrong / totals)[totals > 0])
}

# What labels say about classes: confusion matrices, hit ratios, errors per class.

# Above this many classes there is no table, as in H2O; above the second number it is not
# kept as it stands, for the square would outgrow the network.
most_confused_classes <- 1000
most_tabled_classes <- 100

# list(table), whose rows are the actual classes and whose columns the predicted ones;
# both are given as 0-based codes of `levels`.
measure_confusion <- function(actual, predicted, levels, weights = NULL) {
  classes <- length(levels)
  if (classes > most_confused_classes) {
    warn_feedforward(
      sprintf(
        paste(
          "The confusion matrix is left out: the response has %s classes, and the table",
          "is made for at most %s. Look at the hit ratios and at mean_per_class_error",
          "instead."
        ),
        format_count(classes), format_count(most_confused_classes)
      ),
      class = "feedforward_metric_warning"
    )
    return(list(table = NULL))
  }
  usable <- !is.na(actual) & !is.na(predicted)
  weights <- if (is.null(weights)) rep(1, length(actual)) else as.numeric(weights)
  counts <- class_totals(
    actual[usable] + classes * predicted[usable], weights[usable], classes^2
  )
  if (classes <= most_tabled_classes) {
    return(list(table = confusion_table(matrix(counts, classes), levels)))
  }
  cell <- which(counts > 0)
  structure(
    list(cell = cell, count = counts[cell], levels = levels),
    class = "deeplearning_confusion"
  )
}

# Of the cells of the square, down its columns, those that are not empty. `table` is made
# of them when it is asked for.
#' @export
`[[.deeplearning_confusion` <- function(x, name) {
  parts <- unclass(x)
  if (!identical(name, "table")) {
    return(parts[[name]])
  }
  classes <- length(parts$levels)
  counts <- matrix(0, classes, classes)
  counts[parts$cell] <- parts$count
  confusion_table(counts, parts$levels)
}

#' @export
`$.deeplearning_confusion` <- function(x, name) {
  x[[name]]
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
  largest_in_rows(prediction) - 1L
}

# Share of rows whose class is among the k most probable ones, k = 1 to `most`; of
# equally probable classes the first levels come first, as in class_labels().
hit_ratios <- function(prediction, actual, weights = NULL, most = 10) {
  rows <- usable_rows(prediction, actual, weights)
  most <- min(most, ncol(prediction))
  place <- ahead_in_rows(rows$prediction, rows$actual)
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

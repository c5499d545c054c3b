#' @include h2o-metrics.R
NULL

#' Confusion matrix, metrics by threshold and gains as H2O gives them
#'
#' Of the table of at most 400 thresholds that metrics of two classes hold: a threshold
#' that is not in it gives the nearest, with a warning.
#'
#' @param object A model of [h2o.deeplearning()], its id, or metrics of
#'   [h2o.performance()]. A model stands for its training metrics unless `valid` or `xval`
#'   is TRUE.
#' @param thresholds One or several thresholds; missing for the whole table, `"max"` for
#'   the threshold at which the metric is best.
#' @param metric Name of a metric, such as `"f1"`.
#' @param threshold One threshold.
#' @param transform A function of the values, such as `function(x) 1 - x`.
#' @param ... Of a model `newdata` (rows to score first), `valid` and `xval` (which of its
#'   rows). `h2o.confusionMatrix()` of metrics: `thresholds`, one or several, or
#'   `metrics`, names such as `"accuracy"`, for matrices at their best thresholds.
#' @return `h2o.confusionMatrix()`: a table, or a list of tables for several thresholds or
#'   metrics. `h2o.metric()` and its shortcuts: a table without a threshold, else a list
#'   of numbers. `h2o.gainsLift()`: a table; `h2o.kolmogorov_smirnov()`: the largest
#'   value of its last column. `h2o.find_threshold_by_max_metric()`: a number;
#'   `h2o.find_row_by_threshold()`: a row of the table.
#' @seealso [confusion_matrix()], [performance()]
#' @examples
#' frame <- as.h2o(transform(mtcars, am = factor(am)))
#' model <- h2o.deeplearning(c("mpg", "wt", "hp"), "am", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' h2o.confusionMatrix(model)
#' metrics <- h2o.performance(model, frame)
#' head(h2o.F1(metrics))
#' best <- h2o.find_threshold_by_max_metric(metrics, "f1")
#' h2o.accuracy(metrics, best)
#' h2o.gainsLift(metrics)
#' @export
h2o.confusionMatrix <- function(object, ...) {
  if (is_h2o_metrics(object)) {
    return(confusion_of_metrics(object, ...))
  }
  confusion_of_model(object, ...)
}

confusion_of_model <- function(object, newdata, valid = FALSE, xval = FALSE,
                               train = FALSE, ...) {
  metrics <- if (!missing(newdata) && !is.null(newdata)) {
    h2o.performance(object, newdata)
  } else {
    h2o.performance(object, valid = valid, xval = xval)
  }
  if (!is.null(metrics)) confusion_of_metrics(metrics, ...)
}

confusion_of_metrics <- function(object, thresholds = NULL, metrics = NULL) {
  if (methods::is(object, "H2OMultinomialMetrics")) {
    return(object@metrics$cm$table)
  }
  if (!methods::is(object, "H2OBinomialMetrics")) {
    warn_feedforward(
      sprintf("No Confusion Matrices for %s", class(object)),
      class = "feedforward_metric_warning"
    )
    return(invisible(NULL))
  }
  titles <- NULL
  if (is.null(thresholds) && is.null(metrics)) metrics <- "f1"
  if (!is.null(metrics)) {
    best <- vapply(metrics, function(name) {
      h2o.find_threshold_by_max_metric(object, name)
    }, 0, USE.NAMES = FALSE)
    titles <- sprintf("max %s @ threshold = %s", metrics, format(best, digits = 15))
    thresholds <- c(thresholds, best)
  }
  given <- length(thresholds) - length(titles)
  titles <- c(sprintf("threshold = %s", thresholds[seq_len(given)]), titles)
  tables <- Map(function(threshold, title) {
    confusion_at(object, threshold, title)
  }, thresholds, titles)
  if (length(tables) == 1) tables[[1]] else unname(tables)
}

confusion_at <- function(object, threshold, title) {
  row <- h2o.find_row_by_threshold(object, threshold)
  counts <- rbind(c(row$tns, row$fps), c(row$fns, row$tps))
  counts <- rbind(counts, colSums(counts))
  wrong <- c(counts[1, 2], counts[2, 1])
  wrong <- c(wrong, sum(wrong))
  total <- rowSums(counts)
  table <- data.frame(counts, wrong / total, paste(wrong, "/", total))
  names(table) <- c(object@metrics$domain, "Error", "Rate")
  two_class_table(table, title)
}

need_two_classes <- function(object) {
  if (!methods::is(object, "H2OBinomialMetrics")) {
    abort_argument(sprintf(
      "`object` must be metrics of two classes, of h2o.performance(), not %s.",
      shorten(object)
    ))
  }
  object@metrics$thresholds_and_metric_scores
}

# Metrics of what H2O's functions take: metrics, or a model with its rows.
as_metrics <- function(object, newdata = NULL, valid = FALSE, xval = FALSE, ...) {
  if (is_h2o_metrics(object)) {
    return(object)
  }
  h2o.performance(object, newdata, valid = valid, xval = xval)
}

# Names in the tables, by others that scripts use.
threshold_columns <- c(
  mcc = "absolute_mcc", sensitivity = "recall", fallout = "fpr", missrate = "fnr"
)

threshold_column <- function(metric, table) {
  metric <- unname(c(threshold_columns[metric], metric))
  metric <- metric[!is.na(metric)][[1]]
  choices <- setdiff(names(table), c("threshold", "idx"))
  if (!metric %in% choices) {
    abort_argument(sprintf(
      "`metric` must be one of %s, not %s.%s", list_names(choices, 20), shorten(metric),
      did_you_mean(metric, choices)
    ))
  }
  metric
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.metric <- function(object, thresholds, metric, transform = NULL) {
  object <- as_metrics(object)
  table <- need_two_classes(object)
  apply_transform <- transform %||% identity
  if (missing(thresholds)) {
    if (missing(metric)) {
      return(table)
    }
    column <- threshold_column(metric, table)
    values <- data.frame(table$threshold, apply_transform(table[[column]]))
    names(values) <- c("threshold", metric)
    return(h2o_table(values, "Metrics for Thresholds"))
  }
  columns <- if (missing(metric)) {
    setdiff(names(table), c("threshold", "idx"))
  } else {
    threshold_column(metric, table)
  }
  if (identical(thresholds, "max")) {
    thresholds <- h2o.find_threshold_by_max_metric(object, columns[[1]])
  }
  lapply(thresholds, function(threshold) {
    row <- h2o.find_row_by_threshold(object, threshold)
    if (length(columns) == 1) apply_transform(row[[columns]]) else row[columns]
  })
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.find_threshold_by_max_metric <- function(object, metric) {
  need_two_classes(object)
  maxima <- object@metrics$max_criteria_and_metric_scores
  column <- threshold_column(metric, object@metrics$thresholds_and_metric_scores)
  maxima$threshold[[match(paste("max", column), maxima$metric)]]
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.find_row_by_threshold <- function(object, threshold) {
  table <- need_two_classes(object)
  one <- apply_rule(rule_number(from = 0, to = 1), "threshold", threshold)
  if (!is.null(one$problem)) {
    abort_argument(one$problem)
  }
  nearest <- which.min(abs(table$threshold - threshold))
  # Thresholds that were printed have fewer digits.
  if (abs(table$threshold[[nearest]] - threshold) > 1e-6) {
    warn_feedforward(
      sprintf(
        paste(
          "Could not find exact threshold: %s for this set of metrics; using closest",
          "threshold found: %s. `h2o.predict()` gives probabilities to cut anywhere."
        ),
        format(threshold), format(table$threshold[[nearest]], digits = 15)
      ),
      class = "feedforward_threshold_warning"
    )
  }
  table[nearest, , drop = FALSE]
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.gainsLift <- function(object, ...) {
  metrics <- as_metrics(object, ...)
  need_two_classes(metrics)
  metrics@metrics$gains_lift_table
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.gains_lift <- function(object, ...) h2o.gainsLift(object, ...)

#' @rdname h2o.confusionMatrix
#' @export
h2o.kolmogorov_smirnov <- function(object) {
  max(h2o.gainsLift(object)$kolmogorov_smirnov)
}

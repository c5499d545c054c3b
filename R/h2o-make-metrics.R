#' @include h2o-metrics.R
NULL

#' Metrics of predictions as H2O computes them
#'
#' From predictions and what was observed, without a model.
#'
#' @param predicted One column: the probability of the second class, or a number; for
#'   more than two classes a column for each.
#' @param actuals One column: a factor, text, or numbers.
#' @param domain The classes; taken from `actuals` if `NULL`.
#' @param distribution Of numbers: `"gaussian"`, `"poisson"`, `"gamma"` or `"laplace"`.
#' @param weights One column of weights, or `NULL`.
#' @param auc_type For more than two classes, as for [performance()].
#' @param treatment,auuc_type,auuc_nbins,custom_auuc_thresholds Not used: networks have no
#'   treatment.
#' @return `H2OBinomialMetrics`, `H2OMultinomialMetrics` or `H2ORegressionMetrics`.
#' @examples
#' h2o.make_metrics(c(0.2, 0.7, 0.9), factor(c("no", "no", "yes")))
#' h2o.make_metrics(c(1, 2), c(1.5, 2))
#' @export
h2o.make_metrics <- function(predicted, actuals, domain = NULL, distribution = NULL,
                             weights = NULL, treatment = NULL, auc_type = "NONE",
                             auuc_type = "AUTO", auuc_nbins = -1,
                             custom_auuc_thresholds = NULL) {
  prediction <- if (is.data.frame(predicted) && length(predicted) > 1) {
    as.matrix(bare_frame(predicted))
  } else {
    as_values(predicted, "predicted")
  }
  actual <- as_values(actuals, "actuals")
  if (!is.null(weights)) weights <- as.numeric(as_values(weights, "weights"))
  check_pairs(prediction, actual, weights)
  levels <- domain %||% if (is.factor(actual)) {
    levels(actual)
  } else if (is.character(actual)) {
    sort(unique(actual), method = "radix")
  } else if (is.matrix(prediction)) {
    as.character(sort(unique(actual)))
  }
  if (is.matrix(prediction) && length(levels) == 2 && ncol(prediction) == 2) {
    prediction <- prediction[, 2]
  }
  check_shares(prediction, levels)
  arguments <- default_values()
  arguments$auc_type <- check_choice("auc_type", auc_type)
  arguments$distribution <- if (!is.null(distribution)) {
    check_choice("distribution", distribution)
  } else {
    "gaussian"
  }
  response <- list(
    name = "actuals", kind = task_for(max(1, length(levels)))$kind, levels = levels,
    distribution = arguments$distribution
  )
  codes <- if (is.null(levels)) {
    as.numeric(actual)
  } else {
    match(as.character(actual), levels) - 1
  }
  metrics <- compute_metrics(response, prediction, codes, weights, arguments,
    description = "Computed on user-given predictions and labels"
  )
  if (!is.null(metrics$default_threshold)) {
    metrics$description <- sprintf(
      "%s, using F1-optimal threshold: %s.", metrics$description,
      format(metrics$default_threshold, digits = 15)
    )
  }
  object <- wrap_metrics(list(model_id = NULL), metrics, algorithm = "NA")
  object@metrics$description <- metrics$description
  object
}

check_choice <- function(name, value) {
  one <- check_one(name, value)
  if (!is.null(one$problem)) abort_argument(one$problem)
  one$value
}

check_pairs <- function(prediction, actual, weights) {
  sizes <- c(predicted = NROW(prediction), actuals = length(actual))
  if (!is.null(weights)) sizes <- c(sizes, weights = length(weights))
  if (!is.numeric(prediction)) {
    abort_input("`predicted` must be numbers: probabilities, or predicted values.")
  }
  if (length(unique(sizes)) > 1) {
    abort_input(paste0(
      paste(sprintf("`%s` has %s rows", names(sizes), sizes), collapse = ", "), "."
    ))
  }
}

check_shares <- function(prediction, levels) {
  if (is.null(levels)) {
    return(invisible())
  }
  columns <- if (is.matrix(prediction)) ncol(prediction) else 2
  if (columns != length(levels)) {
    abort_input(sprintf(
      "`predicted` must have a column for each of the %s, not %d.",
      count_of(length(levels), "class", "classes"), NCOL(prediction)
    ))
  }
  if (any(prediction < 0 | prediction > 1, na.rm = TRUE)) {
    abort_input("`predicted` must be probabilities, from 0 to 1.")
  }
}

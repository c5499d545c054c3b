# What compute_metrics() is given, in short: responses, arguments, random predictions.
# The truth they are held against is worked out by hand, by base R's own families, by
# invariances, and by H2O's figures for the same predictions
# (fixtures/README-metrics.md).

options_of <- function(...) {
  utils::modifyList(
    list(
      auc_type = "AUTO", gainslift_bins = -1, quantile_alpha = 0.5,
      tweedie_power = 1.5, huber_alpha = 0.9
    ),
    list(...)
  )
}

numeric_response <- function(distribution = "gaussian") {
  list(kind = "regression", distribution = distribution)
}

class_response <- function(levels) {
  kind <- if (length(levels) == 2) "binomial" else "multinomial"
  list(kind = kind, levels = levels, distribution = kind)
}

regression <- function(prediction, actual, weights = NULL, distribution = "gaussian",
                       ..., huber_delta = NULL) {
  compute_metrics(
    numeric_response(distribution), prediction, actual, weights, options_of(...),
    settled = list(huber_delta = huber_delta)
  )
}

# Everything that the weighted sample alone decides.
measures_of <- function(metrics) {
  metrics[setdiff(names(metrics), c("nobs", "scoring_time"))]
}

random_binomial <- function(n, decimals = 3) {
  p1 <- round(stats::runif(n), decimals)
  list(p1 = p1, actual = stats::rbinom(n, 1, p1), weights = stats::rexp(n))
}

random_classes <- function(n, classes) {
  p <- matrix(stats::rexp(n * classes), n)
  p <- p / rowSums(p)
  list(p = p, actual = sample.int(classes, n, TRUE) - 1L, weights = stats::rexp(n))
}

curve_of <- function(p1, actual, weights = rep(1, length(p1))) {
  score_curve(p1, actual, weights)
}

gains_lift <- function(p1, actual, weights = NULL, bins = -1) {
  rows <- usable_rows(p1, actual, weights)
  gains_lift_table(score_curve(rows$prediction, rows$actual, rows$weights), bins)
}

threshold_metrics <- function(p1, actual, weights = NULL) {
  rows <- usable_rows(p1, actual, weights)
  curve_metrics(score_curve(rows$prediction, rows$actual, rows$weights))
}

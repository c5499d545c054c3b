#' @include h2o-partial.R
NULL

permutation_metrics <- c(
  "AUTO", "AUC", "MAE", "MSE", "RMSE", "logloss", "mean_per_class_error", "PR_AUC"
)

# Importances by the metric that H2O takes, rows counted by their size.
permuted <- function(object, newdata, metric, n_samples, n_repeats, features, seed) {
  native <- native_model(object)
  metric <- choose_one(metric, permutation_metrics, "metric")
  if (metric == "AUTO") {
    classes <- length(native$response$levels)
    metric <- if (classes == 2) "AUC" else if (classes > 2) "logloss" else "RMSE"
  }
  samples <- apply_rule(rule_whole(-1), "n_samples", n_samples)
  if (!is.null(samples$problem)) abort_argument(samples$problem)
  found <- permutation_importance(
    native, complete_columns(native, read_h2o_frame(newdata, "newdata")),
    metric = if (metric == "PR_AUC") "AUCPR" else metric, rows = max(0, n_samples),
    repeats = n_repeats, features = features, seed = seed
  )
  list(runs = abs(attr(found, "runs")), metric = metric)
}

#' @rdname h2o.partialPlot
#' @export
h2o.permutation_importance <- function(object, newdata,
                                       metric = c(
                                         "AUTO", "AUC", "MAE", "MSE", "RMSE", "logloss",
                                         "mean_per_class_error", "PR_AUC"
                                       ), n_samples = 10000, n_repeats = 1,
                                       features = NULL, seed = -1) {
  found <- permuted(object, newdata, metric, n_samples, n_repeats, features, seed)
  permutation_table(found$runs)
}

permutation_table <- function(runs) {
  table <- importance_table(colnames(runs), colMeans(runs))
  if (nrow(runs) == 1) {
    names(table) <- c(
      "Variable", "Relative Importance", "Scaled Importance", "Percentage"
    )
  } else {
    columns <- lapply(seq_len(nrow(runs)), function(k) unname(runs[k, table$variable]))
    names(columns) <- paste("Run", seq_along(columns))
    table <- as.data.frame(c(list(Variable = table$variable), columns), optional = TRUE)
  }
  h2o_table(table, "Variable Importances")
}

#' @rdname h2o.partialPlot
#' @export
h2o.permutation_importance_plot <- function(object, newdata,
                                            metric = c(
                                              "AUTO", "AUC", "MAE", "MSE", "RMSE",
                                              "logloss", "mean_per_class_error", "PR_AUC"
                                            ), n_samples = 10000, n_repeats = 1,
                                            features = NULL, seed = -1,
                                            num_of_features = NULL) {
  one <- apply_rule(rule_optional(rule_whole(1)), "num_of_features", num_of_features)
  if (!is.null(one$problem)) abort_argument(one$problem)
  found <- permuted(object, newdata, metric, n_samples, n_repeats, features, seed)
  table <- permutation_table(found$runs)
  shown <- utils::head(table$Variable, num_of_features %||% 10)
  title <- "Permutation Variable Importance: Deep Learning"
  label <- sprintf("Change of the metric (%s)", found$metric)
  if (nrow(found$runs) == 1) {
    bars <- data.frame(variable = shown, scaled_importance = found$runs[1, shown])
    draw_bars(bars, title, label, under = NULL, xlim = range(0, found$runs[1, shown]))
  } else {
    draw_boxes(found$runs[, rev(shown), drop = FALSE], title, label)
  }
  invisible(table)
}

# A box of the repeats for each predictor, the most important one on top.
draw_boxes <- function(runs, main, xlab) {
  old <- graphics::par(mar = widen_left(colnames(runs)))
  on.exit(graphics::par(old))
  title <- fit_title(main)
  graphics::boxplot(runs,
    horizontal = TRUE, las = 1, ylim = range(0, runs), xlab = xlab, main = title$text,
    cex.main = title$cex, col = grDevices::adjustcolor(part_colours[[1]], 0.4),
    border = part_colours[[1]]
  )
}

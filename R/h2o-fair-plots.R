#' @include h2o-fair.R
NULL

#' @rdname h2o.calculate_fairness_metrics
#' @export
h2o.fair_roc_plot <- function(model, newdata, protected_columns, reference,
                              favorable_class) {
  need_ggplot()
  facts <- fair_facts(model, newdata, protected_columns, favorable_class)
  fair_curves(facts, reference, c("fpr", "tpr"),
    "ROC by group", c("False positive rate", "True positive rate")) +
    ggplot2::geom_abline(colour = "grey60", linetype = "dotted")
}

#' @rdname h2o.calculate_fairness_metrics
#' @export
h2o.fair_pr_plot <- function(model, newdata, protected_columns, reference,
                             favorable_class) {
  need_ggplot()
  facts <- fair_facts(model, newdata, protected_columns, favorable_class)
  fair_curves(facts, reference, c("tpr", "precision"),
    "Precision and recall by group", c("Recall", "Precision"))
}

# A curve for each group that has both classes, and a mark at the model's own threshold.
fair_curves <- function(facts, reference, axes, title, labels) {
  overview <- fair_overview(facts, reference)
  place <- reference_place(facts, reference)
  names <- facts$names
  names[[place]] <- paste(names[[place]], "(reference)")
  drawn <- Map(function(metrics, name) {
    if (is.null(metrics)) {
      return(NULL)
    }
    points <- if (axes[[1]] == "fpr") {
      curve_points(metrics, c(fpr = 0, tpr = 0), c(1, 1))
    } else {
      metrics$thresholds_and_metric_scores
    }
    data.frame(x = points[[axes[[1]]]], y = points[[axes[[2]]]], group = name)
  }, facts$metrics, names)
  lines <- do.call(rbind, unname(drawn))
  if (is.null(lines)) abort_argument("No group has rows of both classes.")
  lines$group <- factor(lines$group, names)
  marks <- data.frame(
    x = overview[[axes[[1]]]], y = overview[[axes[[2]]]], group = factor(names, names)
  )
  marks <- marks[is.finite(marks$x) & is.finite(marks$y), ]
  ggplot2::ggplot(lines[is.finite(lines$y), ], ggplot2::aes(
    x = .data$x, y = .data$y, colour = .data$group
  )) +
    ggplot2::geom_path(linewidth = 1) +
    ggplot2::geom_point(data = marks, size = 3) +
    ggplot2::coord_equal(xlim = c(0, 1), ylim = c(0, 1)) + gg_groups(names) +
    gg_labels(title, labels[[1]], labels[[2]], "Points: at the model's own threshold") +
    ggplot2::labs(colour = paste(unlist(facts$protected), collapse = ", ")) +
    ggplot2::theme_bw()
}

#' @rdname h2o.calculate_fairness_metrics
#' @export
h2o.fair_pd_plot <- function(model, newdata, protected_columns, column,
                             autoscale = TRUE) {
  need_ggplot()
  native <- native_model(model, "model")
  facts <- column_facts(native, newdata, column, NULL, NULL, 20, 30)
  names <- fair_names(fair_columns(facts$frame, protected_columns))
  groups <- split(facts$frame, factor(names, unique(sort(names))))
  curves <- do.call(rbind, lapply(names(groups), function(name) {
    cbind(curve_of(native, facts, groups[[name]]), group = name)
  }))
  curves$low <- curves$high <- NA_real_
  label <- paste(unlist(protected_columns), collapse = ", ")
  plot <- gg_partial(curves, facts, NULL, TRUE, groups = label)
  fair_scale(plot, facts$frame[[column]], autoscale)
}

fair_scale <- function(plot, values, autoscale) {
  values <- values[!is.na(values)]
  wide <- is.numeric(values) && length(values) > 0 && min(values) > 0 &&
    max(values) / min(values) >= 1000
  if (isTRUE(autoscale) && wide) plot + ggplot2::scale_x_log10() else plot
}

#' @rdname h2o.calculate_fairness_metrics
#' @export
h2o.fair_shap_plot <- function(model, newdata, protected_columns, column,
                               autoscale = TRUE, background_frame = NULL) {
  need_ggplot()
  native <- native_model(model, "model")
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  names <- fair_names(fair_columns(frame, protected_columns))
  values <- contributions(native, new_frame(frame), background_frame)$values
  shown_columns(column, values, 1)
  groups <- rev(sort(unique(names)))
  n <- nrow(frame)
  own <- frame[[column]]
  points <- data.frame(
    contribution = values[, column], group = names,
    # Spread without a random number.
    place = match(names, groups) + 0.4 * ((seq_len(n) * 0.618034) %% 1 - 0.5),
    value = rank_share(own, n)
  )
  plot <- ggplot2::ggplot(points, ggplot2::aes(
    x = .data$contribution, y = .data$place, colour = .data$value
  )) +
    ggplot2::geom_vline(xintercept = 0, colour = "grey60") +
    ggplot2::geom_point(alpha = 0.7) +
    ggplot2::scale_y_continuous(breaks = seq_along(groups), labels = groups) +
    shap_colours() +
    ggplot2::labs(
      title = sprintf("SHAP of \"%s\" by group", column), x = "SHAP contribution",
      y = paste(unlist(protected_columns), collapse = ", "), colour = "Value (rank)"
    ) +
    ggplot2::theme_bw()
  stats::setNames(list(plot), column)
}

# ---- All of it ------------------------------------------------------------------------

#' @rdname h2o.calculate_fairness_metrics
#' @export
h2o.inspect_model_fairness <- function(model, newdata, protected_columns,
                                       reference = NULL, favorable_class,
                                       metrics = c(
                                         "auc", "aucpr", "f1", "p.value",
                                         "selectedRatio", "total"
                                       ), background_frame = NULL) {
  need_ggplot()
  native <- native_model(model, "model")
  facts <- fair_facts(model, newdata, protected_columns, favorable_class)
  overview <- fair_overview(facts, reference)
  known <- setdiff(names(overview), unlist(protected_columns))
  if (length(setdiff(metrics, known)) > 0) {
    abort_argument(sprintf("`metrics` must be among %s.", list_names(known, 50)))
  }
  columns <- utils::head(varimp(native, by = "predictor")$variable, 10)
  of_columns <- function(fun) lapply(stats::setNames(nm = columns), fun)
  found <- list(
    overview = section("Overview", "Metrics of each group, and ratios to the reference.",
      data = h2o_table(overview, "Fairness Metrics")),
    metrics = section("Metrics", "The groups side by side, the reference in orange.",
      plots = lapply(stats::setNames(nm = metrics), function(name) {
        gg_fair(facts, overview, name, reference_place(facts, reference))
      })),
    roc = section("ROC", "Curves of each group.", plots = list(h2o.fair_roc_plot(
      model, newdata, protected_columns, reference, favorable_class
    ))),
    pr = section("Precision-Recall", "Curves of each group.",
      plots = list(h2o.fair_pr_plot(
        model, newdata, protected_columns, reference, favorable_class
      ))),
    varimp = section("Variable Importance", "How strongly predictors reach the outputs.",
      plots = list(gg_importance(native))),
    pdp = section("Partial Dependence Plots", "Mean predictions of each group.",
      plots = of_columns(function(column) {
        h2o.fair_pd_plot(model, newdata, protected_columns, column)
      }))
  )
  if (!is.null(background_frame)) {
    found$shap <- section("SHAP", "What a predictor adds in each group.",
      plots = of_columns(function(column) {
        h2o.fair_shap_plot(
          model, newdata, protected_columns, column,
          background_frame = background_frame
        )[[1]]
      }))
  }
  structure(found, class = "H2OExplanation")
}

gg_fair <- function(facts, overview, metric, place) {
  bars <- data.frame(
    group = factor(facts$names, rev(facts$names)), value = overview[[metric]],
    reference = seq_along(facts$names) == place
  )
  bars <- bars[is.finite(bars$value), ]
  ggplot2::ggplot(bars, ggplot2::aes(
    x = .data$value, y = .data$group, fill = .data$reference
  )) +
    ggplot2::geom_col(show.legend = FALSE) +
    ggplot2::scale_fill_manual(
      values = c(`FALSE` = part_colours[[1]], `TRUE` = part_colours[[2]])
    ) +
    gg_labels(metric, metric, paste(unlist(facts$protected), collapse = ", ")) +
    ggplot2::theme_bw()
}

#' @include h2o-partial.R model-plot.R
NULL

#' Pictures of one network or several, with ggplot2
#'
#' H2O's plots for explanation, as ggplot2 objects.
#'
#' @param model,object A model of [h2o.deeplearning()] or its id; for the heat
#'   maps, the correlation and several curves a list of models, a grid, or what
#'   [h2o.automl()] returns.
#' @param newdata A frame with the response.
#' @param column Name of a predictor.
#' @param metric A metric of the scoring history; "AUTO" is log loss for two classes, the
#'   classification error for more, RMSE for numbers, MSE for an autoencoder.
#' @param cv_ribbon,cv_lines Show the folds as a band of their mean and deviation, as a
#'   line for each? By default the band.
#' @param target Of more than two classes, whose probability; the first unless given.
#' @param row_index A row to look at alone, from 1; needed by
#'   `h2o.shap_explain_row_plot()`.
#' @param max_levels At most so many levels of a factor, the most frequent.
#' @param binary_response_scale "response", probabilities, or "logodds", for two classes
#'   only.
#' @param grouping_column A factor: a curve, or for `h2o.ice_plot()` a panel, for each of
#'   its levels.
#' @param nbins How many values of a number.
#' @param show_rug Show where the values of the rows lie?
#' @param top_n How many models at most.
#' @param top_n_features,num_of_features How many predictors at most.
#' @param cluster_models Put models that are alike side by side?
#' @param triangular Show each pair of models once?
#' @param columns Names of predictors.
#' @param background_frame Rows to compare with; needed for SHAP values of networks.
#' @param sample_size At most so many rows, evenly from the frame.
#' @param plot_type "barplot", or "breakdown": each bar begins where the one below ends,
#'   from the mean of the background on.
#' @param contribution_type "both", or "positive" or "negative" ones alone.
#' @param best_of_family Not used: all are of one family, and all are shown.
#' @param show_pdp Show the mean of all rows, too?
#' @param centered Let all curves begin at 0?
#' @param output_graphing_data Return a list of the `figure` and its `graphing_data`?
#' @param ... Not used.
#' @return A ggplot2 object; `h2o.model_correlation()` a data frame: correlations of the
#'   predictions, for classes the share of rows predicted alike.
#'
#'   `h2o.ice_plot()` draws a curve for each decile of the predictions, with a circle
#'   where the row itself stands. `h2o.pd_plot()` has a band of one standard deviation
#'   of the predictions.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' frame <- as.h2o(mtcars)
#' model <- h2o.deeplearning(c("wt", "hp"), "mpg", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' h2o.learning_curve_plot(model)
#' h2o.pd_plot(model, frame, column = "wt")
#' h2o.ice_plot(model, frame, column = "wt")
#' h2o.residual_analysis_plot(model, frame)
#' h2o.shap_summary_plot(model, frame, background_frame = frame[1:5, ])
#' @name h2o.explain_plots
NULL

need_ggplot <- function() {
  rlang::check_installed("ggplot2", "to draw this plot; plot() needs base graphics only.")
}

# Training, validation, folds: apart for eyes that see no colours, too.
gg_parts <- c("Training", "Validation", "Cross-validation")

gg_colours <- c(
  part_colours, "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"
)

# A colour for each group; beyond those that are easily told apart, a scale.
gg_groups <- function(groups) {
  if (length(unique(groups)) > length(gg_colours)) {
    ggplot2::scale_colour_viridis_d(end = 0.9)
  } else {
    ggplot2::scale_colour_manual(values = gg_colours)
  }
}

gg_labels <- function(title, x, y, subtitle = NULL) {
  ggplot2::labs(
    title = title, subtitle = subtitle, x = x, y = y, colour = NULL, fill = NULL,
    linetype = NULL
  )
}

# Names of levels do not run into each other.
gg_slanted <- function() {
  ggplot2::theme(axis.text.x = ggplot2::element_text(angle = 45, hjust = 1))
}

# ---- Learning curve -------------------------------------------------------------------

# Names that scripts use, by those of the history's columns.
history_names <- c(
  aucpr = "pr_auc", misclassification = "classification_error", lift_top_group = "lift",
  mean_residual_deviance = "deviance"
)

history_metric <- function(native, metric) {
  history <- native$scoring_history
  known <- sub("^training_", "", grep("^training_", names(history), value = TRUE))
  here <- history_names[history_names %in% known]
  metric <- choose_one(metric, c("AUTO", known, names(here)), "metric")
  if (metric == "AUTO") {
    metric <- if (repeats_inputs(native)) "mse" else first_metric(native)
  }
  if (metric %in% names(here)) here[[metric]] else metric
}

#' @rdname h2o.explain_plots
#' @export
h2o.learning_curve_plot <- function(model, metric = "AUTO", cv_ribbon = NULL,
                                    cv_lines = NULL) {
  need_ggplot()
  native <- native_model(model, "model")
  metric <- history_metric(native, metric)
  kept <- native$kept_samples %||% native$samples
  points <- history_points(native$scoring_history, metric, "epochs", kept)
  lines <- do.call(rbind, lapply(gg_parts[1:2], function(part) {
    value <- points[[tolower(part)]]
    if (is.null(value)) {
      return(NULL)
    }
    data.frame(epochs = points$epochs, value = value, part = part, kept = points$kept)
  }))
  lines <- lines[is.finite(lines$value), ]
  at <- kept / max(1, native$training_rows)
  plot <- ggplot2::ggplot(lines, ggplot2::aes(
    x = .data$epochs, y = .data$value, colour = .data$part, linetype = .data$part
  ))
  add_folds(plot, native, metric, cv_ribbon, cv_lines) +
    ggplot2::geom_vline(xintercept = at, linetype = "dotted", colour = "grey40") +
    ggplot2::geom_line() + ggplot2::geom_point(size = 1) +
    ggplot2::geom_point(
      data = lines[lines$kept, ], shape = 1, size = 4, show.legend = FALSE
    ) +
    ggplot2::scale_colour_manual(
      values = stats::setNames(part_colours, gg_parts), breaks = gg_parts
    ) +
    ggplot2::scale_linetype_manual(
      values = stats::setNames(c("solid", "dashed", "dotdash"), gg_parts),
      breaks = gg_parts
    ) +
    gg_labels(
      "Learning Curve", "Epochs", metric,
      sprintf("Circled: the model that was kept, after %s epochs", format(at, digits = 4))
    ) +
    ggplot2::theme_bw() + ggplot2::theme(legend.position = "bottom")
}

# What the folds' own rows said while they trained.
add_folds <- function(plot, native, metric, ribbon, lines) {
  histories <- native$cross_validation$histories
  band <- fold_band(histories, metric, "epochs")
  part <- gg_parts[[3]]
  if ((ribbon %||% TRUE) && !is.null(band)) {
    plot <- plot + ggplot2::geom_ribbon(
      ggplot2::aes(x = .data$at, ymin = .data$low, ymax = .data$high),
      data = as.data.frame(band), inherit.aes = FALSE, fill = part_colours[[3]],
      alpha = 0.2
    ) + ggplot2::geom_line(
      ggplot2::aes(x = .data$at, y = .data$mean, colour = part, linetype = part),
      data = as.data.frame(band), inherit.aes = FALSE
    )
  }
  if (isTRUE(lines)) {
    all <- do.call(rbind, lapply(seq_along(histories), function(k) {
      last <- max(histories[[k]]$samples)
      points <- history_points(histories[[k]], metric, "epochs", last)
      data.frame(epochs = points$epochs, value = points$validation, fold = k)
    }))
    plot <- plot + ggplot2::geom_line(
      ggplot2::aes(
        x = .data$epochs, y = .data$value, group = .data$fold, colour = part,
        linetype = part
      ),
      data = all[is.finite(all$value), ], inherit.aes = FALSE, alpha = 0.5
    )
  }
  plot
}

# ---- Residuals ------------------------------------------------------------------------

#' @rdname h2o.explain_plots
#' @export
h2o.residual_analysis_plot <- function(model, newdata) {
  need_ggplot()
  native <- native_model(model, "model")
  if (task_of(native)$target != "numbers") {
    abort_argument("Residuals are for models of numbers.")
  }
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  rows <- data.frame(
    fitted = stats::predict(native, frame),
    residual = stats::residuals(native, frame)
  )
  rows <- rows[stats::complete.cases(rows), ]
  smooth <- as.data.frame(stats::lowess(rows$fitted, rows$residual))
  ggplot2::ggplot(rows, ggplot2::aes(x = .data$fitted, y = .data$residual)) +
    ggplot2::geom_hline(yintercept = 0, colour = "grey50") +
    ggplot2::geom_point(alpha = 0.5, colour = part_colours[[1]]) +
    ggplot2::geom_line(
      ggplot2::aes(x = .data$x, y = .data$y),
      data = smooth, colour = part_colours[[2]], linewidth = 1
    ) +
    gg_labels("Residual Analysis", "Fitted", "Residuals") + ggplot2::theme_bw()
}

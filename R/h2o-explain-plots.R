#' @include h2o-partial.R
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
#' @param metric "AUTO", or a metric of the scoring history.
#' @param cv_ribbon,cv_lines Show the folds as a band, as lines? By default a band where
#'   there are folds.
#' @param target Of more than two classes, whose probability.
#' @param row_index A row to look at alone; for `h2o.shap_explain_row_plot()` needed.
#' @param max_levels At most so many levels of a factor.
#' @param binary_response_scale Not used: probabilities are shown.
#' @param grouping_column A column, with a curve for each of its values.
#' @param nbins How many values of a number.
#' @param show_rug Show where the values of the rows lie?
#' @param top_n,top_n_features How many predictors at most.
#' @param num_of_features How many predictors at most.
#' @param cluster_models,triangular Not used.
#' @param columns Names of predictors.
#' @param background_frame Rows to compare with; needed for SHAP values of networks.
#' @param sample_size At most so many rows.
#' @param plot_type,contribution_type Not used: bars, both signs.
#' @param best_of_family,... Not used.
#' @param show_pdp Show the mean of the curves, too?
#' @return A ggplot2 object; `h2o.model_correlation()` a data frame.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' frame <- as.h2o(mtcars)
#' model <- h2o.deeplearning(c("wt", "hp"), "mpg", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' h2o.learning_curve_plot(model)
#' h2o.pd_plot(model, frame, column = "wt")
#' h2o.residual_analysis_plot(model, frame)
#' @name h2o.explain_plots
NULL

need_ggplot <- function() {
  rlang::check_installed("ggplot2", "to draw this plot; plot() needs base graphics only.")
}

# Training, validation, folds: apart for eyes that see no colours, too.
gg_part_colours <- c(
  Training = "#1f77b4", Validation = "#d95f02", `Cross-validation` = "#1b9e77"
)

gg_labels <- function(title, x, y) {
  ggplot2::labs(title = title, x = x, y = y, colour = NULL, fill = NULL, linetype = NULL)
}

#' @rdname h2o.explain_plots
#' @export
h2o.learning_curve_plot <- function(model, metric = "AUTO", cv_ribbon = NULL,
                                    cv_lines = NULL) {
  need_ggplot()
  native <- native_model(model, "model")
  history <- native$scoring_history
  if (identical(toupper(metric), "AUTO")) {
    metric <- if (repeats_inputs(native)) "mse" else first_metric(native)
  }
  metric <- tolower(metric)
  columns <- c(
    Training = paste0("training_", metric), Validation = paste0("validation_", metric)
  )
  columns <- columns[columns %in% names(history)]
  if (length(columns) == 0) {
    abort_argument(sprintf(
      "`metric` must be in the scoring history, and %s is not: see h2o.scoreHistory().",
      shorten(metric)
    ))
  }
  curve <- function(history, column, part) {
    data <- data.frame(epochs = history$epochs, value = history[[column]], part = part)
    data[is.finite(data$value), ]
  }
  lines <- do.call(rbind, Map(curve, list(history), columns, names(columns)))
  plot <- ggplot2::ggplot(lines, ggplot2::aes(
    x = .data$epochs, y = .data$value, colour = .data$part, linetype = .data$part
  ))
  plot <- add_folds(plot, native, metric, cv_ribbon, cv_lines)
  chosen <- native$kept_samples / max(1, native$training_rows)
  plot + ggplot2::geom_line() + ggplot2::geom_point(size = 1) +
    ggplot2::geom_vline(xintercept = chosen, linetype = "dotted", colour = "grey40") +
    ggplot2::scale_colour_manual(values = gg_part_colours) +
    gg_labels(
      "Learning Curve",
      sprintf("epochs (dotted: the model that was kept, %s)", format(chosen, digits = 4)),
      metric
    ) + ggplot2::theme_bw()
}

# What the folds' own rows said while they trained.
add_folds <- function(plot, native, metric, ribbon, lines) {
  histories <- native$cross_validation$histories
  column <- paste0("validation_", metric)
  histories <- Filter(function(one) column %in% names(one), histories)
  if (length(histories) == 0) {
    return(plot)
  }
  part <- "Cross-validation"
  if (ribbon %||% TRUE) {
    at <- sort(unique(unlist(lapply(histories, `[[`, "epochs"))))
    values <- vapply(histories, function(one) {
      fine <- is.finite(one[[column]])
      stats::approx(one$epochs[fine], one[[column]][fine], at, ties = mean)$y
    }, numeric(length(at)))
    band <- data.frame(
      epochs = at, mean = rowMeans(values), sd = apply(values, 1, stats::sd), part = part
    )
    band <- band[stats::complete.cases(band), ]
    plot <- plot + ggplot2::geom_ribbon(
      ggplot2::aes(
        x = .data$epochs, ymin = .data$mean - .data$sd, ymax = .data$mean + .data$sd
      ),
      data = band, inherit.aes = FALSE, fill = gg_part_colours[[part]], alpha = 0.2
    ) + ggplot2::geom_line(
      ggplot2::aes(y = .data$mean),
      data = band
    )
  }
  if (lines %||% FALSE) {
    all <- do.call(rbind, lapply(seq_along(histories), function(k) {
      one <- histories[[k]]
      data.frame(epochs = one$epochs, value = one[[column]], fold = k)
    }))
    plot <- plot + ggplot2::geom_line(
      ggplot2::aes(x = .data$epochs, y = .data$value, group = .data$fold),
      data = all[is.finite(all$value), ], inherit.aes = FALSE, colour = "grey60"
    )
  }
  plot
}

# ---- Partial dependence ---------------------------------------------------------------

# Rows of curves: column, mean_response and so on; `curve` tells them apart.
partial_rows <- function(native, frame, column, target, nbins, individual = FALSE) {
  found <- partial_dependence(native, frame, column,
    bins = nbins, class = target, individual = individual
  )[[1]]
  names(found)[[1]] <- "value"
  found
}

#' @rdname h2o.explain_plots
#' @export
h2o.pd_plot <- function(object, newdata, column, target = NULL, row_index = NULL,
                        max_levels = 30, binary_response_scale = "response",
                        grouping_column = NULL, nbins = 100, show_rug = TRUE, ...) {
  need_ggplot()
  native <- native_model(object)
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  if (!is.null(row_index)) frame <- frame[row_index, , drop = FALSE]
  groups <- if (is.null(grouping_column)) {
    list(all = frame)
  } else {
    split(frame, frame[[grouping_column]], drop = TRUE)
  }
  bins <- if (is.numeric(frame[[column]])) min(nbins, 100) else max_levels
  curves <- do.call(rbind, lapply(names(groups), function(name) {
    cbind(partial_rows(native, groups[[name]], column, target, bins), group = name)
  }))
  what <- if (is.null(row_index)) {
    "Partial Dependence plot"
  } else {
    sprintf("Individual Conditional Expectation for row %d", row_index)
  }
  title <- sprintf("%s on \"%s\"", what, column)
  gg_partial(curves, frame, column, title, target, show_rug, length(groups) > 1)
}

gg_partial <- function(curves, frame, column, title, target, rug, grouped) {
  number <- is.numeric(curves$value)
  curves$low <- curves$mean_response - curves$stddev_response
  curves$high <- curves$mean_response + curves$stddev_response
  aes <- if (grouped) {
    ggplot2::aes(x = .data$value, y = .data$mean_response, colour = .data$group)
  } else {
    ggplot2::aes(x = .data$value, y = .data$mean_response)
  }
  if (!number) curves$value <- factor(curves$value, unique(curves$value))
  plot <- ggplot2::ggplot(curves, aes)
  spread <- !grouped && any(is.finite(curves$low))
  if (number) {
    if (spread) {
      plot <- plot + ggplot2::geom_ribbon(
        ggplot2::aes(ymin = .data$low, ymax = .data$high),
        fill = "#1f77b4", alpha = 0.2
      )
    }
    plot <- plot + ggplot2::geom_line()
    if (isTRUE(rug)) {
      plot <- plot + ggplot2::geom_rug(
        ggplot2::aes(x = .data$value),
        data = data.frame(value = frame[[column]]), inherit.aes = FALSE, alpha = 0.3,
        sides = "b"
      )
    }
  } else {
    if (spread) {
      plot <- plot + ggplot2::geom_errorbar(
        ggplot2::aes(ymin = .data$low, ymax = .data$high),
        width = 0.2, colour = "grey50"
      )
    }
    plot <- plot + ggplot2::geom_point(size = 2) +
      ggplot2::theme(axis.text.x = ggplot2::element_text(angle = 45, hjust = 1))
  }
  plot + gg_labels(title, column, paste(c("Mean Response", target), collapse = ", ")) +
    ggplot2::theme_bw() +
    # Ids are long.
    ggplot2::theme(legend.position = "bottom", legend.direction = "vertical")
}

#' @rdname h2o.explain_plots
#' @export
h2o.pd_multi_plot <- function(object, newdata, column, best_of_family = TRUE,
                              target = NULL, row_index = NULL, max_levels = 30,
                              show_rug = TRUE, ...) {
  need_ggplot()
  natives <- model_list(object)
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  if (!is.null(row_index)) frame <- frame[row_index, , drop = FALSE]
  bins <- if (is.numeric(frame[[column]])) 50 else max_levels
  curves <- do.call(rbind, lapply(natives, function(native) {
    cbind(
      partial_rows(native, frame, column, target, bins), group = native$model_id
    )
  }))
  gg_partial(
    curves, frame, column, sprintf("Partial Dependence plot for \"%s\"", column), target,
    show_rug, TRUE
  )
}

# The models in a model, a list of models or ids, a grid or an H2OAutoML.
model_list <- function(object) {
  ids <- if (methods::is(object, "H2OGrid")) {
    object@model_ids
  } else if (methods::is(object, "H2OAutoML")) {
    as.list(bare_frame(object@leaderboard)$model_id)
  } else if (is.list(object) && !inherits(object, "deeplearning")) {
    object
  } else {
    as.list(c(object))
  }
  lapply(ids, native_model)
}

#' @rdname h2o.explain_plots
#' @export
h2o.ice_plot <- function(model, newdata, column, target = NULL, max_levels = 30,
                         show_pdp = TRUE, ...) {
  need_ggplot()
  native <- native_model(model, "model")
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  bins <- if (is.numeric(frame[[column]])) 20 else max_levels
  curves <- partial_rows(native, frame, column, target, bins, individual = TRUE)
  each <- attr(curves, "individual")
  value <- curves$value
  if (!is.numeric(value)) value <- factor(value, unique(value))
  lines <- data.frame(
    value = rep(value, each = nrow(each)), response = as.vector(each),
    row = rep(seq_len(nrow(each)), ncol(each))
  )
  mean <- data.frame(value = value, response = curves$mean_response, row = 0)
  plot <- ggplot2::ggplot(lines, ggplot2::aes(
    x = .data$value, y = .data$response, group = .data$row
  )) +
    ggplot2::geom_line(colour = "grey60", alpha = 0.6)
  if (isTRUE(show_pdp)) {
    plot <- plot + ggplot2::geom_line(data = mean, colour = "#d95f02", linewidth = 1)
  }
  title <- sprintf("Individual Conditional Expectations on \"%s\"", column)
  plot + gg_labels(title, column, paste(c("Response", target), collapse = ", ")) +
    ggplot2::theme_bw()
}

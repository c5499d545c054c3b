#' @include h2o-explain-plots.R
NULL

# Several models side by side, contributions, and the whole explanation.

# Predictors x models, importances that sum to 1.
importance_matrix <- function(natives, top = NULL) {
  tables <- lapply(natives, function(native) varimp(native, by = "predictor"))
  names <- unique(unlist(lapply(tables, `[[`, "variable")))
  matrix <- vapply(tables, function(table) {
    values <- table$percentage[match(names, table$variable)]
    ifelse(is.na(values), 0, values)
  }, numeric(length(names)))
  matrix <- matrix(matrix, length(names), dimnames = list(
    names, vapply(natives, `[[`, "", "model_id")
  ))
  order <- order(-rowMeans(matrix))
  matrix[utils::head(order, top %||% length(order)), , drop = FALSE]
}

heat_map <- function(matrix, title, limits) {
  colnames(matrix) <- make.unique(colnames(matrix))
  cells <- data.frame(
    row = factor(rep(rownames(matrix), ncol(matrix)), rev(rownames(matrix))),
    column = factor(rep(colnames(matrix), each = nrow(matrix)), colnames(matrix)),
    value = as.vector(matrix)
  )
  ggplot2::ggplot(cells, ggplot2::aes(
    x = .data$column, y = .data$row, fill = .data$value
  )) +
    ggplot2::geom_tile() +
    ggplot2::scale_fill_gradient(low = "#f7fbff", high = "#08306b", limits = limits) +
    gg_labels(title, NULL, NULL) + ggplot2::theme_bw() +
    ggplot2::theme(axis.text.x = ggplot2::element_text(angle = 45, hjust = 1))
}

#' @rdname h2o.explain_plots
#' @export
h2o.varimp_heatmap <- function(object, top_n = 20, num_of_features = 20) {
  need_ggplot()
  natives <- utils::head(model_list(object), top_n)
  heat_map(
    importance_matrix(natives, num_of_features), "Variable Importance Heatmap", c(0, NA)
  )
}

#' @rdname h2o.explain_plots
#' @export
h2o.model_correlation <- function(object, newdata, top_n = 20, cluster_models = TRUE) {
  natives <- utils::head(model_list(object), top_n)
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  values <- vapply(natives, function(native) {
    prediction <- stats::predict(native, frame)
    as.numeric(if (is.matrix(prediction)) max.col(prediction, "first") else prediction)
  }, numeric(nrow(frame)))
  table <- stats::cor(values)
  names <- vapply(natives, `[[`, "", "model_id")
  dimnames(table) <- list(names, names)
  as.data.frame(table, optional = TRUE)
}

#' @rdname h2o.explain_plots
#' @export
h2o.model_correlation_heatmap <- function(object, newdata, top_n = 20,
                                          cluster_models = TRUE, triangular = TRUE) {
  need_ggplot()
  table <- as.matrix(h2o.model_correlation(object, newdata, top_n))
  heat_map(table, "Model Correlation", c(min(0, table), 1))
}

# Contributions of the rows, one column for each predictor.
contributions <- function(native, frame, background_frame) {
  found <- h2o.predict_contributions(native, frame, background_frame = background_frame)
  values <- bare_frame(found)
  as.matrix(values[names(values) != "BiasTerm"])
}

#' @rdname h2o.explain_plots
#' @export
h2o.shap_summary_plot <- function(model, newdata, columns = NULL, top_n_features = 20,
                                  sample_size = 1000, background_frame = NULL, ...) {
  need_ggplot()
  native <- native_model(model, "model")
  frame <- read_h2o_frame(newdata, "newdata")
  if (nrow(frame) > sample_size) {
    frame <- frame[unique(round(seq(1, nrow(frame), length.out = sample_size))), ]
  }
  values <- contributions(native, frame, background_frame)
  order <- order(-colMeans(abs(values)))
  shown <- columns %||% colnames(values)[utils::head(order, top_n_features)]
  # Each predictor's own values as shares of its range, for the colour.
  level <- vapply(bare_frame(frame)[shown], function(column) {
    rank(number_of(column), na.last = "keep") / max(1, sum(!is.na(column)))
  }, numeric(nrow(frame)))
  points <- data.frame(
    feature = factor(rep(shown, each = nrow(frame)), rev(shown)),
    contribution = as.vector(values[, shown]), value = as.vector(level)
  )
  ggplot2::ggplot(points, ggplot2::aes(
    x = .data$contribution, y = .data$feature, colour = .data$value
  )) +
    ggplot2::geom_vline(xintercept = 0, colour = "grey60") +
    ggplot2::geom_jitter(height = 0.2, width = 0, alpha = 0.6) +
    ggplot2::scale_colour_gradient(low = "#1f77b4", high = "#d95f02", limits = c(0, 1)) +
    ggplot2::labs(
      title = "SHAP Summary", x = "SHAP contribution", y = NULL,
      colour = "value (rank)"
    ) + ggplot2::theme_bw()
}

#' @rdname h2o.explain_plots
#' @export
h2o.shap_explain_row_plot <- function(model, newdata, row_index, columns = NULL,
                                      top_n_features = 10, plot_type = "barplot",
                                      contribution_type = "both",
                                      background_frame = NULL, ...) {
  need_ggplot()
  native <- native_model(model, "model")
  frame <- read_h2o_frame(newdata, "newdata")[row_index, ]
  values <- contributions(native, frame, background_frame)[1, ]
  shown <- columns %||% names(values)[
    utils::head(order(-abs(values)), top_n_features)
  ]
  told <- vapply(bare_frame(frame)[shown], function(column) format(column), "")
  bars <- data.frame(
    feature = factor(paste0(shown, "=", told), rev(paste0(shown, "=", told))),
    contribution = values[shown]
  )
  ggplot2::ggplot(bars, ggplot2::aes(x = .data$contribution, y = .data$feature)) +
    ggplot2::geom_col(ggplot2::aes(fill = .data$contribution > 0), show.legend = FALSE) +
    ggplot2::scale_fill_manual(values = c(`TRUE` = "#d95f02", `FALSE` = "#1f77b4")) +
    gg_labels(
      sprintf("SHAP explanation of row %d", row_index), "SHAP contribution", NULL
    ) +
    ggplot2::theme_bw()
}

# ---- All together ---------------------------------------------------------------------

#' Explain a model
#'
#' What can be said of a network, or of several, in sections of text, tables and pictures.
#'
#' @param object A model of [h2o.deeplearning()], a list of models, a grid, or what
#'   [h2o.automl()] returns.
#' @param newdata A frame with the response.
#' @param columns Predictors to look at; the most important unless given.
#' @param top_n_features How many of them.
#' @param include_explanations,exclude_explanations Names of sections: "leaderboard",
#'   "confusion_matrix", "residual_analysis", "learning_curve", "varimp",
#'   "varimp_heatmap", "model_correlation_heatmap", "shap_summary", "pdp", "ice".
#' @param plot_overrides Named list of further arguments for the plots, by section.
#' @param background_frame Rows to compare with, for SHAP values.
#' @param row_index The row to explain.
#' @param x What these functions return.
#' @param ... Not used.
#' @return A list of class `H2OExplanation`, by section: `header`, `description` and
#'   `plots` (a table or a list of ggplot2 objects). Printing it shows all of them.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' frame <- as.h2o(mtcars)
#' model <- h2o.deeplearning(c("wt", "hp"), "mpg", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' explanation <- h2o.explain(model, frame, top_n_features = 1)
#' names(explanation)
#' explanation$learning_curve$plots[[1]]
#' @export
h2o.explain <- function(object, newdata, columns = NULL, top_n_features = 5,
                        include_explanations = "ALL", exclude_explanations = NULL,
                        plot_overrides = NULL, background_frame = NULL, ...) {
  need_ggplot()
  natives <- model_list(object)
  models <- lapply(natives, function(native) wrapped_model(native))
  frame <- read_h2o_frame(newdata, "newdata")
  columns <- columns %||%
    utils::head(varimp(natives[[1]], by = "predictor")$variable, top_n_features)
  wanted <- wanted_sections(include_explanations, exclude_explanations)
  found <- lapply(stats::setNames(nm = wanted), function(name) {
    explanation_sections[[name]](
      models, natives, frame, columns, background_frame, plot_overrides[[name]]
    )
  })
  structure(Filter(Negate(is.null), found), class = "H2OExplanation")
}

wanted_sections <- function(include, exclude) {
  known <- names(explanation_sections)
  unknown <- setdiff(c(include, exclude), c("ALL", known))
  if (length(unknown) > 0) {
    abort_argument(sprintf(
      "There is no section %s; there are %s.", list_names(unknown), list_names(known, 20)
    ))
  }
  setdiff(if ("ALL" %in% include) known else include, exclude)
}

section <- function(header, description, plots) {
  list(header = header, description = description, plots = plots)
}

call_with <- function(fun, arguments, overrides) {
  do.call(fun, utils::modifyList(arguments, as.list(overrides)))
}

#' @include h2o-explain-plots.R
NULL

# Residuals, several models side by side, contributions.

#' @rdname h2o.explain_plots
#' @export
h2o.residual_analysis_plot <- function(model, newdata) {
  need_ggplot()
  native <- native_model(model, "model")
  if (task_of(native)$target != "numbers") {
    abort_argument("Residuals are for models of numbers.")
  }
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  rows <- data.frame(fitted = stats::predict(native, frame))
  rows$residual <- frame[[native$response$name]] - rows$fitted
  ggplot2::ggplot(rows, ggplot2::aes(x = .data$fitted, y = .data$residual)) +
    ggplot2::geom_hline(yintercept = 0, colour = "grey50") +
    ggplot2::geom_point(alpha = 0.5) +
    ggplot2::geom_smooth(
      method = "loess", formula = y ~ x, se = FALSE, colour = "#d95f02"
    ) +
    gg_labels("Residual Analysis", "Fitted", "Residuals") + ggplot2::theme_bw()
}

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

#' @include h2o-explain-curves.R
NULL

# Several models side by side.

# The models in a model, a list of models or ids, a grid or an H2OAutoML.
model_list <- function(object) {
  ids <- if (methods::is(object, "H2OGrid")) {
    object@model_ids
  } else if (methods::is(object, "H2OAutoML")) {
    as.list(bare_frame(object@leaderboard)$model_id)
  } else if (is.data.frame(object) && "model_id" %in% names(object)) {
    as.list(as.character(bare_frame(object)$model_id))
  } else if (is.list(object) && !inherits(object, "deeplearning")) {
    object
  } else {
    as.list(c(object))
  }
  if (length(ids) == 0) {
    abort_argument("`object` must be a model, or a list of models that is not empty.")
  }
  lapply(ids, native_model)
}

model_names <- function(natives) {
  make.unique(vapply(natives, `[[`, "", "model_id"))
}

# Predictors x models, importances that sum to 1.
importance_matrix <- function(natives, top = NULL) {
  tables <- lapply(natives, function(native) varimp(native, by = "predictor"))
  names <- unique(unlist(lapply(tables, `[[`, "variable")))
  matrix <- vapply(tables, function(table) {
    values <- table$percentage[match(names, table$variable)]
    ifelse(is.na(values), 0, values)
  }, numeric(length(names)))
  matrix <- matrix(matrix, length(names), dimnames = list(names, model_names(natives)))
  order <- order(-rowMeans(matrix))
  matrix[utils::head(order, top %||% length(order)), , drop = FALSE]
}

# Places of models, those that are alike side by side.
alike <- function(columns) {
  if (ncol(columns) < 3 || anyNA(columns)) {
    return(seq_len(ncol(columns)))
  }
  stats::hclust(stats::dist(t(columns)))$order
}

heat_map <- function(matrix, title, legend, limits) {
  cells <- data.frame(
    row = factor(rep(rownames(matrix), ncol(matrix)), rev(rownames(matrix))),
    column = factor(rep(colnames(matrix), each = nrow(matrix)), colnames(matrix)),
    value = as.vector(matrix)
  )
  cells <- cells[!is.na(cells$value), ]
  # White letters on what is dark.
  middle <- mean(range(c(limits, cells$value), na.rm = TRUE))
  ggplot2::ggplot(cells, ggplot2::aes(
    x = .data$column, y = .data$row, fill = .data$value
  )) +
    ggplot2::geom_tile(colour = "white") +
    ggplot2::geom_text(
      ggplot2::aes(label = sprintf("%.2f", .data$value)),
      colour = ifelse(cells$value > middle, "white", "black"), size = 3
    ) +
    ggplot2::scale_fill_gradient(low = "#f7fbff", high = "#08306b", limits = limits) +
    ggplot2::labs(title = title, x = NULL, y = NULL, fill = legend) +
    ggplot2::theme_bw() + gg_slanted() +
    ggplot2::theme(plot.margin = ggplot2::margin(5.5, 5.5, 5.5, slanted_room(matrix)))
}

# Points on the left for the first slanted name, beyond what the rows' names take.
slanted_room <- function(matrix) {
  wide <- nchar(colnames(matrix)[[1]], "width") * 3.5
  max(5.5, wide - 4 * max(nchar(rownames(matrix), "width")))
}

#' @rdname h2o.explain_plots
#' @export
h2o.varimp_heatmap <- function(object, top_n = 20, num_of_features = 20) {
  need_ggplot()
  natives <- utils::head(model_list(object), top_n)
  matrix <- importance_matrix(natives, num_of_features)
  heat_map(
    matrix[, alike(matrix), drop = FALSE], "Variable Importance Heatmap", "Importance",
    c(0, max(matrix))
  )
}

#' @rdname h2o.explain_plots
#' @export
h2o.model_correlation <- function(object, newdata, top_n = 20, cluster_models = TRUE) {
  natives <- utils::head(model_list(object), top_n)
  frame <- read_h2o_frame(newdata, "newdata")
  predicted <- lapply(natives, function(native) {
    found <- .subset2(h2o.predict(native, frame), "predict")
    if (is.factor(found)) as.character(found) else found
  })
  alike_by <- if (is.character(predicted[[1]])) {
    function(a, b) mean(a == b)
  } else {
    stats::cor
  }
  table <- vapply(predicted, function(a) {
    vapply(predicted, function(b) alike_by(a, b), 0)
  }, numeric(length(predicted)))
  names <- model_names(natives)
  table <- matrix(table, length(names), dimnames = list(names, names))
  if (isTRUE(cluster_models)) {
    places <- alike(table)
    table <- table[places, places, drop = FALSE]
  }
  as.data.frame(table, optional = TRUE)
}

#' @rdname h2o.explain_plots
#' @export
h2o.model_correlation_heatmap <- function(object, newdata, top_n = 20,
                                          cluster_models = TRUE, triangular = TRUE) {
  need_ggplot()
  table <- as.matrix(h2o.model_correlation(object, newdata, top_n, cluster_models))
  least <- min(0, table, na.rm = TRUE)
  if (isTRUE(triangular)) table[upper.tri(table)] <- NA
  heat_map(table, "Model Correlation", "Correlation", c(least, 1))
}

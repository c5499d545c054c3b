#' @include h2o-explain-shap.R
NULL

#' Models that no other beats twice
#'
#' Of two metrics of several models: those models that no other surpasses in both.
#'
#' @param object A grid, what [h2o.automl()] returns, a list of models, or a frame or data
#'   frame with a row for each model.
#' @param leaderboard_frame Rows to compute the metrics on, and the time that prediction
#'   takes; without them the metrics are those that training left (of cross-validation,
#'   else of validation, else of training).
#' @param x_metric,y_metric Names of columns; `x_metric = "AUTO"` is
#'   `predict_time_per_row_ms` where it is known, else `training_time_ms`; `y_metric =
#'   "AUTO"` the first metric.
#' @param optimum Where the best corner lies: "AUTO" by the metrics, for a data frame
#'   "bottom left" but for AUC and AUCPR.
#' @param title Title.
#' @param color_col Column that colours the points.
#' @param x What `h2o.pareto_front()` returns.
#' @param ... Not used.
#' @return `h2o.pareto_front()`: `H2OParetoFront` with the slots `pareto_front` and
#'   `leaderboard`, data frames, `x`, `y`, `title` and `color_col`. Its `plot()` is a
#'   ggplot2 object.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' board <- data.frame(
#'   model_id = c("a", "b", "c"), logloss = c(0.2, 0.3, 0.4), seconds = c(9, 2, 5)
#' )
#' front <- h2o.pareto_front(board, x_metric = "seconds", y_metric = "logloss")
#' front@pareto_front
#' plot(front)
#' @export
h2o.pareto_front <- function(object, leaderboard_frame = NULL,
                             x_metric = c(
                               "AUTO", "AUC", "AUCPR", "logloss", "MAE",
                               "mean_per_class_error", "mean_residual_deviance", "MSE",
                               "predict_time_per_row_ms", "RMSE", "RMSLE",
                               "training_time_ms"
                             ), y_metric = c(
                               "AUTO", "AUC", "AUCPR", "logloss", "MAE",
                               "mean_per_class_error", "mean_residual_deviance", "MSE",
                               "predict_time_per_row_ms", "RMSE", "RMSLE",
                               "training_time_ms"
                             ), optimum = c(
                               "AUTO", "top left", "top right", "bottom left",
                               "bottom right"
                             ), title = NULL, color_col = "algo") {
  corners <- c("AUTO", "top left", "top right", "bottom left", "bottom right")
  optimum <- choose_one(optimum, corners, "optimum")
  board <- front_board(object, leaderboard_frame)
  numbers <- names(board)[vapply(board, is.numeric, NA)]
  if (length(numbers) < 2) abort_argument("`object` must have two columns of numbers.")
  x <- choose_one(x_metric[[1]], c("AUTO", numbers), "x_metric")
  y <- choose_one(y_metric[[1]], c("AUTO", numbers), "y_metric")
  times <- intersect(c("predict_time_per_row_ms", "training_time_ms"), numbers)
  if (x == "AUTO") {
    if (length(times) == 0) {
      abort_argument(sprintf("`x_metric` must be one of %s.", list_names(numbers, 20)))
    }
    x <- times[[1]]
  }
  if (y == "AUTO") y <- setdiff(numbers, x)[[1]]
  if (optimum == "AUTO") {
    optimum <- paste(
      if (y %in% c("auc", "aucpr")) "top" else "bottom",
      if (x %in% c("auc", "aucpr")) "right" else "left"
    )
  }
  across <- if (grepl("right", optimum)) -board[[x]] else board[[x]]
  up <- if (grepl("top", optimum)) -board[[y]] else board[[y]]
  methods::new("H2OParetoFront",
    pareto_front = board[on_front(across, up), , drop = FALSE], leaderboard = board,
    x = x, y = y, color_col = color_col, title = title %||% front_title(object)
  )
}

#' @rdname h2o.pareto_front
#' @exportClass H2OParetoFront
setClass("H2OParetoFront", slots = c(
  pareto_front = "data.frame", leaderboard = "data.frame", x = "character",
  y = "character", title = "character", color_col = "character"
))

setMethod("show", "H2OParetoFront", function(object) {
  cat(object@title, "\n", sep = "")
  cat("with respect to ", object@x, " and ", object@y, ":\n", sep = "")
  print(object@pareto_front)
})

# Places of the points with none that is less in both, from the least x on.
on_front <- function(x, y) {
  order <- order(x, y)
  order <- order[!is.na(x[order]) & !is.na(y[order])]
  before <- c(Inf, cummin(y[order]))[seq_along(order)]
  order[y[order] < before]
}

front_title <- function(object) {
  of <- if (isS4(object)) h2o.keyof(object)
  paste(c("Pareto Front", of), collapse = " for ")
}

front_board <- function(object, leaderboard_frame) {
  if (is.data.frame(object)) {
    return(bare_frame(object))
  }
  frame <- leaderboard_frame
  if (!is.null(frame)) frame <- bare_frame(read_h2o_frame(frame, "leaderboard_frame"))
  board_of(model_list(object), frame, times = TRUE)
}

# A row for each model, best first: its metrics on the frame, or those of its training.
board_of <- function(natives, frame, times = FALSE) {
  task <- task_of(natives[[1]])
  columns <- board_columns[[task$kind]]
  if (is.null(columns)) {
    abort_argument(
      "Models are ranked by what they predict; autoencoders predict nothing."
    )
  }
  board <- do.call(rbind, lapply(natives, function(native) {
    metrics <- if (is.null(frame)) {
      judged_by(native)
    } else {
      performance(native, complete_columns(native, frame))
    }
    row <- as.data.frame(as.list(task$summary(metrics)))[columns]
    if (times) row$training_time_ms <- native$run_time
    if (times && !is.null(frame)) {
      row$predict_time_per_row_ms <- time_to_predict(native, frame)
    }
    row
  }))
  board <- cbind(model_id = model_names(natives), board)
  if (times) board$algo <- "DeepLearning"
  names(board)[names(board) == "pr_auc"] <- "aucpr"
  board <- board[order(board[[2]], decreasing = columns[[1]] %in% larger_is_better), ]
  rownames(board) <- NULL
  board
}

# Milliseconds a row; few rows are predicted again and again, as clocks are coarse.
time_to_predict <- function(native, frame) {
  frame <- complete_columns(native, frame)
  began <- elapsed()
  for (times in 1:50) {
    stats::predict(native, frame)
    if (elapsed() - began > 0.05) break
  }
  1000 * (elapsed() - began) / times / max(1, nrow(frame))
}

#' @rdname h2o.pareto_front
#' @export
plot.H2OParetoFront <- function(x, ...) {
  need_ggplot()
  aes <- ggplot2::aes(x = .data[[x@x]], y = .data[[x@y]])
  coloured <- x@color_col %in% names(x@leaderboard)
  if (coloured) {
    aes <- ggplot2::aes(
      x = .data[[x@x]], y = .data[[x@y]], colour = factor(.data[[x@color_col]])
    )
  }
  known <- stats::complete.cases(x@leaderboard[c(x@x, x@y)])
  plot <- ggplot2::ggplot(x@leaderboard[known, , drop = FALSE], aes) +
    gg_steps(x@pareto_front) +
    ggplot2::geom_point(alpha = 0.5, size = 2) +
    ggplot2::geom_point(data = x@pareto_front, size = 4) +
    gg_labels(x@title, x@x, x@y, "Large points: no model is better in both") +
    ggplot2::theme_bw()
  if (coloured) plot <- plot + gg_groups(x@leaderboard[[x@color_col]])
  plot
}

gg_steps <- function(front) {
  if (nrow(front) > 1) {
    ggplot2::geom_line(data = front, colour = "grey40", linetype = "dashed")
  }
}

#' @include h2o-plot.R
NULL

#' What the network makes of single predictors, as H2O tells it
#'
#' [partial_dependence()], [permutation_importance()] and [shap_values()] with H2O's
#' arguments and tables.
#'
#' @param object A model of [h2o.deeplearning()] or its id.
#' @param newdata A frame of rows.
#' @param cols Names of predictors.
#' @param destination_key Not used: the tables are returned.
#' @param nbins How many values of a number.
#' @param plot Draw the curves?
#' @param plot_stddev Not used: the band is that of the standard error.
#' @param weight_column Name or position of a column of weights, -1 for none.
#' @param include_na Also where the column is missing?
#' @param user_splits List of values to use: `list(c("AGE", "60", "70"))` or
#'   `list(AGE = c(60, 70))`.
#' @param col_pairs_2dpdp List of pairs of columns, for tables of both together.
#' @param save_to Path of a PNG file to draw to.
#' @param row_index A row to look at alone, from 0; -1 for all.
#' @param targets Of more than two classes, whose probabilities; needed there.
#' @param data An older name of `newdata`.
#' @param metric "AUTO", "AUC", "MAE", "MSE", "RMSE", "logloss", "mean_per_class_error" or
#'   "PR_AUC".
#' @param n_samples At most so many rows, -1 for all.
#' @param n_repeats How often each predictor is permuted.
#' @param features Names of predictors.
#' @param seed As for [permutation_importance()].
#' @param num_of_features How many bars.
#' @param output_format "compact": a column for each predictor; "original" is not offered.
#' @param top_n,bottom_n Only so many predictors with the largest or the smallest
#'   contributions of each row; 0 for all; -1 for all, sorted.
#' @param compare_abs Largest by size?
#' @param background_frame Rows to compare with, needed for networks.
#' @param output_space Contributions to the prediction, rather than before the link?
#' @param output_per_reference Not offered.
#' @param ... Not used.
#' @return `h2o.partialPlot()`: a table, or a list of tables for several columns.
#'   `h2o.permutation_importance()`: a table. `h2o.predict_contributions()`: a frame with
#'   a column for each predictor and `BiasTerm`, or with the names and values of the
#'   largest.
#' @examples
#' frame <- as.h2o(transform(mtcars, am = factor(am)))
#' model <- h2o.deeplearning(c("mpg", "wt"), "am", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' h2o.partialPlot(model, frame, cols = "wt", nbins = 4, plot = FALSE)
#' h2o.permutation_importance(model, frame, seed = 1)
#' h2o.predict_contributions(model, frame, background_frame = frame[1:5, ])
#' @export
h2o.partialPlot <- function(object, newdata, cols, destination_key, nbins = 20,
                            plot = TRUE, plot_stddev = TRUE, weight_column = -1,
                            include_na = FALSE, user_splits = NULL,
                            col_pairs_2dpdp = NULL, save_to = NULL, row_index = -1,
                            targets = NULL, data = NULL) {
  if (!is.null(data)) {
    warn_deprecated("`data` is called `newdata` now.")
    newdata <- data
  }
  native <- native_model(object)
  if (length(native$response$levels) > 2 && is.null(targets)) {
    abort_argument(sprintf(
      "`targets` is missing: of which classes, among %s.",
      list_names(native$response$levels)
    ))
  }
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  native <- weigh_by(native, frame, weight_column)
  if (missing(cols)) cols <- if (is.null(col_pairs_2dpdp)) native$encoding$predictors
  if (is.numeric(cols)) cols <- names(frame)[cols]
  splits <- read_splits(user_splits, frame)
  # The values of all rows, whichever row is looked at.
  shown <- unique(c(cols, unlist(col_pairs_2dpdp)))
  values <- lapply(stats::setNames(nm = shown), function(name) {
    splits[[name]] %||% grid_of(data_column(frame, name), nbins, isTRUE(include_na))
  })
  # Rows count from 0, as in H2O.
  rows <- if (row_index >= 0) frame[row_index + 1, , drop = FALSE] else frame
  curves <- function(columns, pair) {
    partial_dependence(native, rows, columns,
      pair = pair, values = values[columns], class = targets
    )
  }
  found <- c(
    if (length(cols) > 0) list(curves(cols, FALSE)),
    lapply(col_pairs_2dpdp, function(pair) curves(unlist(pair), TRUE))
  )
  if (isTRUE(plot) || !is.null(save_to)) draw_partials(found, save_to)
  tables <- unlist(lapply(found, function(one) {
    lapply(unclass(one)[seq_along(one)], partial_table, native = native)
  }), recursive = FALSE)
  tables <- unname(tables)
  if (length(tables) == 1) tables[[1]] else tables
}

# The model as if it had been trained with these weights of rows.
weigh_by <- function(native, frame, column) {
  if (identical(column, -1) || is.null(column)) {
    return(native)
  }
  native$arguments$weights_column <- names(frame)[column_places(frame, column)]
  native
}

# Values by column: list(AGE = c(60, 70)), or H2O's list(c("AGE", "60", "70")).
read_splits <- function(splits, frame) {
  if (is.null(splits)) {
    return(list())
  }
  if (!is.list(splits)) splits <- list(splits)
  named <- names(splits) %||% rep("", length(splits))
  if (all(named == "")) {
    splits <- lapply(splits, unlist)
    named <- vapply(splits, function(one) as.character(one[[1]]), "")
    splits <- lapply(splits, `[`, -1)
  }
  column_places(frame, named)
  splits <- Map(function(values, name) {
    if (is.numeric(frame[[name]])) as.numeric(values) else as.character(values)
  }, splits, named)
  stats::setNames(splits, named)
}

draw_partials <- function(found, save_to) {
  if (!is.null(save_to)) {
    grDevices::png(paste0(sub("[.]png$", "", save_to), ".png"), 900, 700)
    on.exit(grDevices::dev.off())
  }
  for (one in found) plot(one)
}

partial_table <- function(table, native) {
  attr(table, "individual") <- NULL
  table <- as.data.frame(lapply(table, function(column) {
    if (is.integer(column)) as.numeric(column) else column
  }), optional = TRUE)
  shown <- names(table)[[1]]
  h2o_table(table, "PartialDependence",
    description = sprintf(
      "Partial Dependence Plot of model %s on column '%s'", native$model_id, shown
    )
  )
}

#' @rdname h2o.partialPlot
#' @export
h2o.permutation_importance <- function(object, newdata,
                                       metric = c(
                                         "AUTO", "AUC", "MAE", "MSE", "RMSE", "logloss",
                                         "mean_per_class_error", "PR_AUC"
                                       ), n_samples = 10000, n_repeats = 1,
                                       features = NULL, seed = -1) {
  native <- native_model(object)
  frame <- bare_frame(read_h2o_frame(newdata, "newdata"))
  metric <- if (metric[[1]] == "PR_AUC") "AUCPR" else metric[[1]]
  one <- function(seed) {
    permutation_importance(native, frame,
      metric = metric, rows = max(0, n_samples), features = features, seed = seed
    )
  }
  words <- complete_seed(seed)
  if (n_repeats == 1) {
    found <- one(words)
    table <- data.frame(
      found$variable, found$relative_importance, found$scaled_importance,
      found$percentage
    )
    names(table) <- c(
      "Variable", "Relative Importance", "Scaled Importance", "Percentage"
    )
    return(h2o_table(table, "Variable Importances"))
  }
  runs <- lapply(seq_len(n_repeats), function(k) one(as.numeric(words) + k - 1))
  variables <- runs[[1]]$variable
  columns <- lapply(runs, function(run) {
    run$relative_importance[match(variables, run$variable)]
  })
  names(columns) <- paste("Run", seq_along(columns))
  table <- as.data.frame(c(list(Variable = variables), columns), optional = TRUE)
  h2o_table(table, "Variable Importances")
}

#' @rdname h2o.partialPlot
#' @export
h2o.permutation_importance_plot <- function(object, newdata, metric = "AUTO",
                                            n_samples = 10000, n_repeats = 1,
                                            features = NULL, seed = -1,
                                            num_of_features = NULL) {
  native <- native_model(object)
  metric <- if (metric[[1]] == "PR_AUC") "AUCPR" else metric[[1]]
  found <- permutation_importance(
    native, bare_frame(read_h2o_frame(newdata, "newdata")),
    metric = metric, rows = max(0, n_samples), repeats = n_repeats, features = features,
    seed = seed
  )
  plot(utils::head(found, num_of_features %||% 10))
}

#' @rdname h2o.partialPlot
#' @export
h2o.predict_contributions <- function(object, newdata,
                                      output_format = c("compact", "original"),
                                      top_n = 0, bottom_n = 0, compare_abs = FALSE,
                                      background_frame = NULL, output_space = FALSE,
                                      output_per_reference = FALSE, ...) {
  native <- native_model(object)
  if (is.null(background_frame)) {
    abort_argument(paste(
      "Calculation of feature contributions without a background frame requires a",
      "tree-based model: give `background_frame`, some hundred typical rows."
    ))
  }
  output_format <- choose_one(output_format, c("compact", "original"), "output_format")
  if (isTRUE(output_per_reference) || output_format == "original") {
    abort_argument(paste(
      "Contributions are by predictor and averaged over the background: `output_format`",
      "must be \"compact\", `output_per_reference` FALSE."
    ))
  }
  if (length(native$response$levels) > 2) {
    abort_argument("Contributions are for numbers and two classes; see ?shap_values.")
  }
  found <- shap_values(
    native, complete_columns(native, read_h2o_frame(newdata, "newdata")),
    complete_columns(native, read_h2o_frame(background_frame, "background_frame")),
    type = if (isTRUE(output_space)) "response" else "link"
  )
  values <- as.data.frame(found$values, optional = TRUE)
  if (top_n == 0 && bottom_n == 0) {
    bias <- rep(found$baseline, nrow(values))
    return(new_frame(c(as.list(values), list(BiasTerm = bias))))
  }
  largest_contributions(
    found$values, found$baseline, top_n, bottom_n, isTRUE(compare_abs)
  )
}

# Names and values of the largest and the smallest of each row, side by side.
largest_contributions <- function(values, baseline, top, bottom, by_size) {
  all <- ncol(values)
  count <- function(n) if (n < 0) all else min(n, all)
  pick <- function(n, decreasing, word) {
    if (n == 0) {
      return(list())
    }
    places <- t(apply(values, 1, function(row) {
      order(if (by_size) abs(row) else row, decreasing = decreasing)[seq_len(n)]
    }))
    places <- matrix(places, nrow(values))
    columns <- lapply(seq_len(n), function(k) {
      at <- cbind(seq_len(nrow(values)), places[, k])
      stats::setNames(
        list(factor(colnames(values)[places[, k]], colnames(values)), values[at]),
        paste0(word, c("_feature_", "_value_"), k)
      )
    })
    unlist(columns, recursive = FALSE)
  }
  new_frame(c(
    pick(count(top), TRUE, "top"), pick(count(bottom), FALSE, "bottom"),
    list(BiasTerm = rep(baseline, nrow(values)))
  ))
}

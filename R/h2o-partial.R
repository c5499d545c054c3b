#' @include h2o-plot.R
NULL

#' What the network makes of single predictors, as H2O tells it
#'
#' [partial_dependence()], [permutation_importance()] and [shap_values()] with H2O's
#' arguments and tables.
#'
#' @param object A model of [h2o.deeplearning()] or its id.
#' @param newdata A frame of rows.
#' @param cols Names or positions of predictors.
#' @param destination_key Not used: the tables are returned.
#' @param nbins How many values of a number, evenly from its least to its largest; whole
#'   numbers between them are all taken, if they are fewer. Of a factor with more levels
#'   the most frequent.
#' @param plot Draw the curves?
#' @param plot_stddev Draw a band of the deviation of the predictions?
#' @param weight_column Name or position of a column of weights, -1 for none; the model's
#'   own `weights_column` counts if it is named here.
#' @param include_na Also where the column is missing?
#' @param user_splits List of values to use: `list(c("AGE", "60", "70"))` or
#'   `list(AGE = c(60, 70))`.
#' @param col_pairs_2dpdp List of pairs of columns, for tables of both together.
#' @param save_to Beginning of the paths of PNG files to draw to, one for each table:
#'   `<save_to>_<column>.png`.
#' @param row_index A row to look at alone, from 0 as in H2O; -1 for all. The pictures of
#'   [h2o.explain()] count rows from 1.
#' @param targets Of more than two classes, whose probabilities; needed there.
#' @param data An older name of `newdata`.
#' @param metric "AUTO" (AUC for two classes, log loss for more, RMSE for numbers), "AUC",
#'   "MAE", "MSE", "RMSE", "logloss", "mean_per_class_error" or "PR_AUC".
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
#' @return `h2o.partialPlot()`: a table, or a list of tables for several columns or
#'   targets. `h2o.permutation_importance()`: a table of how far the metric moves, up or
#'   down (H2O drops the sign; [permutation_importance()] keeps it), with repeats a column
#'   for each; the plot gives the same table, invisibly.
#'   `h2o.predict_contributions()`: a frame with a column for each predictor and
#'   `BiasTerm`, or with the names and values of the largest.
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
                            targets = NULL, data = NULL, ...) {
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
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  native <- weighted_by(native, frame, weight_column)
  flags <- list(plot = plot, plot_stddev = plot_stddev, include_na = include_na)
  problems <- c(
    apply_rule(rule_whole(2), "nbins", nbins)$problem,
    unlist(Map(function(name, value) {
      apply_rule(rule_flag(), name, value)$problem
    }, names(flags), flags))
  )
  if (length(problems) > 0) abort_argument(problems)
  if (missing(cols)) cols <- if (is.null(col_pairs_2dpdp)) native$encoding$predictors
  if (is.numeric(cols)) cols <- names(frame)[column_places(frame, cols)]
  rows <- if (identical(as.numeric(row_index), -1)) {
    frame
  } else {
    one_row(frame, row_index, from = 0)
  }
  splits <- read_splits(user_splits, frame)
  curves <- function(columns, target) {
    values <- splits_of(frame, columns, nbins, splits, include_na)
    partial_dependence(native, rows, columns,
      pair = length(columns) > 1, values = values, class = target
    )
  }
  sets <- c(as.list(cols), lapply(col_pairs_2dpdp, unlist))
  asked <- expand.grid(set = seq_along(sets), target = seq_len(max(1, length(targets))))
  found <- Map(function(set, target) {
    curves(sets[[set]], targets[target])
  }, asked$set, asked$target)
  if (plot || !is.null(save_to)) draw_partials(found, plot_stddev, save_to)
  tables <- Map(function(one, target) {
    partial_table(one[[1]], native, targets[target], attr(one, "pair"))
  }, found, asked$target)
  if (length(tables) == 1) tables[[1]] else unname(tables)
}

# Rows count by the column asked for, and by none where none is.
weighted_by <- function(native, frame, column) {
  if (is.numeric(column) && length(column) == 1) {
    column <- if (column %in% seq_along(frame)) {
      names(frame)[[column]]
    } else if (column != -1) {
      column
    }
  }
  if (!is.null(column) && !is_one_of(column, names(frame))) {
    abort_argument(sprintf(
      "`weight_column` must be a column of `newdata`, or -1 for none, not %s.",
      shorten(column)
    ))
  }
  native$arguments["weights_column"] <- list(column)
  native
}

# from: the number of the first row
one_row <- function(frame, row_index, from = 1) {
  last <- nrow(frame) - 1 + from
  if (!is.numeric(row_index) || length(row_index) != 1 ||
    !row_index %in% (seq_len(nrow(frame)) - 1 + from)) {
    abort_argument(sprintf(
      "`row_index` must be the number of a row of `newdata`, %d to %d, not %s.",
      from, last, shorten(row_index)
    ))
  }
  frame[row_index + 1 - from, , drop = FALSE]
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

# Where the curve of each column is computed, from all rows of the frame.
splits_of <- function(frame, columns, bins, splits, missing) {
  columns <- Filter(function(name) name %in% names(frame), columns)
  lapply(stats::setNames(nm = columns), function(name) {
    values <- splits[[name]] %||% points_of(frame[[name]], bins)
    if (missing) c(values, NA) else values
  })
}

# From the least to the largest in steps of one length; of whole numbers all between, if
# they are fewer.
points_of <- function(column, bins) {
  known <- column[!is.na(column)]
  if (!is.numeric(column) || length(known) == 0) {
    return(grid_of(column, bins, FALSE))
  }
  if (all(known == trunc(known))) bins <- min(bins, diff(range(known)) + 1)
  seq(min(known), max(known), length.out = bins)
}

# H2O's band is the deviation of the predictions.
draw_partials <- function(found, deviation, save_to) {
  for (one in found) {
    one[[1]]$std_error_mean_response <- if (deviation) one[[1]]$stddev_response else 0
    if (is.null(save_to)) {
      plot(one)
    } else {
      draw_file(one, paste(save_to, gsub("[^[:alnum:]_.-]+", "_", names(one)), sep = "_"))
    }
  }
}

draw_file <- function(one, path) {
  if (!dir.exists(dirname(path))) {
    abort_file(sprintf(
      "`save_to` must begin in a folder that is there, not %s.", shorten(dirname(path))
    ))
  }
  grDevices::png(paste0(path, ".png"), 900, 700, res = 110)
  on.exit(grDevices::dev.off())
  plot(one)
}

partial_table <- function(table, native, target, pair) {
  attr(table, "individual") <- NULL
  columns <- names(table)[seq_len(1 + pair)]
  table <- as.data.frame(lapply(table, function(column) {
    if (is.integer(column)) as.numeric(column) else column
  }), optional = TRUE)
  h2o_table(table, if (pair) "2D-PartialDependence" else "PartialDependence",
    description = paste0(
      sprintf(
        "Partial Dependence Plot of model %s on column '%s'", native$model_id,
        paste(columns, collapse = "', '")
      ),
      if (length(target) > 0) sprintf(" for target '%s'", target)
    )
  )
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

#' Plot a model: scoring history, ROC curves, importances
#'
#' Base graphics. Training is drawn in blue and solid, validation in red and dashed, so
#' that the two differ for eyes that see no colours, too.
#'
#' @param x A model from [deeplearning()].
#' @param metric What the scoring history shows. `"AUTO"` is the log loss for two
#'   classes, the classification error for more and the root mean squared error for
#'   numbers. Others: `"logloss"`, `"auc"`, `"pr_auc"`, `"lift"`,
#'   `"classification_error"`, `"rmse"`, `"r2"`, `"deviance"`, `"mae"`, as far as the
#'   history has them.
#' @param timestep The horizontal axis of the history: `"epochs"` (passes over the
#'   training rows; also `"AUTO"`), `"samples"` (rows trained on) or `"duration"`
#'   (seconds since the start).
#' @param what `"history"`: the metric at each scoring, with a mark where the model
#'   that was kept stood. `"roc"`, two classes only: share of the second level found
#'   against share of the first level mistaken, over all thresholds. `"importance"`:
#'   bars of the largest variable importances.
#' @param by,most For `what = "importance"`: bars per `"input"` or per `"predictor"`,
#'   see [varimp()]; and how many at most.
#' @param main Title; `NULL` for one that fits.
#' @param ... Passed on to [graphics::plot()] (or [graphics::barplot()]).
#' @return Invisibly, a data frame of what was drawn. History: the time step, and
#'   `training` and `validation`, with `kept` marking the model's own row. ROC: `data`,
#'   `threshold`, `fpr`, `tpr`. Importances: rows of [varimp()].
#' @section Errors:
#' `feedforward_argument_error` where the model has no such metric, history or curve.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 10, seed = 1)
#' plot(model)
#' plot(model, metric = "logloss", timestep = "samples")
#' plot(model, what = "importance")
#' @method plot deeplearning
#' @export
plot.deeplearning <- function(x, metric = "AUTO",
                              timestep = c("epochs", "samples", "duration"),
                              what = c("history", "roc", "importance"),
                              by = c("input", "predictor"), most = 10, main = NULL,
                              ...) {
  what <- choose_one(what, c("history", "roc", "importance"), "what")
  switch(what,
    history = plot_history(x, metric, timestep, main, ...),
    roc = plot_roc(
      list(training = x$training_metrics, validation = x$validation_metrics), main, ...
    ),
    importance = plot_importance(varimp(x, by), most, main, ...)
  )
}

# From the palette of Okabe and Ito, which the colour-blind tell apart.
part_colours <- c("#0072B2", "#D55E00")

part_lines <- c(1, 2)

range_finite <- function(x) {
  range(x[is.finite(x)])
}

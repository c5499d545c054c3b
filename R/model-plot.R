#' Plot a model: scoring history, ROC curves, importances
#'
#' Base graphics. Training is drawn in blue and solid, validation in orange and dashed, so
#' that the two differ for eyes that see no colours, too.
#'
#' @param x A model from [deeplearning()].
#' @param metric What the scoring history shows. `"AUTO"` is the metric that the model was
#'   chosen by (`stopping_metric`), where the history has it: unless asked otherwise, the
#'   log loss of classes and the mean residual deviance of numbers. Others: `"logloss"`,
#'   `"auc"`, `"pr_auc"`, `"lift"`, `"classification_error"`, `"rmse"`, `"r2"`,
#'   `"deviance"`, `"mae"`, as far as the history has them.
#' @param timestep The horizontal axis of the history: `"epochs"` (passes over the
#'   training rows; also `"AUTO"`), `"samples"` (rows trained on) or `"duration"`
#'   (seconds since the start).
#' @param what `"history"`: the metric at each scoring, with a mark where the model
#'   that was kept stood; after cross-validation the mean of the folds on the rows they
#'   held out, in green, with a band of one standard deviation. `"roc"`, two classes
#'   only: share of the second level found against share of the first level mistaken,
#'   over all thresholds, with a mark at the threshold from which the model predicts the
#'   second level. `"residuals"`, numbers only: residuals of `newdata` against their
#'   predictions, with a smooth line. `"importance"`: bars of the largest variable
#'   importances; inputs that no training row had are left out.
#' @param by,most For `what = "importance"`: bars per `"input"` or per `"predictor"`,
#'   which are measured in different ways, see [varimp()]; and how many at most.
#' @param newdata For `what = "residuals"`: rows with the response; may be left out where
#'   the model keeps its data (`keep_data`).
#' @param main Title; `NULL` for one that names the response. The model's name stands
#'   below it where the upper margin has room.
#' @param ... Passed on to [graphics::plot()] (or [graphics::barplot()]). `col`, `lty` and
#'   `lwd` are those of the curves, first training, then validation; `col` that of the
#'   bars.
#' @return Invisibly, a data frame of what was drawn. History: the time step, and
#'   `training` and `validation`, with `kept` marking the model's own row. ROC: `data`,
#'   `threshold`, `fpr`, `tpr`. Importances: rows of [varimp()].
#' @section Errors:
#' `feedforward_argument_error` where the model has no such metric, history or curve.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 10, seed = 1)
#' plot(model)
#' plot(model, metric = "classification_error", timestep = "samples")
#' plot(model, what = "importance")
#' @method plot deeplearning
#' @export
plot.deeplearning <- function(x, metric = "AUTO",
                              timestep = c("epochs", "samples", "duration"),
                              what = c("history", "roc", "importance", "residuals"),
                              by = c("input", "predictor"), most = 10, newdata = NULL,
                              main = NULL, ...) {
  what <- choose_one(what, c("history", "roc", "importance", "residuals"), "what")
  check_shown(x)
  switch(what,
    history = plot_history(x, metric, timestep, main, ...),
    roc = plot_roc(
      list(training = x$training_metrics, validation = x$validation_metrics),
      raw_threshold(x), main %||% title_of("ROC curve", x),
      under = x$model_id, ...
    ),
    importance = plot_importance(x, by, most, main, ...),
    residuals = plot_residuals(x, newdata, main %||% title_of("Residuals", x), ...)
  )
}

# From the palette of Okabe and Ito, which the colour-blind tell apart.
part_colours <- c("#0072B2", "#D55E00", "#009E73")

part_lines <- c(1, 2, 4)

title_of <- function(what, model) {
  paste0(what, ": ", encodeString(model$response$name))
}

# list(text, cex) of a title above the plot that is no wider than its figure: smaller, and
# cut where it would be too small. mai: the margins.
fit_title <- function(main, mai = graphics::par("mai")) {
  size <- graphics::par("cex.main")
  room <- graphics::par("fin")[[1]] - abs(mai[[2]] - mai[[4]]) - 0.3
  taken <- max(graphics::strwidth(main, units = "inches", cex = size, font = 2), tiny)
  cex <- size * min(1, max(room / taken, 0.7))
  # Widths at different sizes agree but roughly.
  list(text = fit_texts(main, 1.05 * room, cex, font = 2), cex = cex)
}

# Texts cut in the middle to be no wider: of "predictor.level" both ends tell.
fit_texts <- function(texts, inches, cex, font = 1) {
  width <- function(texts) {
    graphics::strwidth(texts, units = "inches", cex = cex, font = font)
  }
  for (i in which(width(texts) > inches)) {
    n <- nchar(texts[[i]])
    kept <- seq_len(n)
    cut <- paste0(
      substring(texts[[i]], 1, ceiling(kept / 2)), "...",
      substring(texts[[i]], n - floor(kept / 2) + 1, n)
    )
    texts[[i]] <- cut[[max(1, sum(width(cut) <= inches))]]
  }
  texts
}

# The name of the model below the title, where there is room for it.
write_under_title <- function(text) {
  cex <- 0.7
  fits <- !is.null(text) && graphics::par("mar")[[3]] >= 3 &&
    graphics::strwidth(text, units = "inches", cex = cex) < graphics::par("pin")[[1]]
  if (fits) {
    graphics::mtext(
      encodeString(text),
      line = 0.3, cex = cex * graphics::par("cex"), col = graphics::par("col.main")
    )
  }
}

range_finite <- function(x) {
  range(x[is.finite(x)])
}

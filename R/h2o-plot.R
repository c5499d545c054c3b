#' @include h2o-inspect.R h2o-thresholds.R
NULL

#' Plots of models and metrics of the drop-in layer
#'
#' `plot()` of a model draws its scoring history, of metrics of two classes a curve:
#' [plot.deeplearning()] and [plot.deeplearning_metrics()] with H2O's arguments.
#'
#' @param x A model of [h2o.deeplearning()], or metrics of two classes.
#' @param timestep "epochs" (also "AUTO"), "samples" or "duration".
#' @param metric A metric of the history; "AUTO" is log loss for two classes, the
#'   classification error for more, RMSE for numbers.
#' @param type Of metrics "roc", "pr", "gains_lift" or "cutoffs" (F1 by threshold); of
#'   `h2o.gains_lift_plot()` "both", "gains" or "lift".
#' @param main Title.
#' @param model,object A model or its id; `object` may be metrics, too.
#' @param num_of_features How many bars, 10 unless given.
#' @param xval Of the rows held out in cross-validation?
#' @param newdata A frame with the response.
#' @param ... Passed on to [graphics::plot()].
#' @return Invisibly, what was drawn.
#' @section Errors:
#' `feedforward_argument_error` for autoencoders, and for metrics of anything but two
#' classes.
#' @examples
#' frame <- as.h2o(transform(mtcars, am = factor(am)))
#' model <- h2o.deeplearning(c("mpg", "wt", "hp"), "am", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' plot(model)
#' plot(h2o.performance(model, frame), type = "roc")
#' h2o.varimp_plot(model)
#' h2o.gains_lift_plot(model)
#' @name plot.H2OModel
NULL

#' @rdname plot.H2OModel
#' @export
plot.H2OModel <- function(x, timestep = "AUTO", metric = "AUTO", ...) {
  native <- native_model(x)
  if (repeats_inputs(native)) {
    abort_argument("Plots of the scoring history are for models with a response.")
  }
  if (identical(metric, "AUTO")) metric <- first_metric(native)
  plot(native, metric = metric, timestep = timestep, ...)
}

# What H2O's plots show unless asked.
first_metric <- function(native) {
  classes <- length(native$response$levels)
  if (classes == 2) "logloss" else if (classes > 2) "classification_error" else "rmse"
}

#' @rdname plot.H2OModel
#' @export
plot.H2OModelMetrics <- function(x, type = "roc", main = NULL, ...) {
  need_two_classes(x)
  type <- choose_one(type, c("roc", "pr", "gains_lift", "cutoffs"), "type")
  native <- attr(x, "deeplearning")
  if (type == "gains_lift") {
    return(h2o.gains_lift_plot(x, main = main, ...))
  }
  if (type == "cutoffs") {
    table <- need_two_classes(x)
    graphics::plot(
      table$threshold, table$f1,
      type = "l", xlab = "Threshold", ylab = "F1", main = main %||% "F1 by threshold", ...
    )
    return(invisible(bare_table(table[c("threshold", "f1")])))
  }
  # `typ`, for lines or points, would be taken for `type`: curves are lines.
  more <- list(...)
  more <- more[!names(more) %in% "typ"]
  do.call(plot, c(list(native, type, main = main), more))
}

#' @rdname plot.H2OModel
#' @export
h2o.varimp_plot <- function(model, num_of_features = NULL) {
  native <- native_model(model, "model")
  if (is.null(native$variable_importances)) {
    abort_argument("The model was trained with `variable_importances = FALSE`.")
  }
  one <- apply_rule(rule_optional(rule_whole(1)), "num_of_features", num_of_features)
  if (!is.null(one$problem)) {
    abort_argument(one$problem)
  }
  plot(native,
    what = "importance", by = "input", most = num_of_features %||% 10,
    main = "Variable Importance: Deep Learning"
  )
}

#' @rdname plot.H2OModel
#' @export
h2o.gains_lift_plot <- function(object, type = c("both", "gains", "lift"), xval = FALSE,
                                newdata = NULL, ...) {
  type <- choose_one(type, c("both", "gains", "lift"), "type")
  metrics <- as_metrics(object, newdata, xval = isTRUE(xval))
  need_two_classes(metrics)
  native <- attr(metrics, "deeplearning")
  types <- if (type == "both") c("gains", "lift") else type
  if (type == "both") {
    before <- graphics::par(mfrow = c(1, 2))
    on.exit(graphics::par(before))
  }
  for (one in types) plot(native, one, ...)
  invisible(metrics@metrics$gains_lift_table)
}

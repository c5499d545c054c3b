#' @include h2o-metrics.R
NULL

#' Predict and score as H2O does
#'
#' `h2o.predict()`, which `predict()` of such a model calls, gives a frame with a row for
#' each row of `newdata`. `h2o.performance()` computes metrics on new rows or hands out
#' those of the model.
#'
#' The label of a model of two classes is the second where its probability reaches the
#' model's threshold, which `h2o.reset_threshold()` changes in the registry.
#'
#' @param object,model A model of [h2o.deeplearning()] or its id.
#' @param newdata,data A frame, a data frame or an id; `data` is an older name. Columns
#'   that are missing count as missing values, with a warning.
#' @param train,valid,xval Without `newdata`: metrics of which rows.
#' @param auc_type As for [performance()].
#' @param auuc_type Not used: networks have no treatment.
#' @param per_feature The error of each input, rather than their mean?
#' @param layer A hidden layer, from 1.
#' @param threshold A probability, 0 to 1.
#' @param ... Not used.
#' @return `h2o.predict()`: a frame. Regression: `predict`; classes: `predict` (the label)
#'   and the probability of each, named by the class, with a `p` in front of a number;
#'   autoencoder: `reconstr_` and the name of each input.
#'
#'   `h2o.performance()`: `H2OBinomialMetrics` and so on; `NULL` with a warning if
#'   `newdata` lacks the response.
#'
#'   `h2o.anomaly()`: a frame with `Reconstruction.MSE`, or with the squared error of
#'   each input. `h2o.deepfeatures()`: a frame with the values of a layer's units.
#'   `h2o.reset_threshold()`: the threshold before.
#' @seealso [predict.deeplearning()], [performance()], [anomaly()], [deep_features()]
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame, hidden = 5, epochs = 5, seed = 1)
#' h2o.predict(model, frame)
#' h2o.performance(model, frame)
#' @export
h2o.predict <- function(object, newdata, ...) {
  native <- native_model(object)
  if (missing(newdata)) {
    abort_argument("`newdata` is missing: give the frame of the rows to predict.")
  }
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  if (repeats_inputs(native)) {
    return(as_quiet_frame(stats::predict(native, frame)))
  }
  values <- stats::predict(native, frame)
  prediction_frame(native, values, native$default_threshold)
}

#' @rdname h2o.predict
#' @export
predict.H2OModel <- function(object, newdata, ...) h2o.predict(object, newdata, ...)

# values: of predict(): numbers, the second class's probability or a column per class;
# rows that nothing is known of are labelled as the first class and hold zeros.
prediction_frame <- function(native, values, threshold) {
  levels <- native$response$levels
  if (is.null(levels)) {
    return(new_frame(list(predict = values)))
  }
  if (!is.matrix(values)) {
    label <- values >= (threshold %||% 0.5)
    values <- cbind(1 - values, values)
  } else {
    label <- max.col(values, "first") - 1L
  }
  columns <- lapply(seq_along(levels), function(k) unname(values[, k]))
  names(columns) <- class_columns(levels)
  label <- factor(levels[label + 1L], levels)
  new_frame(c(list(predict = label), columns))
}

class_columns <- function(levels) {
  number <- grepl("^-?[0-9]+$", levels)
  ifelse(number, paste0("p", levels), levels)
}

# The data frame to predict: predictors that are not there are missing throughout.
complete_columns <- function(native, frame) {
  data <- bare_frame(frame)
  absent <- setdiff(native$encoding$offered, names(data))
  used <- intersect(absent, native$encoding$predictors)
  if (length(used) == length(native$encoding$predictors)) {
    return(data)
  }
  if (length(used) > 0) {
    warn_feedforward(
      sprintf(
        "`newdata` lacks %s, which the model uses: taken as missing in all rows.",
        list_names(used)
      ),
      class = "feedforward_missing_columns_warning"
    )
  }
  for (name in absent) data[[name]] <- absent_column(native, name, nrow(data))
  data
}

absent_column <- function(native, name, rows) {
  levels <- unlist(lapply(unname(native$encoding$groups), function(group) {
    group$levels[[name]]
  }))
  if (is.null(levels)) rep(NA_real_, rows) else factor(rep(NA, rows), levels)
}

#' @rdname h2o.predict
#' @export
h2o.performance <- function(model, newdata = NULL, train = FALSE, valid = FALSE,
                            xval = FALSE, data = NULL, auc_type = "NONE",
                            auuc_type = NULL) {
  native <- native_model(model, "model")
  if (is.null(newdata)) newdata <- data
  if (is.null(newdata)) {
    if (sum(isTRUE(train), isTRUE(valid), isTRUE(xval)) > 1) {
      abort_argument("Only one of `train`, `valid` and `xval` can be TRUE.")
    }
    part <- if (isTRUE(valid)) "valid" else if (isTRUE(xval)) "xval" else "train"
    return(part_metrics(wrapped_model(model), part))
  }
  frame <- read_h2o_frame(newdata, "newdata")
  plain <- complete_columns(native, frame)
  supervised <- !repeats_inputs(native)
  if (supervised && !native$response$name %in% names(plain)) {
    warn_feedforward(
      sprintf(
        "`newdata` lacks the response %s, so there are no metrics.",
        quote_name(native$response$name)
      ),
      class = "feedforward_metric_warning"
    )
    return(NULL)
  }
  metrics <- if (!supervised) {
    performance(native, plain)
  } else if (length(native$response$levels) > 2) {
    performance(native, plain, auc_type = auc_type)
  } else {
    performance(native, plain)
  }
  wrap_metrics(native, metrics, frame = frame_id(frame))
}

wrapped_model <- function(model) {
  if (is_h2o_model(model)) model else h2o.getModel(native_model(model)$model_id)
}

#' @rdname h2o.predict
#' @export
h2o.reset_threshold <- function(object, threshold) {
  native <- native_model(object)
  if (!task_of(native)$threshold) {
    abort_argument("`object` must be a model of two classes: others have no threshold.")
  }
  one <- apply_rule(rule_number(from = 0, to = 1), "threshold", threshold)
  if (!is.null(one$problem)) abort_argument(one$problem)
  before <- native$default_threshold
  native$default_threshold <- threshold
  changed <- keep_model(wrap_model(native))
  # H2O's models are handles to what is changed: the variable follows.
  assign_back(substitute(object), changed, parent.frame())
  before
}

# Gives a variable of the caller the value that it would have as a handle of H2O's.
assign_back <- function(name, value, envir) {
  if (is.symbol(name) && exists(as.character(name), envir = envir, inherits = TRUE)) {
    holder <- where_is(as.character(name), envir)
    if (!is.null(holder)) assign(as.character(name), value, envir = holder)
  }
}

where_is <- function(name, envir) {
  while (!identical(envir, emptyenv())) {
    if (exists(name, envir = envir, inherits = FALSE)) {
      return(if (!bindingIsLocked(name, envir)) envir)
    }
    envir <- parent.env(envir)
  }
  NULL
}

#' @rdname h2o.predict
#' @export
h2o.anomaly <- function(object, data, per_feature = FALSE) {
  native <- native_model(object)
  frame <- complete_columns(native, read_h2o_frame(data, "data"))
  values <- anomaly(native, frame, per_feature = per_feature)
  if (is.matrix(values)) {
    return(as_quiet_frame(values))
  }
  new_frame(list(Reconstruction.MSE = values))
}

#' @rdname h2o.predict
#' @export
h2o.deepfeatures <- function(object, data, layer) {
  native <- native_model(object)
  if (missing(layer)) layer <- 1
  frame <- complete_columns(native, read_h2o_frame(data, "data"))
  as_quiet_frame(deep_features(native, frame, layer))
}

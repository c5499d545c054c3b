#' @include h2o-predict.R
NULL

#' Look into a model as H2O does
#'
#' Importance of inputs, the scoring history, weights and biases, seed and folds.
#'
#' @param object A model of [h2o.deeplearning()] or its id.
#' @param matrix_id,vector_id Which layer, from 1; the last is the output layer.
#' @param ... Not used.
#' @return `h2o.varimp()` and `h2o.scoreHistory()`: tables. `h2o.weights()`: a frame,
#'   units in rows and inputs in columns; `h2o.biases()`: a frame of one column. Weights
#'   are there whether or not `export_weights_and_biases` was set. `h2o.get_seed()`: a
#'   number. `h2o.cross_validation_models()`: list of models; `_predictions()`: list of
#'   frames, zeros outside the fold; `_holdout_predictions()`: one frame;
#'   `_fold_assignment()`: a frame of one column, folds from 0. They are `NULL` where
#'   nothing was kept.
#' @seealso [varimp()], [score_history()], [weights.deeplearning()]
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame,
#'   hidden = 5, epochs = 5, seed = 1, nfolds = 2,
#'   keep_cross_validation_predictions = TRUE
#' )
#' h2o.varimp(model)
#' h2o.scoreHistory(model)
#' h2o.weights(model, 1)
#' h2o.cross_validation_holdout_predictions(model)
#' @export
h2o.varimp <- function(object, ...) {
  native <- native_model(object)
  if (is.null(native$variable_importances)) {
    warn_feedforward(
      "The model was trained with `variable_importances = FALSE`.",
      class = "feedforward_importance_warning"
    )
  }
  inputs_table(native$variable_importances)
}

#' @rdname h2o.varimp
#' @export
h2o.scoreHistory <- function(object) {
  history_table(native_model(object)$scoring_history, "Scoring History")
}

#' @rdname h2o.varimp
#' @export
h2o.weights <- function(object, matrix_id = 1) {
  native <- native_model(object)
  as_quiet_frame(unname_rows(native$weights[[layer_place(native, matrix_id)]]))
}

#' @rdname h2o.varimp
#' @export
h2o.biases <- function(object, vector_id = 1) {
  native <- native_model(object)
  new_frame(list(C1 = unname(native$biases[[layer_place(native, vector_id)]])))
}

layer_place <- function(native, layer) check_layer(layer, length(native$weights))

unname_rows <- function(matrix) {
  rownames(matrix) <- NULL
  matrix
}

#' @rdname h2o.varimp
#' @export
h2o.get_seed <- function(object) native_model(object)$arguments$seed

#' @rdname h2o.varimp
#' @export
h2o.cross_validation_models <- function(object) {
  native <- native_model(object)
  models <- native$cross_validation$models
  if (is.null(models)) {
    return(NULL)
  }
  unname(lapply(models, function(model) wrap_fold(model, native)))
}

wrap_fold <- function(model, native) {
  attr(model, "h2o") <- attr(native, "h2o")
  wrap_model(model)
}

#' @rdname h2o.varimp
#' @export
h2o.cross_validation_predictions <- function(object) {
  native <- native_model(object)
  if (is.null(native$cross_validation$predictions)) {
    return(NULL)
  }
  lapply(seq_along(native$cross_validation$histories), function(k) {
    fold_predictions(native, k)
  })
}

#' @rdname h2o.varimp
#' @export
h2o.cross_validation_holdout_predictions <- function(object) {
  native <- native_model(object)
  values <- native$cross_validation$predictions
  if (!is.null(values)) held_out_frame(native, values)
}

#' @rdname h2o.varimp
#' @export
h2o.cross_validation_fold_assignment <- function(object) {
  folds <- native_model(object)$cross_validation$folds
  if (!is.null(folds)) new_frame(list(fold_assignment = as.integer(folds) - 1L))
}

# What the fold's own model predicts; zeros in the rows of the other folds.
fold_predictions <- function(native, k) {
  crossed <- native$cross_validation
  values <- crossed$predictions
  others <- is.na(crossed$folds) | as.integer(crossed$folds) != k
  if (is.matrix(values)) values[others, ] <- 0 else values[others] <- 0
  frame <- held_out_frame(native, values)
  if (length(frame) == 3) {
    # Of two classes nothing is said of the other rows: neither class has a share.
    data <- bare_frame(frame)
    data[[2]][others] <- 0
    return(new_frame(data))
  }
  frame
}

held_out_frame <- function(native, values) {
  threshold <- native$cross_validation$metrics$default_threshold
  prediction_frame(native, values, threshold)
}

# ---- Ids of what belongs to a model ----------------------------------------------------

# Frames that no store holds but whose ids models tell: pattern, which group of it is the
# model's id, which the number (0: none), what it is.
frame_patterns <- list(
  list("^prediction_(.*)_cv_([0-9]+)$", 1, 2, function(native, k) {
    fold_predictions(native, k)
  }),
  list("^cv_holdout_prediction_(.*)$", 1, 0, function(native, k) {
    h2o.cross_validation_holdout_predictions(native)
  }),
  list("^cv_fold_assignment_(.*)$", 1, 0, function(native, k) {
    h2o.cross_validation_fold_assignment(native)
  }),
  list("^weights_([0-9]+)_(.*)$", 2, 1, function(native, k) h2o.weights(native, k)),
  list("^biases_([0-9]+)_(.*)$", 2, 1, function(native, k) h2o.biases(native, k))
)

frame_of_model <- function(id) {
  for (pattern in frame_patterns) {
    groups <- regmatches(id, regexec(pattern[[1]], id))[[1]][-1]
    model <- if (length(groups) > 0) store_get(groups[[pattern[[2]]]])
    if (is_h2o_model(model)) {
      number <- as.integer(c(groups[pattern[[3]]], 0)[[1]])
      frame <- pattern[[4]](native_model(model), number)
      if (!is.null(frame)) attr(frame, "id") <- id
      return(frame)
    }
  }
  NULL
}

# Models of folds, <id of the model>_cv_<number>.
model_of_model <- function(id) {
  found <- regmatches(id, regexec("^(.*)_cv_([0-9]+)$", id))[[1]]
  model <- if (length(found) > 0) store_get(found[[2]])
  if (!is_h2o_model(model)) {
    return(NULL)
  }
  native <- native_model(model)
  fold <- Filter(function(one) one$model_id == id, native$cross_validation$models)
  if (length(fold) > 0) wrap_fold(fold[[1]], native)
}

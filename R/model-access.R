#' Scoring history of a model
#'
#' One row for each time the model was scored during training, with the columns
#' of H2O. The first row stands for the untrained network and has no metrics. When
#' the best model was restored at the end, one more row repeats the last `epochs`,
#' `iterations` and `samples` with the metrics of the model that was kept.
#'
#' @param object A model from [deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A data frame with the columns `timestamp` (character, local time),
#'   `duration` (seconds since the start of training), `training_speed` (rows per
#'   second of training time, `NA` before the first), `epochs`, `iterations`, `samples`
#'   (rows trained on), and the metrics of the training rows (a sample of
#'   them above `score_training_samples`) with the prefix `training_`, then those of
#'   the validation rows with the prefix `validation_`, if there were any:
#'   `rmse`, `deviance`, `mae`, `r2` for regression; `rmse`, `logloss`, `r2`, `auc`,
#'   `pr_auc`, `lift`, `classification_error` for two classes; `rmse`, `logloss`,
#'   `r2`, `classification_error`, `auc`, `pr_auc` for more.
#' @seealso [plot.deeplearning()] draws it.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 5, seed = 1)
#' score_history(model)
#' @export
score_history <- function(object, ...) {
  UseMethod("score_history")
}

#' @export
score_history.default <- function(object, ...) {
  abort_no_model(object, "object")
}

#' @rdname score_history
#' @method score_history deeplearning
#' @export
score_history.deeplearning <- function(object, ...) {
  check_no_more(..., fun = "score_history")
  object$scoring_history
}

#' Weights and biases of a layer
#'
#' The parameters of one layer of the network as they stand in the model. Inputs
#' enter standardised if the model was trained with `standardize = TRUE`.
#'
#' A Maxout unit has two channels and therefore two rows of weights and two biases,
#' one below the other.
#'
#' @param object A model from [deeplearning()].
#' @param layer Which layer: 1 is the first hidden layer, the number of hidden layers
#'   plus 1 is the output layer. Anything else is a `feedforward_argument_error`.
#' @param member Of a model of several `members`: which, from 1. Anything else is a
#'   `feedforward_argument_error`.
#' @param ... Not used; anything given here is an error.
#' @return `weights()`: a numeric matrix, one row per unit of the layer and one column
#'   per unit of the layer below; the columns of layer 1 have the names of the inputs
#'   (`predictor.level` for factors), all others are called `C1`, `C2`, ....
#'   `biases()`: a numeric vector with one element per unit, named like the rows.
#' @seealso [varimp()]
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 5, seed = 1)
#' weights(model, layer = 1)
#' biases(model, layer = 2)
#' @name weights.deeplearning
NULL

#' @rdname weights.deeplearning
#' @method weights deeplearning
#' @export
weights.deeplearning <- function(object, layer = 1, member = 1, ...) {
  check_no_more(..., fun = "weights")
  weights <- pick_member(object, member)$weights
  weights[[check_layer(layer, length(weights))]]
}

#' @rdname weights.deeplearning
#' @export
biases <- function(object, ...) {
  UseMethod("biases")
}

#' @export
biases.default <- function(object, ...) {
  abort_no_model(object, "object")
}

#' @rdname weights.deeplearning
#' @method biases deeplearning
#' @export
biases.deeplearning <- function(object, layer = 1, member = 1, ...) {
  check_no_more(..., fun = "biases")
  biases <- pick_member(object, member)$biases
  biases[[check_layer(layer, length(biases))]]
}

pick_member <- function(model, member) {
  sets <- parameter_sets(model)
  if (!is_bare_number(member) || !member %in% seq_along(sets)) {
    abort_argument(sprintf(
      "`member` must be one whole number from 1 to %d, those of the model, not %s.",
      length(sets), shorten(member)
    ))
  }
  sets[[member]]
}

check_layer <- function(layer, layers) {
  fine <- is.numeric(layer) && length(layer) == 1 && !is.na(layer) &&
    layer == trunc(layer) && layer >= 1 && layer <= layers
  if (!fine) {
    abort_argument(sprintf(
      "`layer` must be one whole number between 1 and %d (the output layer), not %s.",
      layers, shorten(layer)
    ))
  }
  as.integer(layer)
}

# A misspelt argument must not vanish in the dots. To be called by the method itself,
# whose arguments are those there are.
check_no_more <- function(..., fun) {
  if (...length() == 0) {
    return(invisible())
  }
  given <- ...names()
  if (is.null(given)) {
    given <- rep("", ...length())
  }
  # ...names() fills unnamed places with NA or "", depending on R's version.
  given[is.na(given)] <- ""
  shown <- ifelse(given == "", "an unnamed one", quote_name(given))
  known <- setdiff(names(formals(sys.function(-1))), "...")
  abort_argument(sprintf(
    "`%s()` does not know this argument: %s.%s", fun, paste(shown, collapse = ", "),
    if (length(given) == 1 && given != "") did_you_mean(given, known) else ""
  ))
}

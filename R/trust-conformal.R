#' Intervals and sets that hold the response with a given probability
#'
#' Conformal prediction: from rows that did not train, `conformal()` learns how far
#' responses are from what the model predicts. `predict(model, newdata, interval = 0.9)`
#' then gives, for each row, an interval (or for classes a set) that holds its response
#' with a probability of .9 at least, however good or bad the model is, as long as the
#' rows are exchangeable: old and new ones drawn alike (Vovk et al. 2005). The
#' probability is that over all rows; those of one kind may be covered more or less
#' often.
#'
#' * `"split"` (Lei et al. 2018) takes rows that are set aside, `newdata` (or what
#'   cross-validation has kept of rows held out, which is an approximation: the model
#'   has trained on them). With n rows the bound is the score of rank ceiling((n + 1)
#'   level), so that the probability is between `level` and `level + 1 / (n + 1)`.
#' * `"cv+"` (Barber et al. 2021) needs no rows beside those of training: each is scored
#'   by the model of the fold that held it out, and intervals are of all those models.
#'   The probability is at least `2 * level - 1` less about the square root of 2 / n,
#'   and close to `level` in practice. Train with `nfolds`,
#'   `keep_cross_validation_models = TRUE` (the default),
#'   `keep_cross_validation_predictions = TRUE`, `keep_cross_validation_fold_assignment
#'   = TRUE`, and with `keep_data = TRUE` or give `y`. Predictions take as many times
#'   longer as there are folds.
#'
#' @section Scores:
#' Numbers:
#' * `"absolute"`: the absolute residual; all intervals of a split are equally wide.
#' * `"normalised"`: the residual divided by `spread`'s prediction, so intervals are
#'   wide where that model expects large residuals. Train it on absolute residuals of
#'   rows, with a distribution of a log link (`"gamma"`, `"tweedie"`, `"poisson"`).
#' * `"quantile"` (conformalised quantile regression, Romano et al. 2019): the distance
#'   from an interval between the predictions of `lower` and `upper`, two models trained
#'   with `distribution = "quantile"`. The `fit` is still that of `model`.
#'
#' Classes:
#' * `"aps"` (adaptive prediction sets, Romano et al. 2020): the probability of all
#'   classes more probable than the response. No set is empty: the most probable class
#'   is always in. Sets are a little larger than those of the paper, which draws a
#'   random number for each row.
#' * `"lac"` (Sadinle et al. 2019): one minus the probability of the response. The
#'   smallest sets on average; some may be empty, of rows like none before.
#'
#' Probabilities are those of the model, calibrated if it is; with `"cv+"` those of the
#' folds' models, which are not. Calibrate first, on other rows.
#'
#' Under a log link no interval goes below 0.
#'
#' @param model A model of numbers or classes from [deeplearning()].
#' @param newdata,y Rows that did not train, with the response, as for [calibrate()].
#'   With `"cv+"` only `y`, where the model does not keep its data.
#' @param method `"split"` or `"cv+"`.
#' @param score What is scored, see Scores; by default `"absolute"` or `"aps"`, or the
#'   one that the further models given are for.
#' @param spread,lower,upper Further models, for `"normalised"` and `"quantile"`; they
#'   predict the same rows and are kept in the model. `"split"` only.
#' @param threads How many threads predict, see [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return The model with `conformal`: `method`, `score`, `rows`, `source`, `scores` (a
#'   list of rising vectors, one, or one for each fold) and `models`. It is saved and
#'   loaded with the model; training it further (`checkpoint`) loses it, with a warning.
#'   Calling `conformal()` again replaces it.
#' @section Errors:
#' `feedforward_argument_error` for an autoencoder or an argument that does not fit;
#' `feedforward_input_error` for a response that is missing, and for rows of different
#' weights: the guarantee is of rows that count alike. Rows of weight 0 are left out.
#' @references
#' Barber, R. F., Candes, E. J., Ramdas, A. and Tibshirani, R. J. (2021). Predictive
#' inference with the jackknife+. *Annals of Statistics*, 49, 486-507.
#'
#' Lei, J., G'Sell, M., Rinaldo, A., Tibshirani, R. J. and Wasserman, L. (2018).
#' Distribution-free predictive inference for regression. *Journal of the American
#' Statistical Association*, 113, 1094-1111.
#'
#' Romano, Y., Patterson, E. and Candes, E. J. (2019). Conformalized quantile
#' regression. \doi{10.48550/arXiv.1905.03222}
#'
#' Romano, Y., Sesia, M. and Candes, E. J. (2020). Classification with valid and
#' adaptive coverage. \doi{10.48550/arXiv.2006.02544}
#'
#' Sadinle, M., Lei, J. and Wasserman, L. (2019). Least ambiguous set-valued classifiers
#' with bounded error levels. *Journal of the American Statistical Association*, 114,
#' 223-234.
#'
#' Vovk, V., Gammerman, A. and Shafer, G. (2005). *Algorithmic Learning in a Random
#' World*.
#' @seealso [predict.deeplearning()] with `interval`, [calibrate()]
#' @examples
#' part <- rep(1:3, length.out = 150)
#' model <- deeplearning(Sepal.Length ~ ., iris[part == 1, ], hidden = 10, epochs = 50,
#'   seed = 1)
#' model <- conformal(model, iris[part == 2, ])
#' found <- predict(model, iris[part == 3, ], interval = 0.9)
#' head(found)
#' actual <- iris$Sepal.Length[part == 3]
#' mean(found$lower <= actual & actual <= found$upper)
#'
#' folded <- deeplearning(Species ~ ., iris,
#'   hidden = 10, epochs = 20, seed = 1, nfolds = 5,
#'   keep_cross_validation_predictions = TRUE,
#'   keep_cross_validation_fold_assignment = TRUE, keep_data = TRUE
#' )
#' folded <- conformal(folded, method = "cv+")
#' predict(folded, iris[c(1, 71, 120), ], interval = 0.9)
#' @export
conformal <- function(model, newdata = NULL, ...) {
  UseMethod("conformal")
}

#' @export
conformal.default <- function(model, newdata = NULL, ...) {
  abort_no_model(model, "model")
}

#' @rdname conformal
#' @export
conformal.deeplearning <- function(model, newdata = NULL, method = c("split", "cv+"),
                                   score = NULL, y = NULL, spread = NULL, lower = NULL,
                                   upper = NULL, threads = NULL, ...) {
  check_no_more(..., fun = "conformal")
  method <- choose_one(method, c("split", "cv+"), "method")
  check_shown(model)
  check_model(model)
  models <- list(spread = spread, lower = lower, upper = upper)
  models <- models[!vapply(models, is.null, NA)]
  score <- choose_score(model, score, names(models))
  check_helpers(models)
  folds <- method == "cv+"
  if (folds) check_folds_kept(model, newdata, score)
  conformal <- list(method = method, score = score, models = models)
  if (!folds && is.null(newdata) && length(models) > 0) {
    abort_argument("`newdata` is missing: further models need the rows themselves.")
  }
  rows <- held_out_rows(model, if (!folds) newdata, y, threads, conformal)
  check_equal_weights(rows$weights)
  # Folds' models are not calibrated.
  found <- rows$found
  if (!is.null(rows$link)) {
    found <- calibrated_rows(if (!folds) model$calibration, rows$link)
  }
  scores <- conformities[[score]]$scores(found, rows$actual)
  scores <- if (folds) {
    split(scores, rows$fold)
  } else {
    list(scores)
  }
  model$conformal <- list(
    method = method, score = score, rows = length(rows$actual), source = rows$source,
    scores = lapply(unname(scores), function(x) sort(as.double(x))), models = models
  )
  model
}

choose_score <- function(model, score, helpers) {
  known <- conformities_of(task_of(model)$target)
  if (length(known) == 0) {
    abort_argument(sprintf(
      "`conformal()` needs a model of numbers or classes; this one is of %s.",
      task_of(model)$problem
    ))
  }
  needed <- lapply(conformities[known], `[[`, "helpers")
  if (is.null(score)) {
    fits <- vapply(needed, setequal, NA, helpers)
    score <- c(known[fits], known)[[1]]
  }
  score <- choose_one(score, known, "score")
  wrong <- c(setdiff(helpers, needed[[score]]), setdiff(needed[[score]], helpers))
  if (length(wrong) > 0) {
    abort_argument(sprintf(
      "`score = \"%s\"` takes %s; %s.", score,
      if (length(needed[[score]]) > 0) {
        paste("the models", list_names(needed[[score]]))
      } else {
        "no further models"
      },
      if (length(helpers) > 0) paste("given:", list_names(helpers)) else "none was given"
    ))
  }
  score
}

check_helpers <- function(models) {
  for (name in names(models)) {
    model <- models[[name]]
    if (!inherits(model, "deeplearning")) abort_no_model(model, name)
    check_model(model)
    if (task_of(model)$target != "numbers") {
      abort_argument(sprintf(
        "`%s` must be a model of numbers; it is of %s.", name, task_of(model)$problem
      ))
    }
  }
  if (!is.null(models$spread) && models$spread$response$link != "log") {
    abort_argument(paste(
      "`spread` must predict numbers above 0: train it with a distribution of a log",
      "link, \"gamma\", \"tweedie\" or \"poisson\"."
    ))
  }
}

check_folds_kept <- function(model, newdata, score) {
  if (!is.null(newdata)) {
    abort_argument(paste(
      "`newdata` has no meaning with `method = \"cv+\"`, whose rows are those of",
      "training. Leave it out, or use \"split\"."
    ))
  }
  if (!conformities[[score]]$folded) {
    abort_argument(sprintf(
      "`score = \"%s\"` goes with `method = \"split\"` alone.", score
    ))
  }
  parts <- c(
    models = "keep_cross_validation_models",
    predictions = "keep_cross_validation_predictions",
    folds = "keep_cross_validation_fold_assignment"
  )
  absent <- vapply(model$cross_validation[names(parts)], is.null, NA)
  if (is.null(model$cross_validation) || any(absent)) {
    abort_argument(sprintf(
      "`method = \"cv+\"` needs what the model has not kept: train it with `nfolds`, %s.",
      paste0("`", parts, " = TRUE`", collapse = ", ")
    ))
  }
}

check_equal_weights <- function(weights) {
  if (length(weights) == 0) {
    abort_input("No row has a response, a prediction and a weight above 0.")
  }
  if (any(weights != weights[[1]])) {
    abort_input(paste(
      "The rows have different weights, and conformal prediction counts rows alike:",
      "leave the weights' column out of `newdata`, or give rows of one weight."
    ))
  }
}

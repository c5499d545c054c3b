#' Formula, fitted values, coefficients and the like of a model
#'
#' What R's generic functions for models mean for a network.
#'
#' * `formula()` and `terms()` name the response, the predictors and an offset, `.`
#'   written out; predictors that were dropped as constant are among them. Of a model
#'   that was trained on a response outside the data it is called `y`.
#' * `update()` evaluates the call again, with changes.
#' * `nobs()` counts the rows that trained.
#' * `fitted()` and `residuals()` need the rows again, as `newdata`, unless the model was
#'   trained with `keep_data = TRUE`. Residuals are response minus prediction, for
#'   regression only.
#' * `deviance()` is the mean deviance of the training rows (of the sample that was
#'   scored, if they are many) times their number: for the normal distribution the sum
#'   of squares, for classes twice the negative log-likelihood.
#' * `coef()` is for a model without a hidden layer (`hidden = numeric()`), which is a
#'   generalised linear model: coefficients in the units of the data, on the scale of
#'   `predict(type = "link")`. Each level of a factor has one, and none is left out as a
#'   base. For classes they are differences to the first class.
#'
#' `logLik()`, and with it `AIC()` and `BIC()`, and `family()` are an error that says why.
#'
#' @param object,x A model from [deeplearning()].
#' @param formula. A change to the formula, as for [stats::update.formula()]; for models
#'   that were trained with a formula.
#' @param newdata Rows to predict: those that the model was trained on, or others.
#' @param y The response of the rows of `newdata`, where they do not hold it.
#' @param evaluate FALSE returns the changed call.
#' @param ... `update()`: arguments of [deeplearning()] to change or add, `NULL` to leave
#'   one out. Others: not used; anything given here is an error.
#' @return `coef()`: a named numeric vector, `(Intercept)` first; of more than two classes
#'   a matrix with a row for each class but the first. `fitted()` and `residuals()`: one
#'   value, or one row, per row of `newdata`.
#' @section Errors:
#' `feedforward_argument_error` where the model has no such thing or `newdata` is missing.
#' @seealso [predict.deeplearning()], [performance()], [weights.deeplearning()]
#' @examples
#' model <- deeplearning(mpg ~ log(wt) + hp, mtcars, hidden = 5, epochs = 20, seed = 1)
#' formula(model)
#' smaller <- update(model, . ~ . - hp, hidden = 3)
#' head(residuals(model, mtcars))
#'
#' linear <- update(model, hidden = numeric(), epochs = 2000)
#' coef(linear)
#' coef(lm(mpg ~ log(wt) + hp, mtcars))
#' @name model-methods
NULL

#' @rdname model-methods
#' @method formula deeplearning
#' @export
formula.deeplearning <- function(x, ...) {
  check_no_more(..., fun = "formula")
  stats::as.formula(model_formula(x), env = parent.frame())
}

#' @rdname model-methods
#' @method terms deeplearning
#' @export
terms.deeplearning <- function(x, ...) {
  stats::terms(stats::as.formula(model_formula(x), env = parent.frame()), ...)
}

# As code, without an environment.
model_formula <- function(model) {
  term <- function(role) {
    lapply(Filter(function(entry) entry$role == role, model$derived), `[[`, "term")
  }
  made <- unlist(lapply(model$derived, `[[`, "columns"))
  plain <- setdiff(model$encoding$offered, made)
  offset <- lapply(c(term("offset")), function(term) call("offset", term))
  predictors <- c(lapply(plain, as.name), term("predictor"), offset)
  right <- Reduce(function(sum, term) call("+", sum, term), unname(predictors))
  if (task_of(model)$target == "inputs") {
    return(call("~", right))
  }
  call("~", c(term("response"), as.name(model$response$name))[[1]], right)
}

#' @rdname model-methods
#' @method update deeplearning
#' @export
update.deeplearning <- function(object, formula., ..., evaluate = TRUE) {
  call <- object$call
  changes <- match.call(expand.dots = FALSE)$...
  if (length(changes) > 0 && (is.null(names(changes)) || any(names(changes) == ""))) {
    abort_argument("Every change but the formula must be named.")
  }
  if (!missing(formula.)) {
    if (!"formula" %in% names(call)) {
      abort_argument(paste(
        "`formula.` is for models that were trained with a formula; this one was given",
        "`x` and `y`. Change those: update(model, x = ...)."
      ))
    }
    # Without an environment, so that names are looked for where the call is evaluated.
    changes$formula <- plain_code(stats::update(stats::formula(object), formula.))
  }
  for (name in names(changes)) call[[name]] <- changes[[name]]
  # Words that tidy_call() put there, and what a function around the call had in its dots.
  lost <- Filter(function(part) {
    is.symbol(part) && grepl("^(<.+>|[.]{2}[0-9]+)$", part)
  }, as.list(call))
  if (length(lost) > 0) {
    abort_argument(sprintf(
      "%s went into the call as a value, which the model does not keep: give it again.",
      list_names(names(lost))
    ))
  }
  if (!evaluate) {
    return(call)
  }
  frame <- parent.frame()
  data <- as.list(call)[names(call) %in% c("data", "training_frame", "x", "y")]
  variables <- vapply(Filter(is.symbol, data), as.character, "")
  unknown <- variables[!vapply(variables, exists, NA, envir = frame)]
  if (length(unknown) > 0) {
    abort_argument(sprintf(
      "%s of the call is not to be found from here: give it again, as in %s.",
      list_names(unknown), "update(model, data = )"
    ))
  }
  eval(call, frame)
}

#' @rdname model-methods
#' @method nobs deeplearning
#' @export
nobs.deeplearning <- function(object, ...) {
  check_no_more(..., fun = "nobs")
  object$training_rows
}

#' @rdname model-methods
#' @method fitted deeplearning
#' @export
fitted.deeplearning <- function(object, newdata = object$data$newdata, ...) {
  check_no_more(..., fun = "fitted")
  need_rows(is.null(newdata), "fitted")
  stats::predict(object, newdata)
}

#' @rdname model-methods
#' @method residuals deeplearning
#' @export
residuals.deeplearning <- function(object, newdata = NULL, y = NULL, ...) {
  check_no_more(..., fun = "residuals")
  if (task_of(object)$target != "numbers") {
    abort_argument(sprintf(
      "residuals() needs a model of numbers; this one is of %s.",
      task_of(object)$problem
    ))
  }
  if (is.null(newdata)) {
    newdata <- object$data$newdata
    y <- object$data$y
  }
  need_rows(is.null(newdata), "residuals")
  predicted <- stats::predict(object, newdata)
  new_response(object, newdata, y) - predicted
}

need_rows <- function(missing, fun) {
  if (missing) {
    abort_argument(sprintf(
      paste(
        "`newdata` is missing: the model does not keep its training rows, unless trained",
        "with `keep_data = TRUE`. Give them again: %s(model, newdata = ...)."
      ),
      fun
    ))
  }
}

#' @rdname model-methods
#' @method deviance deeplearning
#' @export
deviance.deeplearning <- function(object, ...) {
  check_no_more(..., fun = "deviance")
  task_of(object)$deviance(object$training_metrics) * object$training_rows
}

#' @rdname model-methods
#' @method logLik deeplearning
#' @export
logLik.deeplearning <- function(object, ...) {
  abort_argument(paste(
    "A network has no maximum likelihood that logLik(), AIC() or BIC() could count on:",
    "it is not trained to the end. Compare models by performance() on new rows."
  ))
}

#' @rdname model-methods
#' @method family deeplearning
#' @export
family.deeplearning <- function(object, ...) {
  abort_argument(sprintf(
    "A network has no family object. Its distribution is \"%s\", its link \"%s\".",
    object$response$distribution, object$response$link
  ))
}

#' @rdname model-methods
#' @method coef deeplearning
#' @export
coef.deeplearning <- function(object, ...) {
  check_no_more(..., fun = "coef")
  check_one_network(object, "coef()")
  if (length(object$network$hidden) > 0) {
    abort_argument(paste(
      "Only a model without a hidden layer (`hidden = numeric()`) has coefficients.",
      "See varimp() and weights()."
    ))
  }
  # A number x is the input (x - mean) * scale; the response, (y - mean) * scale.
  response <- object$response
  numeric <- setdiff(numeric_choice(object$arguments), "standard")
  if (length(numeric) > 0) {
    abort_argument(sprintf(
      "A number that enters by \"%s\" has no coefficient. See varimp() and weights().",
      numeric
    ))
  }
  units <- lapply(names(object$encoding$groups), function(name) {
    encoders[[name]]$units(object$encoding$groups[[name]])
  })
  means <- unlist(lapply(units, `[[`, "means"))
  scales <- unlist(lapply(units, `[[`, "scales"))
  # What dropout of inputs kept in training, prediction makes up for.
  scales <- scales * object$network$kept[[1]]
  slopes <- sweep(unname(object$weights[[1]]), 2, scales / response$scale, "*")
  intercept <- object$biases[[1]] / response$scale + response$mean - slopes %*% means
  coefficients <- cbind(intercept, slopes)
  colnames(coefficients) <- c("(Intercept)", object$encoding$input_names)
  # What training never saw has none.
  seen <- setdiff(seq_len(ncol(coefficients)), object$encoding$unused + 2)
  coefficients <- coefficients[, seen, drop = FALSE]
  if (is.null(response$levels)) {
    return(coefficients[1, ])
  }
  rownames(coefficients) <- response$levels
  sweep(coefficients, 2, coefficients[1, ])[-1, , drop = nrow(coefficients) == 2]
}

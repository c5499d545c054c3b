#' Train a feedforward neural network on a table
#'
#' Trains a multilayer network for classification or regression on the columns of a
#' data frame, with the arguments, defaults and results of `h2o.deeplearning`.
#'
#' Factors (and text and logical columns) enter the network with one input per level
#' and one for missing values; they are never expanded, so thousands of levels cost
#' little. Numbers enter standardised, a missing one as the mean. See *Data* below.
#'
#' The columns can be named in four ways:
#'
#' * as in H2O, `deeplearning(x, y, training_frame)`, where `x` and `y` are names or
#'   positions of columns and `x` may be left out;
#' * with a formula, `deeplearning(y ~ a + b, data)`, `y ~ .` for all other columns,
#'   `y ~ . - c` for all but one; see the section *Formulas*;
#' * with the predictors themselves, `deeplearning(x, y)`, where `x` is a data frame, a
#'   numeric matrix or one of package Matrix and `y` a vector with one value per row.
#'   `validation_frame` is then a list of `x` and `y` of the same kinds;
#' * with a data frame and the name of the response in it, `deeplearning(x, "y")`.
#'
#' @section Formulas:
#' Calls such as `log(a)` or `factor(y)` make further columns, and those that return a
#' matrix, such as `poly(a, 2)` or `splines::ns(a, 3)`, one for each of its columns. They
#' are computed from columns of `data`, from variables of the caller, whose values the
#' model keeps, and with functions on the search path. `offset(z)` is an offset; `.` is
#' all columns but those of the response (and of `weights_column`). Interactions are an
#' error: a network finds them itself.
#'
#' New data are treated as the training data were: what `poly()`, `ns()`, `bs()` and
#' `scale()` take from the training rows is kept, as [stats::makepredictcall()] has it,
#' and so are numbers such as `mean(a)` in `a - mean(a)`. Where the value for a row
#' depends on the other rows in a way that cannot be kept (`rank(a)`, `cumsum(a)`,
#' `cut(a, 3)`), a warning of class `feedforward_formula_warning` says so. [predict()]
#' does not look at the response's side.
#'
#' @eval argument_docs()
#' @param formula A formula `response ~ predictors`, see Details.
#' @param data The data frame (tibble, data.table) that `formula` speaks of.
#' @param ... Methods other than the default: training arguments by name, any of those
#'   listed here. A name that is none of them is an error.
#' @return A fitted model: a plain list of vectors, lists and data frames of class
#'   `deeplearning_binomial`, `deeplearning_multinomial` or `deeplearning_regression`,
#'   and `deeplearning`. It can be saved with [saveRDS()] and holds no training row.
#'   Among its elements: `weights` (a list of matrices, units x inputs) and `biases`,
#'   `scoring_history`, `training_metrics`, `validation_metrics`,
#'   `variable_importances`, `default_threshold` (two classes), `status` (`"finished"`,
#'   `"stopped early"`, `"time limit"`, `"interrupted"`, `"unstable"`, or `"unfinished"`
#'   in a file of `export_checkpoints_dir`), `stopped_by` (the argument that stopped it
#'   early: `"stopping_metric"`, `"regression_stop"` or `"classification_stop"`),
#'   `epochs_trained`, `arguments` (all of them, as used).
#' @references
#' H2O.ai: Deep Learning (Neural Networks), in the H2O-3 documentation.
#' <https://docs.h2o.ai/h2o/latest-stable/h2o-docs/data-science/deep-learning.html>
#'
#' Zeiler, M. D. (2012). ADADELTA: an adaptive learning rate method.
#' \doi{10.48550/arXiv.1212.5701}
#'
#' Kingma, D. P. and Ba, J. (2015). Adam: a method for stochastic optimization.
#' \doi{10.48550/arXiv.1412.6980}
#'
#' Loshchilov, I. and Hutter, F. (2019). Decoupled weight decay regularization.
#' \doi{10.48550/arXiv.1711.05101}
#'
#' Chen, K. and Huo, Q. (2016). Scalable training of deep learning machines by
#' incremental block training with intra-block parallel optimization and blockwise
#' model-update filtering. *ICASSP 2016*. \doi{10.1109/ICASSP.2016.7472805}
#'
#' Srivastava, N., Hinton, G., Krizhevsky, A., Sutskever, I. and Salakhutdinov, R.
#' (2014). Dropout: a simple way to prevent neural networks from overfitting.
#' *Journal of Machine Learning Research*, 15, 1929-1958.
#'
#' Goodfellow, I., Warde-Farley, D., Mirza, M., Courville, A. and Bengio, Y. (2013).
#' Maxout networks. \doi{10.48550/arXiv.1302.4389}
#' @seealso [predict.deeplearning()], [performance()], [score_history()], [varimp()]
#' @examples
#' # H2O's way: names of columns, and a frame.
#' model <- deeplearning(
#'   x = names(iris)[1:4], y = "Species", training_frame = iris,
#'   hidden = c(10, 10), epochs = 20, seed = 1
#' )
#' model
#'
#' # A formula.
#' model <- deeplearning(Species ~ ., iris, hidden = 10, epochs = 20, seed = 1)
#' table(iris$Species, predict(model, iris, type = "class"))
#'
#' # The predictors themselves, and the response beside them.
#' model <- deeplearning(iris[1:4], iris$Species, hidden = 10, epochs = 20, seed = 1)
#' x <- as.matrix(mtcars[-1])
#' model <- deeplearning(x, mtcars$mpg, hidden = 10, epochs = 20, seed = 1)
#' predict(model, x[1:3, ])
#'
#' # A numeric response: regression. Adam in mini-batches instead of ADADELTA.
#' model <- deeplearning(
#'   mpg ~ ., mtcars,
#'   hidden = c(10, 10), epochs = 50, optimizer = "adam", mini_batch_size = 8, seed = 1
#' )
#' performance(model)
#'
#' # Early stopping on validation rows.
#' odd <- seq(1, 150, by = 2)
#' model <- deeplearning(
#'   Species ~ ., iris[odd, ],
#'   validation_frame = iris[-odd, ], hidden = 10, epochs = 1000,
#'   stopping_rounds = 2, stopping_metric = "misclassification",
#'   classification_stop = -1, seed = 1
#' )
#' c(model$status, model$stopped_by)
#' @include arguments-table.R
#' @export
deeplearning <- function(x, ...) {
  dots <- as.list(substitute(list(...)))[-1]
  check_names(names(dots) %||% character(), list(...))
  # deeplearning(formula = y ~ ., data = d) has no x to choose a method by, or has the
  # data there; deeplearning(y = , training_frame = ) has none either.
  at <- match("formula", names(dots))
  if (!is.na(at)) {
    if (is_absent(dots[[at]])) {
      abort_argument("`formula` is empty: give `response ~ predictors`.")
    }
    UseMethod("deeplearning", ...elt(at))
  }
  UseMethod("deeplearning", if (missing(x)) NULL else x)
}

#' @rdname deeplearning
#' @export
deeplearning.default <- function(x, y, training_frame, ...) {
  dots <- given_dots(...)
  refuse_others(dots, c("formula", "data"))
  call <- match.call(expand.dots = FALSE)
  # The formals are those of the table (below), so each argument that was written is a
  # variable here; what is in the dots has no place.
  written <- as.list(call)[setdiff(names(call), c("", "..."))]
  written <- names(Filter(Negate(is_absent), written))
  given <- c(mget(as.character(written), envir = environment()), dots)
  # Predictors of a class that has no method are to be told from a missing frame.
  columns <- is.null(given[["x"]]) || is.character(given[["x"]]) ||
    is.numeric(given[["x"]])
  if (columns && !"training_frame" %in% written) {
    abort_input(paste(
      "`training_frame` is missing: the data frame whose columns `x` and `y` name.",
      "If `x` is to be the predictors themselves, make it a data frame or a matrix."
    ))
  }
  form <- if (columns || "training_frame" %in% written) "frame" else "data"
  fit_model(list(call = match.call(), given = given, form = form))
}

# The arguments after x, y and training_frame stand in one table; the signature follows
# it.
formals(deeplearning.default) <- c(
  formals(deeplearning.default)[c("x", "y", "training_frame")],
  default_arguments(without = c("x", "y", "training_frame")),
  formals(deeplearning.default)["..."]
)

#' @rdname deeplearning
#' @export
deeplearning.formula <- function(formula, data, ...) {
  given <- given_dots(...)
  problems <- c(
    if (missing(data)) "`data` is missing: give the data frame that `formula` speaks of.",
    sprintf(
      "`%s` has no place beside a formula, which names the columns of `data`.",
      intersect(c("x", "y", "training_frame"), names(given))
    )
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  if (!is.data.frame(data)) {
    abort_argument(sprintf("`data` must be a data frame, not %s.", shorten(data)))
  }
  read_frame(data, "data")
  repeats <- isTRUE(given$autoencoder)
  if (repeats && length(formula) == 3) abort_argument(no_response)
  if (repeats) {
    # A response for the time of reading.
    formula <- stats::as.formula(
      call("~", as.name(no_column), formula[[2]]), environment(formula)
    )
    nothing <- stats::setNames(list(numeric(nrow(data))), no_column)
    data <- as_table(c(as.list(data), nothing), nrow(data))
  }
  read <- read_formula(formula, data, columns_apart(given, data))
  if (!is.null(read$offset)) {
    if (!is.null(given$offset_column)) {
      abort_argument("Give `offset_column` or offset() in the formula, not both.")
    }
    given$offset_column <- read$offset
  }
  given$checkpoint <- read_checkpoint(given)
  learned <- if (is.null(given$checkpoint)) {
    learn_derived(data, read$derived)
  } else {
    repeat_derived(data, read$derived, given$checkpoint$derived)
  }
  predictors <- Filter(function(entry) entry$role == "predictor", learned$derived)
  given$x <- c(
    setdiff(read$x, names(predictors)),
    unlist(lapply(predictors, `[[`, "columns"), use.names = FALSE)
  )
  given$y <- if (!repeats) read$y
  given$training_frame <- learned$data
  if (repeats) given$training_frame[[no_column]] <- NULL
  if (is.data.frame(given$validation_frame)) {
    given$validation_frame <- add_derived(
      given$validation_frame, learned$derived, c("predictor", "response", "offset"),
      what = "validation_frame"
    )
  }
  fit_model(list(
    call = match.call(), given = given, form = "frame", derived = learned$derived
  ))
}

#' @rdname deeplearning
#' @export
deeplearning.data.frame <- function(x, y, ...) {
  given <- given_dots(...)
  named <- !missing(y) && is.character(y) && length(y) == 1 && nrow(x) != 1
  if (!named) {
    return(fit_data(x, y, given, match.call()))
  }
  refuse_others(given, names(of_other_ways))
  given <- c(list(y = y, training_frame = x), given)
  fit_model(list(call = match.call(), given = given, form = "frame"))
}

#' @rdname deeplearning
#' @export
deeplearning.matrix <- function(x, y, ...) {
  fit_data(x, y, given_dots(...), match.call())
}

#' @rdname deeplearning
#' @export
deeplearning.dgCMatrix <- function(x, y, ...) {
  fit_data(x, y, given_dots(...), match.call())
}

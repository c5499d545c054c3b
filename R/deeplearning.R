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
#' @section Rounds and replicas:
#' With more than one replica (`replicas`), copies of the network train side by side on
#' different rows. After `averaging_interval` rows each, a round, they are averaged in a
#' fixed order, and the average moves on with a momentum that makes up for the averaging
#' (block momentum with a look-ahead, after Chen and Huo 2016). Replicas are part of the
#' model, like the seed; threads only carry them. With mini-batches one replica is used
#' and the threads share the work of each batch.
#'
#' @section Reproducibility:
#' The same call with the same seed gives the same model, bit for bit, on 1, 2, 4 or 8
#' threads. `seed = -1` draws one number from R's generator, so [set.seed()] repeats it;
#' any other seed leaves R's generator untouched. By default no decision looks at the
#' clock: which iterations are scored follows from counted operations. Only
#' `max_runtime_secs`, a positive `score_interval` and interrupts depend on the machine.
#' The weights depend neither on `train_samples_per_iteration` nor on when the network is
#' scored, apart from what early stopping and the choice of the best model decide by it
#' (and Huber's threshold, which follows the residuals).
#'
#' @section Scoring and early stopping:
#' After an iteration of `train_samples_per_iteration` rows the network may be scored:
#' ten iterations spread evenly over the run always are, others when scoring has become
#' cheap next to the training since (`score_duty_cycle`). A scoring computes the metrics
#' of up to `score_training_samples` training rows, always the same, and of the
#' validation rows, and adds a row to [score_history()].
#' Training stops early when the best of the last `stopping_rounds` moving averages of
#' `stopping_metric`, each over `stopping_rounds` scorings, does not beat the one before
#' them by more than `stopping_tolerance`, relative to it. By default the
#' best weights seen at a scoring are returned.
#'
#' @section Differences from h2o.deeplearning:
#' * Factor levels keep R's order, so the positive class is the second level.
#' * `shuffle_training_data` is TRUE and `score_interval` 0 by default.
#' * Observation weights multiply the loss, scaled to mean 1; H2O samples rows by them.
#' * `mini_batch_size` is real, and `optimizer` offers Adam, AdamW, RMSprop and Adagrad.
#' * ADADELTA and SGD start from H2O's weights and biases; the optimizers that H2O does
#'   not have start from zero biases and without H2O's wider output layer.
#' * Momentum ramps up while training, and Nesterov's gradient looks ahead.
#' * Huber's threshold follows the residuals; H2O's stays at one standard deviation.
#' * Offsets act whatever their sign.
#' * Dropout of inputs is made up for at prediction as that of hidden units is, and each
#'   layer has masks of its own.
#' * Missing numbers are the training mean in prediction as in training.
#' * After a time limit the last state is scored and the best weights are returned.
#' * Diverged training returns the best weights scored before, with a warning.
#' * AUC is exact. `mean_per_class_error` is the mean over the classes that the rows hold.
#' * `regression_stop` counts in variances of the response where that is below 1.
#' * Cross-validation, autoencoders, checkpoints, class balancing and encodings other
#'   than one-hot are not offered yet.
#'
#' @section Data:
#' Predictors are used in the order of the frame, factors first. Constant columns are
#' dropped with a warning, also those that vary by rounding only. Text becomes a factor
#' whose levels are sorted by bytes; dates and times count milliseconds since 1970,
#' durations seconds. Infinite predictors are an error. Levels that appear only in new
#' data, or in training only in rows that do not train, are taken for missing ones.
#'
#' What other packages wrap around a column goes, whatever its role: `integer64`, labelled
#' vectors, one-column matrices and frames. A text matrix whose columns hold numbers gives
#' numbers, with a warning. All matrices of package Matrix are taken.
#'
#' A response is classes (a factor, text, logical values) or numbers up to 1e120 in size;
#' dates and times are refused. A class without a row that trains is left out, with a
#' warning.
#'
#' @section Errors and warnings:
#' All errors have the class `feedforward_error` and one of `feedforward_argument_error`
#' (an argument has a value it cannot have; all problems are told at once),
#' `feedforward_input_error` (the data cannot be used), `feedforward_resource_error`
#' (memory would not or did not suffice), `feedforward_unstable_error` (training diverged
#' before the network was ever scored; its field `model` lists weights, biases and history
#' as they were then). Warnings have the class `feedforward_warning` and one of their own,
#' among them `feedforward_unstable_warning` (earlier weights are returned),
#' `feedforward_constant_warning` (a constant predicts the training rows better),
#' `feedforward_time_limit_warning` and `feedforward_interrupted_warning`. An interrupt is
#' R's own condition `interrupt`.
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
#'   `"stopped early"`, `"time limit"`, `"interrupted"` or `"unstable"`), `stopped_by`
#'   (the argument that stopped it early: `"stopping_metric"`, `"regression_stop"` or
#'   `"classification_stop"`), `epochs_trained`, `arguments` (all of them, as used).
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
  read <- read_formula(formula, data, columns_apart(given, data))
  if (!is.null(read$offset)) {
    if (!is.null(given$offset_column)) {
      abort_argument("Give `offset_column` or offset() in the formula, not both.")
    }
    given$offset_column <- read$offset
  }
  learned <- learn_derived(data, read$derived)
  predictors <- Filter(function(entry) entry$role == "predictor", learned$derived)
  given$x <- c(
    setdiff(read$x, names(predictors)),
    unlist(lapply(predictors, `[[`, "columns"), use.names = FALSE)
  )
  given$y <- read$y
  given$training_frame <- learned$data
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

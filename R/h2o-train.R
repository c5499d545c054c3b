#' @include h2o-model.R arguments-table.R
NULL

#' Train a network as H2O does
#'
#' [deeplearning()] with the signature, the ids and the returned object of H2O: the same
#' data, arguments and seed give the same weights there and here.
#'
#' Frames may be given as frames, data frames or ids; `checkpoint` and
#' `pretrained_autoencoder` as models or ids. Text columns (type `string`) are left out of
#' the predictors, as are the columns that other arguments name. The model is kept under
#' its id, and so is the training frame, until [h2o.rm()] or [h2o.removeAll()].
#'
#' `distribution = "quasibinomial"` takes a response of two numbers for two classes.
#'
#' What differs from [deeplearning()]: `y` beside `autoencoder = TRUE` is ignored, a
#' checkpoint that was cross-validated goes on without folds, and a model of up to 10
#' epochs that a constant would beat is not warned of.
#'
#' Old spellings still work, with a deprecation warning: `hidden_dropout_ratio`,
#' `variable_importance`, `ignore_constant_cols`, `n_folds`, `nfold`,
#' `override_with_best_model`, `data`, `key`, `destination_key`, and `loss =
#' "MeanSquare"`; `max_hit_ratio_k` and `max_confusion_matrix_size` have nothing to do.
#'
#' @param x Predictors: names or positions of columns of `training_frame`; if missing,
#'   all but `y`.
#' @param y Response: name or position. A factor asks for classification.
#' @param training_frame Frame, data frame or id.
#' @eval h2o_argument_docs()
#' @param ... Arguments of [deeplearning()] that H2O does not have, such as `optimizer`,
#'   `replicas` or `threads`; old spellings.
#' @return `H2OBinomialModel`, `H2OMultinomialModel`, `H2ORegressionModel` or
#'   `H2OAutoEncoderModel`, see [H2OModel-class]. `saveRDS()` of it works.
#' @section Errors:
#' Those of [deeplearning()].
#' @seealso [deeplearning()], [h2o.predict()], [h2o.performance()]
#' @examples
#' frame <- as.h2o(iris)
#' parts <- h2o.splitFrame(frame, ratios = 0.8, seed = 1)
#' model <- h2o.deeplearning(
#'   x = 1:4, y = "Species", training_frame = parts[[1]],
#'   validation_frame = parts[[2]], hidden = c(10, 10), epochs = 20, seed = 1
#' )
#' model
#' @export
h2o.deeplearning <- function(x, y, training_frame, ...) {
  written <- names(sys.call())
  warn_old_spellings(written)
  call <- match.call(expand.dots = FALSE)
  names <- setdiff(names(call), c("", "..."))
  written <- as.list(call)[names]
  names <- names[!vapply(written, is_absent, NA)]
  given <- c(mget(names, envir = environment()), given_dots(...))
  train_h2o(given, match.call())
}

formals(h2o.deeplearning) <- c(
  formals(h2o.deeplearning)[c("x", "y", "training_frame")],
  default_arguments(without = c(
    "x", "y", "training_frame", vapply(own_arguments, `[[`, "", "name")
  )),
  formals(h2o.deeplearning)["..."]
)

h2o_argument_docs <- function() {
  names <- setdiff(
    vapply(h2o_arguments, `[[`, "", "name"), c("x", "y", "training_frame")
  )
  paste(
    "@param", paste(names, collapse = ","),
    "As for [deeplearning()], which says what each does."
  )
}

# given: named list of what was written, evaluated. Returns the S4 model, registered.
train_h2o <- function(given, call) {
  request <- translate_request(given)
  native <- tryCatch(
    calm_of_demos(
      fit_model(list(call = short_call(call), given = request$given, form = "frame")),
      request$given$epochs
    ),
    # The word that scripts look for in the message.
    feedforward_unstable_error = function(e) {
      e$message <- paste("DistributedException:", e$message)
      stop(e)
    }
  )
  attr(native, "h2o") <- request$facts
  keep_model(wrap_model(native))
}

# Examples train for a few passes, and a warning that more would be better says nothing
# new.
calm_of_demos <- function(code, epochs) {
  withCallingHandlers(code, feedforward_constant_warning = function(w) {
    if ((epochs %||% 10) <= 10) invokeRestart("muffleWarning")
  })
}

# do.call() puts values into the call, where names are to stand.
short_call <- function(call) {
  for (name in setdiff(names(call), "")) {
    if (is.list(call[[name]]) || length(call[[name]]) > 100) call[[name]] <- as.name(name)
  }
  if (is.function(call[[1]])) call[[1]] <- quote(h2o.deeplearning)
  call
}

# A model under its id.
keep_model <- function(model) {
  store_put(model@model_id, model)
  model
}

# list(given: for fit_model(), facts: see wrap_model()).
translate_request <- function(given) {
  given <- rename_old(Filter(Negate(is.null), given))
  # H2O never looks at it then.
  if (isTRUE(given[["autoencoder"]])) given$y <- NULL
  for (name in c("checkpoint", "pretrained_autoencoder")) {
    if (!is.null(given[[name]])) given[[name]] <- native_model(given[[name]], name)
  }
  given <- go_on_without_folds(given)
  for (name in c("initial_weights", "initial_biases")) {
    if (!is.null(given[[name]])) given[[name]] <- lapply(given[[name]], layer_values)
  }
  if (is.null(given[["training_frame"]])) {
    abort_input(paste(
      "`training_frame` is missing: the frame whose columns `x` and `y` name, of",
      "as.h2o() or h2o.importFile()."
    ))
  }
  frame <- read_h2o_frame(given[["training_frame"]], "training_frame")
  valid <- if (!is.null(given[["validation_frame"]])) {
    read_h2o_frame(given[["validation_frame"]], "validation_frame")
  }
  # NULL was not taken for a value by H2O's client either.
  facts <- list(
    training_frame = known_frame(frame), validation_frame = known_frame(valid),
    input = simple_input(given)
  )
  given$training_frame <- bare_frame(frame)
  given$validation_frame <- if (!is.null(valid)) bare_frame(valid)
  given <- two_valued_response(given)
  given$x <- predictors_of(given, frame)
  if (is.null(given$progress)) given$progress <- registry$progress
  list(given = on_cluster(given), facts = facts)
}

# With workers, of h2o.init(cluster = ), a positive `train_samples_per_iteration` is what
# all of them train between two exchanges, as in H2O.
on_cluster <- function(given) {
  if (is.null(registry$cluster)) {
    return(given)
  }
  if (is.null(given$cluster)) given["cluster"] <- list(registry$cluster)
  samples <- given$train_samples_per_iteration %||% -2
  if (is.numeric(samples) && samples > 0 && is.null(given$exchange_interval)) {
    shards <- if (is.numeric(given$shards)) given$shards else cluster_size(given$cluster)
    given$exchange_interval <- max(1, round(samples / shards))
  }
  given
}

# A model that was cross-validated goes on as the one network it is.
go_on_without_folds <- function(given) {
  asked <- identical(as.numeric(given[["nfolds"]] %||% 0), 0)
  if (!is.null(given$checkpoint) && asked) {
    given$nfolds <- NULL
    given$checkpoint$arguments$nfolds <- 0
    given$checkpoint$arguments["fold_column"] <- list(NULL)
  }
  given
}

# "quasibinomial" is H2O's word for classes of any two numbers.
two_valued_response <- function(given) {
  if (!identical(lower_case(given$distribution %||% ""), "quasibinomial")) {
    return(given)
  }
  given$distribution <- "bernoulli"
  name <- given[["y"]]
  for (frame in c("training_frame", "validation_frame")) {
    column <- if (length(name) == 1) given[[frame]][[name]]
    if (is.numeric(column)) given[[frame]][[name]] <- factor(column)
  }
  given
}

# The id of a frame that the store is to find again.
known_frame <- function(frame) {
  if (is.null(frame)) {
    return(NULL)
  }
  id <- frame_id(frame)
  if (!store_has(id)) store_put(id, frame)
  id
}

# Of what was given the plain values, as H2O's `params$input` holds them.
simple_input <- function(given) {
  Filter(function(value) is.atomic(value) && length(value) < 1000, given)
}

# A layer to begin with. H2O takes cells that are missing (such as roots of negative
# weights) as they are; here they begin at 0.
layer_values <- function(layer) {
  layer <- if (is_frame(layer)) as.matrix(bare_frame(layer)) else layer
  if (is.numeric(layer) && anyNA(layer)) {
    warn_feedforward(
      "Cells of `initial_weights` or `initial_biases` that are missing begin at 0.",
      class = "feedforward_initial_warning"
    )
    layer[is.na(layer)] <- 0
  }
  layer
}

# Names of the predictors: what was asked for or all, without columns that have another
# part and without text.
predictors_of <- function(given, frame) {
  names <- names(frame)
  asked <- given[["x"]]
  # What is no column is for the checks of deeplearning() to tell.
  known <- is.null(asked) || is.character(asked) && all(asked %in% names) ||
    is.numeric(asked) && all(asked %in% seq_along(names))
  if (!known) {
    return(asked)
  }
  if (is.numeric(asked)) asked <- names[asked]
  roles <- lapply(given[c("y", role_arguments)], function(column) {
    if (is.numeric(column) && length(column) == 1) names[column] else column
  })
  if (!is.null(asked) && isTRUE(roles[["y"]] %in% asked)) {
    warn_feedforward(
      "removing response variable from the explanatory variables",
      class = "feedforward_predictor_warning"
    )
  }
  chosen <- setdiff(asked %||% names, unlist(Filter(is.character, roles)))
  text <- chosen[vapply(bare_frame(frame)[chosen], is.character, NA)]
  if (length(text) > 0) {
    warn_feedforward(
      sprintf("Dropping columns of text: %s. as.factor() makes categories of them.",
        list_names(text)
      ),
      class = "feedforward_text_columns_warning"
    )
  }
  if (length(setdiff(chosen, text)) == 0 && length(text) > 0) {
    abort_input("No predictor is left: all are text. as.factor() makes categories.")
  }
  setdiff(chosen, text)
}

# ---- Old spellings ----------------------------------------------------------------

# Argument of today by that of the booklets; "" has nothing to do.
old_spellings <- c(
  hidden_dropout_ratio = "hidden_dropout_ratios",
  variable_importance = "variable_importances",
  ignore_constant_cols = "ignore_const_cols", n_folds = "nfolds", nfold = "nfolds",
  override_with_best_model = "overwrite_with_best_model", data = "training_frame",
  key = "model_id", destination_key = "model_id", validation = "validation_frame",
  max_hit_ratio_k = "", max_confusion_matrix_size = ""
)

# written: names as they stand in the call; some match an argument of today in part.
warn_old_spellings <- function(written) {
  old <- setdiff(intersect(written, names(old_spellings)), "validation")
  for (name in old) {
    now <- old_spellings[[name]]
    warn_deprecated(if (nzchar(now)) {
      sprintf("`%s` is called `%s` now.", name, now)
    } else {
      sprintf("`%s` has nothing to do any more.", name)
    })
  }
}

warn_deprecated <- function(text) {
  warn_feedforward(text, class = "feedforward_deprecated_warning")
}

rename_old <- function(given) {
  old <- names(given) %in% names(old_spellings)
  names(given)[old] <- old_spellings[names(given)[old]]
  given <- given[names(given) != ""]
  if (identical(lower_case(given$loss %||% ""), "meansquare")) {
    warn_deprecated("`loss = \"MeanSquare\"` is called \"Quadratic\" now.")
    given$loss <- "Quadratic"
  }
  given
}

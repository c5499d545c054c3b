#' @include h2o-grid-sort.R
NULL

#' The networks of H2O's AutoML
#'
#' Trains the networks of AutoML's plan: one with three layers of ten units, then, in
#' turn, random members of three families (one, two and three hidden layers of 20, 50 or
#' 100 units, with dropout, each with its own rho and epsilon), all with early stopping.
#' Cross-validation, or `leaderboard_frame`, ranks them.
#'
#' Only networks are trained, so `include_algos = "DeepLearning"` must be said; anything
#' else is a `feedforward_refused_error`.
#'
#' @param x,y,training_frame,validation_frame,fold_column,weights_column
#'   As for [h2o.deeplearning()]. `stopping_tolerance`: by default the larger of .001
#'   and 1 over the root of the number of rows.
#' @param balance_classes,class_sampling_factors,max_after_balance_size
#'   The same.
#' @param distribution,stopping_metric,stopping_tolerance,stopping_rounds
#'   The same.
#' @param keep_cross_validation_predictions,keep_cross_validation_models
#'   The same.
#' @param keep_cross_validation_fold_assignment,export_checkpoints_dir
#'   The same.
#' @param leaderboard_frame Frame to rank the models on.
#' @param nfolds Number of folds, -1 for five, 0 for none.
#' @param max_runtime_secs Seconds for all; an hour if neither this nor `max_models` is
#'   given.
#' @param max_runtime_secs_per_model Seconds for each.
#' @param max_models How many models at most.
#' @param seed For the settings drawn and for each model.
#' @param project_name An id; made up if `NULL`.
#' @param include_algos,exclude_algos Names of algorithms: only `"DeepLearning"` may be
#'   left.
#' @param sort_metric `"AUTO"`, or a metric as for [h2o.getGrid()].
#' @param blending_frame,modeling_plan,preprocessing,exploitation_ratio
#'   Not used.
#' @param monotone_constraints,verbosity,extra_columns,...
#'   The same.
#' @param object Of `h2o.automl()`.
#' @param algorithm,criterion Not used, as all are networks; a metric to choose by.
#' @return `H2OAutoML` with the slots `leader` (a model) and `leaderboard` (a frame).
#'   `h2o.get_leaderboard()`: the frame; `h2o.get_best_model()`: a model;
#'   `h2o.get_automl()`: the object of that name.
#' @examples
#' frame <- as.h2o(iris)
#' auto <- h2o.automl(1:4, 5, frame,
#'   include_algos = "DeepLearning", max_models = 2, nfolds = 0, seed = 1,
#'   max_runtime_secs_per_model = 1
#' )
#' auto@leaderboard
#' @export
h2o.automl <- function(x, y, training_frame, validation_frame = NULL,
                       leaderboard_frame = NULL, blending_frame = NULL, nfolds = -1,
                       fold_column = NULL, weights_column = NULL,
                       balance_classes = FALSE, class_sampling_factors = NULL,
                       max_after_balance_size = 5, max_runtime_secs = NULL,
                       max_runtime_secs_per_model = NULL, max_models = NULL,
                       distribution = "AUTO", stopping_metric = "AUTO",
                       stopping_tolerance = NULL, stopping_rounds = 3, seed = NULL,
                       project_name = NULL, exclude_algos = NULL, include_algos = NULL,
                       modeling_plan = NULL, preprocessing = NULL,
                       exploitation_ratio = -1, monotone_constraints = NULL,
                       keep_cross_validation_predictions = FALSE,
                       keep_cross_validation_models = FALSE,
                       keep_cross_validation_fold_assignment = FALSE,
                       sort_metric = "AUTO", export_checkpoints_dir = NULL,
                       verbosity = "warn", ...) {
  check_algos(include_algos, exclude_algos)
  frame <- read_h2o_frame(training_frame, "training_frame")
  fixed <- list(
    training_frame = frame, validation_frame = validation_frame,
    nfolds = if (!is.null(fold_column)) 0 else if (nfolds < 0) 5 else nfolds,
    fold_column = fold_column, weights_column = weights_column,
    balance_classes = balance_classes, class_sampling_factors = class_sampling_factors,
    max_after_balance_size = max_after_balance_size, distribution = distribution[[1]],
    stopping_metric = stopping_metric[[1]], stopping_rounds = stopping_rounds,
    stopping_tolerance = stopping_tolerance %||% max(0.001, 1 / sqrt(nrow(frame))),
    keep_cross_validation_predictions = keep_cross_validation_predictions,
    keep_cross_validation_models = keep_cross_validation_models,
    keep_cross_validation_fold_assignment = keep_cross_validation_fold_assignment,
    export_checkpoints_dir = export_checkpoints_dir
  )
  if (!missing(x)) fixed$x <- x
  if (!missing(y)) fixed$y <- y
  fixed$seed <- complete_seed(seed %||% -1)
  id <- project_name %||% new_id("AutoML")
  if (is.null(max_models) && is.null(max_runtime_secs)) max_runtime_secs <- 3600
  limits <- list(
    models = max_models %||% Inf, seconds = max_runtime_secs %||% Inf,
    each = max_runtime_secs_per_model %||% 0
  )
  ids <- train_plan(Filter(Negate(is.null), fixed), limits, id)
  finish_automl(id, ids, leaderboard_frame, sort_metric[[1]])
}

check_algos <- function(include, exclude) {
  if (!identical(tolower(include), "deeplearning")) {
    abort_feedforward(
      paste(
        "`include_algos` must be \"DeepLearning\": of AutoML's plan feedforward trains",
        "the networks. For other algorithms there are packages such as mlr3automl,",
        "agua (of tidymodels) or autogluon."
      ),
      "feedforward_refused_error"
    )
  }
  if ("deeplearning" %in% tolower(exclude)) {
    abort_argument("`exclude_algos` leaves nothing to train.")
  }
}

# ---- The plan ------------------------------------------------------------------------

plan_families <- list(
  hidden_dropout_ratios = c(0, 0.1, 0.2, 0.3, 0.4, 0.5), units = c(20, 50, 100),
  input_dropout_ratio = c(0, 0.05, 0.1, 0.15, 0.2), rho = c(0.9, 0.95, 0.99),
  epsilon = c(1e-6, 1e-7, 1e-8, 1e-9)
)

# The kth network of the plan, of families of one, two and three hidden layers in turn.
plan_member <- function(k) {
  layers <- (k - 2) %% 3 + 1
  pick <- function(name) sample(plan_families[[name]], 1)
  list(
    activation = "RectifierWithDropout", hidden = rep(pick("units"), layers),
    hidden_dropout_ratios = rep(pick("hidden_dropout_ratios"), layers),
    input_dropout_ratio = pick("input_dropout_ratio"), rho = pick("rho"),
    epsilon = pick("epsilon"), epochs = 10000
  )
}

plan_of <- function(count, seed) {
  keep_seed({
    set.seed(sum(seed_words(seed) %% 2^30) %% 2^31)
    drawn <- lapply(seq_len(count)[-1], plan_member)
  })
  unique(c(list(list(hidden = c(10, 10, 10))), drawn))
}

# Ids of the models; those that failed are told by a warning.
train_plan <- function(fixed, limits, id) {
  began <- elapsed()
  ids <- character()
  messages <- character()
  # As many as an hour could hold; nobody waits for more.
  for (settings in plan_of(min(limits$models, 200), fixed$seed)) {
    left <- limits$seconds - (elapsed() - began)
    if (left <= 0) break
    limit <- if (limits$each > 0) min(limits$each, left) else left
    if (is.finite(limit)) settings$max_runtime_secs <- limit
    settings$model_id <- sprintf("%s_model_%d", id, length(ids) + 1L)
    result <- tryCatch(
      suppressWarnings(do.call(h2o.deeplearning, c(fixed, settings))),
      feedforward_unstable_error = function(e) conditionMessage(e)
    )
    if (is.character(result)) {
      messages <- c(messages, result)
    } else {
      ids <- c(ids, result@model_id)
    }
  }
  if (length(messages) > 0) {
    warn_feedforward(unique(messages), class = "feedforward_grid_warning")
  }
  ids
}

board_columns <- list(
  binomial = c("auc", "logloss", "pr_auc", "mean_per_class_error", "rmse", "mse"),
  multinomial = c("mean_per_class_error", "logloss", "rmse", "mse"),
  regression = c("rmse", "mse", "mae", "rmsle", "mean_residual_deviance")
)

finish_automl <- function(id, ids, frame, sort_metric) {
  if (length(ids) == 0) {
    abort_argument("No model was trained: give more of `max_runtime_secs`.")
  }
  natives <- lapply(ids, stored_native)
  task <- task_of(natives[[1]])
  columns <- board_columns[[task$kind]]
  plain <- if (!is.null(frame)) bare_frame(read_h2o_frame(frame, "leaderboard_frame"))
  rows <- lapply(natives, function(native) {
    metrics <- if (is.null(plain)) judged_by(native) else performance(native, plain)
    as.data.frame(as.list(task$summary(metrics)))
  })
  board <- do.call(rbind, rows)
  sort_by <- if (sort_metric == "AUTO") columns[[1]] else tolower(sort_metric)
  if (sort_by %in% names(sorting_names)) sort_by <- sorting_names[[sort_by]]
  if (!sort_by %in% names(board)) {
    abort_argument(sprintf(
      "`sort_metric` must be one of %s, not %s.", list_names(names(board), 30),
      shorten(sort_metric)
    ))
  }
  place <- order(board[[sort_by]], decreasing = sort_by %in% larger_is_better)
  shown <- board[unique(c(sort_by, columns))]
  board <- cbind(model_id = unlist(ids), shown)[place, ]
  names(board)[names(board) == "pr_auc"] <- "aucpr"
  board <- register_frame(new_frame(board), paste0(id, "_leaderboard"))
  automl_object(id, board)
}

automl_object <- function(id, board) {
  methods::new("H2OAutoML",
    project_name = id, leaderboard = board,
    leader = h2o.getModel(bare_frame(board)$model_id[[1]]), event_log = NULL,
    modeling_steps = list(), training_info = list(), preprocessing = list()
  )
}

#' @rdname h2o.automl
#' @export
h2o.get_automl <- function(project_name) {
  automl_object(project_name, frame_of_id(paste0(project_name, "_leaderboard")))
}

#' @rdname h2o.automl
#' @export
h2o.get_leaderboard <- function(object, extra_columns = NULL) object@leaderboard

#' @rdname h2o.automl
#' @export
h2o.get_best_model <- function(object, algorithm = NULL, criterion = "AUTO") {
  if (methods::is(object, "H2OAutoML") && identical(toupper(criterion), "AUTO")) {
    return(object@leader)
  }
  ids <- if (methods::is(object, "H2OGrid")) {
    unlist(object@model_ids)
  } else {
    bare_frame(object@leaderboard)$model_id
  }
  grid <- methods::new("H2OGrid", grid_id = "best", model_ids = as.list(ids))
  by <- if (!identical(toupper(criterion), "AUTO")) criterion
  h2o.getModel(sort_grid(grid, by)@model_ids[[1]])
}

setMethod("show", "H2OAutoML", function(object) {
  cat("AutoML Details\n==============\n\n")
  cat("Project Name:", object@project_name, "\n")
  cat("Leader Model ID:", object@leader@model_id, "\n")
  cat("Algorithm: deeplearning\n\n")
  print(object@leaderboard)
})

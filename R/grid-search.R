#' @include arguments-rules.R task.R
NULL

#' Search for good settings
#'
#' Trains a model for each combination of settings, or for some of them drawn at random,
#' and sorts the models by a metric.
#'
#' The metric is that of the rows held out in cross-validation if there are folds, else of
#' the validation rows, else of the training rows. All models have the same `seed`: the
#' one given, or one number drawn from R's generator. A combination that fails is kept
#' aside with its message, and the search goes on.
#'
#' @param hyper_params Named list: for each argument of [deeplearning()] to vary, a vector
#'   or a list of its values, such as `list(hidden = list(10, c(20, 20)), l1 = c(0,
#'   1e-4))`.
#' @param ... All other arguments of [deeplearning()], data first, as in a call of it.
#' @param strategy `"Cartesian"`: all combinations, the first argument varying fastest.
#'   `"RandomDiscrete"`: combinations drawn without repeating one.
#' @param max_models At most so many models.
#' @param search_criteria List of further limits, all optional: `max_runtime_secs` for the
#'   whole search; `stopping_rounds` (0, never), `stopping_tolerance` (.001) and
#'   `stopping_metric` (that of `sort_by`): the search stops when the best of the last
#'   `stopping_rounds` models does not beat the best of those before by more than the
#'   tolerance, relative to it; `seed` of the combinations drawn, else drawn from R's
#'   generator. `strategy` and `max_models` may be given here, too, as in H2O.
#' @param sort_by A metric: `"logloss"` for classes and `"deviance"` for numbers unless
#'   given, or another of `stopping_metric`, or `"r2"`.
#' @param folder A folder for the models: each goes there when it is trained. A search
#'   that is called again with the same settings and folder takes from it what is there.
#' @param workers `NULL`: one model after another. A cluster of [parallel::makeCluster()],
#'   or a function that is called as [lapply()] is, such as `future.apply::future_lapply`:
#'   models are trained on the workers. Results are the same for any number of them.
#' @param grid_id A name.
#' @param progress Show a line of progress? `NULL`: in interactive sessions.
#' @return A list of class `deeplearning_grid`: `models`, best first, named by their ids;
#'   `summary`, a data frame with a row for each (its settings, `model_ids`, the metric);
#'   `failed`, a data frame of settings with the `message` of each failure; `warnings`, a
#'   list of messages by model; `sort_by`, `hyper_params`, `grid_id`, `stopped_by`. It has
#'   methods for [print()], [summary()] and [plot()].
#' @section Errors:
#' `feedforward_argument_error` for names that are no arguments and for limits that make
#' no sense.
#' @examples
#' grid <- grid_search(
#'   list(hidden = list(5, c(5, 5)), l1 = c(0, 1e-3)),
#'   Species ~ ., iris,
#'   epochs = 20, nfolds = 3, seed = 1
#' )
#' grid
#' best <- grid$models[[1]]
#' plot(grid)
#' @export
grid_search <- function(hyper_params, ..., strategy = c("Cartesian", "RandomDiscrete"),
                        max_models = Inf, search_criteria = list(), sort_by = NULL,
                        folder = NULL, workers = NULL, grid_id = NULL, progress = NULL) {
  if (missing(hyper_params)) hyper_params <- NULL
  given <- list(...)
  criteria <- check_search(
    hyper_params, given, if (!missing(strategy)) strategy, max_models, search_criteria,
    sort_by
  )
  if (!"seed" %in% c(names(given), names(hyper_params))) given$seed <- complete_seed(-1)
  values <- combinations(hyper_params, criteria)
  grid <- new_search(given, values, criteria, folder, workers, progress)
  run_search(grid)
  id <- grid_id %||% sub("DeepLearning_model", "Grid", new_model_id(Sys.time()))
  finish_search(grid, hyper_params, id)
}

# ---- Checks -----------------------------------------------------------------------

search_rules <- list(
  strategy = rule_choice(c("Cartesian", "RandomDiscrete")),
  max_models = rule_number(from = 1, infinite = TRUE),
  max_runtime_secs = rule_number(from = 0), stopping_rounds = rule_whole(0),
  stopping_metric = rule_choice(c("AUTO", stopping_metrics)),
  stopping_tolerance = rule_number(from = 0, below = 1), seed = rule_seed()
)

search_defaults <- list(
  strategy = "Cartesian", max_models = Inf, max_runtime_secs = 0, stopping_rounds = 0,
  stopping_metric = "AUTO", stopping_tolerance = 0.001, seed = -1
)

check_search <- function(hyper_params, given, strategy, max_models, criteria, sort_by) {
  varied <- names(hyper_params)
  searchable <- setdiff(names(training_arguments), data_arguments())
  if (!is.list(hyper_params) || length(varied) == 0 || any(!nzchar(varied)) ||
    any(lengths(hyper_params) == 0)) {
    abort_argument(paste(
      "`hyper_params` must be a named list of values to try, such as",
      "list(hidden = list(10, c(20, 20)), l1 = c(0, 1e-4))."
    ))
  }
  if (!is.list(criteria)) {
    abort_argument("`search_criteria` must be a list, such as list(max_models = 10).")
  }
  if (identical(criteria$strategy, "Random")) criteria$strategy <- "RandomDiscrete"
  criteria$strategy <- strategy[1] %||% criteria$strategy
  if (is.null(criteria$max_models)) criteria$max_models <- max_models
  if (identical(criteria$max_models, 0)) criteria$max_models <- Inf
  problems <- c(
    vapply(setdiff(varied, searchable), function(name) {
      paste0(
        "`hyper_params` has ", quote_name(name), ", which is no argument to vary.",
        name_hint(name, searchable)
      )
    }, ""),
    sprintf("`%s` is given and in `hyper_params`, too.", intersect(varied, names(given))),
    vapply(setdiff(names(criteria), names(search_rules)), function(name) {
      paste0(
        "`search_criteria` knows no ", quote_name(name), ".",
        name_hint(name, names(search_rules))
      )
    }, "")
  )
  checked <- search_defaults
  for (name in intersect(names(search_rules), names(criteria))) {
    one <- apply_rule(search_rules[[name]], name, criteria[[name]])
    problems <- c(problems, one$problem)
    checked[name] <- list(one$value)
  }
  if (!is.null(sort_by)) {
    one <- apply_rule(rule_choice(c(stopping_metrics, "r2")), "sort_by", sort_by)
    problems <- c(problems, one$problem)
    checked$sort_by <- one$value
  }
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  checked
}

# ---- Combinations -----------------------------------------------------------------

# List of named lists, one per model to train, in their order.
combinations <- function(hyper_params, criteria) {
  sizes <- lengths(hyper_params)
  total <- prod(sizes)
  count <- min(total, criteria$max_models)
  if (criteria$strategy == "Cartesian") {
    at <- seq_len(min(count, .Machine$integer.max)) - 1
  } else {
    seed <- criteria$seed
    if (identical(seed, -1)) seed <- sample.int(.Machine$integer.max, 1)
    at <- keep_seed({
      set.seed(sum(seed_words(seed) %% 2^30) %% 2^31)
      sample(total, count) - 1
    })
  }
  steps <- cumprod(c(1, sizes))[seq_along(sizes)]
  lapply(at, function(i) {
    Map(function(values, step, size) {
      values[[(i %/% step) %% size + 1]]
    }, hyper_params, steps, sizes)
  })
}

# As it is shown, and as H2O shows it: a vector in brackets.
show_setting <- function(value) {
  if (is.null(value)) {
    return("NULL")
  }
  if (is.atomic(value) && length(value) == 1) {
    return(format(value, digits = 7, trim = TRUE))
  }
  if (is.atomic(value) && length(value) <= 20) {
    value <- format(value, trim = TRUE, digits = 7)
    return(sprintf("[%s]", paste(value, collapse = ", ")))
  }
  shorten(value)
}

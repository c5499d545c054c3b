# A search on its way: which model comes next, who trains it, when to stop.

# values: of combinations(); given: all other arguments. `found` grows in the order of the
# combinations: list(model or message, warnings) of each.
new_search <- function(given, values, criteria, folder, workers, progress) {
  if (!is.null(folder)) export_path(list(export_checkpoints_dir = folder), "grid")
  grid <- new.env(parent = emptyenv())
  # The models' own lines of progress would hide that of the search.
  if (is.null(given$progress)) given$progress <- FALSE
  grid$given <- given
  grid$values <- values
  grid$criteria <- criteria
  grid$folder <- folder
  grid$workers <- workers
  grid$show <- progress %||% interactive()
  grid$began <- elapsed()
  grid$found <- list()
  grid$stopped_by <- NULL
  grid
}

run_search <- function(grid) {
  n <- length(grid$values)
  if (grid$show) {
    bar <- cli::cli_progress_bar("Models", total = n, clear = TRUE)
  }
  apply <- applier(grid$workers)
  while (length(grid$found) < n && is.null(grid$stopped_by)) {
    batch <- seq_len(min(batch_size(grid), n - length(grid$found))) + length(grid$found)
    results <- apply(
      grid$values[batch], fit_one,
      given = grid$given, folder = grid$folder, limit = seconds_left(grid)
    )
    for (result in results) {
      grid$found <- c(grid$found, list(result))
      grid$stopped_by <- why_stop_search(grid)
      if (!is.null(grid$stopped_by)) break
    }
    if (grid$show) cli::cli_progress_update(set = length(grid$found), id = bar)
  }
  if (grid$show) cli::cli_progress_done(id = bar)
}

applier <- function(workers) {
  if (is.null(workers)) {
    return(lapply)
  }
  if (inherits(workers, "cluster")) {
    return(function(...) parallel::parLapplyLB(workers, ..., chunk.size = 1))
  }
  if (!is.function(workers)) {
    abort_argument(sprintf(
      "`workers` must be NULL, a cluster or a function like lapply(), not %s.",
      shorten(workers)
    ))
  }
  workers
}

# Where something may stop the search, no more models at a time than are sure to be of
# use, or nearly so.
batch_size <- function(grid) {
  limited <- grid$criteria$stopping_rounds > 0 || grid$criteria$max_runtime_secs > 0
  if (is.null(grid$workers)) {
    1
  } else if (inherits(grid$workers, "cluster")) {
    if (limited || grid$show) length(grid$workers) else length(grid$values)
  } else {
    if (limited) 8 else length(grid$values)
  }
}

seconds_left <- function(grid) {
  limit <- grid$criteria$max_runtime_secs
  if (limit > 0) max(0.01, limit - (elapsed() - grid$began)) else Inf
}

# NULL, or the criterion that says so.
why_stop_search <- function(grid) {
  criteria <- grid$criteria
  if (seconds_left(grid) <= 0.01) {
    return("max_runtime_secs")
  }
  rounds <- criteria$stopping_rounds
  models <- found_models(grid)
  if (rounds == 0 || length(models) <= rounds) {
    return(NULL)
  }
  name <- criteria$stopping_metric
  if (name == "AUTO") name <- sorting_measure(grid)
  values <- vapply(models, function(model) measure_value(judged_by(model), name), 0)
  if (anyNA(values)) {
    return(NULL)
  }
  best <- if (measures[[name]]$higher) max else min
  recent <- seq.int(length(values) - rounds + 1, length(values))
  before <- best(values[-recent])
  gain <- abs(best(values[recent]) - before)
  better <- is_better(best(values[recent]), before, name)
  if (!better || gain <= criteria$stopping_tolerance * abs(before)) "stopping_rounds"
}

# ---- One model ---------------------------------------------------------------------

# Runs on a worker: list(model, message, warnings). values: what differs
fit_one <- function(values, given, folder = NULL, limit = Inf) {
  path <- kept_path(values, given, folder)
  if (!is.null(path) && file.exists(path)) {
    return(list(model = load_model(path, trust = TRUE), warnings = character()))
  }
  arguments <- c(given, values)
  if (limit < Inf) {
    own <- arguments$max_runtime_secs %||% 0
    arguments$max_runtime_secs <- if (own > 0) min(own, limit) else limit
  }
  warnings <- character()
  result <- tryCatch(
    withCallingHandlers(
      list(model = do.call(deeplearning, arguments)),
      warning = function(w) {
        warnings <<- c(warnings, conditionMessage(w))
        invokeRestart("muffleWarning")
      }
    ),
    error = function(e) list(message = conditionMessage(e))
  )
  result$warnings <- warnings
  whole <- !is.null(result$model) && result$model$status != "time limit"
  if (!is.null(path) && whole) save_model(result$model, path)
  result
}

# Named by settings and data, so that another search takes nothing for its own.
kept_path <- function(values, given, folder) {
  if (is.null(folder)) {
    return(NULL)
  }
  idle <- c("progress", "threads", "verbose")
  settings <- c(given[!names(given) %in% idle], values)
  settings <- rapply(settings, plain_code, "formula", how = "replace")
  file.path(folder, sprintf("model-%s.safetensors", checksum_of(serialize(
    settings, NULL,
    ascii = FALSE, xdr = TRUE, version = 3
  ))))
}

#' @include h2o-train.R
NULL

#' Search for settings as H2O does
#'
#' [grid_search()] with H2O's arguments and returned object.
#'
#' A combination that fails is told by a warning and kept in the slots of failures, unless
#' `do_hyper_params_check = TRUE`, which looks at all values first and stops at a bad one.
#' A value given twice for one argument counts once. A grid id that is there already gets
#' the new models in addition.
#'
#' @param algorithm `"deeplearning"`.
#' @param grid_id An id; made up if missing.
#' @param x,y,training_frame,... As for [h2o.deeplearning()].
#' @param hyper_params Named list of vectors or lists of values.
#' @param is_supervised Not used: `autoencoder = TRUE` says so.
#' @param do_hyper_params_check Check all values before anything is trained?
#' @param search_criteria As for [grid_search()].
#' @param export_checkpoints_dir Folder in which each model is saved when it is trained.
#' @param recovery_dir Folder in which the search and its models are kept, for
#'   `h2o.resumeGrid()` to go on from.
#' @param parallelism Not used: each model trains on all threads.
#' @param sort_by A metric, such as `"auc"`, `"logloss"`, `"err"`, `"accuracy"`, `"mse"`.
#' @param decreasing Largest first? By default the best first.
#' @param verbose Not used.
#' @param grid_directory,grid_path Folder of a saved grid; its path.
#' @param save_params_references,export_cross_validation_predictions
#'   Not used: models are whole.
#' @param load_params_references
#'   The same.
#' @return `H2OGrid`, see [H2OModel-class]; `h2o.saveGrid()` its path.
#' @seealso [grid_search()]
#' @examples
#' frame <- as.h2o(iris)
#' grid <- h2o.grid("deeplearning",
#'   grid_id = "sizes", x = 1:4, y = 5, training_frame = frame, epochs = 5, seed = 1,
#'   hyper_params = list(hidden = list(5, c(5, 5)), l1 = c(0, 1e-3))
#' )
#' grid
#' h2o.getGrid("sizes", sort_by = "accuracy")@model_ids
#' @export
h2o.grid <- function(algorithm, grid_id, x, y, training_frame, ..., hyper_params = list(),
                     is_supervised = NULL, do_hyper_params_check = FALSE,
                     search_criteria = NULL, export_checkpoints_dir = NULL,
                     recovery_dir = NULL, parallelism = 1) {
  check_algorithm(algorithm)
  given <- given_dots(...)
  if (!missing(x)) given["x"] <- list(x)
  if (!missing(y)) given["y"] <- list(y)
  if (!missing(training_frame)) given["training_frame"] <- list(training_frame)
  warn_old_spellings(c(names(given), names(hyper_params)))
  hyper_params <- rename_old(lapply(hyper_params, unique))
  if (isTRUE(do_hyper_params_check)) check_values(hyper_params)
  id <- if (missing(grid_id) || is.null(grid_id)) {
    sub("DeepLearning_model", "Grid_DeepLearning", new_model_id(Sys.time()))
  } else {
    check_id(grid_id, "grid_id")
  }
  given$export_checkpoints_dir <- export_checkpoints_dir
  if (!is.null(recovery_dir)) {
    keep_request(recovery_dir, id, given, hyper_params, search_criteria)
  }
  search_h2o(given, hyper_params, search_criteria %||% list(), id, recovery_dir)
}

check_algorithm <- function(algorithm) {
  known <- c("deeplearning", "dl", "h2o.deeplearning")
  if (!is_one_of(tolower(as.character(algorithm)[1]), known)) {
    abort_feedforward(
      sprintf(
        "`algorithm` must be \"deeplearning\", not %s: feedforward trains networks.",
        shorten(algorithm)
      ),
      "feedforward_refused_error"
    )
  }
}

# Values of each argument alone, before anything is trained.
check_values <- function(hyper_params) {
  problems <- unlist(lapply(names(hyper_params), function(name) {
    if (!name %in% names(training_arguments)) {
      return(sprintf("Unknown parameter: %s", name))
    }
    unlist(lapply(hyper_params[[name]], function(value) check_one(name, value)$problem))
  }))
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

search_h2o <- function(given, hyper_params, criteria, id, folder) {
  request <- translate_request(given)
  varied <- hyper_params
  if (length(varied) == 0) {
    # One model, of the settings given.
    varied <- list(epochs = list(request$given$epochs %||% default_values()$epochs))
    request$given$epochs <- NULL
  }
  if (!is.null(folder)) dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  message <- NULL
  search <- tryCatch(
    withCallingHandlers(
      do.call(grid_search, c(
        list(varied, search_criteria = criteria, grid_id = id, folder = folder),
        request$given
      )),
      feedforward_grid_warning = function(w) {
        message <<- conditionMessage(w)
        invokeRestart("muffleWarning")
      }
    ),
    feedforward_argument_error = function(e) {
      if (is.null(e$failed)) stop(e)
      message <<- conditionMessage(e)
      list(models = list(), failed = e$failed)
    }
  )
  grid <- grid_of_search(search, id, names(hyper_params), request)
  if (!is.null(message)) {
    warn_feedforward(
      paste("Some models were not built due to a failure, see `summary()`.", message),
      class = "feedforward_grid_warning"
    )
  }
  grid
}

grid_of_search <- function(search, id, varied, request) {
  former <- store_get(id)
  offset <- if (methods::is(former, "H2OGrid")) {
    length(former@model_ids) + length(former@failed_params)
  } else {
    0
  }
  ids <- vapply(search$models, function(native) {
    number <- as.integer(sub(".*_", "", native$model_id))
    native$model_id <- sprintf("%s_model_%d", id, number + offset)
    attr(native, "h2o") <- request$facts
    attr(native, "h2o")$input <- c(
      request$facts$input, simple_input(native$arguments[varied])
    )
    keep_model(wrap_model(native))@model_id
  }, "")
  failed <- search$failed
  failures <- lapply(seq_len(nrow(failed)), function(k) {
    stats::setNames(as.list(failed[k, varied, drop = FALSE]), varied)
  })
  grid <- methods::new("H2OGrid",
    grid_id = id, model_ids = as.list(unname(ids)), hyper_names = as.list(varied),
    failed_params = failures, failure_details = as.list(failed$message),
    failure_stack_traces = as.list(rep("", nrow(failed))),
    failed_raw_params = failures, summary_table = NULL
  )
  if (offset > 0) grid <- join_grids(former, grid)
  store_put(id, grid)
  sort_grid(grid)
}

join_grids <- function(former, grid) {
  for (slot in c(
    "model_ids", "failed_params", "failure_details", "failure_stack_traces",
    "failed_raw_params"
  )) {
    methods::slot(grid, slot) <- c(
      methods::slot(former, slot), methods::slot(grid, slot)
    )
  }
  grid@hyper_names <- unique(c(former@hyper_names, grid@hyper_names))
  grid
}

# What a store keeps of a grid: its slots but the table, which is made anew.
grid_parts <- function(grid) {
  names <- setdiff(methods::slotNames(grid), "summary_table")
  stats::setNames(lapply(names, function(name) methods::slot(grid, name)), names)
}

# ---- Going on ------------------------------------------------------------------------

request_file <- function(folder, id) {
  file.path(folder, paste0(utils::URLencode(id, reserved = TRUE), ".request"))
}

keep_request <- function(folder, id, given, hyper_params, criteria) {
  dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  for (name in c("training_frame", "validation_frame")) {
    if (!is.null(given[[name]])) given[[name]] <- read_h2o_frame(given[[name]], name)
  }
  write_whole(model_bytes(list(
    version = h2o.getVersion(), given = given, hyper_params = hyper_params,
    criteria = criteria
  )), request_file(folder, id))
}

#' @rdname h2o.grid
#' @export
h2o.resumeGrid <- function(grid_id, recovery_dir = NULL, hyper_params = NULL,
                           training_frame = NULL, ...) {
  check_id(grid_id, "grid_id")
  file <- if (!is.null(recovery_dir)) request_file(recovery_dir, grid_id)
  if (is.null(file) || !file.exists(file)) {
    abort_argument(sprintf(
      paste(
        "`recovery_dir` must be the folder that h2o.grid(recovery_dir = ) of %s was",
        "given, not %s."
      ),
      quote_name(grid_id), shorten(recovery_dir)
    ))
  }
  request <- model_from(read_whole(file))
  given <- request$given
  if (!is.null(training_frame)) given$training_frame <- training_frame
  store_remove(grid_id)
  search_h2o(
    given, hyper_params %||% request$hyper_params, request$criteria %||% list(), grid_id,
    recovery_dir
  )
}

#' @rdname h2o.grid
#' @export
h2o.saveGrid <- function(grid_directory, grid_id, save_params_references = FALSE,
                         export_cross_validation_predictions = FALSE) {
  grid <- h2o.getGrid(grid_id)
  for (id in grid@model_ids) h2o.saveModel(id, grid_directory, force = TRUE)
  file <- file.path(normalizePath(grid_directory), grid@grid_id)
  saved <- list(version = h2o.getVersion(), grid = grid_parts(grid))
  write_whole(model_bytes(saved), file)
  file
}

#' @rdname h2o.grid
#' @export
h2o.loadGrid <- function(grid_path, load_params_references = FALSE) {
  check_file_name(grid_path)
  parts <- model_from(read_whole(grid_path))$grid
  for (id in parts$model_ids) h2o.loadModel(file.path(dirname(grid_path), id))
  grid <- do.call(methods::new, c("H2OGrid", parts))
  store_put(grid@grid_id, grid)
  sort_grid(grid)
}

#' @include h2o-grid.R
NULL

# Grids in order of a metric, and their printed form.

#' @rdname h2o.grid
#' @export
h2o.getGrid <- function(grid_id, sort_by, decreasing, verbose = FALSE) {
  grid <- if (methods::is(grid_id, "H2OGrid")) {
    grid_id
  } else {
    store_get(check_id(grid_id, "grid_id"))
  }
  if (!methods::is(grid, "H2OGrid")) {
    abort_no_id(grid_id, "grid", grid)
  }
  sort_grid(
    grid, if (!missing(sort_by)) sort_by, if (!missing(decreasing)) decreasing
  )
}

# Of the measures that a task's summary has those that are better when they are larger.
larger_is_better <- c(
  "accuracy", "auc", "pr_auc", "f0point5", "f1", "f2", "lift_top_group", "mcc",
  "mean_per_class_accuracy", "precision", "r2", "recall", "specificity"
)

sorting_names <- c(
  aucpr = "pr_auc", residual_deviance = "mean_residual_deviance",
  deviance = "mean_residual_deviance", misclassification = "err",
  lift = "lift_top_group"
)

sort_grid <- function(grid, sort_by = NULL, decreasing = NULL) {
  natives <- Filter(Negate(is.null), lapply(grid@model_ids, stored_native))
  if (length(natives) == 0) {
    return(grid)
  }
  name <- tolower(sort_by %||% default_sorting(natives[[1]]))
  column <- unname(c(sorting_names[name], name))
  column <- column[!is.na(column)][[1]]
  values <- vapply(natives, function(native) sorting_value(native, column), 0)
  if (all(is.na(values))) {
    abort_argument(sprintf(
      "`sort_by = \"%s\"` is computed for none of the models: see `auc_type`.", name
    ))
  }
  if (is.null(decreasing)) decreasing <- column %in% larger_is_better
  place <- order(values, decreasing = decreasing, na.last = TRUE)
  natives <- natives[place]
  grid@model_ids <- lapply(natives, `[[`, "model_id")
  grid@summary_table <- grid_table(grid, natives, name, values[place], decreasing)
  grid
}

# Models of a grid may have been removed.
stored_native <- function(id) {
  model <- store_get(id)
  if (is_h2o_model(model)) native_model(model)
}

default_sorting <- function(native) {
  sorting <- task_of(native)$stopping_metric
  if (sorting == "deviance") "residual_deviance" else sorting
}

sorting_value <- function(native, column) {
  metrics <- judged_by(native)
  summary <- task_of(native)$summary(metrics)
  if (!column %in% names(summary)) {
    abort_argument(sprintf(
      "`sort_by` must be one of %s, not %s.%s", list_names(names(summary), 30),
      shorten(column), did_you_mean(column, names(summary))
    ))
  }
  summary[[column]]
}

grid_table <- function(grid, natives, name, values, decreasing) {
  varied <- unlist(grid@hyper_names)
  columns <- lapply(stats::setNames(nm = as.character(varied)), function(argument) {
    settings <- lapply(natives, function(native) native$arguments[[argument]])
    single <- vapply(settings, function(x) is.numeric(x) && length(x) == 1, NA)
    # Sizes of layers stay text, as one model may have several.
    if (all(single) && argument != "hidden") {
      unlist(settings)
    } else {
      vapply(settings, show_setting, "")
    }
  })
  table <- c(columns, list(model_ids = unlist(grid@model_ids)), list(values))
  names(table)[length(table)] <- name
  table <- structure(table,
    class = "data.frame", row.names = .set_row_names(length(natives))
  )
  formats <- ifelse(vapply(table, is.numeric, NA), "%.5f", "%s")
  h2o_table(
    table, "Hyper-Parameter Search Summary", unname(formats),
    sprintf("ordered by %s %s", if (decreasing) "decreasing" else "increasing", name)
  )
}

setMethod("show", "H2OGrid", function(object) print_grid(object))

#' @rdname print.H2OModel
#' @export
print.H2OGrid <- function(x, ...) print_grid(x)

#' @rdname print.H2OModel
#' @export
summary.H2OGrid <- function(object, show_stack_traces = FALSE, ...) {
  print_grid(object)
  cat("H2O Grid Summary\n================\n\n")
  print_grid_head(object)
  cat(sprintf("  -  %s", unlist(object@model_ids)), sep = "\n")
  cat("\n\nNumber of failed models:", length(object@failed_params), "\n")
  for (k in seq_along(object@failed_params)) {
    cat("  - ", object@failure_details[[k]], "\n", sep = "")
  }
  cat("\n")
  invisible(object)
}

print_grid <- function(object) {
  cat("H2O Grid Details\n================\n\n")
  print_grid_head(object)
  cat("Number of failed models:", length(object@failed_params), "\n\n")
  if (!is.null(object@summary_table)) print(object@summary_table)
  if (length(object@failed_params) > 0) {
    cat("Failed models\n-------------\n")
    failed <- do.call(rbind, lapply(object@failed_params, function(parameters) {
      as.data.frame(lapply(parameters, as.character), optional = TRUE)
    }))
    failed$status_failed <- "FAIL"
    failed$msgs_failed <- unlist(object@failure_details)
    print(failed, row.names = FALSE)
  }
  invisible(object)
}

print_grid_head <- function(object) {
  cat("Grid ID:", object@grid_id, "\n")
  cat("Used hyper parameters:", "\n")
  for (name in unlist(object@hyper_names)) cat("  - ", name, "\n")
  cat("Number of models:", length(object@model_ids), "\n")
}

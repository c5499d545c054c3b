# What a search has found.

finish_search <- function(grid, hyper_params, grid_id) {
  failed <- !vapply(grid$found, function(found) is.null(found$message), NA)
  models <- found_models(grid)
  values <- grid$values[seq_along(grid$found)]
  settings <- function(values) {
    columns <- lapply(stats::setNames(nm = names(hyper_params)), function(name) {
      vapply(values, function(value) show_setting(value[[name]]), "")
    })
    as.data.frame(columns, optional = TRUE)
  }
  aside <- settings(values[failed])
  aside$message <- vapply(grid$found[failed], `[[`, "", "message")
  if (length(models) == 0) {
    abort_argument(sprintf(
      "All %s failed. The first: %s", count_of(sum(failed), "model"),
      c(aside$message, "")[[1]]
    ), failed = aside)
  }
  sort_by <- sorting_measure(grid)
  value <- vapply(models, function(model) measure_value(judged_by(model), sort_by), 0)
  if (all(is.na(value))) {
    abort_argument(sprintf(
      "`sort_by = \"%s\"` is computed for none of the models. Use one of %s.", sort_by,
      list_names(setdiff(task_of(models[[1]])$stops_on, task_of(models[[1]])$optional))
    ))
  }
  best <- order(value, decreasing = measures[[sort_by]]$higher, na.last = TRUE)
  ids <- sprintf("%s_model_%d", grid_id, which(!failed))
  models <- Map(function(model, id) {
    model$model_id <- id
    model
  }, models, ids)
  names(models) <- ids
  summary <- settings(values[!failed])
  summary$model_ids <- ids
  summary[[sort_by]] <- value
  summary <- summary[best, , drop = FALSE]
  rownames(summary) <- NULL
  warnings <- lapply(grid$found[!failed], `[[`, "warnings")
  names(warnings) <- ids
  if (any(failed)) {
    warn_feedforward(
      sprintf(
        "%d of %d models failed; see `failed`. The first: %s", sum(failed),
        length(grid$found), aside$message[[1]]
      ),
      class = "feedforward_grid_warning"
    )
  }
  structure(
    list(
      grid_id = grid_id, models = models[best], summary = summary, failed = aside,
      warnings = Filter(length, warnings), sort_by = sort_by, hyper_params = hyper_params,
      stopped_by = grid$stopped_by
    ),
    class = "deeplearning_grid"
  )
}

found_models <- function(grid) {
  Filter(Negate(is.null), lapply(grid$found, `[[`, "model"))
}

# The rows that a model of a search is judged on.
judged_by <- function(model) {
  model$cross_validation$metrics %||% model$validation_metrics %||% model$training_metrics
}

sorting_measure <- function(grid) {
  grid$criteria$sort_by %||% task_of(found_models(grid)[[1]])$stopping_metric
}

#' @export
print.deeplearning_grid <- function(x, most = 20, ...) {
  cat_wrapped(sprintf(
    "Search %s: %s, by %s (%s first)", x$grid_id, count_of(length(x$models), "model"),
    x$sort_by, if (measures[[x$sort_by]]$higher) "highest" else "lowest"
  ))
  print(utils::head(x$summary, most), ...)
  if (nrow(x$summary) > most) {
    cat("... and", nrow(x$summary) - most, "more\n")
  }
  if (nrow(x$failed) > 0) {
    cat("Failed:", nrow(x$failed), "(see `failed`)\n")
  }
  if (!is.null(x$stopped_by)) cat("Stopped by", x$stopped_by, "\n")
  invisible(x)
}

#' @export
summary.deeplearning_grid <- function(object, ...) {
  check_no_more(..., fun = "summary")
  object$summary
}

#' Plot a search
#'
#' With one setting of numbers varied: the metric against it. Else a point for each model,
#' best first, with its settings.
#'
#' @param x Of [grid_search()].
#' @param most How many models at most.
#' @param main Title, `NULL` for one of ours.
#' @param ... For [graphics::plot()] or [graphics::dotchart()].
#' @return Invisibly, the rows of `x$summary` that were drawn.
#' @examples
#' grid <- grid_search(list(l2 = c(0, 1e-3, 1e-2)), mpg ~ ., mtcars, hidden = 5, seed = 1)
#' plot(grid)
#' @export
plot.deeplearning_grid <- function(x, most = 20, main = NULL, ...) {
  drawn <- utils::head(x$summary, most)
  varied <- names(x$hyper_params)
  title <- fit_title(main %||% sprintf("Search by %s", x$sort_by))
  number <- suppressWarnings(as.numeric(drawn[[varied[[1]]]]))
  if (length(varied) == 1 && !anyNA(number)) {
    along <- order(number)
    graphics::plot(
      number[along], drawn[[x$sort_by]][along],
      type = "b", pch = 16, xlab = varied, ylab = x$sort_by, main = title$text,
      cex.main = title$cex, col = part_colours[[1]], ...
    )
    return(invisible(drawn))
  }
  labels <- do.call(paste, c(Map(function(name, value) {
    paste(name, value)
  }, varied, drawn[varied]), sep = ", "))
  worst <- rev(seq_len(nrow(drawn)))
  labels <- fit_texts(labels, graphics::par("fin")[[1]] / 2, 0.8)
  graphics::dotchart(
    drawn[[x$sort_by]][worst],
    labels = labels[worst], xlab = x$sort_by, pch = 16, cex = 0.8,
    color = part_colours[[1]], main = title$text, ...
  )
  invisible(drawn)
}

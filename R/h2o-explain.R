#' @include h2o-explain-front.R
NULL

#' Explain a model
#'
#' What can be said of a network, or of several, in sections of text, tables and pictures.
#'
#' @param object A model of [h2o.deeplearning()], a list of models, a grid, or what
#'   [h2o.automl()] returns.
#' @param newdata A frame with the response.
#' @param columns Predictors to look at, names or positions in `newdata`; the most
#'   important unless given.
#' @param top_n_features How many of them, -1 for all.
#' @param include_explanations,exclude_explanations Names of sections: "leaderboard",
#'   "confusion_matrix", "residual_analysis", "learning_curve", "varimp",
#'   "varimp_heatmap", "model_correlation_heatmap", "shap_summary", "pdp", "ice"; of
#'   `h2o.explain_row()`: "leaderboard", "shap_explain_row", "ice".
#' @param plot_overrides Named list of further arguments for the plots, by section.
#' @param background_frame Rows to compare with, for SHAP values.
#' @param row_index The row to explain.
#' @param x What these functions return.
#' @param ... Not used.
#' @return A list of class `H2OExplanation`, by section: `header`, `description` and
#'   `plots` (ggplot2 objects by model, or by column), `data` (a table) or
#'   `subexplanations` (tables by model). Printing it shows all of them. Sections that do
#'   not fit the models are left out: SHAP values need `background_frame`; tables and heat
#'   maps of several models need several. Of what [h2o.automl()] returns single pictures
#'   are of the leader.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' frame <- as.h2o(mtcars)
#' model <- h2o.deeplearning(c("wt", "hp"), "mpg", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' explanation <- h2o.explain(model, frame, top_n_features = 1)
#' names(explanation)
#' explanation$learning_curve$plots[[1]]
#' @export
h2o.explain <- function(object, newdata, columns = NULL, top_n_features = 5,
                        include_explanations = "ALL", exclude_explanations = NULL,
                        plot_overrides = NULL, background_frame = NULL, ...) {
  context <- explain_context(object, newdata, columns, top_n_features, background_frame)
  write_sections(
    explanation_sections, context, include_explanations, exclude_explanations,
    plot_overrides
  )
}

#' @rdname h2o.explain
#' @export
h2o.explain_row <- function(object, newdata, row_index, columns = NULL,
                            top_n_features = 5, include_explanations = "ALL",
                            exclude_explanations = NULL, plot_overrides = NULL,
                            background_frame = NULL, ...) {
  context <- explain_context(object, newdata, columns, top_n_features, background_frame)
  one_row(bare_frame(context$frame), row_index)
  context$row_index <- row_index
  write_sections(
    row_sections, context, include_explanations, exclude_explanations, plot_overrides
  )
}

# What the sections are written from.
explain_context <- function(object, newdata, columns, top, background) {
  need_ggplot()
  natives <- model_list(object)
  if (any(vapply(natives, repeats_inputs, NA))) {
    abort_argument("`object` must predict something: an autoencoder does not.")
  }
  frame <- read_h2o_frame(newdata, "newdata")
  if (is.numeric(columns)) columns <- names(frame)[column_places(frame, columns)]
  important <- varimp(natives[[1]], by = "predictor")$variable
  levels <- natives[[1]]$response$levels
  list(
    natives = natives, models = lapply(natives, wrapped_model), frame = frame,
    several = length(natives) > 1, searched = methods::is(object, "H2OAutoML"),
    columns = columns %||% utils::head(important, if (top < 0) Inf else top),
    targets = if (length(levels) > 2) levels, background = background
  )
}

write_sections <- function(sections, context, include, exclude, overrides) {
  wanted <- wanted_sections(names(sections), include, exclude, names(overrides))
  found <- lapply(stats::setNames(nm = wanted), function(name) {
    sections[[name]](context, overrides[[name]])
  })
  structure(Filter(Negate(is.null), found), class = "H2OExplanation")
}

wanted_sections <- function(known, include, exclude, overridden) {
  unknown <- setdiff(c(include, exclude, overridden), c("ALL", known))
  if (length(unknown) > 0) {
    abort_argument(sprintf(
      "There is no section %s; there are %s.", list_names(unknown), list_names(known, 20)
    ))
  }
  setdiff(if ("ALL" %in% include) known else include, exclude)
}

#' @rdname h2o.explain
#' @export
print.H2OExplanation <- function(x, ...) {
  for (one in unclass(x)) {
    cat("\n", one$header, "\n", strrep("=", nchar(one$header)), "\n", sep = "")
    cat_wrapped(one$description)
    show_parts(one[setdiff(names(one), c("header", "description", "subheader"))])
  }
  invisible(x)
}

# Tables are printed, pictures drawn, whatever they are kept in.
show_parts <- function(part) {
  if (inherits(part, "ggplot") || is.data.frame(part)) {
    print(part)
  } else if (is.list(part)) {
    if (!is.null(part$subheader)) cat("\n", part$subheader, "\n", sep = "")
    part$subheader <- NULL
    lapply(part, show_parts)
  }
  invisible()
}

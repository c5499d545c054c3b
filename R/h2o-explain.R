#' @include h2o-explain-several.R
NULL

#' Explain a model
#'
#' What can be said of a network, or of several, in sections of text, tables and pictures.
#'
#' @param object A model of [h2o.deeplearning()], a list of models, a grid, or what
#'   [h2o.automl()] returns.
#' @param newdata A frame with the response.
#' @param columns Predictors to look at; the most important unless given.
#' @param top_n_features How many of them.
#' @param include_explanations,exclude_explanations Names of sections: "leaderboard",
#'   "confusion_matrix", "residual_analysis", "learning_curve", "varimp",
#'   "varimp_heatmap", "model_correlation_heatmap", "shap_summary", "pdp", "ice".
#' @param plot_overrides Named list of further arguments for the plots, by section.
#' @param background_frame Rows to compare with, for SHAP values.
#' @param row_index The row to explain.
#' @param x What these functions return.
#' @param ... Not used.
#' @return A list of class `H2OExplanation`, by section: `header`, `description` and
#'   `plots` (a table or a list of ggplot2 objects). Printing it shows all of them.
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
  need_ggplot()
  natives <- model_list(object)
  models <- lapply(natives, function(native) wrapped_model(native))
  frame <- read_h2o_frame(newdata, "newdata")
  columns <- columns %||%
    utils::head(varimp(natives[[1]], by = "predictor")$variable, top_n_features)
  wanted <- wanted_sections(include_explanations, exclude_explanations)
  found <- lapply(stats::setNames(nm = wanted), function(name) {
    explanation_sections[[name]](
      models, natives, frame, columns, background_frame, plot_overrides[[name]]
    )
  })
  structure(Filter(Negate(is.null), found), class = "H2OExplanation")
}

wanted_sections <- function(include, exclude) {
  known <- names(explanation_sections)
  unknown <- setdiff(c(include, exclude), c("ALL", known))
  if (length(unknown) > 0) {
    abort_argument(sprintf(
      "There is no section %s; there are %s.", list_names(unknown), list_names(known, 20)
    ))
  }
  setdiff(if ("ALL" %in% include) known else include, exclude)
}

section <- function(header, description, plots) {
  list(header = header, description = description, plots = plots)
}

call_with <- function(fun, arguments, overrides) {
  do.call(fun, utils::modifyList(arguments, as.list(overrides)))
}

#' @include h2o-explain.R
NULL

# The sections of an explanation: each a function of the models (H2O's and ours), the
# frame, the columns, the background and what overrides arguments of its plots. NULL where
# it does not apply.
explanation_sections <- list(
  leaderboard = function(models, natives, frame, columns, background, overrides) {
    if (length(models) < 2) {
      return(NULL)
    }
    rows <- lapply(natives, function(native) {
      metrics <- performance(native, bare_frame(frame))
      as.data.frame(as.list(task_of(native)$summary(metrics)))
    })
    ids <- vapply(natives, `[[`, "", "model_id")
    section(
      "Leaderboard", "Metrics of the models on the rows given.",
      list(data = cbind(model_id = ids, do.call(rbind, rows)))
    )
  },
  confusion_matrix = function(models, natives, frame, columns, background, overrides) {
    if (is.null(natives[[1]]$response$levels)) {
      return(NULL)
    }
    section(
      "Confusion Matrix", "Actual classes against predicted ones.",
      lapply(models, h2o.confusionMatrix, newdata = frame)
    )
  },
  residual_analysis = function(models, natives, frame, columns, background, overrides) {
    if (task_of(natives[[1]])$target != "numbers") {
      return(NULL)
    }
    section(
      "Residual Analysis",
      "Residuals against predictions: a good model leaves no pattern in them.",
      lapply(models, function(model) h2o.residual_analysis_plot(model, frame))
    )
  },
  learning_curve = function(models, natives, frame, columns, background, overrides) {
    section(
      "Learning Curve", "The metric while the network learned.",
      lapply(models, function(model) {
        call_with(h2o.learning_curve_plot, list(model = model), overrides)
      })
    )
  },
  varimp = function(models, natives, frame, columns, background, overrides) {
    section(
      "Variable Importance", "What the weights make of each input.",
      lapply(models, h2o.varimp)
    )
  },
  varimp_heatmap = function(models, natives, frame, columns, background, overrides) {
    if (length(models) < 2) {
      return(NULL)
    }
    section(
      "Variable Importance Heatmap", "Importance of the predictors in each model.",
      list(call_with(h2o.varimp_heatmap, list(object = models), overrides))
    )
  },
  model_correlation_heatmap = function(models, natives, frame, columns, background,
                                       overrides) {
    if (length(models) < 2) {
      return(NULL)
    }
    section(
      "Model Correlation", "How alike the models predict.",
      list(call_with(
        h2o.model_correlation_heatmap, list(object = models, newdata = frame), overrides
      ))
    )
  },
  shap_summary = function(models, natives, frame, columns, background, overrides) {
    if (is.null(background) || length(natives[[1]]$response$levels) > 2) {
      return(NULL)
    }
    section(
      "SHAP Summary", "What each predictor adds to the predictions.",
      lapply(models, function(model) {
        call_with(h2o.shap_summary_plot, list(
          model = model, newdata = frame, background_frame = background
        ), overrides)
      })
    )
  },
  pdp = function(models, natives, frame, columns, background, overrides) {
    plots <- lapply(stats::setNames(nm = columns), function(column) {
      call_with(if (length(models) > 1) h2o.pd_multi_plot else h2o.pd_plot, list(
        object = if (length(models) > 1) models else models[[1]], newdata = frame,
        column = column
      ), overrides)
    })
    section(
      "Partial Dependence Plots",
      "The mean prediction as one predictor moves and the others stay.", plots
    )
  },
  ice = function(models, natives, frame, columns, background, overrides) {
    if (length(models) > 1) {
      return(NULL)
    }
    plots <- lapply(stats::setNames(nm = columns), function(column) {
      call_with(h2o.ice_plot, list(
        model = models[[1]], newdata = frame, column = column
      ), overrides)
    })
    section(
      "Individual Conditional Expectations", "The same for single rows.", plots
    )
  }
)

#' @rdname h2o.explain
#' @export
h2o.explain_row <- function(object, newdata, row_index, columns = NULL,
                            top_n_features = 5, include_explanations = "ALL",
                            exclude_explanations = NULL, plot_overrides = NULL,
                            background_frame = NULL, ...) {
  need_ggplot()
  natives <- model_list(object)
  frame <- read_h2o_frame(newdata, "newdata")
  columns <- columns %||%
    utils::head(varimp(natives[[1]], by = "predictor")$variable, top_n_features)
  wanted <- wanted_sections(include_explanations, exclude_explanations)
  found <- list()
  if ("shap_summary" %in% wanted && !is.null(background_frame)) {
    found$shap_explain_row <- section(
      "SHAP Explanation", "What each predictor adds to the prediction of this row.",
      lapply(natives, function(native) {
        h2o.shap_explain_row_plot(
          native, frame, row_index,
          background_frame = background_frame
        )
      })
    )
  }
  if ("ice" %in% wanted || "pdp" %in% wanted) {
    found$ice <- section(
      "Individual Conditional Expectations", "The prediction as one predictor moves.",
      lapply(stats::setNames(nm = columns), function(column) {
        h2o.pd_plot(natives[[1]], frame, column, row_index = row_index)
      })
    )
  }
  structure(found, class = "H2OExplanation")
}

#' @rdname h2o.explain
#' @export
print.H2OExplanation <- function(x, ...) {
  for (one in unclass(x)) {
    cat("\n", one$header, "\n", strrep("=", nchar(one$header)), "\n", sep = "")
    cat_wrapped(one$description)
    for (plot in one$plots) print(plot)
  }
  invisible(x)
}

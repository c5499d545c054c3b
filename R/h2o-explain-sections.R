#' @include h2o-explain.R
NULL

# The sections of an explanation: each a function of the context (models, H2O's and ours,
# the one or all that single pictures are of, the frame, columns, targets and background)
# and of what overrides arguments of its plots. NULL where it does not apply.
explanation_sections <- list(
  leaderboard = function(context, overrides) {
    if (!context$several) {
      return(NULL)
    }
    board <- call_with(board_of, list(
      natives = context$natives, frame = bare_frame(context$frame)
    ), overrides)
    section("Leaderboard", "Metrics of the models on the rows given, best first.",
      data = h2o_table(board, "Leaderboard"))
  },
  confusion_matrix = function(context, overrides) {
    if (is.null(context$natives[[1]]$response$levels)) {
      return(NULL)
    }
    section("Confusion Matrix", "Actual classes against predicted ones.",
      subexplanations = by_model(context, function(model, id) {
        list(subheader = id, data = call_with(h2o.confusionMatrix, list(
          object = model, newdata = context$frame
        ), overrides))
      }))
  },
  residual_analysis = function(context, overrides) {
    if (task_of(context$natives[[1]])$target != "numbers") {
      return(NULL)
    }
    section("Residual Analysis",
      "Residuals against predictions: a good model leaves no pattern in them.",
      plots = by_model(context, function(model, id) {
        call_with(h2o.residual_analysis_plot, list(
          model = model, newdata = context$frame
        ), overrides)
      }))
  },
  learning_curve = function(context, overrides) {
    section("Learning Curve Plot", "The metric while the network learned.",
      plots = by_model(context, function(model, id) {
        call_with(h2o.learning_curve_plot, list(model = model), overrides)
      }))
  },
  varimp = function(context, overrides) {
    section("Variable Importance",
      "How strongly each predictor reaches the outputs, by the weights.",
      plots = by_model(context, function(model, id) gg_importance(native_model(model))))
  },
  varimp_heatmap = function(context, overrides) {
    if (!context$several) {
      return(NULL)
    }
    section("Variable Importance Heatmap", "Importance of the predictors in each model.",
      plots = list(call_with(
        h2o.varimp_heatmap, list(object = context$models), overrides
      )))
  },
  model_correlation_heatmap = function(context, overrides) {
    if (!context$several) {
      return(NULL)
    }
    section("Model Correlation", "How alike the models predict.",
      plots = list(call_with(h2o.model_correlation_heatmap, list(
        object = context$models, newdata = context$frame
      ), overrides)))
  },
  shap_summary = function(context, overrides) {
    if (is.null(context$background) || length(context$targets) > 1) {
      return(NULL)
    }
    section("SHAP Summary", "What each predictor adds to the predictions.",
      plots = by_model(context, function(model, id) {
        call_with(h2o.shap_summary_plot, list(
          model = model, newdata = context$frame, background_frame = context$background
        ), overrides)
      }))
  },
  pdp = function(context, overrides) {
    section("Partial Dependence Plots",
      "The mean prediction as one predictor moves and the others stay.",
      plots = by_column(context, function(column, target) {
        dependence_plot(context, column, target, overrides)
      }))
  },
  ice = function(context, overrides) {
    section("Individual Conditional Expectations",
      "The prediction of single rows as one predictor moves.",
      plots = by_column(context, function(column, target) {
        by_model(context, function(model, id) {
          call_with(h2o.ice_plot, list(
            model = model, newdata = context$frame, column = column, target = target
          ), overrides)
        })
      }))
  }
)

# Of a single row.
row_sections <- list(
  leaderboard = explanation_sections$leaderboard,
  shap_explain_row = function(context, overrides) {
    if (is.null(context$background) || length(context$targets) > 1) {
      return(NULL)
    }
    section("SHAP Explanation", "What each predictor adds to the prediction of this row.",
      plots = by_model(context, function(model, id) {
        call_with(h2o.shap_explain_row_plot, list(
          model = model, newdata = context$frame, row_index = context$row_index,
          background_frame = context$background
        ), overrides)
      }))
  },
  ice = function(context, overrides) {
    section("Individual Conditional Expectations",
      "The prediction of this row as one predictor moves.",
      plots = by_column(context, function(column, target) {
        dependence_plot(context, column, target, overrides)
      }))
  }
)

section <- function(header, description, ...) {
  list(header = header, description = description, ...)
}

call_with <- function(fun, arguments, overrides) {
  unknown <- setdiff(names(overrides), names(formals(fun)))
  if (length(unknown) > 0) {
    abort_argument(sprintf(
      "`plot_overrides` has arguments that the plot lacks: %s.", list_names(unknown)
    ))
  }
  do.call(fun, utils::modifyList(arguments, as.list(overrides)))
}

# Of a search the best model alone, as H2O does.
by_model <- function(context, fun) {
  shown <- if (context$searched) 1 else seq_along(context$models)
  ids <- model_names(context$natives)[shown]
  stats::setNames(Map(fun, context$models[shown], ids), ids)
}

# A picture, for more than two classes one for each class, by column.
by_column <- function(context, fun) {
  lapply(stats::setNames(nm = context$columns), function(column) {
    if (length(context$targets) < 2) {
      return(fun(column, NULL))
    }
    lapply(stats::setNames(nm = context$targets), function(target) fun(column, target))
  })
}

dependence_plot <- function(context, column, target, overrides) {
  arguments <- list(
    object = if (context$several) context$models else context$models[[1]],
    newdata = context$frame, column = column, target = target,
    row_index = context$row_index
  )
  call_with(if (context$several) h2o.pd_multi_plot else h2o.pd_plot, arguments, overrides)
}

gg_importance <- function(native) {
  table <- utils::head(varimp(native, by = "predictor"), 10)
  table$variable <- factor(table$variable, rev(table$variable))
  ggplot2::ggplot(table, ggplot2::aes(
    x = .data$scaled_importance, y = .data$variable
  )) +
    ggplot2::geom_col(fill = part_colours[[1]]) +
    gg_labels("Variable Importance", "Scaled importance", NULL, native$model_id) +
    ggplot2::theme_bw()
}

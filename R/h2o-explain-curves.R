#' @include h2o-explain-plots.R
NULL

# Partial dependence and curves of single rows.

# What the plots of a column need: the frame, the rows to average over, where to compute.
column_facts <- function(native, newdata, column, target, row_index, bins, levels) {
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  if (missing(column) || !is_one_of(column, names(frame))) {
    if (missing(column)) abort_argument("`column` is missing: name a predictor.")
    abort_argument(paste0(
      "`column` must be the name of a column of `newdata`, not ", shorten(column), ".",
      if (rlang::is_string(column)) did_you_mean(column, names(frame))
    ))
  }
  numbers <- !holds_classes(column_class(frame[[column]]))
  classes <- native$response$levels
  list(
    frame = frame, column = column, numbers = numbers,
    rows = if (is.null(row_index)) frame else one_row(frame, row_index),
    values = points_of(frame[[column]], if (numbers) bins else levels),
    target = if (length(classes) > 2) target %||% classes[[1]] else target,
    response = if (is.null(row_index)) "Mean Response" else "Response"
  )
}

# What the vertical axis shows.
response_label <- function(label, scale) {
  if (identical(scale, identity)) label else paste(label, "(log odds)")
}

# Of partial_dependence(), with the column's values as `value`.
curve_of <- function(native, facts, rows = facts$rows, individual = FALSE) {
  values <- stats::setNames(list(facts$values), facts$column)
  found <- partial_dependence(native, rows, facts$column,
    values = values, class = facts$target, individual = individual
  )[[1]]
  names(found)[[1]] <- "value"
  found
}

# A function that puts probabilities on the scale asked for.
response_scale <- function(native, scale) {
  scale <- choose_one(scale, c("response", "logodds"), "binary_response_scale")
  if (scale == "logodds" && length(native$response$levels) != 2) {
    abort_argument(
      "`binary_response_scale = \"logodds\"` is for models of two classes."
    )
  }
  if (scale == "logodds") stats::qlogis else identity
}

split_rows <- function(rows, column) {
  if (is.null(column)) {
    return(list(all = rows))
  }
  if (!is_one_of(column, names(rows)) || !holds_classes(column_class(rows[[column]]))) {
    abort_argument(sprintf(
      "`grouping_column` must be a factor of `newdata`, not %s.", shorten(column)
    ))
  }
  split(rows, rows[[column]], drop = TRUE)
}

#' @rdname h2o.explain_plots
#' @export
h2o.pd_plot <- function(object, newdata, column, target = NULL, row_index = NULL,
                        max_levels = 30, binary_response_scale = c("response", "logodds"),
                        grouping_column = NULL, nbins = 100, show_rug = TRUE, ...) {
  need_ggplot()
  native <- native_model(object)
  facts <- column_facts(native, newdata, column, target, row_index, nbins, max_levels)
  scale <- response_scale(native, binary_response_scale)
  groups <- split_rows(facts$rows, grouping_column)
  curves <- do.call(rbind, lapply(names(groups), function(name) {
    cbind(curve_of(native, facts, groups[[name]]), group = name)
  }))
  curves$low <- curves$mean_response - curves$stddev_response
  curves$high <- curves$mean_response + curves$stddev_response
  spread <- identical(scale, identity) && length(groups) == 1 && is.null(row_index)
  if (!spread) curves$low <- curves$high <- NA_real_
  curves$mean_response <- scale(curves$mean_response)
  own <- if (!is.null(row_index)) facts$rows[[column]]
  facts$response <- response_label(facts$response, scale)
  gg_partial(curves, facts, row_index, show_rug, own, grouping_column)
}

# own: the value of the only row
gg_partial <- function(curves, facts, row_index, rug, own = NULL, groups = NULL) {
  if (!facts$numbers) curves$value <- factor(curves$value, unique(curves$value))
  many <- !is.null(groups)
  aes <- ggplot2::aes(x = .data$value, y = .data$mean_response)
  if (many) aes$colour <- quote(.data$group)
  plot <- ggplot2::ggplot(curves, aes)
  plot <- if (facts$numbers) {
    add_line(plot, curves, facts, rug, own)
  } else {
    add_levels(plot, curves, many)
  }
  what <- if (is.null(row_index)) {
    "Partial Dependence"
  } else {
    sprintf("Individual Conditional Expectation of row %d", row_index)
  }
  plot <- plot + gg_labels(
    sprintf("%s on \"%s\"", what, facts$column), facts$column,
    facts$response,
    if (!is.null(facts$target)) sprintf("Target: %s", facts$target)
  ) + ggplot2::theme_bw()
  if (!facts$numbers) plot <- plot + gg_slanted()
  if (many) {
    plot <- plot + gg_groups(curves$group) + ggplot2::labs(colour = groups)
    # Ids are long.
    if (max(nchar(curves$group, "width")) > 15) {
      plot <- plot +
        ggplot2::theme(legend.position = "bottom", legend.direction = "vertical")
    }
  }
  plot
}

add_line <- function(plot, curves, facts, rug, own) {
  if (any(is.finite(curves$low))) {
    plot <- plot + ggplot2::geom_ribbon(
      ggplot2::aes(ymin = .data$low, ymax = .data$high),
      fill = part_colours[[1]], alpha = 0.2
    )
  }
  plot <- plot + if (is.null(plot$mapping$colour)) {
    ggplot2::geom_line(colour = part_colours[[1]], linewidth = 1)
  } else {
    ggplot2::geom_line(linewidth = 1)
  }
  if (isTRUE(rug)) plot <- plot + gg_rug(facts)
  if (length(own) == 1 && !is.na(own)) {
    plot <- plot + ggplot2::geom_vline(xintercept = as.numeric(own), linetype = "dashed")
  }
  plot
}

gg_rug <- function(facts) {
  values <- facts$frame[[facts$column]]
  ggplot2::geom_rug(
    ggplot2::aes(x = .data$value),
    data = data.frame(value = values[!is.na(values)]), inherit.aes = FALSE, alpha = 0.3,
    sides = "b"
  )
}

# Side by side where there are several.
add_levels <- function(plot, curves, many) {
  aside <- ggplot2::position_dodge(width = if (many) 0.5 else 0)
  if (any(is.finite(curves$low))) {
    plot <- plot + ggplot2::geom_errorbar(
      ggplot2::aes(ymin = .data$low, ymax = .data$high),
      width = 0.2, colour = "grey50", position = aside
    )
  }
  plot + if (many) {
    ggplot2::geom_point(size = 2.5, position = aside)
  } else {
    ggplot2::geom_point(size = 2.5, colour = part_colours[[1]])
  }
}

#' @rdname h2o.explain_plots
#' @export
h2o.pd_multi_plot <- function(object, newdata, column, best_of_family = TRUE,
                              target = NULL, row_index = NULL, max_levels = 30,
                              show_rug = TRUE, ...) {
  need_ggplot()
  natives <- model_list(object)
  facts <- column_facts(
    natives[[1]], newdata, column, target, row_index, 20, max_levels
  )
  curves <- do.call(rbind, lapply(natives, function(native) {
    cbind(curve_of(native, facts), group = native$model_id)
  }))
  curves$low <- curves$high <- NA_real_
  own <- if (!is.null(row_index)) facts$rows[[column]]
  gg_partial(curves, facts, row_index, show_rug, own, "Model")
}

# ---- Curves of single rows ------------------------------------------------------------

#' @rdname h2o.explain_plots
#' @export
h2o.ice_plot <- function(model, newdata, column, target = NULL, max_levels = 30,
                         show_pdp = TRUE,
                         binary_response_scale = c("response", "logodds"),
                         centered = FALSE, grouping_column = NULL,
                         output_graphing_data = FALSE, nbins = 100, show_rug = TRUE,
                         ...) {
  need_ggplot()
  native <- native_model(model, "model")
  facts <- column_facts(native, newdata, column, target, NULL, nbins, max_levels)
  scale <- response_scale(native, binary_response_scale)
  groups <- split_rows(facts$rows, grouping_column)
  found <- lapply(names(groups), function(name) {
    lapply(decile_curves(native, facts, groups[[name]], scale, isTRUE(centered)),
      function(part) cbind(part, group = rep(name, nrow(part))))
  })
  part <- function(name) do.call(rbind, lapply(found, `[[`, name))
  label <- if (isTRUE(centered)) "Response, from its start" else "Response"
  facts$response <- response_label(label, scale)
  data <- list(lines = part("lines"), own = part("own"), mean = part("mean"))
  plot <- gg_ice(data, facts, isTRUE(show_pdp))
  if (isTRUE(show_rug) && facts$numbers) plot <- plot + gg_rug(facts)
  if (!is.null(grouping_column)) {
    plot <- plot + ggplot2::facet_wrap(ggplot2::vars(.data$group))
  }
  if (isTRUE(output_graphing_data)) {
    list(figure = plot, graphing_data = data)
  } else {
    plot
  }
}

# Curves of the rows at the deciles of the predictions (lines), where those rows stand
# (own), and the mean over all rows.
decile_curves <- function(native, facts, rows, scale, centered) {
  prediction <- stats::predict(native, complete_columns(native, rows))
  if (is.matrix(prediction)) prediction <- prediction[, facts$target]
  at <- unique(round(seq(1, nrow(rows), length.out = 11)))
  chosen <- order(prediction)[at]
  shares <- 10 * round(10 * (at - 1) / max(nrow(rows) - 1, 1))
  names <- factor(paste0(shares, "%"), paste0(seq(0, 100, 10), "%"))
  each <- curve_of(native, facts, rows[chosen, , drop = FALSE], individual = TRUE)
  curves <- scale(attr(each, "individual"))
  mean <- curve_of(native, facts, rows)
  start <- if (centered) curves[, 1] else 0
  middle <- scale(mean$mean_response)
  levelled <- function(values) {
    if (facts$numbers) values else factor(values, unique(facts$values))
  }
  list(
    lines = data.frame(
      value = levelled(rep(each$value, each = length(chosen))),
      response = as.vector(curves - start), decile = rep(names, ncol(curves))
    ),
    own = data.frame(
      value = levelled(rows[[facts$column]][chosen]),
      response = scale(prediction[chosen]) - start, decile = names
    ),
    mean = data.frame(
      value = levelled(mean$value),
      response = middle - if (centered) middle[[1]] else 0
    )
  )
}

gg_ice <- function(data, facts, show_pdp) {
  plot <- ggplot2::ggplot(data$lines, ggplot2::aes(
    x = .data$value, y = .data$response, colour = .data$decile, group = .data$decile
  )) +
    ggplot2::geom_line() +
    ggplot2::geom_point(
      data = data$own[!is.na(data$own$value), ], shape = 1, size = 2.5, alpha = 0.7
    ) +
    ggplot2::scale_colour_viridis_d(option = "plasma", end = 0.85)
  if (show_pdp) {
    plot <- plot + ggplot2::geom_line(
      ggplot2::aes(linetype = "Mean of all"),
      data = data$mean, colour = "black", linewidth = 1, group = 0
    ) + ggplot2::scale_linetype_manual(values = "dashed")
  }
  plot <- plot + gg_labels(
    sprintf("Individual Conditional Expectations on \"%s\"", facts$column), facts$column,
    facts$response,
    if (!is.null(facts$target)) sprintf("Target: %s", facts$target)
  ) + ggplot2::labs(colour = "Decile of\nprediction") + ggplot2::theme_bw()
  if (facts$numbers) plot else plot + gg_slanted()
}

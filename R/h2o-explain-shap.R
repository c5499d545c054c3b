#' @include h2o-explain-several.R
NULL

# What predictors add to predictions.

# Contributions of the rows, one column for each predictor, and where they begin.
contributions <- function(native, frame, background_frame) {
  found <- h2o.predict_contributions(native, frame, background_frame = background_frame)
  values <- bare_frame(found)
  list(
    values = as.matrix(values[names(values) != "BiasTerm"]), start = values$BiasTerm[[1]]
  )
}

shown_columns <- function(columns, values, top) {
  known <- colnames(values)
  if (is.null(columns)) {
    return(known[utils::head(order(-colMeans(abs(values))), top)])
  }
  if (!all(columns %in% known)) {
    abort_argument(sprintf(
      "`columns` must be predictors of the model: %s, not %s.", list_names(known),
      shorten(setdiff(columns, known))
    ))
  }
  columns
}

#' @rdname h2o.explain_plots
#' @export
h2o.shap_summary_plot <- function(model, newdata, columns = NULL, top_n_features = 20,
                                  sample_size = 1000, background_frame = NULL, ...) {
  need_ggplot()
  native <- native_model(model, "model")
  frame <- read_h2o_frame(newdata, "newdata")
  n <- frame_rows(frame)
  if (n > sample_size) {
    frame <- frame[unique(round(seq(1, n, length.out = sample_size))), ]
    n <- frame_rows(frame)
  }
  values <- contributions(native, frame, background_frame)$values
  shown <- shown_columns(columns, values, top_n_features)
  # The rank of each predictor's own values, for the colour.
  level <- vapply(shown, function(name) {
    rank_share(bare_frame(frame)[[name]], n)
  }, numeric(n))
  # Spread without a random number.
  aside <- 0.4 * ((seq_len(n) * 0.618034) %% 1 - 0.5)
  names <- rev(shown)
  points <- data.frame(
    feature = factor(rep(shown, each = n), names),
    place = rep(match(shown, names), each = n) + aside,
    contribution = as.vector(values[, shown]), value = as.vector(level)
  )
  ggplot2::ggplot(points, ggplot2::aes(
    x = .data$contribution, y = .data$place, colour = .data$value
  )) +
    ggplot2::geom_vline(xintercept = 0, colour = "grey60") +
    ggplot2::geom_point(alpha = 0.7) +
    ggplot2::scale_y_continuous(breaks = seq_along(names), labels = names) +
    shap_colours() +
    ggplot2::labs(
      title = "SHAP Summary", x = "SHAP contribution", y = NULL, colour = "Value (rank)"
    ) +
    ggplot2::theme_bw()
}

# From low to high values of a predictor.
shap_colours <- function() {
  ggplot2::scale_colour_gradient(
    low = part_colours[[1]], high = part_colours[[2]], limits = c(0, 1),
    breaks = c(0, 1), labels = c("low", "high")
  )
}

#' @rdname h2o.explain_plots
#' @export
h2o.shap_explain_row_plot <- function(model, newdata, row_index, columns = NULL,
                                      top_n_features = 10,
                                      plot_type = c("barplot", "breakdown"),
                                      contribution_type = c(
                                        "both", "positive", "negative"
                                      ), background_frame = NULL, ...) {
  need_ggplot()
  native <- native_model(model, "model")
  plot_type <- choose_one(plot_type, c("barplot", "breakdown"), "plot_type")
  kinds <- c("both", "positive", "negative")
  kind <- choose_one(contribution_type, kinds, "contribution_type")
  frame <- one_row(bare_frame(read_h2o_frame(newdata, "newdata")), row_index)
  found <- contributions(native, new_frame(frame), background_frame)
  values <- found$values[1, ]
  wanted <- switch(kind,
    both = rep(TRUE, length(values)), positive = values > 0, negative = values < 0
  )
  if (!any(wanted)) abort_argument(sprintf("No contribution is %s in this row.", kind))
  shown <- shown_columns(columns, found$values[, wanted, drop = FALSE], top_n_features)
  told <- vapply(shown, function(name) format(frame[[name]] %||% NA, digits = 4), "")
  names <- rev(paste(shown, told, sep = " = "))
  bars <- data.frame(
    feature = factor(rev(names), names), contribution = unname(values[shown])
  )
  title <- sprintf("SHAP explanation of row %d", row_index)
  if (plot_type == "barplot") {
    bars$from <- 0
    bars$to <- bars$contribution
    gg_bars(bars, title, "SHAP contribution", 0)
  } else {
    # From the bottom up; predictors that are not shown make the first step.
    rest <- sum(values) - sum(values[shown])
    bars <- rbind(bars, data.frame(feature = "all others", contribution = rest))
    if (length(shown) == length(values)) bars <- bars[-nrow(bars), ]
    names <- rev(as.character(bars$feature))
    bars$feature <- factor(bars$feature, names)
    steps <- rev(bars$contribution)
    bars$to <- rev(found$start + cumsum(steps))
    bars$from <- bars$to - bars$contribution
    gg_bars(bars, title, "SHAP contribution, from the mean of the background",
      found$start)
  }
}

gg_bars <- function(bars, title, label, start) {
  at <- as.integer(bars$feature)
  bars$low <- at - 0.4
  bars$high <- at + 0.4
  ggplot2::ggplot(bars) +
    ggplot2::geom_vline(xintercept = start, colour = "grey60") +
    ggplot2::geom_rect(ggplot2::aes(
      xmin = .data$from, xmax = .data$to, ymin = .data$low, ymax = .data$high,
      fill = .data$contribution > 0
    ), show.legend = FALSE) +
    ggplot2::scale_y_continuous(
      breaks = seq_along(levels(bars$feature)), labels = levels(bars$feature)
    ) +
    ggplot2::scale_fill_manual(
      values = c(`TRUE` = part_colours[[2]], `FALSE` = part_colours[[1]])
    ) +
    gg_labels(title, label, NULL) + ggplot2::theme_bw()
}

#' Partial dependence and individual curves
#'
#' How predictions move with one predictor, or with two together, while all others stay as
#' they are in the rows given: for each value the mean prediction over the rows (partial
#' dependence, Friedman 2001), or the prediction of each row (individual conditional
#' expectation).
#'
#' @param model A model from [deeplearning()], no autoencoder.
#' @param newdata Rows to average over; the training rows, or some of them.
#' @param columns Names of predictors: a table for each; with `pair = TRUE` two of them
#'   for one table.
#' @param pair Both columns together?
#' @param bins How many values of a number: evenly from its least to its largest. A factor
#'   has all its levels (the `bins` most frequent of them, if it has more).
#' @param values Named list of values to use instead, by column.
#' @param class Of more than two classes: whose probabilities, one name or several; the
#'   first unless given.
#' @param individual Curves of single rows, too (of at most 100 rows, evenly chosen)?
#' @param missing Also the prediction where the column is missing?
#' @param threads As for [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A list of class `deeplearning_partial`, by column (with `pair` by `"a, b"`), of
#'   data frames: the column (or both), `class` where there are several,
#'   `mean_response`, `stddev_response`, `std_error_mean_response`. Their attribute
#'   `individual` is a matrix, rows x values. Rows count by their weights if `newdata` has
#'   the model's `weights_column`.
#' @references
#' Friedman, J. H. (2001). Greedy function approximation: a gradient boosting machine.
#' *Annals of Statistics*, 29, 1189-1232. \doi{10.1214/aos/1013203451}
#'
#' Goldstein, A., Kapelner, A., Bleich, J. and Pitkin, E. (2015). Peeking inside the black
#' box. \doi{10.1080/10618600.2014.907095}
#' @section Errors:
#' `feedforward_argument_error` and `feedforward_input_error` as for `predict()`.
#' @seealso [permutation_importance()], [shap_values()]
#' @examples
#' model <- deeplearning(mpg ~ ., mtcars, hidden = 5, epochs = 100, seed = 1)
#' partial <- partial_dependence(model, mtcars, c("wt", "cyl"), individual = TRUE)
#' partial$wt
#' plot(partial)
#' plot(partial_dependence(model, mtcars, c("wt", "hp"), pair = TRUE))
#' @export
partial_dependence <- function(model, newdata, columns, ...) {
  UseMethod("partial_dependence")
}

#' @export
partial_dependence.default <- function(model, newdata, columns, ...) {
  abort_no_model(model, "model")
}

#' @rdname partial_dependence
#' @export
partial_dependence.deeplearning <- function(model, newdata, columns, pair = FALSE,
                                            bins = 20, values = list(), class = NULL,
                                            individual = FALSE, missing = FALSE,
                                            threads = NULL, ...) {
  check_no_more(..., fun = "partial_dependence")
  check_explained(model)
  table <- named_table(model, newdata)
  columns <- explained_features(model, table, columns)
  flags <- list(pair = pair, individual = individual, missing = missing)
  problems <- c(
    apply_rule(rule_whole(2), "bins", bins)$problem,
    unlist(Map(function(name, value) {
      apply_rule(rule_flag(), name, value)$problem
    }, names(flags), flags)),
    if (isTRUE(pair) && length(columns) != 2) "`pair = TRUE` needs two columns.",
    if (!is.list(values) || length(setdiff(names(values), columns)) > 0) {
      "`values` must be a list named by `columns`."
    }
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  class <- chosen_classes(model, class)
  grids <- lapply(stats::setNames(nm = columns), function(name) {
    values[[name]] %||% grid_of(data_column(table, name), bins, missing)
  })
  weights <- new_weights(model, table)
  curve <- function(grid) {
    partial_curve(model, table, grid, weights, class, individual, threads)
  }
  found <- if (pair) {
    grid <- expand.grid(grids, KEEP.OUT.ATTRS = FALSE, stringsAsFactors = FALSE)
    stats::setNames(list(curve(grid)), toString(columns))
  } else {
    lapply(stats::setNames(nm = columns), function(name) {
      curve(stats::setNames(data.frame(grids[[name]]), name))
    })
  }
  structure(found,
    class = "deeplearning_partial", response = model$response$name, pair = pair
  )
}

# Values of a column to look at.
grid_of <- function(column, bins, missing) {
  class <- column_class(column)
  if (holds_classes(class)) {
    levels <- present_levels(column, class)
    if (length(levels) > bins) {
      counts <- count_levels(column, class, levels)
      levels <- levels[sort(utils::head(order(-counts, method = "radix"), bins))]
    }
    values <- if (class == "logical") as.logical(levels) else levels
  } else {
    known <- column[!is.na(column)]
    if (length(known) == 0) abort_input("A column to look at is missing in every row.")
    different <- sort(unique(known))
    values <- if (length(different) <= bins) {
      different
    } else {
      seq(min(known), max(known), length.out = bins)
    }
  }
  if (missing) c(values, NA) else values
}

chosen_classes <- function(model, class) {
  levels <- model$response$levels
  if (length(levels) < 3) {
    if (!is.null(class) && !identical(as.character(class), levels[2])) {
      abort_argument(
        "`class` is for more than two classes; of two the second is predicted."
      )
    }
    return(NULL)
  }
  if (!all(class %in% levels)) {
    abort_argument(sprintf(
      "`class` must be among %s, not %s.", list_names(levels), shorten(class)
    ))
  }
  as.character(class %||% levels[[1]])
}

# grid: data frame of values, a row for each point
partial_curve <- function(model, table, grid, weights, class, individual, threads) {
  n <- nrow(table)
  w <- weights %||% rep(1, n)
  some <- unique(round(seq(1, n, length.out = min(n, 100))))
  points <- lapply(seq_len(nrow(grid)), function(i) {
    for (name in names(grid)) table <- set_column(table, name, grid[[name]][[i]])
    outputs <- suppressWarnings(
      network_outputs(model, table, threads), "feedforward_unseen_levels_warning"
    )
    prediction <- decode_outputs(model, outputs)
    if (is.null(class)) cbind(prediction) else prediction[, class, drop = FALSE]
  })
  rows <- lapply(seq_len(max(length(class), 1)), function(k) {
    of_point <- function(f) vapply(points, function(point) f(point[, k]), 0)
    mean <- of_point(function(p) weighted_mean(p, w))
    sd <- of_point(function(p) {
      sqrt(weighted_mean((p - weighted_mean(p, w))^2, w) * n / max(n - 1, 1))
    })
    part <- grid
    if (length(class) > 1) part$class <- class[[k]]
    part$mean_response <- mean
    part$stddev_response <- sd
    part$std_error_mean_response <- sd / sqrt(n)
    part
  })
  curve <- do.call(rbind, rows)
  if (individual) {
    attr(curve, "individual") <- vapply(points, function(point) point[some, 1],
      numeric(length(some)))
  }
  curve
}

# One value in every row; a factor keeps its levels.
set_column <- function(table, name, value) {
  if (is.data.frame(table)) {
    old <- table[[name]]
    table[[name]] <- if (is.factor(old)) {
      factor(rep(value, nrow(table)), union(levels(old), value[!is.na(value)]))
    } else {
      rep(value, nrow(table))
    }
  } else {
    table[, match(name, colnames(table))] <- value
  }
  table
}

# A matrix without names goes by position.
named_table <- function(model, data) {
  table <- plain_table(data, "newdata")
  if (!is.data.frame(table) && is.null(colnames(table)) && model$encoding$positional) {
    colnames(table) <- model$encoding$offered
  }
  table
}

#' @export
print.deeplearning_partial <- function(x, ...) {
  for (name in names(x)) {
    cat("Partial dependence on ", name, "\n", sep = "")
    shown <- x[[name]]
    attr(shown, "individual") <- NULL
    print(shown, ...)
    cat("\n")
  }
  invisible(x)
}

#' Plot partial dependence
#'
#' A panel per column: the mean prediction with a band of its standard error, individual
#' curves in grey where there are any; levels of factors as points. Of a pair a map, from
#' blue (low) to orange (high).
#'
#' @param x Of [partial_dependence()].
#' @param main,... For [graphics::plot()].
#' @return `x`, invisibly.
#' @examples
#' model <- deeplearning(mpg ~ ., mtcars, hidden = 5, epochs = 100, seed = 1)
#' plot(partial_dependence(model, mtcars, "wt", individual = TRUE))
#' @export
plot.deeplearning_partial <- function(x, main = NULL, ...) {
  panels <- length(x)
  if (panels > 1 && all(graphics::par("mfrow") == 1)) {
    old <- graphics::par(mfrow = grDevices::n2mfrow(panels))
    on.exit(graphics::par(old))
  }
  for (name in names(x)) {
    draw <- if (attr(x, "pair")) draw_pair else draw_partial
    draw(x[[name]], attr(x, "response"), main, ...)
  }
  invisible(x)
}

draw_partial <- function(curve, response, main, ylab = NULL, ...) {
  name <- names(curve)[[1]]
  title <- fit_title(main %||% paste("Partial dependence:", encodeString(response)))
  values <- curve[[1]]
  number <- is.numeric(values)
  at <- if (number) values else match(values, unique(values))
  single <- attr(curve, "individual")
  low <- curve$mean_response - curve$std_error_mean_response
  high <- curve$mean_response + curve$std_error_mean_response
  graphics::plot(
    NA,
    xlim = range(at, na.rm = TRUE) + if (number) 0 else c(-0.5, 0.5),
    ylim = range(low, high, single, na.rm = TRUE), xlab = name,
    ylab = ylab %||% "Mean prediction", main = title$text, cex.main = title$cex,
    xaxt = if (number) "s" else "n", ...
  )
  if (!number) graphics::axis(1, unique(at), unique(as.character(values)))
  if (!is.null(single)) {
    first <- seq_len(ncol(single))
    graphics::matlines(at[first], t(single), col = "grey80", lty = 1)
  }
  kinds <- unique(curve$class)
  for (k in seq_len(max(1, length(kinds)))) {
    here <- if (is.null(kinds)) rep(TRUE, nrow(curve)) else curve$class == kinds[[k]]
    here <- here & !is.na(at)
    col <- rep_len(part_colours, k)[[k]]
    if (number) {
      graphics::polygon(c(at[here], rev(at[here])), c(low[here], rev(high[here])),
        border = NA, col = grDevices::adjustcolor(col, 0.2))
      graphics::lines(at[here], curve$mean_response[here], col = col, lwd = 2, lty = k)
    } else {
      graphics::segments(at[here], low[here], at[here], high[here], col = col)
      graphics::points(at[here], curve$mean_response[here], col = col, pch = 15 + k)
    }
  }
  if (length(kinds) > 1) {
    graphics::legend("topright", kinds, bty = "n",
      col = rep_len(part_colours, length(kinds)), lty = seq_along(kinds), lwd = 2)
  }
}

draw_pair <- function(curve, response, main, ...) {
  names <- names(curve)[1:2]
  axes <- lapply(curve[names], unique)
  at <- lapply(axes, function(x) if (is.numeric(x)) x else seq_along(x))
  z <- matrix(curve$mean_response[seq_len(prod(lengths(axes)))], length(axes[[1]]))
  title <- fit_title(main %||% paste("Partial dependence:", encodeString(response)))
  colours <- grDevices::colorRampPalette(c("#0072B2", "grey95", "#D55E00"))(50)
  graphics::image(
    at[[1]], at[[2]], z,
    col = colours, xlab = names[[1]], ylab = names[[2]], main = title$text,
    cex.main = title$cex, axes = FALSE, ...
  )
  for (k in 1:2) {
    if (is.numeric(axes[[k]])) {
      graphics::axis(k)
    } else {
      graphics::axis(k, at[[k]], as.character(axes[[k]]))
    }
  }
  if (all(lengths(axes) > 1)) graphics::contour(at[[1]], at[[2]], z, add = TRUE)
  graphics::box()
}

#' What each predictor adds to a prediction
#'
#' SHAP values by DeepSHAP: for each row the difference between its prediction and the
#' mean prediction of background rows, split among the predictors. They add up to it
#' exactly, up to rounding.
#'
#' Between a row and each background row the difference of the prediction is sent back
#' through the network by the rescale rule of DeepLIFT; the shares are averaged over the
#' background. For a network without hidden layer these are the exact Shapley values of
#' independent predictors, else an approximation that is usually close.
#'
#' Probabilities are explained as the network has them, before [calibrate()].
#'
#' @param model A model from [deeplearning()], no autoencoder.
#' @param newdata The rows to explain.
#' @param background The rows to compare them with: a data frame like `newdata`, some
#'   hundred typical rows. The time taken grows with their number.
#' @param type What is explained. `"response"`: the prediction, for classes
#'   probabilities. `"link"`: regression: the prediction before the inverse link; two
#'   classes: the logarithm of the odds; more: each activation less the mean of all.
#' @param threads As for [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A list of class `deeplearning_shap`: `values`, a matrix, rows x predictors (for
#'   more than two classes a list of one per class); `baseline`, the mean prediction of
#'   the background, one per class; `prediction`; `data`, the predictors of `newdata`.
#'   An offset is left out of all of them.
#' @references
#' Lundberg, S. M. and Lee, S.-I. (2017). A unified approach to interpreting model
#' predictions. \doi{10.48550/arXiv.1705.07874}
#'
#' Shrikumar, A., Greenside, P. and Kundaje, A. (2017). Learning important features
#' through propagating activation differences. \doi{10.48550/arXiv.1704.02685}
#' @section Errors:
#' `feedforward_argument_error` and `feedforward_input_error` as for `predict()`.
#' @seealso [permutation_importance()], [partial_dependence()]
#' @examples
#' model <- deeplearning(mpg ~ ., mtcars, hidden = 5, epochs = 100, seed = 1)
#' shap <- shap_values(model, mtcars[1:3, ], background = mtcars)
#' shap$values
#' # They add up.
#' rowSums(shap$values) + shap$baseline
#' predict(model, mtcars[1:3, ])
#' plot(shap)
#' @export
shap_values <- function(model, newdata, background, ...) {
  UseMethod("shap_values")
}

#' @export
shap_values.default <- function(model, newdata, background, ...) {
  abort_no_model(model, "model")
}

#' @rdname shap_values
#' @export
shap_values.deeplearning <- function(model, newdata, background,
                                     type = c("response", "link"), threads = NULL, ...) {
  check_no_more(..., fun = "shap_values")
  check_explained(model)
  type <- choose_one(type, c("response", "link"), "type")
  if (missing(newdata) || missing(background)) {
    abort_argument("`newdata` and `background` are rows, both needed.")
  }
  threads <- resolve_threads(threads)
  rows <- explained_rows(model, newdata, "newdata", threads)
  references <- explained_rows(model, background, "background", threads)
  blocks <- input_blocks(model$encoding)
  explained <- what_is_explained(model$response, type)
  found <- network_attribution(
    rows$rows, references$rows, model$network, model$weights, model$biases,
    explained$name, rep(seq_along(blocks), blocks) - 1, explained$shift, threads
  )
  predictors <- model$encoding$predictors
  columns <- length(found$base)
  n <- nrow(found$shares)
  parts <- lapply(seq_len(columns), function(k) {
    at <- (k - 1) * length(blocks) + match(predictors, names(blocks))
    values <- found$shares[, at, drop = FALSE] / explained$scale
    dimnames(values) <- list(NULL, predictors)
    values
  })
  baseline <- found$base / explained$scale + explained$mean
  names(parts) <- names(baseline) <- if (columns > 1) model$response$levels
  prediction <- vapply(seq_len(columns), function(k) {
    rowSums(parts[[k]]) + baseline[[k]]
  }, numeric(n))
  structure(
    list(
      values = if (columns > 1) parts else parts[[1]], baseline = baseline,
      prediction = if (columns > 1) {
        matrix(prediction, n, dimnames = list(NULL, names(parts)))
      } else {
        as.vector(prediction)
      },
      data = rows$columns, type = type, response = model$response$name
    ),
    class = "deeplearning_shap"
  )
}

# Explanations are of predictions.
check_explained <- function(model) {
  check_one_network(model, "shap_values()")
  if (task_of(model)$target == "inputs") {
    abort_argument(
      "`model` is an autoencoder, which predicts nothing: anomaly(per_feature = TRUE)."
    )
  }
}

explained_rows <- function(model, data, name, threads) {
  table <- add_derived(plain_table(data, name), model$derived, what = name)
  if (nrow(table) == 0) {
    abort_input(sprintf("`%s` has no row.", name))
  }
  columns <- in_words_of(
    sprintf("`%s`", name), new_columns(model$encoding, table, threads = threads)
  )
  list(
    rows = encode_rows(model$encoding, columns, nrow(table), threads = threads),
    columns = columns
  )
}

# list(name: for the core; shift: of the outputs; scale, mean: of its numbers)
what_is_explained <- function(response, type) {
  plain <- list(shift = numeric(), scale = 1, mean = 0)
  if (is.null(response$levels)) {
    if (response$link == "identity") {
      return(utils::modifyList(plain, list(
        name = "outputs", scale = response$scale, mean = response$mean
      )))
    }
    return(c(list(name = if (type == "link") "outputs" else "exponential"), plain))
  }
  if (!is.null(response$correction)) plain$shift <- log(response$correction)
  names <- if (length(response$levels) == 2) {
    c(link = "difference", response = "probability")
  } else {
    c(link = "centred", response = "probabilities")
  }
  c(list(name = names[[type]]), plain)
}

#' @export
print.deeplearning_shap <- function(x, ...) {
  classes <- is.list(x$values)
  values <- if (classes) x$values else list(x$values)
  cat_wrapped(sprintf(
    "SHAP values of %s by %s of %s", count_of(nrow(values[[1]]), "row"),
    count_of(ncol(values[[1]]), "predictor"), quote_name(x$response)
  ))
  means <- vapply(values, function(v) colMeans(abs(v)), numeric(ncol(values[[1]])))
  table <- as.data.frame(matrix(means, ncol = length(values)))
  names(table) <- if (classes) names(values) else "mean_absolute"
  rownames(table) <- colnames(values[[1]])
  print(table[order(-rowSums(table)), , drop = FALSE], ...)
  invisible(x)
}

#' Plot SHAP values
#'
#' A point for each row and predictor: its share to the right or left of none, from blue
#' for low values of the predictor to orange for high ones. Predictors in order of their
#' mean absolute share.
#'
#' @param x Of [shap_values()].
#' @param class Of more than two classes, which; the first unless given.
#' @param most How many predictors at most.
#' @param main,... For [graphics::plot()].
#' @return Invisibly, the matrix of what was drawn.
#' @examples
#' model <- deeplearning(mpg ~ ., mtcars, hidden = 5, epochs = 100, seed = 1)
#' plot(shap_values(model, mtcars, background = mtcars))
#' @export
plot.deeplearning_shap <- function(x, class = NULL, most = 10, main = NULL, ...) {
  values <- x$values
  if (is.list(values)) {
    class <- choose_one(class %||% names(values), names(values), "class")
    values <- values[[class]]
  }
  size <- colMeans(abs(values))
  shown <- rev(utils::head(order(-size), most))
  title <- fit_title(main %||% paste0(
    "SHAP values: ", encodeString(x$response), if (!is.null(class)) paste(" =", class)
  ))
  names <- colnames(values)[shown]
  old <- graphics::par(mar = widen_left(names))
  on.exit(graphics::par(old))
  graphics::plot(
    NA,
    xlim = range(0, values[, shown]), ylim = c(0.5, length(shown) + 0.5), yaxt = "n",
    xlab = "Added to the prediction", ylab = "", main = title$text,
    cex.main = title$cex, ...
  )
  graphics::axis(2, seq_along(shown), names, las = 1, tick = FALSE)
  graphics::abline(v = 0, col = "grey")
  colour <- grDevices::colorRamp(c("#0072B2", "grey80", "#D55E00"))
  for (i in seq_along(shown)) {
    along <- rank_share(x$data[[colnames(values)[[shown[[i]]]]]], nrow(values))
    # Spread without a random number.
    jitter <- (seq_len(nrow(values)) * 0.618034) %% 1 - 0.5
    graphics::points(
      values[, shown[[i]]], i + 0.5 * jitter,
      pch = 16, cex = 0.7, col = grDevices::rgb(colour(along), maxColorValue = 255)
    )
  }
  invisible(values[, rev(shown), drop = FALSE])
}

# Where each value stands among all, 0 to 1; levels by their order.
rank_share <- function(column, n) {
  if (is.null(column)) {
    return(rep(0.5, n))
  }
  rank <- rank(as.numeric(column), na.last = "keep")
  share <- (rank - 1) / max(length(rank) - 1, 1)
  ifelse(is.na(share), 0.5, share)
}

# Margins with room for names on the left.
widen_left <- function(names, cex = 1) {
  margins <- graphics::par("mar")
  wide <- max(graphics::strwidth(names, units = "inches", cex = cex))
  inch <- graphics::par("mai")[[2]] / margins[[2]]
  most <- 0.4 * graphics::par("fin")[[1]]
  margins[[2]] <- max(margins[[2]], min(wide + 0.3, most) / inch)
  margins
}

#' Importance of the inputs or predictors of a model
#'
#' How strongly each input of the network reaches its outputs, measured on the
#' absolute weights of the first two layers by the method of Gedeon (1997).
#' Nothing is predicted, so the result depends on the model alone and takes no
#' noticeable time.
#'
#' With \eqn{A_{ij}}{A_ij} the absolute weight from input \eqn{i} to unit \eqn{j}
#' of the first layer and \eqn{B_{jk}}{B_jk} the absolute weight from there to
#' unit \eqn{k} of the next (hidden or output) layer, input \eqn{i} contributes
#' \eqn{\sum_j A_{ij} / \sum_{i'} A_{i'j} \cdot B_{jk} / \sum_{j'} B_{j'k}}{
#' sum_j A_ij / sum_i' A_i'j * B_jk / sum_j' B_j'k} to unit \eqn{k}; its importance
#' is the sum over \eqn{k}, divided by the largest. A network without a hidden
#' layer is measured by the sum of the absolute weights of an input. The absolute
#' weights of the two channels of a Maxout unit are added. Columns for missing
#' values of factors that had none in training get 0.
#'
#' The importances are those of one network: they change with the seed, and they
#' divide what correlated predictors share between them in no particular way. A
#' factor with many levels has many inputs, and `by = "predictor"` adds them up.
#'
#' @param object A model from [deeplearning()].
#' @param by `"input"` for one row per input of the network (a factor has one per
#'   level, named `predictor.level`, and one for missing values), `"predictor"` for
#'   one row per column of the data, the sum over the inputs of that column.
#' @param ... Not used; anything given here is an error.
#' @return A data frame, most important first, with the columns `variable`
#'   (character), `relative_importance`, `scaled_importance` (divided by the
#'   largest, so between 0 and 1) and `percentage` (share of the total, a fraction
#'   between 0 and 1).
#' @references
#' Gedeon, T. D. (1997). Data mining of inputs: analysing magnitude and functional
#' measures. *International Journal of Neural Systems*, 8(2), 209-218.
#' @seealso [plot.deeplearning()] with `what = "importance"`
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 5, seed = 1)
#' varimp(model)
#' varimp(model, by = "predictor")
#' @export
varimp <- function(object, ...) {
  UseMethod("varimp")
}

#' @rdname varimp
#' @method varimp deeplearning
#' @export
varimp.deeplearning <- function(object, by = c("input", "predictor"), ...) {
  check_no_more(..., fun = "varimp")
  by <- choose_one(by, c("input", "predictor"), "by")
  if (by == "input" && !is.null(object$variable_importances)) {
    return(object$variable_importances)
  }
  # Training may have been asked not to keep them: the weights still tell.
  check_model(object)
  gedeon_importance(object$weights, object$encoding, object$network, by)
}

# The table of importances from the weights of a network.
# weights: list of matrices, layer l: units x inputs, one row per channel; by: "input" or
# "predictor".
gedeon_importance <- function(weights, encoding, network, by = "input") {
  score <- gedeon_scores(weights, network)
  # The division comes before unseen columns are set to 0, as in H2O: their random
  # initial weights may well have been the largest.
  relative <- score / max(score, tiny)
  relative[encoding$unused + 1L] <- 0
  if (by == "input") {
    return(importance_table(encoding$input_names, relative))
  }
  # Inputs are added by place, never by cutting names apart: a predictor may be
  # called "a.b", and so may a level.
  blocks <- input_blocks(encoding)
  predictor <- rep(seq_along(blocks), blocks)
  importance_table(names(blocks), as.numeric(rowsum(relative, predictor)))
}

# Gedeon's Q summed over the units of the second layer: one number per input.
gedeon_scores <- function(weights, network) {
  channels <- layer_sizes(network)$channels
  last <- length(weights)
  # inputs x units of the first layer
  a <- t(fold_channels(abs(weights[[1]]), channels[[1]]))
  if (last == 1) {
    return(unname(rowSums(a)))
  }
  # units of the first layer x units of the second
  b <- t(fold_channels(abs(weights[[2]]), channels[[2]]))
  # Dividing Q's columns by their sums changes nothing unless a unit of the first
  # layer has no weights at all, and then it keeps every column's total at 1.
  q <- divide_columns(divide_columns(a) %*% divide_columns(b))
  unname(rowSums(q))
}

# Columns scaled to sum 1; a column of zeros stays one.
divide_columns <- function(m) {
  total <- colSums(m)
  total[total == 0] <- 1
  sweep(m, 2, total, "/")
}

importance_table <- function(variable, relative) {
  # Ties keep input order: order() is stable with its radix method.
  rank <- order(-relative, method = "radix")
  relative <- relative[rank]
  data.frame(
    variable = as.character(variable)[rank],
    relative_importance = relative,
    scaled_importance = relative / max(relative, tiny),
    percentage = relative / max(sum(relative), tiny)
  )
}

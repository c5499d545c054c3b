#' Importance of the inputs or predictors of a model
#'
#' How strongly each predictor, or each input of the network, reaches the outputs,
#' measured on the weights. Nothing is predicted, so the result depends on the model
#' alone.
#'
#' By predictor: how much what a predictor sends to the outputs varies over the training
#' rows. Each input counts by its own variation there (a level by its share of the rows, a
#' standardised number by its deviation of 1), so a factor gains nothing by having many
#' levels. The weights along each path from an input to an output are multiplied, and the
#' paths added up: once with their signs, so that weights that never learned anything
#' cancel, and once squared, which sees effects that go up and down. The importance is the
#' root of both variances, summed over the outputs. The bends of the activations are left
#' out: it is a guide, not a measurement of predictions.
#'
#' By input: H2O's table, by the method of Gedeon (1997) on the absolute weights of the
#' first two layers. It takes no account of how often an input is at work, so the level of
#' a factor does not compare with a number.
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
#' divide what correlated predictors share between them in no particular way.
#'
#' @param object A model from [deeplearning()].
#' @param by `"input"` for one row per input of the network (a factor has one per
#'   level, named `predictor.level`, and one for missing values), `"predictor"` for
#'   one row per column of the data.
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

#' @export
varimp.default <- function(object, ...) {
  abort_no_model(object, "object")
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
  importance <- if (by == "input") gedeon_importance else predictor_importance
  mean_importance(importance, object, object$encoding, object$network)
}

# Of several members the mean, before it is scaled to a largest of 1.
mean_importance <- function(importance, parameters, encoding, network) {
  tables <- lapply(parameter_sets(parameters), function(set) {
    importance(set$weights, encoding, network)
  })
  if (length(tables) == 1) {
    return(tables[[1]])
  }
  names <- tables[[1]]$variable
  shares <- vapply(tables, function(table) {
    table$percentage[match(names, table$variable)]
  }, numeric(length(names)))
  mean <- rowMeans(shares)
  importance_table(names, mean / max(mean, tiny))
}

# The table by input from the weights of a network.
# weights: list of matrices, layer l: units x inputs, one row per channel
gedeon_importance <- function(weights, encoding, network) {
  score <- gedeon_scores(weights, network)
  # The division comes before unseen columns are set to 0, as in H2O: their random
  # initial weights may well have been the largest.
  relative <- score / max(score, tiny)
  relative[encoding$unused + 1L] <- 0
  importance_table(encoding$input_names, relative)
}

# Gedeon's Q summed over the units of the second layer: one number per input. The sum over
# these units comes first, so no matrix is multiplied by another.
gedeon_scores <- function(weights, network) {
  channels <- layer_sizes(network)$channels
  a <- fold_channels(abs(weights[[1]]), channels[[1]]) # units x inputs
  if (length(weights) == 1) {
    return(unname(colSums(a)))
  }
  b <- fold_channels(abs(weights[[2]]), channels[[2]]) # units x units below
  # A unit of the first layer without any weight passes nothing on.
  b[, rowSums(a) == 0] <- 0
  unname(colSums(share_rows(a) * colSums(share_rows(b))))
}

# Rows scaled to sum 1; a row of zeros stays one.
share_rows <- function(m) {
  total <- rowSums(m)
  m / replace(total, total == 0, 1)
}

# The table by predictor: how much what a predictor sends to the outputs varies over the
# training rows. What goes along the paths through the network is added up twice: with the
# signs of the paths, so that weights that never learned cancel, and squared, as if their
# signs were independent, which sees effects that are no straight line.
predictor_importance <- function(weights, encoding, network) {
  blocks <- input_blocks(encoding)
  # Inputs are added by place, never by cutting names apart: a predictor may be
  # called "a.b", and so may a level.
  predictor <- rep(seq_along(blocks), blocks)
  moments <- input_moments(encoding)
  # Of sums of the inputs with these weights, for each predictor.
  variance <- function(w) {
    sums <- rowsum(cbind(moments$square * w^2, moments$mean * w), predictor)
    pmax(sums[, 1] - sums[, 2]^2, 0)
  }
  last <- weights[[length(weights)]]
  if (network$output == "softmax") {
    # What all outputs share changes no probability.
    last <- last - rep(colMeans(last), each = nrow(last))
  }
  score <- numeric(length(blocks))
  for (k in seq_len(nrow(last))) {
    score <- score + variance(send_back(last[k, ], weights[-length(weights)]))
  }
  first <- weights[[1]]
  reach <- send_back(rep(1, nrow(last)), lapply(weights[-1], `^`, 2))
  reach <- rep(reach, each = nrow(first) / length(reach))
  for (unit in seq_len(nrow(first))) {
    score <- score + reach[[unit]] * variance(first[unit, ])
  }
  importance_table(names(blocks), sqrt(score / max(score, tiny)))
}

# Sums over all paths that begin at units of the last of these layers, with one number for
# each, and end below the first. Both channels of a Maxout unit are paths.
send_back <- function(units, weights) {
  for (layer in rev(weights)) {
    units <- colSums(rep(units, each = nrow(layer) / length(units)) * layer)
  }
  units
}

importance_table <- function(variable, relative) {
  # Ties keep input order: order() is stable with its radix method.
  rank <- order(-relative, method = "radix")
  relative <- unname(relative)[rank]
  data.frame(
    variable = as.character(variable)[rank],
    relative_importance = relative,
    scaled_importance = relative / max(relative, tiny),
    percentage = relative / max(sum(relative), tiny)
  )
}

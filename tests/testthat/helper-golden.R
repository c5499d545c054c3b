# What fixtures/ holds, in the form that tests take.

# fixtures/steps.json: one case with matrices and vectors in place of nested lists.
read_steps <- function(case) {
  matrices <- function(layers) {
    lapply(layers, function(rows) do.call(rbind, lapply(rows, unlist)))
  }
  list(
    case = case$case, response = case$response,
    train = do.call(rbind, lapply(case$train, as.data.frame)),
    arguments = lapply(case$arguments, unlist),
    start_weights = matrices(case$start_weights),
    start_biases = lapply(case$start_biases, unlist),
    weights = matrices(case$end_weights), biases = lapply(case$end_biases, unlist),
    # H2O's own end where ours differs from it by the roots alone.
    h2o = if (!is.null(case$h2o_weights)) {
      list(
        weights = matrices(case$h2o_weights), biases = lapply(case$h2o_biases, unlist)
      )
    }
  )
}

steps_problem <- function(steps) {
  given <- steps$arguments
  y <- steps$train[[steps$response]]
  classes <- is.character(y)
  loss <- if (classes) {
    if (is.null(given$loss)) "CrossEntropy" else given$loss
  } else if (is.null(given$distribution)) {
    "gaussian"
  } else {
    given$distribution
  }
  list(
    x = as.matrix(steps$train[c("x1", "x2", "x3")]),
    y = if (classes) as.integer(factor(y)) - 1L else y, loss = loss,
    network = list(
      weights = steps$start_weights, biases = steps$start_biases,
      activation = given$activation, output = if (classes) "softmax" else "linear"
    )
  )
}

# fixtures/golden.rds: new rows as the inputs that the names of H2O's weights ask for.
golden_inputs <- function(names, train, new, arguments) {
  weights <- arguments$weights_column
  used <- if (is.null(weights)) rep(1, nrow(train)) else train[[weights]]
  vapply(names, function(name) {
    if (name %in% names(train)) {
      value <- new[[name]]
      if (arguments$standardize) {
        known <- !is.na(train[[name]]) & used > 0
        v <- train[[name]][known]
        w <- used[known]
        mean <- sum(w * v) / sum(w)
        m <- sum(known)
        value <- (value - mean) / sqrt(m / (m - 1) * sum(w * (v - mean)^2) / sum(w))
      }
      return(ifelse(is.na(value), 0, value))
    }
    column <- sub("[.].*", "", name)
    level <- sub("^[^.]*[.]", "", name)
    value <- as.character(new[[column]])
    unknown <- !value %in% levels(train[[column]])
    if (level == "missing(NA)") unknown + 0 else !unknown & value == level
  }, numeric(nrow(new)))
}

# The weights of layers behind a dropout layer shrink at prediction, in H2O but for the
# inputs' dropout.
# folded: as prediction reads them; FALSE: what our prediction folds to the same.
golden_network <- function(model, folded = TRUE) {
  given <- model$arguments
  weights <- lapply(model$weights, unname)
  if (!folded) weights[[1]] <- weights[[1]] / (1 - given$input_dropout_ratio)
  for (l in seq_along(if (folded) given$hidden_dropout_ratios)) {
    weights[[l + 1]] <- weights[[l + 1]] * (1 - given$hidden_dropout_ratios[l])
  }
  list(
    weights = weights, biases = model$biases,
    activation = sub("WithDropout", "", given$activation),
    output = if (is.null(model$levels)) "linear" else "softmax"
  )
}

# The levels of a factor that had no row to train on.
untrained_levels <- function(encoding, factor) {
  group <- encoding$groups$onehot
  group$levels[[factor]][group$absent[[factor]]]
}

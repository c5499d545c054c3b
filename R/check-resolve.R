# What "AUTO" and "auto" become once the response and the rows are known, and which
# choices do not go together.

# loss -> distribution and back, for regression. Of a distribution that is not here only
# the loss "Automatic" is known: its own deviance.
regression_losses <- c(
  gaussian = "Quadratic", laplace = "Absolute", quantile = "Quantile", huber = "Huber"
)

# list(distribution, loss), or list(problem). "Automatic" remains for poisson, gamma and
# tweedie, which have no other loss than their deviance.
resolve_loss <- function(loss, distribution, kind, n_classes) {
  if (kind == "regression") {
    return(resolve_regression_loss(loss, distribution))
  }
  of_class <- sprintf(
    "the response is a factor of %s, which asks for classification",
    count_of(n_classes, "level")
  )
  if (!loss %in% c("Automatic", "CrossEntropy", "Quadratic")) {
    return(list(problem = sprintf(
      paste(
        "`loss = \"%s\"` is for regression, but %s.",
        "Use \"CrossEntropy\" or \"Quadratic\", or a numeric response."
      ),
      loss, of_class
    )))
  }
  if (!distribution %in% c("AUTO", "bernoulli", "multinomial")) {
    return(list(problem = sprintf(
      paste(
        "`distribution = \"%s\"` is for regression, but %s.",
        "Use \"AUTO\", or a numeric response."
      ),
      distribution, of_class
    )))
  }
  if (distribution == "bernoulli" && n_classes > 2) {
    return(list(problem = sprintf(
      "`distribution = \"bernoulli\"` needs two classes, but %s. Use \"multinomial\".",
      of_class
    )))
  }
  list(
    distribution = switch(distribution,
      AUTO = if (n_classes == 2) "bernoulli" else "multinomial",
      distribution
    ),
    loss = if (loss == "Automatic") "CrossEntropy" else loss
  )
}

resolve_regression_loss <- function(loss, distribution) {
  to_factor <- paste(
    "is for classification, but the response is numeric.",
    "Make the response a factor to classify."
  )
  if (loss == "CrossEntropy") {
    return(list(problem = paste("`loss = \"CrossEntropy\"`", to_factor)))
  }
  if (distribution %in% c("bernoulli", "multinomial")) {
    return(list(problem = sprintf("`distribution = \"%s\"` %s", distribution, to_factor)))
  }
  if (distribution == "AUTO") {
    distribution <- if (loss == "Automatic") {
      "gaussian"
    } else {
      names(regression_losses)[match(loss, regression_losses)]
    }
  }
  own <- regression_losses[distribution]
  fitting <- if (is.na(own)) "Automatic" else unname(own)
  if (!loss %in% c("Automatic", fitting)) {
    fix <- if (is.na(own)) {
      sprintf("Leave out `loss`: %s minimises its own deviance.", distribution)
    } else {
      sprintf("Use `loss = \"%s\"`, or leave out one of them.", fitting)
    }
    return(list(problem = sprintf(
      "`loss = \"%s\"` contradicts `distribution = \"%s\"`. %s", loss, distribution, fix
    )))
  }
  list(distribution = distribution, loss = fitting)
}

# Metrics that exist for each kind; a metric that is never computed would never stop
# training and never choose a model.
metric_problem <- function(metric, kind, auc_type) {
  classification <- c(
    "logloss", "MSE", "RMSE", "AUC", "AUCPR", "misclassification", "mean_per_class_error"
  )
  known <- switch(kind,
    binomial = c(classification, "lift_top_group"),
    multinomial = classification,
    regression = c("deviance", "MSE", "RMSE", "MAE", "RMSLE")
  )
  if (!metric %in% c("AUTO", known)) {
    task <- switch(kind,
      regression = "regression", binomial = "classification",
      multinomial = "classification with more than two classes"
    )
    return(sprintf(
      "`stopping_metric = \"%s\"` is not computed for %s. Use one of %s.",
      metric, task, paste0("\"", c("AUTO", known), "\"", collapse = ", ")
    ))
  }
  ranked <- kind == "multinomial" && metric %in% c("AUC", "AUCPR")
  if (ranked && auc_type %in% c("AUTO", "NONE")) {
    sprintf(
      paste(
        "`stopping_metric = \"%s\"` with more than two classes needs `auc_type`,",
        "for instance \"MACRO_OVR\"."
      ),
      metric
    )
  }
}

# ---- Optimizers -----------------------------------------------------------------

with_rate <- c("rate", "rate_annealing", "rate_decay")

# The arguments that each optimizer uses, of those that only some use.
optimizer_arguments <- list(
  adadelta = c("rho", "epsilon"),
  sgd = c(
    with_rate, "momentum_start", "momentum_ramp", "momentum_stable",
    "nesterov_accelerated_gradient"
  ),
  adam = c(with_rate, "beta1", "beta2", "epsilon"),
  adamw = c(with_rate, "beta1", "beta2", "epsilon", "weight_decay"),
  rmsprop = c(with_rate, "rho", "epsilon"),
  adagrad = c(with_rate, "epsilon")
)

# What takes the place of the table's defaults under these optimizers, unless given.
# adam, adamw: Kingma and Ba 2015; Loshchilov and Hutter 2019.
optimizer_defaults <- list(
  adam = list(rate = 1e-3, epsilon = 1e-8),
  adamw = list(rate = 1e-3, epsilon = 1e-8),
  rmsprop = list(rate = 1e-3, rho = 0.99, epsilon = 1e-8),
  adagrad = list(rate = 0.01, epsilon = 1e-10)
)

# How many arrays of the size of the weights each keeps beside the weights.
optimizer_states <- c(
  adadelta = 2, sgd = 1, adam = 2, adamw = 2, rmsprop = 1, adagrad = 1
)

chosen_optimizer <- function(arguments) {
  if (arguments$optimizer != "auto") {
    return(arguments$optimizer)
  }
  if (arguments$adaptive_rate) "adadelta" else "sgd"
}

resolve_optimizer <- function(arguments, nrow) {
  given <- attr(arguments, "given")
  arguments$optimizer <- chosen_optimizer(arguments)
  own <- optimizer_defaults[[arguments$optimizer]]
  if (!is.null(own)) {
    own <- c(own, mini_batch_size = min(128, nrow), rate_annealing = 0)
    own <- own[setdiff(names(own), given)]
    arguments[names(own)] <- own
  }
  if (arguments$mini_batch_size > nrow) {
    warn_feedforward(
      sprintf(
        "`mini_batch_size` is %s, but only %s; all of them make one batch.",
        format_count(arguments$mini_batch_size),
        count_of(nrow, "row trains", "rows train")
      ),
      "feedforward_clamped_argument_warning"
    )
    arguments$mini_batch_size <- as.numeric(nrow)
  }
  if (arguments$optimizer != "adamw") {
    arguments$weight_decay <- 0
  }
  arguments
}

# ---- Replicas -------------------------------------------------------------------

# Replicas are part of the model: their number depends on the data and the request, never
# on the machine. Small data are trained before it pays, mini-batches lose by averaging,
# and so does momentum, on top of which the averages have a momentum of their own
# (bench/README.md has the figures).
auto_replicas <- function(arguments, rows) {
  momentum <- arguments$optimizer == "sgd" &&
    max(arguments$momentum_start, arguments$momentum_stable) > 0
  if (arguments$mini_batch_size > 1 || rows < 10000 || momentum) 1 else 8
}

# Large networks pay most for an average. Fewer do no harm where an epoch still has some
# 25 rounds; on fewer rows they cost quality (MNIST, covtype.20k).
auto_interval <- function(rows, weights) {
  if (rows >= 100000 && isTRUE(weights > 20000)) 500 else 100
}

resolve_replicas <- function(arguments, rows, weights) {
  if (arguments$reproducible) {
    arguments$replicas <- 1
  }
  batch <- arguments$mini_batch_size
  if (identical(arguments$replicas, "auto")) {
    arguments$replicas <- auto_replicas(arguments, rows)
  }
  if (identical(arguments$averaging_interval, "auto")) {
    arguments$averaging_interval <- auto_interval(rows, weights)
  }
  # A round ends with a whole batch.
  arguments$averaging_interval <- ceiling(arguments$averaging_interval / batch) * batch
  arguments
}

# ---- Initial weights ------------------------------------------------------------

# initial: list(initial_weights, initial_biases). Returns both as lists of matrices and
# of vectors with one entry per layer, or NULL, and `problems`.
resolve_initial <- function(initial, network) {
  below <- c(network$inputs, network$hidden)
  units <- c(network$hidden, network$outputs)
  doubled <- network$activation == "Maxout" & seq_along(units) < length(units)
  rows <- units * (1 + doubled)
  weights <- read_layers(
    initial$initial_weights, "initial_weights", rows, below, read_weights
  )
  biases <- read_layers(
    initial$initial_biases, "initial_biases", rows, rep(1, length(rows)), read_biases
  )
  list(
    initial_weights = weights$layers, initial_biases = biases$layers,
    problems = c(weights$problems, biases$problems)
  )
}

read_layers <- function(given, name, rows, columns, read) {
  if (is.null(given)) {
    return(list())
  }
  if (length(given) != length(rows)) {
    return(list(problems = sprintf(
      "`%s` must have %s, one per layer with the output layer, not %s.",
      name, count_of(length(rows), "entry", "entries"), format_count(length(given))
    )))
  }
  read_one <- function(layer) {
    entry <- given[[layer]]
    if (is.null(entry)) {
      return(list())
    }
    values <- read(entry)
    label <- sprintf("`%s[[%d]]`", name, layer)
    needed <- c(rows[[layer]], columns[[layer]])
    size <- if (is.matrix(values)) dim(values) else c(length(values), 1)
    if (is.null(values)) {
      list(problem = sprintf("%s must be numeric, not %s.", label, shorten(entry)))
    } else if (any(size != needed)) {
      list(problem = sprintf(
        "%s must be %s x %s, units x inputs, not %s x %s.", label,
        format_count(needed[[1]]), format_count(needed[[2]]),
        format_count(size[[1]]), format_count(size[[2]])
      ))
    } else if (!all(is.finite(values)) || any(abs(values) > max_float)) {
      list(problem = sprintf(
        "%s must hold finite numbers of single precision (%s is not).", label,
        shorten(values[!is.finite(values) | abs(values) > max_float][[1]])
      ))
    } else {
      list(values = values)
    }
  }
  layers <- lapply(seq_along(rows), read_one)
  list(
    layers = lapply(layers, function(layer) layer$values),
    problems = unlist(lapply(layers, function(layer) layer$problem))
  )
}

# A plain numeric matrix, or NULL.
read_weights <- function(entry) {
  matrix <- if (is.data.frame(entry)) as.matrix(entry) else entry
  if (!is.numeric(matrix) || length(dim(matrix)) != 2) {
    return(NULL)
  }
  unname(matrix + 0)
}

read_biases <- function(entry) {
  if (is.data.frame(entry) && length(entry) == 1) entry <- entry[[1]]
  several <- length(dim(entry)) > 1 && ncol(entry) != 1
  if (!is.numeric(entry) || is.object(entry) || several) NULL else as.numeric(entry)
}

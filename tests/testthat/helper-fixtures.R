# Problems and fixtures that the numerical tests share; the network itself is in
# helper-reference.R.

# d value(network) / d parameter by central differences: weights, then biases, flat.
difference_gradient <- function(network, value) {
  along <- function(kind, l) {
    vapply(seq_along(network[[kind]][[l]]), function(i) {
      at <- network[[kind]][[l]][i]
      h <- 1e-5 * max(1, abs(at))
      moved <- vapply(c(at + h, at - h), function(to) {
        network[[kind]][[l]][i] <- to
        value(network)
      }, 0)
      (moved[1] - moved[2]) / (2 * h)
    }, 0)
  }
  layers <- seq_along(network$weights)
  unlist(c(
    lapply(layers, along, kind = "weights"), lapply(layers, along, kind = "biases")
  ))
}

# Data for one loss: inputs, target with weights and offset, and the output it needs.
# outputs: numbers per row, where the loss is one of numbers.
reference_problem <- function(loss, rows, inputs, outputs = 1) {
  classes <- loss %in% c("CrossEntropy", "Quadratic")
  y <- switch(loss,
    CrossEntropy = ,
    Quadratic = sample(rep_len(0:2, rows)),
    poisson = ,
    tweedie = stats::rpois(rows * outputs, 1.5),
    gamma = stats::rgamma(rows * outputs, 2) + 0.1,
    stats::rnorm(rows * outputs)
  )
  if (outputs > 1) y <- matrix(y, rows)
  list(
    x = matrix(stats::rnorm(rows * inputs), rows), outputs = if (classes) 3 else outputs,
    output = if (classes) "softmax" else "linear",
    target = list(
      y = y, weights = mean_1_weights(rows),
      offset = if (!classes) stats::runif(rows, -0.5, 0.5)
    )
  )
}

# Weights whose mean is exactly 1, as deeplearning() would scale others to.
mean_1_weights <- function(rows) {
  weights <- round(stats::runif(rows, 0.3, 1.7) * 64) / 64
  pairs <- seq_len(rows %/% 2)
  weights[2 * pairs] <- 2 - weights[2 * pairs - 1]
  if (rows %% 2 == 1) weights[rows] <- 1
  weights
}

reference_losses <- c(
  "CrossEntropy", "Quadratic", "gaussian", "laplace", "quantile", "huber", "poisson",
  "gamma", "tweedie"
)

# ||a - b|| / ||b|| over everything in two lists.
relative_gap <- function(a, b) {
  a <- unlist(a, use.names = FALSE)
  b <- unlist(b, use.names = FALSE)
  sqrt(sum((a - b)^2)) / max(sqrt(sum(b^2)), 1e-300)
}

# Numbers that float32 holds exactly, so that both sides start from the same ones.
exact_float <- function(object, grain = 2^-10) {
  rapply(object, function(v) round(v / grain) * grain, c("numeric", "matrix"),
    how = "replace"
  )
}

# The predictors as a data frame: problem$frame, or a column for each input.
problem_frame <- function(problem, loss) {
  frame <- problem$frame
  if (is.null(frame)) {
    frame <- as.data.frame(problem$x)
    names(frame) <- paste0("x", seq_len(ncol(problem$x)))
  }
  y <- problem$target$y
  classes <- loss %in% c("CrossEntropy", "Quadratic")
  frame$y <- if (classes) factor(letters[y + 1], letters[seq_len(problem$outputs)]) else y
  frame$w <- problem$target$weights
  frame$o <- problem$target$offset
  frame
}

# Arguments that leave training bare: nothing stops it, nothing is chosen, no replica,
# no shuffle, no scaling.
bare <- function(...) {
  arguments <- list(
    shuffle_training_data = FALSE, replicas = 1, standardize = FALSE, stopping_rounds = 0,
    weight_averaging_share = 0,
    overwrite_with_best_model = FALSE, classification_stop = -1, regression_stop = -1,
    variable_importances = FALSE, seed = 1, threads = 1
  )
  utils::modifyList(arguments, list(...))
}

# The package trained from `network` on the problem with the reference's options `o`.
fit_problem <- function(network, problem, o, epochs, ...) {
  p <- o$settings
  loss <- if (o$loss %in% c("CrossEntropy", "Quadratic")) {
    list(loss = o$loss)
  } else {
    list(distribution = o$loss)
  }
  rule <- switch(o$optimizer,
    sgd = list(
      adaptive_rate = FALSE, rate = o$rate, rate_annealing = o$rate_annealing,
      rate_decay = o$rate_decay, momentum_start = o$momentum_start,
      momentum_ramp = o$momentum_ramp, momentum_stable = o$momentum_stable,
      nesterov_accelerated_gradient = o$nesterov
    ),
    adadelta = list(rho = o$rho, epsilon = o$epsilon),
    adam = ,
    adamw = list(
      rate = o$rate, rate_annealing = o$rate_annealing, rate_decay = o$rate_decay,
      beta1 = o$beta1, beta2 = o$beta2, epsilon = o$epsilon
    ),
    list(
      rate = o$rate, rate_annealing = o$rate_annealing, rate_decay = o$rate_decay,
      epsilon = o$epsilon
    )
  )
  if (o$optimizer == "rmsprop") rule$rho <- o$rho
  if (o$optimizer == "adamw") rule$weight_decay <- o$weight_decay
  if (is.finite(o$max_w2)) rule$max_w2 <- o$max_w2
  if (!is.null(problem$target$weights)) rule$weights_column <- "w"
  if (!is.null(problem$target$offset)) rule$offset_column <- "o"
  hidden <- vapply(network$weights, nrow, 0L)
  hidden <- hidden[-length(hidden)] / if (network$activation == "Maxout") 2 else 1
  settings <- p[intersect(names(p), c("l1", "l2", "quantile_alpha", "tweedie_power"))]
  frame <- problem_frame(problem, o$loss)
  arguments <- c(
    list(
      x = setdiff(names(frame), c("y", "w", "o")), y = "y", training_frame = frame,
      hidden = hidden,
      activation = network$activation, initial_weights = network$weights,
      initial_biases = network$biases, epochs = epochs, optimizer = o$optimizer,
      fast_mode = o$fast_mode, mini_batch_size = o$mini_batch_size,
      averaging_interval = o$averaging_interval,
      weight_averaging_decay = o$weight_averaging_decay
    ),
    loss, rule, settings
  )
  do.call(few_steps, utils::modifyList(do.call(bare, arguments), list(
    replicas = o$replicas, ...
  )))
}

parameters_of <- function(object) {
  unlist(c(object$weights, object$biases), use.names = FALSE)
}

# How far training went astray, seen against the way it went.
change_gap <- function(fitted, expected, start) {
  start <- parameters_of(start)
  relative_gap(parameters_of(fitted) - start, parameters_of(expected) - start)
}

# A factor of ten levels, most of them absent from any one batch, and two numbers.
coded_problem <- function(activation, rows = 40, early = NULL) {
  problem <- exact_float(reference_problem("gaussian", rows, inputs = 2))
  f <- sample(1:10, rows, TRUE)
  f[1:10] <- 1:10
  if (!is.null(early)) f[-early] <- sample(1:3, rows - length(early), TRUE)
  problem$frame <- data.frame(
    f = factor(letters[f], letters[1:10]), u = problem$x[, 1], v = problem$x[, 2]
  )
  # The last of the eleven inputs stands for a missing level, of which there is none.
  problem$x <- cbind(outer(f, 1:11, "==") + 0, problem$x)
  problem$network <- exact_float(reference_network(13, c(5, 3), 1, activation, "linear"))
  problem$network$weights[[1]][, 11] <- 0
  problem
}

# Runs code with trainers whose layers beyond the first lie by input from the start; they
# begin by unit and turn when that pays. Returns the code's value; the last trainer is in
# the attribute "trainer". turned: FALSE leaves them as they are.
with_layers_turned <- function(code, turned = TRUE) {
  core <- asNamespace("feedforward")
  original <- core$trainer_new
  last <- NULL
  replace <- function(f) {
    unlockBinding("trainer_new", core)
    assign("trainer_new", f, core)
    lockBinding("trainer_new", core)
  }
  on.exit(replace(original))
  replace(function(...) {
    last <<- original(...)
    state <- trainer_state(last)
    state$turned[-1] <- turned
    trainer_set_state(last, state)
    last
  })
  value <- code
  attr(value, "trainer") <- last
  value
}

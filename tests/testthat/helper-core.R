# The compiled core, called with the problems and networks of the reference.

# loss_and_gradient() of the compiled core, called with a problem and a reference network.
core_target <- function(problem, loss) {
  classes <- loss %in% c("CrossEntropy", "Quadratic")
  y <- problem$target$y
  list(
    kind = if (classes) "classes" else "numbers", y = if (classes) as.integer(y) else y,
    weights = problem$target$weights, offset = problem$target$offset
  )
}

core_network <- function(network, inputs) {
  depth <- length(network$weights)
  channels <- if (network$activation == "Maxout") 2L else 1L
  rows <- vapply(network$weights, nrow, 0L)
  list(
    inputs = as.integer(inputs), hidden = rows[-depth] %/% channels,
    activation = network$activation, outputs = rows[depth], output = network$output,
    kept = rep(1, depth)
  )
}

core_gradient <- function(network, problem, loss, settings) {
  loss_and_gradient(
    problem$x, core_target(problem, loss), core_network(network, ncol(problem$x)), loss,
    settings, network$weights, network$biases
  )
}

# A trainer of the core on a problem, from `network` with the reference's options `o`:
# what deeplearning() does not ask for, such as several numbers per row. The dots are
# options of the core in place of these.
bare_trainer <- function(network, problem, o, epochs, ...) {
  inputs <- ncol(problem$x)
  none <- numeric(inputs)
  plan <- list(
    kind = "numbers", from = none, mean = none, scale = none + 1, impute = none
  )
  columns <- lapply(seq_len(inputs), function(j) problem$x[, j])
  rows <- rows_build(list(columns), list(plan), nrow(problem$x), NULL, FALSE, 1L)
  shape <- core_network(network, inputs)
  own <- c("nesterov", "settings", "max_w2")
  options <- c(o[setdiff(names(o), own)], o$settings, list(
    nesterov_accelerated_gradient = o$nesterov, max_w2 = min(o$max_w2, 3.4e38),
    l1 = 0, l2 = 0, input_dropout_ratio = 0,
    hidden_dropout_ratios = numeric(length(shape$hidden)), sparsity_beta = 0,
    elastic_averaging = FALSE, elastic_averaging_moving_rate = 0.9,
    elastic_averaging_regularization = 0.001,
    average_activation = 0, shuffle_training_data = FALSE,
    seed = 1, epochs = epochs, initial_weight_distribution = "UniformAdaptive",
    initial_weight_scale = 1, unused_inputs = integer(), output_bias = 0,
    order_seed = 1, part = 0, parts = 1,
    kernels = "auto",
    initial_weights = network$weights, initial_biases = network$biases
  ))
  options <- utils::modifyList(options, list(...))
  trainer <- trainer_new(rows, core_target(problem, o$loss), shape, options)
  list(trainer = trainer, rows = rows)
}

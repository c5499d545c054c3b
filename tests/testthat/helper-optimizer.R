# Problems, rules and the comparison that tests of training share.

# 25 rows, 4 epochs: 100 steps row by row.
optimizer_problem <- function(activation, loss = "gaussian", rows = 25) {
  problem <- exact_float(reference_problem(loss, rows, inputs = 4))
  # Zeros among the inputs, so that lazy updates have something to leave out.
  problem$x[sample(length(problem$x), 20)] <- 0
  problem$network <- exact_float(
    reference_network(4, c(5, 3), problem$outputs, activation, problem$output)
  )
  problem
}

rules <- list(
  adadelta = list(optimizer = "adadelta", rho = 0.95, epsilon = 1e-6),
  `plain sgd` = list(optimizer = "sgd", rate = 0.01, rate_annealing = 0),
  `annealed sgd` = list(
    optimizer = "sgd", rate = 0.02, rate_annealing = 0.05, rate_decay = 0.5
  ),
  nesterov = list(
    optimizer = "sgd", rate = 0.01, rate_annealing = 1e-3, momentum_start = 0.3,
    momentum_ramp = 60, momentum_stable = 0.9
  ),
  `heavy ball` = list(
    optimizer = "sgd", rate = 0.01, rate_annealing = 1e-3, momentum_start = 0.3,
    momentum_ramp = 60, momentum_stable = 0.9, nesterov = FALSE
  ),
  adam = list(optimizer = "adam", rate = 0.005, rate_annealing = 0),
  adamw = list(
    optimizer = "adamw", rate = 0.005, rate_annealing = 0, weight_decay = 0.1
  ),
  rmsprop = list(optimizer = "rmsprop", rate = 0.002, rate_annealing = 0, rho = 0.99),
  adagrad = list(optimizer = "adagrad", rate = 0.02, rate_annealing = 0, epsilon = 1e-10)
)

# Adam, RMSProp and Adagrad divide by the size of the gradient: where that is nearly 0
# (a unit about to die), float and double part at once, hence epsilon 1e-3 for the strict
# comparison; their own epsilon is compared over fewer steps below.
blunt <- function(rule) {
  if (rule$optimizer %in% c("adam", "adamw", "rmsprop", "adagrad")) rule$epsilon <- 1e-3
  rule
}

expect_training <- function(problem, o, epochs, case, ..., tolerance = 1e-5) {
  expected <- reference_train(problem$network, problem$x, problem$target, o, epochs, ...)
  fit <- function() fit_problem(problem$network, problem, o, epochs)
  gap <- relative_gap(parameters_of(fit()), parameters_of(expected))
  expect_lte(gap, tolerance, label = case)
  if (o$mini_batch_size == 1 && o$fast_mode) {
    gap <- relative_gap(
      parameters_of(with_layers_turned(fit())), parameters_of(expected)
    )
    expect_lte(gap, tolerance, label = paste(case, "by input"))
  }
  # Weights that hardly move would agree with anything.
  moved <- relative_gap(parameters_of(expected), parameters_of(problem$network))
  expect_gt(moved, 1e-3, label = paste(case, "moved"))
}

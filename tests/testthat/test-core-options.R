# Options cross to the core by name: none is lost, misspelt or out of range on the way.

start_with <- function(..., epochs = 1) {
  set.seed(51)
  problem <- exact_float(reference_problem("gaussian", 4, inputs = 2))
  network <- exact_float(reference_network(2, 3, 1, "Tanh", "linear"))
  bare_trainer(network, problem, reference_options(), epochs, ...)
}

test_that("options the core does not know, or misses, are errors", {
  expect_error(start_with(momentum = 1), "options has unknown element 'momentum'")
  expect_error(start_with(rho = NULL), "options lacks 'rho'")
  expect_error(start_with(replicas = 1.5), "options 'replicas' is not a count")
})

test_that("a name the core does not know is told with those it knows", {
  expect_error(
    start_with(optimizer = "adamax"),
    "option 'optimizer' is 'adamax', must be one of adadelta, sgd, adam, adamw,"
  )
  expect_error(start_with(loss = "hinge"), "option 'loss' is 'hinge', must be one of")
  expect_error(
    start_with(initial_weight_distribution = "Uni"),
    "is 'Uni', must be one of UniformAdaptive, Uniform, Normal"
  )
})

test_that("each number has its range, and no number is in none", {
  least <- list(
    quantile_alpha = -1, tweedie_power = 1, huber_delta = 0, rate = -1,
    rate_annealing = -1, rate_decay = 0, momentum_start = 1, momentum_ramp = -1,
    momentum_stable = -0.1, rho = 1, epsilon = 0, beta1 = 1, beta2 = 1, weight_decay = -1,
    l1 = -1, l2 = -1, max_w2 = 0, mini_batch_size = 0, replicas = 0,
    averaging_interval = 0, weight_averaging_decay = 1, input_dropout_ratio = 1,
    hidden_dropout_ratios = -0.5, epochs = -1, initial_weight_scale = -1
  )
  for (name in names(least)) {
    expect_error(
      do.call(start_with, least[name]), sprintf("option '%s' is .*, must be ", name)
    )
    if (name %in% c("mini_batch_size", "replicas", "averaging_interval")) next
    expect_error(
      do.call(start_with, stats::setNames(list(NaN), name)),
      sprintf("option '%s' is .*nan, must be ", name)
    )
  }
  expect_error(start_with(hidden_dropout_ratios = c(0, 0)), "one number per hidden layer")
  expect_error(start_with(unused_inputs = 2L), "an unused input is not among the inputs")
  expect_error(start_with(rate = Inf), "0 or more, and finite")
})

test_that("nothing given is all defaults", {
  arguments <- check_arguments(list())
  expect_identical(names(arguments), setdiff(names(training_arguments), data_arguments()))
  expect_identical(as.list(arguments)[names(default_values())], default_values(),
    ignore_attr = TRUE
  )
  expect_null(attr(arguments, "given"))
  expect_true("hidden_dropout_ratios" %in% names(arguments))
})

test_that("what was given is typed, spelled and remembered; data pass by", {
  given <- list(
    x = 1:4, training_frame = iris, activation = "tanh", hidden = c(3L, 4L), seed = "12",
    distribution = "AUTO", model_id = NULL
  )
  arguments <- check_arguments(given)
  expect_identical(arguments$activation, "Tanh")
  expect_identical(arguments$hidden, c(3, 4))
  expect_identical(arguments$seed, "12")
  expect_identical(attr(arguments, "given"), names(given))
  expect_false(any(c("x", "y", "training_frame") %in% names(arguments)))
})

test_that("an unknown name is an error with the nearest name", {
  argument_error(check_arguments(list(epoch = 1)), "`epoch`.*Did you mean `epochs`")
  argument_error(check_arguments(list(zzzzzz = 1)), "no argument `zzzzzz`.$")
  argument_error(check_arguments(list(1)), "must be named")
  argument_error(check_arguments(list(l1 = 0, 1)), "must be named")
  argument_error(check_arguments(list(l1 = 0, l1 = 1)), "`l1` is given more than once")
})

test_that("all problems come together, one bullet each", {
  error <- expect_error(
    check_arguments(list(
      epoch = 1, hidden = 0, l1 = -1, nfolds = 1, activation = "relu", rho = 0,
      hidden_dropout_ratios = 2
    )),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 7)
  for (name in c("epoch", "hidden", "l1", "nfolds", "activation", "rho")) {
    expect_match(conditionMessage(error), paste0("`", name, "`"), fixed = TRUE)
  }
})

test_that("folds that make no sense are refused", {
  # Folds that make no sense in any version.
  for (nfolds in c(-1, 1, 0.5)) argument_error(check_arguments(list(nfolds = nfolds)))
  expect_error(check_arguments(list(nfolds = 0L, fold_assignment = "auto")), NA)
})

test_that("dropout ratios have three texts", {
  argument_error(
    check_arguments(list(activation = "Tanhwithdropout", hidden_dropout_ratios = 1:0)),
    "at least 0 and below 1"
  )
  argument_error(
    check_arguments(list(activation = "TanhWithDropout", hidden_dropout_ratios = 0.5)),
    "one number per hidden layer: 2, not 1"
  )
  argument_error(
    check_arguments(list(hidden_dropout_ratios = c(0.5, 0.5))),
    "RectifierWithDropout"
  )
  argument_error(check_arguments(list(input_dropout_ratio = 1)), "input_dropout_ratio")
})

test_that("dropout without ratios is one half per layer", {
  ratios <- function(...) check_arguments(list(...))$hidden_dropout_ratios
  expect_identical(ratios(activation = "maxoutwithdropout", hidden = 1:3), rep(0.5, 3))
  expect_identical(ratios(activation = "TanhWithDropout", hidden = numeric()), numeric())
  expect_null(ratios(activation = "Tanh"))
})

test_that("rho and epsilon must not be zero where they are used", {
  argument_error(check_arguments(list(rho = 0)), "`rho` must be a number above 0")
  argument_error(check_arguments(list(epsilon = 0)), "`epsilon`")
  argument_error(check_arguments(list(optimizer = "adam", epsilon = 0)), "`epsilon`")
  expect_warning(
    check_arguments(list(adaptive_rate = FALSE, rho = 0, epsilon = 0)),
    class = "feedforward_ignored_argument_warning"
  )
})

test_that("one warning names all that the optimizer ignores", {
  warnings <- testthat::capture_warnings(
    check_arguments(list(rate = 0.01, momentum_stable = 0.9, rate_decay = 1))
  )
  expect_length(warnings, 1)
  expect_match(warnings, "`rate`, `momentum_stable`, `rate_decay`")
  ignored <- "feedforward_ignored_argument_warning"
  expect_warning(
    check_arguments(list(rate = 0.1)), "adaptive_rate = FALSE",
    class = ignored
  )
  expect_warning(
    check_arguments(list(optimizer = "adam", momentum_start = 0.9)), "adam",
    class = ignored
  )
  expect_warning(
    check_arguments(list(optimizer = "adam", weight_decay = 0.1)), "`weight_decay`",
    class = ignored
  )
  expect_warning(check_arguments(list(reproducible = TRUE, replicas = 4)), "`replicas`",
    class = ignored
  )
  expect_warning(check_arguments(list(stopping_rounds = 0, stopping_tolerance = 0.1)),
    "`stopping_tolerance`",
    class = ignored
  )
  silent <- list(
    list(rate = 0.1, momentum_start = 0.5, adaptive_rate = FALSE), list(rho = 0.9),
    list(optimizer = "sgd", rate = 0.1), list(optimizer = "adamw", weight_decay = 0.1),
    list(optimizer = "rmsprop", rho = 0.9, rate = 0.1), list(reproducible = TRUE),
    list(optimizer = "ADAM", beta1 = 0.8, rate_annealing = 1e-6)
  )
  for (given in silent) expect_warning(check_arguments(given), NA)
})

test_that("named optimizers bring their own values where none were given", {
  chosen <- function(...) {
    suppressWarnings(resolved(...))[c(
      "optimizer", "rate", "rho", "epsilon", "rate_annealing", "mini_batch_size"
    )]
  }
  as_list <- function(optimizer, rate, rho, epsilon, annealing, batch) {
    list(
      optimizer = optimizer, rate = rate, rho = rho, epsilon = epsilon,
      rate_annealing = annealing, mini_batch_size = batch
    )
  }
  expect_identical(chosen(), as_list("adadelta", 0.005, 0.99, 1e-8, 1e-6, 1))
  sgd <- as_list("sgd", 0.005, 0.99, 1e-8, 1e-6, 1)
  expect_identical(chosen(adaptive_rate = FALSE), sgd)
  expect_identical(chosen(optimizer = "sgd"), sgd)
  for (name in c("adam", "adamw")) {
    expect_identical(chosen(optimizer = name), as_list(name, 1e-3, 0.99, 1e-8, 0, 128))
  }
  expect_identical(
    chosen(optimizer = "rmsprop"), as_list("rmsprop", 1e-3, 0.99, 1e-8, 0, 128)
  )
  expect_identical(
    chosen(optimizer = "adagrad"), as_list("adagrad", 0.01, 0.99, 1e-10, 0, 128)
  )
  expect_identical(
    chosen(optimizer = "adam", rate = 0.5, mini_batch_size = 1, rate_annealing = 1e-6),
    as_list("adam", 0.5, 0.99, 1e-8, 1e-6, 1)
  )
  expect_identical(chosen(optimizer = "adam", nrow = 50)$mini_batch_size, 50)
  expect_identical(resolved(optimizer = "adamw")$weight_decay, 0.01)
  expect_identical(resolved(optimizer = "adam")$weight_decay, 0)
})

test_that("a mini-batch above the rows is clamped with a warning", {
  expect_warning(
    arguments <- resolved(mini_batch_size = 500, nrow = 30),
    "500.*30 rows train",
    class = "feedforward_clamped_argument_warning"
  )
  expect_identical(arguments$mini_batch_size, 30)
  expect_warning(resolved(optimizer = "adam", nrow = 30), NA)
})

test_that("replicas depend on the data alone", {
  expect_identical(resolved(nrow = 9999)$replicas, 1)
  expect_identical(resolved(nrow = 10000)$replicas, 4)
  expect_identical(resolved(nrow = 1e6, mini_batch_size = 2)$replicas, 1)
  sgd <- function(...) resolved(nrow = 20000, adaptive_rate = FALSE, ...)$replicas
  expect_identical(sgd(), 4)
  expect_identical(sgd(momentum_start = 0.5), 1)
  expect_identical(sgd(momentum_stable = 0.9), 1)
  interval <- function(...) resolved(...)$averaging_interval
  expect_identical(interval(hidden = c(10, 10), nrow = 1e5), 100)
  expect_identical(interval(hidden = c(200, 200), nrow = 99999), 100)
  expect_identical(interval(hidden = c(200, 200), nrow = 1e5), 200)
  expect_identical(resolved(nrow = 20000)$replicas, 4)
  expect_identical(resolved(nrow = 20000, reproducible = TRUE)$replicas, 1)
  expect_identical(resolved(nrow = 20000, optimizer = "adam")$replicas, 1)
  expect_identical(resolved(replicas = 3)$replicas, 3)
})

test_that("rounds are whole mini-batches", {
  expect_identical(resolved(hidden = 5)$averaging_interval, 100)
  expect_identical(resolved(averaging_interval = 7)$averaging_interval, 7)
  rounded <- resolved(hidden = 5, mini_batch_size = 32, replicas = 2)
  expect_identical(rounded$averaging_interval, 128)
  exact <- resolved(mini_batch_size = 32, replicas = 2, averaging_interval = 64)
  expect_identical(exact$averaging_interval, 64)
})

test_that("an offset is for regression only", {
  argument_error(
    resolved(kind = "binomial", n_outputs = 2, offset = TRUE), "offset_column"
  )
  expect_error(resolved(offset = TRUE), NA)
})

test_that("problems with the response come together, too", {
  error <- expect_error(
    resolved(
      loss = "Huber", stopping_metric = "deviance", kind = "binomial", n_outputs = 2,
      offset = TRUE
    ),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 3)
})

test_that("-1 draws from R's generator, other seeds leave it alone", {
  seed <- function(...) complete_seed(resolved(...)$seed)
  set.seed(1)
  first <- seed()
  second <- seed()
  expect_false(first == second)
  set.seed(1)
  expect_identical(seed(seed = "-1"), first)
  set.seed(1)
  before <- .Random.seed
  expect_identical(seed(seed = 42), 42)
  expect_identical(seed(seed = "-8664354335142703762"), "-8664354335142703762")
  expect_identical(.Random.seed, before)
})

test_that("a call that is refused draws nothing, whatever refuses it", {
  set.seed(1)
  before <- .Random.seed
  local_replaced(available_memory = function(...) 8 * 2^30)
  for (call in list(
    quote(deeplearning(mpg ~ ., mtcars, hidden = 1e9)),
    quote(deeplearning(mpg ~ ., mtcars, loss = "CrossEntropy")),
    quote(deeplearning(mpg ~ ., mtcars, validation_frame = mtcars["mpg"])),
    quote(deeplearning(mpg ~ ., mtcars, validation_frame = transform(mtcars, wt = Inf))),
    quote(deeplearning(mpg ~ ., transform(mtcars, wt = Inf)))
  )) {
    expect_error(eval(call), class = "feedforward_error")
    expect_identical(.Random.seed, before)
  }
})

test_that("what was given stays known after resolving", {
  arguments <- resolved(optimizer = "adam", hidden = 5, n_inputs = 3)
  expect_identical(attr(arguments, "given"), c("optimizer", "hidden"))
  expect_identical(names(arguments), names(check_arguments(list())))
})

test_that("fewer training rows are scored where classes are many, unless told", {
  rows <- function(...) resolved(kind = "multinomial", ...)$score_training_samples
  expect_identical(rows(n_outputs = 100), 10000)
  expect_identical(rows(n_outputs = 1000), 1000)
  expect_identical(rows(n_outputs = 1e5), 500)
  expect_identical(rows(n_outputs = 1000, score_training_samples = 0), 0)
})

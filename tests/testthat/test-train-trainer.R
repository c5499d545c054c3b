# A trainer of the core on 60 rows of iris, with all that prepare_fit() makes.
prepared_iris <- function(..., rows = seq(1, 150, length.out = 60), hidden = c(5, 3)) {
  given <- list(
    x = iris[rows, 1:4], y = iris$Species[rows], hidden = hidden, epochs = 3, seed = 1,
    ...
  )
  request <- list(call = quote(deeplearning()), given = given, form = "data")
  prepare_fit(read_request(request))
}

trainer_of <- function(prepared) {
  core_trainer(
    prepared$training$rows, trainer_target(prepared), prepared$network,
    trainer_options(prepared)
  )
}

test_that("the options are the table's, and what else the core must be told", {
  prepared <- prepared_iris(activation = "TanhWithDropout", l1 = 0.25)
  options <- trainer_options(prepared)
  expect_identical(anyDuplicated(names(options)), 0L)
  expect_true(all(core_arguments() %in% names(options)))
  expect_identical(options$l1, 0.25)
  expect_identical(options$hidden_dropout_ratios, c(0.5, 0.5))
  expect_identical(options$loss, "CrossEntropy")
  expect_identical(options$seed, c(1, 0))
  # The threshold of Huber's loss begins at one standard deviation of the response.
  expect_identical(options$huber_delta, 1)
  # A ratio for each layer, dropout or not.
  expect_identical(
    trainer_options(prepared_iris())$hidden_dropout_ratios, c(0, 0)
  )
})

test_that("the core's loss is the distribution's where it has no loss of its own", {
  response <- list(distribution = "poisson", loss = "Automatic")
  expect_identical(tasks$regression$core_loss(response), "poisson")
  response <- list(distribution = "bernoulli", loss = "Quadratic")
  expect_identical(tasks$binomial$core_loss(response), "Quadratic")
})

test_that("an option that the core does not know, or lacks, is named", {
  prepared <- prepared_iris()
  options <- trainer_options(prepared)
  start <- function(options) {
    core_trainer(
      prepared$training$rows, trainer_target(prepared), prepared$network, options
    )
  }
  expect_error(start(c(options, list(learning_speed = 1))), "learning_speed")
  for (name in c("rho", "loss", "unused_inputs")) {
    expect_error(start(options[setdiff(names(options), name)]), name)
  }
})

test_that("offsets reach the core in the network's units", {
  prepared <- list(
    task = tasks$regression, response = list(kind = "regression", scale = 0.5),
    training = data_part(NULL, 2, 1:2, c(-1, 1), weights = NULL, offset = c(4, -2))
  )
  target <- trainer_target(prepared)
  expect_equal(target$offset, c(2, -1))
  expect_equal(target$y, c(-1, 1))
  expect_equal(target$kind, "numbers")
})

test_that("a trainer predicts alike with the weights of now and with those handed over", {
  prepared <- prepared_iris()
  trainer <- trainer_of(prepared)
  expect_setequal(names(trainer), c(
    "run", "close_round", "weights", "predict", "set_huber", "layers", "state", "pointer",
    "set_weights", "fresh_state",
    "set_state"
  ))
  part <- choose_part_sample(prepared$training, 25, c(1, 0))
  before <- trainer$predict(part, 1L)
  expect_identical(dim(before), c(25L, 3L))
  start <- trainer$weights()
  done <- trainer$run(60, 10, 1L)
  expect_identical(done$status, "running")
  expect_gte(done$rows, 60)
  after <- trainer$predict(part, 1L)
  expect_false(isTRUE(all.equal(after, before)))
  expect_equal(trainer$predict(part, 1L, trainer$weights()), after, tolerance = 1e-6)
  expect_equal(trainer$predict(part, 1L, start), before, tolerance = 1e-6)
})

test_that("a run that is taken out and put back goes on as if nothing had been", {
  prepared <- prepared_iris(optimizer = "adam", mini_batch_size = 8)
  through <- trainer_of(prepared)
  through$run(180, 10, 1L)
  first <- trainer_of(prepared)
  first$run(80, 10, 1L)
  done <- first$state()$samples
  second <- trainer_of(prepared)
  second$set_state(first$state())
  second$run(180 - done, 10, 1L)
  expect_identical(second$weights(), through$weights())
})

test_that("the table of layers is told by each layer but the input", {
  trainer <- trainer_of(prepared_iris(hidden = c(5, 3, 2)))
  trainer$run(60, 10, 1L)
  layers <- trainer$layers()
  expect_identical(lengths(layers[c("mean_rate", "rate_rms", "momentum")]), c(
    mean_rate = 4L, rate_rms = 4L, momentum = 4L
  ))
})

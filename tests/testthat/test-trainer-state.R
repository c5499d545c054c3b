# The state of a run: plain matrices and vectors, without padding and whatever the layout,
# from which training goes on bit for bit.

trained_trainer <- function(...) {
  set.seed(41)
  n <- 200
  data <- data.frame(
    f = factor(sample(letters[1:7], n, TRUE)), u = stats::rnorm(n), v = stats::runif(n)
  )
  data$y <- factor(ifelse(data$u + (data$f %in% c("a", "b")) > 0.3, "yes", "no"))
  model <- with_layers_turned(turned = FALSE, deeplearning(
    y ~ ., data, hidden = c(9, 5), epochs = 3, seed = 2, threads = 1,
    averaging_interval = 10, stopping_rounds = 0, ...
  ))
  attr(model, "trainer")
}

states_of <- function(trainer) {
  state <- trainer_state(trainer)
  c(state$replicas[[1]][c("parameters", "state1", "state2")], state[
    c("average", "change", "moving_average")
  ])
}

state_cases <- list(
  "one replica" = list(replicas = 1),
  "no state" = list(replicas = 1, adaptive_rate = FALSE, weight_averaging_share = 0),
  "three replicas" = list(replicas = 3, weight_averaging_decay = 0.9),
  "Maxout, momentum" = list(
    replicas = 2, activation = "Maxout", adaptive_rate = FALSE, momentum_start = 0.5
  ),
  "mini-batches" = list(replicas = 1, optimizer = "adam", mini_batch_size = 10),
  "averaged mini-batches" = list(replicas = 2, optimizer = "rmsprop", mini_batch_size = 5)
)

test_that("a state is matrices and vectors, as many as the run keeps", {
  present <- list(
    "one replica" = c("parameters", "state1", "state2", "moving_average"),
    "no state" = "parameters",
    "three replicas" = c(
      "parameters", "state1", "state2", "average", "change", "moving_average"
    ),
    "Maxout, momentum" = c(
      "parameters", "state1", "average", "change", "moving_average"
    ),
    "mini-batches" = c("parameters", "state1", "state2", "moving_average"),
    "averaged mini-batches" = c(
      "parameters", "state1", "average", "change", "moving_average"
    )
  )
  for (case in names(state_cases)) {
    trainer <- do.call(trained_trainer, state_cases[[case]])
    parts <- Filter(Negate(is.null), states_of(trainer))
    expect_named(parts, present[[case]], label = case)
    channels <- if (startsWith(case, "Maxout")) 2L else 1L
    rows <- c(9L * channels, 5L * channels, 2L)
    for (part in parts) {
      expect_named(part, c("weights", "biases"))
      expect_identical(lapply(part$weights, dim), Map(c, rows, c(10L, 9L, 5L)))
      expect_identical(lengths(part$biases), rows)
    }
    last <- if (!is.null(parts$moving_average)) {
      parts$moving_average
    } else if (!is.null(parts$average)) parts$average else parts$parameters
    expect_identical(last, trainer_weights(trainer), label = case)
    expect_length(trainer_state(trainer)$turned, 3)
  }
})

test_that("training goes on from a state bit for bit", {
  for (case in names(state_cases)) {
    trainer <- do.call(trained_trainer, state_cases[[case]])
    start <- trainer_state(trainer)
    start$samples <- 0
    trainer_set_state(trainer, start)
    expect_identical(trainer_state(trainer), start, label = case)
    trainer_run(trainer, 300, 0, 1)
    middle <- trainer_state(trainer)
    trainer_run(trainer, 300, 0, 1)
    end <- trainer_state(trainer)
    expect_equal(end$samples, 600)
    trainer_set_state(trainer, middle)
    trainer_run(trainer, 300, 0, 1)
    expect_identical(trainer_state(trainer), end, label = case)
  }
})

test_that("a state that does not fit is named and changes nothing", {
  trainer <- trained_trainer(replicas = 2, weight_averaging_decay = 0.9)
  state <- trainer_state(trainer)
  refused <- function(message, change) {
    damaged <- change(state)
    expect_error(trainer_set_state(trainer, damaged), message)
    expect_identical(trainer_state(trainer), state, label = message)
  }
  refused("state lacks 'change'", function(s) s[names(s) != "change"])
  refused("state has unknown element 'more'", function(s) c(s, more = 1))
  refused("state 'samples' is not a count", function(s) {
    s$samples <- -1
    s
  })
  refused("it has 1 replicas, the run 2", function(s) {
    s$replicas <- s$replicas[1]
    s
  })
  size <- "state1 of replica 2 of the state: weights of layer 2 must be 5 x 9"
  refused(size, function(s) {
    s$replicas[[2]]$state1$weights[[2]] <- t(s$replicas[[2]]$state1$weights[[2]])
    s
  })
  refused("change of the state: biases of layer 3 must be 2 x 1", function(s) {
    s$change$biases[[3]] <- 0
    s
  })
  refused("average of the state: weights must have one element per layer", function(s) {
    s$average$weights <- s$average$weights[1:2]
    s
  })
  refused("state2 of replica 1: there must be weights and biases", function(s) {
    s$replicas[[1]]["state2"] <- list(NULL)
    s
  })
  refused("average: layer 1 needs 9 x 10 weights and 9 biases", function(s) {
    s$average$weights[1] <- list(NULL)
    s
  })
  refused("turned has 2 layers", function(s) {
    s$turned <- s$turned[1:2]
    s
  })
  refused("last_touched has 1 inputs", function(s) {
    s$last_touched <- 1
    s
  })
  one <- do.call(trained_trainer, state_cases[["no state"]])
  kept <- trainer_state(one)
  kept$moving_average <- kept$replicas[[1]]$parameters
  expect_error(trainer_set_state(one, kept), "the run keeps no moving_average")
})

test_that("weights that do not fit are named and change nothing", {
  trainer <- trained_trainer(replicas = 1)
  state <- trainer_state(trainer)
  weights <- trainer_weights(trainer)
  expect_error(
    trainer_set_weights(trainer, lapply(weights$weights, t), weights$biases),
    "weights of layer 1 must be 9 x 10"
  )
  expect_identical(trainer_state(trainer), state)
})

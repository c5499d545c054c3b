test_that("the estimate is the sum of rows, scoring, weights and some room", {
  # 10 x 4 + 4 and 4 x 1 + 1: 49 weights and biases.
  network <- new_network(10, 4, "Rectifier", 1, "linear")
  weights <- count_weights(network)
  arguments <- list(
    optimizer = "adadelta", replicas = 8, score_training_samples = 100,
    score_validation_samples = 0, keep_state = FALSE
  )
  parts <- function(rows, validation, scored) {
    (rows + validation) * (4 * 10 + 48) + scored * 194 + 4 * weights * (8 * 3 + 4) +
      24 * weights + 64 * 2^20
  }
  expect_identical(estimate_memory(1000, 10, network, arguments), parts(1000, 0, 100))
  expect_identical(
    estimate_memory(1000, 10, network, arguments, 50), parts(1000, 50, 150)
  )
  # Beyond 2^31 nothing wraps.
  expect_identical(estimate_memory(3e9, 10L, network, arguments), parts(3e9, 0, 100))
})

# blocks: inputs of each predictor
memory <- function(inputs, hidden, blocks = integer(), available = 2^33, rows = 1000,
                   arguments = list(optimizer = "adadelta", replicas = 1)) {
  arguments <- utils::modifyList(list(
    score_training_samples = 10000, score_validation_samples = 0, keep_state = FALSE
  ), arguments)
  network <- new_network(inputs, hidden, "Rectifier", 2, "softmax")
  check_memory(rows, 5, network, arguments, blocks, available = available)
}

test_that("too large a network is refused with GiB and the culprit", {
  error <- expect_error(
    memory(1e6 + 3, 1000, c(small = 2, id = 1e6 + 1)),
    class = "feedforward_resource_error"
  )
  expect_match(conditionMessage(error), "`id` with 1,000,001 inputs")
  expect_match(conditionMessage(error), "48.49 GiB")
  expect_match(conditionMessage(error), "8.00 GiB are available")
  expect_gt(error$needed, error$available)
  error <- expect_error(memory(4, 1e9), class = "feedforward_resource_error")
  expect_match(conditionMessage(error), "fewer units")
  error <- expect_error(memory(4, 5, rows = 1e10), class = "feedforward_resource_error")
  expect_match(conditionMessage(error), "fewer rows")
})

test_that("many inputs warn, and unknown memory refuses nothing", {
  expect_warning(memory(1e5 + 2, 10, c(id = 1e5)), "`id` with 100,000 inputs",
    class = "feedforward_size_warning"
  )
  expect_warning(memory(1000, 10), NA)
  expect_gt(memory(4, 1e9, available = NA), 2^33)
})

test_that("each state of the optimizer costs as much as the weights, per replica", {
  needed <- function(...) {
    given <- list(..., momentum_start = 0, momentum_stable = 0)
    memory(1000, 1000, arguments = given)
  }
  weights <- 4 * 1000 * 1002
  none <- needed(optimizer = "sgd", replicas = 1)
  expect_equal(needed(optimizer = "adagrad", replicas = 1) - none, weights)
  expect_equal(needed(optimizer = "adam", replicas = 1) - none, 2 * weights)
  expect_equal(needed(optimizer = "adam", replicas = 4) - none, (3 * 4 - 1) * weights)
  # The state that the model keeps: R has numbers of eight bytes only.
  kept <- needed(optimizer = "adam", replicas = 4, keep_state = TRUE)
  expect_equal(
    kept - needed(optimizer = "adam", replicas = 4), 3 * (3 * 4 + 3) * weights
  )
})

test_that("the estimate is the sum of rows, replicas, further copies and some room", {
  # 1,000 rows of 10 cells; 500 weights; 8 replicas with two arrays of state each.
  expect_identical(
    estimate_memory(1000, 10, 500, 8, 2),
    4 * 10000 + 8 * (500 * 4 * 3) + 4 * 500 * 4 + 64 * 1024^2
  )
  # Beyond 2^31 nothing wraps.
  expect_identical(estimate_memory(3e9, 1000L, 0, 1, 0), 1.2e13 + 64 * 2^20)
})

test_that("available memory is read where the system tells it", {
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(c("MemTotal:  16 kB", "MemAvailable:    8 kB", "Cached: 1 kB"), file)
  expect_identical(available_memory(file), 8192)
  writeLines("MemTotal: 16 kB", file)
  expect_identical(available_memory(file), NA_real_)
  expect_identical(available_memory(tempfile()), NA_real_)
})

# blocks: inputs of each predictor
memory <- function(inputs, hidden, blocks = integer(), available = 2^33, rows = 1000,
                   arguments = list(optimizer = "adadelta", replicas = 1)) {
  network <- new_network(inputs, hidden, "Rectifier", 2, "softmax")
  check_memory(rows, 5, network, arguments, blocks, available)
}

test_that("too large a network is refused with GiB and the culprit", {
  error <- expect_error(
    memory(1e6 + 3, 1000, c(small = 2, id = 1e6 + 1)),
    class = "feedforward_resource_error"
  )
  expect_match(conditionMessage(error), "`id` with 1,000,001 inputs")
  expect_match(conditionMessage(error), "26.14 GiB")
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
})

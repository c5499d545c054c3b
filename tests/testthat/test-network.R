test_that("a layer has a row per channel and a column per unit below", {
  maxout <- new_network(4, c(3, 2), "Maxout", 2, "softmax")
  expect_identical(layer_sizes(maxout), list(
    units = c(3, 2, 2), channels = c(2, 2, 1), rows = c(6, 4, 2), columns = c(4, 3, 2)
  ))
  expect_identical(count_weights(maxout), 6 * 4 + 4 * 3 + 2 * 2)
  expect_identical(count_parameters(maxout), 24 + 12 + 4 + 6 + 4 + 2)
  linear <- new_network(4, numeric(), "Tanh", 1, "linear")
  expect_identical(layer_sizes(linear)$rows, 1)
  expect_identical(count_parameters(linear), 5)
  for (activation in names(activations)) {
    network <- new_network(7, c(5, 3), activation, 2, "softmax")
    channels <- activations[[activation]]$channels
    expect_identical(layer_sizes(network)$channels, c(channels, channels, 1))
  }
})

test_that("units are rows, inputs are columns, and both have H2O's names", {
  model <- fake_model("binomial", hidden = c(3, 2))
  expect_identical(
    dimnames(weights(model)),
    list(
      c("C1", "C2", "C3"), c("group.b", "group.a", "group.missing(NA)", "size")
    )
  )
  expect_identical(
    dimnames(weights(model, 2)), list(c("C1", "C2"), c("C1", "C2", "C3"))
  )
  expect_identical(names(biases(model, 3)), c("C1", "C2"))
  expect_identical(dim(weights(model, 3)), c(2L, 2L))
})

test_that("a Maxout unit has two rows, one below the other", {
  model <- fake_model("regression", hidden = c(2, 3), activation = "Maxout")
  expect_identical(
    rownames(weights(model, 1)), c("C1.1", "C1.2", "C2.1", "C2.2")
  )
  expect_identical(dim(weights(model, 2)), c(6L, 2L))
  expect_identical(colnames(weights(model, 2)), c("C1", "C2"))
  expect_identical(rownames(weights(model, 3)), "C1")
  expect_length(biases(model, 2), 6)
})

test_that("the cost of a forward pass counts a factor once and Maxout twice", {
  cost <- function(active, hidden, outputs, activation) {
    network <- new_network(1000, hidden, activation, outputs, "softmax")
    forward_cost(network, active)
  }
  expect_equal(cost(8, c(200, 100), 2, "Rectifier"), 8 * 200 + 200 * 100 + 200)
  expect_equal(cost(8, c(200, 100), 2, "Maxout"), 2 * (8 * 200 + 200 * 100) + 200)
  expect_equal(cost(8, integer(), 3, "Tanh"), 24)
  # No integer overflow.
  expect_equal(cost(8L, c(100000L, 100000L), 2L, "Tanh"), 1e10 + 1e6)
})

test_that("initial weights and biases must have the network's dimensions", {
  started <- function(weights = NULL, biases = NULL, activation = "Tanh") {
    resolved(
      hidden = c(3, 2), activation = activation, initial_weights = weights,
      initial_biases = biases, kind = "binomial", n_inputs = 4, n_outputs = 2
    )
  }
  w <- list(matrix(1, 3, 4), matrix(2L, 2, 3), as.data.frame(matrix(3, 2, 2)))
  b <- list(1:3, data.frame(bias = c(4, 5)), matrix(6, 2, 1))
  got <- started(w, b)
  expect_identical(got$initial_weights, list(
    matrix(1, 3, 4), matrix(2, 2, 3), matrix(3, 2, 2)
  ))
  expect_identical(got$initial_biases, list(c(1, 2, 3), c(4, 5), c(6, 6)))
  # Either list alone, and single layers, may be left to chance.
  expect_null(started(w)$initial_biases)
  expect_null(started(NULL, b)$initial_weights)
  expect_identical(
    started(list(NULL, w[[2]], NULL))$initial_weights, list(NULL, matrix(2, 2, 3), NULL)
  )
  # Two rows per Maxout unit, none in the output layer.
  expect_error(
    started(list(matrix(1, 6, 4), matrix(1, 4, 3), w[[3]]), activation = "Maxout"), NA
  )
  argument_error(started(w, activation = "Maxout"), "must be 6 x 4, .* not 3 x 4")
  argument_error(started(w[1:2]), "must have 3 entries.*not 2")
  argument_error(started(rev(w)), "initial_weights[[1]]` must be 3 x 4", fixed = TRUE)
  argument_error(started(NULL, list(1:2, 1:2, 1:2)), "initial_biases[[1]]", fixed = TRUE)
  argument_error(started(replace(w, 1, list("a"))), "must be numeric")
  for (bad in c(NaN, NA, Inf, 1e300)) {
    argument_error(started(replace(w, 2, list(matrix(bad, 2, 3)))), "single precision")
  }
})

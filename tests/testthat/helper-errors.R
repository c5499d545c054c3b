# Calls that must be refused, by the class that says why.

argument_error <- function(expr, ...) {
  expect_error(expr, class = "feedforward_argument_error", ...)
}

input_error <- function(expr, ...) {
  expect_error(expr, class = "feedforward_input_error", ...)
}

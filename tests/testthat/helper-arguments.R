# The arguments as they are once the response and the rows are known.
resolved <- function(..., kind = "regression", nrow = 1000, n_inputs = 10,
                     n_outputs = 1, offset = FALSE) {
  arguments <- check_arguments(list(...))
  task <- tasks[[kind]]
  network <- new_network(
    n_inputs, arguments$hidden, plain_activation(arguments$activation), n_outputs,
    task$output
  )
  complete_arguments(arguments, task, nrow, network, offset)
}

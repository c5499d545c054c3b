# The network that predicted last is kept ready by the core: words-session.R says why.

# All that packing depends on, and all that check_model() finds sound before.
ready_key <- function(model) {
  list(
    model$network, model$weights, model$biases, model$members, model$encoding,
    model$response, kernel_option()
  )
}

is_ready <- function(model) {
  key <- ready_key(model)
  same <- identical(key, ready$key)
  # Equal weights that lie elsewhere are compared but once.
  if (same) ready$key <- key
  same
}

# Matrix, rows x outputs, of a model that passed check_model().
#   most: weights of a network to be kept. With more the memory counts, and packing is no
#     longer all that takes time
model_outputs <- function(model, rows, threads, most = 1e7) {
  if (!is.null(model$members)) {
    return(average_links(model$response, lapply(parameter_sets(model), function(set) {
      network_predict(rows, NULL, model$network, set$weights, set$biases, threads)
    })))
  }
  if (count_parameters(model$network) > most) {
    return(network_predict(
      rows, NULL, model$network, model$weights, model$biases, threads
    ))
  }
  if (!is_ready(model)) {
    # Without a key while there may be no network: an interrupt or an error may follow.
    ready$key <- NULL
    ready_pack(rows, model$network, model$weights, model$biases)
    ready$key <- ready_key(model)
  }
  ready_predict(rows, threads)
}

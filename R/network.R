# The shape of a network and all that follows from it alone: the layers' sizes, counts,
# costs and names.

# inputs, outputs: how many; hidden: units of each hidden layer; activation: a name in
# `activations`; output: "softmax" or "linear"; kept: per layer the share of what enters
# it that dropout keeps in training, by which its weights are multiplied at prediction
new_network <- function(inputs, hidden, activation, outputs, output,
                        kept = rep(1, length(hidden) + 1)) {
  list(
    inputs = as.integer(inputs), hidden = as.integer(hidden), activation = activation,
    outputs = as.integer(outputs), output = output, kept = kept
  )
}

# As the table of layers calls the kinds of output; NA: by their activation.
output_titles <- c(softmax = "Softmax", linear = "Linear", reconstruction = NA)

# Vectors with one element per layer, the output layer last: units; channels (affine sums
# per unit); rows and columns of the layer's matrix of weights. A hidden Maxout unit u has
# rows 2u - 1 and 2u, one per channel.
layer_sizes <- function(network) {
  hidden <- length(network$hidden)
  units <- c(as.numeric(network$hidden), network$outputs)
  channels <- rep(c(activations[[network$activation]]$channels, 1), c(hidden, 1))
  list(
    units = units, channels = channels, rows = units * channels,
    columns = c(as.numeric(network$inputs), network$hidden)
  )
}

# The networks of list(weights, biases, members), each as list(weights, biases).
parameter_sets <- function(parameters) {
  c(list(parameters[c("weights", "biases")]), parameters$members)
}

# Weights of the network, biases not counted.
count_weights <- function(network) {
  size <- layer_sizes(network)
  sum(size$rows * size$columns)
}

# Weights and biases.
count_parameters <- function(network) {
  count_weights(network) + sum(layer_sizes(network)$rows)
}

# Multiply-adds of a forward pass over one row. A factor is one input at work, however
# many levels it has.
forward_cost <- function(network, active_inputs) {
  network$inputs <- active_inputs
  count_weights(network)
}

# Names of rows and columns as in H2O: inputs by name, units C1, C2, ...; the two
# channels of a Maxout unit C1.1 and C1.2.
name_parameters <- function(weights, biases, input_names, network) {
  size <- layer_sizes(network)
  below <- input_names
  for (layer in seq_along(weights)) {
    units <- paste0("C", seq_len(size$units[[layer]]))
    channels <- size$channels[[layer]]
    rows <- if (channels == 1) {
      units
    } else {
      paste0(rep(units, each = channels), ".", seq_len(channels))
    }
    dimnames(weights[[layer]]) <- list(rows, below)
    biases[[layer]] <- stats::setNames(as.numeric(biases[[layer]]), rows)
    below <- units
  }
  list(weights = weights, biases = biases)
}

# The rows of each unit's channels, added up: units x columns.
fold_channels <- function(matrix, channels) {
  if (channels == 1) {
    return(matrix)
  }
  unit <- (seq_len(nrow(matrix)) - 1) %/% channels
  unname(rowsum(unname(matrix), unit, reorder = FALSE))
}

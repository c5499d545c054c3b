# The fitted model: a plain list of vectors, lists and data frames. It holds no
# pointer, no environment and no row of the training data, so it survives saveRDS(),
# travels to other processes and needs nothing but this package to predict.

# Builds the model. Matrices of `weights` and vectors of `biases` may come without
# names; all else is stored as given.
#   call: the call of the user
#   kind: "binomial", "multinomial" or "regression"; with it the class
#   model_id: the name printed, chosen by the user or generated
#   arguments: every training argument, defaults filled in and "AUTO" resolved
#   given: names of the arguments that the user wrote
#   encoding: how columns become inputs (learn_encoding())
#   response: how the response becomes a target, and back (learn_response())
#   network: list(inputs, hidden, activation = "Tanh"|"Rectifier"|"Maxout", outputs,
#     output = "softmax"|"linear"); hidden counts units, not Maxout's channels
#   weights: list, layer l: matrix units x units of the layer below (the inputs for the
#     first); biases: list, layer l: vector. A hidden Maxout unit u has rows 2u - 1 and
#     2u, one per channel
#   model_summary: layer_table()
#   scoring_history: data frame, first row without metrics
#   training_metrics, validation_metrics: compute_metrics() of the kept weights;
#     validation_metrics NULL without a validation frame
#   variable_importances: gedeon_importance(), or NULL if not asked for
#   default_threshold: binomial only: the second level is predicted from this
#     probability on; else NULL
#   status: why training ended: "finished", "stopped early", "time limit",
#     "interrupted", "unstable"
#   epochs_trained, samples: passes over the training rows, and rows trained on in all
#   start_time, end_time: POSIXct; run_time: milliseconds
#   training_rows: rows that train (N)
#   dropped: named character, column that is no predictor -> reason
#   threads: threads used; they change no number
#   state: what a later training would need to go on; NULL in this version
#   derived: columns that a formula made, to be made of new data too (read_formula());
#     NULL without any
#   version: of the package that trained it
new_deeplearning <- function(call, kind, model_id, arguments, given, encoding, response,
                             network, weights, biases, model_summary, scoring_history,
                             training_metrics, validation_metrics = NULL,
                             variable_importances = NULL, default_threshold = NULL,
                             status = "finished", epochs_trained, samples, start_time,
                             end_time, run_time, training_rows, dropped = character(),
                             threads = 1L, state = NULL, derived = NULL,
                             version = "0.1.0") {
  parameters <- name_parameters(weights, biases, encoding$input_names, network)
  structure(
    list(
      call = call,
      version = version,
      kind = kind,
      model_id = model_id,
      arguments = arguments,
      given = given,
      encoding = encoding,
      response = response,
      network = network,
      weights = parameters$weights,
      biases = parameters$biases,
      model_summary = model_summary,
      scoring_history = scoring_history,
      training_metrics = training_metrics,
      validation_metrics = validation_metrics,
      variable_importances = variable_importances,
      default_threshold = default_threshold,
      status = status,
      epochs_trained = epochs_trained,
      samples = samples,
      start_time = start_time,
      end_time = end_time,
      run_time = run_time,
      training_rows = training_rows,
      dropped = dropped,
      threads = threads,
      state = state,
      derived = derived
    ),
    class = c(paste0("deeplearning_", kind), "deeplearning")
  )
}

# Names of rows and columns as in H2O: inputs by name, units C1, C2, ...; the two
# channels of a Maxout unit C1.1 and C1.2.
name_parameters <- function(weights, biases, input_names, network) {
  below <- input_names
  for (layer in seq_along(weights)) {
    hidden <- layer <= length(network$hidden)
    units <- paste0("C", seq_len(c(network$hidden, network$outputs)[[layer]]))
    rows <- units
    if (hidden && network$activation == "Maxout") {
      rows <- paste0(rep(units, each = 2), c(".1", ".2"))
    }
    dimnames(weights[[layer]]) <- list(rows, below)
    biases[[layer]] <- stats::setNames(as.numeric(biases[[layer]]), rows)
    below <- units
  }
  list(weights = weights, biases = biases)
}

# The "Status of Neuron Layers": a data frame with one row per layer, the input layer
# first. Means and standard deviations (over a layer's weights or biases, dividing by
# their number; H2O calls them rms) are computed here; `layers` brings mean_rate,
# rate_rms and momentum of each layer but the input, from trainer_layers().
layer_table <- function(network, arguments, weights, biases, layers) {
  hidden <- length(network$hidden)
  dropout <- grepl("Dropout$", arguments$activation)
  ratios <- if (dropout) arguments$hidden_dropout_ratios else rep(0, hidden)
  output <- if (network$output == "softmax") "Softmax" else "Linear"
  first <- function(x) c(NA_real_, as.numeric(x))
  data.frame(
    layer = seq_len(hidden + 2L),
    units = as.integer(c(network$inputs, network$hidden, network$outputs)),
    type = c(
      "Input",
      rep(paste0(network$activation, if (dropout) "Dropout"), hidden),
      output
    ),
    dropout = 100 * c(arguments$input_dropout_ratio, ratios, NA_real_),
    l1 = first(rep(arguments$l1, hidden + 1L)),
    l2 = first(rep(arguments$l2, hidden + 1L)),
    mean_rate = first(layers$mean_rate),
    rate_rms = first(layers$rate_rms),
    momentum = first(layers$momentum),
    mean_weight = first(vapply(weights, mean, 0)),
    weight_rms = first(vapply(weights, population_sd, 0)),
    mean_bias = first(vapply(biases, mean, 0)),
    bias_rms = first(vapply(biases, population_sd, 0))
  )
}

population_sd <- function(x) {
  sqrt(mean((x - mean(x))^2))
}

# Number of weights and biases, both channels of Maxout included.
count_parameters <- function(model) {
  sum(lengths(model$weights), lengths(model$biases))
}

# A model is a list that anyone can edit or cut; what a compiled reader would trip
# over is caught here, before a pointer is made of it.
check_model <- function(model) {
  problems <- model_problems(model)
  if (length(problems) > 0) {
    abort_input(c(
      problems,
      "The model has been changed since it was trained. Train or load it again."
    ))
  }
  # A sum is finite where all its terms are, and copies nothing.
  finite <- is_ready(model) ||
    all(vapply(c(model$weights, model$biases), function(x) is.finite(sum(x)), NA))
  if (!finite) {
    abort_unstable(paste(
      "The model's weights are not finite, so it cannot predict. Training diverged:",
      "a lower `rate`, `max_w2`, `l1` or `l2` help, and so does \"Tanh\"."
    ))
  }
  invisible(model)
}

# All that is wrong with a model's shape, one sentence each.
model_problems <- function(model) {
  parts <- c("encoding", "response", "network", "weights", "biases")
  absent <- parts[!vapply(model[parts], is.list, NA)]
  if (length(absent) > 0) {
    return(sprintf("The model lacks its %s.", paste(absent, collapse = ", ")))
  }
  # What predicted before was found sound then.
  if (is_ready(model)) {
    return(end_problems(model))
  }
  network <- model$network
  whole <- function(x) is.numeric(x) && !anyNA(x) && all(x >= 1 & x == trunc(x))
  if (!whole(network$inputs) || !whole(network$outputs) ||
    !(length(network$hidden) == 0 || whole(network$hidden)) ||
    length(network$inputs) != 1 || length(network$outputs) != 1) {
    return("The model's network has no valid layer sizes.")
  }
  if (!isTRUE(network$activation %in% c("Tanh", "Rectifier", "Maxout")) ||
    !isTRUE(network$output %in% c("softmax", "linear"))) {
    return("The model's network has an unknown activation or output.")
  }
  c(layer_problems(model), end_problems(model))
}

# Do the layers' matrices and vectors chain?
layer_problems <- function(model) {
  network <- model$network
  sizes <- c(network$hidden, network$outputs)
  layers <- length(sizes)
  if (length(model$weights) != layers || length(model$biases) != layers) {
    return(sprintf(
      "The model has %d weight matrices and %d bias vectors for %d layers.",
      length(model$weights), length(model$biases), layers
    ))
  }
  channels <- rep(c(if (network$activation == "Maxout") 2 else 1, 1), c(layers - 1, 1))
  # As integers, which paste() never writes as 1e+05.
  rows <- as.integer(sizes * channels)
  columns <- as.integer(c(network$inputs, network$hidden))
  found <- vapply(model$weights, shape, "")
  needed <- paste(rows, "x", columns)
  bad <- which(found != needed)
  problems <- sprintf(
    "The weights of layer %d are %s; the network needs %s.", bad, found[bad], needed[bad]
  )
  numbers <- vapply(model$biases, is.double, NA)
  bad <- which(!numbers | lengths(model$biases) != rows)
  c(problems, sprintf(
    "The biases of layer %d are %d; the network needs %d numbers.",
    bad, lengths(model$biases)[bad], rows[bad]
  ))
}

# Do the encoding and the response fit the first and the last layer?
end_problems <- function(model) {
  encoding <- model$encoding
  inputs <- model$network$inputs
  outputs <- model$network$outputs
  problems <- character()
  if (length(encoding$input_names) != inputs || !isTRUE(encoding$inputs == inputs)) {
    problems <- sprintf(
      "The encoding makes %d inputs; the network has %d.",
      length(encoding$input_names), as.integer(inputs)
    )
  }
  needed <- max(1L, length(model$response$levels))
  if (outputs != needed) {
    problems <- c(problems, sprintf(
      "The response needs %d outputs; the network has %d.", needed, as.integer(outputs)
    ))
  }
  problems
}

shape <- function(x) {
  if (is.matrix(x) && is.double(x)) {
    paste(nrow(x), "x", ncol(x))
  } else {
    "no matrix of numbers"
  }
}

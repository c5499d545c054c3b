# The fitted model: a plain list of vectors, lists and data frames. It holds no
# pointer, no environment and no row of the training data, so it survives saveRDS(),
# travels to other processes and needs nothing but this package to predict.

# Two parts come later: `calibration` (calibrate()) and `conformal` (conformal()).

# Builds the model. Matrices of `weights` and vectors of `biases` may come without
# names; all else is stored as given.
#   call: the call of the user
#   kind: of the task; with it the class
#   model_id: the name printed, chosen by the user or generated
#   arguments: every training argument, defaults filled in and "AUTO" resolved
#   given: names of the arguments that the user wrote, or the preset filled in; filled:
#     the latter, with their values
#   encoding: how columns become inputs (learn_encoding())
#   response: how the response becomes a target, and back (learn_response())
#   network: new_network(); its hidden counts units, not Maxout's channels
#   weights: list, layer l: matrix units x units of the layer below (the inputs for the
#     first); biases: list, layer l: vector. A hidden Maxout unit u has rows 2u - 1 and
#     2u, one per channel
#   members: with `members` such lists of the other networks, list(weights, biases) each;
#     NULL without
#   model_summary: layer_table()
#   scoring_history: data frame, first row without metrics
#   training_metrics, validation_metrics: compute_metrics() of the kept weights;
#     validation_metrics NULL without a validation frame
#   variable_importances: gedeon_importance(), or NULL if not asked for
#   default_threshold: binomial only: the second level is predicted from this
#     probability on; else NULL
#   status: why training ended: "finished", "stopped early", "time limit",
#     "interrupted", "unstable", "unfinished" (a checkpoint); stopped_by: the argument
#     that stopped it early, or NULL
#   epochs_trained, samples: passes over the training rows, and rows trained on in all;
#     kept_samples: those trained when the weights were as they are here
#   start_time, end_time: POSIXct; run_time: milliseconds
#   training_rows: rows that train (N)
#   dropped: named character, column that is no predictor -> reason
#   cross_validation: what the folds say (fold_parts()), NULL without any
#   data: kept_data(), NULL unless asked for
#   state: what a restart goes on from (state_of_run()), NULL where it was not kept
#   threads: threads used; they change no number
#   derived: columns that a formula made, to be made of new data too (learn_derived());
#     NULL without any
#   version: of the package that trained it
new_deeplearning <- function(call, kind, model_id, arguments, given, encoding, response,
                             network, weights, biases, members = NULL, filled = list(),
                             model_summary, scoring_history, training_metrics,
                             validation_metrics = NULL, variable_importances = NULL,
                             default_threshold = NULL, status = "finished",
                             epochs_trained, samples, start_time, end_time, run_time,
                             training_rows, dropped = character(),
                             threads = 1L, derived = NULL, stopped_by = NULL,
                             kept_samples = samples, state = NULL,
                             cross_validation = NULL, data = NULL, version = "0.3.0") {
  named <- lapply(
    parameter_sets(list(weights = weights, biases = biases, members = members)),
    function(set) name_parameters(set$weights, set$biases, encoding$input_names, network)
  )
  structure(
    list(
      call = call,
      version = version,
      kind = kind,
      model_id = model_id,
      arguments = arguments,
      given = given,
      filled = filled,
      encoding = encoding,
      response = response,
      network = network,
      weights = named[[1]]$weights,
      biases = named[[1]]$biases,
      members = if (length(named) > 1) named[-1],
      model_summary = model_summary,
      scoring_history = scoring_history,
      training_metrics = training_metrics,
      validation_metrics = validation_metrics,
      variable_importances = variable_importances,
      default_threshold = default_threshold,
      status = status,
      stopped_by = stopped_by,
      epochs_trained = epochs_trained,
      samples = samples,
      kept_samples = kept_samples,
      start_time = start_time,
      end_time = end_time,
      run_time = run_time,
      training_rows = training_rows,
      dropped = dropped,
      threads = threads,
      derived = derived,
      cross_validation = cross_validation,
      data = data,
      state = state
    ),
    class = c(paste0("deeplearning_", kind), "deeplearning")
  )
}

# The "Status of Neuron Layers": a data frame with one row per layer, the input layer
# first. Means and standard deviations (over a layer's weights or biases, dividing by
# their number; H2O calls them rms) are computed here; `layers` brings mean_rate,
# rate_rms and momentum of each layer but the input, from trainer_layers().
layer_table <- function(network, arguments, weights, biases, layers) {
  hidden <- length(network$hidden)
  dropout <- uses_dropout(arguments)
  ratios <- if (dropout) arguments$hidden_dropout_ratios else rep(0, hidden)
  first <- function(x) c(NA_real_, as.numeric(x))
  data.frame(
    layer = seq_len(hidden + 2L),
    units = as.integer(c(network$inputs, network$hidden, network$outputs)),
    type = c(
      "Input",
      rep(paste0(network$activation, if (dropout) "Dropout"), hidden),
      if (is.na(output_titles[[network$output]])) {
        network$activation
      } else {
        output_titles[[network$output]]
      }
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

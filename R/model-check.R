# A model is a list that anyone can edit or cut; what a compiled reader would trip
# over is caught here, before a pointer is made of it.
check_model <- function(model) {
  problems <- model_problems(model)
  if (length(problems) > 0) {
    abort_changed(problems)
  }
  finite <- is_ready(model) || all(vapply(
    unlist(unlist(parameter_sets(model), FALSE), FALSE),
    function(x) isTRUE(max(x) <= max_float && min(x) >= -max_float), NA
  ))
  if (!finite) {
    abort_unstable(paste(
      "The model's weights are not finite, so it cannot predict. Training diverged:",
      "a lower `rate`, `max_w2`, `l1` or `l2` help, and so does \"Tanh\"."
    ))
  }
  invisible(model)
}

is_metrics <- function(x) inherits(x, "deeplearning_metrics")

# What print(), summary() and plot() show of a model, and whether it is that.
shown_parts <- list(
  kind = function(x) is_known_task(x),
  model_id = function(x) rlang::is_string(x),
  arguments = is.list,
  response = is.list,
  network = is.list,
  weights = is.list,
  model_summary = is.data.frame,
  scoring_history = function(x) is.data.frame(x) && nrow(x) > 0,
  training_metrics = function(x) is_metrics(x),
  validation_metrics = function(x) is.null(x) || is_metrics(x),
  cross_validation = function(x) {
    is.null(x) || (is.list(x) && is_metrics(x$metrics) && is.data.frame(x$summary))
  },
  variable_importances = function(x) is.null(x) || is.data.frame(x),
  calibration = function(x) is.null(x) || is_shown_calibration(x),
  conformal = function(x) is.null(x) || is_shown_conformal(x),
  status = function(x) rlang::is_string(x),
  epochs_trained = function(x) is.numeric(x) && length(x) == 1,
  training_rows = function(x) is.numeric(x) && length(x) == 1
)

check_shown <- function(model) {
  sound <- vapply(names(shown_parts), function(name) {
    isTRUE(shown_parts[[name]](model[[name]]))
  }, NA)
  if (!all(sound)) {
    abort_changed(sprintf(
      "The model's %s cannot be what training made.", list_names(names(sound)[!sound])
    ))
  }
}

# The default methods of generics about models.
abort_no_model <- function(x, name) {
  abort_argument(sprintf(
    "`%s` must be a model that deeplearning() has trained, not %s.", name, shorten(x)
  ))
}

abort_changed <- function(problems) {
  abort_input(paste(
    paste(problems, collapse = " "),
    "The model has been changed since it was trained: train or load it again."
  ))
}

# All that is wrong with a model's shape, one sentence each.
model_problems <- function(model) {
  parts <- c("encoding", "response", "network", "weights", "biases")
  absent <- parts[!vapply(model[parts], is.list, NA)]
  if (length(absent) > 0) {
    return(sprintf("The model lacks its %s.", paste(absent, collapse = ", ")))
  }
  if (!is_known_task(model$kind) || !identical(model$response$kind, model$kind)) {
    return("The model is of no kind that is known.")
  }
  flaws <- rest_flaws(model)
  # What predicted before was found sound then.
  if (length(flaws) == 0 && is_ready(model)) {
    return(character())
  }
  flaws <- c(
    flaws, sprintf("encoding$%s", encoding_flaws(model$encoding)),
    sprintf("response$%s", response_flaws(model$response))
  )
  if (length(flaws) > 0) {
    return(sprintf("The model's %s cannot be what training made.", list_names(flaws)))
  }
  network <- model$network
  whole <- function(x) {
    is.numeric(x) && !anyNA(x) && all(x >= 1 & x == trunc(x) & x <= .Machine$integer.max)
  }
  if (!whole(network$inputs) || !whole(network$outputs) ||
    !(length(network$hidden) == 0 || whole(network$hidden)) ||
    length(network$inputs) != 1 || length(network$outputs) != 1) {
    return("The model's network has no valid layer sizes.")
  }
  task <- tasks[[model$kind]]
  if (!is_one_of(network$activation, names(activations)) ||
    !identical(network$output, task$output)) {
    return("The model's network has an unknown activation or output.")
  }
  kept <- network$kept
  if (!is.numeric(kept) || length(kept) != length(network$hidden) + 1 ||
    !all(is.finite(kept) & kept > 0 & kept <= 1)) {
    return("The model's network has no valid shares of what dropout keeps.")
  }
  sets <- lapply(parameter_sets(model), c, list(network = network))
  c(unlist(lapply(sets, layer_problems)), end_problems(model))
}

# Of what is said of weights, not of predictions.
check_one_network <- function(model, what) {
  check_model(model)
  if (!is.null(model$members)) {
    abort_argument(sprintf(
      "%s looks into one network, and this model averages %d: train with `members` = 1.",
      what, length(model$members) + 1L
    ))
  }
}

# What else predictions need.
rest_flaws <- function(model) {
  arguments <- model$arguments
  if (!is.list(arguments)) {
    return("arguments")
  }
  columns <- c("weights_column", "offset_column")
  named <- vapply(arguments[columns], function(x) {
    is.null(x) || (is.character(x) && length(x) == 1 && !is.na(x))
  }, NA)
  c(
    sprintf("arguments$%s", columns[!named]),
    if (!all(vapply(model$derived, is_derived, NA))) "derived",
    if (!has_sound_threshold(model$default_threshold)) "default_threshold",
    trust_flaws(model)
  )
}

# What calibrate() and conformal() add.
trust_flaws <- function(model) {
  calibration <- model$calibration
  conformal <- model$conformal
  c(
    if (!is.null(calibration) && !(is_shown_calibration(calibration) &&
      is_calibration(calibration, length(model$response$levels)) &&
      has_sound_threshold(calibration$threshold))) "calibration",
    if (!is.null(conformal) && !(is_shown_conformal(conformal) &&
      is_conformal(conformal, task_of(model)$target) && has_folds(model))) "conformal"
  )
}

# A score for each model of a fold, or those of the model itself.
has_folds <- function(model) {
  folds <- model$conformal$method == "cv+"
  wanted <- if (folds) length(model$cross_validation$models) else 1
  length(model$conformal$scores) == wanted
}

# What print() shows of them.
is_shown_calibration <- function(calibration) {
  is.list(calibration) && is_one_of(calibration$method, names(calibrators)) &&
    rlang::is_string(calibration$source) && is.data.frame(calibration$measures)
}

is_shown_conformal <- function(conformal) {
  is.list(conformal) && rlang::is_string(conformal$source) &&
    is_one_of(conformal$method, c("split", "cv+")) &&
    is_one_of(conformal$score, names(conformities))
}

# Where the rows scored last had one class only there is no threshold, or it is NaN.
has_sound_threshold <- function(threshold) {
  is.null(threshold) || is_share(threshold) || rlang::is_scalar_double(threshold) &&
    is.nan(threshold)
}

# Is this a call as read_formula() describes one?
is_derived <- function(entry) {
  is.list(entry) && all(vapply(entry[c("name", "role")], rlang::is_string, NA)) &&
    is.language(entry$term) && is.language(entry$call) &&
    all(vapply(entry[c("needs", "columns")], is.character, NA)) &&
    !anyNA(c(entry$needs, entry$columns))
}

# Do the layers' matrices and vectors chain?
layer_problems <- function(model) {
  size <- layer_sizes(model$network)
  layers <- length(size$units)
  if (length(model$weights) != layers || length(model$biases) != layers) {
    return(sprintf(
      "The model has %d weight matrices and %d bias vectors for %d layers.",
      length(model$weights), length(model$biases), layers
    ))
  }
  # As integers, which paste() never writes as 1e+05.
  rows <- as.integer(size$rows)
  columns <- as.integer(size$columns)
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
  if (encoding$inputs != inputs) {
    problems <- sprintf(
      "The encoding makes %d inputs; the network has %d.",
      as.integer(encoding$inputs), as.integer(inputs)
    )
  }
  needed <- tasks[[model$kind]]$outputs(
    max(1L, length(model$response$levels)), model$network$inputs
  )
  if (outputs != needed) {
    problems <- c(problems, sprintf(
      "The response needs %d outputs; the network has %d.", as.integer(needed),
      as.integer(outputs)
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

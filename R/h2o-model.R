#' @include h2o-classes.R
NULL

# H2O's model from ours: every slot is computed from the model of deeplearning(), which
# stays with it as an attribute and does the work. What only H2O's scripts know of (ids of
# frames, what the user wrote) is an attribute "h2o" of that, so it goes into files, too.

# facts: training_frame, validation_frame (ids or NULL), input (list of what was given)
wrap_model <- function(native) {
  facts <- attr(native, "h2o")
  parameters <- h2o_parameters(native, facts)
  structure(
    methods::new(paste0("H2O", task_of(native)$title, "Model"),
      model_id = native$model_id, algorithm = "deeplearning",
      parameters = parameters$changed, allparameters = parameters$all,
      params = list(
        actual = parameters$all, default = parameters$default, input = facts$input
      ),
      have_pojo = FALSE, have_mojo = FALSE, model = h2o_outputs(native, facts)
    ),
    deeplearning = native
  )
}

# The model of deeplearning() in `object`: H2O's model, an id, or such a model itself.
native_model <- function(object, argument = "object") {
  if (rlang::is_string(object)) object <- h2o.getModel(object)
  native <- if (inherits(object, "deeplearning")) object else attr(object, "deeplearning")
  if (is.null(native)) {
    abort_argument(sprintf(
      "`%s` must be a model of h2o.deeplearning() or its id, not %s.", argument,
      shorten(object)
    ))
  }
  native
}

repeats_inputs <- function(native) task_of(native)$target == "inputs"

is_h2o_model <- function(x) methods::is(x, "H2OModel")
is_h2o_metrics <- function(x) methods::is(x, "H2OModelMetrics")

# ---- Parameters -------------------------------------------------------------------

# all: as they were used, without those that are NULL; changed: those that differ from
# the defaults; default.
h2o_parameters <- function(native, facts) {
  names <- vapply(h2o_arguments, `[[`, "", "name")
  # In H2O's order of them, which begins with the ids.
  names <- unique(c("model_id", setdiff(names, c("x", "y", "verbose"))))
  default <- default_values()[intersect(names, names(default_values()))]
  used <- native$arguments[names]
  names(used) <- names
  used$model_id <- native$model_id
  used["training_frame"] <- list(facts$training_frame)
  used["validation_frame"] <- list(facts$validation_frame)
  # What AUTO became is shown by distribution and stopping_metric alone, as in H2O.
  used$loss <- facts$input$loss %||% "Automatic"
  if (identical(used$categorical_encoding, "AUTO")) {
    used$categorical_encoding <- "OneHotInternal"
  }
  # Columns are lists there.
  for (name in role_arguments) {
    if (is.character(used[[name]])) used[[name]] <- list(column_name = used[[name]])
  }
  folds <- !is.null(native$cross_validation)
  if (!folds) used["fold_assignment"] <- list(NULL)
  used <- Filter(Negate(is.null), used)
  at <- match("max_after_balance_size", names(used))
  used <- append(used, list(max_confusion_matrix_size = 20L), at)
  changed <- Filter(function(name) {
    !identical(used[[name]], default[[name]]) && name != "max_confusion_matrix_size"
  }, names(used))
  roles <- list(
    x = encoded_order(native), y = if (!repeats_inputs(native)) native$response$name
  )
  roles <- Filter(Negate(is.null), roles)
  list(all = c(used, roles), changed = c(used[changed], roles), default = default)
}

# Predictors in the order of the network's inputs.
encoded_order <- function(native) {
  unlist(lapply(native$encoding$groups, `[[`, "columns"), use.names = FALSE)
}

# ---- Outputs ----------------------------------------------------------------------

h2o_outputs <- function(native, facts) {
  id <- native$model_id
  columns <- output_columns(native)
  crossed <- native$cross_validation
  frames <- facts$training_frame
  units <- number_units(native)
  list(
    names = columns$names, original_names = NULL,
    column_types = columns$types, domains = columns$domains,
    cross_validation_models = fold_keys(crossed$models, "%s", "Model"),
    cross_validation_predictions = if (!is.null(crossed$predictions)) {
      keys(sprintf("prediction_%s_cv_%d", id, seq_along(crossed$histories)), "Frame")
    },
    cross_validation_holdout_predictions_frame_id = if (!is.null(crossed$predictions)) {
      keys(paste0("cv_holdout_prediction_", id), "Frame")[[1]]
    },
    cross_validation_fold_assignment_frame_id = if (!is.null(crossed$folds)) {
      keys(paste0("cv_fold_assignment_", id), "Frame")[[1]]
    },
    model_summary = layers_table(native),
    scoring_history = history_table(native$scoring_history, "Scoring History"),
    cv_scoring_history = if (!is.null(crossed)) {
      unname(Map(function(history, k) {
        history_table(history, paste("Scoring History of fold", k))
      }, crossed$histories, seq_along(crossed$histories)))
    },
    reproducibility_information_table = NULL,
    training_metrics = wrap_metrics(native, native$training_metrics, "train", frames),
    validation_metrics = wrap_metrics(
      native, native$validation_metrics, "valid", facts$validation_frame
    ),
    cross_validation_metrics = wrap_metrics(native, crossed$metrics, "xval", frames),
    cross_validation_metrics_summary = folds_table(crossed$summary, native),
    status = NULL,
    start_time = 1000 * as.numeric(native$start_time),
    end_time = 1000 * as.numeric(native$end_time),
    run_time = as.integer(round(native$run_time)),
    default_threshold = native$default_threshold %||% 0.5,
    help = outputs_help,
    weights = if (native$arguments$export_weights_and_biases) {
      keys(sprintf("weights_%d_%s", seq_along(native$weights), id), "Frame")
    },
    biases = if (native$arguments$export_weights_and_biases) {
      keys(sprintf("biases_%d_%s", seq_along(native$biases), id), "Frame")
    },
    normmul = units$scales,
    normsub = units$means,
    normrespmul = if (task_of(native)$target == "numbers") native$response$scale,
    normrespsub = if (task_of(native)$target == "numbers") native$response$mean,
    catoffsets = category_offsets(native),
    variable_importances = inputs_table(native$variable_importances)
  )
}

# What scripts look an object up by: model@model$cross_validation_models[[1]]$name.
keys <- function(ids, type) {
  unname(lapply(ids, function(id) {
    list(name = id, type = sprintf("Key<%s>", type), URL = NULL)
  }))
}

fold_keys <- function(models, format, type) {
  if (is.null(models)) {
    return(NULL)
  }
  keys(vapply(models, `[[`, "", "model_id"), type)
}

output_columns <- function(native) {
  encoding <- native$encoding
  predictors <- encoded_order(native)
  domains <- lapply(predictors, function(name) {
    unlist(lapply(unname(encoding$groups), function(group) group$levels[[name]]))
  })
  apart <- unlist(native$arguments[c("fold_column", "weights_column", "offset_column")])
  apart <- apart[vapply(apart, is.character, NA)]
  response <- if (!repeats_inputs(native)) native$response$name
  domains <- c(
    domains, vector("list", length(apart)),
    if (!is.null(response)) list(native$response$levels)
  )
  list(
    names = c(predictors, unname(apart), response),
    types = ifelse(vapply(domains, is.null, NA), "Numeric", "Enum"),
    domains = domains
  )
}

# Where each categorical predictor's inputs begin, and the numbers' after the last.
category_offsets <- function(native) {
  sizes <- Map(function(group, name) {
    if (!is.null(group$levels)) encoders[[name]]$sizes(group)
  }, native$encoding$groups, names(native$encoding$groups))
  as.integer(c(0, cumsum(unlist(sizes))))
}

# Means and scales of the predictors that are numbers.
number_units <- function(native) {
  groups <- native$encoding$groups
  units <- Map(function(group, name) {
    if (is.null(group$levels)) encoders[[name]]$units(group)
  }, groups, names(groups))
  list(
    means = unlist(lapply(units, `[[`, "means"), use.names = FALSE),
    scales = unlist(lapply(units, `[[`, "scales"), use.names = FALSE)
  )
}

outputs_help <- list(
  names = "Names of the columns, predictors in the order of the inputs",
  original_names = "Names before categories were encoded",
  column_types = "Types of the columns", domains = "Levels of the columns",
  cross_validation_models = "Ids of the models of the folds",
  cross_validation_predictions = "Ids of what each fold's model predicts",
  cross_validation_holdout_predictions_frame_id = "Id of the held-out predictions",
  cross_validation_fold_assignment_frame_id = "Id of the fold of each row",
  model_category = "Kind of model", model_summary = "Layers of the network",
  scoring_history = "Metrics while training",
  cv_scoring_history = "The same for each fold",
  reproducibility_information_table = "Not kept: the same seed gives the same model",
  training_metrics = "Metrics of the training rows",
  validation_metrics = "Metrics of the validation rows",
  cross_validation_metrics = "Metrics of the held-out rows",
  cross_validation_metrics_summary = "Metrics of each fold",
  status = "Of the job", start_time = "Milliseconds since 1970",
  end_time = "Milliseconds since 1970", run_time = "Milliseconds",
  default_threshold = "Probability from which the second class is predicted",
  help = "This list", weights = "Ids of the weights", biases = "Ids of the biases",
  normmul = "Scales of the numeric predictors", normsub = "Means of the same",
  normrespmul = "Scale of the response", normrespsub = "Mean of the response",
  catoffsets = "First input of each categorical predictor",
  variable_importances = "Importance of the inputs", `__meta` = "Not used"
)

# ---- Tables -----------------------------------------------------------------------

inputs_table <- function(importances) {
  h2o_table(importances, "Variable Importances", c("%s", "%.6f", "%.6f", "%.6f"))
}

history_table <- function(history, header) {
  if (is.null(history)) {
    return(NULL)
  }
  history$duration <- h2o_duration(history$duration)
  history$training_speed <- ifelse(
    is.na(history$training_speed), NA_character_,
    sprintf("%.0f obs/sec", history$training_speed)
  )
  history$iterations <- as.integer(history$iterations)
  formats <- ifelse(
    names(history) %in% c("timestamp", "duration", "training_speed"), "%s", "%.5f"
  )
  formats[names(history) == "iterations"] <- "%d"
  formats[names(history) == "samples"] <- "%.6f"
  h2o_table(history, header, formats)
}

# Seconds as " 5.047 sec" and " 1 min  0.742 sec".
h2o_duration <- function(seconds) {
  minutes <- floor(seconds / 60)
  rest <- sprintf("%2.0f.%03.0f sec", floor(seconds %% 60), floor(seconds * 1000) %% 1000)
  hours <- floor(minutes / 60)
  ifelse(minutes < 1, rest, ifelse(
    hours < 1, sprintf("%2.0f min %s", minutes, rest),
    sprintf("%2.0f:%02.0f:%s", hours, minutes %% 60, rest)
  ))
}

folds_table <- function(summary, native) {
  if (is.null(summary)) {
    return(NULL)
  }
  # Likelihoods are not defined for networks; H2O's rows of them are kept empty.
  absent <- setdiff(c("aic", "loglikelihood"), rownames(summary))
  empty <- summary[rep(1, length(absent)), ]
  empty[] <- NaN
  empty$sd <- rep(0, length(absent))
  rownames(empty) <- absent
  summary <- rbind(summary, empty)
  summary <- summary[order(rownames(summary), method = "radix"), ]
  h2o_table(summary, "Cross-Validation Metrics Summary", rep("%.6f", length(summary)))
}

layers_table <- function(native) {
  table <- native$model_summary
  # H2O gives the output layer no dropout and numbers as they come.
  formats <- c("%d", "%d", "%s", "%.2f %%", rep("%.6f", length(table) - 4))
  h2o_table(table, "Status of Neuron Layers", formats, layers_description(native))
}

layers_description <- function(native) {
  task <- task_of(native)
  weights <- sum(lengths(native$weights)) + sum(lengths(native$biases))
  size <- as.numeric(utils::object.size(native[c("weights", "biases", "state")]))
  count <- function(x) format(round(x), big.mark = ",", scientific = FALSE)
  paste(c(
    if (!repeats_inputs(native)) paste("predicting", native$response$name),
    task$describe(native$network$outputs),
    paste(native$response$distribution, "distribution"),
    paste(native$response$loss, "loss"), paste(count(weights), "weights/biases"),
    h2o_size(size), paste(count(native$samples), "training samples"),
    paste("mini-batch size", count(native$arguments$mini_batch_size))
  ), collapse = ", ")
}

h2o_size <- function(bytes) {
  unit <- min(3, max(0, floor(log(bytes, 1024))))
  if (unit == 0) {
    return(sprintf("%.0f bytes", bytes))
  }
  sprintf("%.1f %s", bytes / 1024^unit, c("KB", "MB", "GB")[[unit]])
}

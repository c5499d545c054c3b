# One way through for every method of deeplearning(): check, learn the encoding and the
# response, build rows, train, make the model.

# request: list(call; given: named list of what the caller wrote, evaluated; form:
# "frame" (x, y name columns of training_frame) or "data" (x and y hold the values);
# derived: columns that a formula made (formula.R), or NULL)
fit_model <- function(request) {
  started <- elapsed()
  start_time <- Sys.time()
  data <- resolve_request(request, check_arguments(request$given))
  threads <- resolve_threads(data$arguments$threads)
  learned <- learn_data(data)
  # Rows of validation are found wanting before the training rows are built.
  validation <- validation_part(data, learned)
  trained <- train_network(
    training_part(data, learned), validation, learned$encoding, learned$response,
    learned$arguments, threads, started
  )
  finish_model(request, trained, learned, threads, start_time, started)
}

resolve_request <- function(request, arguments) {
  given <- request$given
  if (request$form == "frame") {
    return(resolve_frame(
      given[["x"]], given[["y"]], given[["training_frame"]], arguments,
      given[["validation_frame"]]
    ))
  }
  data <- resolve_xy(given[["x"]], given[["y"]], arguments)
  if (!is.null(given[["validation_frame"]])) {
    data$validation <- resolve_validation_xy(given[["validation_frame"]], data)
  }
  data
}

# Where x and y hold the values, so may the validation: list(x, y). Or it is a data
# frame with the response in a column `y`.
resolve_validation_xy <- function(validation, data) {
  if (is.data.frame(validation)) {
    return(resolve_validation(validation, data))
  }
  if (!is.list(validation) || !setequal(names(validation), c("x", "y"))) {
    abort_argument(paste(
      "`validation_frame` must be a list of `x` and `y`, or a data frame with the",
      "predictors and a column `y`, where `x` and `y` hold the training data."
    ))
  }
  rows <- nrow(validation$x)
  if (is.null(rows) || rows == 0 || length(validation$y) != rows) {
    abort_input(
      "`validation_frame` must have rows in `x`, and as many values in `y`."
    )
  }
  # Weights and offset are columns of x, if they are columns at all.
  frame <- data.frame(y = seq_len(rows))
  frame[[1]] <- validation$y
  names(frame) <- data$response
  for (argument in c("weights_column", "offset_column")) {
    name <- data$arguments[[argument]]
    if (!is.null(name)) {
      frame[[name]] <- data_column(validation$x, name)
    }
  }
  resolved <- resolve_validation(frame, data)
  resolved$frame <- validation$x
  resolved
}

# What is learned from the rows that train, and the arguments as the data complete them.
# rows: indices of the rows that train, NULL for all.
learn_data <- function(data) {
  arguments <- data$arguments
  encoding <- learn_encoding(data$columns, arguments, data$weights, data$trains)
  rows <- data$trains
  if (arguments$missing_values_handling == "Skip") {
    complete <- complete_rows(encoding, data$columns)
    if (!all(complete)) {
      rows <- if (is.null(rows)) which(complete) else rows[complete[rows]]
    }
  }
  n <- if (is.null(rows)) data$rows else length(rows)
  arguments <- check_arguments_for(
    arguments, data$kind,
    nrow = n, n_inputs = encoding$inputs, n_outputs = data$n_classes,
    offset = !is.null(data$offset)
  )
  pick <- function(x) if (is.null(rows) || is.null(x)) x else x[rows]
  # What the response holds in other rows is no matter.
  response <- learn_response(
    pick(data$y), arguments, pick(data$weights),
    name = data$response
  )
  check_memory(
    n, length(encoding$predictors), network_shape(encoding, response, arguments),
    arguments, lengths(encoding$levels)
  )
  list(
    arguments = arguments, encoding = encoding, response = response, rows = rows, n = n
  )
}

training_part <- function(data, learned) {
  rows <- learned$rows
  pick <- function(x) if (is.null(rows) || is.null(x)) x else x[rows]
  actual <- encode_actual(learned$response, pick(data$y))
  data_part(
    encode_rows(learned$encoding, data$columns, data$rows, rows),
    n = learned$n,
    actual = actual,
    target = encode_target(learned$response, pick(data$y)),
    weights = plain_weights(pick(data$weights)),
    offset = pick(data$offset)
  )
}

# Rows of the validation frame that can be judged: with a response that training knew
# and a weight above 0. NULL without a frame.
validation_part <- function(data, learned) {
  validation <- data$validation
  if (is.null(validation)) {
    return(NULL)
  }
  response <- learned$response
  columns <- in_validation(new_columns(learned$encoding, validation$frame))
  actual <- new_response(list(response = response), validation$frame, validation$y)
  counts <- !is.na(actual)
  if (!is.null(validation$weights)) counts <- counts & validation$weights > 0
  if (!any(counts)) {
    abort_input(
      "`validation_frame` has no row with a known response and a weight above 0."
    )
  }
  keep <- if (!all(counts)) which(counts)
  pick <- function(x) if (is.null(keep) || is.null(x)) x else x[keep]
  data_part(
    encode_rows(learned$encoding, columns, validation$rows, keep),
    n = sum(counts), actual = pick(actual), target = NULL,
    weights = plain_weights(pick(validation$weights)), offset = pick(validation$offset),
    name = "validation"
  )
}

# Checks written for new data, in the words of the argument at hand.
in_validation <- function(checks) {
  tryCatch(checks, feedforward_input_error = function(e) {
    abort_input(gsub("`newdata`", "`validation_frame`", e$problems, fixed = TRUE))
  })
}

finish_model <- function(request, trained, learned, threads, start_time, started) {
  arguments <- learned$arguments
  encoding <- learned$encoding
  network <- trained$network
  new_deeplearning(
    call = tidy_call(request$call),
    kind = learned$response$kind,
    model_id = arguments$model_id %||% new_model_id(start_time),
    arguments = arguments,
    given = attr(arguments, "given"),
    encoding = encoding,
    response = learned$response,
    network = network,
    weights = trained$weights,
    biases = trained$biases,
    model_summary = layer_table(
      network, arguments, trained$weights, trained$biases, trained$layers
    ),
    scoring_history = trained$scoring_history,
    training_metrics = trained$training_metrics,
    validation_metrics = trained$validation_metrics,
    variable_importances = if (arguments$variable_importances) {
      gedeon_importance(trained$weights, encoding, network$activation)
    },
    default_threshold = trained$default_threshold,
    status = trained$status,
    epochs_trained = trained$epochs_trained,
    samples = trained$samples,
    start_time = start_time,
    end_time = Sys.time(),
    run_time = round(1000 * (elapsed() - started)),
    training_rows = trained$training_rows,
    dropped = encoding$dropped,
    threads = threads,
    derived = request$derived
  )
}

# The call as the user would write it: by the generic's name, and with a word in place
# of data that do.call() has put into it.
tidy_call <- function(call) {
  call[[1]] <- quote(deeplearning)
  for (i in seq_along(call)[-1]) {
    value <- call[[i]]
    if (is_absent(value)) next
    large <- is.list(value) || is.object(value) || length(value) > 10
    if (large && !is.language(value)) {
      call[[i]] <- as.name(paste0("<", class(value)[[1]], ">"))
    }
  }
  call
}

# Unlike any other in this session and likely elsewhere; R's generator is not asked.
new_model_id <- function(time) {
  models$count <- models$count + 1
  sprintf("DeepLearning_model_R_%.0f_%d", floor(1000 * as.numeric(time)), models$count)
}

models <- new.env(parent = emptyenv())
models$count <- 0

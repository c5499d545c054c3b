# One way through for every method of deeplearning(): prepare (check, learn the encoding
# and the response, build rows), run (train), finish (make the model).

# request: list(call; given: named list of what the caller wrote, evaluated; form:
# "frame" (x, y name columns of training_frame) or "data" (x and y hold the values);
# derived: columns that a formula made (data-formula.R), or NULL)
fit_model <- function(request) {
  clock <- new_clock()
  prepared <- NULL
  request$opened <- new.env(parent = emptyenv())
  on.exit(lapply(as.list(request$opened), close_shards))
  tell_ranks(request$given$cluster, tell_of_memory(needed = prepared$memory, code = {
    read <- read_request(request)
    model_id <- read$arguments$model_id %||% new_model_id(clock$start_time)
    path <- export_path(read$arguments, model_id)
    crossed <- if (wants_folds(read$arguments)) cross_validate(read, model_id, request)
    if (!is.null(crossed)) {
      read$data$arguments <- settle_epochs(read$data, crossed$results)
      read$data$arguments$seed <- crossed$seed
    }
    prepared <- prepare_fit(read)
    prepared$model_id <- model_id
    if (!is.null(crossed)) {
      prepared$folds <- fold_parts(crossed, read$data, prepared$response)
    }
    build <- function(trained) finish_fit(request, prepared, trained, clock)
    export <- new_export(path, build, prepared$arguments$cluster)
    keeps <- prepared$arguments$interrupt == "keep"
    (if (keeps) without_interrupts else identity)({
      trained <- run_fit(prepared, clock, export)
      model <- build(trained)
      if (!is.null(export)) write_export(export, model)
      if (!is.null(trained$lost)) tell_of_loss(trained$lost, model)
      model
    })
  }))
}

# ---- Prepare --------------------------------------------------------------------

# list(arguments: checked; data: see resolve_frame(); threads, kernels; checkpoint: the
# model to go on from, or NULL)
read_request <- function(request) {
  # They may be the values themselves.
  for (name in intersect(c("weights_column", "fold_column"), names(request$given))) {
    request$given[name] <- list(plain_column(request$given[[name]]))
  }
  checkpoint <- read_checkpoint(request$given)
  arguments <- check_arguments(
    request$given, checkpoint[c("arguments", "given", "filled")]
  )
  if (arguments$single_node_mode) arguments["cluster"] <- list(NULL)
  attr(arguments, "workers") <- cluster_size(arguments$cluster)
  arguments <- quiet_rank(arguments)
  problems <- c(
    folds_problems(arguments, checkpoint), mpi_problems(arguments),
    members_problems(arguments), holdout_problems(arguments, request$given)
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  if (!is.null(checkpoint)) {
    arguments$checkpoint <- checkpoint$model_id
    request <- complete_request(request, checkpoint)
  }
  request$given <- open_sources(request, arguments)
  arguments <- shards_of_source(arguments, request$given[["training_frame"]])
  data <- resolve_request(request, arguments)
  threads <- resolve_threads(arguments$threads)
  kernels <- kernel_option()
  if (!is.null(checkpoint)) data <- fit_to_checkpoint(data, checkpoint, threads)
  data <- hold_out(data, checkpoint$arguments$seed)
  pretrained <- read_pretrained(request$given, data$arguments)
  if (!is.null(pretrained)) {
    data$columns <- columns_for(data, pretrained$encoding, threads)
    data$encoding <- pretrained$encoding
    data$start <- hidden_start(pretrained)
    data$arguments$pretrained_autoencoder <- pretrained$model_id
  }
  list(
    arguments = arguments, data = data, threads = threads, kernels = kernels,
    checkpoint = checkpoint
  )
}

# read: see read_request(). Returns list(task, arguments (complete), encoding, response,
# network, threads, kernels, checkpoint; memory: bytes that training needs; training,
# validation: parts, see data_part(); start: weights and biases to begin with, or NULL)
prepare_fit <- function(read) {
  data <- read$data
  threads <- read$threads
  learned <- learn_data(data, threads, read$checkpoint)
  # Rows of validation are found wanting before the training rows are built.
  validation <- validation_part(data, learned, threads)
  training <- training_part(data, learned, threads)
  learned$arguments$seed <- complete_seed(learned$arguments$seed)
  prepared <- c(
    learned[c("task", "arguments", "encoding", "response", "network", "memory")],
    read[c("threads", "kernels", "checkpoint")],
    list(training = training, validation = validation, start = data$start)
  )
  prepared$places <- places_of(training, validation)
  if (prepared$arguments$shards > 1) {
    if (identical(prepared$arguments$exchange_interval, "auto")) {
      prepared$arguments$exchange_interval <- auto_exchange(
        prepared$arguments, training$n, prepared$network,
        row_cells(prepared$encoding)
      )
    }
    warn_few_exchanges(prepared$arguments, training$n)
    prepared$shards <- deal_shards(prepared, data, learned)
  }
  prepared
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
  if (!is.null(given[["validation_frame"]]) && arguments$autoencoder) {
    data$validation <- resolve_validation(given[["validation_frame"]], data)
  } else if (!is.null(given[["validation_frame"]])) {
    data$validation <- resolve_validation_xy(given[["validation_frame"]], data)
  }
  data
}

# What is learned from the rows that train (data$classes, data$encoding: where they are
# known already), and the arguments as the data complete them.
# rows: indices of the rows that train, NULL for all, several times where classes are
# balanced; n: how many. What a checkpoint has
# learned stays.
learn_data <- function(data, threads = 1L, checkpoint = NULL) {
  arguments <- data$arguments
  encoding <- checkpoint$encoding %||% data$encoding %||% learn_encoding(
    data$columns, arguments, data$weights, data$trains, threads,
    y = if (arguments$categorical_encoding == "SortByResponse") numbers_of(data$y)
  )
  rows <- rows_to_train(data, encoding)
  n <- if (is.null(rows)) data$rows else length(rows)
  # What the response holds in other rows is no matter.
  y <- pick_rows(data$y, rows)
  classes <- checkpoint$response$levels %||% data$classes
  if (is.null(classes) && is.null(checkpoint) && !arguments$autoencoder) {
    classes <- learn_classes(y, data$response)
    warn_unused_classes(y, data$response, classes)
  }
  balanced <- NULL
  if (arguments$balance_classes) {
    check_balance(arguments, classes, pick_rows(plain_weights(data$weights), rows))
    arguments$seed <- complete_seed(arguments$seed)
    balanced <- balance_rows(
      rows, match(as.character(y), classes) - 1L, length(classes), arguments,
      seed_words(arguments$seed)
    )
    rows <- balanced$rows
    n <- length(rows)
    y <- pick_rows(data$y, rows)
  }
  n_classes <- if (arguments$autoencoder) 0L else max(1L, length(classes))
  task <- task_for(n_classes)
  network <- new_network(
    encoding$inputs, arguments$hidden, plain_activation(arguments$activation),
    task$outputs(n_classes, encoding$inputs), task$output, kept_shares(arguments)
  )
  arguments <- complete_arguments(arguments, task, n, network, !is.null(data$offset))
  response <- if (arguments$autoencoder && is.null(checkpoint)) {
    reconstruction_response(arguments)
  } else if (is.null(checkpoint)) {
    learn_response(
      y, arguments, pick_rows(data$weights, rows),
      name = data$response, stand_in = data$stand_in, levels = data$classes
    )
  } else {
    check_more_epochs(checkpoint, arguments$epochs, n)
    utils::modifyList(checkpoint$response, arguments["loss"])
  }
  response$correction <- balanced$correction
  memory <- check_memory(
    n, row_cells(encoding), network, arguments, input_blocks(encoding),
    validation = data$validation$rows %||% 0
  )
  list(
    task = task, arguments = arguments, encoding = encoding, response = response,
    network = network, memory = memory, rows = rows, n = n
  )
}

rows_to_train <- function(data, encoding) {
  rows <- data$trains
  if (data$arguments$missing_values_handling == "Skip") {
    complete <- complete_rows(encoding, data$columns)
    if (!all(complete)) {
      rows <- if (is.null(rows)) which(complete) else rows[complete[rows]]
    }
  }
  rows
}

# ---- Run ------------------------------------------------------------------------

run_fit <- function(prepared, clock, export = NULL) {
  trainer <- new_trainer(prepared)
  if (!is.null(trainer$close)) on.exit(trainer$close())
  trained <- train_network(
    trainer, new_plan(prepared), clock, prepared$checkpoint, export
  )
  if (!is.null(trainer$tell)) trainer$tell()
  trained
}

# ---- Finish ---------------------------------------------------------------------

finish_fit <- function(request, prepared, trained, clock) {
  arguments <- prepared$arguments
  # It may hold on to anything.
  arguments[c("custom_metric_func", "cluster")] <- list(NULL)
  encoding <- prepared$encoding
  network <- prepared$network
  new_deeplearning(
    call = tidy_call(request$call),
    kind = prepared$task$kind,
    model_id = prepared$model_id,
    arguments = arguments,
    given = attr(arguments, "given"),
    filled = arguments[attr(arguments, "filled")],
    encoding = encoding,
    response = prepared$response,
    network = network,
    weights = trained$weights,
    biases = trained$biases,
    members = trained$members,
    model_summary = layer_table(
      network, arguments, trained$weights, trained$biases, trained$layers
    ),
    scoring_history = trained$scoring_history,
    training_metrics = trained$training_metrics,
    validation_metrics = trained$validation_metrics,
    variable_importances = if (arguments$variable_importances) {
      mean_importance(gedeon_importance, trained, encoding, network)
    },
    default_threshold = trained$default_threshold,
    status = trained$status,
    stopped_by = trained$stopped_by,
    epochs_trained = trained$epochs_trained,
    samples = trained$samples,
    kept_samples = trained$kept_samples,
    start_time = clock$start_time,
    end_time = Sys.time(),
    run_time = round(1000 * history_seconds(clock)),
    training_rows = trained$training_rows,
    state = trained$state,
    dropped = encoding$dropped,
    threads = prepared$threads,
    derived = request$derived,
    cross_validation = prepared$folds,
    data = if (arguments$keep_data) kept_data(request)
  )
}

# list(newdata, y: NULL where newdata holds it), as the user gave them.
kept_data <- function(request) {
  given <- request$given
  if (request$form == "frame") {
    return(list(newdata = as.data.frame(given[["training_frame"]]), y = NULL))
  }
  list(newdata = given[["x"]], y = given[["y"]])
}

# The call as the user would write it: by the generic's name, without environments, and
# with a word in place of data that do.call() has put into it.
tidy_call <- function(call) {
  call[[1]] <- quote(deeplearning)
  plain_code(call, function(value) {
    plain <- is.null(attributes(value)) || identical(names(attributes(value)), "names")
    small <- is.null(value) || (is.atomic(value) && length(value) <= 10)
    if (plain && small) value else as.name(paste0("<", class(value)[[1]], ">"))
  })
}

# Small models of each kind, made by hand: no training, so what a test sees depends on
# the function under test alone. The predictors are a factor `group` (levels b, a;
# missing values seen) and a number `size` (mean 2, sd 0.5); `group` comes with three
# inputs, so the network has four.

fake_encoding <- function() {
  rows <- data.frame(
    size = c(1.5, 2, 2.5), group = factor(c("a", "b", NA), levels = c("b", "a")), id = 7
  )
  arguments <- list(
    use_all_factor_levels = TRUE, standardize = TRUE, ignore_const_cols = TRUE
  )
  # `id` is dropped with a warning.
  suppressWarnings(learn_encoding(rows, arguments))
}

# What fake_encoding() makes of rows, rows x 4.
fake_inputs <- function(data) {
  group <- as.character(data$group)
  known <- group %in% c("b", "a")
  size <- ifelse(is.na(data$size), 2, data$size)
  cbind(known & group == "b", known & group == "a", !known, (size - 2) * 2) + 0
}

fake_data <- function() {
  data.frame(
    size = c(1.5, 2, 3, NA, 2.25),
    group = factor(c("a", "b", NA, "a", "b"), levels = c("b", "a")),
    colour = factor(c("red", "blue", "red", "red", "blue"), levels = c("red", "blue")),
    kind = factor(c("x", "y", "z", "x", "y")),
    weight = c(1, 2, 0.5, 4, 3)
  )
}

fake_response <- function(kind) {
  common <- list(class = "factor", mean = 0, scale = 1, ordered = FALSE)
  specific <- switch(kind,
    binomial = list(
      name = "colour", levels = c("red", "blue"), distribution = "bernoulli",
      loss = "CrossEntropy", link = "softmax"
    ),
    multinomial = list(
      name = "kind", levels = c("x", "y", "z"), distribution = "multinomial",
      loss = "CrossEntropy", link = "softmax"
    ),
    regression = list(
      name = "weight", class = "numeric", levels = NULL, distribution = "gaussian",
      loss = "Quadratic", link = "identity", mean = 10, scale = 0.25
    )
  )
  response <- utils::modifyList(common, specific, keep.null = TRUE)
  structure(c(list(kind = kind), response), class = "feedforward_response")
}

# Weights that no generator draws: the same everywhere, all different.
fake_numbers <- function(n, shift = 0) {
  sin(seq_len(n) * 1.7 + shift)
}

# The kinds of models that there are stand-ins of.
with_response <- c("binomial", "multinomial", "regression")

fake_network <- function(kind, hidden = c(3, 2), activation = "Tanh") {
  outputs <- c(binomial = 2L, multinomial = 3L, regression = 1L)[[kind]]
  channels <- c(rep(if (activation == "Maxout") 2 else 1, length(hidden)), 1)
  rows <- c(hidden, outputs) * channels
  columns <- c(4, hidden)
  list(
    shape = new_network(4, hidden, activation, outputs, tasks[[kind]]$output),
    weights = Map(function(r, c) {
      matrix(fake_numbers(r * c, r), r, c)
    }, rows, columns),
    biases = lapply(rows, function(r) fake_numbers(r, 0.5) / 2)
  )
}

fake_history <- function(kind, validation = FALSE) {
  columns <- measure_property(tasks[[kind]]$history, "column")
  steps <- 0:24
  history <- data.frame(
    timestamp = format(as.POSIXct("2024-01-01 12:00:00", tz = "UTC") + steps),
    duration = steps / 10, training_speed = c(NA, rep(1000, 24)),
    epochs = as.numeric(steps), iterations = steps, samples = 5 * steps
  )
  # Falls until step 15, then rises: overfitting as in a textbook.
  curve <- function(best) c(NaN, 0.2 + ((1:24) / 10 - best / 10)^2)
  for (column in columns) {
    history[[paste0("training_", column)]] <- curve(15)
  }
  if (validation) {
    for (column in columns) {
      history[[paste0("validation_", column)]] <- curve(15) + 0.1
    }
  }
  # The best model is restored: one more row, at the end of training.
  best <- history[16, ]
  best[1:6] <- history[25, 1:6]
  history <- rbind(history, best)
  rownames(history) <- NULL
  history
}

# A Metrics list as compute_metrics() makes them, for 12 rows.
fake_metrics <- function(kind, description = "Metrics reported on full training frame") {
  response <- fake_response(kind)
  score <- 0.5 + fake_numbers(12) / 2.1
  actual <- if (kind == "regression") {
    10 + 3 * fake_numbers(12, 0.3)
  } else {
    rep_len(c(1L, 0L, 1L, 2L), 12) %% length(response$levels)
  }
  prediction <- switch(kind,
    binomial = score,
    multinomial = {
      p <- cbind(score, 1, 2 - score)
      p / rowSums(p)
    },
    regression = 10 + 3 * fake_numbers(12)
  )
  compute_metrics(
    response, prediction, actual,
    arguments = list(auc_type = "AUTO", gainslift_bins = -1), description = description
  )
}

fake_model <- function(kind, hidden = c(3, 2), activation = "Tanh", validation = FALSE,
                       arguments = list()) {
  made <- fake_network(kind, hidden, activation)
  encoding <- fake_encoding()
  response <- fake_response(kind)
  defaults <- list(
    activation = activation, hidden = hidden, input_dropout_ratio = 0,
    hidden_dropout_ratios = NULL, l1 = 0, l2 = 0, distribution = response$distribution,
    loss = response$loss, mini_batch_size = 1, optimizer = "adadelta",
    auc_type = "AUTO", gainslift_bins = -1, huber_alpha = 0.9, quantile_alpha = 0.5,
    tweedie_power = 1.5
  )
  arguments <- utils::modifyList(defaults, arguments)
  layers <- list(
    mean_rate = rep(0.01, length(hidden) + 1), rate_rms = rep(0.001, length(hidden) + 1),
    momentum = rep(0, length(hidden) + 1)
  )
  training <- fake_metrics(kind)
  new_deeplearning(
    call = quote(deeplearning(data)), kind = kind, model_id = "fake_model",
    arguments = arguments, given = "hidden", encoding = encoding, response = response,
    network = made$shape, weights = made$weights, biases = made$biases,
    model_summary = layer_table(
      made$shape, arguments, made$weights, made$biases, layers
    ),
    scoring_history = fake_history(kind, validation),
    training_metrics = training,
    validation_metrics = if (validation) {
      fake_metrics(kind, "Metrics reported on full validation frame")
    },
    variable_importances = gedeon_importance(made$weights, encoding, made$shape),
    default_threshold = training$default_threshold,
    status = "stopped early", epochs_trained = 24, samples = 5740, kept_samples = 75,
    start_time = as.POSIXct("2024-01-01 12:00:00", tz = "UTC"),
    end_time = as.POSIXct("2024-01-01 12:00:02", tz = "UTC"), run_time = 2400,
    training_rows = 1240, dropped = c(id = "constant"), threads = 1L
  )
}

# The network's outputs in plain R, by helper-reference.R.
fake_link <- function(model, data) {
  reference_forward(
    list(
      weights = model$weights, biases = model$biases,
      activation = model$network$activation, output = model$network$output
    ),
    fake_inputs(data)
  )$link
}

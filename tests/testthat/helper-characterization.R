# Fits of every kind, small and without R's generator, whose bits and printed forms are
# kept (test-characterization.R). They tell a change of numbers from a change of code.

characterization_data <- function(n = 240) {
  i <- seq_len(n)
  wave <- function(step, shift = 0) sin(i * step + shift)
  data <- data.frame(
    carrier = factor(letters[1 + (i * 7) %% 11], letters[1:11]),
    month = factor(1 + (i * 5) %% 12),
    distance = round(500 * (1.2 + wave(0.37)), 1),
    time = as.integer(600 + 300 * wave(0.11, 1)),
    spread = exp(2 * wave(0.83))
  )
  data$carrier[i %% 17 == 0] <- NA
  data$distance[i %% 13 == 0] <- NA
  signal <- wave(0.37) + wave(0.11, 1) * ((i * 7) %% 11) / 5 + 0.4 * wave(2.1)
  data$late <- factor(ifelse(signal > 0.1, "YES", "NO"))
  data$class <- cut(signal, c(-Inf, -0.5, 0.4, Inf), c("early", "on time", "late"))
  data$delay <- 12 * signal + 3
  data$count <- pmax(0, round(2 + 2 * signal))
  data$cost <- exp(signal)
  data$weight <- 0.5 + (i %% 4)
  data$base <- 0.2 * wave(0.5)
  data
}

characterization_predictors <- c("carrier", "month", "distance", "time", "spread")

# Arguments of each fit, beside those that all have.
characterization_cases <- list(
  binomial = list(y = "late"),
  multinomial = list(y = "class", activation = "Tanh"),
  regression = list(y = "delay", activation = "Maxout"),
  quadratic = list(y = "late", loss = "Quadratic", hidden = numeric()),
  huber = list(
    y = "delay", distribution = "huber", weights_column = "weight", offset_column = "base"
  ),
  laplace = list(y = "delay", distribution = "laplace", activation = "Tanh"),
  quantile = list(y = "delay", distribution = "quantile", quantile_alpha = 0.8),
  poisson = list(
    y = "count", distribution = "poisson", offset_column = "base", optimizer = "adam"
  ),
  gamma = list(y = "cost", distribution = "gamma", activation = "Tanh"),
  tweedie = list(y = "count", distribution = "tweedie", tweedie_power = 1.3),
  sgd = list(y = "class", adaptive_rate = FALSE, rate_annealing = 1e-4, l1 = 1e-4),
  nesterov = list(
    y = "late", adaptive_rate = FALSE, momentum_start = 0.5, momentum_stable = 0.9,
    momentum_ramp = 500, rate_decay = 0.9, l2 = 1e-4
  ),
  momentum = list(
    y = "delay", adaptive_rate = FALSE, momentum_start = 0.3, momentum_stable = 0.3,
    nesterov_accelerated_gradient = FALSE, mini_batch_size = 20, max_w2 = 2
  ),
  adamw = list(
    y = "class", optimizer = "adamw", mini_batch_size = 32, weight_decay = 0.1
  ),
  rmsprop = list(y = "delay", optimizer = "rmsprop", activation = "Maxout"),
  adagrad = list(y = "late", optimizer = "adagrad", mini_batch_size = 7),
  textbook = list(y = "late", fast_mode = FALSE, use_all_factor_levels = FALSE),
  dropout = list(
    y = "class", activation = "RectifierWithDropout", input_dropout_ratio = 0.1,
    hidden_dropout_ratios = c(0.2, 0.5)
  ),
  `dropout in batches` = list(
    y = "delay", activation = "MaxoutWithDropout", input_dropout_ratio = 0.1,
    optimizer = "adam", mini_batch_size = 24
  ),
  replicas = list(
    y = "late", replicas = 3, averaging_interval = 20, weight_averaging_decay = 0.8
  ),
  `replicas and limits` = list(
    y = "delay", replicas = 4, averaging_interval = 15, max_w2 = 1, hidden = c(40, 9),
    missing_values_handling = "Skip"
  )
)

characterization_fit <- function(case, data = characterization_data(), ...) {
  odd <- seq_len(nrow(data)) %% 3 != 0
  arguments <- utils::modifyList(
    list(
      x = characterization_predictors, training_frame = data[odd, ],
      validation_frame = data[!odd, ], hidden = c(12, 7), epochs = 8, seed = 20,
      model_id = "fit", threads = 2, variable_importances = TRUE
    ),
    list(...)
  )
  # Not modifyList(): numeric() must replace, too.
  arguments[names(case)] <- case
  do.call(deeplearning, arguments)
}

# The first 12 digits of the MD5 sum of numbers' bits.
digest_numbers <- function(...) {
  numbers <- as.double(unlist(list(...), use.names = FALSE))
  numbers[is.nan(numbers)] <- NaN
  file <- tempfile()
  on.exit(unlink(file))
  writeBin(numbers, file, endian = "little")
  substr(unname(tools::md5sum(file)), 1, 12)
}

# The model with the times of its training fixed, for what is printed of it.
timeless <- function(model) {
  history <- model$scoring_history
  model$run_time <- 1234
  history$timestamp <- "2026-01-01 12:00:00"
  history$duration <- ifelse(history$samples > 0, 1, 0)
  history$training_speed <- ifelse(history$samples > 0, 1000, NA)
  model$scoring_history <- history
  model
}

#' @include arguments-record.R optimizers.R
NULL

# `preset`: arguments that are filled in where the user gave none. These are first values:
# a dozen were compared on the tables of bench/presets.R, test rows and all. They are to
# be chosen anew on training rows.

#   values: arguments by name
#   unless: for some of them, what takes their place when it is given: arguments, or what
#     given_kinds() finds
preset <- function(values = list(), unless = list()) {
  list(values = values, unless = unless)
}

# Settings that belong to an optimizer go with it.
other_optimizer <- c("optimizer", "adaptive_rate", "rho", "momentum_start")

judges <- c(
  "validation_frame", "nfolds", "fold_column", "autoencoder", "shards", "cluster"
)
plain_numbers_only <- c(
  "scaling", "autoencoder", "no standardize", "sparse rows", "rows in shards"
)
settings_of_presets <- list(
  optimizer = other_optimizer, rate = other_optimizer, weight_decay = other_optimizer,
  mini_batch_size = other_optimizer, numeric_embedding = plain_numbers_only,
  embedding_size = c("numeric_embedding", plain_numbers_only),
  validation_share = c(judges, "rows in shards")
)

presets <- list(
  h2o = preset(),
  fast = preset(
    list(
      optimizer = preset_optimizer, rate = 0.002, weight_decay = 0.01,
      mini_batch_size = 256, hidden = c(128, 128), epochs = 30,
      numeric_embedding = "piecewise_linear", embedding_size = 24,
      validation_share = 0.1, stopping_rounds = 2, stopping_tolerance = 0,
      train_samples_per_iteration = 0, score_each_iteration = TRUE,
      score_validation_samples = 0
    ),
    settings_of_presets
  ),
  best = preset(
    list(
      optimizer = preset_optimizer, rate = 0.002, weight_decay = 0.01,
      mini_batch_size = 256, hidden = c(128, 128), activation = "RectifierWithDropout",
      hidden_dropout_ratios = c(0.1, 0.1), epochs = 200,
      numeric_embedding = "piecewise_linear", embedding_size = 48, members = 8,
      validation_share = 0.1, stopping_rounds = 8, stopping_tolerance = 0,
      train_samples_per_iteration = 0, score_each_iteration = TRUE,
      score_validation_samples = 0
    ),
    c(settings_of_presets, list(
      activation = "hidden", hidden_dropout_ratios = c("hidden", "activation"),
      members = c("autoencoder", "shards", "cluster", "rows in shards")
    ))
  )
)

# The arguments given, and after them those that the preset fills in.
with_preset <- function(given) {
  name <- check_one("preset", given$preset %||% "h2o")$value
  record <- presets[[name %||% "h2o"]]
  on <- given_kinds(given)
  free <- vapply(names(record$values), function(argument) {
    !argument %in% names(given) && !any(record$unless[[argument]] %in% on)
  }, NA)
  c(given, record$values[free])
}

# Arguments that are given and on, and what else rules settings out.
given_kinds <- function(given) {
  off <- vapply(given, function(value) is.null(value) || isFALSE(value), NA)
  tables <- given[intersect(c("x", "training_frame"), names(given))]
  c(
    names(given)[!off], sprintf("no %s", names(given)[off]),
    if (any(vapply(tables, isS4, NA))) "sparse rows",
    if (any(vapply(tables, inherits, NA, "feedforward_shards"))) "rows in shards"
  )
}

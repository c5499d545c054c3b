#' @include arguments-record.R
NULL

# `preset`: arguments that are filled in where the user gave none. What they hold was
# chosen on training rows of several tables (bench/presets.R), never on test rows.

#   values: arguments by name
#   unless: for some of them, arguments that take their place when they are given
preset <- function(values = list(), unless = list()) {
  list(values = values, unless = unless)
}

# Settings that belong to an optimizer go with it.
other_optimizer <- c("optimizer", "adaptive_rate", "rho", "momentum_start")

presets <- list(
  h2o = preset(),
  fast = preset(
    list(
      optimizer = "adamw", rate = 0.002, weight_decay = 0.01, mini_batch_size = 256,
      hidden = c(128, 128), epochs = 8
    ),
    list(
      optimizer = other_optimizer, rate = other_optimizer,
      weight_decay = other_optimizer, mini_batch_size = other_optimizer
    )
  )
)

# The arguments given, and after them those that the preset fills in.
with_preset <- function(given) {
  name <- check_one("preset", given$preset %||% "h2o")$value
  record <- presets[[name %||% "h2o"]]
  on <- names(given)[!vapply(given, function(x) is.null(x) || isFALSE(x), NA)]
  free <- vapply(names(record$values), function(argument) {
    !argument %in% names(given) && !any(record$unless[[argument]] %in% on)
  }, NA)
  c(given, record$values[free])
}

# The scoring history: one row for each scoring, with H2O's columns.

# metrics: list(training =, validation =) of metrics lists; a NULL stands for a blank
# row's NaN, no entry `validation` for no such data. seconds: since the start of the run;
# training: of these, seconds spent training.
history_row <- function(task, metrics, epochs, iterations, samples, seconds, training,
                        time = Sys.time(), arguments = list()) {
  shown <- history_measures(task, arguments)
  columns <- measure_property(shown, "column")
  values <- lapply(names(metrics), function(part) {
    values <- lapply(shown, function(name) measure_value(metrics[[part]], name))
    stats::setNames(values, paste0(part, "_", columns))
  })
  c(
    list(
      timestamp = format(time, "%Y-%m-%d %H:%M:%S"),
      duration = round(seconds, 3),
      training_speed = training_speed(samples, training),
      epochs = as.numeric(epochs),
      iterations = as.integer(iterations),
      samples = as.numeric(samples)
    ),
    unlist(values, recursive = FALSE)
  )
}

# Rows per second of training, with H2O's millisecond's grace in the divisor; NA before
# the first.
training_speed <- function(samples, seconds) {
  if (samples == 0) {
    return(NA_real_)
  }
  speed <- samples / (max(seconds, 0) + 0.001)
  if (speed > 10) floor(speed) else signif(speed, 6)
}

# rows: list of history_row() -> data frame.
bind_history <- function(rows) {
  columns <- lapply(
    stats::setNames(nm = names(rows[[1]])),
    function(name) unlist(lapply(rows, `[[`, name), use.names = FALSE)
  )
  structure(columns, class = "data.frame", row.names = seq_along(rows))
}

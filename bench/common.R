# What accuracy.R and quality.R share: the package, the folder of the data, one fit with
# its test metrics, tables. Both run from the top of the repository.

local({
  built <- file.path("build", "library")
  if (!nzchar(Sys.getenv("R_LIBS")) && dir.exists(built)) {
    .libPaths(c(normalizePath(built), .libPaths()))
  }
})
library(feedforward)
options(width = 150)

# A file or folder of the shared data, which lie beside the repository.
shared_file <- function(...) {
  candidates <- c(Sys.getenv("FEEDFORWARD_SHARED"), file.path("..", "shared"))
  found <- Filter(function(path) nzchar(path) && dir.exists(path), candidates)
  if (length(found) == 0) {
    stop("No shared data: set FEEDFORWARD_SHARED, or put them into ../shared.",
      call. = FALSE
    )
  }
  file.path(found[[1]], ...)
}

# An environment variable that holds whole numbers, "1,2,4"; `default` where not set.
numbers_set <- function(name, default) {
  text <- Sys.getenv(name)
  if (!nzchar(text)) {
    return(default)
  }
  values <- suppressWarnings(as.numeric(strsplit(text, ",")[[1]]))
  if (length(values) == 0 || anyNA(values) || any(values < 1 | values %% 1 != 0)) {
    stop(name, " must hold whole numbers of at least 1, like 1,2,4.", call. = FALSE)
  }
  values
}

# Work that draws random numbers the same way in every R, and leaves no trace in its
# generator. sampler: "Rejection", or "Rounding" as before R 3.6.
with_seed <- function(seed, code, sampler = "Rejection") {
  kinds <- RNGkind()
  on.exit(do.call(RNGkind, as.list(kinds)))
  suppressWarnings(
    set.seed(seed, "Mersenne-Twister", "Inversion", sample.kind = sampler)
  )
  force(code)
}

# ---- One fit --------------------------------------------------------------------

# Trains on the task's training rows and measures on its test rows. arguments: those of
# the setting; they win over the task's. Returns a data frame of one row.
fit_once <- function(task, setting, arguments, seed) {
  arguments <- utils::modifyList(task$arguments, arguments)
  threads <- numbers_set("THREADS", NA)
  if (!is.na(threads)) arguments$threads <- threads
  # The frame goes in by name: the model keeps its call.
  call <- as.call(c(
    list(
      quote(deeplearning),
      x = quote(task$x), y = quote(task$y), training_frame = quote(task$train),
      seed = seed, progress = FALSE
    ),
    arguments
  ))
  # Constant columns and unseen levels are known; of a run that went wrong, `status`
  # tells.
  seconds <- system.time(model <- suppressWarnings(eval(call)))[["elapsed"]]
  history <- score_history(model)
  speed <- history$training_speed[[nrow(history)]]
  head <- data.frame(
    task = task$name, setting = setting, seed = seed,
    replicas = model$arguments$replicas, interval = model$arguments$averaging_interval,
    inputs = model$network$inputs, training_rows = model$training_rows,
    epochs = model$epochs_trained, samples = model$samples, status = model$status,
    fit_seconds = seconds, rows_per_second = speed
  )
  cbind(head, as.data.frame(as.list(test_metrics(model, task))))
}

# NA for those that the kind of model does not have.
test_metrics <- function(model, task) {
  measured <- suppressWarnings(performance(model, task$test))
  take <- function(name) if (is.null(measured[[name]])) NA else measured[[name]]
  c(
    AUC = take("AUC"), logloss = take("logloss"),
    error = take("classification_error"),
    per_class_error = take("mean_per_class_error"), RMSE = take("RMSE"),
    deviance_x100 = if (model$arguments$distribution == "poisson") {
      poisson_deviance(task$test[[task$y]], fitted_means(model, task$test))
    } else {
      NA
    }
  )
}

fitted_means <- function(model, rows) {
  prediction <- predict(model, rows)
  if (is.data.frame(prediction)) prediction[[1]] else as.numeric(prediction)
}

# Mean over the policies, times 100: the figure of the published comparisons.
poisson_deviance <- function(actual, mean) {
  200 * mean(mean - actual + ifelse(actual == 0, 0, actual * log(actual / mean)))
}

# ---- Results --------------------------------------------------------------------

# Runs one after another, each written to bench/results/<file> as soon as it is there.
# fits: list of functions without arguments that return what fit_once() does.
collect_fits <- function(fits, file) {
  path <- file.path("bench", "results", file)
  dir.create(dirname(path), showWarnings = FALSE, recursive = TRUE)
  unlink(path)
  rows <- NULL
  for (fit in fits) {
    row <- fit()
    message(sprintf(
      "%s, %s, seed %d: %.1f s, %s", row$task, row$setting, row$seed, row$fit_seconds,
      row$status
    ))
    rows <- rbind(rows, row)
    utils::write.csv(rows, path, row.names = FALSE)
  }
  rows
}

# Mean and spread of one metric over the runs of a setting.
summarise_metric <- function(rows, metric) {
  values <- rows[[metric]]
  c(mean = mean(values), sd = if (length(values) > 1) stats::sd(values) else NA)
}

format_figure <- function(x, digits = 4) {
  ifelse(is.na(x), "", formatC(x, format = "f", digits = digits))
}

print_table <- function(table, title) {
  cat("\n", title, "\n", strrep("-", nchar(title)), "\n", sep = "")
  print(table, row.names = FALSE, right = FALSE)
}

# What the reader needs to judge times by.
print_machine <- function() {
  cpu <- tryCatch(
    {
      lines <- grep("^model name", readLines("/proc/cpuinfo"), value = TRUE)
      sub(".*: *", "", lines[[1]])
    },
    error = function(e) "unknown processor", warning = function(e) "unknown processor"
  )
  cat(sprintf(
    "feedforward %s, %s, %s, %d logical cores, %s\n",
    utils::packageVersion("feedforward"), R.version.string, cpu,
    parallel::detectCores(), format(Sys.Date())
  ))
}

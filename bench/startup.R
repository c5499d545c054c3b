# What comes before training: attaching the package in a fresh R, a small model from call
# to result, and 1,000,000 rows made ready against one epoch on them.
#
#   R_LIBS=build/library Rscript bench/startup.R [--repeats=5] [--rows=1000000]
#     [--threads=2]

source("bench/speed-tools.R")

# Seconds of library(feedforward) in fresh processes.
measure_attach <- function(repeats = 5) {
  code <- shQuote("cat(system.time(library(feedforward))[['elapsed']])")
  rscript <- file.path(R.home("bin"), "Rscript")
  libraries <- paste0("R_LIBS=", paste(.libPaths(), collapse = .Platform$path.sep))
  vapply(seq_len(repeats + 1), function(i) {
    output <- system2(rscript, c("--vanilla", "-e", code), stdout = TRUE, env = libraries)
    as.numeric(output)
  }, 0)[-1]
}

# Seconds from call to model: iris, 200-200, ten epochs, everything at its default.
measure_iris_call <- function(repeats = 5, threads = 2) {
  time_runs(function() {
    deeplearning(Species ~ ., datasets::iris,
      hidden = c(200, 200), seed = 1, threads = threads, progress = FALSE
    )
  }, repeats + 1)[-1]
}

# Rows of the airline task, drawn again and again until there are `rows`; seconds of all
# that is not training (checks, encoding, rows, the model) and of one epoch of 10-10.
measure_encoding <- function(rows = 1e6, repeats = 3, threads = 2) {
  task <- repeat_rows(airline_task(), rows)
  ready <- time_runs(function() {
    fit_plainly(task, list(hidden = c(10, 10), epochs = 0), threads = threads)
  }, repeats)
  settings <- list(`H2O's settings` = list(), Adam = list(optimizer = "adam"))
  epochs <- lapply(settings, function(more) {
    more <- utils::modifyList(list(hidden = c(10, 10), epochs = 1), more)
    runs <- vapply(seq_len(repeats), function(i) {
      rows / training_speed(fit_plainly(task, more, threads = threads))
    }, 0)
    stats::median(runs)
  })
  c(ready = stats::median(ready), unlist(epochs))
}

repeat_rows <- function(task, rows) {
  drawn <- with_seed(1, sample.int(nrow(task$train), rows, replace = TRUE))
  task$train <- task$train[drawn, ]
  attr(task$train, "row.names") <- seq_len(rows)
  task$name <- sprintf("%s-%d", task$name, rows)
  task
}

main_startup <- function() {
  options <- script_options(list(repeats = 5, rows = 1e6, threads = 2))
  print_bench_machine(options$threads)
  attach <- stats::median(measure_attach(options$repeats))
  iris <- stats::median(measure_iris_call(options$repeats, options$threads))
  encoding <- measure_encoding(options$rows, min(3, options$repeats), options$threads)
  epoch <- encoding[["H2O's settings"]]
  table <- data.frame(
    what = c(
      "library(feedforward)", "iris 200-200, from call to model",
      sprintf("%s airline rows: all but training", count_text(options$rows)),
      "  one epoch of 10-10 on them, H2O's settings", "  one epoch of 10-10, Adam"
    ),
    seconds = signif(c(attach, iris, encoding[["ready"]], epoch, encoding[["Adam"]]), 3),
    bar = c("0.3", "0.3", "less than the epoch below", "", ""),
    met = c(
      if (attach < 0.3) "yes" else "NO", if (iris <= 0.3) "yes" else "NO",
      if (encoding[["ready"]] < epoch) "yes" else "NO", "", ""
    )
  )
  save_result(table, "startup.csv")
  print_markdown(table, "Start-up and data path, medians")
}

if (sys.nframe() == 0) main_startup()

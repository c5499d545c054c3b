# Presets beside each other on the test rows of real tables.
#
#   Rscript bench/presets.R [task ...]     from the top of the repository
#
# Environment: SEEDS (2).

source("bench/common.R")
source("bench/data.R")

measure_preset <- function(task, preset, seed) {
  seconds <- system.time(
    model <- suppressWarnings(deeplearning(
      x = task$x, y = task$y, training_frame = task$train, seed = seed,
      preset = preset, progress = FALSE
    ))
  )[["elapsed"]]
  metrics <- suppressWarnings(performance(model, task$test))
  named <- function(name) {
    if (is.numeric(metrics[[name]])) metrics[[name]] else NA_real_
  }
  c(
    AUC = named("AUC"), logloss = named("logloss"), RMSE = named("RMSE"),
    seconds = seconds
  )
}

main <- function(names) {
  if (length(names) == 0) {
    names <- c("california", "adult", "higgs", "benchm", "covtype")
  }
  seeds <- seq_len(numbers_set("SEEDS", 2))
  for (name in names) {
    for (preset in c("h2o", "fast", "best")) {
      figures <- vapply(seeds, function(seed) {
        measure_preset(get(paste0(name, "_task"))(seed), preset, seed)
      }, numeric(4))
      cat(
        format(name, width = 12), format(preset, width = 6),
        format(signif(rowMeans(figures), 4), width = 8), "\n"
      )
    }
  }
}

main(commandArgs(trailingOnly = TRUE))

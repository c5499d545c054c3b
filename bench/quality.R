# What replicas cost in quality: test metrics after equal rows for numbers of replicas
# and averaging intervals, and the paired differences to one replica. It is what the
# rule of `replicas = "auto"` rests on (auto_replicas()).
#
#   Rscript bench/quality.R [task ...]     from the top of the repository
#
# task: a name below; name:rows trains on so many rows of it. Environment: SEEDS (number
# of seeds), REPLICAS and INTERVALS (lists, 1,2,4), EPOCHS (in place of the task's own),
# THREADS. Raw figures: bench/results/quality-<task>.csv.

source("bench/common.R")
source("bench/data.R")

# Epochs enough to see the curve flatten, few enough to run all in half an hour on one
# core. metrics: the first is the one to judge by.
quality_tasks <- list(
  "airline" = list(make = airline_task, epochs = 5, metrics = c("AUC", "logloss")),
  "airline-200" = list(
    make = airline_wide_task, epochs = 5, metrics = c("AUC", "logloss")
  ),
  "benchm" = list(make = benchm_task, epochs = 1, metrics = c("AUC", "logloss")),
  "california" = list(make = california_task, epochs = 10, metrics = "RMSE"),
  "covtype" = list(make = covtype_task, epochs = 10, metrics = c("logloss", "error")),
  "freMTPL2" = list(make = insurance_task, epochs = 2, metrics = "deviance_x100"),
  "prostate" = list(make = prostate_task, epochs = 100, metrics = c("AUC", "logloss")),
  "iris" = list(make = iris_task, epochs = 50, metrics = c("logloss", "error")),
  "mnist" = list(make = mnist_task, epochs = 1, metrics = c("error", "logloss"))
)

# The last weights after exactly these rows: nothing stops early, none are chosen.
equal_rows <- list(
  overwrite_with_best_model = FALSE, stopping_rounds = 0, classification_stop = -1,
  regression_stop = -1, score_duty_cycle = 0, variable_importances = FALSE
)

# All replicas at the middle interval, all intervals at 8 replicas.
settings_of <- function(replicas, intervals) {
  middle <- if (100 %in% intervals) 100 else intervals[[1]]
  some <- if (8 %in% replicas) 8 else max(replicas)
  grid <- rbind(
    data.frame(replicas = replicas, interval = middle),
    data.frame(replicas = some, interval = intervals)
  )
  grid <- grid[!duplicated(grid), ]
  grid[order(grid$interval != middle, grid$interval, grid$replicas), ]
}

measure_task <- function(name, seeds, settings) {
  parts <- strsplit(name, ":", fixed = TRUE)[[1]]
  task <- quality_tasks[[parts[[1]]]]
  epochs <- numbers_set("EPOCHS", task$epochs)
  fits <- list()
  for (seed in seq_len(seeds)) {
    for (i in seq_len(nrow(settings))) {
      fits[[length(fits) + 1]] <- local({
        seed <- seed
        setting <- settings[i, ]
        function() {
          made <- task$make(seed)
          if (length(parts) > 1) {
            made <- shorten_task(made, as.integer(parts[[2]]), seed)
          }
          fit_once(
            made, sprintf("%d x %d", setting$replicas, setting$interval),
            c(equal_rows, list(
              epochs = epochs, replicas = setting$replicas,
              averaging_interval = setting$interval
            )),
            seed
          )
        }
      })
    }
  }
  rows <- collect_fits(fits, sprintf("quality-%s.csv", sub(":", "-", name)))
  tabulate_task(rows, task$metrics)
}

# One line per setting: the mean of each metric over seeds, of its paired differences to
# one replica on the same seeds, and the standard error of these.
tabulate_task <- function(rows, metrics) {
  # Rows of one replica are the same whatever the interval.
  base <- rows[rows$replicas == 1, ]
  settings <- unique(rows[c("setting", "replicas", "interval")])
  lines <- lapply(seq_len(nrow(settings)), function(i) {
    here <- rows[rows$setting == settings$setting[[i]], ]
    line <- list(
      task = here$task[[1]], rows = here$training_rows[[1]],
      epochs = round(here$epochs[[1]], 1), replicas = here$replicas[[1]],
      interval = here$interval[[1]], seeds = nrow(here)
    )
    for (metric in metrics) {
      gaps <- here[[metric]] - base[[metric]][match(here$seed, base$seed)]
      several <- length(gaps) > 1
      error <- if (several) stats::sd(gaps) / sqrt(length(gaps)) else NA
      figures <- list(
        format_figure(mean(here[[metric]])),
        if (anyNA(gaps)) "" else sprintf("%+.4f", mean(gaps)),
        format_figure(error)
      )
      line[paste0(metric, c("", " to 1", " se"))] <- figures
    }
    line$status <- toString(setdiff(here$status, "finished"))
    as.data.frame(line, check.names = FALSE)
  })
  do.call(rbind, lines)
}

main <- function(names) {
  known <- sub(":[0-9]+$", "", names)
  if (!all(known %in% names(quality_tasks))) {
    stop("Tasks are ", toString(names(quality_tasks)), ".", call. = FALSE)
  }
  seeds <- numbers_set("SEEDS", 3)
  settings <- settings_of(
    numbers_set("REPLICAS", c(1, 2, 4, 8, 16)), numbers_set("INTERVALS", c(20, 100, 500))
  )
  print_machine()
  for (name in names) {
    print_table(
      measure_task(name, seeds, settings),
      paste0(name, ": quality at equal rows, and the difference to one replica")
    )
  }
}

tasks <- commandArgs(trailingOnly = TRUE)
main(if (length(tasks) > 0) tasks else names(quality_tasks))

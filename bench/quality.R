# What the defaults are worth: test metrics of every task with the settings of a training
# run as they are, and with one of them changed, in pairs on the same seeds. It is what
# `weight_averaging_share`, `replicas` and `averaging_interval` rest on.
#
#   Rscript bench/quality.R [task ...]     from the top of the repository
#
# Environment: SEEDS (number of seeds), SETTINGS (names of some settings, a|b). A run that
# was cut off goes on: raw figures are in bench/results/quality-<task>-<version>.csv; a
# change of code makes them stale. With another version of the package in R_LIBS its
# figures stand beside: arguments that it does not have are left out.

source("bench/common.R")
source("bench/data.R")

adam <- list(optimizer = "adam")
readme <- list(
  hidden = c(128, 64), activation = "RectifierWithDropout",
  hidden_dropout_ratios = c(0.3, 0.2), input_dropout_ratio = 0.2, l1 = 1e-4, l2 = 1e-4,
  adaptive_rate = FALSE, rate = 0.005, rate_annealing = 1e-6, momentum_start = 0.9,
  momentum_ramp = 1e6, momentum_stable = 0.99, epochs = 10
)

# bar: what the mean over seeds must reach.
quality_task <- function(make, metric, ..., bar = NA) {
  list(make = make, metric = metric, arguments = list(...), bar = bar)
}

quality_tasks <- list(
  `airline-10` = quality_task(airline_task, "AUC", bar = 0.722),
  `airline-200` = quality_task(airline_wide_task, "AUC", bar = 0.7284),
  `benchm-1` = quality_task(benchm_task, "AUC", epochs = 1, bar = 0.711),
  `benchm-3` = quality_task(benchm_task, "AUC", epochs = 3),
  benchm = quality_task(benchm_task, "AUC", bar = 0.712),
  california = quality_task(california_task, "RMSE", bar = 0.543),
  covtype = quality_task(covtype_task, "logloss", bar = 0.47),
  adult = quality_task(adult_task, "AUC", bar = 0.909),
  higgs = quality_task(higgs_task, "AUC"),
  freMTPL2 = quality_task(insurance_task, "deviance_x100", epochs = 2),
  `mnist-readme` = quality_task(mnist_task, "per_class_error", bar = 0.033),
  `mnist-200` = quality_task(mnist_task, "error", bar = 0.025),
  `airline-200-adam` = quality_task(airline_wide_task, "AUC", epochs = 3),
  `benchm-adam` = quality_task(benchm_task, "AUC", epochs = 3),
  `california-adam` = quality_task(california_task, "RMSE", epochs = 30),
  `covtype-adam` = quality_task(covtype_task, "logloss", epochs = 10),
  `adult-adam` = quality_task(adult_task, "AUC", epochs = 5),
  `mnist-200-adam` = quality_task(mnist_task, "error", epochs = 5)
)
quality_tasks$`mnist-readme`$arguments <- readme

shares <- list(
  default = list(),
  `share 0` = list(weight_averaging_share = 0),
  `share .1` = list(weight_averaging_share = 0.1)
)
settings <- c(shares, list(
  `1 replica` = list(replicas = 1),
  `8 replicas` = list(replicas = 8),
  `interval 500` = list(averaging_interval = 500),
  `share 0, 4 x 100` = list(
    weight_averaging_share = 0, replicas = 4, averaging_interval = 100
  )
))

# At equal rows; what workers of a cluster would train.
sharded <- lapply(c(4, 16, 64), function(shards) list(shards = shards))
names(sharded) <- paste(c(4, 16, 64), "shards")
settings <- c(settings, sharded)

# Momentum trains one replica, mini-batches share the threads in another way.
settings_for <- function(name) {
  chosen <- if (grepl("adam|readme", name)) c(shares, sharded) else settings
  picked <- Sys.getenv("SETTINGS")
  if (nzchar(picked)) {
    picked <- strsplit(picked, "|", fixed = TRUE)[[1]]
    chosen <- chosen[intersect(names(chosen), picked)]
  }
  chosen
}

measure_task <- function(name, seeds) {
  case <- quality_tasks[[name]]
  version <- as.character(utils::packageVersion("feedforward"))
  path <- file.path("bench", "results", sprintf("quality-%s-%s.csv", name, version))
  dir.create(dirname(path), showWarnings = FALSE, recursive = TRUE)
  rows <- if (file.exists(path)) utils::read.csv(path)
  for (seed in seq_len(seeds)) {
    task <- case$make(seed)
    task$name <- name
    for (setting in names(settings_for(name))) {
      if (any(rows$setting == setting & rows$seed == seed)) next
      arguments <- utils::modifyList(case$arguments, settings[[setting]])
      if (grepl("adam$", name)) arguments <- c(arguments, adam)
      known <- names(formals(utils::getS3method("deeplearning", "default")))
      arguments <- arguments[names(arguments) %in% known]
      row <- fit_once(task, setting, c(arguments, threads = 1), seed)
      row$version <- version
      rows <- rbind(rows, row)
      utils::write.csv(rows, path, row.names = FALSE)
    }
  }
  rows
}

# All versions measured.
read_figures <- function(name) {
  form <- sprintf("^quality-%s-[0-9.]+[.]csv$", name)
  paths <- list.files(file.path("bench", "results"), form, full.names = TRUE)
  do.call(rbind, lapply(paths, utils::read.csv))
}

# One line per task: the mean with the defaults, then what each setting changes: the mean
# of the paired differences and its standard error.
tabulate_quality <- function(names) {
  here <- as.character(utils::packageVersion("feedforward"))
  lines <- lapply(names, function(name) {
    case <- quality_tasks[[name]]
    rows <- read_figures(name)
    values <- function(setting, version = here) {
      rows <- rows[rows$setting == setting & rows$version == version, ]
      stats::setNames(rows[[case$metric]], rows$seed)
    }
    gap <- function(changed, base = values("default")) {
      seeds <- intersect(names(changed), names(base))
      if (length(seeds) < 2) {
        return("")
      }
      gaps <- changed[seeds] - base[seeds]
      sprintf("%+.4f (%.4f)", mean(gaps), stats::sd(gaps) / sqrt(length(gaps)))
    }
    changed <- setdiff(names(settings), c("default", "share 0, 4 x 100"))
    line <- list(
      task = name, metric = case$metric, mean = format_figure(mean(values("default"))),
      bar = if (is.na(case$bar)) "" else format(case$bar)
    )
    line[changed] <- lapply(changed, function(setting) gap(values(setting)))
    line[["0.1.0"]] <- gap(values("default", "0.1.0"))
    line[["bias rule of 0.1.0"]] <- gap(
      values("share 0, 4 x 100", "0.1.0"), values("share 0, 4 x 100")
    )
    as.data.frame(line, check.names = FALSE)
  })
  do.call(rbind, lines)
}

main <- function(names) {
  if (!all(names %in% names(quality_tasks))) {
    stop("Tasks are ", toString(names(quality_tasks)), ".", call. = FALSE)
  }
  print_machine()
  for (name in names) measure_task(name, numbers_set("SEEDS", 5))
  print_table(tabulate_quality(names), "Defaults, and paired differences to them")
}

tasks <- commandArgs(trailingOnly = TRUE)
main(if (length(tasks) > 0) tasks else names(quality_tasks))

# Workers that use the library of the tests.
local_workers <- function(n, env = parent.frame()) {
  workers <- parallel::makePSOCKcluster(n)
  withr::defer(try(parallel::stopCluster(workers), silent = TRUE), envir = env)
  parallel::clusterCall(workers, set_up_worker, .libPaths(), NULL)
  workers
}

skip_if_no_mpi <- function() {
  skip_on_cran()
  # Without loading it: this process would become a job of its own.
  skip_if_not(nzchar(system.file(package = "Rmpi")), "Rmpi is not installed")
  skip_if(Sys.which("mpirun") == "", "no mpirun")
}

# Each rank writes its weights, and what `after` gives, to a file; a list by rank.
on_ranks <- function(ranks, code, seconds = 120) {
  folder <- withr::local_tempdir()
  script <- file.path(folder, "train.R")
  data <- file.path(folder, "data.rds")
  saveRDS(two_classes(), data)
  writeLines(c(
    sprintf(".libPaths(c(%s))", paste(deparse(.libPaths()), collapse = "")),
    "library(feedforward)", sprintf("data <- readRDS(%s)", deparse(data)),
    sprintf("result <- suppressWarnings(%s)", paste(deparse(code), collapse = "\n")),
    "rank <- Rmpi::mpi.comm.rank(0)",
    sprintf("file <- file.path(%s, sprintf('rank-%%d.rds', rank))", deparse(folder)),
    "saveRDS(result, file)"
  ), script)
  # As a container's root, and on fewer cores than ranks.
  withr::local_envvar(
    OMPI_ALLOW_RUN_AS_ROOT = "1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM = "1",
    OMPI_MCA_rmaps_base_oversubscribe = "1", TMPDIR = folder
  )
  told <- suppressWarnings(system2("mpirun",
    c("-np", ranks, file.path(R.home("bin"), "Rscript"), script),
    stdout = TRUE, stderr = TRUE, timeout = seconds
  ))
  files <- file.path(folder, sprintf("rank-%d.rds", seq_len(ranks) - 1))
  if (!all(file.exists(files))) {
    return(paste(told, collapse = "\n"))
  }
  lapply(files, readRDS)
}

on_workers <- function(cluster, ..., shards = 4, data = two_classes(), epochs = 2) {
  suppressWarnings(
    deeplearning(class ~ a + b + group, data,
      hidden = c(6, 5), epochs = epochs, seed = 4, shards = shards,
      exchange_interval = 100, stopping_rounds = 0, overwrite_with_best_model = FALSE,
      cluster = cluster, ...
    ),
    classes = c("feedforward_shards_warning", "feedforward_constant_warning")
  )
}

# Trains until a scoring does something to the workers; the error, with its seconds.
lose_worker <- function(cluster, harm, timeout = 600) {
  scored <- 0
  seconds <- system.time(
    lost <- tryCatch(
      on_workers(cluster,
        epochs = 500, score_duty_cycle = 1, worker_timeout = timeout,
        train_samples_per_iteration = 400, score_each_iteration = TRUE,
        custom_metric_func = function(actual, predicted, weights) {
          scored <<- scored + 1
          if (scored == 3) harm()
          1
        }
      ),
      feedforward_worker_error = identity
    )
  )[["elapsed"]]
  expect_s3_class(lost, "feedforward_worker_error")
  expect_identical(lost$model$status, "worker lost")
  expect_gt(lost$exchange, 1)
  expect_length(predict(lost$model, two_classes()[1:5, ]), 5)
  lost$seconds <- seconds
  lost
}

# Workers that say they are of an older version.
make_older <- function(workers) {
  change <- function() {
    utils::assignInNamespace("introduce", function() {
      list(version = "0.0.1", kernels = "baseline", endian = .Platform$endian)
    }, "feedforward")
  }
  environment(change) <- globalenv()
  parallel::clusterCall(workers, change)
}

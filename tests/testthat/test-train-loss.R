# Training that goes on without a lost worker.

# Kills a worker so many seconds after the second scoring; the model and the warnings.
resume_after <- function(cluster, kill, ...) {
  scored <- 0
  told <- character()
  model <- withCallingHandlers(
    on_workers(cluster,
      epochs = 60, train_samples_per_iteration = 18000, score_each_iteration = TRUE,
      on_worker_loss = "resume",
      custom_metric_func = function(actual, predicted, weights) {
        scored <<- scored + 1
        if (scored == 2) kill()
        1
      }, ...
    ),
    feedforward_worker_warning = function(w) {
      told <<- c(told, conditionMessage(w))
      rlang::cnd_muffle(w)
    }
  )
  list(model = model, told = told)
}

undisturbed <- function(...) {
  on_workers(NULL,
    epochs = 60, train_samples_per_iteration = 18000, score_each_iteration = TRUE,
    custom_metric_func = function(actual, predicted, weights) 1, ...
  )
}

test_that("the others take the shards of a killed worker: the same bits and history", {
  skip_on_cran()
  skip_on_os("windows")
  settings <- list(
    list(), list(optimizer = "adam", mini_batch_size = 16),
    list(optimizer = "sgd", momentum_start = 0.5, replicas = 2)
  )
  for (setting in settings) {
    workers <- local_workers(2)
    pid <- parallel::clusterCall(workers, Sys.getpid)[[2]]
    kill <- function() system(sprintf("(sleep 0.05; kill -9 %d) &", pid))
    there <- do.call(resume_after, c(list(workers, kill), setting))
    here <- do.call(undisturbed, setting)
    same_network(there$model, here)
    clocks <- c("timestamp", "duration", "training_speed")
    kept <- !names(here$scoring_history) %in% clocks
    expect_identical(
      there$model$scoring_history[kept], here$scoring_history[kept]
    )
    expect_identical(there$model$samples, here$samples)
    expect_length(there$told, 1)
    expect_match(there$told, "Worker 2 .*taken up after exchange (45|90) by 1 worker")
  }
})

test_that("Huber's threshold is as it was; where nobody is left the error comes", {
  skip_on_cran()
  skip_on_os("windows")
  fit <- function(cluster, ..., metric = function(actual, predicted, weights) 1) {
    suppressWarnings(deeplearning(number ~ a + b, two_classes(),
      hidden = 4, epochs = 60, seed = 4, shards = 3, exchange_interval = 100,
      distribution = "huber", train_samples_per_iteration = 18000,
      score_each_iteration = TRUE, cluster = cluster, custom_metric_func = metric, ...
    ))
  }
  workers <- local_workers(2)
  pids <- unlist(parallel::clusterCall(workers, Sys.getpid))
  scored <- 0
  harm <- function(pid) {
    scored <<- 0
    function(actual, predicted, weights) {
      scored <<- scored + 1
      if (scored == 2) system(sprintf("(sleep 0.05; kill -9 %d) &", pid))
      1
    }
  }
  there <- fit(workers, on_worker_loss = "resume", metric = harm(pids[[1]]))
  same_network(fit(NULL), there)
  lost <- tryCatch(
    fit(workers[2], on_worker_loss = "resume", metric = harm(pids[[2]])),
    feedforward_worker_error = identity
  )
  expect_s3_class(lost, "feedforward_worker_error")
  expect_length(predict(lost$model, two_classes()[1:5, ]), 5)
})

test_that("ranks end together: resuming is refused", {
  expect_match(
    mpi_problems(list(
      cluster = "mpi", on_worker_loss = "resume", max_runtime_secs = 0,
      score_interval = 0
    )),
    "export_checkpoints_dir"
  )
})

test_that("rows in shards are read by the others where a worker is lost", {
  skip_on_cran()
  skip_on_os("windows")
  data <- two_classes()
  source <- function() {
    turn <- seq_len(nrow(data)) %% 4 + 1
    shard_by(function(shard, shards) data[turn == shard, ], 4)
  }
  fit <- function(cluster, harm = function() NULL, ...) {
    scored <- 0
    suppressWarnings(deeplearning(c("a", "b", "group"), "class", source(),
      validation_frame = source(), hidden = 4, epochs = 60, seed = 4,
      exchange_interval = 100, stopping_rounds = 0, cluster = cluster,
      train_samples_per_iteration = 6000, score_each_iteration = TRUE,
      overwrite_with_best_model = FALSE,
      custom_metric_func = function(actual, predicted, weights) {
        scored <<- scored + 1
        if (scored == 4) harm()
        1
      }, ...
    ))
  }
  whole <- fit(NULL)
  kill <- function(workers) {
    pid <- parallel::clusterCall(workers, Sys.getpid)[[2]]
    function() tools::pskill(pid, tools::SIGKILL)
  }
  workers <- local_workers(2)
  resumed <- fit(workers, kill(workers), on_worker_loss = "resume")
  same_network(resumed, whole)
  expect_identical(resumed$validation_metrics$AUC, whole$validation_metrics$AUC)
  workers <- local_workers(2)
  lost <- expect_error(fit(workers, kill(workers)), class = "feedforward_worker_error")
  expect_identical(lost$model$status, "worker lost")
  expect_length(predict(lost$model, data[1:5, ]), 5)
})

test_that("a worker that is lost when all is trained costs its state alone", {
  fleet <- new.env()
  fleet$arguments <- list(on_worker_loss = "error", cluster = list(1, 2))
  fleet$done <- 7
  ask <- function() abort_worker("it has ended", 2, 3:4)
  expect_null(persist(fleet, ask))
  expect_s3_class(fleet$lost, "feedforward_worker_error")
  expect_identical(fleet$lost$exchange, 8)
  first <- fleet$lost
  persist(fleet, function() abort_worker("another", 1, 1))
  expect_identical(fleet$lost$worker, first$worker)
})

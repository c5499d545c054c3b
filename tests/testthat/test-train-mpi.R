# Shards on the ranks of an MPI job, which is started here.

test_that("every rank ends with the model of one machine, bit for bit", {
  skip_if_no_mpi()
  code <- quote({
    fit <- function(...) {
      deeplearning(class ~ a + b + group, data,
        hidden = c(6, 5), epochs = 2, seed = 4, shards = 4, exchange_interval = 100,
        stopping_rounds = 0, overwrite_with_best_model = FALSE, cluster = cluster, ...
      )
    }
    half <- fit()
    lapply(
      list(
        half, fit(optimizer = "adam", mini_batch_size = 16),
        fit(activation = "TanhWithDropout"), fit(weight_averaging_share = 0),
        deeplearning(class ~ a + b + group, data,
          checkpoint = half, epochs = 4,
          cluster = cluster
        )
      ),
      function(model) model[c("weights", "biases", "samples", "model_summary")]
    )
  })
  here <- suppressWarnings(eval(code, list(data = two_classes(), cluster = NULL)))
  for (ranks in 2:4) {
    found <- on_ranks(ranks, bquote(local({
      cluster <- "mpi"
      .(code)
    })))
    expect_type(found, "list")
    for (rank in found) expect_identical(rank, here)
  }
})

test_that("ranks that would train something else are told, and clocks are refused", {
  skip_if_no_mpi()
  told <- on_ranks(2, quote(deeplearning(class ~ a, data,
    hidden = 2, epochs = 1, shards = 2, cluster = "mpi",
    seed = 1 + Rmpi::mpi.comm.rank(0)
  )))
  expect_match(told, "Rank 1 has other seed than rank 0")
  told <- on_ranks(2, quote(deeplearning(class ~ a, data,
    hidden = 2, epochs = 1, cluster = "mpi", seed = 1, max_runtime_secs = 5
  )))
  expect_match(told, "looks at a clock")
})

test_that("ranks that hold their own rows end with the model of shards on one machine", {
  skip_if_no_mpi()
  code <- quote({
    part <- function(shard, shards) data[seq_len(nrow(data)) %% shards == shard - 1, ]
    fit <- function(source, cluster, validation = NULL) {
      deeplearning(
        x = c("a", "b", "group"), y = "class", training_frame = source,
        validation_frame = validation, hidden = 4, epochs = 2, seed = 4,
        exchange_interval = 100, stopping_rounds = 0, cluster = cluster
      )[c("weights", "biases", "encoding", "scoring_history")]
    }
    rank <- if (is.null(cluster)) NULL else Rmpi::mpi.comm.rank(0)
    lost <- tryCatch(
      fit(shard_by(function(shard, shards) {
        if (shard == 3) stop("out of paper")
        part(shard, shards)
      }, 3), cluster),
      error = conditionMessage
    )
    list(
      fit(shard_by(part, 2), cluster),
      fit(
        if (is.null(rank)) shard_by(part, 2) else shard_here(part(rank + 1, 2)), cluster
      ),
      fit(shard_by(part, 3), cluster, shard_by(part, 3)), lost
    )
  })
  data <- two_classes()
  cluster <- NULL
  here <- suppressWarnings(eval(code))
  there <- on_ranks(2, bquote({
    cluster <- "mpi"
    .(code)
  }))
  expect_type(there, "list")
  plain <- function(results) {
    lapply(results, function(result) {
      if (is.list(result)) result$scoring_history[c("timestamp", "duration",
        "training_speed")] <- NULL
      result
    })
  }
  for (rank in there) expect_equal(plain(rank), plain(here), tolerance = 0)
  expect_match(here[[4]], "shard 3 cannot be read: out of paper")
})

test_that("a job that was killed is gone on with by more ranks, to the same bits", {
  skip_if_no_mpi()
  folder <- withr::local_tempdir()
  code <- quote({
    scored <- 0
    deeplearning(class ~ a + b + group, data,
      hidden = c(6, 5), epochs = 40, seed = 4, shards = 6, exchange_interval = 100,
      train_samples_per_iteration = 600, score_duty_cycle = 1, stopping_rounds = 0,
      score_each_iteration = TRUE, overwrite_with_best_model = FALSE, cluster = cluster,
      export_checkpoints_dir = folder, model_id = "job",
      checkpoint = checkpoint, custom_metric_func = function(actual, predicted, weights) {
        scored <<- scored + 1
        if (scored == killed_at && Rmpi::mpi.comm.rank(0) == 1) {
          tools::pskill(Sys.getpid(), 9)
        }
        1
      }
    )[c("weights", "biases", "samples")]
  })
  job <- function(ranks, checkpoint, killed_at = 0) {
    on_ranks(ranks, bquote(local({
      cluster <- "mpi"
      folder <- .(folder)
      checkpoint <- .(checkpoint)
      killed_at <- .(killed_at)
      .(code)
    })))
  }
  expect_match(job(2, NULL, killed_at = 20), "signal 9")
  file <- list.files(folder, full.names = TRUE)
  expect_length(file, 1)
  begun <- load_model(file)$samples
  expect_gt(begun, 0)
  whole <- suppressWarnings(eval(code, list(
    data = two_classes(), cluster = NULL, folder = NULL, checkpoint = NULL, killed_at = 0
  )))
  expect_lt(begun, whole$samples)
  for (rank in job(3, file)) expect_identical(rank, whole)
})

test_that("what one rank stumbles over alone ends the training of all, and no more", {
  skip_if_no_mpi()
  code <- quote({
    rank <- Rmpi::mpi.comm.rank(0)
    fit <- function(metric = NULL) {
      deeplearning(class ~ a, data,
        hidden = 2, epochs = 2, seed = 1, shards = 2, cluster = "mpi",
        custom_metric_func = metric
      )
    }
    broken <- tryCatch(
      fit(function(actual, predicted, weights) if (rank == 1) stop("out of ink") else 1),
      error = conditionMessage
    )
    list(broken, fit()$weights)
  })
  found <- on_ranks(2, code)
  expect_match(found[[1]][[1]], "out of ink")
  expect_identical(found[[1]], found[[2]])
  # The other one waits for it, and is told.
  told <- on_ranks(2, quote({
    if (Rmpi::mpi.comm.rank(0) == 1) {
      deeplearning(class ~ a, data, hidden = 2, epochs = 1, seed = 1, cluster = "mpi")
      stop("the end")
    }
    for (i in 1:2) {
      deeplearning(class ~ a, data, hidden = 2, epochs = 1, seed = 1, cluster = "mpi")
    }
  }), seconds = 60)
  expect_match(told, "Rank 1: its script has ended|the end")
})

test_that("an error before the ranks have met is the user's own", {
  expect_error(
    deeplearning(mpg ~ ., mtcars, hidden = -1, cluster = "mpi"), "`hidden`",
    class = "feedforward_argument_error"
  )
})

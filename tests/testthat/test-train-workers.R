# Shards on workers of a cluster: the same bits, and what happens when a worker is lost.

test_that("which worker carries which shard changes no bit, whatever is trained", {
  skip_on_cran()
  two <- local_workers(2)
  three <- local_workers(3)
  settings <- list(
    list(), list(optimizer = "adam", mini_batch_size = 16),
    list(optimizer = "sgd", momentum_start = 0.2, momentum_stable = 0.5),
    list(activation = "TanhWithDropout"), list(replicas = 2, averaging_interval = 25),
    list(weight_averaging_share = 0)
  )
  for (setting in settings) {
    here <- do.call(on_workers, c(list(NULL), setting))
    there <- do.call(on_workers, c(list(two), setting))
    same_network(here, there)
    clocks <- c("timestamp", "duration", "training_speed")
    expect_identical(
      here$scoring_history[!names(here$scoring_history) %in% clocks],
      there$scoring_history[!names(there$scoring_history) %in% clocks]
    )
    expect_equal(here$model_summary, there$model_summary)
  }
  same_network(on_workers(NULL), on_workers(three))
  # More shards than workers, and fewer.
  same_network(on_workers(NULL, shards = 7), on_workers(three, shards = 7))
  same_network(on_workers(NULL, shards = 2), on_workers(three, shards = 2))
  expect_identical(on_workers(three, shards = "auto")$arguments$shards, 3)
  expect_null(on_workers(three)$arguments$cluster)
  # A run goes on elsewhere.
  half <- on_workers(two)
  more <- function(cluster) {
    suppressWarnings(deeplearning(class ~ a + b + group, two_classes(),
      checkpoint = half, epochs = 4, cluster = cluster
    ))
  }
  same_network(more(NULL), more(three))
  same_network(more(NULL), on_workers(NULL, epochs = 4))
  # Matrices, sparse ones, weights, offsets, numbers.
  data <- two_classes()
  x <- as.matrix(data[c("a", "b")])
  for (rows in list(x, Matrix::Matrix(x * (x > 0), sparse = TRUE))) {
    fit <- function(cluster) {
      suppressWarnings(deeplearning(rows, data$number,
        hidden = 3, epochs = 1, seed = 1, shards = 2, exchange_interval = 100,
        cluster = cluster, weights_column = rep(1:2, 600)
      ))
    }
    same_network(fit(NULL), fit(two))
  }
  # The cluster serves others as before.
  expect_identical(parallel::clusterCall(two, function() 7), list(7, 7))
})

test_that("a worker that ends, freezes or fails leaves the model of the last exchange", {
  skip_on_cran()
  skip_on_os("windows")
  workers <- local_workers(2)
  pids <- unlist(parallel::clusterCall(workers, Sys.getpid))
  killed <- lose_worker(workers, function() tools::pskill(pids[[2]], tools::SIGKILL))
  expect_identical(killed$worker, 2L)
  expect_identical(killed$shard, 3:4)
  expect_match(killed$reason, "ended")

  workers <- local_workers(2)
  pids <- unlist(parallel::clusterCall(workers, Sys.getpid))
  frozen <- lose_worker(workers, function() tools::pskill(pids[[1]], tools::SIGSTOP), 2)
  tools::pskill(pids[[1]], tools::SIGKILL)
  expect_identical(frozen$worker, 1L)
  expect_match(frozen$reason, "worker_timeout")
  expect_lt(frozen$seconds, 30)

  workers <- local_workers(2)
  failed <- lose_worker(workers, function() {
    spoil <- function() {
      shop <- get("workplace", asNamespace("feedforward"))$shops[[1]][[1]]
      shop$trainer$set_weights <- function(...) stop("out of order")
    }
    environment(spoil) <- globalenv()
    # By the line that training uses: nothing is on its way while a scoring is computed.
    parallel::clusterCall(workers[2], spoil)
  })
  expect_identical(failed$worker, 2L)
  expect_match(failed$reason, "out of order")
  # Its workers are sound, and so is the cluster.
  same_network(on_workers(NULL), on_workers(workers))
})

test_that("answers of a run that was broken off are dropped", {
  skip_on_cran()
  workers <- local_workers(2)
  line <- new_line(workers, 2, 60)
  say(line, "hello")
  # Nobody hears these two; the next run is not misled.
  same_network(on_workers(NULL), on_workers(workers))
})

test_that("workers of another version are told before data move", {
  skip_on_cran()
  workers <- local_workers(2)
  make_older(workers[2])
  told <- expect_error(on_workers(workers), class = "feedforward_worker_error")
  expect_match(conditionMessage(told), "Worker 2 has another version: 0.0.1")
  expect_match(conditionMessage(told), "kernels")
})

test_that("what is no cluster, folds on one, and one shard are told", {
  skip_on_cran()
  expect_error(on_workers(3), class = "feedforward_argument_error")
  fake <- structure(list(), class = c("miraiCluster", "cluster"))
  expect_error(on_workers(fake), "not tied", class = "feedforward_argument_error")
  workers <- local_workers(1)
  expect_error(on_workers(workers, nfolds = 2), class = "feedforward_argument_error")
  expect_warning(
    few_steps(class ~ a, two_classes(),
      hidden = 2, epochs = 1, seed = 1, cluster = workers
    ),
    class = "feedforward_ignored_argument_warning"
  )
})

test_that("the share of time that exchanges took is told, where progress is shown", {
  skip_on_cran()
  workers <- local_workers(2)
  expect_no_message(on_workers(workers, progress = FALSE))
  told <- expect_message(
    on_workers(workers, progress = TRUE, epochs = 20),
    "exchanges of .* between 2 workers", class = "feedforward_exchange_message"
  )
  expect_identical(told$exchanges, 60)
  expect_true(told$share >= 0 && told$share <= 1)
  expect_no_message(
    on_workers(NULL, progress = TRUE),
    class = "feedforward_exchange_message"
  )
})

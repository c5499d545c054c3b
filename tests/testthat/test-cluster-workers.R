# Workers that the package starts.

test_that("workers on this machine are a cluster that close() ends", {
  skip_on_cran()
  set.seed(3)
  before <- .Random.seed
  cluster <- cluster_local(2)
  withr::defer(close(cluster))
  expect_identical(.Random.seed, before)
  expect_output(print(cluster), "^2 workers on this machine$")
  told <- parallel::clusterCall(cluster, function() {
    list(getOption("feedforward.threads"), .libPaths())
  })
  expect_identical(told[[1]], list(1, .libPaths()))
  same_network(on_workers(NULL), on_workers(cluster))
  close(cluster)
  expect_error(on_workers(cluster), class = "feedforward_worker_error")
})

mirai_workers <- function(n, env = parent.frame(), ...) {
  skip_on_cran()
  skip_if_not_installed("mirai")
  cluster <- cluster_mirai(n, ...)
  withr::defer(close(cluster), envir = env)
  cluster
}

pid_of <- function(cluster, j) {
  mirai::mirai(Sys.getpid(), .compute = unclass(cluster)[[j]]$profile)[]
}

test_that("workers of mirai train the same bits, and keep a shard where it is", {
  cluster <- mirai_workers(2)
  expect_output(print(cluster), "^2 workers of package mirai on this machine$")
  for (setting in list(list(), list(shards = 5, optimizer = "adam"))) {
    same_network(
      do.call(on_workers, c(list(NULL), setting)),
      do.call(on_workers, c(list(cluster), setting))
    )
  }
  expect_identical(on_workers(cluster, shards = "auto")$arguments$shards, 2)
  engine <- new_engine(cluster, 2)
  expect_error(engine$each("weights", list(TRUE, TRUE)), "Worker . \\(shard .\\)",
    class = "feedforward_worker_error"
  )
  # A slow answer is not there yet; a later question drops it.
  engine$close()
  add_slow <- function() {
    duties <- get("shard_duties", asNamespace("feedforward"))
    duties$test_slow <- function(shop, x) Sys.sleep(0.5)
    TRUE
  }
  environment(add_slow) <- globalenv()
  for (node in unclass(cluster)) {
    added <- mirai::mirai(add(), add = add_slow, .compute = node$profile)[]
    expect_true(added)
  }
  engine <- new_engine(cluster, 2)
  expect_null(engine$each("test_slow", seconds = 0.01))
  expect_identical(engine$each("trained"), list(NULL, NULL))
  engine$close()
})

test_that("a worker of mirai that ends or freezes leaves the model so far", {
  skip_on_os("windows")
  cluster <- mirai_workers(2)
  pid <- pid_of(cluster, 2)
  killed <- lose_worker(cluster, function() tools::pskill(pid, tools::SIGKILL))
  expect_identical(killed$worker, 2L)
  expect_match(killed$reason, "connection is gone")
  # Nobody waits for it.
  again <- expect_error(on_workers(cluster), class = "feedforward_worker_error")
  expect_match(again$reason, "gone")

  cluster <- mirai_workers(2)
  pid <- pid_of(cluster, 1)
  frozen <- lose_worker(cluster, function() tools::pskill(pid, tools::SIGSTOP), 2)
  tools::pskill(pid, tools::SIGKILL)
  expect_identical(frozen$worker, 1L)
  expect_match(frozen$reason, "worker_timeout")
  expect_lt(frozen$seconds, 30)
})

test_that("workers of mirai come by a url, with TLS, or are missed by name", {
  skip_on_cran()
  skip_if_not_installed("mirai")
  shell <- mirai::remote_config(command = "sh", args = c("-c", "."), quote = TRUE)
  cluster <- mirai_workers(2, url = "tls+tcp://127.0.0.1:0", remote = shell)
  expect_output(print(cluster), "2 workers of package mirai at tls")
  same_network(on_workers(NULL), on_workers(cluster))
  nobody <- mirai::remote_config(command = "true", args = ".")
  expect_error(
    cluster_mirai(1, url = mirai::local_url(tcp = TRUE), remote = nobody, seconds = 0.2),
    "Worker 1 has not come within `seconds` = 0.2",
    class = "feedforward_worker_error"
  )
})

test_that("numbers of workers and packages that make no sense are told", {
  expect_error(cluster_local(0), "`workers`", class = "feedforward_argument_error")
  expect_error(cluster_local(1, threads = 0), class = "feedforward_argument_error")
  expect_error(cluster_mpi("snow"), "`package`", class = "feedforward_argument_error")
  expect_output(print(cluster_mpi("pbdMPI")), "by package pbdMPI")
})

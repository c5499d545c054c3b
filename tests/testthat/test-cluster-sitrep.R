# What workers are, and how many pay.

test_that("a report names every worker, its speed and what keeps it from training", {
  skip_on_cran()
  workers <- local_workers(2)
  report <- cluster_sitrep(workers, rows = 1e7, bytes = 1e5)
  expect_s3_class(report, "feedforward_sitrep")
  expect_identical(rownames(report$workers), c("Worker 1", "Worker 2"))
  expect_true(all(report$workers$latency > 0 & report$workers$bandwidth > 1))
  expect_identical(report$workers$R, rep(as.character(getRversion()), 2))
  expect_length(report$problems, 0)
  expect_output(print(report), "Training 100 - 200 - 200 - 1 on 10,000,000 rows")
  make_older(workers[2])
  report <- cluster_sitrep(workers, bytes = 10)
  expect_match(report$problems[[1]], "Worker 2 has another version: 0.0.1")
  expect_output(print(report), "Worker 2 has another version")
})

test_that("advice follows rows, network and the way that bytes go", {
  speeds <- function(..., rows = 1e8, ranks = FALSE, latency = 1e-3, bandwidth = 1e8) {
    predict_speed(c(1, 2, 8, 64), rows, 10, 60000, 1, latency, bandwidth, ranks)
  }
  driver <- speeds()
  expect_identical(driver$speed_up[[1]], 1)
  expect_true(all(driver$speed_up <= driver$workers))
  expect_true(all(speeds(ranks = TRUE, bandwidth = 1e9)$speed_up >= driver$speed_up))
  expect_true(all(speeds(latency = 1)$speed_up[-1] < driver$speed_up[-1]))
  expect_identical(speeds(rows = 30000)$rows_suffice, c(TRUE, TRUE, TRUE, FALSE))
  expect_error(cluster_sitrep(NULL, rows = 0, inputs = 0), "`inputs`",
    class = "feedforward_argument_error"
  )
})

test_that("ranks report, too", {
  skip_if_no_mpi()
  found <- on_ranks(2, quote(cluster_sitrep("mpi")))
  expect_identical(rownames(found[[2]]$workers), c("Rank 0", "Rank 1"))
  expect_gt(found[[1]]$workers$bandwidth[[1]], 1)
})

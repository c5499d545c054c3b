test_that("row 116: threads are positive whole numbers, or clamped", {
  skip_if_not_installed("withr")
  withr::local_envvar("_R_CHECK_LIMIT_CORES_" = "")
  expect_identical(resolve_threads(3), 3L)
  expect_identical(resolve_threads(1e6), 512L)
  for (bad in list(0, NA, -3, 1.5, "2", c(1, 2))) {
    expect_error(resolve_threads(bad), "`threads` must be",
      class = "feedforward_argument_error"
    )
  }
})

test_that("NULL follows option, environment and cores, in this order", {
  skip_if_not_installed("withr")
  withr::local_envvar(
    "_R_CHECK_LIMIT_CORES_" = "", RCPP_PARALLEL_NUM_THREADS = "", OMP_THREAD_LIMIT = ""
  )
  withr::local_options(feedforward.threads = NULL)
  cores <- max(1L, RcppParallel::defaultNumThreads())
  expect_identical(resolve_threads(), cores)
  for (junk in c("many", "-1", "0", "1.5", "1e9x", "99999999999")) {
    withr::with_envvar(
      c(RCPP_PARALLEL_NUM_THREADS = junk, OMP_THREAD_LIMIT = junk),
      expect_identical(resolve_threads(), cores)
    )
  }
  withr::local_envvar(OMP_THREAD_LIMIT = "1")
  expect_identical(resolve_threads(), 1L)
  withr::with_envvar(c(OMP_THREAD_LIMIT = "100000"), {
    expect_identical(resolve_threads(), cores)
  })
  withr::local_envvar(RCPP_PARALLEL_NUM_THREADS = "5")
  expect_identical(resolve_threads(), 5L)
  withr::local_options(feedforward.threads = 7)
  expect_identical(resolve_threads(), 7L)
  expect_identical(resolve_threads(2), 2L)
  withr::local_options(feedforward.threads = "x")
  expect_error(resolve_threads(), "options\\(feedforward.threads\\)",
    class = "feedforward_argument_error"
  )
})

test_that("row 186: at most two threads under R CMD check", {
  skip_if_not_installed("withr")
  for (on in c("TRUE", "true", "warn")) {
    withr::with_envvar(c("_R_CHECK_LIMIT_CORES_" = on), {
      expect_identical(resolve_threads(8), 2L)
      expect_identical(resolve_threads(1), 1L)
    })
  }
  withr::with_envvar(c("_R_CHECK_LIMIT_CORES_" = "false"), {
    expect_identical(resolve_threads(8), 8L)
  })
})

test_that("the estimate is the contract's sum", {
  # 1,000 rows of 10 cells; 500 weights; 8 replicas with two arrays of state each.
  expect_identical(
    estimate_memory(1000, 10, 500, 8, 2),
    4 * 10000 + 8 * (500 * 4 * 3) + 4 * 500 * 4 + 64 * 1024^2
  )
  # Row 40: beyond 2^31 nothing wraps.
  expect_identical(estimate_memory(3e9, 1000L, 0, 1, 0), 1.2e13 + 64 * 2^20)
  expect_setequal(names(optimizer_states), names(optimizer_arguments))
})

test_that("available memory is read where the system tells it", {
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(c("MemTotal:  16 kB", "MemAvailable:    8 kB", "Cached: 1 kB"), file)
  expect_identical(available_memory(file), 8192)
  writeLines("MemTotal: 16 kB", file)
  expect_identical(available_memory(file), NA_real_)
  expect_identical(available_memory(tempfile()), NA_real_)
})

memory <- function(inputs, hidden, levels = integer(), available = 2^33, rows = 1000) {
  network <- list(inputs = inputs, hidden = hidden, outputs = 2, activation = "Rectifier")
  arguments <- list(optimizer = "adadelta", replicas = 1)
  check_memory(rows, 5, network, arguments, levels, available)
}

test_that("rows 37 and 97: too large a network is refused with GiB and the culprit", {
  error <- expect_error(
    memory(1e6 + 3, 1000, c(small = 2, id = 1e6)),
    class = "feedforward_resource_error"
  )
  expect_match(conditionMessage(error), "`id` with 1,000,000 levels")
  expect_match(conditionMessage(error), "26.14 GiB")
  expect_match(conditionMessage(error), "8.00 GiB are available")
  expect_gt(error$needed, error$available)
  error <- expect_error(memory(4, 1e9), class = "feedforward_resource_error")
  expect_match(conditionMessage(error), "fewer units")
  error <- expect_error(memory(4, 5, rows = 1e10), class = "feedforward_resource_error")
  expect_match(conditionMessage(error), "fewer rows")
})

test_that("row 36: many inputs warn, and unknown memory refuses nothing", {
  expect_warning(memory(1e5 + 2, 10, c(id = 1e5)), "`id` with 100,000 levels",
    class = "feedforward_size_warning"
  )
  expect_warning(memory(1000, 10), NA)
  expect_gt(memory(4, 1e9, available = NA), 2^33)
})

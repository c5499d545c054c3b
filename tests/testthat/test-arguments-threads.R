test_that("threads are positive whole numbers, or clamped", {
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
    "_R_CHECK_LIMIT_CORES_" = "", RCPP_PARALLEL_NUM_THREADS = "", OMP_THREAD_LIMIT = "",
    OMP_NUM_THREADS = ""
  )
  withr::local_options(feedforward.threads = NULL)
  cores <- max(1L, RcppParallel::defaultNumThreads())
  expect_identical(resolve_threads(), cores)
  for (junk in c("many", "-1", "0", "1.5", "1e9x", "99999999999")) {
    withr::with_envvar(
      c(
        RCPP_PARALLEL_NUM_THREADS = junk, OMP_THREAD_LIMIT = junk, OMP_NUM_THREADS = junk
      ),
      expect_identical(resolve_threads(), cores)
    )
  }
  for (limit in c("1", "1,2", " 1 ")) {
    withr::with_envvar(c(OMP_NUM_THREADS = limit), {
      expect_identical(resolve_threads(), 1L)
    })
  }
  withr::local_envvar(OMP_THREAD_LIMIT = "1", OMP_NUM_THREADS = "2")
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

test_that("a forked child takes one thread unless told", {
  skip_on_os("windows")
  skip_if_not_installed("withr")
  withr::local_envvar("_R_CHECK_LIMIT_CORES_" = "", RCPP_PARALLEL_NUM_THREADS = "2")
  in_child <- function(f) parallel::mccollect(parallel::mcparallel(f()))[[1]]
  expect_identical(in_child(function() resolve_threads()), 1L)
  expect_identical(in_child(function() resolve_threads(3)), 3L)
  withr::local_options(feedforward.threads = 2)
  expect_identical(in_child(function() resolve_threads()), 2L)
  # It learns and predicts what its parent does.
  model <- quick_fit(Species ~ ., iris)
  child <- in_child(function() {
    model <- quick_fit(Species ~ ., iris)
    model$predicted <- predict(model, iris)
    model
  })
  same_network(model, child)
  expect_identical(child$predicted, predict(model, iris))
})

test_that("at most two threads under R CMD check", {
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

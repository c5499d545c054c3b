test_that("no two models of a session have one name, and R's generator is not asked", {
  time <- Sys.time()
  before <- if (exists(".Random.seed", globalenv())) get(".Random.seed", globalenv())
  ids <- c(new_model_id(time), new_model_id(time), new_model_id(time + 1))
  expect_identical(anyDuplicated(ids), 0L)
  expect_match(ids, "^DeepLearning_model_R_[0-9]{13}_[0-9]+$")
  after <- if (exists(".Random.seed", globalenv())) get(".Random.seed", globalenv())
  expect_identical(after, before)
})

test_that("kernels and threads are options of the session", {
  withr::local_options(feedforward.kernels = NULL, feedforward.threads = NULL)
  expect_identical(kernel_option(), "auto")
  expect_null(thread_option())
  withr::local_options(feedforward.kernels = "avx2", feedforward.threads = 3)
  expect_identical(kernel_option(), "avx2")
  expect_identical(thread_option(), 3)
})

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

test_that("an option that names no kernels is an error with the choices", {
  skip_if_not_installed("withr")
  model <- quick_fit(mpg ~ wt, mtcars)
  for (bad in list("foo", "AUTO", 3, c("auto", "baseline"), NA)) {
    withr::local_options(feedforward.kernels = bad)
    argument_error(quick_fit(mpg ~ wt, mtcars), "feedforward.kernels.*\"baseline\"")
    argument_error(predict(model, mtcars), "feedforward.kernels")
  }
})

test_that("R's generator is as it was, and a session without one gets none", {
  set.seed(1)
  before <- .Random.seed
  expect_length(keep_seed(runif(1)), 1)
  expect_identical(.Random.seed, before)
  rm(".Random.seed", envir = globalenv())
  keep_seed(runif(1))
  quick_fit(class ~ a + group, two_classes())
  model <- quick_fit(mpg ~ log(wt), mtcars, validation_frame = mtcars)
  predict(model, mtcars)
  performance(model, mtcars)
  expect_false(exists(".Random.seed", globalenv(), inherits = FALSE))
  set.seed(1)
})

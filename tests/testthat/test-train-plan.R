test_that("a plan is made of data and arguments alone", {
  plan <- new_plan(fake_prepared(epochs = 5.5, validation = TRUE))
  expect_identical(plan, new_plan(fake_prepared(epochs = 5.5, validation = TRUE)))
  expect_identical(plan$total, 110)
  # train_samples_per_iteration = 0: an epoch.
  expect_identical(plan$quota, 20)
  expect_identical(plan$metric, "deviance")
  expect_identical(plan$rule$total, 110)
  # Four inputs, two of them at work: three passes a training row, and one a scored row
  # beside its metrics.
  expect_identical(plan$rule$row_cost, 3 * 2)
  expect_identical(plan$rule$scoring_cost, 40 * (2 + 10000) + 1e7)
  expect_null(new_plan(fake_prepared())$validation)
})

test_that("scored rows are chosen once, and carry what a scoring needs", {
  prepared <- fake_prepared(score_training_samples = 6)
  prepared$training$actual <- 1:20 / 2
  prepared$training$weights <- 20:1
  sample <- new_plan(prepared)$training$sample
  expect_length(sample$index, 6)
  expect_identical(sample$n, 6L)
  expect_identical(sample$actual, sample$index / 2)
  expect_identical(sample$weights, 21L - sample$index)
  expect_null(sample$offset)
  all <- new_plan(fake_prepared())$training$sample
  expect_null(all$index)
  expect_identical(all$n, 20)
})

test_that("validation rows of classes are drawn by class when asked", {
  prepared <- fake_prepared(validation = TRUE, score_validation_samples = 10)
  prepared$task <- tasks$binomial
  prepared$validation$actual <- rep(c(0L, 1L), c(18, 2))
  stratified <- function(how) {
    prepared$arguments$score_validation_sampling <- how
    tabulate(new_plan(prepared)$validation$sample$actual + 1L, 2)
  }
  expect_identical(stratified("Stratified"), c(9L, 1L))
  expect_identical(sum(stratified("Uniform")), 10L)
})

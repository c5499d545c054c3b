test_that("what is not training counts in the duration and not in the speed", {
  now <- 100
  local_replaced(elapsed = function() now)
  clock <- new_clock()
  now <- 103
  begin_training(clock)
  expect_identical(training_seconds(clock), 0)
  expect_identical(since_scoring(clock), Inf)
  now <- 105
  expect_identical(c(clock_seconds(clock), training_seconds(clock)), c(5, 2))
  begin_scoring(clock)
  now <- 109
  end_scoring(clock)
  expect_identical(clock$scoring_took, 4)
  # From its beginning on, as H2O counts.
  expect_identical(since_scoring(clock), 4)
  now <- 110
  expect_identical(c(clock_seconds(clock), training_seconds(clock)), c(10, 3))
})

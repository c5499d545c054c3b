test_that("the sample of training rows is the same each time, and as large as asked", {
  data <- two_classes()
  model <- deeplearning(
    class ~ a + b, data,
    hidden = 3, epochs = 1, seed = 1, score_training_samples = 100
  )
  expect_equal(model$training_metrics$nobs, 100)
  index <- choose_scored_rows(1200, 100, c(1, 0), "training")
  expect_length(unique(index), 100)
  expect_true(all(index >= 1 & index <= 1200) && !is.unsorted(index))
  expect_false(identical(index, choose_scored_rows(1200, 100, c(2, 0), "training")))
  expect_false(identical(index, choose_scored_rows(1200, 100, c(1, 0), "validation")))
  classes <- rep(0:1, c(1140, 60))
  index <- choose_scored_rows(1200, 100, c(1, 0), "validation", classes)
  expect_equal(tabulate(classes[index] + 1), c(95, 5))
})

test_that("shares of classes add up, follow the counts and leave no class out", {
  expect_equal(group_shares(c(50, 50), 10), c(5, 5))
  expect_equal(group_shares(c(70, 20, 10), 10), c(7, 2, 1))
  expect_equal(group_shares(c(997, 2, 1), 10), c(8, 1, 1))
  expect_equal(group_shares(c(5, 0, 5), 3), c(2, 0, 1))
  # More classes than places: no class is robbed of its only one.
  expect_equal(sum(group_shares(rep(1, 10), 3)), 3)
  expect_true(all(group_shares(c(3, 2, 1), 5) <= c(3, 2, 1)))
})

test_that("all rows are scored when the sample is as large as the data", {
  expect_null(choose_scored_rows(10, 0, c(1, 0), "training"))
  expect_null(choose_scored_rows(10, 10, c(1, 0), "training"))
  expect_null(choose_scored_rows(10, 11, c(1, 0), "training"))
})

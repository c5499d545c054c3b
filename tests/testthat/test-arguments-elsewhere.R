test_that("what is meant exists, and no key is an argument of ours", {
  known <- names(training_arguments)
  expect_true(all(names_elsewhere %in% c(known, "data")))
  keys <- c(names(names_elsewhere), names(ways_elsewhere))
  expect_false(any(duplicated(keys)))
  expect_false(any(keys %in% vapply(known, key_elsewhere, "")))
  expect_identical(unname(vapply(keys, key_elsewhere, "")), keys)
})

test_that("habits from elsewhere get a hint", {
  hints <- c(
    lr = "rate", learning_rate = "rate", learning.rate = "rate", size = "hidden",
    maxit = "epochs", decay = "l2", dropout = "hidden_dropout_ratios",
    batchSize = "mini_batch_size", momentum = "momentum_start", nthread = "threads",
    weights = "weights_column", offset = "offset_column",
    na.action = "missing_values_handling"
  )
  for (name in names(hints)) {
    argument_error(
      eval(as.call(c(
        quote(deeplearning), quote(mpg ~ wt), quote(mtcars), stats::setNames(1, name)
      ))),
      paste0("`", name, "`.*`", hints[[name]])
    )
  }
  argument_error(deeplearning(mpg ~ wt, mtcars, subset = cyl > 4), "beforehand")
  argument_error(quick_fit(mpg ~ wt, mtcars, activation = "relu"), "\"Rectifier\"\\?")
  argument_error(quick_fit(mpg ~ wt, mtcars, loss = "mse"), "\"Quadratic\"\\?")
  model <- quick_fit(Species ~ ., iris)
  argument_error(predict(model, iris, type = "probs"), "\"prob\"\\?")
  argument_error(predict(model, iris, type = "raw"), "\"response\"\\?")
  argument_error(predict(model, iris, type = "class "), "\"class\"\\?")
  argument_error(predict(model, data = iris), "Did you mean `newdata`")
})

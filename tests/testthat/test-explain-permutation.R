# What is lost when a predictor's values go to other rows.

test_that("importance is the metric's loss, by hand", {
  rows <- two_classes(300)
  model <- quick_fit(number ~ a + b + group, rows)
  found <- permutation_importance(model, rows, metric = "MSE", seed = 4, rows = 0)
  expect_setequal(found$variable, c("a", "b", "group"))
  expect_false(is.unsorted(-found$relative_importance))
  expect_equal(attr(found, "baseline"), performance(model, rows)$MSE)
  expect_equal(sum(found$percentage), 1)
  key <- permutation_key - 1
  order <- row_order(seed_words(4), key, 300) + 1
  mixed <- rows
  mixed$a <- mixed$a[order]
  expect_equal(
    found$relative_importance[found$variable == "a"],
    performance(model, mixed)$MSE - performance(model, rows)$MSE
  )
})

test_that("what the model does not use loses nothing; higher is better turns the sign", {
  rows <- two_classes(400)
  rows$idle <- rev(rows$a)
  model <- few_steps(class ~ a + b + idle, rows, hidden = 5, epochs = 20, seed = 1)
  model$weights[[1]][, "idle"] <- 0
  for (metric in c("AUTO", "AUC", "misclassification")) {
    found <- permutation_importance(model, rows, metric = metric, seed = 1, repeats = 4)
    lost <- stats::setNames(found$relative_importance, found$variable)
    expect_identical(lost[["idle"]], 0)
    expect_gt(min(lost[c("a", "b")]), 0.02)
    expect_true(all(found$sd[found$variable != "idle"] > 0))
  }
  expect_identical(
    permutation_importance(model, rows, seed = 9),
    permutation_importance(model, rows, seed = 9, threads = 2)
  )
  set.seed(3)
  first <- permutation_importance(model, rows)
  set.seed(3)
  expect_identical(permutation_importance(model, rows), first)
  few <- permutation_importance(model, rows, seed = 1, rows = 50, features = "b")
  expect_identical(few$variable, "b")
})

test_that("matrices, formulas and responses beside the data work", {
  x <- as.matrix(two_classes(200)[c("a", "b")])
  y <- two_classes(200)$class
  model <- quick_fit(x, y)
  expect_identical(nrow(permutation_importance(model, x, y, seed = 1)), 2L)
  unnamed <- quick_fit(unname(x), y)
  expect_setequal(permutation_importance(unnamed, unname(x), y)$variable, c("V1", "V2"))
  computed <- quick_fit(number ~ sin(a) + b, two_classes(200))
  expect_setequal(
    permutation_importance(computed, two_classes(200), seed = 1)$variable, c("a", "b")
  )
})

test_that("what cannot be is told, and it plots", {
  rows <- two_classes(100)
  model <- quick_fit(class ~ a + b, rows)
  argument_error(permutation_importance(model, rows, metric = "R2"), "`metric`")
  argument_error(permutation_importance(model, rows, repeats = 0), "`repeats`")
  argument_error(permutation_importance(model, rows, features = "z"), "`features`")
  argument_error(permutation_importance(3, rows), "must be a model")
  expect_error(
    permutation_importance(model, rows[1:2]), "response", class = "feedforward_error"
  )
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_identical(nrow(plot(permutation_importance(model, rows), most = 1)), 1L)
})

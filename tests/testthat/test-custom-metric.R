# A metric of the user's own.

absolute <- function(actual, predicted, weights) {
  stats::weighted.mean(abs((actual == "yes") - predicted), weights)
}

custom_fit <- function(..., rows = two_classes(300)) {
  few_steps(class ~ a + b, rows, hidden = 4, epochs = 6, seed = 2, ...)
}

test_that("it stands in metrics, history and print, and is what the function says", {
  rows <- two_classes(300)
  model <- custom_fit(custom_metric_func = absolute, validation_frame = rows[1:99, ])
  p <- predict(model, rows)
  expect_equal(
    model$training_metrics$custom, mean(abs((rows$class == "yes") - p)),
    tolerance = 1e-6
  )
  history <- model$scoring_history
  expect_true(all(c("training_custom", "validation_custom") %in% names(history)))
  expect_match(capture.output(print(model)), "^Custom: ", all = FALSE)
  same_network(model, custom_fit(validation_frame = rows[1:99, ]))
  expect_null(model$arguments$custom_metric_func)
  expect_null(performance(model, rows)$custom)
  expect_equal(
    performance(model, rows, custom_metric_func = absolute)$custom,
    model$training_metrics$custom
  )
  largest <- function(actual, predicted, weights) max(abs(actual - predicted))
  numbers <- few_steps(number ~ a, rows,
    hidden = 3, epochs = 1, seed = 1, custom_metric_func = largest)
  expect_equal(
    numbers$training_metrics$custom, max(abs(rows$number - predict(numbers, rows))),
    tolerance = 1e-6
  )
})

test_that("it chooses the best model and stops, whichever way is better", {
  rows <- two_classes(300)
  for (name in c("custom", "custom_increasing")) {
    model <- custom_fit(
      custom_metric_func = absolute, stopping_metric = name, adaptive_rate = FALSE,
      rate = 0.3, validation_frame = rows[1:99, ], stopping_rounds = 0
    )
    history <- model$scoring_history[[paste0("validation_", name)]][-1]
    best <- if (name == "custom") min(history) else max(history)
    expect_equal(model$validation_metrics[[name]], best)
  }
  # A metric that never moves.
  still <- custom_fit(
    custom_metric_func = function(actual, predicted, weights) 1,
    stopping_metric = "custom", stopping_rounds = 2
  )
  expect_identical(still$stopped_by, "stopping_metric")
  folds <- custom_fit(custom_metric_func = absolute, nfolds = 2)
  expect_true(is.finite(folds$cross_validation$metrics$custom))
})

test_that("a function that is none, or fails, is told", {
  argument_error(custom_fit(custom_metric_func = "mean"), "NULL or a function")
  argument_error(custom_fit(stopping_metric = "custom"), "needs `custom_metric_func`")
  argument_error(
    custom_fit(custom_metric_func = function(actual, predicted, weights) stop("no luck")),
    "stopped: no luck"
  )
  argument_error(
    custom_fit(custom_metric_func = function(actual, predicted, weights) 1:2),
    "must return one number"
  )
})

d <- small_frame

test_that("a validation frame needs rows and the columns that are not predictors", {
  good <- d[4:6, ]
  resolved <- resolve(weights_column = "w", offset_column = "o", validation = good)
  expect_identical(resolved$validation$y, good$y)
  expect_identical(resolved$validation$offset, good$o)
  expect_null(resolved$validation$weights)
  expect_identical(resolved$validation$frame, good)
  expect_null(resolve()$validation)
  input_error(resolve(validation = d[0, ]), "`validation_frame` must have more than 0")
  input_error(resolve(validation = "v"), "`validation_frame` must be a data frame")
  input_error(resolve(validation = d["a"]), "`validation_frame` lacks `y`")
  input_error(resolve(validation = d[1:3], weights_column = "w"), "lacks `w`")
  input_error(
    resolve(validation = transform(d, o = NA_real_), offset_column = "o"), "`o`"
  )
  input_error(resolve(validation = transform(d, y = Inf)), "validation_frame.*infinite")
  input_error(resolve(validation = transform(d, y = "t")), "must be numeric")
  input_error(resolve(validation = transform(d, y = NA_real_)), "no row has a response")
  input_error(resolve(y = "k", validation = transform(d, k = "z")), "no class in common")
  some <- resolve(validation = transform(d, y = replace(y, 2, NA)))$validation
  expect_identical(some$scores, c(1L, 3:6))
  # One class, another order of levels, text: all fine.
  others <- list(
    rep("q", 6), factor(d$k, levels = c("q", "p")), c("p", "new", NA, "q", "q", "p")
  )
  for (k in others) {
    expect_error(resolve(y = "k", validation = replace(d, "k", list(k))), NA)
  }
})

test_that("the stand-in name of a response given as a vector is no column's", {
  grid <- data.frame(x = sin(1:40), y = 50 * cos(1:40), w = rep_len(1:2, 40))
  truth <- grid$x + grid$y / 100
  model <- quick_fit(
    grid, truth,
    weights_column = "w", validation_frame = list(x = grid[1:9, ], y = truth[1:9])
  )
  p <- predict(model, grid)
  expect_equal(
    performance(model, valid = TRUE)$MSE,
    weighted.mean((p - truth)[1:9]^2, grid$w[1:9])
  )
  expect_equal(
    performance(model, grid, y = truth)$MSE, weighted.mean((p - truth)^2, grid$w)
  )
  argument_error(performance(model, grid), "`y` is missing.*trained from `x` and `y`")
  for (frame in list(grid, cbind(grid, truth), list(x = grid), list(grid, truth))) {
    argument_error(
      quick_fit(grid, truth, validation_frame = frame), "list\\(x = , y = \\)"
    )
  }
  # Weights in a column of that name are weights.
  names(grid) <- c("x", "z", "y")
  weighted <- quick_fit(
    grid, truth,
    weights_column = "y", validation_frame = list(x = grid, y = truth)
  )
  expect_equal(performance(weighted, valid = TRUE)$MSE, performance(weighted)$MSE)
  input_error(
    quick_fit(grid, truth, weights_column = "y",
      validation_frame = list(x = grid["x"], y = truth)),
    "`validation_frame` lacks `y`"
  )
  # A name in a frame is a name.
  frame <- cbind(grid["x"], y = truth)
  named <- quick_fit(frame, "y")
  expect_equal(performance(named, frame)$MSE, performance(named)$MSE)
})

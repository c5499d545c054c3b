# Training rows held out for validation.

test_that("the rows held out are those of a validation frame that the others never see", {
  data <- two_classes()
  held <- hold_out(list(
    arguments = list(validation_share = .25, seed = 4), rows = nrow(data),
    columns = data[c("a", "b", "group")], y = data$class, response = "class"
  ))
  at <- held$validation$only
  expect_identical(sort(c(at, held$trains)), seq_len(nrow(data)))
  expect_equal(
    as.vector(table(data$class[at])), round(.25 * as.vector(table(data$class))),
    tolerance = 1 / min(table(data$class[at]))
  )
  fit <- function(rows, ...) {
    suppressWarnings(deeplearning(class ~ a + b + group, rows,
      hidden = 5, epochs = 5, seed = 4, ...
    ))
  }
  model <- fit(data, validation_share = .25)
  same_network(model, fit(data[held$trains, ], validation_frame = data[at, ]))
  expect_identical(model$training_rows, length(held$trains))
  expect_equal(
    performance(model, data[at, ])$logloss, model$validation_metrics$logloss,
    tolerance = 1e-12
  )
  # Whoever goes on has the same rows held out, whatever the seed is now.
  more <- suppressWarnings(deeplearning(class ~ a + b + group, data,
    checkpoint = model, epochs = 8, seed = 99
  ))
  expect_equal(
    performance(more, data[at, ])$logloss, more$validation_metrics$logloss,
    tolerance = 1e-12
  )
})

test_that("numbers are held out at random, rare classes not, and a number is a share", {
  model <- suppressWarnings(
    deeplearning(mpg ~ ., mtcars, hidden = 3, epochs = 2, seed = 1, validation_share = .2)
  )
  expect_identical(model$training_rows, 26L)
  data <- two_classes()
  data$class <- factor(replace(as.character(data$class), 7, "rare"))
  held <- hold_out(list(
    arguments = list(validation_share = .9, seed = 1), rows = nrow(data),
    columns = data["a"], y = data$class, response = "class"
  ))
  expect_true(7 %in% held$trains)
  for (bad in list(-1, 1, NA, "x")) {
    expect_error(
      deeplearning(mpg ~ ., mtcars, validation_share = bad), "`validation_share`",
      class = "feedforward_argument_error"
    )
  }
  few <- function(...) deeplearning(mpg ~ ., mtcars, hidden = 2, epochs = 1, ...)
  expect_error(few(validation_share = .001), "leaves none to judge by")
  expect_error(few(validation_share = .2, nfolds = 2), "nothing else judges")
  expect_error(few(validation_share = .2, validation_frame = mtcars), "nothing else")
  expect_error(few(validation_share = .2, shards = 2), "in one place")
  expect_error(
    deeplearning(mtcars, autoencoder = TRUE, validation_share = .2), "autoencoders"
  )
})

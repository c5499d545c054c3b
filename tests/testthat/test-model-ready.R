test_that("a network that is ready serves itself alone", {
  data <- fake_data()
  model <- fake_model("multinomial")
  # Plain R knows nothing of networks that are ready.
  expect_own <- function(model, rows = 1:5) {
    expect_equal(
      unname(predict(model, data[rows, ], type = "link")), fake_link(model, data[rows, ]),
      tolerance = 1e-5
    )
  }
  before <- predict(model, data)
  expect_own(model, 1)
  expect_true(is_ready(model))

  kept <- model
  model$weights[[1]][2, 4] <- 7
  expect_own(model, 1)
  changed <- predict(model, data)
  expect_false(isTRUE(all.equal(changed, before)))
  # In place, as far as R lets it: weights that nobody else seems to refer to.
  for (value in c(-3, 5)) {
    model$weights[[2]][1, 1] <- value
    expect_own(model, 1)
    model$biases[[3]][[2]] <- value
    expect_own(model)
  }
  taken <- model$weights
  rm(model)
  taken[[3]][] <- 0.25
  model <- kept
  model$weights <- taken
  expect_own(model)
  inside <- function(model) {
    predict(model, data)
    model$weights[[1]][] <- 0
    predict(model, data)
  }
  expect_false(isTRUE(all.equal(inside(kept), before)))
  expect_identical(predict(kept, data), before)

  # Two in turn, one of another shape.
  other <- fake_model("multinomial", hidden = 5, activation = "Maxout")
  for (i in 1:3) {
    expect_own(other, i)
    expect_own(kept, i)
    expect_own(model, i)
  }
  expect_identical(predict(kept, data), before)
})

test_that("a model that was stored predicts the same, and holds no more than before", {
  data <- fake_data()
  model <- fake_model("binomial")
  bytes <- serialize(model, NULL)
  before <- predict(model, data)
  expect_identical(serialize(model, NULL), bytes)
  file <- withr::local_tempfile()
  saveRDS(model, file)
  predict(fake_model("regression"), data)
  again <- readRDS(file)
  expect_identical(predict(again, data), before)
  # Equal weights elsewhere are as good.
  expect_true(is_ready(model))
  expect_identical(predict(model, data), before)
})

test_that("being ready hides no damage", {
  data <- fake_data()
  model <- fake_model("binomial")
  before <- predict(model, data)
  damaged <- list(
    "not finite" = function(model) {
      model$biases[[1]][[1]] <- Inf
      model
    },
    "layer 2 are 2 x 2" = function(model) {
      model$weights[[2]] <- model$weights[[2]][, -1]
      model
    },
    "encoding\\$input_names" = function(model) {
      model$encoding$input_names <- c(model$encoding$input_names, "more")
      model
    },
    "lacks its biases" = function(model) {
      model$biases <- NULL
      model
    }
  )
  for (text in names(damaged)) {
    expect_error(predict(damaged[[text]](model), data), text, class = "feedforward_error")
    expect_identical(predict(model, data), before)
  }
  withr::with_options(list(feedforward.kernels = "none such"), {
    expect_error(predict(model, data), "none such")
    expect_error(predict(model, data), "none such")
  })
  expect_identical(predict(model, data), before)
  # The same network behind other inputs: two numbers more in place of the factor.
  numbers <- model
  numbers$encoding <- learn_encoding(
    list(a = 1:4, b = c(2, 1, 4, 3), c = c(1, 1, 2, 3), d = 4:1),
    list(use_all_factor_levels = TRUE, standardize = FALSE)
  )
  rows <- data.frame(a = 1, b = 0, c = 0, d = 0.5)
  coded <- data.frame(size = 2.25, group = factor("b", levels = c("b", "a")))
  expect_equal(predict(numbers, rows), predict(model, coded))
})

test_that("large networks are not kept", {
  data <- fake_data()
  model <- fake_model("regression")
  rows <- encode_rows(model$encoding, new_columns(model$encoding, data), 5)
  predict(fake_model("binomial"), data)
  most <- count_parameters(model$network)
  large <- model_outputs(model, rows, 1L, most = most - 1)
  expect_false(is_ready(model))
  expect_true(is_ready(fake_model("binomial")))
  expect_identical(model_outputs(model, rows, 1L, most = most), large)
  expect_true(is_ready(model))
})

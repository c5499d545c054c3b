# ---- The doors ------------------------------------------------------------------

test_that("every way to name the columns trains the same network", {
  model <- quick_fit(y = "Species", training_frame = iris)
  expect_s3_class(model, c("deeplearning_multinomial", "deeplearning"), exact = TRUE)
  same_network(model, quick_fit(names(iris)[4:1], "Species", iris))
  same_network(model, quick_fit(1:4, 5, iris))
  same_network(model, quick_fit(Species ~ ., iris))
  same_network(model, quick_fit(formula = Species ~ ., data = iris))
  same_network(model, quick_fit(iris, "Species"))
  same_network(model, quick_fit(iris[1:4], iris$Species))
  same_network(model, quick_fit(as.matrix(iris[1:4]), y = iris$Species))
  same_network(model, quick_fit(x = iris[1:4], y = as.character(iris$Species)))
  expect_equal(model$call[[1]], quote(deeplearning))
})

test_that("a sparse matrix trains what the dense one trains, within rounding", {
  x <- as.matrix(mtcars[c("cyl", "vs", "am", "gear")])
  dense <- quick_fit(x, mtcars$mpg)
  sparse <- methods::as(Matrix::Matrix(x, sparse = TRUE), "CsparseMatrix")
  sparse <- quick_fit(sparse, mtcars$mpg)
  for (layer in 1:2) {
    expect_equal(sparse$weights[[layer]], dense$weights[[layer]], tolerance = 1e-4)
  }
})

test_that("tibbles and data.tables train the same bits and stay untouched", {
  model <- quick_fit(Species ~ ., iris)
  skip_if_not_installed("tibble")
  same_network(model, quick_fit(Species ~ ., tibble::as_tibble(iris)))
  skip_if_not_installed("data.table")
  data <- data.table::as.data.table(iris)
  before <- data.table::copy(data)
  same_network(model, quick_fit(Species ~ ., data))
  expect_identical(data, before)
})

test_that("columns made by a formula are made again for new data", {
  model <- quick_fit(factor(am) ~ log(hp) + wt, mtcars)
  by_hand <- data.frame(hp = log(mtcars$hp), wt = mtcars$wt, am = factor(mtcars$am))
  # Predictors stand in the order of the frame, made ones after it.
  names(by_hand)[1] <- "log(hp)"
  by_hand <- by_hand[c("wt", "log(hp)", "am")]
  same_network(model, quick_fit(am ~ ., by_hand))
  newdata <- mtcars[1:3, c("hp", "wt")]
  expect_equal(
    predict(model, newdata),
    predict(quick_fit(am ~ ., by_hand), by_hand[1:3, ])
  )
  expect_equal(performance(model, mtcars)$logloss, model$training_metrics$logloss)
})

test_that("a misspelt argument is named, with the one that was meant", {
  for (call in list(
    quote(deeplearning(Species ~ ., iris, hiden = 3)),
    quote(deeplearning(y = "Species", training_frame = iris, hiden = 3)),
    quote(deeplearning(iris[1:4], iris$Species, hiden = 3))
  )) {
    expect_error(eval(call), "`hiden`.*`hidden`", class = "feedforward_argument_error")
  }
})

test_that("names are judged as they were written, before values are", {
  refuses <- function(call, message, class = "feedforward_argument_error") {
    expect_error(call, message, class = class)
  }
  # R itself would take the beginning of a name for the name.
  refuses(quick_fit(mpg ~ wt, mtcars, hid = 3), "`hid`. Did you mean `hidden`")
  refuses(quick_fit(mpg ~ wt, mtcars, epoch = 3), "`epoch`. Did you mean `epochs`")
  refuses(deeplearning("wt", "mpg", mtcars, act = "Tanh"), "`act`.*`activation`")
  refuses(deeplearning(x = "wt", y = "mpg", train = mtcars), "`train`.*`training_frame`")
  refuses(deeplearning(mpg ~ wt, mtcars, hiden = no_such_thing), "`hidden`")
  refuses(deeplearning(mpg ~ wt, mtcars, hidden = 2, hidden = 3), "more than once")
  refuses(deeplearning("wt", "mpg", mtcars, l1 = 0, l1 = 1), "more than once")
  error <- expect_error(deeplearning(mpg ~ wt, mtcars, hiden = 3, epochs = -1))
  expect_length(error$problems, 2)
  # What is left empty was not given.
  same_network(
    few_steps(mpg ~ wt, mtcars, hidden = 4, epochs = 3, seed = 1, activation = ),
    quick_fit(mpg ~ wt, mtcars)
  )
})

test_that("arguments of other ways to call are told what they are for", {
  refuses <- function(call, message, class = "feedforward_argument_error") {
    expect_error(call, message, class = class)
  }
  refuses(deeplearning("wt", "mpg", data = mtcars), "`data` goes with a formula")
  refuses(deeplearning(mtcars, "mpg", data = mtcars), "`data` goes with a formula")
  refuses(deeplearning(mtcars, mpg ~ wt), "formula = ...")
  refuses(deeplearning(as.matrix(mtcars), mpg ~ wt), "formula = ...")
  refuses(deeplearning(formula = , mtcars), "`formula` is empty")
  refuses(deeplearning(formula = "mpg ~ wt", data = mtcars), "must be a formula")
  refuses(
    deeplearning(mtcars$wt, mtcars$mpg), "`training_frame` is missing.*`x`",
    "feedforward_input_error"
  )
  # As with lm(), the data come through the pipe where the formula has its name.
  same_network(quick_fit(mtcars, formula = mpg ~ wt), quick_fit(mpg ~ wt, mtcars))
})

test_that("calls without data, or with too many, are errors", {
  refuses <- function(call, message, class = "feedforward_argument_error") {
    expect_error(call, message, class = class)
  }
  refuses(deeplearning(), "training_frame", "feedforward_input_error")
  refuses(deeplearning(Species ~ .), "`data` is missing")
  refuses(deeplearning(Species ~ ., iris, y = "Species"), "`y` has no place")
  refuses(deeplearning(Species ~ ., as.matrix(iris[1:4])), "must be a data frame")
  refuses(deeplearning(iris[1:4]), "`y` is missing")
  refuses(deeplearning(iris, "Species", training_frame = iris), "no place")
  refuses(deeplearning(mpg ~ . + offset(wt), mtcars, offset_column = "hp"), "not both")
})

test_that("data inlined by do.call() do not travel with the model", {
  model <- do.call(quick_fit, list(iris[1:4], iris$Species))
  expect_lt(object.size(model$call), 5000)
  expect_lt(length(serialize(model, NULL)), 3e5)
})

# ---- Repeating ------------------------------------------------------------------

test_that("a seed leaves R's generator alone, and -1 draws one number from it", {
  set.seed(1)
  before <- .Random.seed
  quick_fit(Species ~ ., iris)
  expect_identical(.Random.seed, before)
  one <- few_steps(Species ~ ., iris, hidden = 4, epochs = 1)
  expect_false(identical(.Random.seed, before))
  set.seed(1)
  two <- few_steps(Species ~ ., iris, hidden = 4, epochs = 1)
  same_network(one, two)
  other <- few_steps(Species ~ ., iris, hidden = 4, epochs = 1)
  expect_false(identical(one$weights, other$weights))
})

test_that("options and the session stay as they were", {
  before <- options()
  quick_fit(Species ~ ., iris)
  expect_identical(options(), before)
})

test_that("threads change no bit, with several replicas", {
  data <- two_classes()
  train <- function(threads) {
    deeplearning(
      class ~ a + b + group, data,
      hidden = 8, epochs = 2, seed = 1, replicas = 4, averaging_interval = 20,
      threads = threads
    )
  }
  one <- train(1)
  two <- train(2)
  same_network(one, two)
  expect_identical(one$training_metrics$logloss, two$training_metrics$logloss)
})

test_that("weights depend neither on iterations nor on scoring", {
  data <- two_classes()
  train <- function(...) {
    deeplearning(
      class ~ a + b + group, data,
      hidden = 8, epochs = 2.3, seed = 1, replicas = 3, averaging_interval = 20,
      stopping_rounds = 0, classification_stop = -1, overwrite_with_best_model = FALSE,
      ...
    )
  }
  model <- train()
  expect_equal(model$samples, 2760)
  same_network(model, train(train_samples_per_iteration = 1))
  same_network(model, train(train_samples_per_iteration = 77))
  same_network(model, train(train_samples_per_iteration = 0, score_duty_cycle = 0))
  same_network(model, train(score_each_iteration = TRUE, score_training_samples = 50))
  same_network(model, train(validation_frame = data[1:100, ]))
})

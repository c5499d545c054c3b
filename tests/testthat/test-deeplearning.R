fit <- function(...) {
  deeplearning(..., hidden = 4, epochs = 3, seed = 1)
}

same_network <- function(a, b) {
  expect_identical(lapply(a$weights, unname), lapply(b$weights, unname))
  expect_identical(lapply(a$biases, unname), lapply(b$biases, unname))
}

# 1200 rows of two classes that a line nearly parts, with a factor and an idle column.
two_classes <- function(n = 1200) {
  i <- seq_len(n)
  data <- data.frame(
    a = sin(i), b = cos(1.7 * i), group = factor(c("u", "v", "w"))[i %% 3 + 1]
  )
  score <- data$a + data$b + 0.3 * (data$group == "v") + 0.2 * sin(31 * i)
  data$class <- factor(ifelse(score > 0, "yes", "no"))
  data$number <- score
  data
}

# ---- The doors ------------------------------------------------------------------

test_that("every way to name the columns trains the same network", {
  model <- fit(y = "Species", training_frame = iris)
  expect_s3_class(model, c("deeplearning_multinomial", "deeplearning"), exact = TRUE)
  same_network(model, fit(names(iris)[4:1], "Species", iris))
  same_network(model, fit(1:4, 5, iris))
  same_network(model, fit(Species ~ ., iris))
  same_network(model, fit(formula = Species ~ ., data = iris))
  same_network(model, fit(iris, "Species"))
  same_network(model, fit(iris[1:4], iris$Species))
  same_network(model, fit(as.matrix(iris[1:4]), y = iris$Species))
  same_network(model, fit(x = iris[1:4], y = as.character(iris$Species)))
  expect_equal(model$call[[1]], quote(deeplearning))
})

test_that("a sparse matrix trains what the dense one trains, within rounding", {
  x <- as.matrix(mtcars[c("cyl", "vs", "am", "gear")])
  dense <- fit(x, mtcars$mpg)
  sparse <- methods::as(Matrix::Matrix(x, sparse = TRUE), "CsparseMatrix")
  sparse <- fit(sparse, mtcars$mpg)
  for (layer in 1:2) {
    expect_equal(sparse$weights[[layer]], dense$weights[[layer]], tolerance = 1e-4)
  }
})

test_that("tibbles and data.tables train the same bits and stay untouched", {
  model <- fit(Species ~ ., iris)
  skip_if_not_installed("tibble")
  same_network(model, fit(Species ~ ., tibble::as_tibble(iris)))
  skip_if_not_installed("data.table")
  data <- data.table::as.data.table(iris)
  before <- data.table::copy(data)
  same_network(model, fit(Species ~ ., data))
  expect_identical(data, before)
})

test_that("columns made by a formula are made again for new data", {
  model <- fit(factor(am) ~ log(hp) + wt, mtcars)
  by_hand <- data.frame(hp = log(mtcars$hp), wt = mtcars$wt, am = factor(mtcars$am))
  # Predictors stand in the order of the frame, made ones after it.
  names(by_hand)[1] <- "log(hp)"
  by_hand <- by_hand[c("wt", "log(hp)", "am")]
  same_network(model, fit(am ~ ., by_hand))
  newdata <- mtcars[1:3, c("hp", "wt")]
  expect_equal(
    predict(model, newdata),
    predict(fit(am ~ ., by_hand), by_hand[1:3, ])
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
  refuses(
    deeplearning(Matrix::Diagonal(3), 1:3), "CsparseMatrix", "feedforward_input_error"
  )
  refuses(deeplearning(mpg ~ . + offset(wt), mtcars, offset_column = "hp"), "not both")
})

test_that("data inlined by do.call() do not travel with the model", {
  model <- do.call(fit, list(iris[1:4], iris$Species))
  expect_lt(object.size(model$call), 5000)
  expect_lt(length(serialize(model, NULL)), 3e5)
})

# ---- Repeating ------------------------------------------------------------------

test_that("a seed leaves R's generator alone, and -1 draws one number from it", {
  set.seed(1)
  before <- .Random.seed
  fit(Species ~ ., iris)
  expect_identical(.Random.seed, before)
  one <- deeplearning(Species ~ ., iris, hidden = 4, epochs = 1)
  expect_false(identical(.Random.seed, before))
  set.seed(1)
  two <- deeplearning(Species ~ ., iris, hidden = 4, epochs = 1)
  same_network(one, two)
  other <- deeplearning(Species ~ ., iris, hidden = 4, epochs = 1)
  expect_false(identical(one$weights, other$weights))
})

test_that("options and the session stay as they were", {
  before <- options()
  fit(Species ~ ., iris)
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

# ---- Scoring and its consequences -----------------------------------------------

test_that("the last metrics are those of the model that is returned", {
  data <- two_classes()
  model <- deeplearning(
    class ~ a + b + group, data[1:800, ],
    validation_frame = data[801:1200, ], hidden = 8, epochs = 5, seed = 1
  )
  last <- utils::tail(model$scoring_history, 1)
  expect_equal(last$training_logloss, model$training_metrics$logloss)
  expect_equal(last$validation_logloss, model$validation_metrics$logloss)
  expect_equal(last$validation_auc, model$validation_metrics$AUC)
  expect_equal(
    performance(model, data[801:1200, ])$logloss, model$validation_metrics$logloss
  )
  expect_equal(model$default_threshold, model$validation_metrics$default_threshold)
  expect_equal(
    min(model$scoring_history$validation_logloss, na.rm = TRUE),
    model$validation_metrics$logloss
  )
})

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

test_that("classes that training did not know are left out of validation", {
  train <- droplevels(iris[iris$Species != "setosa", ])
  expect_warning(
    model <- fit(Species ~ ., train, validation_frame = iris),
    "setosa",
    class = "feedforward_warning"
  )
  expect_equal(model$validation_metrics$nobs, 100)
  expect_equal(model$validation_metrics$logloss, model$training_metrics$logloss)
})

test_that("validation rows may come as x and y", {
  x <- as.matrix(iris[1:4])
  odd <- seq(1, 150, 2)
  model <- fit(
    x[odd, ], iris$Species[odd],
    validation_frame = list(x = x[-odd, ], y = iris$Species[-odd])
  )
  other <- fit(Species ~ ., iris[odd, ], validation_frame = iris[-odd, ])
  expect_equal(model$validation_metrics$logloss, other$validation_metrics$logloss)
  expect_error(
    fit(x, iris$Species, validation_frame = 3),
    "list of `x` and `y`",
    class = "feedforward_argument_error"
  )
  expect_error(
    fit(x, iris$Species, validation_frame = list(x = x, y = 1:3)),
    class = "feedforward_input_error"
  )
})

test_that("rows without response, of weight 0 or incomplete under Skip do not train", {
  data <- two_classes(200)
  data$w <- rep(c(1, 0), 100)
  part <- data[data$w == 1, ]
  expect_warning(
    model <- fit(class ~ a + b, data[setdiff(names(data), "w")][-1, ]),
    NA
  )
  weighted <- fit(class ~ a + b, data, weights_column = "w")
  same_network(weighted, fit(class ~ a + b, part))
  expect_equal(weighted$training_rows, 100)
  data$class[5] <- NA
  expect_warning(
    model <- fit(class ~ a + b, data),
    class = "feedforward_missing_response_warning"
  )
  expect_equal(model$training_rows, 199)
  gap <- part
  gap$a[c(3, 10)] <- NA
  skipping <- fit(class ~ a + b, gap, missing_values_handling = "Skip")
  same_network(skipping, fit(class ~ a + b, part[-c(3, 10), ]))
})

test_that("early stopping and divergence show in the status", {
  data <- two_classes()
  model <- deeplearning(
    class ~ a + b, data,
    hidden = 3, epochs = 1000, seed = 1, stopping_rounds = 2, stopping_tolerance = 0.5
  )
  expect_equal(model$status, "stopped early")
  expect_lt(model$epochs_trained, 1000)
  expect_error(
    deeplearning(
      number ~ a + b, data,
      hidden = 8, epochs = 2, seed = 1, optimizer = "sgd", rate = 1e6
    ),
    class = "feedforward_unstable_error"
  )
  expect_warning(
    model <- deeplearning(
      class ~ a + b, data,
      hidden = 8, epochs = 1e6, seed = 1, max_runtime_secs = 0.001
    ),
    class = "feedforward_time_limit_warning"
  )
  expect_equal(model$status, "time limit")
  expect_length(predict(model, data), 1200)
})

test_that("epochs = 0 returns the initial network, scored", {
  weights <- list(matrix(1:8 / 10, 2), matrix(c(1, -1), 1))
  model <- deeplearning(
    number ~ a + b + group, two_classes(30),
    hidden = 2, epochs = 0, seed = 1, standardize = FALSE,
    initial_weights = list(NULL, weights[[2]]), initial_biases = list(c(1, 2), 3)
  )
  expect_equal(unname(model$weights[[2]]), weights[[2]])
  expect_equal(unname(model$biases[[1]]), c(1, 2))
  expect_equal(model$samples, 0)
  expect_true(is.finite(model$training_metrics$MSE))
})

test_that("every distribution learns", {
  data <- two_classes()
  data$count <- round(exp(data$number))
  for (distribution in c("gaussian", "laplace", "huber", "poisson", "tweedie")) {
    model <- deeplearning(
      count ~ a + b + group, data,
      distribution = distribution, hidden = 10, epochs = 10, seed = 1
    )
    curve <- model$scoring_history$training_deviance
    expect_lt(utils::tail(curve, 1), curve[[2]])
    expect_gt(stats::cor(predict(model, data), data$count), 0.9)
  }
})

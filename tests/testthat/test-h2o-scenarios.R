# The scenarios of H2O's own R tests for networks, on data at hand; the names are those of
# its files. Not here: those that only time clusters (INTERNAL_*), segments and models
# that live in a server, which the drop-in layer will have.
#
# Elsewhere: checkpoint_* (test-train-resume), cv_iris_nfolds (test-train-crossvalidate),
# grid_* (test-grid), anomaly_* and stacked autoencoders (test-autoencoder), NOPASS
# weights (test-invariance), no_hidden (test-model-methods), MNIST at length
# (bench/examples.R).

quietly_fit <- function(...) suppressWarnings(deeplearning(...))

shared_rows <- function(...) {
  utils::read.csv(shared_path("data", ...), stringsAsFactors = TRUE)
}

test_that("checkpoint_new_category_in_predictor: a level fixed at the checkpoint", {
  rows <- iris
  rows$Petal.Length <- rows$Petal.Length > 2
  two <- rows[1:100, ]
  fit <- function(data, ...) {
    quietly_fit(c("Sepal.Length", "Species"), "Petal.Width", data, hidden = 5, ...)
  }
  two$Species <- droplevels(two$Species)
  first <- fit(two, epochs = 10)
  more <- fit(two, epochs = 20, checkpoint = first)
  expect_gt(more$epochs_trained, 10)
  expect_error(
    fit(rows, epochs = 30, checkpoint = more), "virginica",
    class = "feedforward_input_error"
  )
})

test_that("categorical: factors by number, without a first level, in folds", {
  rows <- transform(
    mtcars,
    cyl = factor(cyl), gear = factor(gear), carb = factor(carb), am = factor(am)
  )
  plain <- quietly_fit(c("cyl", "gear", "carb", "wt"), "am", rows,
    hidden = c(20, 20), use_all_factor_levels = FALSE, loss = "CrossEntropy", seed = 1)
  expect_lt(plain$training_metrics$logloss, 0.69)
  for (encoding in c("Binary", "Eigen")) {
    model <- quietly_fit(c("cyl", "gear", "carb", "wt"), "am", rows,
      hidden = c(20, 20), categorical_encoding = encoding, nfolds = 2, seed = 1,
      validation_frame = rows)
    expect_true(is.finite(model$cross_validation$metrics$logloss))
    expect_equal(model$validation_metrics$logloss, performance(model, rows)$logloss)
  }
})

# Insurance of MASS: deviances not above H2O's by more than 5 %, means near the
# response's.
insurance_fit <- function(distribution, offset, seed = 1) {
  rows <- MASS::Insurance
  for (name in c("Group", "Age")) class(rows[[name]]) <- "factor"
  rows$offset <- log(rows$Holders)
  rows$Claims <- rows$Claims + (distribution == "gamma") * 1e-19
  rows$Claims <- pmax(rows$Claims, if (distribution == "gamma") 0.5 else 0)
  model <- quietly_fit(c("District", "Group", "Age"), "Claims", rows,
    offset_column = if (offset) "offset", distribution = distribution, hidden = 1,
    activation = "Tanh", epochs = 1000, stopping_rounds = 0, seed = seed)
  list(model = model, predicted = predict(model, rows), rows = rows)
}

test_that("tweedie_offset, gamma_offset: the offset tells what the factors cannot", {
  skip_if_not_installed("MASS")
  published <- c(plain = 0.556, offset = 0.262)
  for (offset in c(FALSE, TRUE)) {
    found <- insurance_fit("tweedie", offset)
    bar <- published[[if (offset) "offset" else "plain"]]
    expect_lt(found$model$training_metrics$mean_residual_deviance, 1.05 * bar)
    expect_equal(mean(found$predicted), mean(found$rows$Claims), tolerance = 0.06)
  }
  plain <- insurance_fit("gamma", FALSE)$model$training_metrics
  with <- insurance_fit("gamma", TRUE)$model$training_metrics
  expect_lt(with$mean_residual_deviance, plain$mean_residual_deviance)
})

test_that("poisson_offset, poisson_weight: exposure as offset or as weight", {
  skip_if_not_installed("MASS")
  found <- insurance_fit("poisson", TRUE)
  reference <- stats::glm(
    Claims ~ District + factor(Group, ordered = FALSE) + factor(Age, ordered = FALSE) +
      offset(log(Holders)),
    "poisson", MASS::Insurance
  )
  # One Tanh unit between the factors and the mean: near the linear model.
  expect_lt(
    found$model$training_metrics$mean_residual_deviance,
    1.3 * stats::deviance(reference) / nrow(found$rows)
  )
  rows <- MASS::Insurance
  rows$rate <- rows$Claims / rows$Holders
  for (name in c("Group", "Age")) class(rows[[name]]) <- "factor"
  weighted <- quietly_fit(c("District", "Group", "Age"), "rate", rows,
    weights_column = "Holders", distribution = "poisson", hidden = 3,
    activation = "Tanh", epochs = 500, seed = 1)
  expect_equal(
    stats::weighted.mean(predict(weighted, rows), rows$Holders),
    stats::weighted.mean(rows$rate, rows$Holders),
    tolerance = 0.03
  )
})

test_that("res_deviance: deviances are the formulas'", {
  rows <- mtcars
  formulas <- list(
    gamma = function(y, p) 2 * mean(log(p / y) + y / p - 1),
    tweedie = function(y, p) {
      2 * mean(y^0.5 / (-0.5 * 0.5) - y * p^-0.5 / -0.5 + p^0.5 / 0.5)
    }
  )
  for (name in names(formulas)) {
    model <- quietly_fit(setdiff(names(rows), "mpg"), "mpg", rows,
      hidden = c(25, 25), epochs = 50, distribution = name, seed = 1,
      validation_frame = rows)
    deviance <- model$training_metrics$mean_residual_deviance
    expected <- formulas[[name]](rows$mpg, predict(model, rows))
    expect_equal(deviance, expected, tolerance = 1e-6)
    expect_equal(model$validation_metrics$mean_residual_deviance, deviance)
  }
})

test_that("missing: more and more gaps are trained around", {
  rows <- shared_rows("small", "weather.csv")
  names(rows) <- make.names(names(rows))
  rows$RainTomorrow <- factor(rows$RainTomorrow)
  set.seed(1)
  part <- sample(nrow(rows)) <= 0.75 * nrow(rows)
  leave <- c("Date", "RISK_MM", "EvapMM", "RainTomorrow")
  predictors <- setdiff(names(rows), leave)
  errors <- vapply(c(0, 0.1, 0.25, 0.5, 0.75, 0.99), function(gap) {
    gaps <- rows
    for (name in predictors) {
      gaps[[name]][stats::runif(nrow(rows)) < gap] <- NA
    }
    model <- quietly_fit(predictors, "RainTomorrow", gaps[part, ],
      activation = "RectifierWithDropout", l1 = 1e-5, input_dropout_ratio = 0.2,
      epochs = 5, seed = 1)
    suppressWarnings(performance(model, gaps[!part, ]))$classification_error %||% NA
  }, 0)
  expect_lt(sum(errors), 2.2)
})

test_that("imbalance: balanced classes do not cost log loss beyond measure", {
  rows <- utils::read.csv(
    shared_path("data", "tabular", "covtype.20k.csv.gz"),
    header = FALSE, nrows = 8000
  )
  rows$V55 <- factor(rows$V55)
  fit <- function(balance) {
    quietly_fit(names(rows)[1:54], "V55", rows,
      l1 = 1e-5, epochs = 1, seed = 1, hidden = 50, balance_classes = balance)
  }
  even <- performance(fit(TRUE), rows)
  plain <- performance(fit(FALSE), rows)
  # With as many more rows an epoch as classes were brought up.
  expect_lte(even$mean_per_class_error, plain$mean_per_class_error)
})

test_that("weights_and_biases: a network is its weights", {
  model <- quietly_fit(Species ~ ., iris, hidden = c(10, 10), epochs = 5, seed = 1)
  again <- function(...) {
    quietly_fit(Species ~ ., iris,
      hidden = c(10, 10), epochs = 0, seed = 2,
      initial_weights = lapply(1:3, function(l) as.data.frame(weights(model, l))),
      initial_biases = lapply(1:3, function(l) biases(model, l)), ...)
  }
  expect_equal(predict(again(), iris), predict(model, iris), tolerance = 1e-6)
  expect_equal(
    again()$training_metrics$logloss, model$training_metrics$logloss,
    tolerance = 1e-6
  )
  longer <- quietly_fit(Species ~ ., iris,
    hidden = c(10, 10), epochs = 20, seed = 2,
    initial_weights = lapply(1:3, function(l) weights(model, l)),
    initial_biases = lapply(1:3, function(l) biases(model, l)))
  expect_lt(longer$training_metrics$logloss, model$training_metrics$logloss)
})

test_that("stacked_autoencoder: features of one are the rows of the next", {
  rows <- iris[1:4]
  first <- deeplearning(rows,
    autoencoder = TRUE, hidden = 3, activation = "Tanh", seed = 1)
  features <- as.data.frame(deep_features(first, rows))
  second <- deeplearning(features,
    autoencoder = TRUE, hidden = 2, activation = "Tanh", seed = 1)
  deep <- as.data.frame(deep_features(second, features))
  names(deep) <- c("one", "two")
  deep$Species <- iris$Species
  model <- quietly_fit(Species ~ ., deep, hidden = 10, epochs = 50, seed = 1)
  expect_lt(model$training_metrics$mean_per_class_error, 0.4)
})

test_that("scale invariance: a predictor in other units changes next to nothing", {
  fit <- function(factor) {
    rows <- transform(mtcars, wt = wt * factor)
    model <- quietly_fit(mpg ~ ., rows,
      hidden = c(10, 10), activation = "Tanh", epochs = 100, seed = 1)
    predict(model, rows)
  }
  for (factor in c(1e-8, 1e-2, 1e4)) {
    expect_equal(fit(factor), fit(1), tolerance = 1e-2)
  }
})

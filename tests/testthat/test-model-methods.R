linear <- function(...) few_steps(..., hidden = numeric(), epochs = 5, seed = 1)

test_that("formula() and terms() are those of the call, written out", {
  model <- quick_fit(log(mpg) ~ . - cyl - disp + I(wt^2) + offset(gear), mtcars)
  expect_setequal(all.vars(formula(model)), setdiff(names(mtcars), c("cyl", "disp")))
  expect_equal(formula(model)[[2]], quote(log(mpg)))
  expect_true("I(wt^2)" %in% labels(terms(model)))
  expect_equal(attr(terms(model), "variables")[[12]], quote(offset(gear)))
  same_network(model, quick_fit(formula(model), mtcars))
  expect_equal(
    formula(quick_fit(c("wt", "hp"), "mpg", mtcars)), mpg ~ hp + wt,
    ignore_formula_env = TRUE
  )
})

test_that("update() trains again with changes", {
  # Calls of deeplearning() itself, some of too few steps to beat a constant.
  suppressWarnings(classes = "feedforward_constant_warning", {
    fit <- function(p) {
      model <- deeplearning(mpg ~ I(wt^p) + hp, mtcars, hidden = 4, epochs = 3, seed = 1)
      list(same = update(model), other = update(model, . ~ . - hp, hidden = 2))
    }
    fitted <- fit(2)
    same_network(fitted$same, quick_fit(mpg ~ I(wt^2) + hp, mtcars))
    same_network(
      fitted$other, deeplearning(mpg ~ I(wt^2), mtcars, hidden = 2, epochs = 3, seed = 1)
    )
    model <- deeplearning(mtcars[-1], mtcars$mpg, hidden = 4, epochs = 3, seed = 1)
    expect_equal(update(model, epochs = 1)$epochs_trained, 1)
    expect_equal(
      update(model, hidden = NULL, evaluate = FALSE),
      quote(deeplearning(x = mtcars[-1], y = mtcars$mpg, epochs = 3, seed = 1))
    )
    argument_error(update(model, . ~ wt), "trained with a formula")
    argument_error(update(model, mpg ~ wt, 3), "must be named")
    model <- do.call(deeplearning, list(mpg ~ wt, mtcars, hidden = 2, epochs = 1))
    argument_error(update(model, epochs = 2), "`data` went into the call")
    argument_error(update(quick_fit(mpg ~ wt, mtcars)), "`formula`, `data` went into")
    expect_equal(update(model, data = mtcars, epochs = 2)$epochs_trained, 2)
  })
})

test_that("fitted values and residuals need the rows", {
  model <- quick_fit(mpg ~ wt, mtcars)
  expect_equal(fitted(model, mtcars), predict(model, mtcars))
  expect_equal(residuals(model, mtcars), mtcars$mpg - predict(model, mtcars))
  expect_equal(
    residuals(model, mtcars["wt"], y = mtcars$mpg), residuals(model, mtcars)
  )
  expect_equal(is.na(resid(model, transform(mtcars, mpg = c(NA, mpg[-1])))), 1:32 == 1)
  argument_error(fitted(model), "fitted\\(model, newdata")
  argument_error(residuals(model), "residuals\\(model, newdata")
  argument_error(residuals(quick_fit(Species ~ ., iris), iris), "model of numbers")
})

test_that("rows and deviance count as in glm()", {
  model <- quick_fit(mpg ~ wt, mtcars)
  expect_equal(nobs(model), 32)
  expect_equal(deviance(model), sum(residuals(model, mtcars)^2))
  classes <- quick_fit(Species ~ ., iris)
  probability <- predict(classes, iris)[cbind(1:150, as.integer(iris$Species))]
  expect_equal(deviance(classes), -2 * sum(log(probability)))
  counts <- quick_fit(carb ~ wt, mtcars, distribution = "poisson")
  expected <- predict(counts, mtcars)
  truth <- sum(poisson()$dev.resids(mtcars$carb, expected, 1))
  expect_equal(deviance(counts), truth)
})

test_that("coefficients give the predictions, in units of the data", {
  data <- transform(mtcars, kind = factor(gear), seen = factor(c("a", "b")[am + 1]))
  predicted <- function(model, x) {
    beta <- coef(model)
    x <- cbind("(Intercept)" = 1, x)
    levels <- outer(data$kind, levels(data$kind), "==") + 0
    colnames(levels) <- paste0("kind.", levels(data$kind))
    x <- cbind(x, levels)
    if (!is.matrix(beta)) beta <- t(beta)
    expect_true(all(colnames(beta) %in% colnames(x)))
    unname(x[, colnames(beta)]) %*% t(beta)
  }
  x <- as.matrix(mtcars[c("wt", "hp")])
  link <- function(model) predict(model, data, type = "link")
  for (model in list(
    linear(mpg ~ wt + hp, data), linear(mpg ~ wt + hp + kind, data),
    linear(mpg ~ wt + hp, data, standardize = FALSE),
    linear(mpg ~ wt + hp + kind, data, use_all_factor_levels = FALSE),
    linear(carb ~ wt + hp, data, distribution = "poisson"),
    linear(mpg ~ wt + hp, data, input_dropout_ratio = 0.3)
  )) {
    expect_equal(drop(predicted(model, x)), link(model), tolerance = 1e-5)
  }
  two <- linear(seen ~ wt + kind, data)
  expect_equal(
    drop(predicted(two, x)), stats::qlogis(predict(two, data)), tolerance = 1e-4
  )
  more <- linear(kind ~ wt + hp, data)
  expect_equal(rownames(coef(more)), c("4", "5"))
  expect_equal(
    predicted(more, x), link(more)[, -1] - link(more)[, 1], tolerance = 1e-4
  )
  expect_false(any(grepl("missing", names(coef(linear(mpg ~ kind, data))))))
  argument_error(coef(quick_fit(mpg ~ wt, mtcars)), "without a hidden layer")
})

test_that("what a network does not have is an error that says why", {
  model <- quick_fit(mpg ~ wt, mtcars)
  argument_error(logLik(model), "performance")
  argument_error(AIC(model), "performance")
  argument_error(family(model), "gaussian.*identity")
  argument_error(nobs(model, 3), "nobs")
})

test_that("update() from elsewhere says what it does not find", {
  inside <- function() {
    own_rows <- iris
    deeplearning(Sepal.Length ~ Petal.Width, own_rows, hidden = 2, epochs = 20, seed = 1)
  }
  model <- inside()
  expect_error(
    update(model, . ~ . + Petal.Length), "`own_rows`",
    class = "feedforward_argument_error"
  )
  model <- suppressWarnings(update(model, data = iris, epochs = 1))
  expect_identical(model$arguments$epochs, 1)
})

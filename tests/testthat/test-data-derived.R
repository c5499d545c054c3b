# What a formula makes of the training data, and then of new data.
learned <- function(formula, data) {
  learn_derived(data, read_formula(formula, data)$derived)
}

# As a row is treated alone, so it is among others: of the columns that calls make.
made_alone <- function(formula, data) {
  made <- learned(formula, data)$derived
  columns <- unlist(lapply(made, `[[`, "columns"))
  together <- add_derived(data, made)[columns]
  rows <- lapply(seq_len(nrow(data)), function(i) add_derived(data[i, ], made)[columns])
  alone <- do.call(rbind, rows)
  expect_equal(lapply(alone, as.vector), lapply(together, as.vector))
  invisible(made)
}

data <- mtcars
data$kind <- c("u", "v", "w")[seq_len(32) %% 3 + 1]
data$group <- factor(data$kind)
data$gap <- replace(data$qsec, c(2, 30), NA)

test_that("calls become columns, of new data as of old", {
  formula <- factor(Species) ~ log(Petal.Length) + I(Petal.Width^2) + Sepal.Width
  made <- learned(formula, iris)
  expect_equal(made$data[["log(Petal.Length)"]], log(iris$Petal.Length))
  expect_identical(made$data[["I(Petal.Width^2)"]], iris$Petal.Width^2)
  expect_equal(made$data[["factor(Species)"]], iris$Species)
  # Data to predict have no response.
  new <- add_derived(iris[1:3, 1:4], made$derived)
  expect_equal(new[["log(Petal.Length)"]], log(iris$Petal.Length[1:3]))
  expect_false("factor(Species)" %in% names(new))
  new <- add_derived(as.matrix(iris[1:3, 1:4]), made$derived)
  expect_equal(new[["I(Petal.Width^2)"]], iris$Petal.Width[1:3]^2)
  expect_error(
    add_derived(iris[1:2], made$derived), "`newdata` lacks `Petal.Length`",
    class = "feedforward_input_error"
  )
  expect_identical(add_derived(iris, list()), iris)
})

test_that("the caller's data stay as they are", {
  skip_if_not_installed("data.table")
  table <- data.table::as.data.table(iris)
  address <- data.table::address(table$Petal.Length)
  made <- learned(Species ~ log(Petal.Length) + Petal.Width, table)$data
  expect_identical(names(table), names(iris))
  # Columns are shared, not copied.
  expect_equal(data.table::address(made$Petal.Length), address)
})

test_that("a matrix is a column for each of its columns, by model.matrix()'s names", {
  for (formula in c(
    mpg ~ poly(wt, 2), mpg ~ scale(wt), mpg ~ splines::ns(wt, 3), mpg ~ cbind(wt, hp),
    mpg ~ outer(wt, 1:2), mpg ~ I(cbind(wt, hp)), mpg ~ model.matrix(~group)[, -1]
  )) {
    made <- learned(formula, data)
    columns <- unlist(lapply(made$derived, `[[`, "columns"), use.names = FALSE)
    expect_equal(columns, colnames(stats::model.matrix(formula, data))[-1])
    expect_equal(
      unname(as.matrix(made$data[columns])),
      unname(stats::model.matrix(formula, data)[, -1, drop = FALSE]),
      ignore_attr = TRUE
    )
  }
})

test_that("poly(), ns(), bs() and scale() predict as lm() does", {
  new <- data.frame(wt = c(2, 3.3, 5))
  for (formula in c(
    mpg ~ poly(wt, 2), mpg ~ scale(wt), mpg ~ splines::ns(wt, 3), mpg ~ splines::bs(wt)
  )) {
    made <- made_alone(formula, data)
    fit <- stats::lm(formula, data)
    columns <- unlist(lapply(made, `[[`, "columns"))
    by_hand <- cbind(1, as.matrix(add_derived(new, made)[columns])) %*% coef(fit)
    expect_equal(drop(by_hand), predict(fit, new), ignore_attr = TRUE)
  }
  # lm() stumbles over these.
  for (formula in c(
    mpg ~ scale(wt, TRUE, FALSE), mpg ~ base::scale(wt, center = FALSE),
    mpg ~ splines::bs(df = 5, wt)
  )) {
    expect_silent(made_alone(formula, data))
  }
})

test_that("what calls take from the rows together is kept", {
  for (formula in c(
    mpg ~ I(wt - mean(wt)), mpg ~ I((wt - mean(wt)) / sd(wt)), mpg ~ log(wt / max(wt)),
    mpg ~ I(scale(wt)^2) + as.numeric(scale(hp)), mpg ~ pmin(hp, quantile(hp, 0.9)),
    mpg ~ cut(wt, quantile(wt), include.lowest = TRUE), mpg ~ I(hp > median(hp)),
    mpg ~ ifelse(is.na(gap), mean(gap, na.rm = TRUE), gap),
    mpg ~ match(kind, unique(kind)), mpg ~ as.numeric(table(kind)[kind]),
    mpg ~ tapply(hp, group, mean)[group], mpg ~ findInterval(wt, range(wt))
  )) {
    expect_silent(made_alone(formula, data))
  }
  made <- learned(mpg ~ I(wt - mean(wt)), data)$derived
  expect_equal(
    add_derived(data.frame(wt = 1), made)[["I(wt - mean(wt))"]], 1 - mean(mtcars$wt)
  )
})

test_that("calls that need no other row stay as they are", {
  for (formula in c(
    mpg ~ log(wt) + sqrt(hp) + I(wt^2), mpg ~ factor(kind) + relevel(group, "v"),
    mpg ~ as.numeric(levels(group)[group] == "u"), mpg ~ I(rep(0, length(wt)) + wt),
    mpg ~ cut(wt, c(0, 2, 3, 9)), mpg ~ paste(kind, cyl),
    mpg ~ model.matrix(~group)[, -1]
  )) {
    expect_silent(made <- made_alone(formula, data))
    for (entry in made) expect_identical(entry$call, entry$term)
  }
})

test_that("what depends on other rows all the same is told in one warning", {
  set.seed(1)
  before <- .Random.seed
  expect_warning(
    learned(mpg ~ cut(wt, 3) + cumsum(hp) + rank(wt) + log(wt), data),
    "`cut\\(wt, 3\\)`, `cumsum\\(hp\\)`, `rank\\(wt\\)` of the formula",
    class = "feedforward_formula_warning"
  )
  expect_identical(.Random.seed, before)
  for (formula in c(
    mpg ~ cut(wt, 3, labels = FALSE), mpg ~ ave(wt, kind), mpg ~ c(NA, diff(wt)),
    mpg ~ rev(wt), mpg ~ jitter(wt), mpg ~ as.integer(factor(kind)),
    mpg ~ duplicated(kind), mpg ~ order(wt), mpg ~ factor(group, labels = 1:3),
    cut(mpg, 3) ~ wt, mpg ~ wt + offset(rank(hp))
  )) {
    expect_warning(learned(formula, data), class = "feedforward_formula_warning")
  }
  # Of the response nobody asks for a row alone.
  expect_silent(learned(factor(am, labels = c("a", "m")) ~ wt, data))
})

test_that("validation rows are treated like new ones", {
  odd <- seq(1, 31, 2)
  formula <- mpg ~ scale(wt) + I(hp / max(hp))
  model <- quick_fit(formula, mtcars[odd, ], validation_frame = mtcars[-odd, ])
  expect_equal(
    performance(model, mtcars[-odd, ])$MSE, model$validation_metrics$MSE
  )
  expect_equal(predict(model, mtcars[2, ]), predict(model, mtcars)[2])
  expect_length(predict(model, mtcars[0, ]), 0)
})

test_that("predict() does not look at the response's side, performance() does", {
  model <- quick_fit(log(mpg) ~ wt, mtcars)
  new <- mtcars[1:3, ]
  plain <- predict(model, new["wt"])
  for (mpg in list("?", NA, -1, list(1, 2, 3), factor("a"))) {
    new$mpg <- mpg
    expect_silent(expect_identical(predict(model, new), plain))
  }
  expect_error(
    performance(model, transform(mtcars, mpg = "?")), "cannot be computed",
    class = "feedforward_input_error"
  )
  expect_error(
    performance(model, mtcars["wt"]), "lacks the response `log\\(mpg\\)`",
    class = "feedforward_input_error"
  )
  expect_equal(performance(model, mtcars)$MSE, model$training_metrics$MSE)
  expect_equal(
    performance(model, mtcars["wt"], y = log(mtcars$mpg))$MSE, model$training_metrics$MSE
  )
  # The scale of the training rows is that of new rows.
  scaled <- quick_fit(scale(mpg) ~ wt, mtcars)
  part <- mtcars[1:9, ]
  truth <- (part$mpg - mean(mtcars$mpg)) / sd(mtcars$mpg)
  expect_equal(performance(scaled, part)$MSE, mean((predict(scaled, part) - truth)^2))
  classes <- quick_fit(relevel(Species, "virginica") ~ ., iris)
  expect_silent(predict(classes, transform(iris[1:2, ], Species = NA)))
})

test_that("what cannot be columns is an error", {
  refuses <- function(formula, message, class = "feedforward_input_error") {
    expect_error(learned(formula, data), message, class = class)
  }
  refuses(mpg ~ quantile(wt), "one value per row")
  refuses(mpg ~ I(mean(wt)), "one value per row")
  refuses(mpg ~ list(wt), "one value per row")
  refuses(cbind(mpg, wt) ~ hp, "one value per row")
  refuses(mpg ~ poly(gap, 2), "cannot be computed")
  local_function <- function(x) x
  refuses(mpg ~ local_function(wt), "`local_function` is not there")
  expect_error(
    learned(y ~ log(x), data.frame(y = 1:3, x = 1:3, "log(x)" = 1, check.names = FALSE)),
    "Rename",
    class = "feedforward_argument_error"
  )
  model <- quick_fit(mpg ~ log(wt), mtcars)
  for (new in list(NULL, mean, globalenv(), 1:3, list(wt = 1))) {
    expect_error(predict(model, new), "`newdata`", class = "feedforward_input_error")
  }
})

test_that("what a term has to say is told with its name", {
  rows <- data.frame(z = c(-1, 2:30), y = 1:30)
  expect_warning(
    suppressWarnings(quick_fit(y ~ sqrt(z), rows), "feedforward_constant_warning"),
    "`sqrt(z)` of the formula: NaNs produced", class = "feedforward_formula_warning",
    fixed = TRUE
  )
})

columns <- names(iris)

read_iris <- function(formula, ...) read_formula(formula, iris, ...)

# Columns without rows that matter, for formulas of many names.
frame_with <- function(names) {
  as.data.frame(stats::setNames(rep(list(1:2), length(names)), names), optional = TRUE)
}

test_that("plain terms and the dot name columns", {
  expect_equal(
    read_iris(Species ~ .)[c("x", "y")], list(x = columns[1:4], y = "Species")
  )
  expect_equal(
    read_iris(Species ~ Petal.Width + Sepal.Width)$x, c("Petal.Width", "Sepal.Width")
  )
  expect_equal(read_iris(Species ~ . - Petal.Width)$x, columns[1:3])
  expect_equal(
    read_iris(Species ~ . - (Petal.Width + Sepal.Width) + 1)$x, columns[c(1, 3)]
  )
  expect_setequal(
    read_iris(Species ~ . - Petal.Width - (Sepal.Width - Petal.Width))$x,
    columns[c(1, 3, 4)]
  )
  expect_length(read_iris(Species ~ .)$derived, 0)
  expect_equal(read_formula(`a b` ~ `c-d`, frame_with(c("a b", "c-d")))$x, "c-d")
})

test_that("the dot is all but weights and what the response is made of, as in glm()", {
  read <- read_iris(log(Sepal.Length) ~ . + offset(log(Sepal.Width)), "Species")
  expect_equal(read$x, columns[2:4])
  expect_equal(read$y, "log(Sepal.Length)")
  expect_equal(read$offset, "offset(log(Sepal.Width))")
  fit <- glm(carb ~ . + offset(log(cyl)), poisson, mtcars)
  expect_setequal(
    read_formula(carb ~ . + offset(log(cyl)), mtcars)$x, names(coef(fit))[-1]
  )
  expect_setequal(read_formula(carb ~ . + offset(cyl), mtcars)$x, names(coef(fit))[-1])
})

test_that("an offset acts and its column may be a predictor, too", {
  data <- data.frame(e = exp(sin(1:60)), x = cos(1:60))
  data$n <- round(5 * data$e * exp(data$x))
  model <- quick_fit(n ~ . + offset(log(e)), data, distribution = "poisson")
  expect_equal(model$encoding$predictors, c("e", "x"))
  by_hand <- transform(data, o = log(e))
  other <- quick_fit(
    n ~ e + x, by_hand, distribution = "poisson", offset_column = "o"
  )
  same_network(model, other)
  expect_equal(predict(model, data[1:3, c("x", "e")]), predict(other, by_hand[1:3, ]))
  same_network(
    quick_fit(n ~ x + offset(e), data, distribution = "poisson"),
    quick_fit(n ~ x, data, distribution = "poisson", offset_column = "e")
  )
})

test_that("values of the caller stand in the calls that are kept", {
  fit <- function(p, bounds) {
    read_formula(
      mpg ~ I(wt^p) + cut(hp, bounds$hp) + factor(cyl, ordered = T) + I(qsec * pi),
      mtcars
    )$derived
  }
  derived <- fit(2, list(hp = c(0, 100, 400)))
  expect_named(derived, c(
    "I(wt^p)", "cut(hp, bounds$hp)", "factor(cyl, ordered = T)", "I(qsec * pi)"
  ))
  expect_equal(derived[[1]]$call, quote(I(wt^2)))
  expect_equal(derived[[3]]$call, quote(factor(cyl, ordered = TRUE)))
  model <- local({
    p <- 3
    quick_fit(mpg ~ I(wt^p), mtcars)
  })
  expect_equal(
    predict(model, mtcars), predict(quick_fit(mpg ~ I(wt^3), mtcars), mtcars)
  )
})

test_that("names in functions, behind `$` and of functions are no columns", {
  read <- read_formula(
    mpg ~ sapply(wt, function(v, k = 2) {
      w <- v^k
      w + hp[1]
    }) + sapply(qsec, sqrt) + base::log(disp),
    mtcars
  )
  expect_equal(lapply(unname(read$derived), `[[`, "needs"), list(
    c("wt", "hp"), "qsec", "disp"
  ))
})

test_that("what a formula cannot say is an error with a way out", {
  refuses <- function(formula, message, data = iris) {
    expect_error(
      read_formula(formula, data), message,
      class = "feedforward_argument_error"
    )
  }
  refuses(~Species, "needs a response")
  refuses(Species ~ Petal.Width * Petal.Length, "interaction `Petal.Width")
  refuses(Species ~ Petal.Width:Petal.Length, "add it to the data")
  refuses(Species ~ (Petal.Width + Petal.Length)^2, "interaction")
  refuses(Species ~ . - 1, "intercept")
  refuses(Species ~ 0 + Petal.Width, "intercept")
  refuses(Species ~ petal, "uses `petal`")
  refuses(Species ~ PetalWidth, "Did you mean `Petal.Width`")
  refuses(Species ~ log(Petal.Widht + 1), "Did you mean `Petal.Width`")
  refuses(species ~ ., "Did you mean `Species`")
  refuses(Species ~ log(.), "can only stand alone")
  refuses(Species ~ rnorm(150), "uses no column")
  refuses(Species ~ iris$Petal.Width, "Write `Petal.Width` alone")
  refuses(log(iris$Petal.Width) ~ Species, "Write `Petal.Width` alone")
  refuses(. ~ Species, "cannot stand for the response")
  refuses(Petal.Width + Petal.Length ~ Species, "several responses.*I\\(Petal.Width")
  refuses(Species ~ offset(Petal.Width) + offset(Petal.Length), "one offset")
  refuses(Species ~ offset(3), "uses no column")
  rows <- 1:150
  refuses(Species ~ I(Petal.Width + rows), "make it a column")
  own <- function(x) x
  refuses(Species ~ sapply(Petal.Width, own), "`own`, a function of the caller")
  here <- environment()
  refuses(Species ~ I(Petal.Width + here$x), "cannot travel")
  refuses(
    eval(bquote(Species ~ sapply(Petal.Width, .(own)))), "holds a function itself"
  )
  expect_equal(read_iris(log(Petal.Width + 1) ~ Species)$y, "log(Petal.Width + 1)")
  error <- expect_error(
    read_iris(Species ~ petal + log(sepal) + Petal.Width:Sepal.Width),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 3)
})

test_that("no environment travels: not the formula's, nor that of a function's source", {
  formula <- local({
    ballast <- rnorm(1e5)
    code <- parse(
      text = "log(mpg) ~ sapply(wt, function(v) v^2) + hp", keep.source = TRUE
    )
    eval(code[[1]])
  })
  small <- function(model) expect_lt(length(serialize(model, NULL)), 1e5)
  small(quick_fit(formula, mtcars))
  small(do.call(quick_fit, list(formula, mtcars)))
  small(do.call(few_steps, list(formula = formula, data = mtcars, hidden = 2)))
  small(rlang::inject(few_steps(!!formula, mtcars, hidden = 2)))
  small(eval(bquote(deeplearning(
    mpg ~ wt, mtcars,
    hidden = 2, validation_frame = model.frame(.(update(formula, mpg ~ wt)), mtcars)
  ))))
})

test_that("a formula without predictors has none", {
  for (formula in c(mpg ~ 1, mpg ~ offset(wt), mpg ~ mpg, mpg ~ . - ., mpg ~ -wt)) {
    expect_error(
      suppressWarnings(quick_fit(formula, mtcars)), "no predictor",
      class = "feedforward_input_error"
    )
  }
})

test_that("columns whose names are no names are told of `data`", {
  bytes <- "\xe9t"
  Encoding(bytes) <- "bytes"
  for (names in list(c("y", "x", "x"), c("y", "x", ""), c("y", "x", bytes))) {
    expect_error(
      quick_fit(y ~ log(x), stats::setNames(data.frame(1:3, 3:1, 2), names)), "`data`",
      class = "feedforward_input_error"
    )
  }
})

test_that("thousands of terms take time in proportion", {
  names <- paste0("v", 1:3000)
  formula <- stats::reformulate(names, "y")
  data <- frame_with(c("y", names))
  expect_equal(read_formula(formula, data)$x, names)
  calls <- stats::reformulate(sprintf("log(%s)", names), "y")
  expect_length(read_formula(calls, data)$derived, 3000)
})

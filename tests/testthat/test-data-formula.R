columns <- names(iris)

test_that("plain terms and the dot name columns", {
  expect_equal(
    read_formula(Species ~ ., columns)[c("x", "y")],
    list(x = columns[1:4], y = "Species")
  )
  expect_equal(
    read_formula(Species ~ Petal.Width + Sepal.Width, columns)$x,
    c("Petal.Width", "Sepal.Width")
  )
  expect_equal(read_formula(Species ~ . - Petal.Width, columns)$x, columns[1:3])
  expect_equal(
    read_formula(Species ~ . - (Petal.Width + Sepal.Width) + 1, columns)$x,
    columns[c(1, 3)]
  )
  expect_length(read_formula(Species ~ ., columns)$derived, 0)
  expect_equal(read_formula(`a b` ~ `c-d`, c("a b", "c-d"))$x, "c-d")
})

test_that("the dot leaves out weights, offset and what the response is made of", {
  read <- read_formula(log(Sepal.Length) ~ . + offset(Sepal.Width), columns, "Species")
  expect_equal(read$x, c("Petal.Length", "Petal.Width"))
  expect_equal(read$y, "log(Sepal.Length)")
  expect_equal(read$offset, "Sepal.Width")
})

test_that("calls become columns, of new data as of old", {
  read <- read_formula(
    factor(Species) ~ log(Petal.Length) + I(Petal.Width^2) + Sepal.Width, columns
  )
  expect_equal(read$x, c("log(Petal.Length)", "I(Petal.Width^2)", "Sepal.Width"))
  made <- add_derived(iris, read$derived)
  expect_equal(made[["log(Petal.Length)"]], log(iris$Petal.Length))
  expect_identical(made[["I(Petal.Width^2)"]], iris$Petal.Width^2)
  expect_equal(made[["factor(Species)"]], iris$Species)
  # Data to predict have no response.
  made <- add_derived(iris[1:3, 1:4], read$derived)
  expect_equal(made[["log(Petal.Length)"]], log(iris$Petal.Length[1:3]))
  expect_false("factor(Species)" %in% names(made))
  made <- add_derived(as.matrix(iris[1:3, 1:4]), read$derived)
  expect_equal(made[["I(Petal.Width^2)"]], iris$Petal.Width[1:3]^2)
  expect_error(
    add_derived(iris[1:2], read$derived), "`newdata` lacks `Petal.Length`",
    class = "feedforward_input_error"
  )
  expect_identical(add_derived(iris, list()), iris)
})

test_that("the caller's data stay as they are", {
  skip_if_not_installed("data.table")
  data <- data.table::as.data.table(iris)
  address <- data.table::address(data$Petal.Length)
  read <- read_formula(Species ~ log(Petal.Length) + Petal.Width, names(data))
  made <- add_derived(data, read$derived)
  expect_identical(names(data), columns)
  # Columns are shared, not copied.
  expect_equal(data.table::address(made$Petal.Length), address)
})

test_that("what a formula cannot say is an error with a way out", {
  refuses <- function(formula, message) {
    expect_error(
      read_formula(formula, columns), message,
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
  refuses(Species ~ log(.), "can only stand alone")
  refuses(Species ~ rnorm(150), "uses no column")
  refuses(. ~ Species, "cannot stand for the response")
  refuses(Species ~ offset(Petal.Width) + offset(Petal.Length), "one offset")
  expect_error(
    read_formula(y ~ log(x), c("y", "x", "log(x)")), "Rename",
    class = "feedforward_argument_error"
  )
  several <- read_formula(Species ~ poly(Petal.Width, 2), columns)$derived
  expect_error(
    add_derived(iris, several), "one value per row",
    class = "feedforward_input_error"
  )
  local_function <- function(x) x
  unknown <- read_formula(Species ~ local_function(Petal.Width), columns)$derived
  expect_error(
    add_derived(iris, unknown), "cannot be computed",
    class = "feedforward_input_error"
  )
})

test_that("thousands of terms are no matter", {
  names <- paste0("v", 1:3000)
  formula <- stats::reformulate(names, "y")
  expect_equal(read_formula(formula, c("y", names))$x, names)
})

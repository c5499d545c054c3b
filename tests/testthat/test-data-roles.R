d <- small_frame

test_that("x left out is all but response, weights and offset", {
  arguments <- check_arguments(list(weights_column = "w", offset_column = 6))
  resolved <- resolve_frame(y = "y", training_frame = d, arguments = arguments)
  expect_identical(resolved$predictors, c("a", "b", "k"))
  expect_identical(resolved$arguments[c("weights_column", "offset_column")], list(
    weights_column = "w", offset_column = "o"
  ))
  expect_identical(resolved$weights, d$w)
  expect_identical(resolved$offset, d$o)
  expect_identical(resolve(NULL)$predictors, c("a", "b", "k", "w", "o"))
})

test_that("x and y must name columns", {
  argument_error(resolve(c("a", "bb", "zz")), "names `bb`, `zz`, which the data")
  argument_error(resolve("A"), "Did you mean `a`")
  argument_error(resolve(NA_character_), "`x`")
  for (x in list(0, 7, -1, 1.5, NA_real_, Inf)) argument_error(resolve(x), "from 1 to 6")
  for (x in list(TRUE, list("a"), factor("a"), mean)) {
    argument_error(resolve(x), "names or positions")
  }
  argument_error(resolve(y = "why"), "`y` names `why`")
  argument_error(resolve(y = 7), "`y` must be positions from 1 to 6, not 7")
  argument_error(resolve(y = NULL), "`y` is missing")
  argument_error(resolve_frame("a", training_frame = d, arguments = check_arguments()))
  argument_error(resolve(y = c("y", "k")), "one column")
  argument_error(resolve(weights_column = "ww"), "`weights_column` names `ww`")
  argument_error(resolve(offset_column = 99), "`offset_column`")
  error <- argument_error(resolve("A", "Y", weights_column = "W"))
  expect_length(error$problems, 3)
})

test_that("a response among x is removed with a warning", {
  expect_warning(
    resolved <- resolve(c("a", "y")), "`y` was in `x`",
    class = "feedforward_predictor_warning"
  )
  expect_identical(resolved$predictors, "a")
  input_error(suppressWarnings(resolve("y")), "no predictor")
})

test_that("one column has one part only", {
  argument_error(resolve(c("a", "w"), weights_column = "w"), "`w`.*`weights_column`")
  argument_error(resolve(c("a", "o"), offset_column = "o"), "`o`.*`offset_column`")
  argument_error(resolve(weights_column = "y"), "`y` and `weights_column` are the same")
  argument_error(resolve(offset_column = 3), "`y` and `offset_column` are the same")
  argument_error(
    resolve(weights_column = "w", offset_column = "w"),
    "`weights_column` and `offset_column` are the same column `w`"
  )
})

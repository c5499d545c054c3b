caught <- function(expr) tryCatch(expr, condition = identity)
# expect_s3_class() is content with one of several classes.
expect_contains_all <- function(object, expected) {
  expect_identical(setdiff(expected, object), character())
}

test_that("each error carries its two classes, its problems and one bullet each", {
  raisers <- list(
    feedforward_argument_error = abort_argument,
    feedforward_input_error = abort_input,
    feedforward_resource_error = abort_resource,
    feedforward_unstable_error = abort_unstable,
    feedforward_internal_error = abort_internal
  )
  for (class in names(raisers)) {
    one <- caught(raisers[[class]]("the one"))
    expect_contains_all(class(one), c(class, "feedforward_error", "rlang_error"))
    expect_match(conditionMessage(one), "^the one")
    two <- caught(raisers[[class]](c("first", "second")))
    expect_length(two$problems, 2)
    lines <- strsplit(conditionMessage(two), "\n")[[1]]
    expect_length(lines, 3)
    expect_match(lines[2], "first")
    expect_match(lines[3], "second")
  }
})

test_that("conditions carry what the catcher needs", {
  error <- caught(abort_resource("too much", needed = 5, available = 3))
  expect_identical(c(error$needed, error$available), c(5, 3))
  expect_identical(caught(abort_unstable("oh", model = 7))$model, 7)
  expect_match(conditionMessage(caught(abort_internal("oh"))), "report")
})

test_that("warnings are classed, and errors under warn = 2", {
  warning <- caught(warn_feedforward("careful", "feedforward_test_warning"))
  expect_contains_all(
    class(warning), c("feedforward_test_warning", "feedforward_warning")
  )
  old <- options(warn = 2)
  on.exit(options(old))
  expect_error(warn_feedforward("careful", "feedforward_test_warning"), "careful")
})

test_that("hostile texts reach the user literally", {
  hostile <- "{stop('x')} %s %n <U+0041> \\d `"
  expect_identical(conditionMessage(caught(abort_input(hostile))), hostile)
  both <- conditionMessage(caught(abort_input(c(hostile, hostile))))
  expect_match(both, hostile, fixed = TRUE)
  expect_match(
    conditionMessage(caught(warn_feedforward(hostile, "feedforward_x_warning"))),
    hostile,
    fixed = TRUE
  )
})

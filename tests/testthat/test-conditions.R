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

test_that("shorten() fits any value on one short line", {
  expect_identical(shorten(NULL), "NULL")
  expect_identical(shorten(NA), "NA")
  expect_identical(shorten(NA_real_), "NA")
  expect_identical(shorten(NaN), "NaN")
  expect_identical(shorten(-Inf), "-Inf")
  expect_identical(shorten(0.1), "0.1")
  expect_identical(shorten(c(a = 1, b = 2.5)), "c(1, 2.5)")
  expect_identical(shorten(numeric()), "double()")
  expect_identical(shorten(TRUE), "TRUE")
  expect_identical(shorten("a"), "\"a\"")
  expect_identical(shorten(c("a", NA)), "c(\"a\", NA)")
  expect_identical(shorten(1:1000), "c(1, 2, 3, 4, 5, ... (1,000 values))")
  expect_identical(shorten(mean), "a function")
  expect_identical(shorten(iris), "a data frame with 150 rows and 5 columns")
  expect_identical(shorten(list(1)), "an object of class \"list\"")
  expect_identical(shorten(factor("a")), "an object of class \"factor\"")
  values <- list(
    strrep("long", 1e4), rep(strrep("x", 50), 10), matrix(1, 3, 3), quote(a + b),
    "two\nlines\ttab", "\033[31mred", "\xff\xfe", globalenv(), 1i, as.raw(1),
    structure(list(), class = c("a", "b"))
  )
  for (value in values) {
    text <- shorten(value)
    expect_length(text, 1)
    expect_lte(nchar(text), 60)
    expect_no_match(text, "[[:cntrl:]]")
  }
})

test_that("numbers look the same whatever the options", {
  old <- options(OutDec = ",", digits = 3, scipen = -20)
  on.exit(options(old))
  expect_no_match(shorten(1234.5678), ",")
  expect_identical(format_count(12345.0), "12,345")
  expect_identical(count_of(1, "row"), "1 row")
  expect_identical(count_of(2000, "row"), "2,000 rows")
  expect_identical(count_of(2, "entry", "entries"), "2 entries")
})

test_that("names are quoted, escaped and counted", {
  expect_identical(quote_name("a b"), "`a b`")
  expect_identical(quote_name("a\nb"), "`a\\nb`")
  expect_identical(list_names(letters[1:2]), "`a`, `b`")
  expect_match(list_names(letters), "and 16 more$")
  expect_lt(nchar(quote_name(strrep("n", 1e4))), 70)
  bytes <- "\xe9"
  Encoding(bytes) <- "bytes"
  expect_match(quote_name(bytes), "xe9")
})

test_that("nearest_name() finds slips and nothing far-fetched", {
  known <- names(training_arguments)
  expect_identical(nearest_name("epoch", known), "epochs")
  expect_identical(nearest_name("Hidden", known), "hidden")
  expect_identical(nearest_name("hidden_dropout_ratio", known), "hidden_dropout_ratios")
  expect_identical(nearest_name("batch_size", known), "mini_batch_size")
  expect_null(nearest_name("lr", known))
  expect_null(nearest_name("qqqqqqqqqqqq", known))
  expect_null(nearest_name("a", character()))
})

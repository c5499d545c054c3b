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
  expect_identical(nearest_name("hid", known), "hidden")
  expect_identical(nearest_name("EPSI", known), "epsilon")
  expect_null(nearest_name("lr", known))
  expect_null(nearest_name("qqqqqqqqqqqq", known))
  expect_null(nearest_name("a", character()))
  expect_null(nearest_name("a", NULL))
})

test_that("text is compared without regard to case, locale and broken bytes", {
  bytes <- "\u00e9"
  Encoding(bytes) <- "bytes"
  for (value in list(bytes, "\xe9", "\xff")) {
    expect_identical(same_text(value, c("a", "b")), 0L)
    expect_null(nearest_name(value, c("aaa", "bbb")))
  }
  expect_identical(same_text("RECTIFIER", c("Tanh", "Rectifier")), 2L)
  expect_identical(nearest_name("tan", c("Tanh", bytes, "\xe9")), "Tanh")
  skip_if_not_installed("withr")
  turkish <- suppressWarnings(try(withr::local_locale(LC_CTYPE = "tr_TR.UTF-8"), TRUE))
  skip_if(inherits(turkish, "try-error") || tolower("I") == "i")
  expect_identical(same_text("MULTINOMIAL", "multinomial"), 1L)
  expect_identical(nearest_name("MULTINOMIALS", "multinomial"), "multinomial")
})

test_that("durations read as in H2O", {
  expect_equal(format_duration(0), " 0.000 sec")
  expect_equal(format_duration(5.047), " 5.047 sec")
  expect_equal(format_duration(59.9996), " 1 min  0.000 sec")
  expect_equal(format_duration(123.456), " 2 min  3.456 sec")
  expect_equal(format_duration(3723.456), " 1:02:03.456")
  expect_equal(format_duration(90000), "25:00:00.000")
})

test_that("text is UTF-8 or NA, in any session", {
  latin1 <- "caf\xe9"
  Encoding(latin1) <- "latin1"
  bytes <- "caf\xe9"
  Encoding(bytes) <- "bytes"
  marked <- "caf\xe9"
  Encoding(marked) <- "UTF-8"
  expect_identical(
    utf8(c("tea", latin1, "caf\u00e9", "caf\xe9", bytes, marked, NA)),
    c("tea", "caf\u00e9", "caf\u00e9", NA, NA, NA, NA)
  )
  skip_on_os("windows")
  for (locale in c("C", "C.UTF-8")) {
    withr::with_locale(c(LC_CTYPE = locale), {
      # Without a mark, as a session without an encoding reads a file.
      read <- rawToChar(charToRaw("caf\u00e9"))
      expect_silent(found <- utf8(c(read, latin1, "caf\xe9", bytes)))
      expect_identical(found, c("caf\u00e9", "caf\u00e9", NA, NA))
    })
  }
})

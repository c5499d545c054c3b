# Long tables, ranks, words and times.

plain <- function(frame) as.data.frame(frame)

column <- function(frame, k = 1) plain(frame)[[k]]

test_that("wide tables become long, row by row", {
  wide <- as.h2o(data.frame(id = factor(c("u", "v")), a = c(5, NA), b = 7:8))
  expect_identical(plain(h2o.melt(wide, "id")), data.frame(
    id = factor(c("u", "u", "v", "v")), variable = factor(c("a", "b", "a", "b")),
    value = c(5L, 7L, NA, 8L)
  ))
  some <- h2o.melt(wide, "id", "a", var_name = "k", value_name = "w", skipna = TRUE)
  expect_identical(plain(some), data.frame(
    id = factor("u", c("u", "v")), k = factor("a"), w = 5L
  ))
  back <- h2o.pivot(h2o.melt(wide, "id"), "id", "variable", "value")
  expect_equal(plain(back), plain(wide))
  expect_error(h2o.melt(wide, "a"), "`value_vars`", class = "feedforward_input_error")
  expect_error(h2o.melt(wide, character()), class = "feedforward_argument_error")
})

test_that("rows are ranked within groups", {
  frame <- as.h2o(data.frame(g = c(2, 1, 2, 1, 2), v = c(1, 5, 3, NA, 3), row = 1:5))
  ranked <- plain(h2o.rank_within_group_by(frame, "g", "v", FALSE, "rank"))
  expect_identical(ranked$row, c(4L, 2L, 3L, 5L, 1L))
  expect_identical(ranked$rank, c(NA, 1, 1, 2, 3))
  sorted <- h2o.rank_within_group_by(frame, "g", "v", sort_cols_sorted = TRUE)
  expect_identical(plain(sorted)$row, c(4L, 1L, 3L, 5L, 2L))
  expect_identical(plain(sorted)$New_Rank_column, c(NA, 1, 2, 3, 1))
  expect_error(h2o.rank_within_group_by(frame, "g", "v", c(TRUE, NA)), "`ascending`",
    class = "feedforward_argument_error"
  )
})

test_that("texts are cut into words and compared", {
  text <- as.h2o(list(a = c("one two", NA, "x"), b = c("three", "y", "z")))
  text <- as.character(text)
  expect_identical(
    column(h2o.tokenize(text, " ")), c("one", "two", "three", NA, "y", NA, "x", "z", NA)
  )
  expect_error(h2o.tokenize(as.h2o(1:2), " "), class = "feedforward_input_error")
  expect_error(h2o.tokenize(text, "["), "`split`", class = "feedforward_argument_error")
  x <- as.h2o(c("Martha", "Dwayne", "Dixon", NA, "same", ""))
  y <- as.h2o(c("Marhta", "Duane", "Dicksonx", "xxx", "same", "a"))
  like <- function(...) column(h2o.stringdist(x, y, ...))
  # The first three are the examples of Winkler and of H2O's own test.
  expect_equal(like("jw"), c(.961, .84, .8133, NA, 1, 0), tolerance = 1e-3)
  expect_equal(like("lv"), c(1 - 2 / 6, 1 - 2 / 5, 1 - 4 / 5, NA, 1, 0))
  expect_equal(like("lcs"), c(3 / 6, 2 / 5, 4 / 5, NA, 1, 0))
  expect_equal(like("qgram"), c(2 / 5, 1 / 4, 2 / 4, NA, 1, 0))
  expect_identical(like("soundex", FALSE), c(0.9, 0.9, 0, NA, 1, NA))
  words <- h2o.stringdist(as.h2o("a b c"), as.h2o("b c d"), "jaccard")
  expect_identical(column(words), 0.5)
  expect_error(like("junk"), "`method`", class = "feedforward_argument_error")
  expect_error(h2o.stringdist(x, text), "one size", class = "feedforward_input_error")
  bits <- h2o.entropy(as.h2o(factor(c("aa", "ab", "abcd", NA))))
  expect_identical(column(bits), c(0, 1, 2, NA))
  expect_error(h2o.entropy(as.h2o(1:2)), class = "feedforward_input_error")
})

test_that("times are read and made of what there is", {
  dates <- function(x, format) {
    format(column(h2o.as_date(as.h2o(list(x = x)), format)), "%F")
  }
  expect_identical(
    dates(c("2020-02-30", "2020-02-28", NA), "%Y-%m-%d"), c(NA, "2020-02-28", NA)
  )
  # Not of today.
  expect_identical(dates(c("2020", "2021"), "%Y"), c("2020-01-01", "2021-01-01"))
  expect_identical(dates(c("05/1999", "06/1999"), "%m/%Y"), c("1999-05-01", "1999-06-01"))
  expect_error(dates(1:2, "%Y"), "holds numbers", class = "feedforward_input_error")
  expect_error(dates("a", 1), "`format`", class = "feedforward_argument_error")
  expect_identical(column(h2o.mktime(2020, 1, 28, 1, 2, 3, 4)), 1582938123004)
  years <- as.h2o(c(1970, NA, 1971))
  expect_identical(column(h2o.mktime(years)), c(0, NA, 31536e6))
  refused <- function(code, argument) {
    expect_error(code, paste0("`", argument, "`"), class = "feedforward_argument_error")
  }
  refused(h2o.mktime(2020, 1, 29), "day")
  refused(h2o.mktime(2020, 12), "month")
  refused(h2o.mktime(years, hour = 25), "hour")
  refused(h2o.mktime(-1), "year")
  refused(h2o.mktime("a"), "year")
  expect_error(h2o.mktime(years, 1:2), class = "feedforward_input_error")
  expect_error(h2o.year(years), class = "feedforward_input_error")
  expect_identical(h2o.setTimezone("Etc/UTC"), h2o.getTimezone())
  expect_true(h2o.getTimezone() %in% column(h2o.listTimezones()))
  refused(h2o.setTimezone("Europe/Berlin"), "tz")
})

test_that("patterns are judged, gaps stay gaps, and frames can be looked at", {
  frame <- as.h2o(data.frame(t = c("aab", "b", NA, "q"), n = 1:4))
  expect_identical(column(h2o.countmatches(frame["t"], "a")), c(2L, 0L, NA, 0L))
  for (wrong in list("[", NA, c("a", "b"))) {
    expect_error(h2o.gsub(wrong, "", frame["t"]), class = "feedforward_argument_error")
    expect_error(h2o.grep(wrong, frame["t"]), class = "feedforward_argument_error")
  }
  expect_output(h2o.str(frame), "4 obs. of  2 variables")
  expect_identical(names(rev(frame)), c("n", "t"))
  expect_identical(dim(rev(frame["n"])), c(4L, 1L))
  expect_identical(duplicated(as.h2o(c(1, 2, 1))), c(FALSE, FALSE, TRUE))
  expect_identical(dim(format(frame)), c(4L, 2L))
  expect_identical(length(frame), 2L)
  expect_identical(dimnames(frame)[[2]], c("t", "n"))
})

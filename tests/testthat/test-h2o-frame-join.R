# Rows that belong together: groups, matches of two frames, combined categories.

plain <- function(frame) as.data.frame(frame)

column <- function(frame, k = 1) plain(frame)[[k]]

# Pasted with a carriage return between them both rows would be one; so would the numbers
# as text of fifteen digits.
alike <- data.frame(
  a = c("x\r", "x"), b = c("y", "\ry"), n = c(0.3, 0.1 + 0.2), v = 1:2,
  stringsAsFactors = TRUE
)

test_that("groups are told apart by values, not by text", {
  frame <- as.h2o(alike)
  expect_identical(column(h2o.group_by(frame, c("a", "b"), sum("v")), 3), c(2, 1))
  expect_identical(column(h2o.group_by(frame, "n", sum("v")), 2), c(1, 2))
  expect_identical(nrow(h2o.table(frame["n"])), 2L)
  expect_identical(nrow(h2o.unique(frame[c("a", "b")])), 2L)
  expect_identical(nrow(unique(frame["n"])), 2L)
  gaps <- as.h2o(data.frame(k = c(2, NA, NaN, 10, 2), v = 1:5))
  groups <- h2o.group_by(gaps, "k", sum("v"))
  expect_identical(plain(groups), data.frame(k = c(NA, 2, 10), sum_v = c(5, 6, 4)))
  levels <- as.h2o(data.frame(f = factor(c("a", "z", NA), c("z", "a"))))
  expect_identical(as.character(column(h2o.group_by(levels, "f"))), c(NA, "z", "a"))
})

test_that("aggregates treat gaps as they are told", {
  frame <- as.h2o(data.frame(k = c(1, 1, 2), v = c(3, NA, NA)))
  by <- function(method, ...) {
    control <- list(na.methods = method)
    as.list(plain(h2o.group_by(frame, "k", mean("v"), sum("v"), max("v"),
      gb.control = control
    ))[-1])
  }
  expect_identical(unlist(by("all"), use.names = FALSE), rep(NA_real_, 6))
  expect_identical(by("rm"), list(mean_v = c(3, NA), sum_v = c(3, 0), max_v = c(3, NA)))
  expect_identical(by("ignore")$mean_v, c(1.5, 0))
  empty <- as.h2o(data.frame(k = 1, f = factor(NA, "a")))
  one <- function(...) h2o.group_by(empty, "k", ...)
  expect_identical(column(one(mode("f")), 2), NA_real_)
  expect_error(one(mean()), "mean", class = "feedforward_argument_error")
  expect_error(one(mean(c("f", "k"))), "mean", class = "feedforward_argument_error")
  expect_error(by("junk"), "na.methods", class = "feedforward_argument_error")
  expect_error(by(c("rm", "all")), "na.methods", class = "feedforward_argument_error")
  expect_error(
    h2o.group_by(frame, "k", mean("v"), gb.control = list(col.names = c("a", "b"))),
    "col.names", class = "feedforward_argument_error"
  )
  expect_error(
    h2o.group_by(frame, character(), sum("v")),
    class = "feedforward_argument_error"
  )
})

test_that("frames are merged by values of one kind", {
  frame <- as.h2o(alike)
  merged <- plain(h2o.merge(frame[c("a", "b", "v")], frame[c("a", "b", "n")]))
  expect_identical(merged$v, c(2L, 1L))
  expect_identical(merged$n, alike$n[c(2, 1)])
  x <- as.h2o(data.frame(k = factor(c("b", "a", NA)), u = 1:3))
  y <- as.h2o(data.frame(k = factor(c("c", "b", NA), c("c", "b")), u = 4:6))
  inner <- plain(h2o.merge(x, y, by = "k"))
  expect_identical(inner$u.x, c(3L, 1L))
  expect_identical(inner$u.y, c(6L, 5L))
  expect_identical(levels(inner$k), c("a", "b"))
  outer <- plain(h2o.merge(x, y, by = "k", all = TRUE))
  expect_identical(as.character(outer$k), c(NA, "a", "b", "c"))
  expect_identical(outer$u.y, c(6L, NA, 5L, 4L))
  n <- as.h2o(data.frame(n = 1:3))
  expect_error(h2o.merge(x, n, by.x = "k", by.y = "n"), "categories in one frame",
    class = "feedforward_input_error"
  )
  expect_error(h2o.merge(x, y, by = "z"), "no column", class = "feedforward_input_error")
  expect_error(h2o.merge(x, y, by.x = "k", by.y = c("k", "u")), "as many columns",
    class = "feedforward_argument_error"
  )
})

test_that("combined categories, gaps of groups and wide tables keep values apart", {
  frame <- as.h2o(data.frame(
    a = factor(c("x_1", "x", NA, "x")), b = factor(c("y", "1_y", "y", "1_y")),
    v = c(1, 2, NA, NA)
  ))
  cross <- function(most = 9, least = 1) {
    column(h2o.interaction(frame, "", c("a", "b"), FALSE, most, least))
  }
  expect_identical(as.integer(cross()), c(3L, 1L, 2L, 1L))
  expect_identical(levels(cross()), c("x_1_y", "NA_y", "x_1_y1"))
  expect_identical(as.character(cross(1)), c("other", "x_1_y", "other", "x_1_y"))
  expect_identical(levels(cross(9, 2)), c("x_1_y", "other"))
  expect_error(cross(-1), "max_factors", class = "feedforward_argument_error")
  dots <- as.h2o(data.frame(a = c("p.q", "p"), b = c("r", "q.r"), v = c(1, NA)))
  expect_identical(column(h2o.impute(dots, "v", by = c("a", "b")), 3), c(1, NA))
  gap <- h2o.impute(frame, "v", by = "a")
  expect_identical(column(gap, 3), c(1, 2, NA, 2))
  wide <- h2o.pivot(as.h2o(alike), 3, "a", "v")
  expect_identical(names(wide)[[1]], "n")
  expect_identical(column(wide, 2), c(NA, 2L))
  expect_error(h2o.pivot(frame, "a", "b", "z"), class = "feedforward_input_error")
})

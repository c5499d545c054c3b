test_that("replay equals learning, whatever the order of columns, levels and rows", {
  encoding <- learn(mixed)
  x <- expand(encoding, mixed)
  expect_identical(forge(encoding, mixed), x)
  expect_identical(forge(encoding, cbind(extra = 1, rev(mixed))), x)
  other <- mixed
  other$f3 <- factor(as.character(mixed$f3), levels = c("never", "a", "c", "b"))
  other$f2 <- factor(as.character(mixed$f2), levels = c("y", "new but unused", "x"))
  other$t <- factor(mixed$t)
  other$l <- as.numeric(mixed$l)
  expect_silent(same <- forge(encoding, other))
  expect_identical(same, x)
  other$f3 <- as.character(mixed$f3)
  other$l <- as.character(mixed$l)
  expect_identical(forge(encoding, other), x)
  expect_identical(forge(encoding, droplevels(mixed[4:5, ])), x[4:5, ])
  expect_identical(forge(encoding, mixed[0, ]), x[0, ])
  empty <- data.frame(n1 = NA, f2 = NA, f3 = NA_real_, i = NA, t = NA, l = NA_character_)
  expect_equal(sum(forge(encoding, empty)), 4)
  skip_if_not_installed("tibble")
  expect_identical(forge(encoding, tibble::as_tibble(mixed)), x)
  skip_if_not_installed("data.table")
  expect_identical(forge(encoding, data.table::as.data.table(mixed)), x)
})

test_that("columns that do not fit are errors, all in one", {
  encoding <- learn(mixed)
  expect_error(
    new_columns(encoding, mixed[c("f3", "t")]), "4 columns.*`n1`, `f2`, `i`, `l`",
    class = "feedforward_input_error"
  )
  bad <- mixed
  bad$f2 <- 1:5
  bad$n1 <- gl(5, 1)
  bad$i <- letters[1:5]
  bad$l <- c(0, 1, 2, 0, 1)
  bad$f3 <- mixed$l
  message <- tryCatch(
    new_columns(encoding, bad),
    feedforward_input_error = conditionMessage
  )
  expect_match(message, "`f2` of `newdata` is a number; the model was trained on a fact")
  expect_match(message, "`n1` of `newdata` is a factor; the model was trained on a numb")
  expect_match(message, "`i` of `newdata` is text")
  expect_match(message, "`l` of `newdata` is a number; the model was trained on logical")
  expect_match(message, "`f3` of `newdata` is logical")
  # A logical column is numbers 0 and 1 where numbers were.
  ones <- transform(mixed, n1 = l)
  expect_equal(forge(encoding, ones)[, "n1"], forge(encoding, transform(mixed,
    n1 = as.numeric(l)
  ))[, "n1"])

  twice <- cbind(mixed, n1 = 1:5)
  names(twice)[7] <- "n1"
  expect_error(new_columns(encoding, twice), "more than once: `n1`")
  hacked <- mixed
  attr(hacked, "row.names") <- 1:3
  expect_error(new_columns(encoding, hacked), "5 values for 3 rows")
  expect_error(new_columns(encoding, "a path"), "must be a data frame",
    class = "feedforward_input_error"
  )
  expect_error(learn(list(a = 1:3, b = 1:2)), "`a` has 3 rows, `b` has 2")
})

test_that("absent columns can be taken for missing if asked", {
  encoding <- learn(mixed)
  expect_warning(
    x <- forge(encoding, mixed[c("f2", "n1")], missing_columns = "fill"),
    class = "feedforward_missing_columns_warning"
  )
  expect_equal(x[, "i"], rep(0, 5))
  expect_equal(x[, "f3.missing(NA)"], rep(1, 5))
  expect_error(
    new_columns(encoding, data.frame(z = 1), missing_columns = "fill"),
    class = "feedforward_input_error"
  )
})

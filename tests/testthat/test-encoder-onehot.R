test_that("a row has its level's input, its missing one, or none if dropped", {
  for (all in c(TRUE, FALSE)) {
    encoding <- learn(mixed, use_all_factor_levels = all)
    x <- expand(encoding, mixed)
    for (name in encoding$groups$onehot$columns) {
      value <- as.character(mixed[[name]])
      value[is.na(value)] <- "missing(NA)"
      hot <- paste0(name, ".", value)
      block <- startsWith(colnames(x), paste0(name, "."))
      truth <- outer(hot, colnames(x)[block], "==") + 0
      expect_equal(unname(x[, block]), truth, info = name)
    }
    first <- all(x[mixed$f2 == "x", c("f2.y", "f2.missing(NA)")] == 0)
    expect_true(first)
  }
})

test_that("levels are factor order, bytes for text, and one text is one level", {
  latin1 <- "caf\xe9"
  Encoding(latin1) <- "latin1"
  utf8 <- enc2utf8(latin1)
  text <- c("b", "B", latin1, "a", utf8, "_", "Z", NA)
  encoding <- learn(list(text = text, n = 1:8))
  expect_equal(encoding$groups$onehot$levels$text, c("B", "Z", "_", "a", "b", utf8))
  expect_equal(Encoding(encoding$groups$onehot$levels$text[6]), "UTF-8")
  x <- expand(encoding, list(text = text, n = 1:8))
  expect_equal(x[3, 1:7], x[5, 1:7])
  # The same factor with latin1 levels.
  factor1 <- factor(c(latin1, "a"), levels = c(latin1, "a"))
  expect_silent(y <- forge(encoding, data.frame(text = factor1, n = c(3L, 4L))))
  expect_equal(y, x[3:4, ])

  skip_on_os("windows")
  for (locale in c("C", "C.UTF-8")) {
    withr::with_collate(locale, {
      expect_equal(learn(list(text = text, n = 1:8)), encoding)
    })
  }
})

test_that("NA levels are missing, malformed and duplicated levels are errors", {
  f <- addNA(factor(c("a", NA, "b")))
  encoding <- learn(list(f = f))
  expect_equal(encoding$groups$onehot$levels$f, c("a", "b"))
  expect_true(encoding$groups$onehot$missing_seen[["f"]])
  expect_equal(unname(expand(encoding, list(f = f))), diag(3)[c(1, 3, 2), ])
  expect_equal(complete_rows(encoding, list(f = f)), c(TRUE, FALSE, TRUE))

  beyond <- structure(c(1L, 5L), levels = c("a", "b"), class = "factor")
  below <- structure(c(1L, 0L), levels = c("a", "b"), class = "factor")
  twice <- structure(1:2, levels = c("a", "a"), class = "factor")
  for (bad in list(beyond, below, twice)) {
    expect_error(
      learn(list(f = bad)), "`f` is a malformed factor",
      class = "feedforward_input_error"
    )
    expect_error(
      new_columns(learn(list(f = gl(2, 1, labels = c("a", "b")))), data.frame(f = bad)),
      "malformed",
      class = "feedforward_input_error"
    )
  }
})

test_that("text that is none in its encoding is named, with the way to mark it", {
  invalid <- c("tea", "caf\xe9")
  bytes <- invalid
  Encoding(bytes) <- "bytes"
  good <- learn(list(t = c("tea", "milk")))
  for (text in list(invalid, bytes)) {
    refused <- function(call, message) {
      expect_error(call, message, class = "feedforward_input_error")
    }
    refused(learn(list(t = text)), "`t` has the value \"caf.*xe9\".*Encoding\\(x\\) <-")
    levels <- structure(1:2, levels = text, class = "factor")
    refused(learn(list(t = levels)), "`t` has the level .*Encoding\\(levels\\(x\\)\\)")
    refused(new_columns(good, data.frame(t = I(text))), "`t` has the value")
    refused(new_columns(good, data.frame(t = levels)), "`t` has the level")
  }
  # Marked, as the advice says, it is text.
  Encoding(invalid) <- "latin1"
  expect_identical(learn(list(t = invalid))$groups$onehot$levels$t, c("caf\u00e9", "tea"))
})

test_that("a factor is used in place and only its map differs", {
  encoding <- learn(mixed)
  plan <- encoding_plan(encoding, mixed)
  expect_identical(plan$columns[[1]], mixed$f3)
  expect_identical(plan$columns[[5]], list(n1 = mixed$n1, i = mixed$i))
  # The level that no row has goes where missing values go.
  expect_identical(
    plan$plan[[1]], list(kind = "codes", map = c(0L, 1L, 2L, 4L), missing = 4L)
  )
  expect_identical(
    encoding_plan(learn(mixed, use_all_factor_levels = FALSE), mixed)$plan[[1]],
    list(kind = "codes", map = c(-1L, 0L, 1L, 3L), missing = 3L)
  )
})

test_that("unseen levels go to the missing input with one warning that lists them", {
  encoding <- learn(mixed)
  new <- data.frame(
    n1 = 1, f2 = c("x", "\033[31m{z}%s"), f3 = factor(c("zz", "a")), i = 1L,
    t = sprintf("new %02d", 1:2), l = c("TRUE", "yes")
  )
  warnings <- list()
  x <- withCallingHandlers(forge(encoding, new), warning = function(w) {
    warnings <<- c(warnings, list(w))
    invokeRestart("muffleWarning")
  })
  expect_length(warnings, 1)
  expect_s3_class(warnings[[1]], "feedforward_unseen_levels_warning")
  expect_s3_class(warnings[[1]], "feedforward_warning")
  expect_equal(warnings[[1]]$unseen$t, c("new 01", "new 02"))
  expect_equal(warnings[[1]]$unseen$f3, "zz")
  expect_equal(names(warnings[[1]]$unseen), c("f2", "f3", "t", "l"))
  expect_match(conditionMessage(warnings[[1]]), "{z}%s", fixed = TRUE)
  expect_no_match(conditionMessage(warnings[[1]]), "\033", fixed = TRUE)
  expect_equal(unname(x[, "f2.missing(NA)"]), c(0, 1))
  expect_equal(unname(x[, "f3.missing(NA)"]), c(1, 0))
  expect_equal(unname(x[, "t.missing(NA)"]), c(1, 1))
  many <- data.frame(
    n1 = 1, f2 = "x", f3 = "a", i = 1L, t = sprintf("%02d", 1:25), l = NA
  )
  text <- tryCatch(new_columns(encoding, many), warning = conditionMessage)
  expect_match(text, "\"20\" and 5 more")
  expect_no_match(text, "\"21\"")

  # An ordered factor is no exception.
  ordered <- learn(list(o = factor(c("lo", "hi"), c("lo", "hi"), ordered = TRUE)))
  expect_warning(
    x <- forge(ordered, data.frame(o = c("hi", "max"))), "`o`: \"max\"",
    class = "feedforward_unseen_levels_warning"
  )
  expect_equal(x[, "o.missing(NA)"], c(0, 1))
})

test_that("a level without a row that trains is unseen, however it lost its rows", {
  n <- 30
  data <- data.frame(
    f = factor(rep_len(c("a", "b"), n), c("a", "b", "c")), x = sin(seq_len(n))
  )
  data$f[n] <- "c"
  data$x[n] <- NA
  ways <- list(
    declared = learn(data[-n, ]), `no response` = learn(data, trains = seq_len(n - 1)),
    `weight 0` = learn(data, weights = rep(1:0, c(n - 1, 1))),
    Skip = learn(data, missing_values_handling = "Skip")
  )
  for (way in names(ways)) {
    encoding <- ways[[way]]
    unused <- encoding$input_names[encoding$unused + 1]
    expect_identical(unused, c("f.c", "f.missing(NA)"), info = way)
    new <- data.frame(f = c("c", "a"), x = 0)
    for (f in list(new$f, factor(new$f), factor(new$f, c("c", "z", "a")))) {
      new$f <- f
      expect_warning(
        x <- forge(encoding, new), "`f`: \"c\"[.]$",
        class = "feedforward_unseen_levels_warning"
      )
      expect_identical(unname(x[, "f.missing(NA)"]), c(1, 0))
      expect_identical(unname(x[, "f.c"]), c(0, 0))
    }
  }
  kept <- learn(data.frame(l = c(TRUE, TRUE, NA)), ignore_const_cols = FALSE)
  expect_warning(forge(kept, data.frame(l = FALSE)), "`l`: \"FALSE\"")
  # The first level has no input to begin with.
  rest <- data[data$f != "a", ]
  first <- learn(rest, use_all_factor_levels = FALSE)
  expect_warning(x <- forge(first, data.frame(f = "a", x = 0)), "`f`: \"a\"")
  expect_identical(x[, "f.missing(NA)"], c(`f.missing(NA)` = 1))
})

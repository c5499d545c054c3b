settings <- function(...) {
  defaults <- list(
    use_all_factor_levels = TRUE, standardize = TRUE, ignore_const_cols = TRUE,
    sparse = FALSE, missing_values_handling = "MeanImputation"
  )
  utils::modifyList(defaults, list(...))
}

learn <- function(columns, ..., weights = NULL, trains = NULL) {
  learn_encoding(columns, settings(...), weights, trains)
}

expand <- function(encoding, columns) {
  n <- if (is.list(columns)) length(columns[[1]]) else nrow(columns)
  x <- expand_rows(encoding_plan(encoding, columns), n, n_inputs(encoding))
  colnames(x) <- input_names(encoding)
  x
}

forge <- function(encoding, newdata, ...) {
  expand(encoding, new_columns(encoding, newdata, ...))
}

mixed <- data.frame(
  n1 = c(1, 2, NA, 4, 9),
  f2 = factor(c("x", "y", "x", "y", "x")),
  f3 = factor(c("b", "a", NA, "c", "a"), levels = c("b", "c", "a", "never")),
  i = c(10L, NA, -3L, 7L, 0L),
  t = c("q", "p", "p", "q", "p"),
  l = c(TRUE, FALSE, NA, TRUE, TRUE)
)

test_that("inputs come as H2O orders and names them", {
  encoding <- learn(mixed)
  expect_equal(encoding$predictors, names(mixed))
  expect_equal(
    input_names(encoding),
    c(
      "f3.b", "f3.c", "f3.a", "f3.never", "f3.missing(NA)",
      "f2.x", "f2.y", "f2.missing(NA)", "t.p", "t.q", "t.missing(NA)",
      "l.FALSE", "l.TRUE", "l.missing(NA)", "n1", "i"
    )
  )
  expect_equal(encoding$offsets, c(f3 = 0L, f2 = 5L, t = 8L, l = 11L))
  expect_equal(n_inputs(encoding), 16)
  expect_equal(encoding$missing_seen, c(f3 = TRUE, f2 = FALSE, t = FALSE, l = TRUE))
  expect_equal(input_names(encoding)[unused_inputs(encoding) + 1], c(
    "f2.missing(NA)", "t.missing(NA)"
  ))
  expect_equal(
    encoding$classes,
    c(
      n1 = "numeric", f2 = "factor", f3 = "factor", i = "integer", t = "character",
      l = "logical"
    )
  )

  dropped <- learn(mixed, use_all_factor_levels = FALSE)
  expect_equal(
    input_names(dropped),
    c(
      "f3.c", "f3.a", "f3.never", "f3.missing(NA)", "f2.y", "f2.missing(NA)", "t.q",
      "t.missing(NA)", "l.TRUE", "l.missing(NA)", "n1", "i"
    )
  )
  expect_equal(
    input_names(dropped)[unused_inputs(dropped) + 1], c("f2.missing(NA)", "t.missing(NA)")
  )
})

test_that("a row has its level's input, its missing one, or none if dropped", {
  for (all in c(TRUE, FALSE)) {
    encoding <- learn(mixed, use_all_factor_levels = all)
    x <- expand(encoding, mixed)
    for (name in encoding$order$factors) {
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

test_that("numbers have mean 0 and sd 1, and a missing one is the mean", {
  encoding <- learn(mixed)
  x <- expand(encoding, mixed)
  for (name in c("n1", "i")) {
    known <- !is.na(mixed[[name]])
    expect_equal(mean(x[known, name]), 0)
    expect_equal(sd(x[known, name]), 1)
    expect_equal(x[[which(!known), name]], 0)
  }
  raw <- learn(mixed, standardize = FALSE)
  expect_equal(unname(raw$means), c(0, 0))
  expect_equal(unname(raw$scales), c(1, 1))
  expect_equal(expand(raw, mixed)[, "n1"], c(1, 2, 4, 4, 9))
  expect_equal(expand(raw, mixed)[2, "i"], c(i = 3.5))
})

test_that("large offsets do not cancel, and full-range integers do not overflow", {
  set.seed(1)
  noise <- rnorm(1000)
  data <- list(
    far = 1e9 + noise, wide = sample(c(-1L, 1L), 1000, TRUE) * .Machine$integer.max
  )
  encoding <- learn(data)
  expect_equal(encoding$scales[["far"]], 1 / sd(data$far - 1e9), tolerance = 1e-10)
  expect_equal(encoding$means[["wide"]], mean(as.double(data$wide)))
  x <- expand(encoding, data)
  expect_equal(mean(x[, "far"]), 0, tolerance = 1e-6)
  # The weighted way is another one.
  weighted <- learn(data, weights = rep(3, 1000))
  spread <- sd(rep(data$far - 1e9, 3))
  expect_equal(weighted$scales[["far"]], 1 / spread, tolerance = 1e-10)
})

test_that("extreme numbers are scaled in double or refused", {
  encoding <- learn(list(big = c(1e300, -1e300, 3e299), small = c(0, 1e-200, 3e-200)))
  x <- expand(encoding, list(big = c(1e300, -1e300, 3e299), small = c(0, 1e-200, 3e-200)))
  expect_equal(unname(apply(x, 2, sd)), c(1, 1))
  expect_error(
    learn(list(ok = 1:3, both = c(1e308, -1e308, 0))), "`both`.*double precision",
    class = "feedforward_input_error"
  )
  expect_error(
    learn(list(big = c(1e300, 1, 2)), standardize = FALSE), "`big`.*standardize",
    class = "feedforward_input_error"
  )
  expect_error(
    forge(learn(list(v = c(1, 2, 3))), data.frame(v = 1e300)), "`v`.*single precision",
    class = "feedforward_input_error"
  )
})

test_that("infinite values are named with their number and first row", {
  bad <- data.frame(a = c(1, NA, Inf, -Inf), b = 1:4)
  expect_error(
    learn(bad), "`a` has 2 infinite values \\(first in row 3\\)",
    class = "feedforward_input_error"
  )
  expect_error(
    learn(bad, trains = c(1L, 2L, 4L)), "1 infinite value \\(first in row 4\\)"
  )
  expect_error(
    new_columns(learn(data.frame(a = 1:4, b = 4:1)), bad), "`a`",
    class = "feedforward_input_error"
  )
  expect_warning(
    learn(bad[c("b", "a")], weights = c(1, 1, 0, 0)),
    class = "feedforward_dropped_warning"
  )
})

test_that("columns that do not vary are dropped with one warning, or kept", {
  data <- data.frame(
    ok = c(1, 2, 3), same = 4, none = NA_real_, tiny = c(0, 1e-310, 2e-310),
    level = factor(c("a", "a", NA), levels = c("a", "b")), empty = NA
  )
  warnings <- testthat::capture_warnings(encoding <- learn(data))
  expect_length(warnings, 1)
  expect_match(warnings, "`same` \\(constant\\)")
  expect_equal(
    encoding$dropped,
    c(
      same = "constant", none = "all missing", tiny = "constant", level = "constant",
      empty = "all missing"
    )
  )
  expect_equal(input_names(encoding), "ok")
  expect_warning(learn(data), class = "feedforward_dropped_warning")

  expect_silent(kept <- learn(data, ignore_const_cols = FALSE))
  expect_equal(kept$predictors, names(data))
  expect_equal(unname(kept$scales[c("same", "none", "tiny")]), c(1, 1, 1))
  x <- expand(kept, data)
  expect_true(all(is.finite(x)))
  expect_equal(x[, "same"], c(0, 0, 0))
  expect_equal(x[, "none"], c(0, 0, 0))
  expect_equal(x[, "level.missing(NA)"], c(0, 0, 1))

  expect_error(
    learn(data[c("same", "none")]), "no usable predictor.*`same` \\(constant\\)",
    class = "feedforward_input_error"
  )
})

test_that("integer weights do what repeated rows do, in means and sds", {
  set.seed(2)
  data <- list(x = rnorm(20), y = rexp(20), f = sample(letters[1:4], 20, TRUE))
  data$x[3] <- NA
  w <- sample(1:4, 20, TRUE)
  again <- rep(seq_len(20), w)
  weighted <- learn(data, weights = w)
  repeated <- learn(lapply(data, `[`, again))
  expect_equal(weighted, repeated)
  # H2O's divisor would not do.
  h2o <- sum(!is.na(data$x)) / (sum(!is.na(data$x)) - 1)
  ours <- sum(w[-3]) / (sum(w[-3]) - 1)
  expect_gt(abs(h2o / ours - 1), 0.01)
  # Weights that sum to 1 still have a spread: H2O's.
  share <- learn(data, weights = w / sum(w))
  expect_equal((share$scales / weighted$scales)[["y"]], sqrt(
    sum(w) / (sum(w) - 1) / (20 / 19)
  ))
})

test_that("weight 0 and rows that do not train are gone, bit for bit", {
  set.seed(3)
  data <- data.frame(x = rnorm(12), t = rep(c("a", "b", "c"), 4), f = gl(3, 4))
  data$t[12] <- "only here"
  data$x[11] <- NA
  data$f[10] <- NA
  some <- 1:9
  gone <- learn(data[some, ])
  expect_identical(learn(data, weights = rep(c(1, 0), c(9, 3))), gone)
  expect_identical(learn(data, trains = some), gone)
  expect_identical(learn(data, trains = 1:10, weights = c(rep(1, 9), 0, 1, 1)), gone)
  expect_identical(learn(data, weights = rep(1, 12)), learn(data))
  expect_equal(gone$levels$t, c("a", "b", "c"))
  expect_equal(gone$levels$f, c("1", "2", "3"))
  expect_false(gone$missing_seen[["f"]])
  w <- c(1, 2, 3, 1, 2, 3, 1, 2, 3)
  expect_identical(learn(data, weights = c(w, 0, 0, 0)), learn(data[some, ], weights = w))
  expect_error(learn(data, weights = rep(0, 12)), class = "feedforward_input_error")
})

test_that("Skip learns from complete rows, and says which they are", {
  encoding <- learn(mixed, missing_values_handling = "Skip")
  expect_equal(complete_rows(encoding, mixed), complete.cases(mixed))
  expect_equal(encoding$means[["n1"]], mean(c(1, 4, 9)))
  expect_false(any(encoding$missing_seen))
  # What is dropped does not make rows incomplete.
  expect_warning(
    some <- learn(cbind(mixed, none = NA), missing_values_handling = "Skip")
  )
  expect_equal(complete_rows(some, cbind(mixed, none = NA)), complete.cases(mixed))
  holes <- data.frame(a = c(1, NA, 3, NA), b = c(NA, 1, NA, 4))
  expect_error(
    learn(holes, missing_values_handling = "Skip"), "MeanImputation",
    class = "feedforward_input_error"
  )
})

test_that("levels are factor order, bytes for text, and one text is one level", {
  latin1 <- "caf\xe9"
  Encoding(latin1) <- "latin1"
  utf8 <- enc2utf8(latin1)
  text <- c("b", "B", latin1, "a", utf8, "_", "Z", NA)
  encoding <- learn(list(text = text, n = 1:8))
  expect_equal(encoding$levels$text, c("B", "Z", "_", "a", "b", utf8))
  expect_equal(Encoding(encoding$levels$text[6]), "UTF-8")
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
  expect_equal(encoding$levels$f, c("a", "b"))
  expect_true(encoding$missing_seen[["f"]])
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
  expect_error(learn(list(t = c("a", "\xff\xfe"))), class = "feedforward_input_error")
  bytes <- c("a", "\xe9")
  Encoding(bytes) <- "bytes"
  expect_error(learn(list(t = bytes)), "`t`", class = "feedforward_input_error")
})

test_that("columns of other classes become numbers, or are refused with their name", {
  day <- as.Date("2020-01-01") + 0:3
  data <- list(
    day = day, time = as.POSIXct(day, tz = "UTC") + 0.5,
    span = as.difftime(c(1, 2, 3, 5), units = "hours"),
    long = structure(
      c(4.940656458412465e-324, NaN, 0, 4.940656458412465e-324),
      class = "integer64"
    ),
    inside = I(c(1, 2, 3, 7))
  )
  # -1 and the largest integer64 below 2^32, made of their bits.
  bits <- function(low, high) {
    readBin(writeBin(c(low, high), raw(), endian = "little"), "double", endian = "little")
  }
  data$long[2] <- bits(-1L, -1L)
  data$long[3] <- bits(-1L, 0L)
  encoding <- learn(data, standardize = FALSE)
  x <- expand(encoding, data)
  expect_equal(x[, "day"], as.numeric(day) * 86400000)
  expect_equal(x[, "time"], as.numeric(day) * 86400000 + 500)
  expect_equal(x[, "span"], c(1, 2, 3, 5) * 3600)
  expect_equal(x[, "long"], c(1, -1, 2^32 - 1, 1))
  half <- structure(bits(NA_integer_, 0L), class = "integer64")
  expect_equal(to_number(half), 2^31)
  lowest <- structure(bits(1L, NA_integer_), class = "integer64")
  expect_equal(to_number(lowest), -2^63 + 1)
  expect_equal(x[, "inside"], c(1, 2, 3, 7))
  missing <- structure(bits(0L, NA_integer_), class = "integer64")
  expect_equal(to_number(missing), NA_real_)

  # Units are converted, not trusted; times are times.
  new <- data.frame(
    day = as.POSIXct("2020-01-02", tz = "UTC"), time = as.Date("2020-01-03"),
    span = as.difftime(60, units = "mins"), long = 5L, inside = 2
  )
  expect_equal(
    unname(forge(encoding, new)[1, ]),
    c(18263 * 86400000, 18264 * 86400000, 3600, 5, 2)
  )
  new$day <- 18263
  expect_error(new_columns(encoding, new), "`day` of `newdata` is a number.*a date")

  refused <- list(
    c = complex(real = 1:2), r = as.raw(1:2), m = diag(2), l = list(1, 2),
    ok = 1:2, d = data.frame(a = 1:2)
  )
  message <- tryCatch(learn(refused), feedforward_input_error = conditionMessage)
  for (name in setdiff(names(refused), "ok")) {
    expect_match(message, sprintf("`%s` is of class", name))
  }
  expect_no_match(message, "`ok`")
})

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

test_that("a factor is used in place and only its map differs", {
  encoding <- learn(mixed)
  plan <- encoding_plan(encoding, mixed)
  expect_identical(plan$columns[[1]], mixed$f3)
  expect_identical(plan$columns[[5]], mixed$n1)
  expect_identical(
    plan$plan[[1]], list(kind = "codes", map = 0:3, missing = 4L)
  )
  expect_identical(
    encoding_plan(learn(mixed, use_all_factor_levels = FALSE), mixed)$plan[[1]],
    list(kind = "codes", map = c(-1L, 0L, 1L, 2L), missing = 3L)
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

  ordered <- learn(list(o = factor(c("lo", "hi"), c("lo", "hi"), ordered = TRUE)))
  expect_error(
    new_columns(ordered, data.frame(o = c("hi", "max"))), "`o`.*\"max\"",
    class = "feedforward_input_error"
  )
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

test_that("a matrix is its columns, found by name or by position", {
  set.seed(4)
  m <- matrix(rnorm(30), 10, 3, dimnames = list(NULL, c("a", "b", "c")))
  encoding <- learn(m)
  frame <- learn(as.data.frame(m))
  expect_equal(encoding, frame)
  x <- expand(encoding, m)
  expect_equal(forge(encoding, m[, c("c", "a", "b")]), x)
  expect_equal(forge(encoding, unname(m)), x)
  expect_equal(forge(encoding, as.data.frame(m)), x)
  expect_equal(forge(encoding, m[1, , drop = FALSE]), x[1, , drop = FALSE])
  expect_error(
    new_columns(encoding, unname(m)[, 1:2]), "2 columns without the names.*3",
    class = "feedforward_input_error"
  )

  bare <- unname(m)
  bare[, 2] <- 1
  numbered <- suppressWarnings(learn(bare))
  expect_true(numbered$positional)
  expect_equal(input_names(numbered), c("V1", "V3"))
  x <- expand(numbered, bare)
  expect_equal(forge(numbered, bare), x)
  colnames(bare) <- c("p", "q", "r")
  expect_equal(forge(numbered, bare), x)

  text <- matrix(c("a", "b", "a", "x", "y", "z"), 3, dimnames = list(NULL, c("u", "v")))
  expect_equal(input_names(learn(text))[1:4], c("v.x", "v.y", "v.z", "v.missing(NA)"))
})

sparse_example <- function() {
  set.seed(5)
  dense <- matrix(rnorm(200) * (runif(200) < 0.3) + 0, 20, 10)
  dense[, 4] <- 0
  dense[, 5] <- 3 + rnorm(20)
  dense[2, 1] <- NA
  dense[7, 5] <- NA
  colnames(dense) <- letters[1:10]
  list(dense = dense, sparse = Matrix::Matrix(dense, sparse = TRUE))
}

test_that("a sparse matrix gives the dense result", {
  example <- sparse_example()
  expect_s4_class(example$sparse, "dgCMatrix")
  for (standardize in c(TRUE, FALSE)) {
    for (weights in list(NULL, rep(0:3, 5), rep(c(0.5, 1), 10))) {
      for (trains in list(NULL, 3:19)) {
        fit <- function(data) {
          suppressWarnings(learn(
            data,
            standardize = standardize, weights = weights, trains = trains
          ))
        }
        dense <- fit(example$dense)
        sparse <- fit(example$sparse)
        expect_true(sparse$sparse)
        sparse$sparse <- FALSE
        expect_equal(sparse, dense, tolerance = 1e-12)
        expect_equal(expand(sparse, example$sparse), expand(dense, example$dense))
        # Either kind can be predicted from the other.
        expect_equal(
          forge(sparse, example$dense), forge(dense, example$sparse[, 10:1])
        )
      }
    }
  }
  skip <- suppressWarnings(learn(example$sparse, missing_values_handling = "Skip"))
  expect_equal(complete_rows(skip, example$sparse), complete.cases(example$dense))
  expect_equal(
    skip$means[["a"]], mean(example$dense[complete.cases(example$dense), "a"])
  )
})

test_that("sparse newdata is checked", {
  example <- sparse_example()
  encoding <- suppressWarnings(learn(example$sparse))
  bare <- example$sparse
  bare@Dimnames <- list(NULL, NULL)
  expect_equal(forge(encoding, bare), expand(encoding, example$sparse))
  expect_error(new_columns(encoding, example$sparse[, 1:3]), "lacks 6 columns")
  infinite <- example$sparse
  infinite@x[3] <- Inf
  expect_error(new_columns(encoding, infinite), "infinite",
    class = "feedforward_input_error"
  )
  expect_error(learn(infinite), "`a` has 1 infinite value",
    class = "feedforward_input_error"
  )
  expect_error(
    new_columns(learn(mixed), example$sparse), class = "feedforward_input_error"
  )
})

test_that("a corrupt sparse matrix is refused", {
  good <- sparse_example()$sparse
  broken <- list(
    { m <- good; m@i[1] <- 20L; m },
    { m <- good; m@i[1] <- -1L; m },
    { m <- good; m@p[3] <- m@p[2] - 1L; m },
    { m <- good; m@p[11] <- m@p[11] + 1L; m },
    { m <- good; m@p <- m@p[-1]; m },
    { m <- good; m@i[1:2] <- m@i[2:1]; m },
    { m <- good; m@x <- m@x[-1]; m }
  )
  for (matrix in broken) {
    expect_error(learn(matrix), "corrupt", class = "feedforward_input_error")
  }
})

test_that("rows go to the core with columns in input order", {
  seen <- NULL
  encode <- encode_rows
  environment(encode) <- list2env(
    list(rows_build = function(...) seen <<- list(...)),
    parent = environment(encode_rows)
  )
  encoding <- learn(mixed)
  encode(encoding, mixed, 5, keep = c(4L, 1L))
  plan <- encoding_plan(encoding, mixed)
  expect_identical(seen, list(plan$columns, plan$plan, 5, c(4L, 1L), FALSE))
})

test_that("names, means and scales are H2O's", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (name in names(golden$models)) {
    model <- golden$models[[name]]
    train <- golden$frames[[model$train]]
    given <- model$arguments
    special <- c(model$response, given$weights_column, given$offset_column)
    weights <- if (!is.null(given$weights_column)) train[[given$weights_column]]
    encoding <- learn(
      train[setdiff(names(train), special)],
      weights = weights, standardize = given$standardize,
      use_all_factor_levels = given$use_all_factor_levels
    )
    expect_equal(input_names(encoding), colnames(model$weights[[1]]), info = name)
  }
})

test_that("means and scales are H2O's, weighted ones but for the divisor", {
  for (case in c("binomial-tanh", "binomial-drop-first-level", "binomial-weights")) {
    stored <- jsonlite::fromJSON(
      shared_path("golden", case, "model.json"), simplifyVector = TRUE
    )
    train <- utils::read.csv(
      shared_path("golden", case, "train.csv"), na.strings = "", stringsAsFactors = TRUE
    )
    weights <- train$Weight
    encoding <- learn(
      train[setdiff(names(train), c("IsDepDelayed", "Weight"))],
      weights = weights, use_all_factor_levels = stored$params$use_all_factor_levels
    )
    expect_equal(unname(encoding$means), stored$normsub, info = case)
    divisor <- vapply(train[encoding$order$numerics], function(x) {
      w <- if (is.null(weights)) rep(1, length(x)) else weights
      w <- w[!is.na(x) & w > 0]
      sqrt(length(w) / (length(w) - 1) / (sum(w) / (sum(w) - 1)))
    }, 0)
    expect_equal(unname(encoding$scales / divisor), stored$normmul, info = case)
  }
})

test_that("the core computes what the plan says", {
  core_rows <- function(encoding, columns, n, keep = NULL) {
    inputs <- n_inputs(encoding)
    network <- list(
      inputs = inputs, hidden = integer(), activation = "Tanh", outputs = inputs,
      output = "softmax"
    )
    # Without hidden layers and with these weights a network returns its inputs.
    rows <- encode_rows(encoding, columns, n, keep)
    network_predict(rows, NULL, network, list(diag(inputs)), list(numeric(inputs)), 1L)
  }
  for (all in c(TRUE, FALSE)) {
    for (sparse in c(TRUE, FALSE)) {
      for (standardize in c(TRUE, FALSE)) {
        encoding <- learn(
          mixed,
          use_all_factor_levels = all, sparse = sparse, standardize = standardize
        )
        x <- unname(expand(encoding, mixed))
        expect_equal(core_rows(encoding, mixed, 5), x, tolerance = 1e-6)
        expect_equal(core_rows(encoding, mixed, 5, c(4L, 1L)), x[c(4, 1), ],
          tolerance = 1e-6
        )
      }
    }
  }
  other <- transform(mixed, f3 = factor(f3, c("a", "zz", "c", "b")), l = as.numeric(l))
  expect_equal(
    core_rows(encoding, new_columns(encoding, other), 5), x,
    tolerance = 1e-6
  )
  example <- sparse_example()
  for (standardize in c(TRUE, FALSE)) {
    encoding <- suppressWarnings(learn(example$sparse, standardize = standardize))
    expect_equal(
      core_rows(encoding, example$sparse, 20, 3:20),
      unname(expand(encoding, example$dense))[3:20, ],
      tolerance = 1e-6
    )
  }
})

test_that("inputs come as H2O orders and names them", {
  encoding <- learn(mixed)
  expect_equal(encoding$predictors, names(mixed))
  expect_equal(
    encoding$input_names,
    c(
      "f3.b", "f3.c", "f3.a", "f3.never", "f3.missing(NA)",
      "f2.x", "f2.y", "f2.missing(NA)", "t.p", "t.q", "t.missing(NA)",
      "l.FALSE", "l.TRUE", "l.missing(NA)", "n1", "i"
    )
  )
  factors <- encoding$groups$onehot
  expect_equal(factors$starts, c(f3 = 0L, f2 = 5L, t = 8L, l = 11L))
  expect_equal(encoding$inputs, 16)
  expect_equal(factors$missing_seen, c(f3 = TRUE, f2 = FALSE, t = FALSE, l = TRUE))
  expect_equal(encoding$input_names[encoding$unused + 1], c(
    "f3.never", "f2.missing(NA)", "t.missing(NA)"
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
    dropped$input_names,
    c(
      "f3.c", "f3.a", "f3.never", "f3.missing(NA)", "f2.y", "f2.missing(NA)", "t.q",
      "t.missing(NA)", "l.TRUE", "l.missing(NA)", "n1", "i"
    )
  )
  expect_equal(
    dropped$input_names[dropped$unused + 1],
    c("f3.never", "f2.missing(NA)", "t.missing(NA)")
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
  expect_equal(encoding$input_names, "ok")
  expect_warning(learn(data), class = "feedforward_dropped_warning")

  expect_silent(kept <- learn(data, ignore_const_cols = FALSE))
  expect_equal(kept$predictors, names(data))
  expect_equal(unname(kept$groups$number$scales[c("same", "none", "tiny")]), c(1, 1, 1))
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

test_that("a spread of rounding is none", {
  set.seed(6)
  n <- 200
  shares <- matrix(runif(100 * n), n)
  data <- list(
    x = rnorm(n), total = rowSums(shares / rowSums(shares)),
    same = sqrt(seq_len(n) + 1)^2 / (seq_len(n) + 1) * 1e6,
    # What differs by more than that, and whole numbers, are meant.
    time = as.POSIXct("2024-01-01", tz = "UTC") + runif(n) / 100,
    near = 1 + 1e-11 * rnorm(n), code = 9e15 + seq_len(n)
  )
  for (weights in list(NULL, runif(n))) {
    expect_warning(
      encoding <- learn(data, weights = weights), class = "feedforward_dropped_warning"
    )
    expect_named(encoding$dropped, c("total", "same"))
    expect_equal(apply(expand(encoding, data), 2, sd), rep(1, 4),
      tolerance = 0.1, ignore_attr = TRUE
    )
    # Kept all the same, it is not blown up.
    kept <- learn(data, weights = weights, ignore_const_cols = FALSE)
    expect_equal(kept$groups$number$scales[c("total", "same")], c(total = 1, same = 1))
  }
  expect_named(suppressWarnings(learn(do.call(cbind, data)))$dropped, c("total", "same"))
  skip_if_not_installed("Matrix")
  sparse <- Matrix::Matrix(do.call(cbind, data[c("x", "total")]), sparse = TRUE)
  expect_warning(encoding <- learn(sparse), "`total`")
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
  expect_equal((share$groups$number$scales / weighted$groups$number$scales)[["y"]], sqrt(
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
  expect_equal(gone$groups$onehot$levels$t, c("a", "b", "c"))
  expect_equal(gone$groups$onehot$levels$f, c("1", "2", "3"))
  expect_false(gone$groups$onehot$missing_seen[["f"]])
  w <- c(1, 2, 3, 1, 2, 3, 1, 2, 3)
  expect_identical(learn(data, weights = c(w, 0, 0, 0)), learn(data[some, ], weights = w))
  expect_error(learn(data, weights = rep(0, 12)), class = "feedforward_input_error")
})

test_that("what a column is, is judged before its rows are cut", {
  data <- data.frame(x = 1:4, y = c(4, 1, 3, 3))
  data$bad <- matrix(1:8, 4)
  for (bad in list(matrix(1:8, 4), data.frame(p = 1:4, q = 1:4), list(1, 2, 3, 4))) {
    data$bad <- bad
    expect_error(
      learn(unclass(data)[1:3], trains = 2:4), "`bad` is of class",
      class = "feedforward_input_error"
    )
  }
})

test_that("Skip learns from complete rows, and says which they are", {
  encoding <- learn(mixed, missing_values_handling = "Skip")
  expect_equal(complete_rows(encoding, mixed), complete.cases(mixed))
  expect_equal(encoding$groups$number$means[["n1"]], mean(c(1, 4, 9)))
  expect_false(any(encoding$groups$onehot$missing_seen))
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
  expect_equal(numbered$input_names, c("V1", "V3"))
  x <- expand(numbered, bare)
  expect_equal(forge(numbered, bare), x)
  colnames(bare) <- c("p", "q", "r")
  expect_equal(forge(numbered, bare), x)

  text <- matrix(c("a", "b", "a", "x", "y", "z"), 3, dimnames = list(NULL, c("u", "v")))
  expect_equal(learn(text)$input_names[1:4], c("v.x", "v.y", "v.z", "v.missing(NA)"))
})

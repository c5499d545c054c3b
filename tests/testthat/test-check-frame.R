# Rows in comments are those of the list of bad inputs that the project works through.

d <- data.frame(
  a = c(1, 2, 3, 4, 5, 6), b = factor(c("u", "v", "u", "v", "u", "v")),
  y = c(1.5, 2.5, 1, 4, 2, 7), k = factor(c("p", "q", "p", "q", "p", "q")),
  w = c(1, 2, 0, 1, 1, 1), o = c(0, 0.5, -1, 0, 0, 0)
)

resolve <- function(x = c("a", "b"), y = "y", frame = d, ..., validation = NULL) {
  resolve_frame(x, y, frame, check_arguments(list(...)), validation)
}
input_error <- function(expr, ...) {
  expect_error(expr, class = "feedforward_input_error", ...)
}
argument_error <- function(expr, ...) {
  expect_error(expr, class = "feedforward_argument_error", ...)
}
with_y <- function(y, frame = d) {
  frame$y <- NULL
  structure(c(unclass(frame), list(y = y)), class = "data.frame", row.names = 1:6)
}

test_that("names and positions come to the same, in frame order", {
  by_name <- resolve(c("b", "a"), "y")
  expect_identical(by_name$predictors, c("a", "b"))
  expect_identical(by_name, resolve(2:1, 3))
  expect_identical(by_name$response, "y")
  expect_identical(names(by_name$columns), c("a", "b"))
  expect_identical(by_name$y, d$y)
  expect_identical(by_name$rows, 6L)
  expect_null(by_name$trains)
  expect_identical(by_name$kind, "regression")
  expect_identical(by_name$n_classes, 1)
})

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

test_that("columns are the frame's own, not copies", {
  skip_if_not(capabilities("profmem"))
  big <- data.frame(a = runif(1e5), b = runif(1e5), y = runif(1e5))
  resolved <- resolve(c("a", "b"), "y", big)
  address <- tracemem(big$a)
  on.exit(untracemem(big$a))
  expect_identical(tracemem(resolved$columns$a), address)
})

test_that("row 43: what is no data frame is named", {
  input_error(resolve(frame = NULL), "must be a data frame, not NULL")
  input_error(resolve(frame = "data.csv"), "data.csv.*Read the file first")
  input_error(resolve(frame = mean), "\"function\"")
  input_error(resolve(frame = as.list(d)), "\"list\"")
  input_error(resolve(frame = as.matrix(d)), "as.data.frame")
})

test_that("rows 1 to 3: rows and predictors must be there", {
  input_error(resolve(frame = d[0, ]), "more than 0 rows")
  input_error(resolve(NULL, "y", d["y"]), "at least one column besides the response")
  input_error(resolve(character(), "y"), "no predictor")
  input_error(resolve(frame = d[1, ]), "Only 1 row trains")
  input_error(resolve(y = "k", frame = d[1, ]), "Only 1 row trains")
  input_error(resolve(frame = data.frame()), "more than 0 rows")
})

test_that("rows 4 and 5: one predictor and two rows will do", {
  expect_identical(resolve("a")$predictors, "a")
  expect_identical(resolve("a", "k", d[1:2, ])$kind, "binomial")
})

test_that("rows 44 and 45: names must be there, and once", {
  twice <- stats::setNames(d, c("a", "a", "y", "k", "w", "w"))
  input_error(resolve("a", "y", twice), "several columns named `a`, `w`")
  empty <- stats::setNames(d, c("a", "", "y", NA, "w", "o"))
  input_error(resolve("a", "y", empty), "2 columns without a name.*c\\(2, 4\\)")
  nameless <- d
  attr(nameless, "names") <- NULL
  input_error(resolve("a", "y", nameless), "must have column names")
  invalid <- stats::setNames(d, c("a\xff", names(d)[-1]))
  input_error(resolve("b", "y", invalid), "not valid text")
})

test_that("row 44: one name in two encodings is one name", {
  latin <- "\xe9"
  Encoding(latin) <- "latin1"
  input_error(resolve("a", "y", stats::setNames(d, c("\u00e9", latin, names(d)[-(1:2)]))))
})

test_that("rows 46 to 48: any other name is fine", {
  names <- c(
    "a b", "\"q\"", "y", "(Intercept)", "weights", "predict\n,`\U1F600"
  )
  odd <- stats::setNames(d, names)
  expect_identical(resolve(NULL, "y", odd)$predictors, names[-3])
  long <- stats::setNames(d, c(strrep("n", 1e4), names(d)[-1]))
  expect_identical(nchar(resolve(1, "y", long)$predictors), 10000L)
  wide <- as.data.frame(matrix(0, 2, 1e5))
  wide$y <- 1:2
  expect_length(resolve(NULL, "y", wide)$predictors, 1e5)
})

test_that("rows 55 and 57: x and y must name columns", {
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

test_that("row 56: a response among x is removed with a warning", {
  expect_warning(
    resolved <- resolve(c("a", "y")), "`y` was in `x`",
    class = "feedforward_predictor_warning"
  )
  expect_identical(resolved$predictors, "a")
  input_error(suppressWarnings(resolve("y")), "no predictor")
})

test_that("row 58: one column has one part only", {
  argument_error(resolve(c("a", "w"), weights_column = "w"), "`w`.*`weights_column`")
  argument_error(resolve(c("a", "o"), offset_column = "o"), "`o`.*`offset_column`")
  argument_error(resolve(weights_column = "y"), "`y` and `weights_column` are the same")
  argument_error(resolve(offset_column = 3), "`y` and `offset_column` are the same")
  argument_error(
    resolve(weights_column = "w", offset_column = "w"),
    "`weights_column` and `offset_column` are the same column `w`"
  )
})

test_that("row 38: a frame with columns of other lengths is refused", {
  ragged <- d
  ragged <- unclass(ragged)
  ragged$b <- ragged$b[1:3]
  class(ragged) <- "data.frame"
  input_error(resolve("a", "y", ragged), "`b` has 3 values")
  short <- structure(list(a = 1:2, y = 1:2), class = "data.frame", row.names = 1:5)
  input_error(resolve("a", "y", short), "5 rows")
})

test_that("rows 6 and 13: a missing response costs its row, not the model", {
  frame <- with_y(c(1, NA, 3, NA, 5, 6))
  warnings <- capture_warnings(resolved <- resolve(frame = frame))
  expect_length(warnings, 1)
  expect_match(warnings, "2 rows without a response are skipped")
  expect_identical(resolved$trains, c(1L, 3L, 5L, 6L))
  expect_identical(resolved$n_trains, 4L)
  expect_warning(
    resolve(frame = with_y(c(NA, 2, 3, 4, 5, 6))), "1 row without a response is skipped",
    class = "feedforward_missing_response_warning"
  )
  input_error(resolve(frame = with_y(rep(NA_real_, 6))), "missing in all 6 rows")
  input_error(resolve(frame = with_y(rep(NA, 6))), "missing in all 6 rows")
  input_error(resolve(frame = with_y(factor(rep(NA, 6)))), "missing in all 6 rows")
  # A missing level is a missing value.
  level <- addNA(factor(c("p", NA, "p", "q", "q", "p")))
  expect_warning(resolved <- resolve(frame = with_y(level)), "1 row")
  expect_identical(resolved$trains, c(1L, 3:6))
  expect_identical(resolved$n_classes, 2L)
})

test_that("row 14: an infinite response is an error with count and first row", {
  input_error(resolve(frame = with_y(c(1, 2, Inf, 4, -Inf, 6))), "2 rows .*in row 3")
  input_error(resolve(frame = with_y(c(1, 2, 3, NaN, 4, 5))), "1 row \\(first in row 4")
  input_error(resolve(frame = with_y(c(NA, NA, NA, Inf, NA, NA))), "first in row 4")
  input_error(resolve(frame = with_y(rep(NaN, 6))), "6 rows \\(first in row 1")
  # A row of weight 0 is not there.
  gone <- with_y(c(1, 2, Inf, 4, 5, 6))
  expect_error(resolve(frame = gone, weights_column = "w"), NA)
})

test_that("row 10: a constant response is an error", {
  input_error(resolve(frame = with_y(rep(2.5, 6))), "constant.*the 6 rows.*is 2.5")
  one <- factor(rep("p", 6), levels = c("p", "q"))
  input_error(resolve(frame = with_y(one)), "constant.*has the class \"p\"")
  input_error(resolve(frame = with_y(rep("p", 6))), "constant")
  input_error(resolve(frame = with_y(rep(TRUE, 6))), "constant.*TRUE")
  # Constant among the rows that train.
  gone <- with_y(c(1, 1, 9, 1, 1, 1))
  input_error(resolve(frame = gone, weights_column = "w"), "each of the 5 rows")
  input_error(resolve(frame = with_y(c(1, NA, NA, NA, NA, NA))), "Only 1 row")
})

test_that("row 11: declared levels stay classes, seen or not", {
  y <- factor(c("p", "q", "p", "q", "p", "q"), levels = c("p", "q", "r"))
  expect_identical(
    resolve(frame = with_y(y))[c("kind", "n_classes")],
    list(kind = "multinomial", n_classes = 3L)
  )
})

test_that("kinds follow the class of the response", {
  kind <- function(y) resolve(frame = with_y(y))$kind
  expect_identical(kind(1:6), "regression")
  expect_identical(kind(c(TRUE, FALSE, TRUE, FALSE, FALSE, TRUE)), "binomial")
  expect_identical(kind(rep(c("a", "b", "c"), 2)), "multinomial")
  expect_identical(kind(factor(rep(c("a", "b"), 3), ordered = TRUE)), "binomial")
  expect_identical(kind(as.Date("2024-01-01") + 0:5), "regression")
})

test_that("row 12: a numeric 0/1 response trains a regression and says so", {
  coded <- "feedforward_response_warning"
  zero_one <- c(0, 1, 0, 1, 1, 0)
  for (y in list(zero_one, as.integer(zero_one), 2 * zero_one - 1)) {
    expect_warning(resolved <- resolve(frame = with_y(y)), "as.factor", class = coded)
    expect_identical(resolved$kind, "regression")
  }
  expect_warning(resolve(frame = with_y(c(0, 1, 0.5, 1, 1, 0))), NA)
  expect_warning(resolve(frame = with_y(c(0, 2, 0, 2, 2, 0))), NA)
})

test_that("row 15: more than 2^20 classes are refused", {
  n <- 2^20 + 1
  many <- data.frame(a = seq_len(n), y = factor(seq_len(n)))
  input_error(resolve("a", "y", many), "1,048,577 classes.*1,048,576")
})

test_that("row 16: a response of no supported class is named", {
  surv <- structure(matrix(1, 6, 2), class = "Surv")
  others <- list(
    as.list(1:6), matrix(1:12, 6), surv, complex(6), raw(6), I(rep(list(1), 6)), d[1:2]
  )
  for (y in others) {
    input_error(resolve(frame = with_y(y)), "`y`")
  }
})

test_that("row 33: a malformed factor is refused before its codes are used", {
  bad <- structure(c(1L, 2L, 9L, 1L, 2L, 1L), levels = c("p", "q"), class = "factor")
  input_error(resolve(frame = with_y(bad)), "malformed")
  input_error(learn_encoding(resolve(NULL, "w", with_y(bad))$columns, check_arguments()))
})

test_that("row 107: responses must suit their distribution", {
  negative <- with_y(c(1, -2, 3, -4, 5, 6))
  zero <- with_y(c(1, 0, 3, 4, 5, 6))
  for (distribution in c("poisson", "tweedie")) {
    input_error(resolve(frame = negative, distribution = distribution), "2 values.*-4")
    expect_error(resolve(frame = zero, distribution = distribution), NA)
  }
  input_error(resolve(frame = zero, distribution = "gamma"), "above 0.*1 value ")
  expect_error(resolve(frame = negative, distribution = "gaussian"), NA)
})

test_that("rows 78 to 80 and 84: weights must be finite, 0 or more, and not all 0", {
  weighted <- function(w) resolve(frame = replace(d, "w", list(w)), weights_column = "w")
  input_error(weighted(c(1, -1, 1, 1, -2, 1)), "`w` .*2 are not \\(first in row 2: -1")
  input_error(weighted(c(1, 1, NA, 1, 1, 1)), "1 is not \\(first in row 3: NA")
  input_error(weighted(c(1, 1, 1, Inf, 1, 1)), "first in row 4: Inf")
  input_error(weighted(c(1, 1, 1, 1, NaN, 1)), "first in row 5")
  input_error(weighted(rep(0, 6)), "above 0")
  input_error(weighted(factor(1:6)), "must be numeric, not \"factor\"")
  input_error(weighted(rep(TRUE, 6)), "must be numeric")
  input_error(weighted(as.character(1:6)), "must be numeric")
  input_error(weighted(rep(1e300, 6)), "single precision")
})

test_that("rows 81 and 82: weights of 1 are none, rows of weight 0 are gone", {
  expect_null(resolve(frame = transform(d, w = 1), weights_column = "w")$weights)
  resolved <- resolve(weights_column = "w")
  expect_identical(resolved$trains, c(1L, 2L, 4L, 5L, 6L))
  expect_identical(resolved$n_trains, 5L)
  both <- with_y(c(1, NA, 3, 4, 5, 6))
  expect_warning(resolved <- resolve(frame = both, weights_column = "w"), "1 row")
  expect_identical(resolved$trains, c(1L, 4:6))
  # No warning for a response that is missing where nothing trains.
  frame <- with_y(c(1, 2, NA, 4, 5, 6))
  expect_warning(resolve(frame = frame, weights_column = "w"), NA)
})

test_that("row 86: offsets must be finite numbers", {
  shifted <- function(o) resolve(frame = replace(d, "o", list(o)), offset_column = "o")
  input_error(shifted(c(1, NA, 1, 1, 1, 1)), "`o` .*1 value is not \\(first in row 2: NA")
  input_error(shifted(c(1, 2, -Inf, 1, Inf, 1)), "2 values are not")
  input_error(shifted(letters[1:6]), "must be numeric")
  expect_identical(shifted(1:6)$offset, as.numeric(1:6))
})

test_that("problems of the data come together", {
  frame <- with_y(rep(1, 6))
  frame$w <- -1
  frame$o <- NA_real_
  error <- input_error(resolve(frame = frame, weights_column = "w", offset_column = "o"))
  expect_gte(length(error$problems), 2)
})

test_that("predictors that cannot be used are errors when they are learned", {
  learn <- function(a) {
    frame <- with_y(d$y)
    frame <- structure(
      c(list(a = a), unclass(frame)[c("b", "y")]),
      class = "data.frame", row.names = 1:6
    )
    learn_encoding(resolve(NULL, "y", frame)$columns, check_arguments())
  }
  # Rows 18, 20, 28, 33, 34.
  input_error(learn(c(1, Inf, 3, -Inf, 5, 6)), "`a` has 2 infinite.*row 2")
  input_error(learn(c(1e308, -1e308, 3, 4, 5, 6)), "`a`")
  input_error(learn(as.list(1:6)), "`a`.*list")
  input_error(learn(complex(6)), "`a`.*complex")
  input_error(learn(raw(6)), "`a`.*raw")
  input_error(learn(matrix(1:12, 6)), "`a`.*matrix")
  input_error(learn(data.frame(u = 1:6, v = 1:6)), "`a`.*data.frame")
  codes <- c(1L, 3L, 1L, 2L, 1L, 2L)
  malformed <- structure(codes, levels = c("p", "q"), class = "factor")
  input_error(learn(malformed), "`a`.*malformed")
  # Rows 17, 22, 23, 25, 27.
  for (a in list(
    c(NA, NaN, 1, 2, 3, 4), c(NA, 1:5), .Machine$integer.max * rep(c(-1L, 1L, 0L), 2),
    letters[1:6], structure(1:6 * 4.9e-324, class = "integer64"),
    as.POSIXct("2024-01-01", tz = "UTC") + 1:6
  )) {
    expect_identical(learn(a)$predictors, c("a", "b"))
  }
})

test_that("row 29: tibble and data.table give the same and stay as they were", {
  plain <- resolve(NULL, "y", weights_column = "w")
  skip_if_not_installed("tibble")
  skip_if_not_installed("data.table")
  table <- data.table::as.data.table(d)
  before <- data.table::copy(table)
  expect_identical(resolve(NULL, "y", tibble::as_tibble(d), weights_column = "w"), plain)
  expect_identical(resolve(NULL, "y", table, weights_column = "w"), plain)
  expect_identical(table, before)
})

test_that("row 54: warn = 2 makes our warnings clean errors", {
  old <- options(warn = 2)
  on.exit(options(old))
  expect_error(resolve(c("a", "y")), "was in `x`")
  expect_error(resolve(), NA)
})

test_that("row 199: hostile names come out literally", {
  frame <- stats::setNames(d, c("%s{a}\033[1m", names(d)[-1]))
  frame[[1]] <- -1
  error <- input_error(resolve("b", "y", frame, weights_column = 1))
  expect_match(conditionMessage(error), "%s{a}\\033[1m", fixed = TRUE)
})

test_that("a validation frame needs rows and the columns that are not predictors", {
  good <- d[4:6, ]
  resolved <- resolve(weights_column = "w", offset_column = "o", validation = good)
  expect_identical(resolved$validation$y, good$y)
  expect_identical(resolved$validation$offset, good$o)
  expect_null(resolved$validation$weights)
  expect_identical(resolved$validation$frame, good)
  expect_null(resolve()$validation)
  input_error(resolve(validation = d[0, ]), "`validation_frame` must have more than 0")
  input_error(resolve(validation = "v"), "`validation_frame` must be a data frame")
  input_error(resolve(validation = d["a"]), "`validation_frame` lacks `y`")
  input_error(resolve(validation = d[1:3], weights_column = "w"), "lacks `w`")
  input_error(
    resolve(validation = transform(d, o = NA_real_), offset_column = "o"), "`o`"
  )
  input_error(resolve(validation = transform(d, y = Inf)), "validation_frame.*infinite")
  input_error(resolve(validation = transform(d, y = "t")), "must be numeric")
  input_error(resolve(validation = transform(d, y = NA_real_)), "no row has a response")
  input_error(resolve(y = "k", validation = transform(d, k = "z")), "no class in common")
  some <- resolve(validation = transform(d, y = replace(y, 2, NA)))$validation
  expect_identical(some$scores, c(1L, 3:6))
  # Row 75: one class, another order of levels, text: all fine.
  others <- list(
    rep("q", 6), factor(d$k, levels = c("q", "p")), c("p", "new", NA, "q", "q", "p")
  )
  for (k in others) {
    expect_error(resolve(y = "k", validation = replace(d, "k", list(k))), NA)
  }
})

# ---- Predictors and response as data ------------------------------------------------

xy <- function(x = d[1:2], y = d$y, ...) {
  resolve_xy(x, y, check_arguments(list(...)))
}

test_that("x and y as data give what the frame gives", {
  named <- resolve(c("a", "b"), "y")
  direct <- xy()
  same <- setdiff(names(named), "response")
  expect_identical(direct[same], named[same])
  expect_identical(direct$response, "y")
})

test_that("weights come as a vector or as a column of x, the offset as a column", {
  resolved <- xy(weights_column = d$w)
  expect_identical(resolved$weights, d$w)
  expect_null(resolved$arguments$weights_column)
  expect_true("weights_column" %in% names(resolved$arguments))
  resolved <- xy(d[c("a", "w", "o")], weights_column = "w", offset_column = "o")
  expect_identical(resolved$predictors, "a")
  expect_identical(resolved$offset, d$o)
  input_error(xy(weights_column = 1:3), "`weights_column` must have one value.*6.*3")
  argument_error(xy(weights_column = factor(1:6)), "`weights_column`")
  input_error(xy(weights_column = -d$w), "must be finite and 0 or more")
})

test_that("y must have one value per row of x", {
  input_error(xy(y = 1:5), "6 needed, 5 given")
  argument_error(xy(y = NULL), "`y` is missing")
  argument_error(resolve_xy(d[1:2], arguments = check_arguments()), "`y` is missing")
  input_error(xy(y = d["y"]), "`y`")
  input_error(xy(y = mean))
})

test_that("row 32: a matrix stays a matrix, named by us if it has no names", {
  m <- matrix(as.numeric(1:12), 6)
  resolved <- xy(m)
  expect_identical(resolved$columns, m)
  expect_identical(resolved$predictors, c("V1", "V2"))
  expect_true(learn_encoding(resolved$columns, check_arguments())$positional)
  colnames(m) <- c("p", "w")
  resolved <- xy(m, weights_column = "w")
  expect_identical(resolved$columns, m[, 1, drop = FALSE])
  expect_identical(resolved$weights, m[, 2])
  colnames(m) <- c("p", "p")
  input_error(xy(m), "several columns named `p`")
  colnames(m) <- c("p", "")
  input_error(xy(m), "without a name")
  input_error(xy(matrix(1i, 6, 2)), "complex")
  input_error(xy(matrix(list(1), 6, 2)), "list")
  input_error(xy(matrix(0, 0, 2), numeric()), "more than 0 rows")
  input_error(xy(matrix(0, 6, 0)), "no predictor")
  input_error(xy(1:6), "must be a data frame, a matrix or a dgCMatrix")
  input_error(xy(array(1, c(6, 2, 2))), "must be a data frame, a matrix")
})

test_that("rows 30 and 31: a dgCMatrix must be sound, other sparse classes go", {
  skip_if_not_installed("Matrix")
  m <- Matrix::sparseMatrix(c(1, 3, 6), c(1, 2, 2), x = c(1, 2, 3), dims = c(6, 2))
  resolved <- xy(m)
  expect_identical(resolved$columns, m)
  expect_identical(resolved$predictors, c("V1", "V2"))
  m@Dimnames[[2]] <- c("p", "w")
  resolved <- xy(m, weights_column = "w")
  expect_identical(resolved$weights, c(0, 0, 2, 0, 0, 3))
  expect_identical(resolved$columns@Dim, c(6L, 1L))
  expect_identical(resolved$trains, c(3L, 6L))
  corrupt <- list(
    function(m) `@<-`(m, "i", c(0L, 2L, 6L)), function(m) `@<-`(m, "i", c(0L, -1L, 5L)),
    function(m) `@<-`(m, "p", c(0L, 3L, 1L)), function(m) `@<-`(m, "p", c(1L, 2L, 3L)),
    function(m) `@<-`(m, "x", c(1, 2))
  )
  for (spoil in corrupt) input_error(xy(spoil(m)), "corrupt")
  input_error(xy(methods::as(m, "TsparseMatrix")), "CsparseMatrix")
})

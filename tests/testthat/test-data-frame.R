d <- small_frame

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

test_that("columns are the frame's own, not copies", {
  skip_if_not(capabilities("profmem"))
  big <- data.frame(a = runif(1e5), b = runif(1e5), y = runif(1e5))
  resolved <- resolve(c("a", "b"), "y", big)
  address <- tracemem(big$a)
  on.exit(untracemem(big$a))
  expect_identical(tracemem(resolved$columns$a), address)
})

test_that("what is no data frame is named", {
  input_error(resolve(frame = NULL), "must be a data frame, not NULL")
  input_error(resolve(frame = "data.csv"), "data.csv.*Read the file first")
  input_error(resolve(frame = mean), "\"function\"")
  input_error(resolve(frame = as.list(d)), "\"list\"")
  input_error(resolve(frame = as.matrix(d)), "as.data.frame")
})

test_that("rows and predictors must be there", {
  input_error(resolve(frame = d[0, ]), "more than 0 rows")
  input_error(resolve(NULL, "y", d["y"]), "at least one column besides the response")
  input_error(resolve(character(), "y"), "no predictor")
  input_error(resolve(frame = d[1, ]), "Only 1 row trains")
  input_error(resolve(y = "k", frame = d[1, ]), "Only 1 row trains")
  input_error(resolve(frame = data.frame()), "more than 0 rows")
})

test_that("one predictor and two rows will do", {
  expect_identical(resolve("a")$predictors, "a")
  expect_identical(resolve("a", "k", d[1:2, ])$kind, "binomial")
})

test_that("column names must be there, and once", {
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

test_that("one name in two encodings is one name", {
  latin <- "\xe9"
  Encoding(latin) <- "latin1"
  input_error(resolve("a", "y", stats::setNames(d, c("\u00e9", latin, names(d)[-(1:2)]))))
})

test_that("any other name is fine", {
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

test_that("a frame with columns of other lengths is refused", {
  ragged <- d
  ragged <- unclass(ragged)
  ragged$b <- ragged$b[1:3]
  class(ragged) <- "data.frame"
  input_error(resolve("a", "y", ragged), "`b` has 3 values")
  short <- structure(list(a = 1:2, y = 1:2), class = "data.frame", row.names = 1:5)
  input_error(resolve("a", "y", short), "5 rows")
})

test_that("problems of the data come together", {
  frame <- with_y(rep(1, 6))
  frame$w <- -1
  frame$o <- NA_real_
  error <- input_error(resolve(frame = frame, weights_column = "w", offset_column = "o"))
  expect_gte(length(error$problems), 2)
})

test_that("tibble and data.table give the same and stay as they were", {
  plain <- resolve(NULL, "y", weights_column = "w")
  skip_if_not_installed("tibble")
  skip_if_not_installed("data.table")
  table <- data.table::as.data.table(d)
  before <- data.table::copy(table)
  expect_identical(resolve(NULL, "y", tibble::as_tibble(d), weights_column = "w"), plain)
  expect_identical(resolve(NULL, "y", table, weights_column = "w"), plain)
  expect_identical(table, before)
})

test_that("warn = 2 makes our warnings clean errors", {
  old <- options(warn = 2)
  on.exit(options(old))
  expect_error(resolve(c("a", "y")), "was in `x`")
  expect_error(resolve(), NA)
})

test_that("hostile names come out literally", {
  frame <- stats::setNames(d, c("%s{a}\033[1m", names(d)[-1]))
  frame[[1]] <- -1
  error <- input_error(resolve("b", "y", frame, weights_column = 1))
  expect_match(conditionMessage(error), "%s{a}\\033[1m", fixed = TRUE)
})

# ---- Predictors and response as data ------------------------------------------------

xy <- function(x = d[1:2], y = d$y, ...) {
  resolve_xy(x, y, check_arguments(list(...)))
}

test_that("x and y as data give what the frame gives", {
  named <- resolve(c("a", "b"), "y")
  direct <- xy()
  same <- setdiff(names(named), c("response", "stand_in"))
  expect_identical(direct[same], named[same])
  expect_identical(direct$response, "y")
  # A name that no column has, against one that has it.
  expect_true(direct$stand_in)
  expect_false(named$stand_in)
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
  expect_identical(xy(y = d["y"]), xy())
  input_error(xy(y = d[c("y", "w")]), "`y` is of class")
  input_error(xy(y = mean))
})

test_that("a matrix stays a matrix, named by us if it has no names", {
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

test_that("a dgCMatrix must be sound, other sparse classes go", {
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
  expect_identical(
    xy(methods::as(m, "TsparseMatrix"), weights_column = "w"), resolved
  )
})

test_that("numbers in a text matrix are numbers, with one warning", {
  text <- as.matrix(data.frame(n = c(1.5, NA, 3, 4, 5, 6), s = letters[1:6], w = d$w))
  expect_warning(
    resolved <- xy(text, weights_column = "w"), "hold numbers.*`n`, `w`[.]",
    class = "feedforward_text_matrix_warning"
  )
  expect_identical(resolved$weights, d$w)
  encoding <- learn_encoding(resolved$columns, check_arguments())
  expect_identical(encoding$types, c(n = "numeric", s = "factor"))
  expect_silent(xy(text[, "s", drop = FALSE]))
})

# What reaches the core is checked there as well: a model is a plain list that anyone may
# edit, and a length that does not fit would be read beyond its end.

number_plan <- function(from = 0, columns = length(from)) {
  one <- rep(1, columns)
  list(kind = "numbers", from = from, mean = 0 * one, scale = one, impute = 0 * one)
}
codes_plan <- function(map = 0:1, missing = 2L) {
  list(kind = "codes", map = map, missing = missing)
}
build <- function(column, plan, n = length(column), keep = NULL) {
  rows_build(list(column), list(plan), n, keep, FALSE, 2L)
}
sparse_plan_of <- function(...) {
  plan <- list(kind = "sparse", mean = c(0, 0), scale = c(1, 1), impute = c(0, 0))
  utils::modifyList(plan, list(...))
}
small_sparse <- function() {
  Matrix::sparseMatrix(i = c(1, 3, 2), j = c(1, 1, 2), x = c(1, NA, 2), dims = c(3, 2))
}

test_that("the sparse columns of an edited model must fit its matrix", {
  data <- small_sparse()
  colnames(data) <- c("a", "b")
  encoding <- learn_encoding(data, list(standardize = FALSE))
  expect_type(encode_rows(encoding, data, 3), "externalptr")
  for (field in c("means", "scales", "impute")) {
    edited <- encoding
    edited$groups$number[[field]] <- edited$groups$number[[field]][1]
    expect_error(encode_rows(edited, data, 3), "one number per sparse column")
  }
})

test_that("columns, counts and rows that do not fit are refused", {
  x <- c(1.5, NA, 3)
  expect_type(build(x, number_plan()), "externalptr")
  expect_error(build(x, number_plan(), n = 4), "column 1 is shorter than the frame")
  expect_error(build(x, number_plan(from = 1)), "column 1 is shorter than the frame")
  expect_error(build(x, number_plan(from = 4), n = 0), NA)
  for (bad in list(-1, NA, Inf, 1e30)) {
    expect_error(build(x, number_plan(from = bad)), "from must be a count")
    expect_error(build(x, number_plan(), n = bad), "n must be a count")
    expect_error(number_ranges(x, bad, 1L), "n must be a count")
    expect_error(build(x, number_plan(), keep = c(1, bad)), "row to keep is not in the")
  }
  expect_error(number_ranges(list(x), 4, 1L), "shorter than the frame")
  expect_error(
    number_ranges(list(x, "a"), 3, 1L), "column 2 is neither integer nor double"
  )
  expect_error(build(list(x, x), number_plan(), n = 3), "one number per column")
  expect_error(build(x, number_plan(columns = 2)), "one number per column")
  expect_error(build(x, number_plan(), keep = 0), "row to keep is not in the frame")
  expect_error(build(x, number_plan(), keep = 4L), "row to keep is not in the frame")
  expect_error(build(letters, number_plan()), "neither integer nor double")
  expect_error(build(1e300, number_plan()), "beyond single precision")
  expect_error(rows_build(list(x), list(), 3, NULL, FALSE, 2L), "one plan per column")
  expect_error(build(x, list(kind = "other")), "unknown kind of column 'other'")
})

test_that("the columns of a list and those of a matrix have the same facts", {
  matrix <- cbind(c(1.5, NA, 3), c(-1, 0, Inf), NA)
  facts <- number_ranges(matrix, 3, 1L)
  columns <- list(matrix[, 1], matrix[, 2], matrix[, 3])
  expect_identical(number_ranges(columns, 3, 2L), facts)
  expect_identical(facts$low, c(1.5, -1, Inf))
  expect_identical(facts$high, c(3, Inf, -Inf))
  expect_identical(facts$missing, c(1, 0, 3))
  expect_identical(facts$infinite, c(0, 1, 0))
  expect_identical(facts$first_bad, c(0, 3, 0))
  expect_length(number_ranges(list(), 0, 2L)$low, 0)
})

test_that("codes and the inputs they light must fit each other", {
  expect_type(build(c(1L, NA, 2L), codes_plan()), "externalptr")
  expect_error(build(c(1, 2), codes_plan()), "codes must be whole numbers")
  for (code in c(0L, 3L, -1L)) {
    expect_error(build(code, codes_plan()), "a code without a level")
  }
  expect_error(build(1L, codes_plan(map = c(0L, 3L))), "input is out of range")
  expect_error(build(1L, codes_plan(map = c(-2L, 0L))), "input is out of range")
  for (missing in c(-2L, NA, .Machine$integer.max)) {
    expect_error(build(1L, codes_plan(missing = missing)), "input is out of range")
  }
})

test_that("a sparse matrix is checked before it is read", {
  data <- small_sparse()
  expect_type(build(data, sparse_plan_of(), n = 3), "externalptr")
  broken <- list(
    { m <- data; m@i[1] <- 3L; m },
    { m <- data; m@i[1] <- -1L; m },
    { m <- data; m@p <- c(0L, 4L, 3L); m },
    { m <- data; m@p <- c(0L, 2L, 2L); m },
    { m <- data; m@p <- 0L; m },
    { m <- data; m@x <- m@x[-1]; m },
    { m <- data; m@Dim <- 3L; m },
    { m <- data; m@Dim[2] <- -1L; m }
  )
  for (matrix in broken) {
    expect_error(build(matrix, sparse_plan_of(), n = 3), "dgCMatrix is malformed")
  }
  expect_error(build(data, sparse_plan_of(), n = 4), "a row is not in the matrix")
  expect_error(
    rows_build(
      list(data, 1:3), list(sparse_plan_of(), number_plan()), 3, NULL, FALSE, 2L
    ),
    "without other columns"
  )
})

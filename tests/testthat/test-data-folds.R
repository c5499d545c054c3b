# Which rows are held out together.

folds_of <- function(rows, ..., classes = NULL, column = NULL, trains = NULL) {
  arguments <- check_arguments(list(...))
  data <- list(arguments = arguments, rows = rows, trains = trains)
  assign_folds(data, column, classes, seed = c(7, 0))
}

test_that("random folds are even to a row, differ by seed alone, and cover all", {
  folds <- folds_of(103, nfolds = 5)
  expect_setequal(as.vector(table(folds$of)), c(20, 21))
  expect_identical(folds$names, as.character(1:5))
  expect_identical(folds, folds_of(103, nfolds = 5, fold_assignment = "random"))
  expect_gt(length(unique(diff(folds$of))), 3)
})

test_that("Modulo goes by the row's number in the frame", {
  expect_identical(
    folds_of(7, nfolds = 3, fold_assignment = "Modulo")$of, c(1L, 2L, 3L, 1L, 2L, 3L, 1L)
  )
  # Rows that do not train are in no fold.
  expect_identical(
    folds_of(6, nfolds = 2, fold_assignment = "Modulo", trains = c(1L, 2L, 5L))$of,
    c(1L, 2L, NA, NA, 1L, NA)
  )
})

test_that("Stratified holds each class evenly, and all rows evenly", {
  classes <- rep(1:3, c(50, 7, 4))
  folds <- folds_of(61, nfolds = 4, fold_assignment = "Stratified", classes = classes)
  counts <- table(folds$of, classes)
  expect_true(all(apply(counts, 2, function(n) diff(range(n))) <= 1))
  expect_lte(diff(range(table(folds$of))), 1)
  argument_error(
    folds_of(10, nfolds = 2, fold_assignment = "Stratified"), "response is numeric"
  )
})

test_that("a column names the folds; unused levels do not count", {
  column <- factor(c("b", "a", "b", "c", "a"), c("z", "b", "a", "c"))
  folds <- folds_of(5, fold_column = "k", column = column)
  expect_identical(folds, list(names = c("b", "a", "c"), of = c(1L, 2L, 1L, 3L, 2L)))
  numbers <- folds_of(4, fold_column = "k", column = c(10, 9, 10, 9))
  expect_identical(numbers$names, c("9", "10"))
  input <- function(column, says) {
    expect_error(
      folds_of(length(column), fold_column = "k", column = column), says,
      class = "feedforward_input_error"
    )
  }
  input(c(1, NA, 2), "none may be missing")
  input(c(1, 1, 1), "two folds or more")
})

test_that("what folds cannot be is told", {
  argument_error(check_arguments(list(nfolds = 1)), "at least 2")
  argument_error(folds_of(4, nfolds = 5), "only 4 rows train")
  argument_error(
    folds_of(6, nfolds = 3, fold_assignment = "Modulo", trains = c(1L, 2L, 4L, 5L)),
    "1 fold is without a row"
  )
  told <- function(...) folds_problems(check_arguments(list(...)))
  expect_match(told(nfolds = 3, fold_column = "a"), "give one of them")
  expect_match(told(fold_assignment = "Modulo"), "which is 0")
  expect_match(told(fold_column = "a", fold_assignment = "Modulo"), "assigns the rows")
  expect_match(folds_problems(check_arguments(list(nfolds = 3)), list()), "checkpoint")
  expect_null(told())
})

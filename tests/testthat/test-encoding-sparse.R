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
    skip$groups$number$means[["a"]],
    mean(example$dense[complete.cases(example$dense), "a"])
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

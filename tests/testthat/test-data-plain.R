# One vector in all the wrappings that it comes in.

wrapped_numbers <- function(x) {
  long <- readBin(
    writeBin(as.vector(rbind(as.integer(x), 0L)), raw()), "double", length(x)
  )
  list(
    plain = x, matrix = matrix(x), array = array(x), AsIs = I(x), both = I(matrix(x)),
    scaled = scale(x, FALSE, FALSE), series = stats::ts(x), named = c(a = x),
    haven = structure(x, class = c("haven_labelled", "vctrs_vctr", "double"),
      label = "A question", labels = c(no = 1)),
    integer64 = structure(long, class = "integer64"),
    `integer64 matrix` = structure(long, class = "integer64", dim = c(length(x), 1L)),
    frame = data.frame(x = x), nested = data.frame(x = I(data.frame(y = I(x))))
  )
}

test_that("whatever is wrapped around a column goes", {
  x <- c(3, 1, 4, 1, 5, 9)
  for (way in names(wrapped_numbers(x))) {
    plain <- plain_column(wrapped_numbers(x)[[way]])
    expect_identical(unname(plain), x, info = way)
  }
  text <- letters[1:3]
  for (column in list(I(text), matrix(text), data.frame(text))) {
    expect_identical(plain_column(column), text)
  }
  f <- factor(text)
  for (column in list(f, I(f), data.frame(f), structure(f, dim = c(3L, 1L)))) {
    expect_identical(as.character(plain_column(column)), text)
    expect_s3_class(plain_column(column), "factor", exact = TRUE)
  }
  time <- as.POSIXct(c("2024-01-01", "2024-02-01"), tz = "UTC")
  expect_identical(plain_column(as.POSIXlt(time)), time)
  # What is no column stays as it is, to be told what it is.
  for (other in list(diag(2), data.frame(1, 2), list(1), mean, NULL, 1i)) {
    expect_identical(plain_column(other), other)
  }
})

test_that("a column is the same in every role, in training and in prediction", {
  n <- 40
  data <- data.frame(a = sin(seq_len(n)), b = rep_len(1:5, n), y = cos(seq_len(n)))
  data$w <- as.double(rep_len(1:3, n))
  data$o <- as.double(rep_len(0:2, n))
  fit <- function(data) {
    quick_fit(
      c("a", "b"), "y", data, weights_column = "w", offset_column = "o",
      validation_frame = data
    )
  }
  plain <- fit(data)
  told <- performance(plain, data)$MSE
  for (role in c("b", "w", "o")) {
    for (way in names(wrapped_numbers(1))) {
      other <- data
      other[[role]] <- NULL
      other <- structure(
        c(unclass(other), stats::setNames(
          list(wrapped_numbers(as.double(data[[role]]))[[way]]), role
        )),
        class = "data.frame", row.names = seq_len(n)
      )[names(data)]
      same_network(fit(other), plain)
      expect_identical(predict(plain, other), predict(plain, data), info = way)
      expect_identical(performance(plain, other)$MSE, told, info = way)
    }
  }
  y <- as.double(rep_len(c(3, 1, 4, 1, 5), n))
  w <- as.double(rep_len(1:3, n))
  direct <- quick_fit(data["a"], y, weights_column = w)
  for (way in names(wrapped_numbers(1))) {
    of_way <- function(x) wrapped_numbers(x)[[way]]
    same_network(quick_fit(data["a"], of_way(y), weights_column = of_way(w)), direct)
    expect_identical(
      performance(direct, data, y = of_way(y))$MSE, performance(direct, data, y = y)$MSE,
      info = way
    )
  }
})

test_that("missing integer64 are missing, also where they decide which rows train", {
  bits <- function(x) {
    halves <- rbind(ifelse(is.na(x), 0L, x), ifelse(is.na(x), NA, 0L))
    long <- readBin(writeBin(as.vector(halves), raw()), "double", length(x))
    structure(long, class = "integer64")
  }
  n <- 30
  data <- data.frame(a = as.integer(replace(seq_len(n), 4, NA)), y = cos(seq_len(n)))
  data$k <- as.integer(replace(rep_len(c(2, 7, 5), n), c(1, 9), NA))
  long <- data
  long[c("a", "k")] <- lapply(data[c("a", "k")], bits)
  for (handling in c("Skip", "MeanImputation")) {
    one <- quick_fit(y ~ a, data, missing_values_handling = handling)
    two <- quick_fit(y ~ a, long, missing_values_handling = handling)
    same_network(one, two)
    expect_identical(one$training_rows, two$training_rows)
  }
  expect_warning(one <- quick_fit(k ~ a, data), "2 rows without a response")
  expect_warning(two <- quick_fit(k ~ a, long), "2 rows without a response")
  same_network(one, two)
  same_network(quick_fit(y ~ log(a), data), quick_fit(y ~ log(a), long))
})

test_that("a class that promises more than the column holds is named", {
  broken <- list(
    difftime = structure(1:4, class = "difftime"),
    difftime = structure(1:4 + 0, class = "difftime", units = "parsecs"),
    difftime = structure(letters[1:4], class = "difftime", units = "secs"),
    integer64 = structure(1:4, class = "integer64"),
    integer64 = structure(letters[1:4], class = "integer64"),
    Date = structure(letters[1:4], class = "Date"),
    POSIXct = structure(letters[1:4], class = c("POSIXct", "POSIXt")),
    POSIXlt = structure(list(sec = letters[1:4]), class = c("POSIXlt", "POSIXt"))
  )
  sound <- list(
    difftime = as.difftime(c(1, 4, 2, 3), units = "mins"), integer64 = c(1, 4, 2, 3),
    Date = Sys.Date() + c(0, 3, 1, 2), POSIXct = Sys.time() + c(0, 3, 1, 2),
    POSIXlt = as.POSIXlt(Sys.time() + c(0, 3, 1, 2))
  )
  frame <- function(b, y = c(1, 3, 2, 4)) {
    structure(list(a = c(1, 2, 4, 3), b = b, y = y),
      class = "data.frame", row.names = 1:4
    )
  }
  for (i in seq_along(broken)) {
    class <- names(broken)[[i]]
    told <- sprintf("`b` .*\"%s\" promises", class)
    input_error(quick_fit(y ~ a + b, frame(broken[[i]])), told)
    input_error(suppressWarnings(
      quick_fit(y ~ a + b, frame(broken[[i]], c(NA, 3, 2, 4)))
    ), told)
    input_error(quick_fit(b ~ a, frame(broken[[i]])), told)
    input_error(quick_fit(y ~ a, frame(broken[[i]]), weights_column = "b"), "`b`")
    input_error(quick_fit(y ~ a, frame(broken[[i]]), offset_column = "b"), "`b`")
    model <- quick_fit(y ~ a + b, frame(sound[[class]]))
    input_error(predict(model, frame(broken[[i]])), "`b`")
  }
})

test_that("what is no table is refused by its name", {
  for (data in list(NULL, mean, globalenv(), 1:3, "a", quote(a), list(1))) {
    input_error(plain_table(data, "newdata"), "`newdata` must be a data frame, a matrix")
  }
  input_error(plain_table(matrix(list(1)), "x"), "`x` must be a matrix of numbers.*list")
  x <- matrix(c(1, 4, 2, 3), 2, dimnames = list(NULL, c("a", "b")))
  for (other in list(
    I(x), structure(x, class = c("xts", "zoo"), index = 1:2), as.table(x)
  )) {
    expect_identical(unname(plain_table(other, "x")), unname(x))
  }
})

test_that("every matrix of package Matrix trains and predicts as the dense one does", {
  skip_if_not_installed("Matrix")
  set.seed(7)
  sparse <- Matrix::rsparsematrix(12, 12, 0.3)
  square <- Matrix::crossprod(sparse)
  as_class <- methods::as
  kinds <- list(
    logical = sparse != 0, pattern = as_class(sparse != 0, "nMatrix"),
    symmetric = square, rows = as_class(sparse, "RsparseMatrix"),
    triplets = as_class(sparse, "TsparseMatrix"), triangular = Matrix::triu(sparse),
    `unit triangular` = as_class(
      as_class(Matrix::triu(sparse, 1) + Matrix::Diagonal(12), "triangularMatrix"),
      "RsparseMatrix"
    ),
    diagonal = Matrix::Diagonal(12, 1:12), unit = Matrix::Diagonal(12),
    permutation = as_class(sample(12), "pMatrix"),
    dense = Matrix::Matrix(as.matrix(sparse), sparse = FALSE),
    `dense symmetric` = Matrix::Matrix(as.matrix(square), sparse = FALSE),
    packed = Matrix::pack(Matrix::Matrix(as.matrix(square), sparse = FALSE))
  )
  y <- cos(1:12)
  for (kind in names(kinds)) {
    x <- kinds[[kind]]
    dense <- as.matrix(x) + 0
    plain <- plain_table(x, "x")
    expect_s4_class(plain, "dgCMatrix")
    expect_equal(unname(as.matrix(plain)), unname(dense), info = kind)
    fit <- function(x) {
      suppressWarnings(quick_fit(x, y, validation_frame = list(x = x, y = y)))
    }
    model <- fit(x)
    expect_equal(predict(model, x), predict(fit(dense), dense), tolerance = 1e-4)
    expect_identical(predict(model, plain), predict(model, x), info = kind)
    mse <- function(x) performance(model, x, y = y)$MSE
    expect_identical(mse(x), mse(plain))
  }
})

test_that("a matrix read from a file needs no library() and attaches nothing", {
  skip_on_cran()
  skip_if_not_installed("Matrix")
  x <- Matrix::forceSymmetric(Matrix::crossprod(Matrix::Diagonal(4, 1:4)), "L")
  model <- quick_fit(methods::as(x, "CsparseMatrix"), c(1, 3, 2, 4))
  file <- withr::local_tempfile()
  saveRDS(list(model = model, x = methods::as(x, "RsparseMatrix")), file)
  code <- sprintf(
    "library(feedforward); a <- readRDS('%s'); p <- predict(a$model, a$x);
     cat(format(p, digits = 15), 'package:Matrix' %%in%% search())", file
  )
  libraries <- paste(.libPaths(), collapse = .Platform$path.sep)
  told <- withr::with_envvar(c(R_LIBS = libraries), system2(
    file.path(R.home("bin"), "Rscript"), c("-e", shQuote(code)),
    stdout = TRUE, stderr = FALSE
  ))
  expect_identical(
    told, paste(c(format(predict(model, x), digits = 15), FALSE), collapse = " ")
  )
})

test_that("a broken sparse matrix is refused, whatever is broken", {
  skip_if_not_installed("Matrix")
  good <- Matrix::sparseMatrix(c(1, 3, 2), c(1, 1, 2), x = c(1, 4, 2), dims = c(3, 2))
  slot <- function(name, value) {
    attr(good, name) <- value
    good
  }
  long <- good
  long@i <- c(good@i, 0L)
  long@x <- c(good@x, 1)
  broken <- list(
    slot("Dim", c(3L, NA)), slot("Dim", 3L), slot("Dim", c(-3L, 2L)),
    slot("Dimnames", NULL), slot("Dimnames", list(NULL, "a")),
    slot("x", c("a", "b", "c")), slot("x", NULL), slot("x", 1), slot("i", c(0L, NA, 1L)),
    slot("i", c(0, 2, 1)), slot("p", c(0L, NA, 3L)), slot("p", NULL),
    slot("p", c(0L, 3L)), long
  )
  model <- quick_fit(good, c(1, 3, 2))
  for (matrix in broken) {
    input_error(quick_fit(matrix, c(1, 3, 2)), "`x` is a corrupt sparse matrix")
    input_error(predict(model, matrix), "`newdata` is a corrupt sparse matrix")
  }
})

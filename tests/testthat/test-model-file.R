# Models in files: the same model comes back, or a classed error.

file_models <- function() {
  rows <- two_classes(200)
  rows$w <- 1 + seq_len(200) %% 3
  rows$kind <- factor(c("\u00e4", "b c", "NA")[1 + seq_len(200) %% 3])
  sparse <- if (requireNamespace("Matrix", quietly = TRUE)) {
    Matrix::Matrix(cbind(a = rows$a, b = ifelse(rows$b > 0, rows$b, 0)), sparse = TRUE)
  }
  models <- list(
    binomial = quick_fit(c("a", "b", "group"), "class", rows, validation_frame = rows),
    multinomial = quick_fit(kind ~ a + b + class, rows, optimizer = "adam"),
    regression = quick_fit(number ~ log(abs(a)) + poly(b, 2) + offset(w), rows),
    weighted = quick_fit(c("a", "b"), "number", rows, weights_column = "w"),
    linear = suppressWarnings(
      deeplearning(number ~ a, rows, hidden = numeric(), epochs = 2, seed = 1)
    )
  )
  if (!is.null(sparse)) models$sparse <- quick_fit(sparse, rows$number)
  models
}

test_that("a model comes back as it was, of any kind", {
  rows <- two_classes(30)
  rows$w <- 1
  for (model in file_models()) {
    file <- withr::local_tempfile()
    expect_identical(save_model(model, file), file)
    loaded <- load_model(file)
    expect_identical(loaded, model)
    two <- identical(model$encoding$predictors, c("a", "b"))
    if (!two || model$kind != "regression") {
      expect_identical(
        suppressWarnings(predict(loaded, cbind(rows, kind = "b c"))),
        suppressWarnings(predict(model, cbind(rows, kind = "b c")))
      )
    }
  }
})

test_that("numbers keep their bits, and code is not run", {
  odd <- list(
    numbers = c(0.1, NA, NaN, Inf, -0, 5e-324, 1e308), whole = c(1L, NA), none = NULL,
    flags = c(TRUE, NA), text = c(a = "\u20ac\"\\\n", b = NA), empty = character(),
    time = as.POSIXct("2020-02-28 01:02:03", tz = "UTC"),
    levels = factor(c("x", NA), c("y", "x")),
    table = data.frame(a = 1:2, b = c("u", "v"), row.names = c("p", "q")),
    code = quote(f(x[, 1], `odd name` = -2, function(v, w = 3) v^w)), call = quote(g()),
    long = stats::setNames(seq(0.5, 100, length.out = 200), seq_len(200)),
    matrix = matrix(1:6 / 3, 2, dimnames = list(NULL, c("a", "b", "c")))
  )
  store <- new_store()
  tree <- jsonlite::toJSON(tree_of(odd, "", store),
    auto_unbox = TRUE, null = "null", na = "null"
  )
  tensors <- stored_tensors(store)
  ends <- cumsum(lengths(lapply(tensors, `[[`, "bytes")))
  table <- Map(function(t, end) {
    c(t[1:2], list(data_offsets = c(end - length(t$bytes), end)))
  }, tensors, ends)
  bytes <- unlist(lapply(tensors, `[[`, "bytes"), use.names = FALSE)
  back <- value_of(
    jsonlite::fromJSON(tree, simplifyVector = FALSE), tensor_reader(table, bytes)
  )
  expect_identical(back, odd)
  expect_identical(1 / back$numbers[5], -Inf)
})

test_that("every truncation and every flipped bit is a classed error", {
  file <- withr::local_tempfile()
  save_model(quick_fit(Species ~ ., iris), file)
  bytes <- readBin(file, "raw", file.size(file))
  set.seed(7)
  damaged <- c(
    lapply(c(0, 1, 7, 8, 40, 70, sample(length(bytes) - 1, 20)), function(n) {
      bytes[seq_len(n)]
    }),
    lapply(c(1:9, 40, 60, sample(length(bytes), 40)), function(at) {
      bytes[at] <- xor(bytes[at], as.raw(2^sample(0:7, 1)))
      bytes
    }),
    list(c(bytes, as.raw(0)), serialize(1, NULL))
  )
  for (other in damaged) {
    writeBin(other, file)
    expect_error(load_model(file), class = "feedforward_file_error")
  }
  writeBin(bytes, file)
  expect_s3_class(load_model(file), "deeplearning")
})

test_that("what cannot be read, written or trusted is told", {
  model <- quick_fit(Species ~ ., iris)
  expect_error(save_model(1, "x"), "must be a model")
  expect_error(
    save_model(model, 3), "`file` must be",
    class = "feedforward_argument_error"
  )
  argument_error(save_model(model), "`file` must be")
  argument_error(load_model(), "`file` must be")
  expect_error(load_model(tempfile()), "no file", class = "feedforward_file_error")
  expect_error(load_model(tempdir()), class = "feedforward_file_error")
  nowhere <- file.path(tempfile(), "a", "b")
  expect_error(save_model(model, nowhere), class = "feedforward_file_error")
  file <- withr::local_tempfile()
  save_model(model, file)
  expect_error(save_model(model, file, overwrite = FALSE), "overwrite")
  # A file of someone who wants more than columns.
  evil <- quick_fit(Sepal.Length ~ log(Petal.Width), iris)
  evil$derived[[1]]$call <- quote(system(Petal.Width))
  expect_error(check_trust(evil, "f"), "`system`", class = "feedforward_file_error")
  expect_null(check_trust(quick_fit(Sepal.Length ~ poly(Petal.Width, 2), iris), "f"))
})

test_that("the file is one that others can read", {
  model <- quick_fit(Species ~ ., iris)
  file <- withr::local_tempfile()
  save_model(model, file)
  size <- readBin(file, "integer", 1, 4, endian = "little")
  bytes <- readBin(file, "raw", file.size(file))
  header <- jsonlite::fromJSON(rawToChar(bytes[8 + seq_len(size)]))
  expect_identical(header$weights.1$shape, dim(model$weights[[1]]))
  expect_identical(header$weights.1$dtype, "F32")
  at <- header$weights.1$data_offsets
  block <- bytes[8 + size + seq(at[1] + 1, at[2])]
  first <- readBin(block, "numeric", ncol(model$weights[[1]]), 4, endian = "little")
  expect_identical(first, unname(model$weights[[1]][1, ]))
  ends <- vapply(header[-1], function(tensor) tensor$data_offsets[2], 0L)
  expect_identical(max(ends), length(bytes) - 8L - size)
})

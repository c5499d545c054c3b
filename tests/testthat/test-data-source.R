test_that("numbers in text are told from codes and words", {
  for (text in list(
    c("1", "-2.50", NA), c(" 1.5", "10.0 "), "1e-05", c("NA", "3"), c("Inf", "0"), ".5"
  )) {
    expect_true(holds_numbers(text))
    expect_false(anyNA(as.double(text[!is.na(text) & text != "NA"])))
  }
  for (text in list(
    c("007", "12"), c("1", "x"), "", c(NA_character_, NA), "1,5", "e5", "TRUE", "1 2",
    "0x1A", "2024-01-01", "-", "."
  )) {
    expect_false(holds_numbers(text))
  }
})

test_that("a text matrix is replayed as it was learned", {
  data <- data.frame(
    a = round(sin(1:40), 2), b = round(100 * cos(1:40), 1), s = rep_len(c("u", "v"), 40),
    code = sprintf("%03d", rep_len(1:3, 40)), grade = rep_len(c("1", "2", "x"), 40)
  )
  y <- data$a + data$b / 50
  text <- as.matrix(data)
  expect_warning(
    model <- quick_fit(text, y, validation_frame = list(x = text[1:9, ], y = y[1:9])),
    "`a`, `b`[.]",
    class = "feedforward_text_matrix_warning"
  )
  same_network(model, quick_fit(data, y))
  expect_silent(all <- predict(model, text))
  expect_identical(predict(model, data), all)
  # One row has levels that alone would look like numbers.
  expect_identical(predict(model, text[1, , drop = FALSE]), all[1])
  expect_identical(predict(model, unname(text)), all)
  expect_equal(performance(model, text, y = y)$MSE, mean((all - y)^2))
  gap <- text
  gap[1, "a"] <- NA
  expect_identical(predict(model, gap)[-1], all[-1])
  gap[1, "a"] <- "none"
  input_error(predict(model, gap), "`a` of `newdata` is text")
  bare <- suppressWarnings(quick_fit(unname(text), y))
  same_network(bare, model)
  expect_identical(predict(bare, text), all)
})

test_that("a column of a table is found by name, and is a number if it holds some", {
  frame <- data.frame(a = I(1:2), b = c("x", "y"))
  expect_identical(data_column(frame, "a"), 1:2)
  expect_null(data_column(frame, "c"))
  text <- cbind(a = c("1", "2"), b = c("x", "y"))
  expect_identical(data_column(text, "a"), c(1, 2))
  expect_identical(data_column(text, "b"), c("x", "y"))
  expect_null(data_column(unname(text), "a"))
})

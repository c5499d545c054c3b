lines_of <- function(x, ..., width = 110, digits = 7) {
  withr::local_options(list(width = width, digits = digits))
  utils::capture.output(print(x, ...))
}

test_that("a two-class model prints in H2O's order and layout", {
  lines <- lines_of(fake_model("binomial", validation = TRUE), width = 200)
  expect_identical(lines[1:5], c(
    "Model Details:", "==============", "", "Binomial model: deeplearning",
    "Model ID: fake_model"
  ))
  expect_identical(
    lines[[7]],
    paste(
      "Status of Neuron Layers: predicting colour, 2-class classification,",
      "bernoulli distribution, CrossEntropy loss, 29 weights/biases, 116 bytes,",
      "5,740 training samples, mini-batch size 1"
    )
  )
  # Input: no rates; output: no dropout; percent and six decimals.
  expect_match(lines[[9]], "^1 +1 +4 +Input +0.00 % +NA +NA")
  expect_match(lines[[10]], "^2 +2 +3 +Tanh +0.00 % 0.000000 0.000000 +0.010000")
  expect_match(lines[[12]], "^4 +4 +2 Softmax +NA 0.000000")
  at <- function(text) grep(text, lines, fixed = TRUE)
  parts <- at("Binomial metrics: deeplearning")
  expect_length(parts, 2)
  expect_identical(lines[parts + 1], c(
    "** Reported on training data. **", "** Reported on validation data. **"
  ))
  expect_identical(
    lines[[parts[[1]] + 2]], "** Metrics reported on full training frame **"
  )
  metrics <- fake_metrics("binomial")
  names <- c(
    "Rows", "MSE", "RMSE", "LogLoss", "Mean Per-Class Error", "AUC", "AUCPR", "Gini",
    "F1-optimal Threshold"
  )
  shown <- sub(":.*", "", lines[parts[[1]] + 4:12])
  expect_identical(shown, names)
  expect_identical(
    lines[[parts[[1]] + 7]], paste0("LogLoss: ", format(metrics$logloss, digits = 7))
  )
  table <- parts[[1]] + 14
  expect_identical(lines[[table]], paste(
    "Confusion Matrix (vertical: actual; across: predicted)",
    "for F1-optimal threshold:"
  ))
  expect_match(lines[[table + 1]], "^ +red blue +Error +Rate$")
  expect_match(lines[[table + 2]], "^red +1 +5 0.833333 +5 / 6$")
  expect_match(lines[[table + 4]], "^Totals +1 +11 0.416667 5 / 12$")
  # The long tables are the summary's.
  expect_length(at("Maximum Metrics"), 0)
  expect_length(at("Scoring History"), 0)
})

test_that("the summary has everything", {
  for (kind in c("binomial", "multinomial", "regression")) {
    lines <- lines_of(summary(fake_model(kind, validation = TRUE)))
    at <- function(text) any(grepl(text, lines, fixed = TRUE))
    expect_true(at("Scoring History:"))
    expect_true(at("Variable Importances:"))
    expect_true(at("group.missing(NA)"))
    expect_true(at("Columns left out: id (constant)"))
    expect_identical(at("Maximum Metrics: "), kind == "binomial")
    expect_identical(at("Top-3 Hit Ratios:"), kind == "multinomial")
    expect_identical(at("Mean Residual Deviance: "), kind == "regression")
    # 26 rows: the first five and the last six.
    history <- lines[grep("^Scoring History", lines):length(lines)]
    expect_length(grep("2024-01-01", history), 11)
    expect_true("---" %in% history)
  }
  model <- fake_model("binomial")
  expect_s3_class(summary(model), "summary.deeplearning")
  expect_identical(summary(model)$model, model)
})

test_that("metrics print by themselves", {
  lines <- lines_of(fake_metrics("multinomial"))
  expect_identical(lines[[1]], "Multinomial metrics: deeplearning")
  expect_identical(lines[[2]], "** Metrics reported on full training frame **")
  # Not computed, so not shown.
  expect_false(any(grepl("AUC", lines)))
  expect_match(lines, "^Totals .* 0.7500 9 / 12$", all = FALSE)
  expect_match(lines, "^3 3 +1.000000$", all = FALSE)
  lines <- lines_of(fake_metrics("regression", description = ""))
  expect_identical(lines[1:2], c("Regression metrics: deeplearning", ""))
  expect_identical(
    sub(":.*", "", lines[3:9]),
    c("Rows", "MSE", "RMSE", "MAE", "RMSLE", "Mean Residual Deviance", "R2")
  )
})

test_that("printing returns its object invisibly and changes no option", {
  before <- options()
  for (x in list(
    fake_model("binomial"), fake_metrics("binomial"), summary(fake_model("regression"))
  )) {
    utils::capture.output(out <- withVisible(print(x)))
    expect_false(out$visible)
    expect_identical(out$value, x)
  }
  expect_identical(options(), before)
})

test_that("width and digits are those asked for", {
  model <- fake_model("binomial", validation = TRUE)
  for (width in c(60, 80, 120)) {
    expect_lte(max(nchar(lines_of(summary(model), width = width))), width)
  }
  few <- lines_of(model, digits = 4)
  expect_match(few, "LogLoss: 1.162$", all = FALSE)
  expect_match(few, "^red +1 +5 0.833 +5 / 6$", all = FALSE)
  # The argument does what the option does.
  withr::local_options(list(width = 110))
  expect_identical(utils::capture.output(print(model, digits = 4)), few)
  for (digits in list(0, 23, 2.5, "a", NA)) {
    expect_error(
      print(model, digits = digits), "between 1 and 22",
      class = "feedforward_argument_error"
    )
  }
})

test_that("models print under all digits that R allows, and no share looks like 0", {
  for (kind in with_response) {
    model <- fake_model(kind, validation = TRUE)
    for (digits in 1:22) expect_silent(lines_of(summary(model), digits = digits))
  }
  for (digits in 1:7) {
    lines <- lines_of(fake_metrics("multinomial"), digits = digits)
    expect_match(lines, "^Totals .* 0.750* +9 / 12$", all = FALSE)
  }
  expect_identical(format_column(c(1e-5, 0), 2), c("1e-05", "0"))
  expect_identical(format_column(c(1e-5, 0.5), 2), c("0.00", "0.50"))
})

test_that("the multinomial R2 is kept and not shown", {
  model <- fake_model("multinomial")
  expect_true("training_r2" %in% names(score_history(model)))
  expect_false(any(grepl("r2", lines_of(summary(model), width = 500))))
  expect_true(any(grepl("training_r2", lines_of(summary(fake_model("binomial"))))))
})

test_that("the line of training says what stopped it", {
  model <- fake_model("regression")
  model$stopped_by <- "regression_stop"
  expect_match(
    lines_of(model), "^Training: stopped early by regression_stop after 24 epochs",
    all = FALSE
  )
})

test_that("a decimal comma changes the point and nothing breaks", {
  withr::local_options(list(OutDec = ",", warn = 2))
  lines <- lines_of(fake_model("binomial"))
  expect_match(lines, "5,740 training samples", all = FALSE)
  expect_match(lines, "LogLoss: 1,16215", all = FALSE)
})

test_that("names from data cannot write control codes", {
  model <- fake_model("binomial")
  model$response$name <- "a\033[31mb\n\"%s{x}"
  names <- c("red\033", "blue\n")
  table <- model$training_metrics$cm$table
  names(table)[1:2] <- names
  row.names(table)[1:2] <- names
  model$training_metrics$cm$table <- table
  lines <- lines_of(summary(model))
  expect_false(any(grepl("\033", lines, fixed = TRUE)))
  expect_match(lines, "\\033[31mb\\n", fixed = TRUE, all = FALSE)
  expect_match(lines, "%s{x}", fixed = TRUE, all = FALSE)
})

test_that("many classes are counted, not shown", {
  metrics <- fake_metrics("multinomial")
  classes <- sprintf("c%02d", 1:21)
  table <- confusion_table(diag(21), classes)
  metrics$cm$table <- table
  metrics$domain <- classes
  lines <- lines_of(metrics)
  expect_match(lines, "Confusion matrix of 21 classes", all = FALSE)
  metrics$domain <- classes[1:20]
  metrics$cm$table <- confusion_table(diag(20), classes[1:20])
  expect_match(lines_of(metrics), "^c20 ", all = FALSE)
})

test_that("numbers in tables keep what they say", {
  expect_identical(format_column(c(1, 20, 300), 6), c("1", "20", "300"))
  expect_identical(format_column(c(0, 1), 6), c("0.000000", "1.000000"))
  expect_identical(format_column(c(0.5, NA, NaN), 3), c("0.500", "NA", "NaN"))
  expect_identical(format_column(c("a", NA), 6), c("a", "NA"))
  expect_identical(format_column(c(1.5e12 + 0.25, 2), 1), c("1.5e+12", "2.0e+00"))
  expect_identical(format_bytes(1023), "1023 bytes")
  expect_identical(format_bytes(6656), "6.5 KB")
  expect_identical(format_bytes(3 * 1024^2), "3.0 MB")
})

test_that("durations and speeds print as in H2O", {
  history <- fake_history("regression")
  history$duration[2:4] <- c(5.047, 60.742, 3723.456)
  history$training_speed[2:4] <- c(5, 123456, 3.33333)
  shown <- shown_history(history, tasks$regression)
  expect_identical(
    shown$duration[1:4],
    c(" 0.000 sec", " 5.047 sec", " 1 min  0.742 sec", " 1:02:03.456")
  )
  expect_identical(
    shown$training_speed[1:4],
    c(NA, "5 obs/sec", "123456 obs/sec", "3.33333 obs/sec")
  )
})

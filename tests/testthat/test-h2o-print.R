# Printed forms, line by line as H2O's client printed them.

test_that("the prostate model prints as H2O's does", {
  local_h2o()
  frame <- prostate_frame()
  model <- quick_h2o(
    3:9, "CAPSULE", frame[1:287, ],
    validation_frame = frame[288:380, ], reproducible = TRUE,
    export_weights_and_biases = TRUE
  )
  for (call in c("print(m)", "summary(m)")) {
    theirs <- shape_of(client_lines("binomial.txt", call))
    ours <- shape_of(print_wide(if (call == "print(m)") print(model) else summary(model)))
    expect_identical(ours[seq_along(theirs)], theirs)
  }
  metrics <- h2o.performance(model, frame[288:380, ])
  call <- "p <- h2o.performance(m, new); print(p)"
  theirs <- shape_of(client_lines("binomial.txt", call))
  expect_identical(shape_of(print_wide(print(metrics))), theirs)
})

test_that("more classes, numbers and autoencoders print as H2O's do", {
  local_h2o()
  iris_frame <- as.h2o(iris)
  prostate <- prostate_frame()
  models <- list(
    multinomial.txt = quick_h2o(
      1:4, 5, iris_frame,
      validation_frame = iris_frame, export_weights_and_biases = TRUE
    ),
    regression.txt = quick_h2o(
      2:9, "AGE", prostate[1:287, ],
      validation_frame = prostate[288:380, ]
    ),
    autoencoder.txt = quick_h2o(
      3:9, training_frame = prostate, autoencoder = TRUE, activation = "Tanh",
      hidden = c(4, 2, 4)
    )
  )
  for (file in names(models)) {
    theirs <- shape_of(client_lines(file, "print(m)"))
    ours <- shape_of(print_wide(print(models[[file]])))
    expect_identical(ours[seq_along(theirs)], theirs, info = file)
  }
})

test_that("a table longer than twenty rows shows its ends, an empty column is left out", {
  table <- h2o_table(
    data.frame(a = 1:30, b = NA_real_, c = letters[c(1:26, 1:4)]), "Letters",
    description = "of the alphabet"
  )
  lines <- capture.output(print(table))
  expect_identical(lines[[1]], "Letters: of the alphabet")
  expect_length(grep("^---$", lines), 1)
  expect_false(any(grepl("b", lines[[2]], fixed = TRUE)))
  expect_length(lines, 1 + 6 + 2 + 7)
})

test_that("print() and summary() look as they did", {
  local_h2o()
  model <- quick_h2o(c("mpg", "wt"), "am", cars_frame(), nfolds = 2)
  expect_snapshot(writeLines(shape_of(print_wide(summary(model)))))
})

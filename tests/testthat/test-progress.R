test_that("nothing is shown when nobody asked", {
  expect_silent({
    progress <- start_progress(FALSE, 100, 1, FALSE)
    update_progress(progress, 50, 0.5, 1, c(`training logloss` = 0.5))
    end_progress(progress)
  })
  # Tests are no interactive session.
  expect_false(start_progress(NULL, 100, 1, FALSE)$shown)
  # A bar without length.
  expect_false(start_progress(TRUE, 0, 0, FALSE)$shown)
})

test_that("a bar tells epochs, speed and losses, and goes away", {
  withr::local_options(cli.progress_show_after = 0, cli.dynamic = FALSE)
  lines <- testthat::capture_messages({
    progress <- start_progress(TRUE, 1000, 10, FALSE)
    Sys.sleep(0.3)
    update_progress(progress, 250, 2.5, 0.5, c(`training logloss` = 0.69314))
    Sys.sleep(0.3)
    update_progress(progress, 500, 5, 1, c(`training logloss` = 0.5))
    end_progress(progress)
  })
  expect_match(
    paste(lines, collapse = ""),
    "epoch 2.5 of 10 \\| 500 rows/s \\| training logloss 0.6931 \\| ETA"
  )
})

test_that("verbose tells a scoring in one message", {
  row <- history_row(
    "regression", list(training = list(RMSE = 2, mean_residual_deviance = 4)),
    1.5, 3, 300, 2, 0
  )
  expect_message(
    tell_scoring(list(verbose = TRUE), row),
    "epochs 1.5  iterations 3  samples 300  training_rmse 2  training_deviance 4"
  )
  expect_silent(tell_scoring(list(verbose = FALSE), row))
})

test_that("epochs are short and never scientific", {
  expect_equal(format_epochs(0.0001234), "0.00012")
  expect_equal(format_epochs(3), "3")
  expect_equal(format_epochs(12.34567), "12.35")
})

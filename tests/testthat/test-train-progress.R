# What start_progress() and show_progress() want of a run.
shown_plan <- function(progress, total = 1000, epochs = 10, verbose = FALSE) {
  list(
    arguments = list(progress = progress, verbose = verbose, epochs = epochs),
    total = total, training = list(n = 100), metric = "logloss"
  )
}

test_that("nothing is shown when nobody asked", {
  expect_silent({
    plan <- shown_plan(FALSE)
    run <- list(plan = plan, progress = start_progress(plan))
    show_progress(run)
    end_progress(run$progress)
  })
  # Tests are no interactive session.
  expect_false(start_progress(shown_plan(NULL))$shown)
  # A bar without length.
  expect_false(start_progress(shown_plan(TRUE, total = 0, epochs = 0))$shown)
})

test_that("a bar tells epochs, speed and losses, and goes away", {
  withr::local_options(cli.progress_show_after = 0, cli.dynamic = FALSE)
  now <- 0
  local_replaced(elapsed = function() now)
  plan <- shown_plan(TRUE)
  run <- list(plan = plan, book = new.env(), clock = new_clock())
  step <- function(samples, logloss) {
    run$book$samples <- samples
    run$book$latest <- list(training = list(logloss = logloss))
    now <<- samples / 500
    show_progress(run)
  }
  lines <- testthat::capture_messages({
    run$progress <- start_progress(plan)
    expect_true(run$progress$shown)
    Sys.sleep(0.3)
    step(250, 0.69314)
    Sys.sleep(0.3)
    step(500, 0.5)
    end_progress(run$progress)
  })
  expect_match(
    paste(lines, collapse = ""),
    "epoch 2.5 of 10 \\| logloss 0.6931 \\| 500 rows/s \\| ETA"
  )
  # Ended twice, it is ended all the same.
  expect_false(run$progress$shown)
  expect_silent(end_progress(run$progress))
})

test_that("a bar is gone when training ends in an error", {
  withr::local_options(cli.progress_show_after = 0, cli.dynamic = FALSE)
  before <- cli::cli_progress_num()
  during <- NULL
  trainer <- fake_trainer(function(s) 1000 - s)
  trainer$run <- function(...) {
    during <<- cli::cli_progress_num()
    stop("on the way")
  }
  testthat::capture_messages(
    expect_error(train_on(trainer, progress = TRUE), "on the way")
  )
  expect_identical(during, before + 1L)
  expect_identical(cli::cli_progress_num(), before)
})

test_that("verbose tells a scoring in one message, no wider than the console", {
  withr::local_options(width = 60)
  metrics <- list(training = list(RMSE = 2, mean_residual_deviance = 4))
  metrics$validation <- list(RMSE = 3, mean_residual_deviance = 9, mae = 1e-5, r2 = -1)
  row <- history_row(tasks$regression, metrics, 1.5, 3, 300, seconds = 2, training = 0)
  told <- capture_messages(tell_scoring(list(verbose = TRUE), row))
  expect_identical(told, paste0(
    " 2.000 sec  epochs 1.5  iterations 3  samples 300\n",
    "  training  rmse 2  deviance 4  mae NaN  r2 NaN\n",
    "  validation  rmse 3  deviance 9  mae 1e-05  r2 -1\n"
  ))
  expect_silent(tell_scoring(list(verbose = FALSE), row))
  lines <- strsplit(fill_lines(strrep("a", c(10, 20, 30, 5)), 36), "\n")[[1]]
  expect_identical(nchar(lines), c(32L, 34L, 9L))
})

test_that("the line of progress leaves out what the console has no room for", {
  plan <- shown_plan(TRUE)
  plan$metric <- "mean_per_class_error"
  run <- list(plan = plan, book = new.env(), clock = new_clock())
  run$book$samples <- 250
  metrics <- list(mean_per_class_error = 0.25)
  run$book$latest <- list(training = metrics, validation = metrics)
  local_replaced(training_seconds = function(clock) 1)
  losses <- "mean_per_class_error 0.25, validation 0.25"
  expect_identical(
    progress_line(run, 100), paste("epoch 2.5 of 10 |", losses, "| 250 rows/s")
  )
  expect_identical(progress_line(run, 62), paste("epoch 2.5 of 10 |", losses))
  expect_identical(progress_line(run, 20), "epoch 2.5 of 10")
})

test_that("epochs are short and never scientific", {
  expect_equal(format_epochs(0.0001234), "0.00012")
  expect_equal(format_epochs(3), "3")
  expect_equal(format_epochs(12.34567), "12.35")
})

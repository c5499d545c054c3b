# The model written to a file while it trains.

export_fit <- function(folder, ..., epochs = 4) {
  few_steps(
    class ~ a + b + group, two_classes(400),
    hidden = 4, epochs = epochs, seed = 1, stopping_rounds = 0, model_id = "a model",
    overwrite_with_best_model = FALSE, score_each_iteration = TRUE,
    export_checkpoints_dir = folder, ...
  )
}

test_that("the file is the model, under its name, and training is not touched", {
  folder <- file.path(withr::local_tempdir(), "new", "folder")
  model <- export_fit(folder)
  files <- list.files(folder, all.files = TRUE, no.. = TRUE)
  expect_identical(files, "a_model.safetensors")
  expect_identical(load_model(file.path(folder, "a_model.safetensors")), model)
  same_network(export_fit(NULL), model)
})

test_that("what was written in the middle goes on to the same end", {
  folder <- withr::local_tempdir()
  path <- file.path(folder, "a_model.safetensors")
  middle <- NULL
  local_replaced(write_export = function(export, model) {
    write_whole(model_bytes(model), export$path)
    if (model$status == "unfinished") middle <<- model
  })
  whole <- export_fit(folder)
  expect_gt(middle$samples, 0)
  expect_lt(middle$samples, whole$samples)
  expect_output(print(middle), "unfinished")
  rest <- export_fit(NULL, checkpoint = middle)
  expect_identical(rest$weights, whole$weights)
  expect_identical(
    rest$scoring_history$samples, whole$scoring_history$samples
  )
})

test_that("a folder that cannot be written to is found out before training", {
  file <- withr::local_tempfile()
  writeLines("x", file)
  expect_error(
    export_fit(file), "export_checkpoints_dir",
    class = "feedforward_file_error"
  )
  argument_error(export_fit(3), "`export_checkpoints_dir` must be NULL or a string")
})

test_that("a file that cannot be written in the middle costs a warning, not the run", {
  folder <- withr::local_tempdir()
  local_replaced(model_bytes = function(model) {
    unlink(folder, recursive = TRUE)
    raw(1)
  })
  expect_warning(model <- export_fit(folder), class = "feedforward_file_warning") |>
    suppressWarnings()
  expect_identical(model$status, "finished")
})

test_that("leftovers of dead processes go, those of live ones stay", {
  folder <- withr::local_tempdir()
  path <- file.path(folder, "m")
  dead <- file.path(folder, ".m-999999-old")
  alive <- file.path(folder, sprintf(".m-%d-old", Sys.getpid()))
  fresh <- file.path(folder, ".m-999999-new")
  for (file in c(dead, alive, fresh)) writeLines("x", file)
  Sys.setFileTime(c(dead, alive), Sys.time() - 3600)
  write_whole(as.raw(1:3), path)
  expect_identical(file.exists(c(dead, alive, fresh)), c(FALSE, TRUE, TRUE))
  # Mode and link stay.
  Sys.chmod(path, "0640", use_umask = FALSE)
  link <- file.path(folder, "link")
  file.symlink(path, link)
  write_whole(as.raw(4:6), link)
  expect_identical(Sys.readlink(link), path)
  expect_identical(readBin(path, "raw", 9), as.raw(4:6))
  expect_identical(format(file.mode(path)), "640")
})

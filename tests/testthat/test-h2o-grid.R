# Searches, segments and AutoML's networks through the drop-in layer.

test_that("a grid holds a model for each combination, duplicates once", {
  local_h2o()
  frame <- as.h2o(iris)
  grid <- suppressWarnings(h2o.grid("deeplearning",
    grid_id = "g", x = 1:4, y = 5, training_frame = frame, epochs = 2, seed = 1,
    hyper_params = list(
      hidden = list(c(3, 3), 2, c(3, 3)), max_w2 = c(10, Inf, 10), loss = "CrossEntropy"
    )
  ))
  expect_identical(slotNames(grid), c(
    "grid_id", "model_ids", "hyper_names", "failed_params", "failure_details",
    "failure_stack_traces", "failed_raw_params", "summary_table"
  ))
  expect_length(grid@model_ids, 4)
  expect_identical(grid@hyper_names, list("hidden", "max_w2", "loss"))
  models <- lapply(grid@model_ids, h2o.getModel)
  found <- lapply(models, function(model) model@allparameters[c("hidden", "max_w2")])
  expect_length(unique(found), 4)
  expect_named(grid@summary_table, c("hidden", "max_w2", "loss", "model_ids", "logloss"))
  expect_type(grid@summary_table$max_w2, "double")
  expect_setequal(grid@summary_table$hidden, c("[3, 3]", "2"))
  expect_false(is.unsorted(grid@summary_table$logloss))
  expect_identical(
    grid@summary_table$logloss, vapply(models, h2o.logloss, 0)
  )
  sorted <- h2o.getGrid("g", sort_by = "mse", decreasing = TRUE)
  expect_identical(
    sorted@summary_table$mse, sort(vapply(models, h2o.mse, 0), decreasing = TRUE)
  )
  expect_error(h2o.getGrid("g", sort_by = "nope"), class = "feedforward_argument_error")
  # The same as a model of its own.
  first <- models[[1]]
  alone <- suppressWarnings(h2o.deeplearning(1:4, 5, frame,
    hidden = first@allparameters$hidden, max_w2 = first@allparameters$max_w2,
    loss = "CrossEntropy", epochs = 2, seed = 1
  ))
  expect_identical(native_model(alone)$weights, native_model(first)$weights)
})

test_that("bad values fail alone, or stop the search if it is to check", {
  local_h2o()
  frame <- as.h2o(iris)
  search <- function(values, ...) {
    h2o.grid("deeplearning",
      x = 1:4, y = 5, training_frame = frame, hidden = 2, epochs = 1, seed = 1,
      hyper_params = list(activation = values), ...
    )
  }
  expect_warning(
    grid <- search(c("Tanh", "Foo")),
    class = "feedforward_grid_warning"
  )
  expect_length(grid@model_ids, 1)
  expect_identical(grid@failed_params, list(list(activation = "Foo")))
  expect_match(grid@failure_details[[1]], "activation")
  expect_match(capture.output(grid), "Foo", all = FALSE)
  expect_warning(all_bad <- search(c("Foo", "Bar")), class = "feedforward_grid_warning")
  expect_length(all_bad@failed_params, 2)
  expect_length(all_bad@model_ids, 0)
  expect_error(
    search(c("Tanh", "Foo"), do_hyper_params_check = TRUE),
    class = "feedforward_argument_error"
  )
  expect_error(
    h2o.grid("deeplearning",
      x = 1:4, y = 5, training_frame = frame, hyper_params = list(nonsense = 1)
    ),
    class = "feedforward_argument_error"
  )
  expect_error(h2o.grid("gbm", y = 5, training_frame = frame),
    class = "feedforward_refused_error"
  )
})

test_that("an id used again adds models; empty and autoencoder grids work", {
  local_h2o()
  frame <- as.h2o(iris)
  more <- function(values) {
    suppressWarnings(h2o.grid("deeplearning",
      grid_id = "g", x = 1:4, training_frame = frame, autoencoder = TRUE, hidden = 2,
      epochs = 1, seed = 1, activation = "Tanh", hyper_params = values
    ))
  }
  expect_length(more(list(l1 = c(0, 0.1)))@model_ids, 2)
  expect_setequal(unlist(more(list(l1 = 0.2))@model_ids), paste0("g_model_", 1:3))
  empty <- suppressWarnings(h2o.grid("deeplearning",
    x = 1:4, y = 5, training_frame = frame, epochs = 1, seed = 1, hidden = 2
  ))
  expect_length(empty@model_ids, 1)
  expect_length(empty@hyper_names, 0)
})

test_that("a grid is saved, loaded and resumed", {
  local_h2o()
  frame <- as.h2o(iris)
  folder <- withr::local_tempdir()
  grid <- suppressWarnings(h2o.grid("deeplearning",
    grid_id = "g", x = 1:4, y = 5, training_frame = frame, hidden = 2, epochs = 1,
    seed = 1, hyper_params = list(l1 = c(0, 0.1)), recovery_dir = folder
  ))
  saved <- h2o.saveGrid(withr::local_tempdir(), "g")
  h2o.removeAll()
  expect_equal(h2o.loadGrid(saved), grid)
  expect_equal(h2o.getModel(grid@model_ids[[1]])@model_id, grid@model_ids[[1]])
  h2o.removeAll()
  # A model that was lost is trained again, the others are taken.
  unlink(list.files(folder, "[.]safetensors$", full.names = TRUE)[[1]])
  resumed <- suppressWarnings(h2o.resumeGrid("g", folder))
  expect_equal(resumed@summary_table, grid@summary_table)
  expect_error(h2o.resumeGrid("g", tempfile()), class = "feedforward_argument_error")
})

test_that("segments have a model each, and failures are told", {
  local_h2o()
  frame <- as.h2o(iris)
  models <- h2o.train_segments("deeplearning",
    segment_columns = "Species", y = 4, training_frame = frame, hidden = 2, epochs = 1,
    seed = 1
  )
  table <- as.data.frame(models)
  expect_named(table, c("Species", "model", "status", "errors", "warnings"))
  expect_identical(as.character(table$Species), levels(iris$Species))
  expect_identical(table$status, rep("SUCCEEDED", 3))
  one <- suppressWarnings(h2o.deeplearning(1:3, 4, frame[frame$Species == "virginica", ],
    hidden = 2, epochs = 1, seed = 1
  ))
  expect_identical(
    native_model(h2o.getModel(table$model[[3]]))$weights, native_model(one)$weights
  )
  failed <- h2o.train_segments("deeplearning",
    segment_columns = 5, y = 4, training_frame = frame, hidden = 0
  )
  expect_identical(as.data.frame(failed)$status, rep("FAILED", 3))
  expect_match(as.data.frame(failed)$errors, "hidden")
})

test_that("AutoML trains its networks and nothing else", {
  local_h2o()
  frame <- as.h2o(iris)
  auto <- h2o.automl(1:4, 5, frame,
    include_algos = "DeepLearning", max_models = 2, nfolds = 2, seed = 1,
    max_runtime_secs_per_model = 1, project_name = "plan"
  )
  board <- as.data.frame(auto@leaderboard)
  expect_identical(nrow(board), 2L)
  expect_false(is.unsorted(board$mean_per_class_error))
  expect_identical(auto@leader@model_id, board$model_id[[1]])
  expect_identical(h2o.getModel("plan_model_1")@allparameters$hidden, c(10, 10, 10))
  expect_identical(
    h2o.getModel("plan_model_2")@allparameters$activation, "RectifierWithDropout"
  )
  expect_equal(
    board$logloss[[1]], h2o.logloss(auto@leader, xval = TRUE)
  )
  expect_equal(h2o.get_automl("plan"), auto)
  best <- board$model_id[[which.min(board$logloss)]]
  expect_identical(h2o.get_best_model(auto, criterion = "logloss")@model_id, best)
  expect_error(h2o.automl(1:4, 5, frame), class = "feedforward_refused_error")
  expect_error(h2o.gbm(1:4, 5, frame), class = "feedforward_refused_error")
})

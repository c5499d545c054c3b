# Searches: which combinations, in what order, with what outcome.

search_iris <- function(hyper_params = list(hidden = list(3, c(3, 3)), l1 = c(0, 0.01)),
                        ...) {
  suppressWarnings(grid_search(
    hyper_params, Species ~ ., iris,
    epochs = 5, ..., grid_id = "g"
  ), classes = "feedforward_constant_warning")
}

weights_of <- function(grid) {
  lapply(grid$models, function(model) model$weights)
}

test_that("every combination is trained as by hand, best first", {
  grid <- search_iris(seed = 3)
  expect_s3_class(grid, "deeplearning_grid")
  expect_length(grid$models, 4)
  expect_identical(names(grid$models), grid$summary$model_ids)
  expect_setequal(grid$summary$model_ids, paste0("g_model_", 1:4))
  expect_false(is.unsorted(grid$summary$logloss))
  # The first argument varies fastest.
  by_hand <- few_steps(Species ~ ., iris, epochs = 5, seed = 3, hidden = c(3, 3), l1 = 0)
  same_network(grid$models$g_model_2, by_hand)
  row <- grid$summary[grid$summary$model_ids == "g_model_2", ]
  expect_identical(c(row$hidden, row$l1), c("[3, 3]", "0"))
  expect_equal(row$logloss, by_hand$training_metrics$logloss)
  expect_identical(predict(grid$models[[1]], iris[1:3, ]) |> dim(), c(3L, 3L))
})

test_that("seeds may be searched over, too", {
  grid <- search_iris(list(seed = 1:3))
  expect_setequal(vapply(grid$models, function(m) m$arguments$seed, 0), c(1, 2, 3))
})

test_that("the rows that judge are held-out ones where there are any", {
  odd <- seq(1, 150, 2)
  valid <- search_iris(seed = 1, validation_frame = iris[-odd, ])
  expect_identical(
    valid$summary$logloss[[1]], valid$models[[1]]$validation_metrics$logloss
  )
  folds <- search_iris(list(hidden = 3), seed = 1, nfolds = 3)
  expect_identical(
    folds$summary$logloss, folds$models[[1]]$cross_validation$metrics$logloss
  )
  up <- search_iris(seed = 1, sort_by = "mean_per_class_error")
  expect_false(is.unsorted(up$summary$mean_per_class_error))
  down <- grid_search(list(l2 = c(0, 0.1)), mpg ~ ., mtcars, hidden = 4, sort_by = "r2",
    seed = 1) |> suppressWarnings()
  expect_false(is.unsorted(-down$summary$r2))
})

test_that("random combinations do not repeat, and are the seed's", {
  draw <- function(...) {
    combinations(
      list(a = 1:5, b = list("x", "y", c("u", "v"))),
      utils::modifyList(search_defaults, list(strategy = "RandomDiscrete", ...))
    )
  }
  all <- draw(seed = 5)
  expect_length(unique(all), 15)
  expect_identical(draw(seed = 5), all)
  expect_identical(draw(seed = 5, max_models = 4)[1:4] |> unique() |> length(), 4L)
  expect_false(identical(draw(seed = 6), all))
  set.seed(1)
  before <- .Random.seed
  draw(seed = 5)
  expect_identical(.Random.seed, before)
  first <- draw(seed = -1)
  set.seed(1)
  expect_identical(draw(seed = -1), first)
  # However many there are.
  many <- stats::setNames(rep(list(1:100), 7), letters[1:7])
  expect_length(combinations(many, utils::modifyList(
    search_defaults, list(strategy = "RandomDiscrete", max_models = 3, seed = 1)
  )), 3)
})

test_that("what fails is kept aside with its message", {
  expect_warning(
    grid <- grid_search(list(activation = c("Tanh", "Nope")), Species ~ ., iris,
      hidden = 3, epochs = 3, seed = 1),
    "1 of 2 models failed.*Nope", class = "feedforward_grid_warning"
  ) |> suppressWarnings(classes = "feedforward_constant_warning")
  expect_length(grid$models, 1)
  expect_identical(grid$failed$activation, "Nope")
  expect_match(grid$failed$message, "must be one of")
  argument_error(
    search_iris(list(activation = c("No", "Nope"))), "All 2 models failed"
  )
})

test_that("limits stop the search, and are told", {
  one <- search_iris(list(l1 = c(0, 0.1, 0.2, 0.3)), max_models = 2, seed = 1)
  expect_length(one$models, 2)
  early <- search_iris(list(l1 = c(0, 5, 6, 7, 8)), seed = 1,
    search_criteria = list(stopping_rounds = 2))
  expect_length(early$models, 3)
  expect_identical(early$stopped_by, "stopping_rounds")
  local_replaced(seconds_left = function(grid) if (length(grid$found) < 2) 100 else 0)
  late <- search_iris(list(l1 = c(0, 0.1, 0.2)), seed = 1,
    search_criteria = list(max_runtime_secs = 100))
  expect_length(late$models, 2)
  expect_identical(late$stopped_by, "max_runtime_secs")
})

test_that("a folder resumes a search, and only the same one", {
  folder <- withr::local_tempdir()
  first <- search_iris(seed = 1, folder = folder, max_models = 2)
  expect_length(list.files(folder), 2)
  trained <- 0
  fit <- deeplearning
  local_replaced(deeplearning = function(...) {
    trained <<- trained + 1
    fit(...)
  })
  again <- search_iris(seed = 1, folder = folder)
  expect_identical(trained, 2)
  expect_identical(
    again$models$g_model_1$weights, first$models$g_model_1$weights
  )
  other <- search_iris(seed = 2, folder = folder, max_models = 1)
  expect_identical(trained, 3)
})

test_that("workers change nothing", {
  criteria <- list(stopping_rounds = 2)
  hyper <- list(l1 = c(0, 0.5, 0.1, 0.2, 1), hidden = c(3, 4))
  alone <- search_iris(hyper, seed = 1, search_criteria = criteria)
  backwards <- function(X, FUN, ...) rev(lapply(rev(X), FUN, ...))
  others <- search_iris(hyper, seed = 1, search_criteria = criteria, workers = backwards)
  expect_identical(weights_of(others), weights_of(alone))
  expect_identical(others$summary, alone$summary)
  skip_on_cran()
  skip_on_os("windows")
  cluster <- parallel::makeForkCluster(2)
  withr::defer(parallel::stopCluster(cluster))
  forked <- search_iris(hyper, seed = 1, search_criteria = criteria, workers = cluster)
  expect_identical(weights_of(forked), weights_of(alone))
  argument_error(search_iris(hyper, workers = 3), "`workers` must be")
})

test_that("what makes no sense is told at once", {
  argument_error(grid_search(list(), Species ~ ., iris), "named list")
  argument_error(grid_search(list(hiden = 3), Species ~ ., iris), "Did you mean `hidden`")
  argument_error(grid_search(list(y = "a"), Species ~ ., iris), "no argument to vary")
  argument_error(search_iris(list(epochs = 1:2)), "given and in `hyper_params`")
  argument_error(search_iris(search_criteria = list(max_model = 3)), "max_models")
  argument_error(search_iris(search_criteria = 3), "must be a list")
  argument_error(search_iris(max_models = 0.5), "`max_models` must be")
  argument_error(search_iris(sort_by = "beauty"), "`sort_by` must be")
  argument_error(search_iris(sort_by = "MAE", seed = 1), "computed for none")
  argument_error(search_iris(sort_by = "AUC", seed = 1), "computed for none")
  argument_error(grid_search(), "named list")
  argument_error(search_iris(strategy = "Guess"), "`strategy` must be")
})

test_that("a search prints, sums up and plots", {
  grid <- search_iris(seed = 1, max_models = 3)
  shown <- capture.output(print(grid, most = 2))
  expect_match(shown[[1]], "Search g: 3 models, by logloss (lowest first)", fixed = TRUE)
  expect_match(shown, "and 1 more", all = FALSE)
  expect_identical(summary(grid), grid$summary)
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_identical(plot(grid, most = 2), utils::head(grid$summary, 2))
  numbers <- search_iris(list(l1 = c(0, 0.1)), seed = 1)
  expect_identical(plot(numbers), numbers$summary)
})

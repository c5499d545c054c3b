# A model per fold, and the main one.

fold_rows <- function() {
  rows <- two_classes(300)
  rows$fold <- rep(c("x", "y", "z"), c(90, 110, 100))
  rows
}

cross_fit <- function(..., rows = fold_rows(), formula = class ~ a + b + group) {
  few_steps(formula, rows, hidden = 4, epochs = 8, seed = 5, ...)
}

# What a fold's model says of rows must be what a model says that never saw them.
test_that("a fold's model is the model trained without its rows", {
  rows <- fold_rows()
  crossed <- cross_fit(
    formula = class ~ a + b + group, fold_column = "fold",
    keep_cross_validation_predictions = TRUE
  )
  folds <- crossed$cross_validation
  expect_named(folds$models, c("x", "y", "z"))
  for (name in names(folds$models)) {
    held_out <- rows$fold == name
    alone <- cross_fit(
      rows = rows[!held_out, ], validation_frame = rows[held_out, ]
    )
    same_network(folds$models[[name]], alone)
    expect_identical(folds$models[[name]]$encoding, alone$encoding)
    expect_equal(
      folds$predictions[held_out], predict(alone, rows[held_out, ]),
      tolerance = 1e-12
    )
    expect_equal(
      folds$models[[name]]$validation_metrics$logloss, alone$validation_metrics$logloss
    )
  }
  # All rows held out, together.
  truth <- rows$class == "yes"
  p <- ifelse(truth, folds$predictions, 1 - folds$predictions)
  expect_equal(performance(crossed, xval = TRUE)$logloss, mean(-log(p)))
  expect_identical(performance(crossed, xval = TRUE)$nobs, 300L)
  # Their table.
  auc <- vapply(folds$models, function(m) m$validation_metrics$AUC, 0)
  expect_equal(unlist(folds$summary["auc", 3:5], use.names = FALSE), unname(auc))
  expect_equal(folds$summary["auc", "mean"], mean(auc))
  expect_equal(folds$summary["auc", "sd"], stats::sd(auc))
})

test_that("the main model is that of the folds' mean best epochs, on all rows", {
  crossed <- cross_fit(nfolds = 3)
  epochs <- crossed$cross_validation$epochs
  expect_identical(crossed$arguments$epochs, mean(epochs))
  alone <- cross_fit(stopping_rounds = 0, overwrite_with_best_model = FALSE)
  again <- few_steps(
    class ~ a + b + group, fold_rows(),
    hidden = 4, epochs = mean(epochs), seed = 5, stopping_rounds = 0,
    overwrite_with_best_model = FALSE
  )
  same_network(crossed, again)
  # As asked, where neither stopping nor the best model is.
  exact <- cross_fit(nfolds = 3, stopping_rounds = 0, overwrite_with_best_model = FALSE)
  same_network(exact, alone)
  expect_true(all(exact$cross_validation$epochs == 8))
})

test_that("threads change nothing, whatever the folds", {
  fit <- function(threads, ...) {
    cross_fit(
      nfolds = 4, threads = threads, keep_cross_validation_predictions = TRUE,
      keep_cross_validation_fold_assignment = TRUE, ...
    )
  }
  for (more in list(list(), list(optimizer = "adam"), list(replicas = 2))) {
    one <- do.call(fit, c(list(1), more))
    two <- do.call(fit, c(list(3), more))
    same_network(one, two)
    parts <- c("predictions", "folds", "epochs", "summary")
    expect_identical(one$cross_validation[parts], two$cross_validation[parts])
  }
})

test_that("nothing of a fold's own rows is known to its model", {
  rows <- fold_rows()
  # A level, a missing value and a mean that only the first fold has.
  rows$group <- as.character(rows$group)
  rows$group[1:90] <- "only here"
  rows$a[1:90] <- NA
  rows$b[1:90] <- rows$b[1:90] + 1000
  crossed <- cross_fit(rows = rows, fold_column = "fold")
  first <- crossed$cross_validation$models$x$encoding
  expect_false("only here" %in% first$groups$onehot$levels$group)
  expect_false(first$groups$onehot$missing_seen[["group"]] %||% FALSE)
  other <- few_steps(class ~ a + b + group, rows[91:300, ], hidden = 4, epochs = 1)
  expect_identical(first$groups, other$encoding$groups)
})

test_that("a class that a fold lacks stays a class, and metrics say what they can", {
  rows <- fold_rows()
  rows$kind <- factor(c("k", "l")[1 + (rows$a > 0)], c("k", "l", "m"))
  rows$kind[91:100] <- "m"
  crossed <- cross_fit(formula = kind ~ a + b, rows = rows, fold_column = "fold")
  expect_identical(crossed$cross_validation$models$y$response$levels, c("k", "l", "m"))
  expect_identical(dim(crossed$cross_validation$metrics$cm$table), c(4L, 5L))
})

test_that("what is to be kept is kept, and what is printed is told", {
  crossed <- cross_fit(
    nfolds = 3, keep_cross_validation_models = FALSE,
    keep_cross_validation_fold_assignment = TRUE
  )
  folds <- crossed$cross_validation
  expect_null(folds$models)
  expect_null(folds$predictions)
  expect_identical(levels(folds$folds), c("1", "2", "3"))
  expect_length(folds$histories, 3)
  shown <- capture.output(print(crossed))
  expect_match(shown, "Reported on cross-validation data", all = FALSE)
  expect_match(shown, "Cross-Validation Metrics Summary", all = FALSE)
  expect_match(shown, "mean_per_class_accuracy", all = FALSE)
  argument_error(performance(cross_fit(), xval = TRUE), "without cross-validation")
  file <- withr::local_tempfile()
  save_model(crossed, file)
  expect_identical(load_model(file), crossed)
})

test_that("regression, weights and vectors of folds work alike", {
  rows <- fold_rows()
  rows$w <- 1 + rows$a^2
  rows$w[3] <- 0
  rows$number[5] <- NA
  crossed <- suppressWarnings(cross_fit(
    formula = number ~ a + b, rows = rows, nfolds = 3, weights_column = "w",
    keep_cross_validation_predictions = TRUE
  ))
  predictions <- crossed$cross_validation$predictions
  expect_identical(which(is.na(predictions)), c(3L, 5L))
  counts <- -c(3, 5)
  expect_equal(
    crossed$cross_validation$metrics$MSE,
    stats::weighted.mean((rows$number - predictions)[counts]^2, rows$w[counts])
  )
  expect_setequal(rownames(crossed$cross_validation$summary), c(
    "mae", "mean_residual_deviance", "mse", "r2", "residual_deviance", "rmse", "rmsle"
  ))
  k <- rep(1:3, 100)
  by_vector <- few_steps(rows[c("a", "b")], rows$class,
    hidden = 4, epochs = 2, seed = 1, fold_column = k
  )
  rows$k <- k
  by_column <- few_steps(c("a", "b"), "class", rows,
    hidden = 4, epochs = 2, seed = 1, fold_column = "k"
  )
  expect_identical(
    by_vector$cross_validation$summary, by_column$cross_validation$summary
  )
})

test_that("a time limit that cuts folds is told", {
  expect_warning(
    cross_fit(nfolds = 2, max_runtime_secs = 1e-6), "2 of 2 folds",
    class = "feedforward_time_limit_warning"
  ) |> suppressWarnings()
})

test_that("a fold that diverges is told by name", {
  expect_error(
    cross_fit(nfolds = 2, adaptive_rate = FALSE, rate = 1e30),
    "Fold 1: Training diverged",
    class = "feedforward_unstable_error"
  )
})

test_that("one bar runs over all folds", {
  lines <- character()
  bars <- NULL
  local_replaced(show_progress = function(run) {
    lines <<- c(lines, progress_line(run))
    bars <<- unique(c(bars, list(run$progress)))
  })
  cross_fit(nfolds = 3, threads = 1)
  folds <- unique(sub(" [|].*", "", lines[startsWith(lines, "fold")]))
  expect_identical(folds, sprintf("fold %d of 3", seq_along(folds)))
  expect_gt(length(folds), 1)
  expect_true(any(startsWith(lines, "epoch")))
  # That of the folds, and that of the model.
  expect_length(bars, 2)
})

# Plots and explanations: what is drawn is what the native functions say.

two_class_model <- function(...) {
  quick_h2o(c("mpg", "wt", "cyl"), "am", cars_frame(), hidden = 4, ...)
}

test_that("models and metrics are drawn by the native plots", {
  local_h2o()
  withr::local_pdf(NULL)
  frame <- cars_frame()
  model <- two_class_model(validation_frame = frame)
  native <- native_model(model)
  expect_equal(plot(model), plot(native, metric = "logloss"))
  expect_equal(
    plot(model, timestep = "samples", metric = "auc"),
    plot(native, timestep = "samples", metric = "auc")
  )
  metrics <- h2o.performance(model, frame)
  expect_equal(plot(metrics), plot(performance(native, as.data.frame(frame)), "roc"))
  expect_silent(plot(metrics, type = "pr"))
  expect_silent(plot(metrics, type = "roc", col = "blue", typ = "b"))
  expect_silent(plot(metrics, type = "gains_lift"))
  drawn <- h2o.varimp_plot(model, 3)
  expect_identical(nrow(drawn), 3L)
  number <- quick_h2o("wt", "mpg", frame)
  expect_error(plot(h2o.performance(number)), class = "feedforward_argument_error")
  repeats <- quick_h2o("wt", training_frame = frame, autoencoder = TRUE)
  expect_error(plot(repeats), class = "feedforward_argument_error")
})

test_that("permutation and contributions are the native ones", {
  local_h2o()
  frame <- cars_frame()
  model <- two_class_model()
  native <- native_model(model)
  plain <- as.data.frame(frame)
  importance <- h2o.permutation_importance(model, frame, seed = 3)
  known <- permutation_importance(native, plain, metric = "AUC", seed = 3)
  expect_s3_class(importance, "H2OTable")
  expect_named(importance, c(
    "Variable", "Relative Importance", "Scaled Importance", "Percentage"
  ))
  at <- match(known$variable, importance$Variable)
  expect_equal(importance$`Relative Importance`[at], abs(known$relative_importance))
  expect_equal(sum(importance$Percentage), 1)
  expect_identical(max(importance$`Scaled Importance`), 1)
  losses <- h2o.permutation_importance(model, frame, metric = "logloss", seed = 3)
  known <- permutation_importance(native, plain, seed = 3)
  expect_setequal(losses$`Relative Importance`, abs(known$relative_importance))
  runs <- h2o.permutation_importance(model, frame, n_repeats = 2, seed = 3)
  expect_named(runs, c("Variable", "Run 1", "Run 2"))
  known <- permutation_importance(native, plain,
    metric = "AUC", repeats = 2, seed = 3
  )
  expect_equal(as.matrix(runs[-1]), abs(t(attr(known, "runs")))[runs$Variable, ],
    ignore_attr = TRUE)
  set.seed(1)
  state <- .Random.seed
  withr::with_pdf(NULL, {
    drawn <- h2o.permutation_importance_plot(model, frame, n_repeats = 2, seed = 3)
    h2o.permutation_importance_plot(model, frame, seed = 3, num_of_features = 1)
  })
  expect_identical(drawn, runs)
  expect_identical(.Random.seed, state)
  expect_error(h2o.permutation_importance(model, frame, metric = "MAE"),
    class = "feedforward_argument_error")

  found <- h2o.predict_contributions(model, frame, background_frame = frame[1:9, ])
  known <- shap_values(native, plain, plain[1:9, ], type = "link")
  expect_equal(unname(as.matrix(found[-4])), unname(known$values))
  expect_named(found, c(colnames(known$values), "BiasTerm"))
  top <- as.data.frame(h2o.predict_contributions(model, frame,
    background_frame = frame[1:9, ], top_n = 1, bottom_n = 1
  ))
  expect_identical(top$top_value_1, unname(apply(known$values, 1, max)))
  expect_identical(top$bottom_value_1, unname(apply(known$values, 1, min)))
  expect_error(h2o.predict_contributions(model, frame),
    class = "feedforward_argument_error", regexp = "background"
  )
})

test_that("partialPlot gives H2O's tables", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- two_class_model()
  native <- native_model(model)
  table <- h2o.partialPlot(model, frame, cols = "wt", nbins = 4, plot = FALSE)
  expect_s3_class(table, "H2OTable")
  expect_named(table, c(
    "wt", "mean_response", "stddev_response", "std_error_mean_response"
  ))
  expect_equal(table$wt, seq(min(mtcars$wt), max(mtcars$wt), length.out = 4))
  one <- predict(native, transform(plain, wt = table$wt[[2]]))
  expect_equal(table$mean_response[[2]], mean(one))
  expect_equal(table$stddev_response[[2]], sd(one))
  expect_equal(table$std_error_mean_response, table$stddev_response / sqrt(32))
  expect_length(h2o.partialPlot(model, frame, c("wt", "cyl"), plot = FALSE), 2)
  # Whole numbers: all between, as H2O has them.
  number <- quick_h2o(c("wt", "carb"), "mpg", frame)
  carbs <- h2o.partialPlot(number, frame, "carb", plot = FALSE)
  expect_identical(carbs$carb, as.numeric(1:8))
  pair <- h2o.partialPlot(model, frame,
    col_pairs_2dpdp = list(c("wt", "mpg")), nbins = 3, plot = FALSE
  )
  expect_identical(nrow(pair), 9L)
  expect_equal(pair$mean_response[[4]], mean(predict(
    native, transform(plain, wt = pair$wt[[4]], mpg = pair$mpg[[4]])
  )))
})

test_that("partialPlot takes splits, rows, weights, classes and missing values", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- two_class_model()
  native <- native_model(model)
  call <- function(..., cols = "wt") {
    h2o.partialPlot(model, frame, cols, plot = FALSE, ...)
  }
  expect_identical(call(user_splits = list(wt = c(2, 3)))$wt, c(2, 3))
  expect_identical(call(user_splits = list(c("wt", "2", "3")))$wt, c(2, 3))
  expect_identical(call(cols = match("wt", names(frame)), nbins = 2),
    call(nbins = 2))
  expect_warning(older <- h2o.partialPlot(model,
    data = frame, cols = "wt", nbins = 2, plot = FALSE
  ), class = "feedforward_deprecated_warning")
  expect_identical(older, call(nbins = 2))
  missing <- call(nbins = 2, include_na = TRUE)
  expect_equal(missing$mean_response[[3]],
    mean(predict(native, transform(plain, wt = NA_real_))))
  # Rows count from 0 here, as in H2O.
  row <- call(row_index = 1, nbins = 3)
  expect_equal(row$wt, seq(min(mtcars$wt), max(mtcars$wt), length.out = 3))
  expect_equal(row$mean_response[[1]],
    unname(predict(native, transform(plain[2, ], wt = row$wt[[1]]))))
  weighted <- call(weight_column = "carb", nbins = 2)
  expect_equal(weighted$mean_response[[1]], stats::weighted.mean(
    predict(native, transform(plain, wt = weighted$wt[[1]])), mtcars$carb
  ))
  classes <- quick_h2o(c("wt", "mpg"), "gear", frame)
  expect_error(h2o.partialPlot(classes, frame, "wt", plot = FALSE), "targets",
    class = "feedforward_argument_error")
  tables <- h2o.partialPlot(classes, frame, "wt",
    targets = c("3", "5"), nbins = 3, plot = FALSE
  )
  expect_length(tables, 2)
  expect_match(attr(tables[[2]], "description"), "for target '5'")
  expect_equal(tables[[2]]$mean_response, partial_dependence(
    native_model(classes), plain, "wt",
    class = "5", values = list(wt = tables[[2]]$wt)
  )$wt$mean_response)
  for (arguments in list(
    list(row_index = 32), list(weight_column = "nope"), list(nbins = 1),
    list(cols = "hp"), list(include_na = "yes")
  )) {
    expect_error(do.call(call, arguments), class = "feedforward_argument_error")
  }
})

test_that("partialPlot draws, and saves a picture for each table", {
  local_h2o()
  frame <- cars_frame()
  model <- two_class_model()
  folder <- withr::local_tempdir()
  start <- file.path(folder, "pdp")
  h2o.partialPlot(model, frame, c("wt", "cyl"), plot = FALSE, save_to = start)
  expect_setequal(list.files(folder), c("pdp_wt.png", "pdp_cyl.png"))
  expect_error(
    h2o.partialPlot(model, frame, "wt", save_to = file.path(folder, "no", "pdp")),
    class = "feedforward_file_error"
  )
  withr::local_pdf(NULL)
  expect_silent(h2o.partialPlot(model, frame, "wt", plot_stddev = FALSE))
})

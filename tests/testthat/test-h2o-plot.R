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

test_that("partial dependence, permutation and contributions are the native ones", {
  local_h2o()
  frame <- cars_frame()
  model <- two_class_model()
  native <- native_model(model)
  plain <- as.data.frame(frame)
  table <- h2o.partialPlot(model, frame, cols = "wt", nbins = 4, plot = FALSE)
  known <- partial_dependence(native, plain, "wt", bins = 4)$wt
  expect_named(table, c(
    "wt", "mean_response", "stddev_response", "std_error_mean_response"
  ))
  expect_equal(table$mean_response, known$mean_response)
  expect_length(h2o.partialPlot(model, frame, c("wt", "cyl"), plot = FALSE), 2)
  pair <- h2o.partialPlot(model, frame,
    col_pairs_2dpdp = list(c("wt", "mpg")), nbins = 3, plot = FALSE
  )
  expect_identical(nrow(pair), 9L)
  splits <- h2o.partialPlot(model, frame, "wt",
    user_splits = list(wt = c(2, 3)), plot = FALSE
  )
  expect_identical(splits$wt, c(2, 3))
  # H2O's own way to write them.
  written <- h2o.partialPlot(model, frame, "wt",
    user_splits = list(c("wt", "2", "3")), plot = FALSE
  )
  expect_equal(written, splits)
  one <- h2o.partialPlot(model, frame, "wt", row_index = 0, nbins = 4, plot = FALSE)
  expect_identical(one$wt, table$wt)
  expect_equal(
    one$mean_response,
    partial_dependence(native, plain[1, ], "wt", values = list(wt = table$wt))$wt[[2]]
  )
  weighted <- h2o.partialPlot(model, frame, "wt",
    nbins = 4, weight_column = "hp", plot = FALSE
  )
  p <- predict(native, transform(plain, wt = table$wt[[2]]))
  expect_equal(weighted$mean_response[[2]], weighted.mean(p, plain$hp))
  file <- withr::local_tempfile(fileext = ".png")
  h2o.partialPlot(model, frame, "wt", plot = FALSE, save_to = file)
  expect_true(file.exists(file))

  importance <- h2o.permutation_importance(model, frame, seed = 3)
  known <- permutation_importance(native, plain, seed = 3)
  expect_identical(importance$Variable, known$variable)
  expect_identical(importance$`Relative Importance`, known$relative_importance)
  runs <- h2o.permutation_importance(model, frame, n_repeats = 2, seed = 3)
  expect_named(runs, c("Variable", "Run 1", "Run 2"))
  expect_identical(runs$`Run 1`, known$relative_importance)

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

test_that("ggplot2 objects hold the native numbers", {
  skip_if_not_installed("ggplot2")
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- two_class_model(validation_frame = frame, nfolds = 2)
  native <- native_model(model)
  curve <- h2o.learning_curve_plot(model)
  expect_s3_class(curve, "ggplot")
  lines <- curve$data[curve$data$part == "Validation", ]
  expect_identical(lines$value, native$scoring_history$validation_logloss[-1])
  expect_silent(ggplot2::ggplot_build(curve))
  expect_silent(ggplot2::ggplot_build(h2o.learning_curve_plot(model, cv_lines = TRUE)))
  expect_error(
    h2o.learning_curve_plot(model, "mae"),
    class = "feedforward_argument_error"
  )
  number <- quick_h2o(c("wt", "hp", "cyl"), "mpg", frame)
  known <- partial_dependence(native_model(number), plain, "wt", bins = 100)$wt
  pd <- h2o.pd_plot(number, frame, "wt")
  expect_equal(pd$data$mean_response, known$mean_response)
  ice <- h2o.ice_plot(number, frame, "hp")
  each <- attr(partial_dependence(
    native_model(number), plain, "hp",
    bins = 20, individual = TRUE
  )$hp, "individual")
  expect_identical(ice$data$response, as.vector(each))
  residual <- h2o.residual_analysis_plot(number, frame)
  expect_equal(
    residual$data$residual,
    plain$mpg - as.vector(predict(native_model(number), plain))
  )
  heat <- h2o.varimp_heatmap(list(number, number))
  expect_equal(sum(heat$data$value), 2)
  cor <- h2o.model_correlation(list(number, number), frame)
  expect_equal(unname(unlist(cor)), rep(1, 4))
  summary <- h2o.shap_summary_plot(number, frame, background_frame = frame[1:5, ])
  expect_identical(nrow(summary$data), 3L * 32L)
  row <- h2o.shap_explain_row_plot(number, frame, 2, background_frame = frame[1:5, ])
  shap <- shap_values(native_model(number), plain[2, ], plain[1:5, ])
  expect_equal(sort(row$data$contribution), sort(unname(shap$values[1, ])))
  for (plot in list(pd, ice, residual, heat, summary, row)) {
    expect_silent(suppressMessages(ggplot2::ggplot_build(plot)))
  }
})

test_that("an explanation has the sections that fit the model", {
  skip_if_not_installed("ggplot2")
  local_h2o()
  withr::local_pdf(NULL)
  frame <- cars_frame()
  one <- h2o.explain(two_class_model(), frame, top_n_features = 1)
  expect_named(one, c("confusion_matrix", "learning_curve", "varimp", "pdp", "ice"))
  expect_output(print(one), "Learning Curve")
  several <- h2o.explain(
    list(two_class_model(), two_class_model(seed = 2)), frame,
    include_explanations = c("leaderboard", "varimp_heatmap", "pdp")
  )
  expect_named(several, c("leaderboard", "varimp_heatmap", "pdp"))
  number <- quick_h2o(c("wt", "hp"), "mpg", frame)
  expect_named(
    h2o.explain(number, frame, exclude_explanations = c("pdp", "ice")),
    c("residual_analysis", "learning_curve", "varimp")
  )
  expect_error(
    h2o.explain(number, frame, include_explanations = "nope"),
    class = "feedforward_argument_error"
  )
  row <- h2o.explain_row(number, frame, 2, background_frame = frame[1:5, ])
  expect_named(row, c("shap_explain_row", "ice"))
})

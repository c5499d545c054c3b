# Pictures and explanations of the drop-in layer: ggplot2 objects that hold the numbers of
# the native functions.

skip_if_not_installed("ggplot2")

explained <- function(response = "am", ...) {
  x <- c("mpg", "wt", "cyl", "qsec")
  quick_h2o(setdiff(x, response), response, cars_frame(), hidden = 4, ...)
}

# What a layer draws, and that it can be drawn at all.
expect_drawn <- function(plot) {
  expect_s3_class(plot, "ggplot")
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  expect_silent(print(plot))
}

layer_of <- function(plot, geom) {
  at <- match(geom, vapply(plot$layers, function(one) class(one$geom)[[1]], ""))
  ggplot2::ggplot_build(plot)$data[[at]]
}

test_that("a learning curve has both parts, the folds and the model kept", {
  local_h2o()
  frame <- cars_frame()
  model <- explained(validation_frame = frame, nfolds = 2, epochs = 40)
  native <- native_model(model)
  curve <- h2o.learning_curve_plot(model)
  expect_drawn(curve)
  known <- history_points(
    native$scoring_history, "logloss", "epochs", native$kept_samples
  )
  of <- function(part) curve$data$value[curve$data$part == part]
  expect_identical(of("Training"), known$training)
  expect_identical(of("Validation"), known$validation)
  expect_equal(unique(layer_of(curve, "GeomVline")$xintercept),
    native$kept_samples / native$training_rows)
  expect_equal(unique(curve$data$epochs[curve$data$kept]),
    native$kept_samples / native$training_rows)
  band <- fold_band(native$cross_validation$histories, "logloss", "epochs")
  expect_equal(layer_of(curve, "GeomRibbon")$ymin, band$low)
  lines <- h2o.learning_curve_plot(model, "AUC", cv_ribbon = FALSE, cv_lines = TRUE)
  expect_drawn(lines)
  expect_false("GeomRibbon" %in% vapply(lines$layers, function(one) {
    class(one$geom)[[1]]
  }, ""))
  error <- h2o.learning_curve_plot(model, "misclassification")
  expect_identical(error$data$value[error$data$part == "Training"], history_points(
    native$scoring_history, "classification_error", "epochs", native$kept_samples
  )$training)
  expect_error(h2o.learning_curve_plot(model, "mae"),
    class = "feedforward_argument_error")
  repeats <- quick_h2o("wt", training_frame = frame, autoencoder = TRUE)
  expect_drawn(h2o.learning_curve_plot(repeats))
})

test_that("partial dependence is that of the rows, groups, row and class asked for", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  number <- explained("mpg")
  native <- native_model(number)
  at <- list(wt = seq(min(mtcars$wt), max(mtcars$wt), length.out = 100))
  known <- partial_dependence(native, plain, "wt", values = at)$wt
  pd <- h2o.pd_plot(number, frame, "wt")
  expect_drawn(pd)
  expect_equal(pd$data$mean_response, known$mean_response)
  ribbon <- layer_of(pd, "GeomRibbon")
  expect_equal(ribbon$ymax - ribbon$ymin, 2 * known$stddev_response)
  # A single row has a curve, not a point.
  row <- h2o.pd_plot(number, frame, "wt", row_index = 3, nbins = 7)
  expect_drawn(row)
  at <- seq(min(mtcars$wt), max(mtcars$wt), length.out = 7)
  expect_equal(row$data$mean_response, vapply(at, function(value) {
    predict(native, transform(plain[3, ], wt = value))
  }, 0))
  expect_equal(layer_of(row, "GeomVline")$xintercept, mtcars$wt[[3]])
  groups <- h2o.pd_plot(number, frame, "wt", grouping_column = "cyl", nbins = 5)
  expect_drawn(groups)
  four <- plain[plain$cyl == "4", ]
  expect_equal(
    groups$data$mean_response[groups$data$group == "4"],
    partial_dependence(native, four, "wt",
      values = list(wt = seq(min(mtcars$wt), max(mtcars$wt), length.out = 5))
    )$wt$mean_response
  )
  levels <- h2o.pd_plot(number, frame, "cyl")
  expect_drawn(levels)
  expect_identical(levels(levels$data$value), c("4", "6", "8"))
})

test_that("log odds, classes and columns are those asked for", {
  local_h2o()
  frame <- cars_frame()
  two <- explained()
  plain <- h2o.pd_plot(two, frame, "wt", nbins = 5)
  odds <- h2o.pd_plot(two, frame, "wt", nbins = 5, binary_response_scale = "logodds")
  expect_drawn(odds)
  expect_equal(plogis(odds$data$mean_response), plain$data$mean_response)
  three <- explained("gear")
  picture <- h2o.pd_plot(three, frame, "wt", target = "5", nbins = 4)
  at <- list(wt = seq(min(mtcars$wt), max(mtcars$wt), length.out = 4))
  expect_equal(picture$data$mean_response, partial_dependence(
    native_model(three), as.data.frame(frame), "wt",
    values = at, class = "5"
  )$wt$mean_response)
  expect_identical(picture$labels$subtitle, "Target: 5")
  for (call in list(
    quote(h2o.pd_plot(three, frame, "wt", binary_response_scale = "logodds")),
    quote(h2o.pd_plot(two, frame, "weight")), quote(h2o.pd_plot(two, frame, "hp")),
    quote(h2o.pd_plot(two, frame, "wt", row_index = 33)),
    quote(h2o.pd_plot(two, frame, "wt", grouping_column = "mpg"))
  )) {
    expect_error(eval(call), class = "feedforward_argument_error")
  }
})

test_that("curves of rows are those at the deciles of the predictions", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- explained("mpg")
  native <- native_model(model)
  ice <- h2o.ice_plot(model, frame, "wt", nbins = 6)
  expect_drawn(ice)
  best <- plain[which.max(predict(native, plain)), ]
  at <- seq(min(mtcars$wt), max(mtcars$wt), length.out = 6)
  expect_equal(ice$data$response[ice$data$decile == "100%"], vapply(at, function(value) {
    predict(native, transform(best, wt = value))
  }, 0))
  parts <- h2o.ice_plot(model, frame, "wt",
    nbins = 6, centered = TRUE, output_graphing_data = TRUE, grouping_column = "cyl"
  )
  expect_drawn(parts$figure)
  lines <- parts$graphing_data$lines
  expect_equal(lines$response[lines$value == min(lines$value)], rep(0, 11 + 7 + 11))
  expect_drawn(h2o.ice_plot(model, frame, "cyl", show_pdp = FALSE))
  expect_drawn(h2o.ice_plot(explained("gear"), frame, "wt", target = "4"))
})

test_that("several models are compared by curves, importances and predictions", {
  local_h2o()
  frame <- cars_frame()
  models <- list(explained(), explained(seed = 2), explained(seed = 3, epochs = 1))
  ids <- vapply(models, function(model) model@model_id, "")
  pd <- h2o.pd_multi_plot(models, frame, "wt")
  expect_drawn(pd)
  expect_setequal(pd$data$group, ids)
  expect_drawn(h2o.pd_multi_plot(models, frame, "cyl", row_index = 1))
  heat <- h2o.varimp_heatmap(models)
  expect_drawn(heat)
  known <- varimp(native_model(models[[2]]), by = "predictor")
  cells <- heat$data[heat$data$column == ids[[2]], ]
  expect_equal(cells$value[match(known$variable, cells$row)], known$percentage)
  # Of classes the share of rows with the same label.
  table <- h2o.model_correlation(models, frame, cluster_models = FALSE)
  label <- function(k) {
    as.character(as.data.frame(h2o.predict(models[[k]], frame))$predict)
  }
  expect_identical(table[[ids[[2]]]][[3]], mean(label(2) == label(3)))
  expect_identical(diag(as.matrix(table)), stats::setNames(rep(1, 3), ids))
  picture <- h2o.model_correlation_heatmap(models, frame)
  expect_drawn(picture)
  expect_identical(nrow(picture$data), 6L)
  numbers <- list(explained("mpg"), explained("mpg", seed = 2))
  both <- vapply(numbers, function(one) {
    predict(native_model(one), as.data.frame(frame))
  }, numeric(32))
  expect_equal(h2o.model_correlation(numbers, frame)[[1]][[2]], cor(both)[1, 2])
  expect_error(h2o.varimp_heatmap(list()), class = "feedforward_argument_error")
})

test_that("residuals and contributions are the native ones", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- explained("mpg")
  native <- native_model(model)
  picture <- h2o.residual_analysis_plot(model, frame)
  expect_drawn(picture)
  expect_equal(picture$data$residual, plain$mpg - predict(native, plain))
  expect_error(h2o.residual_analysis_plot(explained(), frame),
    class = "feedforward_argument_error")

  background <- frame[1:5, ]
  shap <- shap_values(native, plain, plain[1:5, ])
  set.seed(4)
  state <- .Random.seed
  summary <- h2o.shap_summary_plot(model, frame, background_frame = background)
  expect_drawn(summary)
  expect_identical(.Random.seed, state)
  weight <- summary$data[summary$data$feature == "wt", ]
  expect_equal(weight$contribution, unname(shap$values[, "wt"]))
  row <- h2o.shap_explain_row_plot(model, frame, 2, background_frame = background)
  expect_drawn(row)
  expect_equal(sort(row$data$contribution), sort(unname(shap$values[2, ])))
  steps <- h2o.shap_explain_row_plot(model, frame, 2,
    top_n_features = 2, plot_type = "breakdown", background_frame = background
  )
  expect_drawn(steps)
  expect_equal(steps$data$to[[1]], predict(native, plain[2, ]))
  expect_equal(steps$data$from[[3]], shap$baseline[[1]])
  up <- h2o.shap_explain_row_plot(model, frame, 2,
    contribution_type = "positive", background_frame = background
  )
  expect_true(all(up$data$contribution > 0))
  expect_error(h2o.shap_summary_plot(model, frame), "background",
    class = "feedforward_argument_error")
})

test_that("a front holds the models that none beats in both", {
  local_h2o()
  board <- data.frame(
    model_id = letters[1:5], logloss = c(0.2, 0.3, 0.4, 0.5, NA),
    seconds = c(9, 2, 5, 1, 0)
  )
  front <- h2o.pareto_front(board, x_metric = "seconds", y_metric = "logloss")
  expect_identical(front@pareto_front$model_id, c("d", "b", "a"))
  worst <- h2o.pareto_front(board, NULL, "seconds", "logloss", "top right")
  expect_identical(worst@pareto_front$model_id, c("a", "c", "d"))
  expect_drawn(plot(front))
  expect_output(print(front), "with respect to seconds and logloss")
  frame <- cars_frame()
  models <- list(explained(), explained(seed = 2))
  of <- h2o.pareto_front(models, frame, x_metric = "logloss")
  expect_drawn(plot(of))
  expect_identical(c(of@x, of@y), c("logloss", "auc"))
  expect_true(all(of@leaderboard$predict_time_per_row_ms > 0))
  expect_setequal(of@leaderboard$auc, vapply(models, function(model) {
    h2o.auc(h2o.performance(model, frame))
  }, 0))
  expect_error(h2o.pareto_front(board, x_metric = "auc"),
    class = "feedforward_argument_error")
})

test_that("an explanation has the sections that fit the model", {
  local_h2o()
  withr::local_pdf(NULL)
  frame <- cars_frame()
  one <- h2o.explain(explained(), frame, top_n_features = 1)
  expect_s3_class(one, "H2OExplanation")
  expect_named(one, c("confusion_matrix", "learning_curve", "varimp", "pdp", "ice"))
  expect_output(print(one), "Learning Curve")
  models <- list(explained(), explained(seed = 2))
  several <- h2o.explain(models, frame, columns = "wt", background_frame = frame[1:5, ])
  expect_named(several, setdiff(names(explanation_sections), "residual_analysis"))
  ids <- vapply(models, function(model) model@model_id, "")
  expect_named(several$confusion_matrix$subexplanations, ids)
  expect_equal(several$confusion_matrix$subexplanations[[2]]$data,
    h2o.confusionMatrix(models[[2]], frame))
  expect_setequal(several$leaderboard$data$model_id, ids)
  expect_named(several$ice$plots$wt, ids)
  expect_output(print(several), "Leaderboard")
  classes <- h2o.explain(explained("gear"), frame,
    columns = 6, include_explanations = "pdp"
  )
  expect_named(classes$pdp$plots$wt, c("3", "4", "5"))
  number <- explained("mpg")
  wide <- h2o.explain(number, frame,
    include_explanations = "learning_curve",
    plot_overrides = list(learning_curve = list(metric = "mae"))
  )
  expect_identical(wide$learning_curve$plots[[1]]$labels$y, "mae")
  row <- h2o.explain_row(number, frame, 2, background_frame = frame[1:5, ])
  expect_named(row, c("shap_explain_row", "ice"))
  expect_output(print(row), "of this row")
  for (call in list(
    quote(h2o.explain(number, frame, include_explanations = "nope")),
    quote(h2o.explain(number, frame, plot_overrides = list(pdp = list(nope = 1)))),
    quote(h2o.explain_row(number, frame, 99)),
    quote(h2o.explain(quick_h2o("wt", training_frame = frame, autoencoder = TRUE), frame))
  )) {
    expect_error(eval(call), class = "feedforward_argument_error")
  }
})

test_that("groups are measured as by hand, at the model's own threshold", {
  local_h2o()
  frame <- cars_frame()
  frame$vs <- h2o.asfactor(frame$vs)
  plain <- as.data.frame(frame)
  model <- explained(epochs = 60)
  native <- native_model(model)
  found <- h2o.calculate_fairness_metrics(model, frame, c("vs", "gear"), NULL, "0")
  overview <- as.data.frame(found$overview)
  label <- as.character(as.data.frame(h2o.predict(model, frame))$predict)
  at <- plain$vs == "0" & plain$gear == "3"
  row <- overview[overview$vs == "0" & overview$gear == "3", ]
  expect_equal(row$total, sum(at))
  expect_equal(row$tp, sum(label[at] == "0" & plain$am[at] == "0"))
  expect_equal(row$fn, sum(label[at] == "1" & plain$am[at] == "0"))
  expect_equal(row$selectedRatio, mean(label[at] == "0"))
  expect_equal(row$AIR_selectedRatio, 1)
  p <- predict(native, plain)[at]
  right <- ifelse(plain$am[at] == "1", p, 1 - p)
  expect_equal(row$logloss, mean(-log(right)))
  other <- plain$vs == "1" & plain$gear == "4"
  wanted <- fisher.test(table(label[at | other], other[at | other]))$p.value
  expect_equal(overview$p.value[overview$vs == "1" & overview$gear == "4"], wanted)
  expect_equal(sum(overview$relativeSize), 1)
  # The first column goes fastest.
  expect_false(is.unsorted(as.integer(overview$gear)))
  # Of both classes the area is the same; of the favourable one its complement is not.
  two <- plain[plain$gear == "4", ]
  one <- as.data.frame(h2o.calculate_fairness_metrics(
    model, frame, "gear", "3", "1"
  )$overview)
  expect_equal(one$auc[one$gear == "4"], performance(native, two)$AUC)
  expect_identical(names(one)[-1], c(
    fair_order, paste0("AIR_", setdiff(fair_order, c("total", "relativeSize"))), "p.value"
  ))
})

test_that("groups are drawn, and what does not fit is refused", {
  local_h2o()
  withr::local_pdf(NULL)
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  model <- explained(epochs = 60)
  native <- native_model(model)
  roc <- h2o.fair_roc_plot(model, frame, "gear", "4", "1")
  expect_drawn(roc)
  four <- curve_points(
    performance(native, plain[plain$gear == "4", ]), c(fpr = 0, tpr = 0), c(1, 1)
  )
  expect_equal(roc$data$y[roc$data$group == "4 (reference)"], four$tpr)
  expect_drawn(h2o.fair_pr_plot(model, frame, "gear", c(gear = "4"), "0"))
  pd <- h2o.fair_pd_plot(model, frame, "gear", "wt")
  expect_drawn(pd)
  at <- list(wt = seq(min(mtcars$wt), max(mtcars$wt), length.out = 20))
  expect_equal(pd$data$mean_response[pd$data$group == "4"], partial_dependence(
    native, plain[plain$gear == "4", ], "wt", values = at
  )$wt$mean_response)
  shap <- h2o.fair_shap_plot(model, frame, "gear", "wt", background_frame = frame[1:5, ])
  expect_drawn(shap$wt)
  known <- shap_values(native, plain, plain[1:5, ], type = "link")$values[, "wt"]
  expect_equal(shap$wt$data$contribution, known)
  all <- h2o.inspect_model_fairness(model, frame, "gear", "4", "1")
  expect_s3_class(all, "H2OExplanation")
  expect_named(all, c("overview", "metrics", "roc", "pr", "varimp", "pdp"))
  expect_output(print(all), "selectedRatio")
  for (call in list(
    quote(h2o.fair_roc_plot(model, frame, "gear", "9", "1")),
    quote(h2o.fair_roc_plot(model, frame, "nope", "4", "1")),
    quote(h2o.fair_roc_plot(model, frame, "mpg", "4", "1")),
    quote(h2o.fair_roc_plot(model, frame, "gear", "4", "yes")),
    quote(h2o.fair_roc_plot(explained("mpg"), frame, "gear", "4", "1")),
    quote(h2o.inspect_model_fairness(model, frame, "gear", "4", "1", "nope"))
  )) {
    expect_error(eval(call), class = "feedforward_argument_error")
  }
})

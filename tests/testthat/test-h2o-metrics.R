# Prediction, metrics and what is read from them.

test_that("predictions are those of predict(), in H2O's columns", {
  local_h2o()
  frame <- cars_frame()
  two <- quick_h2o(c("mpg", "wt"), "am", frame)
  prediction <- h2o.predict(two, frame)
  expect_s3_class(prediction, c("H2OFrame", "data.frame"), exact = TRUE)
  expect_named(prediction, c("predict", "p0", "p1"))
  plain <- as.data.frame(prediction)
  native <- native_model(two)
  expect_identical(plain$p1, unname(predict(native, as.data.frame(frame))))
  expect_identical(plain$predict == "1", plain$p1 >= native$default_threshold)
  expect_identical(as.data.frame(predict(two, frame)), plain)
  expect_true(all.equal(predict(two, frame), prediction))
  before <- h2o.reset_threshold(two, 0.9)
  expect_identical(before, native$default_threshold)
  expect_identical(
    as.data.frame(h2o.predict(two, frame))$predict == "1", plain$p1 >= 0.9
  )
  expect_identical(h2o.getModel(two@model_id)@model$default_threshold, 0.9)

  three <- quick_h2o(c("mpg", "wt"), "gear", frame)
  expect_named(h2o.predict(three, frame), c("predict", "p3", "p4", "p5"))
  words <- quick_h2o(1:4, 5, as.h2o(iris))
  columns <- as.data.frame(h2o.predict(words, as.h2o(iris)))
  expect_named(columns, c("predict", levels(iris$Species)))
  expect_equal(rowSums(columns[-1]), rep(1, 150), ignore_attr = TRUE)
  expect_identical(columns$predict, factor(
    levels(iris$Species)[max.col(columns[-1], "first")], levels(iris$Species)
  ))
  number <- quick_h2o(c("wt", "cyl"), "mpg", frame)
  expect_named(h2o.predict(number, frame), "predict")
  expect_error(h2o.predict(number), class = "feedforward_argument_error")
})

test_that("a column that is missing counts as missing values, with a warning", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(c("mpg", "cyl", "wt"), "am", frame)
  expect_warning(
    short <- h2o.predict(model, frame[c("mpg", "wt")]),
    class = "feedforward_missing_columns_warning"
  )
  whole <- frame
  whole$cyl <- as.factor(rep(NA_character_, 32))
  expect_true(all.equal(short, suppressWarnings(h2o.predict(model, whole))))
  expect_warning(
    expect_null(h2o.performance(model, frame[c("mpg", "cyl", "wt")])),
    class = "feedforward_metric_warning"
  )
})

test_that("accessors give what the metrics hold, by part", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(
    c("mpg", "wt"), "am", frame[1:20, ], validation_frame = frame[21:32, ], nfolds = 2
  )
  native <- native_model(model)
  parts <- list(
    train = native$training_metrics, valid = native$validation_metrics,
    xval = native$cross_validation$metrics
  )
  fields <- c(
    mse = "MSE", rmse = "RMSE", r2 = "r2", logloss = "logloss", auc = "AUC",
    aucpr = "pr_auc", pr_auc = "pr_auc", giniCoef = "Gini",
    mean_per_class_error = "mean_per_class_error"
  )
  for (name in names(fields)) {
    accessor <- get(paste0("h2o.", name))
    values <- vapply(parts, function(part) part[[fields[[name]]]], 0)
    expect_identical(accessor(model), values[["train"]])
    expect_identical(accessor(model, valid = TRUE), values[["valid"]])
    expect_identical(accessor(model, TRUE, TRUE, TRUE), values)
    expect_identical(accessor(h2o.performance(model, xval = TRUE)), values[["xval"]])
  }
  expect_warning(expect_null(h2o.mae(model)), "No MAE for H2OBinomialModel")
  expect_null(h2o.mae(h2o.performance(model)))
  alone <- quick_h2o("wt", "mpg", frame)
  expect_warning(expect_null(h2o.mse(alone, valid = TRUE)), "no validation metrics")
  expect_warning(
    expect_identical(
      h2o.mse(alone, train = TRUE, xval = TRUE), c(train = h2o.mse(alone))
    ),
    "no cross-validation metrics"
  )
  expect_identical(h2o.mae(alone), native_model(alone)$training_metrics$mae)
  expect_error(h2o.mse(3), class = "feedforward_argument_error")
})

test_that("thresholds, confusion matrices and gains agree with the rows themselves", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(c("mpg", "wt"), "am", frame)
  metrics <- h2o.performance(model, frame)
  p <- as.data.frame(h2o.predict(model, frame))$p1
  actual <- mtcars$am
  cut <- h2o.find_threshold_by_max_metric(metrics, "f1")
  label <- as.integer(p >= cut - 1e-12)
  table <- h2o.confusionMatrix(metrics)
  expect_equal(
    unname(as.matrix(as.data.frame(unclass(table))[1:2, 1:2])),
    unname(unclass(base::table(actual, label))),
    ignore_attr = TRUE
  )
  expect_equal(table$Error[[3]], mean(label != actual))
  f1 <- 2 * sum(label & actual) / (sum(label) + sum(actual))
  expect_equal(h2o.F1(metrics, cut), list(f1))
  expect_equal(h2o.accuracy(metrics, cut), list(mean(label == actual)))
  expect_equal(h2o.error(metrics, cut), list(mean(label != actual)))
  expect_equal(h2o.recall(metrics, cut), list(mean(label[actual == 1])))
  expect_equal(h2o.tpr(metrics, cut), h2o.sensitivity(metrics, cut))
  expect_equal(h2o.fpr(metrics, cut), h2o.fallout(metrics, cut))
  expect_equal(h2o.fnr(metrics, cut), h2o.missrate(metrics, cut))
  wrong <- c(mean(label[actual == 0]), mean(!label[actual == 1]))
  expect_equal(h2o.maxPerClassError(metrics, cut), list(max(wrong)))
  expect_equal(h2o.mean_per_class_accuracy(metrics, cut), list(1 - mean(wrong)))
  expect_equal(h2o.mcc(metrics, cut), list(cor(label, actual)))
  expect_named(h2o.F1(metrics), c("threshold", "f1"))
  expect_equal(h2o.metric(metrics, "max", "f1"), list(f1))
  expect_named(h2o.metric(metrics)[1:2], c("threshold", "f1"))
  expect_warning(h2o.F1(metrics, 0.123), class = "feedforward_threshold_warning")
  expect_length(suppressWarnings(h2o.confusionMatrix(metrics, c(0.3, 0.5))), 2)
  best <- h2o.find_threshold_by_max_metric(metrics, "accuracy")
  expect_equal(
    h2o.confusionMatrix(metrics, metrics = "accuracy")$Error[[3]],
    1 - h2o.accuracy(metrics, best)[[1]]
  )
  expect_identical(h2o.gainsLift(model, frame), h2o.gains_lift(metrics))
  expect_equal(
    h2o.kolmogorov_smirnov(metrics), max(h2o.gainsLift(metrics)$kolmogorov_smirnov)
  )
  expect_error(h2o.F1(h2o.performance(quick_h2o("wt", "mpg", frame))),
    class = "feedforward_argument_error"
  )
  expect_error(h2o.metric(metrics, 0.5, "nope"), class = "feedforward_argument_error")
})

test_that("metrics of given predictions are those of the model that made them", {
  local_h2o()
  frame <- cars_frame()
  two <- quick_h2o(c("mpg", "wt"), "am", frame)
  made <- h2o.make_metrics(h2o.predict(two, frame)$p1, frame$am)
  expect_identical(made@metrics$AUC, h2o.auc(two))
  expect_identical(made@metrics$logloss, h2o.logloss(two))
  expect_match(made@metrics$description, "^Computed on user-given predictions")
  three <- quick_h2o(c("mpg", "wt"), "gear", frame)
  made <- h2o.make_metrics(h2o.predict(three, frame)[-1], frame$gear)
  expect_equal(h2o.logloss(made), h2o.logloss(three))
  expect_identical(made@metrics$cm$table$Rate, h2o.confusionMatrix(three)$Rate)
  number <- quick_h2o("wt", "mpg", frame)
  made <- h2o.make_metrics(h2o.predict(number, frame), frame$mpg)
  expect_identical(h2o.rmse(made), h2o.rmse(number))
  expect_error(h2o.make_metrics(c(0.1, 0.2), 1:3), class = "feedforward_input_error")
  expect_error(
    h2o.make_metrics(c(0.1, 7), factor(1:2)),
    class = "feedforward_input_error"
  )
})

test_that("weights, biases and what folds left are frames", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(
    c("mpg", "cyl"), "am", frame,
    hidden = 3, nfolds = 3, fold_assignment = "Modulo",
    keep_cross_validation_predictions = TRUE,
    keep_cross_validation_fold_assignment = TRUE, export_weights_and_biases = TRUE
  )
  native <- native_model(model)
  expect_identical(unname(as.matrix(h2o.weights(model, 1))), unname(native$weights[[1]]))
  expect_identical(as.data.frame(h2o.biases(model, 2))$C1, unname(native$biases[[2]]))
  expect_error(h2o.weights(model, 9), class = "feedforward_argument_error")
  expect_true(all.equal(
    h2o.getFrame(model@model$weights[[1]]$name), h2o.weights(model, 1)
  ))
  again <- quick_h2o(c("mpg", "cyl"), "am", frame,
    hidden = 3, epochs = 0,
    initial_weights = list(h2o.weights(model, 1), h2o.weights(model, 2)),
    initial_biases = c(h2o.biases(model, 1), h2o.biases(model, 2))
  )
  p1 <- function(model) as.data.frame(h2o.predict(model, frame))$p1
  expect_equal(p1(again), p1(model), tolerance = 1e-6)
  folds <- as.data.frame(h2o.cross_validation_fold_assignment(model))$fold_assignment
  expect_identical(folds, rep_len(0:2, 32))
  parts <- h2o.cross_validation_predictions(model)
  held <- as.data.frame(h2o.cross_validation_holdout_predictions(model))
  expect_length(parts, 3)
  for (k in 1:3) {
    part <- as.data.frame(parts[[k]])
    expect_identical(part[folds == k - 1, "p1"], held$p1[folds == k - 1])
    expect_true(all(part[folds != k - 1, c("p0", "p1")] == 0))
    fold <- h2o.getModel(model@model$cross_validation_models[[k]]$name)
    expect_equal(
      as.data.frame(h2o.predict(fold, frame))$p1[folds == k - 1], held$p1[folds == k - 1]
    )
  }
  id <- model@model$cross_validation_holdout_predictions_frame_id$name
  expect_equal(as.data.frame(h2o.getFrame(id)), held)
  expect_length(h2o.cross_validation_models(model), 3)
  expect_identical(rownames(model@model$cross_validation_metrics_summary), c(
    "accuracy", "aic", "auc", "err", "err_count", "f0point5", "f1", "f2",
    "lift_top_group", "loglikelihood", "logloss", "max_per_class_error", "mcc",
    "mean_per_class_accuracy", "mean_per_class_error", "mse", "pr_auc", "precision", "r2",
    "recall", "rmse", "specificity"
  ))
  expect_null(h2o.cross_validation_models(again))
  expect_identical(h2o.get_seed(model), 1)
})

test_that("autoencoders give errors, features and repeated inputs", {
  local_h2o()
  frame <- as.h2o(iris)
  model <- quick_h2o(1:5, training_frame = frame, autoencoder = TRUE, activation = "Tanh")
  error <- h2o.anomaly(model, frame)
  expect_named(error, "Reconstruction.MSE")
  each <- h2o.anomaly(model, frame, per_feature = TRUE)
  expect_match(names(each), "^reconstr_.*[.]SE$")
  expect_equal(unname(rowMeans(as.matrix(each))), as.data.frame(error)[[1]])
  expect_named(h2o.deepfeatures(model, frame, 2), paste0("DF.L2.C", 1:4))
  expect_match(names(h2o.predict(model, frame)), "^reconstr_")
  expect_equal(h2o.mse(model), mean(as.data.frame(error)[[1]]), tolerance = 1e-6)
})

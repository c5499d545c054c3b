# H2O's model, of ours.

model_outputs_of_h2o <- c(
  "names", "original_names", "column_types", "domains", "cross_validation_models",
  "cross_validation_predictions", "cross_validation_holdout_predictions_frame_id",
  "cross_validation_fold_assignment_frame_id", "model_summary", "scoring_history",
  "cv_scoring_history", "reproducibility_information_table", "training_metrics",
  "validation_metrics", "cross_validation_metrics", "cross_validation_metrics_summary",
  "status", "start_time", "end_time", "run_time", "default_threshold", "help", "weights",
  "biases", "normmul", "normsub", "normrespmul", "normrespsub", "catoffsets",
  "variable_importances"
)

all_parameters_of_h2o <- c(
  "model_id", "training_frame", "validation_frame", "nfolds",
  "keep_cross_validation_models", "keep_cross_validation_predictions",
  "keep_cross_validation_fold_assignment", "ignore_const_cols", "score_each_iteration",
  "balance_classes", "max_after_balance_size", "max_confusion_matrix_size",
  "overwrite_with_best_model", "use_all_factor_levels", "standardize", "activation",
  "hidden", "epochs", "train_samples_per_iteration", "target_ratio_comm_to_comp", "seed",
  "adaptive_rate", "rho", "epsilon", "rate", "rate_annealing", "rate_decay",
  "momentum_start", "momentum_ramp", "momentum_stable", "nesterov_accelerated_gradient",
  "input_dropout_ratio", "l1", "l2", "max_w2", "initial_weight_distribution",
  "initial_weight_scale", "loss", "distribution", "quantile_alpha", "tweedie_power",
  "huber_alpha", "score_interval", "score_training_samples", "score_validation_samples",
  "score_duty_cycle", "classification_stop", "regression_stop", "stopping_rounds",
  "stopping_metric", "stopping_tolerance", "max_runtime_secs",
  "score_validation_sampling", "diagnostics", "fast_mode", "force_load_balance",
  "variable_importances", "replicate_training_data", "single_node_mode",
  "shuffle_training_data", "missing_values_handling", "quiet_mode", "autoencoder",
  "sparse", "col_major", "average_activation", "sparsity_beta",
  "max_categorical_features", "reproducible", "export_weights_and_biases",
  "mini_batch_size", "categorical_encoding", "elastic_averaging",
  "elastic_averaging_moving_rate", "elastic_averaging_regularization", "auc_type",
  "gainslift_bins", "x", "y"
)

test_that("the same call of both doors trains the same bits", {
  local_h2o()
  frame <- cars_frame()
  plain <- as.data.frame(frame)
  calls <- list(
    list(y = "am"), list(x = c("mpg", "cyl", "wt"), y = "am", l1 = 1e-4),
    list(x = 1:4, y = "qsec", activation = "Tanh", optimizer = "adam"),
    list(x = 1:7, autoencoder = TRUE, activation = "Tanh"),
    list(x = c(2, 6), y = 10, nfolds = 3)
  )
  for (call in calls) {
    settings <- c(call, list(hidden = 4, epochs = 3, seed = 7))
    ours <- suppressWarnings(do.call(
      deeplearning, c(settings, list(training_frame = plain))
    ))
    theirs <- suppressWarnings(do.call(
      h2o.deeplearning, c(settings, list(training_frame = frame))
    ))
    expect_identical(native_model(theirs)$weights, ours$weights)
    expect_identical(native_model(theirs)$biases, ours$biases)
  }
})

test_that("workers of h2o.init() train, and exchange as H2O's iterations say", {
  skip_on_cran()
  workers <- local_workers(2)
  utils::capture.output(h2o.init(cluster = workers))
  withr::defer(h2o.shutdown(prompt = FALSE))
  frame <- as.h2o(two_classes())
  fit <- function(...) {
    native_model(suppressWarnings(h2o.deeplearning(c("a", "b"), "class", frame,
      hidden = 3, epochs = 2, seed = 1, ...
    )))
  }
  there <- fit(train_samples_per_iteration = 300)
  expect_identical(there$arguments$shards, 2)
  expect_identical(there$arguments$exchange_interval, 150)
  alone <- fit(single_node_mode = TRUE)
  expect_identical(alone$arguments$shards, 1)
  h2o.shutdown(prompt = FALSE)
  same_network(
    there, fit(shards = 2, exchange_interval = 150, train_samples_per_iteration = 300)
  )
  expect_error(h2o.init(cluster = 3), class = "feedforward_argument_error")
})

test_that("a model has the class, the slots and the names of H2O's", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(
    c("mpg", "wt", "cyl"), "am", frame,
    validation_frame = frame, reproducible = TRUE, export_weights_and_biases = TRUE
  )
  expect_identical(as.vector(class(model)), "H2OBinomialModel")
  expect_identical(slotNames(model), c(
    "model_id", "algorithm", "parameters", "allparameters", "params", "have_pojo",
    "have_mojo", "model"
  ))
  expect_named(model@model, model_outputs_of_h2o)
  expect_named(model@allparameters, all_parameters_of_h2o)
  expect_named(model@parameters, c(
    "model_id", "training_frame", "validation_frame", "hidden", "epochs", "seed",
    "distribution", "stopping_metric", "reproducible", "export_weights_and_biases",
    "categorical_encoding", "x", "y"
  ))
  expect_identical(model@parameters$distribution, "bernoulli")
  expect_identical(model@parameters$categorical_encoding, "OneHotInternal")
  expect_identical(model@allparameters$loss, "Automatic")
  expect_named(model@params, c("actual", "default", "input"))
  expect_identical(model@model$names, c("cyl", "mpg", "wt", "am"))
  expect_identical(model@model$column_types, c("Enum", "Numeric", "Numeric", "Enum"))
  expect_identical(model@model$domains[[1]], c("4", "6", "8"))
  expect_null(model@model$domains[[2]])
  expect_identical(model@model$catoffsets, c(0L, 4L))
  expect_equal(model@model$normsub, c(mean(mtcars$mpg), mean(mtcars$wt)))
  expect_equal(model@model$normmul, 1 / c(sd(mtcars$mpg), sd(mtcars$wt)))
  # `$` of a list matches in part, which scripts rely on.
  expect_identical(model@model$training_metric, model@model$training_metrics)
  expect_type(model@model$run_time, "integer")
  expect_null(model@model$status)
})

test_that("metrics have the names of H2O's, by kind and by where they come from", {
  local_h2o()
  frame <- cars_frame()
  common <- c(
    "model", "model_checksum", "frame", "frame_checksum", "description",
    "model_category", "scoring_time", "predictions", "MSE", "RMSE", "nobs",
    "custom_metric_name", "custom_metric_value"
  )
  own <- list(
    am = c(
      "r2", "logloss", "loglikelihood", "AIC", "AUC", "pr_auc", "Gini",
      "mean_per_class_error", "domain", "cm", "thresholds_and_metric_scores",
      "max_criteria_and_metric_scores", "gains_lift_table"
    ),
    gear = c(
      "r2", "hit_ratio_table", "cm", "logloss", "loglikelihood", "AIC",
      "mean_per_class_error", "AUC", "pr_auc", "multinomial_auc_table",
      "multinomial_aucpr_table"
    ),
    mpg = c("r2", "mean_residual_deviance", "mae", "rmsle", "loglikelihood", "AIC")
  )
  for (y in names(own)) {
    model <- quick_h2o(c("wt", "hp"), y, frame)
    expect_named(model@model$training_metrics@metrics, c("__meta", common, own[[y]]))
    fresh <- h2o.performance(model, frame)
    expect_named(
      fresh@metrics, c(setdiff(common, "model_category"), own[[y]])
    )
    expect_identical(slotNames(fresh), c(
      "algorithm", "on_train", "on_valid", "on_xval", "metrics"
    ))
    expect_equal(h2o.mse(fresh), h2o.mse(model))
  }
  model <- quick_h2o(c("wt", "hp"), training_frame = frame, autoencoder = TRUE)
  expect_named(model@model$training_metrics@metrics, c("__meta", common))
})

test_that("tables have H2O's columns and types", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(c("mpg", "wt"), "am", frame, validation_frame = frame)
  types <- function(table) vapply(as.list(table), function(x) class(x)[[1]], "")
  expect_identical(class(h2o.scoreHistory(model)), c("H2OTable", "data.frame"))
  expect_identical(unname(types(h2o.scoreHistory(model))), c(
    rep("character", 3), "numeric", "integer", rep("numeric", 15)
  ))
  expect_match(h2o.scoreHistory(model)$duration, "^ ?[0-9]+[.][0-9]{3} sec$")
  expect_match(h2o.scoreHistory(model)$training_speed[-1], "^[0-9]+ obs/sec$")
  expect_identical(unname(types(model@model$model_summary)), c(
    "integer", "integer", "character", rep("numeric", 10)
  ))
  expect_named(h2o.varimp(model), c(
    "variable", "relative_importance", "scaled_importance", "percentage"
  ))
  matrix <- h2o.confusionMatrix(model)
  expect_named(matrix, c("0", "1", "Error", "Rate"))
  expect_identical(rownames(matrix), c("0", "1", "Totals"))
  expect_match(matrix$Rate, "^ +=[0-9]+/[0-9]+$")
  expect_named(h2o.gainsLift(model), c(
    "group", "cumulative_data_fraction", "lower_threshold", "lift", "cumulative_lift",
    "response_rate", "score", "cumulative_response_rate", "cumulative_score",
    "capture_rate", "cumulative_capture_rate", "gain", "cumulative_gain",
    "kolmogorov_smirnov"
  ))
  three <- quick_h2o(c("mpg", "wt"), "gear", frame)
  expect_identical(unname(types(h2o.hit_ratio_table(three))), c("character", "numeric"))
})

test_that("models are found by id, survive saveRDS() and files, and do not change", {
  local_h2o()
  frame <- cars_frame()
  model <- quick_h2o(c("mpg", "wt"), "am", frame, model_id = "mine")
  expect_identical(model@model_id, "mine")
  expect_identical(h2o.getModel("mine"), model)
  expect_true("mine" %in% h2o.ls()$key)
  expect_true("mine" %in% h2o.list_models())
  path <- withr::local_tempfile()
  saveRDS(model, path)
  expect_equal(h2o.predict(readRDS(path), frame), h2o.predict(model, frame),
    ignore_attr = TRUE
  )
  folder <- withr::local_tempdir()
  file <- h2o.saveModel(model, folder)
  expect_identical(basename(file), "mine")
  expect_error(h2o.saveModel(model, folder), class = "feedforward_file_error")
  h2o.removeAll()
  expect_identical(nrow(h2o.ls()), 0L)
  expect_error(h2o.getModel("mine"), class = "feedforward_input_error")
  loaded <- h2o.loadModel(file)
  expect_equal(loaded, model)
  expect_identical(h2o.getModel("mine"), loaded)
  # The file is one of save_model().
  expect_identical(load_model(file)$weights, native_model(model)$weights)
  more <- quick_h2o(c("mpg", "wt"), "am", frame, checkpoint = "mine", epochs = 30)
  expect_equal(tail(more@model$scoring_history$epochs, 1), 30)
})

test_that("do.call() with whole frames leaves none of them in the model", {
  local_h2o()
  frame <- as.h2o(data.frame(x = rnorm(5e4), y = rnorm(5e4)))
  model <- suppressWarnings(do.call(h2o.deeplearning, list(
    x = "x", y = "y", training_frame = frame, hidden = 2, epochs = 0.1, seed = 1
  )))
  expect_lt(length(serialize(model, NULL)), 2e5)
})

test_that("old spellings work, with a deprecation warning", {
  local_h2o()
  frame <- cars_frame()
  expect_warning(
    model <- h2o.deeplearning(
      c("mpg", "wt"), "am", frame,
      hidden = 2, epochs = 1, seed = 1, n_folds = 2, max_hit_ratio_k = 3
    ),
    class = "feedforward_deprecated_warning"
  ) |> suppressWarnings()
  expect_identical(model@allparameters$nfolds, 2)
  expect_warning(
    model <- h2o.deeplearning(
      c("mpg", "wt"), "qsec", frame,
      hidden = 2, epochs = 1, seed = 1, loss = "MeanSquare"
    ),
    class = "feedforward_deprecated_warning"
  ) |> suppressWarnings()
  expect_identical(native_model(model)$arguments$loss, "Quadratic")
  model <- quick_h2o(c("mpg", "wt"), "am", frame, validation = frame)
  expect_false(is.null(model@model$validation_metrics))
  expect_error(
    h2o.deeplearning(c("mpg", "wt"), "am", frame, nope = 1),
    class = "feedforward_argument_error", regexp = "nope"
  )
})

test_that("text is no predictor, and the response is taken out of x", {
  local_h2o()
  frame <- as.h2o(data.frame(
    name = paste0("n", 1:40), x = rnorm(40), y = factor(rep(1:2, 20))
  ))
  expect_warning(
    model <- h2o.deeplearning(training_frame = frame, y = "y", hidden = 2, seed = 1),
    class = "feedforward_text_columns_warning"
  ) |> suppressWarnings()
  expect_identical(model@parameters$x, "x")
  expect_warning(
    h2o.deeplearning(2:3, "y", frame, hidden = 2, seed = 1),
    "removing response variable from the explanatory variables"
  ) |> suppressWarnings()
  expect_error(
    suppressWarnings(h2o.deeplearning("name", "y", frame)),
    class = "feedforward_input_error"
  )
})

test_that("what H2O lets pass passes", {
  local_h2o()
  frame <- cars_frame()
  expect_silent(model <- h2o.deeplearning(
    c("mpg", "wt"), "am", frame,
    hidden = 2, epochs = 1, seed = 1, progress = FALSE
  ))
  repeats <- quick_h2o(
    c("mpg", "wt"), "am", frame,
    autoencoder = TRUE, activation = "Tanh"
  )
  expect_identical(as.vector(class(repeats)), "H2OAutoEncoderModel")
  folded <- quick_h2o(c("mpg", "wt"), "am", frame, nfolds = 2, model_id = "folded")
  for (folds in list(NULL, 0)) {
    more <- quick_h2o(
      c("mpg", "wt"), "am", frame,
      checkpoint = "folded", epochs = 30, nfolds = folds
    )
    expect_null(more@model$cross_validation_metrics)
    expect_equal(tail(more@model$scoring_history$epochs, 1), 30)
  }
  numbers <- as.h2o(mtcars)
  two <- quick_h2o(c("mpg", "wt"), "am", numbers, distribution = "quasibinomial")
  expect_identical(as.vector(class(two)), "H2OBinomialModel")
  expect_identical(h2o.confusionMatrix(model, train = TRUE), h2o.confusionMatrix(model))
  expect_output(print(h2o.getConnection()), "this session")
  expect_error(
    h2o.stackedEnsemble(base_models = list(model)),
    class = "feedforward_refused_error"
  )
})

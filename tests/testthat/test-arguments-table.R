test_that("the table is h2o.deeplearning's 91 arguments in order, then ours", {
  names <- names(training_arguments)
  expect_length(names, 116)
  expect_identical(anyDuplicated(names), 0L)
  expect_identical(names[1:6], c(
    "x", "y", "training_frame", "model_id", "validation_frame", "nfolds"
  ))
  expect_identical(names[c(24:26, 49, 91)], c(
    "activation", "hidden", "epochs", "loss", "verbose"
  ))
  expect_identical(names[92:116], c(
    "preset", "optimizer", "beta1", "beta2", "weight_decay", "replicas", "scaling",
    "numeric_embedding", "embedding_size", "embedding_scale", "validation_share",
    "members", "averaging_interval", "shards", "exchange_interval", "cluster",
    "worker_timeout", "on_worker_loss",
    "weight_averaging_decay", "weight_averaging_share", "keep_state",
    "keep_data", "threads", "interrupt", "progress"
  ))
})

test_that("defaults are H2O's but for the two that we changed", {
  values <- default_values()
  expect_true(values$shuffle_training_data)
  expect_identical(values$score_interval, 0)
  h2o <- list(
    nfolds = 0, ignore_const_cols = TRUE, activation = "Rectifier", hidden = c(200, 200),
    epochs = 10, train_samples_per_iteration = -2, seed = -1, adaptive_rate = TRUE,
    rho = 0.99, epsilon = 1e-8, rate = 0.005, rate_annealing = 1e-6, rate_decay = 1,
    momentum_start = 0, momentum_ramp = 1e6, momentum_stable = 0,
    nesterov_accelerated_gradient = TRUE, input_dropout_ratio = 0, l1 = 0, l2 = 0,
    max_w2 = 3.4028235e38, initial_weight_distribution = "UniformAdaptive",
    initial_weight_scale = 1, loss = "Automatic", distribution = "AUTO",
    quantile_alpha = 0.5, tweedie_power = 1.5, huber_alpha = 0.9,
    score_training_samples = 10000, score_validation_samples = 0,
    score_duty_cycle = 0.1, classification_stop = 0, regression_stop = 1e-6,
    stopping_rounds = 5, stopping_metric = "AUTO", stopping_tolerance = 0,
    fast_mode = TRUE, missing_values_handling = "MeanImputation", mini_batch_size = 1,
    max_categorical_features = 2147483647, gainslift_bins = -1, standardize = TRUE,
    use_all_factor_levels = TRUE, overwrite_with_best_model = TRUE
  )
  expect_identical(values[names(h2o)], h2o)
  expect_null(values$hidden_dropout_ratios)
})

test_that("every default keeps its own rule and is stored as it is written", {
  values <- default_values()
  for (name in names(values)) {
    checked <- apply_rule(training_arguments[[name]]$rule, name, values[[name]])
    expect_null(checked$problem, label = name)
    expect_identical(checked$value, values[[name]], label = name)
  }
})

test_that("default_arguments() makes a signature", {
  f <- function() NULL
  formals(f) <- default_arguments(without = "training_frame")
  expect_identical(
    names(formals(f)), setdiff(names(training_arguments), "training_frame")
  )
  expect_identical(formals(f)$hidden, quote(c(200, 200)))
  expect_true(identical(formals(f)$x, quote(expr = )))
})

test_that("each argument is documented: meaning, range and default", {
  docs <- argument_docs()
  expect_identical(sub("^@param (\\w+) .*", "\\1", docs), names(training_arguments))
  expect_true(all(nchar(docs) > 60))
  expect_false(any(grepl("[\n%{}]", docs)))
  rho <- docs[names(training_arguments) == "rho"]
  expect_match(rho, "at least 0 and below 1")
  expect_match(rho, "Default: `0.99`.", fixed = TRUE)
  expect_identical(argument_docs(c("x", "l1"), without = "x"), argument_docs("l1"))
})

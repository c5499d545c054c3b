# Which arguments a restart inherits, and which it refuses to change.

earlier <- function(...) {
  arguments <- check_arguments(list(...))
  arguments[c("optimizer", "replicas", "averaging_interval")] <- list("adadelta", 4, 100)
  list(arguments = arguments, given = attr(arguments, "given"))
}

test_that("every argument is inherited, fixed or new at a restart", {
  how <- vapply(training_arguments, `[[`, "", "restart")
  of <- function(what) names(how)[how == what]
  expect_setequal(of("fixed"), c(
    "nfolds", "ignore_const_cols", "use_all_factor_levels", "shards",
    "exchange_interval", "force_load_balance", "replicate_training_data",
    "standardize", "activation", "hidden", "adaptive_rate", "rho", "epsilon", "rate",
    "rate_annealing", "rate_decay", "momentum_start", "momentum_ramp", "momentum_stable",
    "nesterov_accelerated_gradient", "distribution", "quantile_alpha", "tweedie_power",
    "huber_alpha", "autoencoder", "sparse", "col_major", "average_activation",
    "sparsity_beta",
    "max_categorical_features", "categorical_encoding", "optimizer", "beta1", "beta2",
    "replicas", "members", "validation_share",
    "preset", "scaling", "numeric_embedding", "embedding_size", "embedding_scale",
    "weight_averaging_decay", "weight_averaging_share"
  ))
  expect_setequal(of("new"), c(
    data_arguments(), "model_id", "checkpoint", "pretrained_autoencoder",
    "custom_metric_func", "initial_weights", "initial_biases",
    "epochs", "max_runtime_secs", "export_checkpoints_dir", "verbose", "keep_state",
    "keep_data", "threads", "interrupt", "progress", "cluster", "worker_timeout",
    "single_node_mode", "on_worker_loss"
  ))
  expect_setequal(unique(how), c("fixed", "new", "inherited"))
})

test_that("what is not given is as it was; what is given changes, if it may", {
  was <- earlier(hidden = 5, l1 = 0.01, l2 = 0.02, seed = 7, epochs = 3, verbose = TRUE)
  now <- check_arguments(list(l1 = 0.5, epochs = 9), was)
  expect_identical(now[c("hidden", "l1", "l2", "seed", "epochs", "verbose", "replicas")],
    list(
      hidden = 5, l1 = 0.5, l2 = 0.02, seed = 7, epochs = 9, verbose = FALSE, replicas = 4
    )
  )
  expect_setequal(
    attr(now, "given"), c("hidden", "l1", "l2", "seed", "epochs", "verbose")
  )
})

test_that("what is fixed may be repeated, and 'auto' is what it was", {
  was <- earlier(hidden = 5, activation = "Tanh")
  now <- check_arguments(
    list(hidden = 5L, activation = "tanh", replicas = "auto", optimizer = "AUTO"), was
  )
  expect_identical(now[c("hidden", "replicas", "optimizer")],
    list(hidden = 5, replicas = 4, optimizer = "adadelta")
  )
})

test_that("every change of what is fixed is told with both values", {
  was <- earlier(hidden = 5)
  error <- expect_error(
    check_arguments(list(hidden = c(5, 5), rho = 0.9, standardize = FALSE, l1 = 1), was),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 3)
  expect_match(error$problems, "`hidden` = .*5, 5.*what it was, 5", all = FALSE)
  expect_match(error$problems, "`rho` = 0.9.*what it was, 0.99", all = FALSE)
  argument_error(check_arguments(list(reproducible = TRUE), was), "has 4")
  argument_error(
    check_arguments(list(initial_weights = list(NULL, NULL)), was),
    "`initial_weights` has no place"
  )
})

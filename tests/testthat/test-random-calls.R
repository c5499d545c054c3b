# Random arguments on random frames: a model whose predictions are numbers, or an error of
# ours; never a crash, never a NaN from a model. FEEDFORWARD_RANDOM_CALLS asks for more
# than 300.

random_column <- function(kind, n) {
  x <- switch(kind,
    number = stats::rnorm(n, 10^stats::runif(1, -3, 3)),
    whole = sample(-3:50, n, TRUE),
    huge = stats::rnorm(n) * 1e30,
    constant = rep(4, n),
    absent = rep(NA_real_, n),
    infinite = c(Inf, stats::rnorm(n - 1)),
    flag = sample(c(TRUE, FALSE), n, TRUE),
    factor = factor(sample(letters[1:4], n, TRUE), letters[1:6]),
    text = sample(c("", "\u00e4", "a b", "NA"), n, TRUE),
    many = factor(sample(n, n, TRUE)),
    date = as.Date("2020-02-28") + sample(900, n, TRUE)
  )
  if (stats::runif(1) < 0.3) x[sample(n, sample(0:n, 1))] <- NA
  x
}

column_kinds <- c(
  "number", "whole", "huge", "constant", "absent", "infinite", "flag", "factor", "text",
  "many", "date"
)

random_frame <- function() {
  n <- sample(c(1, 2, 5, 30, 200), 1, prob = c(1, 1, 3, 8, 8))
  often <- ifelse(column_kinds %in% c("infinite", "absent"), 0.1, 1)
  kinds <- sample(column_kinds, sample(6, 1), TRUE, often)
  columns <- lapply(kinds, random_column, n = n)
  names(columns) <- paste0("x", seq_along(columns))
  y <- switch(sample(5, 1),
    stats::rnorm(n),
    factor(sample(c("no", "yes"), n, TRUE)),
    factor(sample(c("k", "l", "m"), n, TRUE)),
    stats::rpois(n, 2),
    stats::rexp(n)
  )
  if (stats::runif(1) < 0.2) y[sample(n, 1)] <- NA
  data.frame(
    columns, y = y, w = sample(c(0, 0.5, 1, 3), n, TRUE), o = stats::runif(n, -1, 1)
  )
}

# Values to draw from, some of them wrong or odd.
random_values <- list(
  hidden = list(3, c(5, 2), numeric(), 40, c(2, 2, 2, 2)),
  epochs = list(0, 0.3, 1, 4), seed = list(-1, 1, 1234567, "18446744073709551615"),
  activation = as.list(activation_choices()), optimizer = as.list(names(optimizers)),
  adaptive_rate = list(TRUE, FALSE), rate = list(1e-4, 0.005, 0.3, 100),
  rate_annealing = list(0, 1e-3), rate_decay = list(1, 0.7), rho = list(0.9, 0.999),
  epsilon = list(1e-10, 1e-4), momentum_start = list(0, 0.5, 0.99),
  momentum_stable = list(0, 0.9), momentum_ramp = list(0, 100),
  nesterov_accelerated_gradient = list(TRUE, FALSE),
  input_dropout_ratio = list(0, 0.3, 0.9),
  hidden_dropout_ratios = list(0.1, 0.6, c(0.2, 0.3)), l1 = list(0, 1e-3, 10),
  l2 = list(0, 1e-3, 10), max_w2 = list(0.1, 10, Inf),
  initial_weight_distribution = list("Uniform", "Normal", "UniformAdaptive"),
  initial_weight_scale = list(0, 1, 100),
  loss = list("Automatic", "Quadratic", "CrossEntropy", "Huber", "Absolute", "Quantile"),
  distribution = as.list(names(distributions)), quantile_alpha = list(0, 0.5, 1),
  tweedie_power = list(1.01, 1.5, 1.99), huber_alpha = list(0, 0.5, 1),
  standardize = list(TRUE, FALSE), use_all_factor_levels = list(TRUE, FALSE),
  ignore_const_cols = list(TRUE, FALSE), sparse = list(TRUE, FALSE),
  missing_values_handling = list("MeanImputation", "Skip"), fast_mode = list(TRUE, FALSE),
  mini_batch_size = list(1, 3, 1000), replicas = list(1, 2, 5),
  averaging_interval = list(1, 7, 1e6), weight_averaging_share = list(0, 0.3),
  weight_averaging_decay = list(0, 0.9), weights_column = list("w"),
  offset_column = list("o"), train_samples_per_iteration = list(0, -1, 1, 50),
  score_training_samples = list(0, 3), score_each_iteration = list(TRUE),
  stopping_rounds = list(0, 1, 2), stopping_tolerance = list(0, 0.1),
  stopping_metric = as.list(stopping_metrics), classification_stop = list(-1, 0.3),
  regression_stop = list(-1, 1), overwrite_with_best_model = list(TRUE, FALSE),
  reproducible = list(TRUE), shuffle_training_data = list(FALSE), threads = list(1, 2),
  auc_type = list("MACRO_OVR", "WEIGHTED_OVO"), gainslift_bins = list(0, 3),
  variable_importances = list(FALSE), max_runtime_secs = list(0.01),
  nfolds = list(2, 3, 50), fold_assignment = list("Modulo", "Stratified", "Random"),
  keep_cross_validation_predictions = list(TRUE), balance_classes = list(TRUE),
  class_sampling_factors = list(c(1, 2), c(0.1, 5, 1)),
  max_after_balance_size = list(0.3),
  categorical_encoding = list("Binary", "Eigen", "LabelEncoder", "SortByResponse",
    "EnumLimited"), max_categorical_features = list(1, 5), autoencoder = list(TRUE),
  sparsity_beta = list(0.5), average_activation = list(0.3),
  elastic_averaging = list(TRUE), elastic_averaging_regularization = list(0, 1),
  keep_state = list(FALSE), keep_data = list(TRUE),
  custom_metric_func = list(function(actual, predicted, weights) mean(weights))
)

random_call <- function() {
  frame <- random_frame()
  chosen <- sample(names(random_values), sample(0:8, 1))
  list(
    frame = frame,
    arguments = c(
      list(x = grep("^x", names(frame), value = TRUE), training_frame = frame),
      if (!"autoencoder" %in% chosen || stats::runif(1) < 0.1) list(y = "y"),
      lapply(random_values[chosen], function(values) values[[sample(length(values), 1)]]),
      if (stats::runif(1) < 0.3) list(validation_frame = frame)
    )
  )
}

# "model", "refused" or what is wrong.
outcome_of <- function(call) {
  call$arguments <- utils::modifyList(list(epochs = 1, hidden = 4), call$arguments)
  tryCatch(
    withCallingHandlers(
      {
        model <- do.call(deeplearning, call$arguments)
        p <- stats::predict(model, call$frame)
        numbers <- if (is.data.frame(p)) unlist(Filter(is.numeric, p)) else p
        utils::capture.output(print(model))
        same <- value_of_file(model)
        if (!identical(same, model)) stop("another model comes back from its file")
        if (all(is.finite(as.numeric(numbers)))) "model" else "a prediction is no number"
      },
      warning = function(w) {
        if (!inherits(w, "feedforward_warning")) stop("unclassed warning: ", w)
        invokeRestart("muffleWarning")
      }
    ),
    feedforward_error = function(e) "refused",
    error = function(e) paste("unclassed:", conditionMessage(e))
  )
}

value_of_file <- function(model) {
  file <- withr::local_tempfile()
  load_model(save_model(model, file))
}

test_that("random calls end in a model or in an error of ours", {
  set.seed(20261126)
  count <- as.integer(Sys.getenv("FEEDFORWARD_RANDOM_CALLS", "300"))
  models <- 0
  for (k in seq_len(count)) {
    call <- random_call()
    outcome <- outcome_of(call)
    models <- models + (outcome == "model")
    shown <- call$arguments[intersect(names(call$arguments), names(random_values))]
    expect_true(
      outcome %in% c("model", "refused"),
      info = paste(k, outcome, paste(deparse(shown), collapse = " "))
    )
  }
  expect_gt(models, count / 4)
})

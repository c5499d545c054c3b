# Every argument of training has a case here: what a value other than its default changes
# of a fit, and that it changes nothing else.

# What a fit consists of, without clocks, names and the record of its arguments.
parts_of_fit <- function(object, rows) {
  untimed <- function(table) {
    table[!grepl("duration|speed|time", names(table))]
  }
  list(
    encoding = unclass(object$encoding),
    weights = unname(parameters_of(object)),
    history = untimed(score_history(object)),
    training = untimed(unclass(object$training_metrics)),
    validation = untimed(unclass(object$validation_metrics)),
    importances = object$variable_importances,
    folds = parts_of_folds(object$cross_validation),
    predictions = unname(stats::predict(object, rows))
  )
}

parts_of_folds <- function(folds) {
  c(folds[c("summary", "epochs", "predictions", "folds")], list(names(folds$models)))
}

# A frame with a factor, numbers, a missing value, a constant, weights and offsets.
effect_rows <- function(n = 240) {
  i <- seq_len(n)
  rows <- data.frame(
    f = factor(c("u", "v", "w", "x")[1 + (i * 7) %% 4]), a = sin(i),
    b = 3 + 2 * cos(1.7 * i), w = 1 + i %% 3, o = 0.1 * sin(5 * i), flat = 1
  )
  rows$a[7] <- NA
  score <- 2 * sin(i) + rows$b - 3 + (rows$f == "v")
  rows$class <- factor(ifelse(score + sin(31 * i) > 0, "yes", "no"))
  rows$kind <- factor(c("k", "l", "m")[1 + (score > -1) + (score > 1)])
  rows$number <- score
  rows$count <- floor(abs(score)) + 1
  rows
}

fit_effect <- function(case, value = NULL) {
  rows <- effect_rows()
  arguments <- utils::modifyList(
    list(
      x = c("f", "a", "b"), y = case$y %||% "class", training_frame = rows,
      validation_frame = rows[1:120, ], hidden = 4, epochs = 3, seed = 1,
      stopping_rounds = 0, progress = FALSE
    ),
    c(case$given, value)
  )
  if (isTRUE(arguments$autoencoder)) arguments$y <- NULL
  capture.output(object <- suppressMessages(suppressWarnings(
    do.call(deeplearning, arguments)
  )))
  parts_of_fit(object, suppressWarnings(rows[1:20, ]))
}

changed_by <- function(name, case) {
  value <- stats::setNames(list(case$value), name)
  before <- fit_effect(case)
  after <- fit_effect(case, value)
  names(before)[!mapply(identical, before, after)]
}

of_training <- c(
  "weights", "history", "training", "validation", "importances", "predictions"
)
of_inputs <- c("encoding", of_training)

# A model to go on from, on the same rows and validation rows.
effect_checkpoint <- function() {
  rows <- effect_rows()
  suppressWarnings(deeplearning(
    x = c("f", "a", "b"), y = "class", training_frame = rows,
    validation_frame = rows[1:120, ], hidden = 4, epochs = 1, seed = 5
  ))
}

effect_autoencoder <- function() {
  deeplearning(effect_rows()[c("f", "a", "b")], autoencoder = TRUE, hidden = 4, seed = 1)
}

# An effect: the value, what it changes, and the arguments that it needs to act.
effect <- function(value, changes = of_training, ..., y = NULL) {
  list(value = value, changes = changes, given = list(...), y = y)
}
sgd <- function(value, ...) effect(value, adaptive_rate = FALSE, ...)
adam <- function(value, ...) effect(value, optimizer = "adam", rate = 0.01, ...)

effects <- list(
  ignore_const_cols = effect(FALSE, of_inputs, x = c("a", "flat")),
  score_each_iteration = effect(TRUE, "history", train_samples_per_iteration = 10,
    score_duty_cycle = 1e-9, overwrite_with_best_model = FALSE),
  weights_column = effect("w", of_inputs),
  offset_column = effect("o", y = "number"),
  overwrite_with_best_model = sgd(FALSE, rate = 1),
  use_all_factor_levels = effect(FALSE, of_inputs),
  standardize = effect(FALSE, of_inputs),
  activation = effect("Tanh"),
  hidden = effect(5),
  epochs = effect(4),
  train_samples_per_iteration = effect(300, "history", overwrite_with_best_model = FALSE),
  seed = effect(2),
  adaptive_rate = effect(FALSE),
  rho = effect(0.9),
  epsilon = effect(1e-4),
  rate = sgd(0.05),
  rate_annealing = sgd(1e-2),
  rate_decay = sgd(0.5),
  momentum_start = sgd(0.5),
  momentum_ramp = sgd(100, momentum_start = 0.2, momentum_stable = 0.9),
  momentum_stable = sgd(0.9, momentum_ramp = 100),
  nesterov_accelerated_gradient = sgd(FALSE, momentum_start = 0.5),
  input_dropout_ratio = effect(0.2),
  hidden_dropout_ratios = effect(0.2, activation = "RectifierWithDropout"),
  l1 = effect(1e-3),
  l2 = effect(1e-3),
  max_w2 = effect(0.5),
  initial_weight_distribution = effect("Normal"),
  initial_weight_scale = effect(0.3, initial_weight_distribution = "Normal"),
  initial_weights = effect(list(NULL, matrix(0.1, 2, 4))),
  initial_biases = effect(list(NULL, c(0.3, -0.3))),
  loss = effect("Quadratic"),
  distribution = effect("laplace", y = "number"),
  quantile_alpha = effect(0.9, distribution = "quantile", y = "number"),
  tweedie_power = effect(1.2, distribution = "tweedie", y = "count"),
  huber_alpha = effect(0.5, distribution = "huber", y = "number"),
  score_interval = effect(1e-9, "history", overwrite_with_best_model = FALSE),
  score_training_samples = effect(50, c("history", "training"),
    overwrite_with_best_model = FALSE),
  score_validation_samples = effect(50, c("history", "validation"),
    overwrite_with_best_model = FALSE),
  score_duty_cycle = effect(0, "history", overwrite_with_best_model = FALSE),
  classification_stop = effect(0.6),
  regression_stop = effect(10, y = "number"),
  stopping_rounds = effect(1, epochs = 30, stopping_tolerance = 0.2),
  stopping_metric = effect("misclassification", epochs = 30, stopping_rounds = 1,
    stopping_tolerance = 0.2),
  stopping_tolerance = effect(0.3, epochs = 30, stopping_rounds = 1),
  score_validation_sampling = effect("Stratified", c("history", "validation"),
    score_validation_samples = 31, overwrite_with_best_model = FALSE),
  fast_mode = effect(FALSE, l2 = 0.01),
  variable_importances = effect(FALSE, "importances"),
  shuffle_training_data = effect(FALSE),
  missing_values_handling = effect("Skip", of_inputs),
  sparse = effect(TRUE, "encoding"),
  reproducible = effect(TRUE, replicas = 2),
  mini_batch_size = effect(16),
  auc_type = effect("MACRO_OVR", c("history", "training", "validation"), y = "kind"),
  gainslift_bins = effect(5, c("history", "training", "validation")),
  optimizer = effect("adamw"),
  beta1 = adam(0.5),
  beta2 = adam(0.9),
  weight_decay = effect(0.5, optimizer = "adamw"),
  replicas = effect(2),
  # The first is the one that trains alone.
  members = effect(2, setdiff(of_training, "weights")),
  preset = effect("fast", of_inputs),
  scaling = effect("quantile", of_inputs),
  numeric_embedding = effect("periodic", of_inputs),
  embedding_size = effect(3, of_inputs, numeric_embedding = "piecewise_linear"),
  embedding_scale = effect(1, of_inputs, numeric_embedding = "periodic"),
  validation_share = effect(.25, of_inputs, validation_frame = NULL),
  averaging_interval = effect(10, replicas = 2),
  shards = effect(2, exchange_interval = 20),
  replicate_training_data = effect(FALSE, shards = 2),
  exchange_interval = effect(30, shards = 2, averaging_interval = 10),
  weight_averaging_decay = effect(0.5),
  weight_averaging_share = effect(0, epochs = 30),
  autoencoder = effect(TRUE, of_inputs, activation = "Tanh"),
  sparsity_beta = effect(1, autoencoder = TRUE, activation = "Tanh"),
  average_activation = effect(0.5, autoencoder = TRUE, activation = "Tanh",
    sparsity_beta = 1),
  pretrained_autoencoder = effect(effect_autoencoder(), of_inputs),
  categorical_encoding = effect("Binary", of_inputs),
  max_categorical_features = effect(2, of_inputs),
  balance_classes = effect(TRUE, of_training),
  class_sampling_factors = effect(c(2, 1), of_training, balance_classes = TRUE),
  max_after_balance_size = effect(0.5, of_training, balance_classes = TRUE),
  elastic_averaging = effect(TRUE, replicas = 2, averaging_interval = 20),
  elastic_averaging_moving_rate = effect(0.5, elastic_averaging = TRUE, replicas = 2,
    averaging_interval = 20),
  elastic_averaging_regularization = effect(0.1, elastic_averaging = TRUE, replicas = 2,
    averaging_interval = 20),
  custom_metric_func = effect(
    function(actual, predicted, weights) mean(abs((actual == "yes") - predicted)),
    c("history", "training", "validation")
  ),
  nfolds = effect(3, "folds"),
  keep_cross_validation_models = effect(FALSE, "folds", nfolds = 3),
  keep_cross_validation_predictions = effect(TRUE, "folds", nfolds = 3),
  keep_cross_validation_fold_assignment = effect(TRUE, "folds", nfolds = 3),
  fold_assignment = effect("Modulo", "folds", nfolds = 3),
  fold_column = effect("kind", "folds"),
  checkpoint = effect(effect_checkpoint()),
  # What changes nothing of the model, each for the reason that its help tells.
  model_id = effect("a_name", character()),
  target_ratio_comm_to_comp = effect(0.5, character()),
  max_runtime_secs = effect(1e6, character()),
  diagnostics = effect(FALSE, character()),
  force_load_balance = effect(FALSE, character()),
  single_node_mode = effect(TRUE, character()),
  col_major = effect(TRUE, character()),
  quiet_mode = effect(TRUE, character()),
  export_weights_and_biases = effect(TRUE, character()),
  verbose = effect(TRUE, character()),
  export_checkpoints_dir = effect(tempfile("exported-"), character()),
  keep_state = effect(FALSE, character()),
  keep_data = effect(TRUE, character()),
  threads = effect(2, character()),
  worker_timeout = effect(9, character()),
  on_worker_loss = effect("resume", character()),
  interrupt = effect("keep", character()),
  progress = effect(TRUE, character())
)

test_that("every argument has its effect and no other", {
  arguments <- training_arguments
  effects$cluster <- effect(local_workers(2), character(), shards = 2)
  expect_setequal(names(effects), setdiff(names(arguments), data_arguments()))
  for (name in names(effects)) {
    changes <- sort(changed_by(name, effects[[name]]))
    expect_identical(changes, sort(effects[[name]]$changes), info = name)
  }
})

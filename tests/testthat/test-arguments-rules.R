# Values that each argument must take, in the form in which they are stored, and values
# that it must refuse. Whatever is no scalar of the right kind is refused by all.
accepted <- list(
  model_id = list("a", NULL), ignore_const_cols = list(FALSE),
  weights_column = list("w", 3, NULL), offset_column = list("o"),
  activation = list("Tanh", "MaxoutWithDropout"), hidden = list(5, c(1, 2, 3), numeric()),
  epochs = list(0, 0.1, 1e6), train_samples_per_iteration = list(-2, -1, 0, 1e10),
  seed = list(-1, 0, 2^53, "9223372036854775807", "-9223372036854775808"),
  rho = list(0, 0.5), epsilon = list(0, 1e-10), rate = list(1e6, 1e-9),
  momentum_start = list(0.99), momentum_ramp = list(0, 1e7),
  input_dropout_ratio = list(0, 0.99), hidden_dropout_ratios = list(NULL, c(0, 0.5)),
  l1 = list(0, 1e-5), l2 = list(1), max_w2 = list(Inf, 10),
  initial_weight_scale = list(1e20), quantile_alpha = list(0, 1),
  tweedie_power = list(1.01), huber_alpha = list(0, 1), score_duty_cycle = list(0, 1),
  classification_stop = list(-1, 0.5), regression_stop = list(-1, 1e10),
  stopping_rounds = list(0), stopping_tolerance = list(0, 0.5),
  max_runtime_secs = list(0.001), mini_batch_size = list(1, 32),
  gainslift_bins = list(-1, 0, 20), replicas = list("auto", 1, 16),
  averaging_interval = list("auto", 1), weight_averaging_decay = list(0.999),
  beta1 = list(0), weight_decay = list(0), threads = list(NULL, 1, 1e6),
  optimizer = list("auto", "adamw"), interrupt = list("keep"),
  progress = list(NULL, TRUE),
  score_training_samples = list(0), score_validation_samples = list(1e12)
)
refused <- list(
  model_id = list(NA_character_, "", 1), ignore_const_cols = list(NA, 1, "TRUE", "yes"),
  weights_column = list(TRUE, NA_character_, c("a", "b")),
  activation = list("relu", NA_character_, "Tan", 1),
  hidden = list(0, -1, NA, 2.5, "a", NULL, c(5, NA), Inf, 1e12, list(5), matrix(5, 2, 2)),
  epochs = list(-1, NaN, NA, Inf, "10", c(1, 2), NULL, TRUE, factor(1)),
  train_samples_per_iteration = list(-3, 0.5), seed = list(
    NA, "x", 2^60, 1.5, "", "1e5", "9223372036854775808", "-9223372036854775809", Inf,
    structure(1, class = "integer64")
  ),
  rho = list(-0.1, 1, 2, NaN), epsilon = list(-1e-8, 1), rate = list(0, -1, Inf, NA),
  momentum_start = list(1, -0.1), momentum_stable = list(1), momentum_ramp = list(-1),
  rate_annealing = list(-1), rate_decay = list(0, -1),
  input_dropout_ratio = list(1, -0.1),
  hidden_dropout_ratios = list(c(0.5, 1), -0.1, NA_real_, "a"), l1 = list(-1),
  l2 = list(-1),
  max_w2 = list(0, -1, -Inf), initial_weight_scale = list(-1, Inf, 1e300),
  initial_weights = list(iris, 1), initial_biases = list("a"),
  loss = list("MSE", "MeanSquare"), distribution = list("normal", "ordinal"),
  quantile_alpha = list(-0.1, 1.1), tweedie_power = list(1, 2, 0),
  huber_alpha = list(-0.1, 1.1), score_interval = list(-1),
  score_duty_cycle = list(-0.1, 1.1), score_training_samples = list(-1, 0.5),
  score_validation_samples = list(-1), classification_stop = list(-2, 1.5),
  regression_stop = list(-2), stopping_rounds = list(-1, 2.5),
  stopping_tolerance = list(-0.1, 1, 2), stopping_metric = list("r2", "customised"),
  max_runtime_secs = list(-1), mini_batch_size = list(0, 1.5, -1),
  gainslift_bins = list(-2, 1e6),
  categorical_encoding = list("Enum", "Enum"), missing_values_handling = list("Drop"),
  auc_type = list("OVR"), replicas = list(0, "many", 2.5, 2000),
  averaging_interval = list(0), weight_averaging_decay = list(1, -1), beta1 = list(1),
  beta2 = list(-1), weight_decay = list(-1), threads = list(0, NA, -3, 1.5, "2"),
  optimizer = list("lbfgs"), interrupt = list("stop"), progress = list(NA, "yes"),
  verbose = list(NULL)
)

test_that("good values are stored as given", {
  for (name in names(accepted)) {
    for (value in accepted[[name]]) {
      checked <- apply_rule(training_arguments[[name]]$rule, name, value)
      expect_null(checked$problem, label = paste(name, shorten(value)))
      expect_identical(checked$value, value, label = paste(name, shorten(value)))
    }
  }
})

test_that("bad values are refused by a text with argument, value and range", {
  for (name in names(refused)) {
    rule <- training_arguments[[name]]$rule
    for (value in refused[[name]]) {
      checked <- apply_rule(rule, name, value)
      label <- paste(name, shorten(value))
      expect_false(is.null(checked$problem), label = label)
      expect_match(checked$problem, paste0("`", name, "` must be"), label = label)
      expect_true(grepl(rule$wanted, checked$problem, fixed = TRUE), label = label)
      expect_true(grepl(shorten(value), checked$problem, fixed = TRUE), label = label)
    }
  }
})

test_that("no rule trips over strange values", {
  strange <- list(
    NULL, NA, list(), iris, mean, quote(a), globalenv(), 1i, as.raw(1), "\xff",
    Sys.Date(), factor("a"), character(), matrix(1:4, 2), 1e400, -1e400
  )
  judged <- setdiff(names(training_arguments), data_arguments())
  for (argument in training_arguments[judged]) {
    trips <- vapply(strange, function(value) {
      judged <- try(apply_rule(argument$rule, argument$name, value), silent = TRUE)
      inherits(judged, "try-error")
    }, NA)
    expect_identical(which(trips), integer(), label = argument$name)
  }
})

test_that("choices match without regard to case and take their own spelling", {
  for (argument in training_arguments) {
    wanted <- argument$rule$wanted
    if (!grepl("^one of", paste0(wanted, ""))) next
    choices <- regmatches(wanted, gregexpr("\"[^\"]+\"", wanted))[[1]]
    for (choice in gsub("\"", "", choices)) {
      for (spelling in c(toupper(choice), tolower(choice))) {
        expect_identical(argument$rule$accept(spelling), choice)
      }
    }
  }
})

test_that("a near miss of a choice gets a hint, a later choice its reason", {
  problem <- function(name, value) {
    apply_rule(training_arguments[[name]]$rule, name, value)$problem
  }
  expect_match(problem("activation", "Rectifer"), "Did you mean \"Rectifier\"")
  expect_match(problem("categorical_encoding", "enum"), "refuses that choice, too")
  expect_match(problem("hidden", 0), "hidden = numeric()", fixed = TRUE)
})

test_that("a seed becomes the two words of its two's complement", {
  expect_identical(seed_words(0), c(0, 0))
  expect_identical(seed_words(1), c(1, 0))
  expect_identical(seed_words(7L), c(7, 0))
  expect_identical(seed_words(2^32 - 1), c(2^32 - 1, 0))
  expect_identical(seed_words(2^32), c(0, 1))
  expect_identical(seed_words(-2^32), c(0, 2^32 - 1))
  expect_identical(seed_words(-1), c(2^32 - 1, 2^32 - 1))
  expect_identical(seed_words(2^53), c(0, 2^21))
  expect_identical(seed_words("9223372036854775807"), c(2^32 - 1, 2^31 - 1))
  expect_identical(seed_words("-9223372036854775808"), c(0, 2^31))
  expect_identical(seed_words(" +0042 "), c(42, 0))
  # From exact integer arithmetic: 2^64 - 8664354335142703762.
  expect_identical(seed_words("-8664354335142703762"), c(1303645550, 2277640099))
  too_large <- c("9223372036854775808", "-9223372036854775809", "99999999999999999999")
  for (bad in c(too_large, "", "1e5")) expect_null(seed_words(bad))
})

test_that("numbers and strings of one value are one seed", {
  set.seed(3)
  for (seed in c(-5, 5, 2^31, -2^31, round(runif(20, -2^53, 2^53)))) {
    expect_identical(seed_words(seed), seed_words(sprintf("%.0f", seed)))
    words <- seed_words(seed)
    signed <- words[2] - if (words[2] >= 2^31) 2^32 else 0
    expect_identical(signed * 2^32 + words[1], seed + 0)
  }
})

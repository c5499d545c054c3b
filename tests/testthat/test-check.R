# Rows in comments are those of the list of bad inputs that the project works through.

resolved <- function(..., kind = "regression", nrow = 1000, n_inputs = 10,
                     n_outputs = 1, offset = FALSE) {
  check_arguments_for(check_arguments(list(...)), kind, nrow, n_inputs, n_outputs, offset)
}
argument_error <- function(expr, ...) {
  expect_error(expr, class = "feedforward_argument_error", ...)
}

test_that("nothing given is all defaults", {
  arguments <- check_arguments(list())
  expect_identical(names(arguments), setdiff(names(training_arguments), data_arguments()))
  expect_identical(as.list(arguments)[names(default_values())], default_values(),
    ignore_attr = TRUE
  )
  expect_null(attr(arguments, "given"))
  expect_true("hidden_dropout_ratios" %in% names(arguments))
})

test_that("what was given is typed, spelled and remembered; data pass by", {
  given <- list(
    x = 1:4, training_frame = iris, activation = "tanh", hidden = c(3L, 4L), seed = "12",
    distribution = "AUTO", model_id = NULL
  )
  arguments <- check_arguments(given)
  expect_identical(arguments$activation, "Tanh")
  expect_identical(arguments$hidden, c(3, 4))
  expect_identical(arguments$seed, "12")
  expect_identical(attr(arguments, "given"), names(given))
  expect_false(any(c("x", "y", "training_frame") %in% names(arguments)))
})

test_that("row 94: an unknown name is an error with the nearest name", {
  argument_error(check_arguments(list(epoch = 1)), "`epoch`.*Did you mean `epochs`")
  argument_error(check_arguments(list(zzzzzz = 1)), "no argument `zzzzzz`.$")
  argument_error(check_arguments(list(1)), "must be named")
  argument_error(check_arguments(list(l1 = 0, 1)), "must be named")
  argument_error(check_arguments(list(l1 = 0, l1 = 1)), "`l1` is given more than once")
})

test_that("all problems come together, one bullet each", {
  error <- expect_error(
    check_arguments(list(
      epoch = 1, hidden = 0, l1 = -1, nfolds = 5, activation = "relu", rho = 0,
      hidden_dropout_ratios = 2
    )),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 7)
  for (name in c("epoch", "hidden", "l1", "nfolds", "activation", "rho")) {
    expect_match(conditionMessage(error), paste0("`", name, "`"), fixed = TRUE)
  }
})

test_that("what this version does not offer is an error unless it asks for nothing", {
  later <- Filter(function(argument) !argument$available, training_arguments)
  expect_setequal(names(later), c(
    "nfolds", "keep_cross_validation_models", "keep_cross_validation_predictions",
    "keep_cross_validation_fold_assignment", "fold_assignment", "fold_column",
    "balance_classes", "class_sampling_factors", "max_after_balance_size", "checkpoint",
    "pretrained_autoencoder", "autoencoder", "col_major", "average_activation",
    "sparsity_beta", "max_categorical_features", "elastic_averaging",
    "elastic_averaging_moving_rate", "elastic_averaging_regularization",
    "export_checkpoints_dir", "custom_metric_func"
  ))
  other <- list(
    nfolds = 5, keep_cross_validation_models = FALSE,
    keep_cross_validation_predictions = TRUE,
    keep_cross_validation_fold_assignment = TRUE, fold_assignment = "modulo",
    fold_column = "f", balance_classes = TRUE, class_sampling_factors = c(1, 2),
    max_after_balance_size = 2, checkpoint = list(), pretrained_autoencoder = "m",
    autoencoder = TRUE, col_major = TRUE, average_activation = 0.1, sparsity_beta = 1,
    max_categorical_features = 100, elastic_averaging = TRUE,
    elastic_averaging_moving_rate = 0.5, elastic_averaging_regularization = 1,
    export_checkpoints_dir = "d", custom_metric_func = mean
  )
  expect_setequal(names(other), names(later))
  for (name in names(other)) {
    argument_error(check_arguments(other[name]), "does not offer", label = name)
  }
  expect_error(check_arguments(default_values()[names(later)]), NA)
  # 87: folds that make no sense in any version.
  for (nfolds in c(-1, 1, 0.5)) argument_error(check_arguments(list(nfolds = nfolds)))
  expect_error(check_arguments(list(nfolds = 0L, fold_assignment = "auto")), NA)
})

test_that("row 102: dropout ratios have three texts", {
  argument_error(
    check_arguments(list(activation = "Tanhwithdropout", hidden_dropout_ratios = 1:0)),
    "at least 0 and below 1"
  )
  argument_error(
    check_arguments(list(activation = "TanhWithDropout", hidden_dropout_ratios = 0.5)),
    "one number per hidden layer: 2, not 1"
  )
  argument_error(
    check_arguments(list(hidden_dropout_ratios = c(0.5, 0.5))),
    "RectifierWithDropout"
  )
  argument_error(check_arguments(list(input_dropout_ratio = 1)), "input_dropout_ratio")
})

test_that("dropout without ratios is one half per layer", {
  ratios <- function(...) check_arguments(list(...))$hidden_dropout_ratios
  expect_identical(ratios(activation = "maxoutwithdropout", hidden = 1:3), rep(0.5, 3))
  expect_identical(ratios(activation = "TanhWithDropout", hidden = numeric()), numeric())
  expect_null(ratios(activation = "Tanh"))
})

test_that("row 100: rho and epsilon must not be zero where they are used", {
  argument_error(check_arguments(list(rho = 0)), "`rho` must be a number above 0")
  argument_error(check_arguments(list(epsilon = 0)), "`epsilon`")
  argument_error(check_arguments(list(optimizer = "adam", epsilon = 0)), "`epsilon`")
  expect_warning(
    check_arguments(list(adaptive_rate = FALSE, rho = 0, epsilon = 0)),
    class = "feedforward_ignored_argument_warning"
  )
})

test_that("row 101: one warning names all that the optimizer ignores", {
  warnings <- testthat::capture_warnings(
    check_arguments(list(rate = 0.01, momentum_stable = 0.9, rate_decay = 1))
  )
  expect_length(warnings, 1)
  expect_match(warnings, "`rate`, `momentum_stable`, `rate_decay`")
  ignored <- "feedforward_ignored_argument_warning"
  expect_warning(
    check_arguments(list(rate = 0.1)), "adaptive_rate = FALSE",
    class = ignored
  )
  expect_warning(
    check_arguments(list(optimizer = "adam", momentum_start = 0.9)), "adam",
    class = ignored
  )
  expect_warning(
    check_arguments(list(optimizer = "adam", weight_decay = 0.1)), "`weight_decay`",
    class = ignored
  )
  expect_warning(check_arguments(list(reproducible = TRUE, replicas = 4)), "`replicas`",
    class = ignored
  )
  expect_warning(check_arguments(list(stopping_rounds = 0, stopping_tolerance = 0.1)),
    "`stopping_tolerance`",
    class = ignored
  )
  silent <- list(
    list(rate = 0.1, momentum_start = 0.5, adaptive_rate = FALSE), list(rho = 0.9),
    list(optimizer = "sgd", rate = 0.1), list(optimizer = "adamw", weight_decay = 0.1),
    list(optimizer = "rmsprop", rho = 0.9, rate = 0.1), list(reproducible = TRUE),
    list(optimizer = "ADAM", beta1 = 0.8, rate_annealing = 1e-6)
  )
  for (given in silent) expect_warning(check_arguments(given), NA)
})

test_that("named optimizers bring their own values where none were given", {
  chosen <- function(...) {
    suppressWarnings(resolved(...))[c(
      "optimizer", "rate", "rho", "epsilon", "rate_annealing", "mini_batch_size"
    )]
  }
  as_list <- function(optimizer, rate, rho, epsilon, annealing, batch) {
    list(
      optimizer = optimizer, rate = rate, rho = rho, epsilon = epsilon,
      rate_annealing = annealing, mini_batch_size = batch
    )
  }
  expect_identical(chosen(), as_list("adadelta", 0.005, 0.99, 1e-8, 1e-6, 1))
  sgd <- as_list("sgd", 0.005, 0.99, 1e-8, 1e-6, 1)
  expect_identical(chosen(adaptive_rate = FALSE), sgd)
  expect_identical(chosen(optimizer = "sgd"), sgd)
  for (name in c("adam", "adamw")) {
    expect_identical(chosen(optimizer = name), as_list(name, 1e-3, 0.99, 1e-8, 0, 128))
  }
  expect_identical(
    chosen(optimizer = "rmsprop"), as_list("rmsprop", 1e-3, 0.99, 1e-8, 0, 128)
  )
  expect_identical(
    chosen(optimizer = "adagrad"), as_list("adagrad", 0.01, 0.99, 1e-10, 0, 128)
  )
  expect_identical(
    chosen(optimizer = "adam", rate = 0.5, mini_batch_size = 1, rate_annealing = 1e-6),
    as_list("adam", 0.5, 0.99, 1e-8, 1e-6, 1)
  )
  expect_identical(chosen(optimizer = "adam", nrow = 50)$mini_batch_size, 50)
  expect_identical(resolved(optimizer = "adamw")$weight_decay, 0.01)
  expect_identical(resolved(optimizer = "adam")$weight_decay, 0)
})

test_that("row 105: a mini-batch above the rows is clamped with a warning", {
  expect_warning(
    arguments <- resolved(mini_batch_size = 500, nrow = 30),
    "500.*30 rows train",
    class = "feedforward_clamped_argument_warning"
  )
  expect_identical(arguments$mini_batch_size, 30)
  expect_warning(resolved(optimizer = "adam", nrow = 30), NA)
})

test_that("replicas depend on the data alone", {
  expect_identical(resolved(nrow = 9999)$replicas, 1)
  expect_identical(resolved(nrow = 10000)$replicas, 8)
  expect_identical(resolved(nrow = 1e6, mini_batch_size = 2)$replicas, 1)
  sgd <- function(...) resolved(nrow = 20000, adaptive_rate = FALSE, ...)$replicas
  expect_identical(sgd(), 8)
  expect_identical(sgd(momentum_start = 0.5), 1)
  expect_identical(sgd(momentum_stable = 0.9), 1)
  interval <- function(...) resolved(...)$averaging_interval
  expect_identical(interval(hidden = c(10, 10), nrow = 1e5), 100)
  expect_identical(interval(hidden = c(200, 200), nrow = 99999), 100)
  expect_identical(interval(hidden = c(200, 200), nrow = 1e5), 500)
  expect_identical(resolved(nrow = 20000)$replicas, 8)
  expect_identical(resolved(nrow = 20000, reproducible = TRUE)$replicas, 1)
  expect_identical(resolved(nrow = 20000, optimizer = "adam")$replicas, 1)
  expect_identical(resolved(replicas = 3)$replicas, 3)
})

test_that("rounds are whole mini-batches", {
  expect_identical(resolved(hidden = 5)$averaging_interval, 100)
  expect_identical(resolved(averaging_interval = 7)$averaging_interval, 7)
  rounded <- resolved(hidden = 5, mini_batch_size = 32, replicas = 2)
  expect_identical(rounded$averaging_interval, 128)
  exact <- resolved(mini_batch_size = 32, replicas = 2, averaging_interval = 64)
  expect_identical(exact$averaging_interval, 64)
})

# Which distribution and loss come of those given; NA where they do not go together.
distributions <- c(
  "AUTO", "bernoulli", "multinomial", "gaussian", "poisson", "gamma", "tweedie",
  "laplace", "quantile", "huber"
)
losses <- c("Automatic", "CrossEntropy", "Quadratic", "Huber", "Absolute", "Quantile")

test_that("row 106: loss, distribution and response must agree", {
  expected <- function(kind, n_outputs) {
    table <- expand.grid(
      loss = losses, distribution = distributions, stringsAsFactors = FALSE
    )
    table$result <- NA_character_
    set <- function(distribution, loss, result) {
      table$result[table$distribution == distribution & table$loss == loss] <<- result
    }
    if (kind == "regression") {
      own <- c(
        gaussian = "Quadratic", laplace = "Absolute", quantile = "Quantile",
        huber = "Huber"
      )
      set("AUTO", "Automatic", "gaussian Quadratic")
      for (name in names(own)) {
        set("AUTO", own[[name]], paste(name, own[[name]]))
        set(name, own[[name]], paste(name, own[[name]]))
        set(name, "Automatic", paste(name, own[[name]]))
      }
      for (name in c("poisson", "gamma", "tweedie")) {
        set(name, "Automatic", paste(name, "Automatic"))
      }
      return(table)
    }
    auto <- if (n_outputs == 2) "bernoulli" else "multinomial"
    for (name in c("AUTO", "multinomial", if (n_outputs == 2) "bernoulli")) {
      final <- if (name == "AUTO") auto else name
      set(name, "Automatic", paste(final, "CrossEntropy"))
      set(name, "CrossEntropy", paste(final, "CrossEntropy"))
      set(name, "Quadratic", paste(final, "Quadratic"))
    }
    table
  }
  for (case in list(list("binomial", 2), list("multinomial", 5), list("regression", 1))) {
    table <- expected(case[[1]], case[[2]])
    for (i in seq_len(nrow(table))) {
      got <- tryCatch(
        {
          arguments <- resolved(
            loss = table$loss[i], distribution = table$distribution[i],
            kind = case[[1]], n_outputs = case[[2]]
          )
          paste(arguments$distribution, arguments$loss)
        },
        feedforward_argument_error = function(e) NA_character_
      )
      expect_identical(
        got, table$result[i],
        label = paste(case[[1]], table$distribution[i], table$loss[i])
      )
    }
  }
})

test_that("a loss that does not fit is named with what it does not fit", {
  argument_error(resolved(loss = "CrossEntropy"), "CrossEntropy.*numeric")
  argument_error(
    resolved(loss = "Absolute", distribution = "gaussian"), "\"Absolute\".*\"gaussian\""
  )
  argument_error(
    resolved(loss = "Huber", kind = "binomial", n_outputs = 2), "\"Huber\".*2 levels"
  )
  argument_error(
    resolved(distribution = "poisson", kind = "multinomial", n_outputs = 3),
    "\"poisson\".*3 levels"
  )
  argument_error(resolved(distribution = "bernoulli"), "as a factor|response a factor")
})

test_that("row 109: stopping metrics must exist for the response", {
  fine <- list(
    binomial = c(
      "logloss", "MSE", "RMSE", "AUC", "AUCPR", "lift_top_group", "misclassification",
      "mean_per_class_error"
    ),
    multinomial = c(
      "logloss", "MSE", "RMSE", "misclassification", "mean_per_class_error"
    ),
    regression = c("deviance", "MSE", "RMSE", "MAE", "RMSLE")
  )
  outputs <- c(binomial = 2, multinomial = 3, regression = 1)
  for (kind in names(fine)) {
    for (metric in unique(unlist(fine))) {
      code <- quote(resolved(
        stopping_metric = metric, kind = kind, n_outputs = outputs[[kind]]
      ))
      if (metric %in% fine[[kind]]) {
        expect_identical(eval(code)$stopping_metric, metric)
      } else {
        argument_error(eval(code), metric, label = paste(kind, metric))
      }
    }
  }
  expect_identical(resolved()$stopping_metric, "deviance")
  expect_identical(resolved(kind = "binomial", n_outputs = 2)$stopping_metric, "logloss")
})

test_that("stopping on AUC of more than two classes needs auc_type", {
  auc <- function(...) {
    resolved(stopping_metric = "AUC", kind = "multinomial", n_outputs = 3, ...)
  }
  argument_error(auc(), "auc_type")
  argument_error(auc(auc_type = "none"), "auc_type")
  expect_identical(auc(auc_type = "macro_ovo")$auc_type, "MACRO_OVO")
})

test_that("row 85: an offset is for regression only", {
  argument_error(
    resolved(kind = "binomial", n_outputs = 2, offset = TRUE), "offset_column"
  )
  expect_error(resolved(offset = TRUE), NA)
})

test_that("problems with the response come together, too", {
  error <- expect_error(
    resolved(
      loss = "Huber", stopping_metric = "deviance", kind = "binomial", n_outputs = 2,
      offset = TRUE
    ),
    class = "feedforward_argument_error"
  )
  expect_length(error$problems, 3)
})

test_that("row 114: initial weights and biases must have the network's dimensions", {
  started <- function(weights = NULL, biases = NULL, activation = "Tanh") {
    resolved(
      hidden = c(3, 2), activation = activation, initial_weights = weights,
      initial_biases = biases, kind = "binomial", n_inputs = 4, n_outputs = 2
    )
  }
  w <- list(matrix(1, 3, 4), matrix(2L, 2, 3), as.data.frame(matrix(3, 2, 2)))
  b <- list(1:3, data.frame(bias = c(4, 5)), matrix(6, 2, 1))
  got <- started(w, b)
  expect_identical(got$initial_weights, list(
    matrix(1, 3, 4), matrix(2, 2, 3), matrix(3, 2, 2)
  ))
  expect_identical(got$initial_biases, list(c(1, 2, 3), c(4, 5), c(6, 6)))
  # Either list alone, and single layers, may be left to chance.
  expect_null(started(w)$initial_biases)
  expect_null(started(NULL, b)$initial_weights)
  expect_identical(
    started(list(NULL, w[[2]], NULL))$initial_weights, list(NULL, matrix(2, 2, 3), NULL)
  )
  # Two rows per Maxout unit, none in the output layer.
  expect_error(
    started(list(matrix(1, 6, 4), matrix(1, 4, 3), w[[3]]), activation = "Maxout"), NA
  )
  argument_error(started(w, activation = "Maxout"), "must be 6 x 4, .* not 3 x 4")
  argument_error(started(w[1:2]), "must have 3 entries.*not 2")
  argument_error(started(rev(w)), "initial_weights[[1]]` must be 3 x 4", fixed = TRUE)
  argument_error(started(NULL, list(1:2, 1:2, 1:2)), "initial_biases[[1]]", fixed = TRUE)
  argument_error(started(replace(w, 1, list("a"))), "must be numeric")
  for (bad in c(NaN, NA, Inf, 1e300)) {
    argument_error(started(replace(w, 2, list(matrix(bad, 2, 3)))), "single precision")
  }
  # Before the inputs are known nothing is judged.
  expect_identical(resolved(initial_weights = w, n_inputs = NULL)$initial_weights, w)
})

test_that("row 195: -1 draws from R's generator, other seeds leave it alone", {
  set.seed(1)
  first <- resolved()$seed
  second <- resolved()$seed
  expect_false(first == second)
  set.seed(1)
  expect_identical(resolved(seed = "-1")$seed, first)
  set.seed(1)
  before <- .Random.seed
  expect_identical(resolved(seed = 42)$seed, 42)
  expect_identical(resolved(seed = "-8664354335142703762")$seed, "-8664354335142703762")
  try(resolved(loss = "CrossEntropy"), silent = TRUE)
  expect_identical(.Random.seed, before)
})

test_that("what was given stays known after resolving", {
  arguments <- resolved(optimizer = "adam", hidden = 5, n_inputs = 3)
  expect_identical(attr(arguments, "given"), c("optimizer", "hidden"))
  expect_identical(names(arguments), names(check_arguments(list())))
})

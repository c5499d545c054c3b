# The worked examples of H2O's documents whose data are at hand, with H2O's figures beside
# ours: published ones, or measured on H2O itself (golden/h2o-figures.csv).
#
#   make bench-examples             SEEDS=5 by default

source("bench/common.R")
source("bench/data.R")

# One line: what was measured, H2O's figure, ours over the seeds.
example <- function(name, figure, h2o, fit) {
  values <- vapply(seq_len(numbers_set("SEEDS", 5)), function(seed) {
    suppressWarnings(fit(seed))
  }, 0)
  data.frame(
    example = name, figure = figure, H2O = h2o, mean = signif(mean(values), 4),
    from = signif(min(values), 4), to = signif(max(values), 4)
  )
}

prostate <- function(seed, epochs = 10000) {
  task <- prostate_task(seed)
  model <- deeplearning(
    task$x, task$y, rbind(task$train, task$test),
    hidden = c(10, 10, 10), activation = "Tanh", epochs = epochs, seed = seed,
    stopping_rounds = 0, classification_stop = -1
  )
  model$training_metrics$logloss
}

ecg <- function(seed, what) {
  train <- read_table("anomaly", "ecg_discord_train.csv", header = FALSE)
  test <- read_table("anomaly", "ecg_discord_test.csv", header = FALSE)
  model <- deeplearning(
    train,
    autoencoder = TRUE, activation = "Tanh", hidden = 50, l1 = 1e-5, epochs = 100,
    seed = seed
  )
  error <- anomaly(model, test)
  if (!identical(order(-error)[1:3], c(22L, 23L, 21L))) stop("Other rows stand out.")
  switch(what, outlier = min(error[21:23]), normal = max(error[1:20]))
}

spirals <- function(seed) {
  rows <- read_table("small", "two_spiral.csv")
  rows$Class <- factor(rows$Class)
  model <- deeplearning(
    Class ~ ., rows,
    hidden = 100, activation = "Tanh", epochs = 5000, rho = 0.99, epsilon = 5e-3,
    initial_weight_distribution = "Normal", initial_weight_scale = 2.5,
    train_samples_per_iteration = 10000, stopping_rounds = 0, classification_stop = -1,
    seed = seed
  )
  model$training_metrics$mean_per_class_error
}

airline <- function(seed) {
  task <- airline_task(seed)
  model <- deeplearning(
    task$x, task$y, task$train, hidden = c(10, 10), epochs = 5, seed = seed
  )
  performance(model, task$test)$AUC
}

cover <- function(seed) {
  task <- covtype_task(seed)
  model <- deeplearning(
    task$x, task$y, task$train,
    hidden = c(128, 128, 128), epochs = 30, adaptive_rate = FALSE, rate = 0.01,
    rate_annealing = 2e-6, momentum_start = 0.2, momentum_stable = 0.4,
    momentum_ramp = 1e7, l1 = 1e-5, l2 = 1e-5, max_w2 = 10, stopping_rounds = 0,
    overwrite_with_best_model = FALSE, seed = seed
  )
  performance(model, task$test)$logloss
}

# MNIST's test file in three parts: four epochs on one, then to 20 with dropout.
mnist_checkpoint <- function(seed, what) {
  rows <- mnist_task(seed)
  data <- rows$test
  part <- with_seed(seed, sample(rep(1:3, round(c(0.7, 0.15, 0.15) * nrow(data)))))
  fit <- function(...) {
    deeplearning(
      rows$x, rows$y, data[part == 1, ],
      validation_frame = data[part == 2, ], hidden = c(200, 200),
      activation = "RectifierWithDropout", seed = seed, ...
    )
  }
  model <- fit(epochs = 4, hidden_dropout_ratios = c(0, 0))
  if (what == "20") {
    model <- fit(epochs = 20, hidden_dropout_ratios = c(0, 0.5), checkpoint = model)
  }
  model$validation_metrics$mean_per_class_error
}

insurance_claims <- function(seed, offset) {
  rows <- MASS::Insurance
  for (name in c("Group", "Age")) class(rows[[name]]) <- "factor"
  rows$offset <- log(rows$Holders)
  model <- deeplearning(
    c("District", "Group", "Age"), "Claims", rows,
    offset_column = if (offset) "offset", distribution = "tweedie", hidden = 1,
    activation = "Tanh", epochs = 1000, stopping_rounds = 0, seed = seed
  )
  model$training_metrics$mean_residual_deviance
}

print_machine()
table <- rbind(
  example(
    "prostate, 10-10-10, 10,000 epochs", "training logloss", ".040 to .082", prostate
  ),
  example(
    "prostate, 10 epochs", "training logloss", ".51 to .55",
    function(seed) prostate(seed, 10)
  ),
  example("ECG autoencoder", "least of rows 21 to 23", "2.8 to 2.9", function(seed) {
    ecg(seed, "outlier")
  }),
  example("ECG autoencoder", "largest of the others", ".0045 to .005", function(seed) {
    ecg(seed, "normal")
  }),
  example("two spirals", "per-class error", ".016 to .068", spirals),
  example("airline, 10-10, 5 epochs", "test AUC", ".706 to .718", airline),
  example("covtype.20k, 128 x 3, annealed", "test logloss", ".454 to .485", cover),
  example(
    "MNIST test file, 4 epochs", "validation per-class error", ".0674",
    function(seed) mnist_checkpoint(seed, "4")
  ),
  example(
    "the same, on to 20", "validation per-class error", ".0560",
    function(seed) mnist_checkpoint(seed, "20")
  ),
  if (requireNamespace("MASS", quietly = TRUE)) {
    rbind(
      example("Insurance, tweedie", "training deviance", ".556", function(seed) {
        insurance_claims(seed, FALSE)
      }),
      example("Insurance, tweedie, offset", "training deviance", ".262", function(seed) {
        insurance_claims(seed, TRUE)
      })
    )
  }
)
print_table(table, "H2O's examples")

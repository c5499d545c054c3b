# What must not matter, and what must matter in exactly one way.

small_data <- function(n = 60) {
  data.frame(
    u = stats::rnorm(n), f = factor(sample(c("a", "b", "c"), n, TRUE)),
    g = factor(sample(letters[1:5], n, TRUE)), v = stats::runif(n),
    y = stats::rnorm(n)
  )
}

quick <- function(..., epochs = 3, seed = 9) {
  few_steps(..., hidden = c(6, 4), epochs = epochs, seed = seed)
}

test_that("a weight of 2 is the row twice in loss and gradient", {
  set.seed(41)
  for (loss in reference_losses) {
    problem <- exact_float(reference_problem(loss, 4, 3))
    problem$target$weights <- c(2, 1, 1, 1)
    network <- reference_network(3, c(4, 3), problem$outputs, "Tanh", problem$output)
    twice <- c(1, 1:4)
    double <- list(
      x = problem$x[twice, ], target = lapply(problem$target, function(v) v[twice])
    )
    double$target$weights <- rep(1, 5)
    none <- list(
      tweedie_power = 1.5, quantile_alpha = 0.5, huber_delta = 1, l1 = 0, l2 = 0
    )
    a <- core_gradient(network, problem, loss, none)
    b <- core_gradient(network, double, loss, none)
    expect_equal(4 * a$loss, 5 * b$loss, tolerance = 1e-12)
    expect_equal(
      4 * unlist(a[c("weights", "biases")]), 5 * unlist(b[c("weights", "biases")]),
      tolerance = 1e-12, label = loss
    )
  }
})

test_that("a weight of 2 is the row twice in every metric", {
  set.seed(42)
  numbers <- c("MSE", "RMSE", "mae", "r2", "mean_residual_deviance", "logloss", "AUC",
    "pr_auc", "Gini", "mean_per_class_error", "lift_top_group", "nobs")
  classes <- list(
    regression = function(n) stats::rnorm(n),
    binomial = function(n) factor(sample(c("no", "yes"), n, TRUE)),
    multinomial = function(n) factor(sample(c("p", "q", "r"), n, TRUE))
  )
  for (kind in names(classes)) {
    data <- small_data()
    data$y <- classes[[kind]](60)
    data$w <- sample(1:3, 60, TRUE)
    repeated <- data[rep(1:60, data$w), ]
    model <- quick(
      x = c("u", "f", "g", "v"), y = "y", training_frame = data, weights_column = "w"
    )
    once <- performance(model, data)
    repeated$w <- 1
    again <- performance(model, repeated)
    for (name in setdiff(intersect(numbers, names(once)), "nobs")) {
      expect_equal(
        once[[name]], again[[name]], tolerance = 1e-6, label = paste(kind, name)
      )
    }
    counts <- function(metrics) {
      vapply(metrics$cm$table, function(v) if (is.numeric(v)) sum(v) else 0, 0)
    }
    expect_equal(counts(once), counts(again), tolerance = 1e-6, label = kind)
    if (kind == "binomial") {
      expect_equal(
        once$gains_lift_table, again$gains_lift_table,
        tolerance = 1e-6, ignore_attr = TRUE
      )
    }
  }
})

test_that("a weight of 0 is the row gone, same bits", {
  set.seed(43)
  data <- small_data()
  data$w <- sample(c(0, 1, 2.5), 60, TRUE)
  # A level and extremes that only rows without weight show.
  data$f <- factor(data$f, c("a", "b", "c", "only"))
  data$f[which(data$w == 0)[1]] <- "only"
  data$u[which(data$w == 0)[2]] <- 1e6
  gone <- data[data$w > 0, ]
  x <- c("u", "f", "g", "v")
  for (batch in c(1, 8)) {
    with <- quick(
      x = x, y = "y", training_frame = data, weights_column = "w", mini_batch_size = batch
    )
    without <- quick(
      x = x, y = "y", training_frame = gone, weights_column = "w", mini_batch_size = batch
    )
    expect_identical(with$weights, without$weights)
    expect_identical(with$biases, without$biases)
    expect_identical(predict(with, gone), predict(without, gone))
    expect_equal(with$training_metrics$MSE, without$training_metrics$MSE)
  }
})

test_that("weights of 1 are no weights, same bits", {
  set.seed(44)
  data <- small_data()
  data$w <- 1
  x <- c("u", "f", "g", "v")
  a <- quick(x = x, y = "y", training_frame = data, weights_column = "w")
  b <- quick(x = x, y = "y", training_frame = data)
  expect_identical(parameters_of(a), parameters_of(b))
})

test_that("only the ratios of weights matter", {
  set.seed(45)
  data <- small_data()
  ratios <- sample(c(0.5, 1, 2.5), 60, TRUE)
  # Means and deviations count a weight of 2 as two rows, so nothing is standardised.
  plain <- function(scale, ...) {
    data$w <- ratios * scale
    parameters_of(quick(
      x = c("u", "f", "g", "v"), y = "y", training_frame = data, weights_column = "w",
      standardize = FALSE, l1 = 1e-3, ...
    ))
  }
  for (optimizer in c("sgd", "adadelta", "adam")) {
    one <- plain(1, optimizer = optimizer)
    expect_identical(plain(2^20, optimizer = optimizer), one)
    for (scale in c(1e-9, 1 / sum(ratios), 1000)) {
      expect_equal(plain(scale, optimizer = optimizer), one, tolerance = 1e-5)
    }
  }
})

# Trained from the same weights, brought to the order of each model's own inputs.
from_named <- function(data, first, network, ...) {
  arguments <- list(
    x = setdiff(names(data), "y"), y = "y", training_frame = data, hidden = c(6, 4),
    activation = "Tanh", seed = 9, ...
  )
  inputs <- colnames(weights(do.call(deeplearning, c(arguments, epochs = 0)), 1))
  network$weights[[1]] <- unname(first[, inputs])
  do.call(few_steps, c(arguments, list(
    epochs = 4, initial_weights = network$weights, initial_biases = network$biases
  )))
}

test_that("the order of columns and of levels does not matter", {
  set.seed(45)
  data <- small_data()
  inputs <- colnames(weights(quick(y ~ ., data, epochs = 0), 1))
  network <- reference_network(length(inputs), c(6, 4), 1, "Tanh", "linear")
  first <- network$weights[[1]]
  colnames(first) <- inputs
  for (batch in c(1, 10)) {
    plain <- from_named(data, first, network, mini_batch_size = batch)
    columns <- from_named(
      data[c("y", "v", "g", "f", "u")], first, network, mini_batch_size = batch
    )
    expect_equal(predict(columns, data), predict(plain, data), tolerance = 1e-6)

    other <- data
    other$f <- factor(other$f, c("c", "a", "b"))
    other$g <- factor(other$g, rev(levels(other$g)))
    levels <- from_named(other, first, network, mini_batch_size = batch)
    expect_false(identical(colnames(weights(levels, 1)), inputs))
    expect_equal(predict(levels, other), predict(plain, data), tolerance = 1e-6)
    # New data may name the levels in any order.
    expect_identical(predict(plain, other), predict(plain, data))
  }
})

test_that("a constant column changes no bit", {
  set.seed(46)
  data <- small_data()
  wide <- cbind(k = 5, data, z = factor("same"))
  plain <- quick(x = c("u", "f", "g", "v"), y = "y", training_frame = data)
  more <- suppressWarnings(
    quick(x = c("k", "u", "f", "g", "v", "z"), y = "y", training_frame = wide)
  )
  expect_identical(more$weights, plain$weights)
  expect_identical(predict(more, wide), predict(plain, data))
})

test_that("predictions do not depend on who stands beside", {
  set.seed(47)
  data <- small_data(150)
  data$class <- factor(sample(c("p", "q", "r"), 150, TRUE))
  data$u[5] <- NA
  x <- c("u", "f", "g", "v")
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (y in c("y", "class")) {
      model <- few_steps(
        x = x, y = y, training_frame = data, hidden = c(17, 9), activation = activation,
        epochs = 2, seed = 2
      )
      type <- if (y == "y") "response" else "prob"
      all <- as.matrix(predict(model, data, type = type))
      single <- do.call(rbind, lapply(1:150, function(i) {
        as.matrix(predict(model, data[i, ], type = type))
      }))
      expect_identical(unname(single), unname(all), label = paste(activation, y))
      order <- sample(150)
      expect_identical(
        unname(as.matrix(predict(model, data[order, ], type = type))),
        unname(all[order, , drop = FALSE])
      )
      parts <- rbind(
        as.matrix(predict(model, data[1:37, ], type = type)),
        as.matrix(predict(model, data[38:150, ], type = type))
      )
      expect_identical(unname(parts), unname(all))
      threads <- predict(model, data, type = type, threads = 2)
      expect_identical(unname(as.matrix(threads)), unname(all))
    }
  }
})

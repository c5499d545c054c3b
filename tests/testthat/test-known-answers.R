# Answers known from elsewhere: linear models without a hidden layer, small problems that
# a network must be able to learn, figures that must equal their definition.

# No hidden layer, row by row, with a rate that falls to nothing.
linear_fit <- function(formula, data, ..., epochs = 1500, rate = 0.02) {
  do.call(deeplearning, c(
    list(formula, data, hidden = integer(), epochs = epochs),
    bare(
      adaptive_rate = FALSE, rate = rate, rate_annealing = 2e-3, standardize = TRUE,
      shuffle_training_data = TRUE, ...
    )
  ))
}

# Coefficients on the scale of the data: intercept first.
coefficients_of <- function(model, unit = 1) {
  e <- model$encoding$groups$number
  r <- model$response
  inputs <- colnames(weights(model, 1))
  slope <- weights(model, 1)[unit, ] * e$scales[inputs]
  intercept <- biases(model, 1)[[unit]] - sum(slope * e$means[inputs])
  scale <- if (is.null(r$scale)) 1 else r$scale
  mean <- if (is.null(r$mean)) 0 else r$mean
  unname(c(intercept / scale + mean, slope / scale))
}

linear_data <- function(n = 200) {
  data <- data.frame(a = stats::rnorm(n), b = stats::runif(n, 2, 5), c = stats::rexp(n))
  data$eta <- 0.3 + 0.5 * data$a - 0.2 * data$b + 0.3 * data$c
  data
}

test_that("without a hidden layer, gaussian is least squares", {
  set.seed(31)
  data <- linear_data()
  data$y <- 3 * data$eta + stats::rnorm(200, sd = 0.5)
  truth <- stats::coef(stats::lm(y ~ a + b + c, data))
  model <- linear_fit(y ~ a + b + c, data)
  expect_lte(relative_gap(coefficients_of(model), truth), 1e-3)
  full <- do.call(deeplearning, c(
    list(y ~ a + b + c, data, hidden = integer(), epochs = 400),
    bare(
      adaptive_rate = FALSE, rate = 0.1, rate_annealing = 0, standardize = TRUE,
      mini_batch_size = 200
    )
  ))
  expect_equal(coefficients_of(full), unname(truth), tolerance = 1e-5)
})

test_that("without a hidden layer, two classes are logistic regression", {
  set.seed(32)
  data <- linear_data()
  data$y <- factor(ifelse(stats::runif(200) < stats::plogis(data$eta), "yes", "no"))
  truth <- stats::glm(y ~ a + b + c, stats::binomial(), data)
  model <- linear_fit(y ~ a + b + c, data)
  p <- predict(model, data, type = "prob")[, "yes"]
  deviance <- -2 * sum(log(ifelse(data$y == "yes", p, 1 - p)))
  expect_equal(deviance, stats::deviance(truth), tolerance = 1e-3)
  # Both units count: their difference is the logit.
  logit <- coefficients_of(model, 2) - coefficients_of(model, 1)
  expect_equal(logit, unname(stats::coef(truth)), tolerance = 0.05)
})

test_that("without a hidden layer, three classes are multinomial regression", {
  skip_if_not_installed("nnet")
  set.seed(33)
  data <- linear_data()
  score <- cbind(data$eta, 0, -data$a) + matrix(-log(-log(stats::runif(600))), 200)
  data$y <- factor(c("u", "v", "w")[max.col(score)])
  truth <- nnet::multinom(y ~ a + b + c, data, trace = FALSE, maxit = 500)
  model <- linear_fit(y ~ a + b + c, data)
  p <- predict(model, data, type = "prob")
  deviance <- -2 * sum(log(p[cbind(1:200, as.integer(data$y))]))
  expect_equal(deviance, stats::deviance(truth), tolerance = 1e-3)
})

test_that("without a hidden layer, counts and costs are log-linear models", {
  set.seed(34)
  data <- linear_data()
  data$y <- stats::rpois(200, exp(data$eta))
  truth <- stats::glm(y ~ a + b + c, stats::poisson(), data)
  model <- linear_fit(y ~ a + b + c, data, distribution = "poisson", rate = 0.005)
  f <- predict(model, data)
  deviance <- 2 * sum(ifelse(data$y > 0, data$y * log(data$y / f), 0) - data$y + f)
  expect_equal(deviance, stats::deviance(truth), tolerance = 1e-3)
  expect_equal(model$training_metrics$mean_residual_deviance, deviance / 200,
    tolerance = 1e-8
  )

  data$y <- stats::rgamma(200, shape = 3, rate = 3 / exp(data$eta))
  truth <- stats::glm(y ~ a + b + c, stats::Gamma("log"), data)
  model <- linear_fit(y ~ a + b + c, data, distribution = "gamma", rate = 0.005)
  f <- predict(model, data)
  deviance <- 2 * sum(log(f / data$y) + data$y / f - 1)
  expect_equal(deviance, stats::deviance(truth), tolerance = 1e-3)
})

test_that("weights and offsets enter as in a generalised linear model", {
  set.seed(35)
  data <- linear_data()
  data$w <- sample(0:3, 200, TRUE)
  data$exposure <- stats::runif(200, -1, 1)
  data$y <- stats::rpois(200, exp(data$eta + data$exposure))
  truth <- stats::glm(
    y ~ a + b + c, stats::poisson(), data, weights = w, offset = exposure
  )
  model <- do.call(deeplearning, c(
    list(
      x = c("a", "b", "c"), y = "y", training_frame = data, weights_column = "w",
      offset_column = "exposure", distribution = "poisson", hidden = integer(),
      epochs = 600
    ),
    bare(
      adaptive_rate = FALSE, rate = 0.1, rate_annealing = 0, standardize = TRUE,
      mini_batch_size = sum(data$w > 0)
    )
  ))
  expect_equal(coefficients_of(model), unname(stats::coef(truth)), tolerance = 1e-3)
  expect_equal(predict(model, data), unname(stats::fitted(truth)), tolerance = 1e-3)
})

test_that("laplace and quantile without inputs that help find median and quantile", {
  set.seed(36)
  data <- data.frame(a = stats::rnorm(301), y = stats::rexp(301))
  for (alpha in c(0.25, 0.5, 0.9)) {
    given <- if (alpha == 0.5) {
      list(distribution = "laplace")
    } else {
      list(distribution = "quantile", quantile_alpha = alpha)
    }
    model <- do.call(linear_fit, c(
      list(y ~ a, data, epochs = 100, rate = 0.05), given
    ))
    below <- mean(data$y < predict(model, data))
    expect_equal(below, alpha, tolerance = 0.03)
  }
})

test_that("XOR is learned, by every activation", {
  xor <- data.frame(
    a = c(0, 0, 1, 1), b = c(0, 1, 0, 1), y = factor(c("no", "yes", "yes", "no"))
  )
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (seed in 1:3) {
      model <- deeplearning(
        y ~ a + b, xor, hidden = 16, activation = activation, epochs = 1000,
        rate = 0.01, optimizer = "adam", stopping_rounds = 0, seed = seed
      )
      expect_identical(
        as.character(predict(model, xor, type = "class")), as.character(xor$y),
        label = paste(activation, seed)
      )
    }
  }
})

test_that("two spirals are told apart", {
  turn <- seq(0, 3 * pi, length.out = 97)
  arm <- cbind((turn + 1) * cos(turn), (turn + 1) * sin(turn))
  data <- data.frame(rbind(arm, -arm), y = factor(rep(c("in", "out"), each = 97)))
  # Narrow first weights leave Tanh almost linear, where Adam may stay: hence Normal.
  starts <- c(Tanh = "Normal", Rectifier = "UniformAdaptive", Maxout = "UniformAdaptive")
  for (activation in names(starts)) {
    for (seed in 1:3) {
      model <- deeplearning(
        y ~ ., data, hidden = c(40, 40), activation = activation, epochs = 500,
        optimizer = "adam", rate = 0.005, mini_batch_size = 16, stopping_rounds = 0,
        initial_weight_distribution = starts[[activation]], seed = seed
      )
      error <- mean(predict(model, data, type = "class") != data$y)
      expect_lte(error, 0.1, label = paste(activation, seed, "error"))
    }
  }
})

test_that("H2O's two spirals are told apart by the bar of its own test", {
  spirals <- utils::read.csv(shared_path("data", "small", "two_spiral.csv"))
  spirals$Class <- factor(spirals$Class)
  model <- deeplearning(
    Class ~ ., spirals, hidden = 100, activation = "Tanh", epochs = 5000, rho = 0.99,
    epsilon = 5e-3, initial_weight_distribution = "Normal", initial_weight_scale = 2.5,
    stopping_rounds = 0, replicas = 1, score_duty_cycle = 0, seed = 1234
  )
  expect_lte(mean(predict(model, spirals, type = "class") != spirals$Class), 0.1)
})

test_that("eight rows with random labels are learned by heart", {
  set.seed(37)
  data <- data.frame(matrix(stats::rnorm(8 * 4), 8))
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (seed in 1:5) {
      data$y <- factor(sample(c("p", "q"), 8, TRUE, c(0.5, 0.5)), c("p", "q"))
      data$y[1:2] <- c("p", "q")
      model <- deeplearning(
        y ~ ., data, hidden = c(32, 32), activation = activation, epochs = 2000,
        optimizer = "adam", rate = 0.01, mini_batch_size = 8, stopping_rounds = 0,
        classification_stop = -1, seed = seed
      )
      case <- paste(activation, seed)
      expect_lt(model$training_metrics$logloss, 1e-3, label = case)
      expect_identical(predict(model, data, type = "class"), data$y, label = case)

      data$y <- stats::rnorm(8)
      model <- deeplearning(
        y ~ ., data, hidden = c(32, 32), activation = activation, epochs = 2000,
        optimizer = "adam", rate = 0.01, mini_batch_size = 8, stopping_rounds = 0,
        regression_stop = -1, seed = seed, rate_annealing = 1e-4
      )
      expect_lt(model$training_metrics$MSE, 1e-6, label = case)
    }
  }
})

test_that("a shifted and stretched response shifts and stretches predictions", {
  set.seed(38)
  data <- data.frame(a = stats::rnorm(60), b = stats::runif(60))
  data$y <- data$a^2 + data$b
  fit <- function(y, ...) {
    data$y <- y
    predict(few_steps(y ~ ., data, hidden = 8, epochs = 5, seed = 3, ...), data)
  }
  plain <- fit(data$y)
  expect_equal(fit(data$y + 100), plain + 100, tolerance = 1e-5)
  expect_equal(fit(data$y * 50 - 7), plain * 50 - 7, tolerance = 1e-5)
  expect_equal(
    fit(data$y * 50 - 7, distribution = "laplace"),
    fit(data$y, distribution = "laplace") * 50 - 7,
    tolerance = 1e-5
  )
})

test_that("metrics told by the model are those of its predictions", {
  model <- deeplearning(Sepal.Length ~ ., iris, hidden = 5, epochs = 5, seed = 4)
  error <- predict(model, iris) - iris$Sepal.Length
  expect_equal(model$training_metrics$MSE, mean(error^2), tolerance = 1e-8)
  expect_equal(model$training_metrics$mae, mean(abs(error)), tolerance = 1e-8)
  expect_equal(performance(model, iris)$MSE, mean(error^2), tolerance = 1e-12)

  model <- few_steps(Species ~ ., iris, hidden = 5, epochs = 5, seed = 4)
  p <- predict(model, iris, type = "prob")
  p_true <- p[cbind(1:150, as.integer(iris$Species))]
  expect_equal(model$training_metrics$logloss, -mean(log(p_true)), tolerance = 1e-8)
  expect_equal(model$training_metrics$MSE, mean((1 - p_true)^2), tolerance = 1e-8)
  expect_equal(rowSums(p), rep(1, 150), tolerance = 1e-6, ignore_attr = TRUE)
})

test_that("the best model is the minimum of the history", {
  set.seed(39)
  data <- data.frame(a = stats::rnorm(100), b = stats::rnorm(100))
  data$y <- data$a * data$b + stats::rnorm(100)
  valid <- data[51:100, ]
  model <- deeplearning(
    y ~ ., data[1:50, ], validation_frame = valid, hidden = c(20, 20), epochs = 30,
    score_each_iteration = TRUE, train_samples_per_iteration = 50, stopping_rounds = 0,
    seed = 5
  )
  history <- model$scoring_history$validation_deviance
  best <- mean((predict(model, valid) - valid$y)^2)
  expect_equal(best, min(history, na.rm = TRUE), tolerance = 1e-8)
})

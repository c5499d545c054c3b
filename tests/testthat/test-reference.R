# The reference of helper-reference.R is itself on trial here: its gradients against
# differences, its training against what H2O computed, its predictions against H2O's.

test_that("the reference's gradients are the slopes of its losses", {
  set.seed(7)
  settings <- list(
    huber_delta = 0.8, quantile_alpha = 0.3, tweedie_power = 1.4, l1 = 0.01, l2 = 0.02
  )
  hidden <- list(integer(), 4, c(4, 3), c(4, 3, 3))
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (loss in reference_losses) {
      for (depth in 0:3) {
        case <- paste(activation, loss, depth)
        problem <- reference_problem(loss, rows = 5, inputs = 3)
        network <- reference_network(
          3, hidden[[depth + 1]], problem$outputs, activation, problem$output
        )
        masks <- if (depth == 2) {
          list(NULL, matrix(c(0, 1.5), 5, 4), matrix(c(2, 0, 2), 5, 3))
        }
        value <- function(network) {
          reference_gradient(
            network, problem$x, problem$target, loss, settings, masks
          )$loss
        }
        exact <- reference_gradient(
          network, problem$x, problem$target, loss, settings, masks
        )
        exact <- unlist(c(exact$weights, exact$biases))
        slope <- difference_gradient(network, value)
        gap <- abs(exact - slope) / pmax(abs(exact) + abs(slope), 1e-6)
        expect_lte(max(gap), 1e-5, label = paste(case, "worst gap"))
        expect_lte(relative_gap(exact, slope), 1e-8, label = paste(case, "whole gap"))
      }
    }
  }
})

test_that("the reference repeats H2O's training steps, and ours where we differ", {
  cases <- jsonlite::fromJSON(test_path("fixtures", "steps.json"), simplifyVector = FALSE)
  expect_length(cases, 17)
  for (case in cases) {
    steps <- read_steps(case)
    problem <- steps_problem(steps)
    given <- steps$arguments
    o <- do.call(reference_options, c(
      list(
        optimizer = if (given$adaptive_rate) "adadelta" else "sgd", loss = problem$loss,
        nesterov = !isFALSE(given$nesterov_accelerated_gradient),
        settings = given[intersect(
          names(given), c("l1", "l2", "quantile_alpha", "tweedie_power")
        )]
      ),
      given[intersect(names(given), c(
        "rho", "epsilon", "rate", "rate_annealing", "rate_decay", "momentum_start",
        "momentum_stable", "max_w2"
      ))]
    ))
    end <- reference_train(
      problem$network, problem$x, list(y = problem$y), o, epochs = 2
    )
    if (!is.null(steps$h2o)) {
      # H2O's roots are off by up to 4 %.
      expect_lt(max(abs(parameters_of(end) - parameters_of(steps$h2o))), 0.01)
    }
    gap <- abs(parameters_of(end) - parameters_of(steps))
    expect_lte(max(gap), 1e-6, label = paste(steps$case, "largest gap"))
  }
})

test_that("H2O's weights give H2O's predictions in the reference", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (case in names(golden$models)) {
    model <- golden$models[[case]]
    given <- model$arguments
    train <- golden$frames[[model$train]]
    new <- golden$frames[[model$new]]
    names <- colnames(model$weights[[1]])
    x <- golden_inputs(names, train, new, given)
    network <- golden_network(model)
    link <- reference_forward(network, x)$link
    if (is.null(model$levels)) {
      identity <- !is.null(model$response_scale)
      offset <- if (is.null(given$offset_column)) 0 else new[[given$offset_column]]
      if (identity) {
        # H2O leaves out the response's mean where there is an offset.
        mean <- if (is.null(given$offset_column)) model$response_mean else 0
        prediction <- link[, 1] / model$response_scale + mean + offset
      } else {
        prediction <- exp(link[, 1] + offset)
      }
    } else {
      prediction <- reference_softmax(link)
    }
    rows <- rep(TRUE, nrow(new))
    # H2O feeds 0 for a missing number, which is the mean only when standardised.
    if (!given$standardize) rows <- !is.na(new$Distance)
    prediction <- as.matrix(prediction)[rows, ]
    expected <- as.matrix(model$predictions)[rows, ]
    gap <- abs(prediction - expected) / pmax(1, abs(expected))
    expect_lte(max(gap), 1e-9, label = paste(case, "largest gap"))
  }
})

test_that("a replica without company is plain training, and averages are weighted", {
  set.seed(3)
  problem <- reference_problem("gaussian", rows = 10, inputs = 3)
  network <- reference_network(3, 4, 1, "Tanh", "linear")
  o <- reference_options(optimizer = "sgd", rate = 0.05, averaging_interval = 4)
  train <- function(...) {
    reference_train(
      network, problem$x, problem$target, utils::modifyList(o, list(...)), epochs = 1
    )
  }
  expect_identical(train(averaging_interval = 3), train(averaging_interval = 100))

  # Two replicas, ten rows, intervals of 8: 8 rows and then 2 short, all by hand.
  step <- function(network, rows) {
    target <- lapply(problem$target, function(v) v[rows])
    reference_train(network, problem$x[rows, , drop = FALSE], target, o, epochs = 1)
  }
  o$rate_annealing <- 0
  as_network <- function(flat) {
    network[c("weights", "biases")] <-
      utils::relist(flat, list(weights = network$weights, biases = network$biases))
    network
  }
  plain <- parameters_of(network)
  mean_of <- function(a, b) (parameters_of(a) + parameters_of(b)) / 2
  first <- mean_of(step(network, 1:4), step(network, 5:8)) - plain
  start <- as_network(plain + first + first / 2)
  second <- mean_of(step(start, 9), step(start, 10)) - parameters_of(start)
  by_hand <- plain + first + (first / 2 + second)
  both <- train(replicas = 2, rate_annealing = 0)
  expect_equal(parameters_of(both), by_hand, tolerance = 1e-12)
})

test_that("the rules' first steps are those of their closed forms", {
  # One weight, input 2, far below its target: the gradient of |f - y| is always -2.
  network <- list(
    weights = list(matrix(0.5)), biases = list(0), activation = "Tanh", output = "linear"
  )
  after <- function(...) {
    o <- reference_options(loss = "laplace", rate_annealing = 0, epsilon = 1e-300, ...)
    end <- reference_train(network, matrix(2), list(y = 1e6), o, epochs = 5)
    c(end$weights[[1]], end$biases[[1]])
  }
  expect_equal(after(optimizer = "sgd", rate = 0.1), c(0.5 + 5 * 0.2, 5 * 0.1))
  expect_equal(after(optimizer = "adam", rate = 0.1), c(0.5, 0) + 5 * 0.1)
  shrinking <- Reduce(function(w, k) w * (1 - 0.1 * 0.2) + 0.1, 1:5, 0.5)
  expect_equal(
    after(optimizer = "adamw", rate = 0.1, weight_decay = 0.2), c(shrinking, 0.5)
  )
  expect_equal(
    after(optimizer = "adagrad", rate = 0.1), c(0.5, 0) + sum(0.1 / sqrt(1:5))
  )
  expect_equal(
    after(optimizer = "rmsprop", rate = 0.1, rho = 0.9),
    c(0.5, 0) + sum(0.1 / sqrt(1 - 0.9^(1:5)))
  )
})

test_that("momentum is a ramp, and Nesterov's gradient is taken ahead", {
  network <- list(
    weights = list(matrix(0.5)), biases = list(0), activation = "Tanh", output = "linear"
  )
  for (nesterov in c(TRUE, FALSE)) {
    o <- reference_options(
      optimizer = "sgd", rate = 0.1, rate_annealing = 0.5, momentum_start = 0.2,
      momentum_ramp = 3, momentum_stable = 0.8, nesterov = nesterov
    )
    end <- reference_train(network, matrix(2), list(y = 3), o, epochs = 5)
    w <- c(0.5, 0)
    v <- c(0, 0)
    for (s in 0:4) {
      m <- c(0.2, 0.4, 0.6, 0.8, 0.8)[s + 1]
      at <- if (nesterov) w + m * v else w
      g <- 2 * (2 * at[1] + at[2] - 3) * c(2, 1)
      v <- m * v - 0.1 / (1 + 0.5 * s) * (1 - m) * g
      w <- w + v
    }
    expect_equal(parameters_of(end), w, tolerance = 1e-12)
  }
})

test_that("lazy updates leave alone what no row touched, textbook ones do not", {
  set.seed(5)
  network <- reference_network(3, 3, 1, "Rectifier", "linear")
  network$biases[[1]][2] <- -100
  x <- cbind(c(1, -0.5), 0, c(0.3, 0.2))
  train <- function(fast_mode, optimizer, batch) {
    o <- reference_options(
      optimizer = optimizer, rate = 0.01, fast_mode = fast_mode, mini_batch_size = batch,
      settings = list(l2 = 0.1)
    )
    reference_train(network, x, list(y = c(1, 2)), o, epochs = 2)
  }
  for (batch in 1:2) {
    for (optimizer in c("sgd", "adadelta")) {
      lazy <- train(TRUE, optimizer, batch)$weights
      expect_identical(lazy[[1]][, 2], network$weights[[1]][, 2])
      expect_identical(lazy[[1]][2, ], network$weights[[1]][2, ])
      expect_identical(lazy[[2]][, 2], network$weights[[2]][, 2])
      expect_true(all((lazy[[1]] != network$weights[[1]])[c(1, 3), c(1, 3)]))
      textbook <- train(FALSE, optimizer, batch)$weights
      expect_true(all(textbook[[1]] != network$weights[[1]]))
    }
    expect_true(all(train(TRUE, "adam", batch)$weights[[1]] != network$weights[[1]]))
  }
})

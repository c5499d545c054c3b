# The gradient in three ways: the compiled core in double against differences and against
# the reference, and the float trainer's steps against the double gradient. Targets,
# weights and offsets are numbers that float holds exactly: the core keeps them so.

all_settings <- list(
  tweedie_power = 1.4, quantile_alpha = 0.3, huber_delta = 0.8, l1 = 0.01, l2 = 0.02
)
no_penalty <- utils::modifyList(all_settings, list(l1 = 0, l2 = 0))
hidden_layers <- list(integer(), 4L, c(4L, 3L), c(4L, 3L, 3L))

test_that("the gradient in double is the slope of the loss", {
  set.seed(11)
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (loss in reference_losses) {
      for (hidden in hidden_layers) {
        for (rows in c(1, 7)) {
          case <- paste(activation, loss, length(hidden), "hidden,", rows, "rows")
          problem <- exact_float(reference_problem(loss, rows, inputs = 3))
          network <- reference_network(
            3, hidden, problem$outputs, activation, problem$output
          )
          exact <- core_gradient(network, problem, loss, all_settings)
          exact <- unlist(exact[c("weights", "biases")])
          slope <- difference_gradient(network, function(network) {
            core_gradient(network, problem, loss, all_settings)$loss
          })
          gap <- abs(exact - slope) / pmax(abs(exact) + abs(slope), 1e-6)
          expect_lte(max(gap), 1e-5, label = paste(case, "worst gap"))
          expect_lte(relative_gap(exact, slope), 1e-8, label = paste(case, "whole gap"))
        }
      }
    }
  }
})

test_that("every linear output has its own target, gradient and training", {
  set.seed(21)
  for (loss in setdiff(reference_losses, c("CrossEntropy", "Quadratic"))) {
    problem <- exact_float(reference_problem(loss, 12, inputs = 4, outputs = 3))
    network <- exact_float(reference_network(4, c(5, 4), 3, "Tanh", "linear"))
    core <- core_gradient(network, problem, loss, all_settings)
    slope <- difference_gradient(network, function(network) {
      core_gradient(network, problem, loss, all_settings)$loss
    })
    expect_lte(relative_gap(core[c("weights", "biases")], slope), 1e-8, label = loss)
    reference <- reference_gradient(
      network, problem$x, problem$target, loss, all_settings
    )
    expect_equal(core$loss, reference$loss, tolerance = 1e-12, label = loss)
    for (batch in c(1, 4)) {
      for (optimizer in c("sgd", "adadelta")) {
        o <- reference_options(
          optimizer = optimizer, rate = 2^-6, rate_annealing = 0, loss = loss,
          mini_batch_size = batch
        )
        expected <- reference_train(network, problem$x, problem$target, o, epochs = 2)
        run <- bare_trainer(network, problem, o, epochs = 2)
        trainer_run(run$trainer, 24, 0, 1)
        case <- paste(loss, optimizer, "batch", batch)
        fitted <- trainer_weights(run$trainer)
        expect_lte(change_gap(fitted, expected, network), 5e-5, label = case)
        outputs <- reference_forward(expected, problem$x)$link
        expect_equal(
          trainer_predict(run$trainer, run$rows, NULL, 1), outputs, tolerance = 1e-4
        )
      }
    }
  }
})

test_that("a number beyond all bounds is seen in whichever output it is", {
  set.seed(22)
  problem <- exact_float(reference_problem("gaussian", 8, inputs = 4, outputs = 3))
  for (output in 1:3) {
    network <- exact_float(reference_network(4, 5, 3, "Tanh", "linear"))
    network$biases[[2]][output] <- 3e38
    for (batch in c(1, 4)) {
      o <- reference_options(mini_batch_size = batch)
      run <- bare_trainer(network, problem, o, epochs = 1)
      done <- trainer_run(run$trainer, 1, 0, 1)
      expect_identical(done, list(rows = 0, status = "unstable"))
    }
  }
})

test_that("targets that a network has no outputs for are refused", {
  problem <- exact_float(reference_problem("gaussian", 8, inputs = 4, outputs = 3))
  network <- exact_float(reference_network(4, 5, 2, "Tanh", "linear"))
  start <- function() bare_trainer(network, problem, reference_options(), epochs = 1)
  wanted <- "the target has 3 numbers per row, the network 2 outputs"
  expect_error(start(), wanted)
  expect_error(core_gradient(network, problem, "gaussian", no_penalty), wanted)
  network$output <- "softmax"
  expect_error(start(), "a softmax network is trained towards classes")
})

test_that("loss and gradient in double are the reference's", {
  set.seed(12)
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (loss in reference_losses) {
      for (hidden in hidden_layers) {
        for (rows in c(1, 7, 32)) {
          case <- paste(activation, loss, length(hidden), "hidden,", rows, "rows")
          problem <- exact_float(reference_problem(loss, rows, inputs = 5))
          network <- reference_network(
            5, hidden, problem$outputs, activation, problem$output
          )
          core <- core_gradient(network, problem, loss, all_settings)
          reference <- reference_gradient(
            network, problem$x, problem$target, loss, all_settings
          )
          expect_equal(core$loss, reference$loss, tolerance = 1e-12, label = case)
          expect_lte(
            relative_gap(core$weights, reference$weights), 1e-12,
            label = paste(case, "weights")
          )
          expect_lte(
            relative_gap(core$biases, reference$biases), 1e-12,
            label = paste(case, "biases")
          )
        }
      }
    }
  }
})

test_that("softmax stands large logits, and its gradients sum to zero", {
  set.seed(13)
  for (classes in c(2, 3, 50)) {
    x <- matrix(stats::rnorm(4 * 3), 4)
    weights <- list(matrix(stats::rnorm(classes * 3, sd = 150), classes))
    network <- list(
      weights = weights, biases = list(numeric(classes)), activation = "Tanh",
      output = "softmax"
    )
    target <- list(y = c(0, 1, classes - 1, 0))
    problem <- list(x = x, target = target)
    expect_gt(max(abs(x %*% t(weights[[1]]))), 100)
    core <- core_gradient(network, problem, "CrossEntropy", no_penalty)
    expect_true(is.finite(core$loss))
    link <- x %*% t(weights[[1]])
    log_sum <- apply(link, 1, function(z) max(z) + log(sum(exp(z - max(z)))))
    expect_equal(
      core$loss, mean(log_sum - link[cbind(1:4, target$y + 1)]), tolerance = 1e-8
    )
    expect_lte(abs(sum(core$biases[[1]])), 1e-12)
    expect_lte(max(abs(colSums(core$weights[[1]]))), 1e-12)
  }
})

test_that("the gradient is linear in a row's weight, and penalties leave biases alone", {
  set.seed(14)
  problem <- exact_float(reference_problem("poisson", 4, 3))
  network <- reference_network(3, 4, 1, "Tanh", "linear")
  gradient <- function(weight, settings = no_penalty) {
    problem$target$weights <- c(weight, 0, 0, 0)
    unlist(core_gradient(network, problem, "poisson", settings)[c("weights", "biases")])
  }
  expect_true(all(gradient(0) == 0))
  expect_equal(gradient(2.5), 2.5 * gradient(1), tolerance = 1e-12)
  penalty <- gradient(0, all_settings)
  w <- unlist(network$weights)
  expect_equal(
    unname(penalty), c(0.01 * sign(w) + 0.02 * w, numeric(5)), tolerance = 1e-10
  )
})

test_that("a step in float follows the double gradient: mini-batches and single rows", {
  set.seed(15)
  # The trainer's Huber threshold starts at 1 on a response that is not scaled.
  settings <- utils::modifyList(no_penalty, list(huber_delta = 1))
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (loss in reference_losses) {
      for (batch in c(1, 12)) {
        hidden <- hidden_layers[[sample(4, 1)]]
        case <- paste(activation, loss, length(hidden), "hidden, batch of", batch)
        problem <- exact_float(reference_problem(loss, 12, inputs = 5))
        network <- reference_network(
          5, hidden, problem$outputs, activation, problem$output
        )
        # Half as large, lest deep Maxout networks feed exponentials.
        network$weights <- lapply(network$weights, function(w) w / 2)
        network <- exact_float(network)
        # A single step may be long, and then shows the gradient to the last bits.
        rate <- if (batch == 12) 1 else 2^-5
        o <- reference_options(
          optimizer = "sgd", rate = rate, rate_annealing = 0, loss = loss,
          mini_batch_size = batch, settings = settings
        )
        fitted <- fit_problem(network, problem, o, epochs = 1)
        at <- network
        for (rows in split(1:12, (0:11) %/% batch)) {
          part <- list(
            x = problem$x[rows, , drop = FALSE],
            target = lapply(problem$target, `[`, rows)
          )
          gradient <- core_gradient(at, part, loss, settings)
          at$weights <- Map(function(w, g) w - rate * g, at$weights, gradient$weights)
          at$biases <- Map(function(b, g) b - rate * g, at$biases, gradient$biases)
        }
        expect_lte(
          change_gap(fitted, at, network), if (batch == 12) 1e-5 else 5e-5, label = case
        )
      }
    }
  }
})

# Rows with factors, missing values and zeros, and the same rows expanded by hand.
mixed_rows <- function(n, weights) {
  f <- factor(sample(c("a", "b", "c", NA), n, TRUE))
  g <- factor(sample(letters[1:5], n, TRUE), letters[1:5])
  u <- round(stats::rnorm(n) * 64) / 64
  u[sample(n, 3)] <- NA
  mean <- stats::weighted.mean(u[!is.na(u)], weights[!is.na(u)])
  v <- round(stats::rnorm(n) * 64) / 64 * stats::rbinom(n, 1, 0.4)
  one_hot <- function(factor, missing) {
    result <- outer(as.character(factor), levels(factor), "==") + 0
    result[is.na(result)] <- 0
    cbind(result, is.na(factor) + 0)
  }
  list(
    frame = data.frame(f = f, u = u, g = g, v = v),
    # Most levels first, then numbers; a missing number is the weighted mean.
    x = cbind(one_hot(g), one_hot(f), ifelse(is.na(u), mean, u), v)
  )
}

test_that("one-hot, missing and sparse inputs train as the expanded rows would", {
  set.seed(16)
  problem <- exact_float(reference_problem("gaussian", 30, 1))
  rows <- mixed_rows(30, problem$target$weights)
  problem$x <- unname(rows$x)
  frame <- rows$frame
  frame[c("y", "w", "o")] <- problem$target[c("y", "weights", "offset")]
  for (activation in c("Tanh", "Maxout")) {
    network <- exact_float(
      reference_network(ncol(rows$x), c(4, 3), 1, activation, "linear")
    )
    # No missing g was ever seen: that input stands still at 0.
    network$weights[[1]][, 6] <- 0
    for (batch in c(1, 10, 30)) {
      for (optimizer in c("sgd", "adadelta")) {
        o <- reference_options(
          optimizer = optimizer, rate = 2^-6, rate_annealing = 0, mini_batch_size = batch
        )
        expected <- reference_train(network, problem$x, problem$target, o, epochs = 2)
        rule <- if (optimizer == "sgd") list(rate = o$rate, rate_annealing = 0)
        for (sparse in c(FALSE, TRUE)) {
          case <- paste(activation, optimizer, "batch", batch, if (sparse) "sparse")
          fitted <- do.call(few_steps, c(
            list(
              x = c("f", "u", "g", "v"), y = "y", training_frame = frame,
              weights_column = "w", offset_column = "o", hidden = c(4, 3),
              activation = activation, distribution = "gaussian", epochs = 2,
              initial_weights = network$weights, initial_biases = network$biases,
              adaptive_rate = optimizer == "adadelta", mini_batch_size = batch,
              sparse = sparse
            ),
            do.call(bare, c(list(), rule))
          ))
          expect_identical(colnames(weights(fitted, 1))[c(1, 6, 7, 10, 11, 12)], c(
            "g.a", "g.missing(NA)", "f.a", "f.missing(NA)", "u", "v"
          ))
          expect_lte(change_gap(fitted, expected, network), 2e-5, label = case)
          expect_true(all(weights(fitted, 1)[, 6] == 0))
        }
      }
    }
  }
})

test_that("a sparse matrix trains as the dense one", {
  set.seed(17)
  x <- matrix(stats::rnorm(40 * 6) * stats::rbinom(240, 1, 0.3), 40)
  colnames(x) <- paste0("x", 1:6)
  new <- Matrix::Matrix(x, sparse = TRUE)
  y <- stats::rnorm(40)
  network <- exact_float(reference_network(6, 5, 1, "Tanh", "linear"))
  fit <- function(x, ...) {
    do.call(few_steps, c(
      list(
        x, y = y, hidden = 5, activation = "Tanh", epochs = 3,
        initial_weights = network$weights, initial_biases = network$biases
      ),
      bare(...)
    ))
  }
  for (standardize in c(FALSE, TRUE)) {
    for (batch in c(1, 8)) {
      dense <- fit(x, standardize = standardize, mini_batch_size = batch)
      sparse <- fit(new, standardize = standardize, mini_batch_size = batch)
      expect_lte(relative_gap(parameters_of(sparse), parameters_of(dense)), 1e-5)
      expect_equal(predict(sparse, new), predict(dense, x), tolerance = 1e-5)
    }
  }
})

# The gradient in three ways: the compiled core in double against differences and against
# the reference, and the float trainer's steps against the double gradient. Targets,
# weights and offsets are numbers that float holds exactly: the core keeps them so.

all_parameters <- list(
  tweedie_power = 1.4, quantile_alpha = 0.3, huber_delta = 0.8, l1 = 0.01, l2 = 0.02
)
no_penalty <- utils::modifyList(all_parameters, list(l1 = 0, l2 = 0))
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
          exact <- core_gradient(network, problem, loss, all_parameters)
          exact <- unlist(exact[c("weights", "biases")])
          slope <- difference_gradient(network, function(network) {
            core_gradient(network, problem, loss, all_parameters)$loss
          })
          gap <- abs(exact - slope) / pmax(abs(exact) + abs(slope), 1e-6)
          expect_lte(max(gap), 1e-5, label = paste(case, "worst gap"))
          expect_lte(relative_gap(exact, slope), 1e-8, label = paste(case, "whole gap"))
        }
      }
    }
  }
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
          core <- core_gradient(network, problem, loss, all_parameters)
          reference <- reference_gradient(
            network, problem$x, problem$target, loss, all_parameters
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
  gradient <- function(weight, parameters = no_penalty) {
    problem$target$weights <- c(weight, 0, 0, 0)
    unlist(core_gradient(network, problem, "poisson", parameters)[c("weights", "biases")])
  }
  expect_true(all(gradient(0) == 0))
  expect_equal(gradient(2.5), 2.5 * gradient(1), tolerance = 1e-12)
  penalty <- gradient(0, all_parameters)
  w <- unlist(network$weights)
  expect_equal(
    unname(penalty), c(0.01 * sign(w) + 0.02 * w, numeric(5)), tolerance = 1e-10
  )
})

test_that("a step in float follows the double gradient: mini-batches and single rows", {
  set.seed(15)
  # The trainer's Huber threshold starts at 1 on a response that is not scaled.
  parameters <- utils::modifyList(no_penalty, list(huber_delta = 1))
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
          mini_batch_size = batch, parameters = parameters
        )
        fitted <- fit_problem(network, problem, o, epochs = 1)
        at <- network
        for (rows in split(1:12, (0:11) %/% batch)) {
          part <- list(
            x = problem$x[rows, , drop = FALSE],
            target = lapply(problem$target, `[`, rows)
          )
          gradient <- core_gradient(at, part, loss, parameters)
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

# The masks that training draws, from the public address of each number.
dropout_masks <- function(seed, ratios, sizes) {
  function(epoch, rows) {
    lapply(seq_along(ratios), function(layer) {
      u <- outer(rows, seq_len(sizes[layer]) - 1, Vectorize(function(row, unit) {
        counter_uniform(seed, 3L, layer - 1L, epoch, row, unit)
      }))
      ifelse(u < ratios[layer], 0, 1 / (1 - ratios[layer]))
    })
  }
}

test_that("dropout trains the network that its masks leave over", {
  set.seed(18)
  sizes <- c(5, 6, 4)
  ratios <- c(0.25, 0.5, 0.3)
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (batch in c(1, 8)) {
      for (optimizer in c("sgd", "adadelta", "adam")) {
        case <- paste(activation, optimizer, "batch", batch)
        problem <- exact_float(reference_problem("CrossEntropy", 16, 5))
        network <- exact_float(reference_network(5, c(6, 4), 3, activation, "softmax"))
        o <- reference_options(
          optimizer = optimizer, rate = 2^-6, rate_annealing = 0, mini_batch_size = batch,
          loss = "CrossEntropy"
        )
        expected <- reference_train(
          network, problem$x, problem$target, o, epochs = 2,
          masks = dropout_masks(23, ratios, sizes)
        )
        fitted <- fit_problem(
          network, problem, o, epochs = 2, seed = 23,
          activation = paste0(activation, "WithDropout"), input_dropout_ratio = ratios[1],
          hidden_dropout_ratios = ratios[-1]
        )
        expect_lte(change_gap(fitted, expected, network), 5e-5, label = case)
      }
    }
  }
})

test_that("the masks of many units are those of their addresses, whatever the kernels", {
  set.seed(20)
  sizes <- c(131, 70)
  ratios <- c(0.25, 0.5)
  problem <- exact_float(reference_problem("CrossEntropy", 8, sizes[1]))
  network <- reference_network(sizes[1], sizes[2], 3, "Tanh", "softmax")
  network$weights[[1]] <- network$weights[[1]] / 10
  network <- exact_float(network)
  o <- reference_options(
    optimizer = "sgd", rate = 2^-8, rate_annealing = 0, loss = "CrossEntropy"
  )
  for (kernels in available_kernels()) {
    withr::local_options(feedforward.kernels = kernels)
    for (batch in c(1, 8)) {
      o$mini_batch_size <- batch
      expected <- reference_train(
        network, problem$x, problem$target, o, epochs = 2,
        masks = dropout_masks(25, ratios, sizes)
      )
      fitted <- fit_problem(
        network, problem, o, epochs = 2, seed = 25, activation = "TanhWithDropout",
        input_dropout_ratio = ratios[1], hidden_dropout_ratios = ratios[2]
      )
      expect_lte(
        change_gap(fitted, expected, network), 5e-5, label = paste(kernels, batch)
      )
    }
  }
})

test_that("dropout of one-hot and of sparse inputs leaves alone what it drops", {
  set.seed(19)
  for (kind in c("one-hot", "sparse")) {
    for (batch in c(1, 8)) {
      for (optimizer in c("sgd", "adadelta")) {
        problem <- coded_problem("Tanh")
        if (kind == "sparse") {
          problem$x <- problem$x * stats::rbinom(length(problem$x), 1, 0.5)
          problem$frame <- NULL
        }
        o <- reference_options(
          optimizer = optimizer, rate = 2^-6, rate_annealing = 0, mini_batch_size = batch,
          parameters = list(l2 = 0.05)
        )
        expected <- reference_train(
          problem$network, problem$x, problem$target, o, epochs = 2,
          masks = dropout_masks(24, 0.4, 13)
        )
        fitted <- fit_problem(
          problem$network, problem, o, epochs = 2, seed = 24, input_dropout_ratio = 0.4,
          sparse = kind == "sparse", ignore_const_cols = FALSE
        )
        case <- paste(kind, optimizer, "batch", batch)
        expect_lte(change_gap(fitted, expected, problem$network), 5e-5, label = case)
      }
    }
  }
})

test_that("masks keep the share they promise and differ between layers and rows", {
  kept <- vapply(0:99, function(row) {
    mean(vapply(0:99, function(unit) counter_uniform(1, 3L, 1L, 0, row, unit), 0) >= 0.3)
  }, 0)
  # 10,000 draws: the standard deviation of the mean is 0.0046.
  expect_lt(abs(mean(kept) - 0.7), 0.02)
  draw <- function(...) vapply(0:63, function(unit) counter_uniform(1, 3L, ..., unit), 0)
  other <- list(draw(1L, 0, 0), draw(2L, 0, 0), draw(1L, 0, 1), draw(1L, 1, 0))
  gaps <- utils::combn(4, 2, function(pair) {
    stats::cor(other[[pair[1]]], other[[pair[2]]])
  })
  expect_lt(max(abs(gaps)), 0.45)
})

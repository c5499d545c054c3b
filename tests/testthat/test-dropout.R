# Dropout trains the network that its masks leave over; the masks are addresses.

# The masks that training draws, from the public address of each number.
dropout_masks <- function(seed, ratios, sizes) {
  function(epoch, rows) {
    lapply(seq_along(ratios), function(layer) {
      u <- outer(rows, seq_len(sizes[layer]) - 1, Vectorize(function(row, unit) {
        counter_uniform(seed, 3L, layer - 1L, epoch, row, unit)
      }))
      (u >= ratios[layer]) + 0
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
          settings = list(l2 = 0.05)
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

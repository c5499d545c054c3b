# Shards: whole runs that meet from time to time.

sharded <- function(..., shards = 3, data = two_classes()) {
  suppressWarnings(deeplearning(class ~ a + b + group, data,
    hidden = c(6, 5), epochs = 3, seed = 4, shards = shards, exchange_interval = 60,
    stopping_rounds = 0, overwrite_with_best_model = FALSE, ...
  ))
}

test_that("an exchange is block momentum over the shards, in their order", {
  given <- list(
    x = c("a", "b", "group"), y = "class", training_frame = two_classes(600),
    hidden = 4, epochs = 2, seed = 2, shards = 3, exchange_interval = 100,
    weight_averaging_share = 0, rate_annealing = 1e-3, adaptive_rate = FALSE
  )
  read <- read_request(list(call = quote(f()), given = given, form = "frame"))
  prepared <- suppressWarnings(prepare_fit(read))
  fleet <- new_trainer(prepared)
  while (sum(fleet$state()$trained) < 1200) fleet$run(1, 10, 1)

  trainers <- lapply(prepared$shards, shard_trainer)
  w <- flatten_parameters(trainers[[1]]$weights())
  shape <- trainers[[1]]$weights()
  d <- 0 * w
  trained <- c(0, 0, 0)
  for (k in 1:4) {
    begin <- single_precision(w + 2 / 3 * d)
    goal <- 100 * k
    rows <- vapply(trainers, function(trainer) {
      trainer$set_weights(unflatten_parameters(begin, shape))
      trainer$run(goal - trained[[1]], 100, 1)$rows
    }, 0)
    trained <- trained + rows
    ends <- lapply(trainers, function(trainer) flatten_parameters(trainer$weights()))
    moved <- Map(function(v, n) n / sum(rows) * (v - begin), ends, rows)
    d <- 2 / 3 * d + Reduce(`+`, moved)
    w <- single_precision(w + d)
  }
  expect_identical(trained, c(400, 400, 400))
  expect_equal(flatten_parameters(fleet$weights()), w, tolerance = 1e-7)
})

shards_of_100 <- function(...) {
  read <- read_request(list(call = quote(f()), form = "frame", given = list(
    x = "a", y = "number", training_frame = two_classes(100), hidden = 2, epochs = 1,
    seed = 2, shards = 3, rate_annealing = 1e-4, momentum_ramp = 900,
    optimizer = "sgd", ...
  )))
  suppressWarnings(prepare_fit(read))$shards
}

test_that("all rows are every shard's, each of which trains its part of one order", {
  shards <- shards_of_100()
  expect_identical(vapply(shards, `[[`, 0, "n"), c(34, 33, 33))
  options <- lapply(shards, `[[`, "options")
  expect_length(unique(lapply(options, `[[`, "order_seed")), 1)
  expect_identical(vapply(options, `[[`, 0, "part"), c(0, 1, 2))
  expect_identical(vapply(options, `[[`, 0, "parts"), c(3, 3, 3))
  for (shard in shards) expect_length(shard$target$y, 100)
  # An epoch of one shard and no other: a row that alone tells a level is trained by one
  # shard in one epoch, and by another in the next.
  data <- data.frame(x = factor(c("only", rep("else", 99))), y = c(100, rep(0, 99)))
  moved <- vapply(1:6, function(epochs) {
    read <- read_request(list(call = quote(f()), form = "frame", given = list(
      x = "x", y = "y", training_frame = data, hidden = 1, epochs = epochs, seed = 5,
      shards = 4, optimizer = "sgd", rate = 1e-3, replicas = 1
    )))
    shards <- suppressWarnings(prepare_fit(read))$shards
    trainers <- lapply(shards, shard_trainer, NULL)
    column <- function(trainer) {
      trainer$weights()$weights[[1]][, shards[[1]]$encoding$input_names == "x.only"]
    }
    which(vapply(trainers, function(trainer) {
      for (e in seq_len(epochs - 1)) trainer$run(25, 100, 1)
      before <- column(trainer)
      trainer$run(25, 100, 1)
      column(trainer) != before
    }, NA))
  }, 0L)
  expect_gt(length(unique(moved)), 1)
})

test_that("rows go round the shards, none is lost, what acts by rows acts by all", {
  shards <- shards_of_100(replicate_training_data = FALSE)
  expect_identical(sort(unlist(lapply(shards, `[[`, "keep"))), as.numeric(1:100))
  expect_identical(vapply(shards, `[[`, 0, "n"), c(34, 33, 33))
  expect_equal(vapply(shards, function(s) s$options$rate_annealing, 0),
    1e-4 * 100 / c(34, 33, 33)
  )
  expect_equal(vapply(shards, function(s) s$options$momentum_ramp, 0),
    900 * c(34, 33, 33) / 100
  )
  expect_length(unique(lapply(shards, function(s) s$options$seed)), 3)
  y <- two_classes(100)$number
  expect_equal(
    shards[[2]]$target$y, (y[seq(2, 100, 3)] - mean(y)) / sd(y),
    tolerance = 1e-6
  )
})

test_that("threads change no bit, whatever is trained", {
  settings <- list(
    list(), list(optimizer = "adam", mini_batch_size = 16),
    list(optimizer = "sgd", momentum_stable = 0.5, momentum_start = 0.1),
    list(activation = "RectifierWithDropout", input_dropout_ratio = 0.1),
    list(replicas = 2, averaging_interval = 20), list(max_w2 = 0.5, l1 = 1e-4),
    list(weight_averaging_share = 0), list(weight_averaging_decay = 0.8)
  )
  for (setting in settings) {
    one <- do.call(sharded, c(setting, threads = 1))
    same_network(one, do.call(sharded, c(setting, threads = 4)))
    expect_equal(one$samples, 3600)
    expect_lt(one$training_metrics$logloss, 0.69)
  }
  limited <- do.call(sharded, settings[[6]])
  expect_lte(max(rowSums(limited$weights[[1]]^2)), 0.5 + 1e-6)
})

test_that("one shard is the run as it always was; more are another model", {
  plain <- sharded(shards = 1)
  explicit <- suppressWarnings(deeplearning(class ~ a + b + group, two_classes(),
    hidden = c(6, 5), epochs = 3, seed = 4, stopping_rounds = 0,
    overwrite_with_best_model = FALSE
  ))
  same_network(plain, explicit)
  expect_false(identical(sharded()$weights, plain$weights))
})

test_that("3 + 3 epochs are 6, through a file, too; without a state weights go on", {
  data <- two_classes()
  go_on <- function(from) {
    suppressWarnings(
      deeplearning(class ~ a + b + group, data, checkpoint = from, epochs = 6)
    )
  }
  half <- sharded()
  whole <- suppressWarnings(deeplearning(class ~ a + b + group, data,
    hidden = c(6, 5), epochs = 6, seed = 4, shards = 3, exchange_interval = 60,
    stopping_rounds = 0, overwrite_with_best_model = FALSE
  ))
  same_network(go_on(half), whole)
  file <- withr::local_tempfile()
  save_model(half, file)
  same_network(go_on(file), whole)
  stateless <- sharded(keep_state = FALSE)
  expect_equal(go_on(stateless)$samples, 7200)
})

test_that("weights, offsets, folds, sparse rows, autoencoders and numbers work", {
  data <- two_classes()
  data$w <- rep(c(0.5, 1, 3), 400)
  data$o <- sin(seq_len(1200)) / 10
  fit <- function(...) {
    suppressWarnings(deeplearning(...,
      hidden = 4, epochs = 2, seed = 1, shards = 4, exchange_interval = 50, threads = 2
    ))
  }
  number <- fit(c("a", "b"), "number", data, weights_column = "w", offset_column = "o")
  expect_gt(number$training_metrics$r2, 0.2)
  folded <- fit(c("a", "b"), "class", data, nfolds = 3)
  expect_length(folded$cross_validation$epochs, 3)
  repeats <- fit(data[c("a", "b", "number")], autoencoder = TRUE, activation = "Tanh")
  expect_true(is.finite(repeats$training_metrics$MSE))
  skip_if_not_installed("Matrix")
  dense <- as.matrix(data[c("a", "b")])
  dense[dense < 0] <- 0
  sparse <- Matrix::Matrix(dense, sparse = TRUE)
  a <- fit(sparse, data$number)
  b <- fit(dense, data$number, sparse = TRUE)
  expect_equal(a$weights, b$weights, tolerance = 1e-4)
})

test_that("settings that make no sense are told", {
  expect_error(sharded(shards = 0), class = "feedforward_argument_error")
  expect_error(sharded(data = two_classes(10), shards = 11),
    class = "feedforward_argument_error"
  )
  expect_warning(
    few_steps(class ~ a, two_classes(), hidden = 2, epochs = 1, seed = 1, shards = 8,
      exchange_interval = 150
    ),
    class = "feedforward_shards_warning"
  )
  auto <- suppressWarnings(few_steps(
    class ~ a, two_classes(),
    hidden = 2, epochs = 1, seed = 1, shards = 2
  ))
  expect_gte(auto$arguments$exchange_interval, 100)
})

# The sets of compiled kernels against each other. The wide ones promise the same bits;
# the baseline rounds products before it adds, so it promises a step and a prediction.

kernel_frame <- function(n = 300) {
  set.seed(5)
  data <- data.frame(
    f = factor(sample(letters[1:9], n, TRUE)), g = factor(sample(LETTERS[1:3], n, TRUE)),
    u = stats::rnorm(n), v = stats::runif(n), w = stats::rexp(n)
  )
  data$count <- stats::rpois(n, exp(0.4 * data$u))
  data$class <- factor(c("a", "b", "c")[1 + (data$u > 0) + (data$w > 1)])
  data
}

with_kernels <- function(kernels, code) {
  withr::local_options(feedforward.kernels = kernels)
  code
}

fit_with <- function(kernels, data, y, ..., hidden = c(20, 9)) {
  with_kernels(kernels, suppressWarnings(deeplearning(
    x = c("f", "g", "u", "v", "w"), y = y, training_frame = data, hidden = hidden,
    stopping_rounds = 0, seed = 11, ...
  )))
}

settings <- list(
  "per row" = list(epochs = 3),
  "many numbers by unit" = list(epochs = 2, hidden = c(70, 5)),
  "replicas" = list(epochs = 3, replicas = 4, averaging_interval = 10),
  "Tanh, momentum" = list(
    epochs = 2, activation = "Tanh", adaptive_rate = FALSE, momentum_start = 0.5,
    momentum_stable = 0.9, momentum_ramp = 500, l1 = 1e-4, l2 = 1e-4
  ),
  "Maxout, dropout" = list(
    epochs = 2, activation = "MaxoutWithDropout", input_dropout_ratio = 0.1
  ),
  "mini-batches" = list(epochs = 3, optimizer = "adam", mini_batch_size = 20),
  "largest norms" = list(epochs = 2, max_w2 = 0.5)
)

fit_setting <- function(kernels, data, y, setting) {
  do.call(fit_with, c(list(kernels, data, y), settings[[setting]]))
}

test_that("AVX2 and AVX-512 train to the same bits", {
  skip_if_not(all(c("avx2", "avx512") %in% available_kernels()))
  data <- kernel_frame()
  for (setting in names(settings)) {
    for (y in c("class", "count")) {
      two <- fit_setting("avx2", data, y, setting)
      five <- fit_setting("avx512", data, y, setting)
      expect_identical(two$weights, five$weights, label = paste(setting, y))
      expect_identical(two$biases, five$biases, label = paste(setting, y))
      expect_identical(
        with_kernels("avx2", predict(two, data)),
        with_kernels("avx512", predict(two, data)),
        label = paste(setting, y)
      )
    }
  }
})

test_that("the baseline makes the same step and the same predictions", {
  data <- kernel_frame(60)
  best <- available_kernels()[[1]]
  for (setting in names(settings)) {
    for (y in c("class", "count")) {
      wide <- fit_setting(best, data, y, setting)
      expect_equal(
        with_kernels("baseline", predict(wide, data)), predict(wide, data),
        tolerance = 1e-5, label = paste(setting, y)
      )
    }
  }
  # One step of each optimizer from the same start.
  for (optimizer in c("adadelta", "sgd", "adam", "adamw", "rmsprop", "adagrad")) {
    step <- function(kernels) {
      fit_with(
        kernels, data[1:16, ], "class",
        epochs = 1, optimizer = optimizer, mini_batch_size = 16
      )
    }
    start <- fit_with(
      best, data[1:16, ], "class", epochs = 0, optimizer = optimizer, mini_batch_size = 16
    )
    one <- step("baseline")
    other <- step(best)
    moved <- Map(`-`, other$weights, start$weights)
    gap <- Map(`-`, one$weights, other$weights)
    size <- sqrt(sum(unlist(moved)^2))
    expect_gt(size, 0)
    expect_lt(sqrt(sum(unlist(gap)^2)) / size, 1e-4, label = optimizer)
  }
})

test_that("a set that cannot run is an error", {
  expect_error(with_kernels("abacus", {
    deeplearning(Species ~ ., iris, hidden = 2, epochs = 0.1, seed = 1)
  }), "abacus")
})

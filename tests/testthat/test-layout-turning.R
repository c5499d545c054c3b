# Wide networks, whose layers turn while rows train them.

# Wider than any vector register and any block of rows or inputs that a task takes, and
# no multiple of them.
wide_problem <- function(activation, rows = 150, inputs = 53, hidden = c(35, 51)) {
  problem <- exact_float(reference_problem("CrossEntropy", rows, inputs))
  network <- reference_network(inputs, hidden, 3, activation, "softmax")
  network$weights <- lapply(network$weights, function(w) w * 1.5 / sqrt(ncol(w)))
  problem$network <- exact_float(network)
  problem
}

test_that("wide networks train as written, whatever the kernels and threads", {
  set.seed(32)
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    for (name in c("adadelta", "nesterov", "adam")) {
      for (batch in c(1, 64, 150)) {
        problem <- wide_problem(activation)
        o <- do.call(reference_options, c(
          blunt(rules[[name]]), list(mini_batch_size = batch, loss = "CrossEntropy")
        ))
        epochs <- if (batch == 1) 1 else 3
        expected <- reference_train(
          problem$network, problem$x, problem$target, o, epochs
        )
        by_row <- batch == 1 && name != "adam"
        for (by_input in if (by_row) c(FALSE, TRUE) else FALSE) {
          fits <- lapply(available_kernels(), function(kernels) {
            old <- options(feedforward.kernels = kernels)
            on.exit(options(old))
            fit <- function() {
              fit_problem(problem$network, problem, o, epochs, threads = 2)
            }
            if (by_input) with_layers_turned(fit()) else fit()
          })
          case <- paste(activation, name, "batch", batch, if (by_input) "by input")
          for (i in seq_along(fits)) {
            expect_lte(
              change_gap(fits[[i]], expected, problem$network), 1e-4,
              label = paste(case, available_kernels()[i])
            )
          }
          wide <- available_kernels() %in% c("avx2", "avx512")
          bits <- lapply(fits[wide], parameters_of)
          expect_lte(length(unique(bits)), 1, label = case)
        }
      }
    }
  }
})

test_that("layers turn where few inputs or units are active, and nothing else changes", {
  set.seed(33)
  n <- 6000
  data <- data.frame(a = stats::rnorm(n), b = stats::rnorm(n), c = stats::rnorm(n))
  data$y <- data$a - data$b * data$c + stats::rnorm(n, sd = 0.1)
  # Biases decide which layer's units are rarely active.
  fit <- function(biases, by_input, replicas) {
    with_layers_turned(turned = by_input, deeplearning(
      y ~ ., data,
      hidden = c(40, 40), epochs = 1, seed = 4, adaptive_rate = FALSE, rate = 1e-3,
      momentum_start = 0.5, momentum_stable = 0.5, replicas = replicas,
      weight_averaging_decay = 0.9,
      initial_biases = list(rep(biases[1], 40), rep(biases[2], 40), 0)
    ))
  }
  lies <- function(model) trainer_state(attr(model, "trainer"))$turned[2:3]
  for (replicas in c(1, 3)) {
    few_inputs <- fit(c(-1, 1), FALSE, replicas)
    expect_identical(lies(few_inputs), c(TRUE, FALSE))
    few_units <- fit(c(1, -1), TRUE, replicas)
    expect_identical(lies(few_units), c(FALSE, FALSE))
    for (case in list(few_inputs, few_units)) {
      turned <- identical(case, few_inputs)
      stayed <- fit(if (turned) c(-1, 1) else c(1, -1), turned, replicas)
      expect_identical(lies(stayed)[1], lies(case)[1])
      expect_equal(parameters_of(case), parameters_of(stayed), tolerance = 1e-4)
      expect_false(identical(parameters_of(case), parameters_of(stayed)))
    }
  }
})

# What training gives today, to the bit. Numbers here change only on purpose: a commit
# that renews the snapshot says why.

test_that("fits of every kind keep their bits", {
  skip_on_cran()
  skip_if(!any(c("avx2", "avx512") %in% available_kernels()), "no fused multiply-add")
  data <- characterization_data()
  lines <- vapply(names(characterization_cases), function(name) {
    model <- suppressWarnings(characterization_fit(characterization_cases[[name]], data))
    history <- model$scoring_history
    times <- c("timestamp", "duration", "training_speed")
    history <- history[setdiff(names(history), times)]
    sprintf(
      "%-20s weights %s  predictions %s  history %s  importances %s", name,
      digest_numbers(model$weights, model$biases),
      digest_numbers(suppressWarnings(predict(model, data, type = "link"))),
      # Sums of metrics may differ in their last bits between builds of R.
      digest_numbers(signif(unlist(history), 10)),
      digest_numbers(signif(model$variable_importances$relative_importance, 10))
    )
  }, "")
  expect_snapshot(cat(unname(lines), sep = "\n"))
})

test_that("sparse rows and a matrix keep their bits", {
  skip_on_cran()
  skip_if(!any(c("avx2", "avx512") %in% available_kernels()), "no fused multiply-add")
  skip_if_not_installed("Matrix")
  data <- characterization_data()
  x <- cbind(a = pmax(0, sin(data$time)), b = round(data$spread) * (data$time %% 3 == 0))
  fit <- function(x, ...) {
    model <- suppressWarnings(
      deeplearning(x, data$late, hidden = 6, epochs = 5, seed = 3, ...)
    )
    digest_numbers(model$weights, model$biases)
  }
  expect_snapshot(cat(
    fit(x), fit(Matrix::Matrix(x, sparse = TRUE)),
    fit(Matrix::Matrix(x, sparse = TRUE), standardize = FALSE),
    fit(Matrix::Matrix(x, sparse = TRUE), standardize = FALSE, optimizer = "adam"),
    sep = "\n"
  ))
})

test_that("printed models keep their form", {
  skip_on_cran()
  withr::local_options(digits = 5, width = 90)
  data <- characterization_data()
  for (name in c("binomial", "multinomial", "regression", "huber", "quadratic")) {
    case <- c(characterization_cases[[name]], list(epochs = 3))
    model <- timeless(suppressWarnings(characterization_fit(case, data)))
    expect_snapshot(print(model))
    expect_snapshot(summary(model))
    expect_snapshot(performance(model, data))
  }
})

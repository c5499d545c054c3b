# Shares of predictors in a prediction.

shap_rows <- function(n = 120) {
  i <- seq_len(n)
  rows <- data.frame(
    a = sin(i), b = cos(1.3 * i), c = sin(0.7 * i)^2, d = (i %% 7) / 7,
    f = factor(c("u", "v", "w"))[1 + i %% 3], g = factor(c("x", "z", NA))[1 + i %% 5 %% 3]
  )
  rows$y <- rows$a * rows$b + rows$c + (rows$f == "v") + 0.3 * rows$d
  rows$two <- factor(ifelse(rows$y > 0.8, "yes", "no"))
  rows$three <- cut(rows$y, c(-Inf, 0.4, 1, Inf), c("l", "m", "h"))
  rows
}

shap_fit <- function(response, ..., hidden = c(8, 5), activation = "Tanh") {
  rows <- shap_rows()
  rows$response <- rows[[response]]
  few_steps(
    response ~ a + b + c + d + f + g, rows,
    hidden = hidden, activation = activation, epochs = 20, seed = 1, ...
  )
}

# By all subsets of predictors, on average over the background.
exact_shapley <- function(model, row, background) {
  names <- model$encoding$predictors
  p <- length(names)
  value <- function(subset) {
    mixed <- background
    mixed[names[subset]] <- row[rep(1, nrow(background)), names[subset]]
    mean(predict(model, mixed, type = "link"))
  }
  subsets <- as.matrix(expand.grid(rep(list(c(FALSE, TRUE)), p)))
  values <- apply(subsets, 1, value)
  stats::setNames(vapply(seq_len(p), function(j) {
    without <- which(!subsets[, j])
    with <- without + 2^(j - 1)
    size <- rowSums(subsets[without, ])
    weight <- factorial(size) * factorial(p - size - 1) / factorial(p)
    sum(weight * (values[with] - values[without]))
  }, 0), names)
}

test_that("shares add up to the prediction, whatever model and scale", {
  rows <- shap_rows()
  background <- rows[1:40, ]
  cases <- list(
    shap_fit("y"), shap_fit("y", activation = "Maxout"), shap_fit("two"),
    shap_fit("y", activation = "RectifierWithDropout"),
    shap_fit("two", balance_classes = TRUE, activation = "Rectifier"),
    shap_fit("three", activation = "Maxout"), shap_fit("three", balance_classes = TRUE),
    shap_fit("y", hidden = numeric()), shap_fit("y", categorical_encoding = "Binary"),
    shap_fit("d", distribution = "poisson"), shap_fit("y", use_all_factor_levels = FALSE)
  )
  for (model in cases) {
    for (type in c("response", "link")) {
      shap <- shap_values(model, rows[41:60, ], background, type = type)
      expected <- predict(model, rows[41:60, ], type = type)
      base <- predict(model, background, type = type)
      if (type == "link" && model$kind == "binomial") {
        expected <- expected[, 2] - expected[, 1]
        base <- base[, 2] - base[, 1]
      } else if (type == "link" && model$kind == "multinomial") {
        expected <- expected - rowMeans(expected)
        base <- base - rowMeans(base)
      }
      expect_lt(max(abs(shap$prediction - expected)), 1e-5)
      base <- if (is.matrix(base)) colMeans(base) else mean(base)
      expect_lt(max(abs(shap$baseline - base)), 1e-5)
    }
  }
})

test_that("without a hidden layer they are Shapley's, with one close to them", {
  rows <- shap_rows()
  background <- rows[1:15, ]
  linear <- shap_fit("y", hidden = numeric())
  for (i in c(40, 77)) {
    expect_equal(
      shap_values(linear, rows[i, ], background, type = "link")$values[1, ],
      exact_shapley(linear, rows[i, ], background),
      tolerance = 1e-5
    )
  }
  for (activation in c("Tanh", "Rectifier", "Maxout")) {
    model <- shap_fit("y", activation = activation, hidden = 8)
    exact <- vapply(
      40:60, function(i) exact_shapley(model, rows[i, ], background), numeric(6)
    )
    ours <- t(shap_values(model, rows[40:60, ], background, type = "link")$values)
    expect_gt(stats::cor(as.vector(ours), as.vector(exact)), 0.95)
  }
})

test_that("what a model does not use has no share; what does not differ neither", {
  rows <- shap_rows()
  model <- shap_fit("y")
  model$weights[[1]][, "d"] <- 0
  shap <- shap_values(model, rows[1:5, ], rows)
  expect_true(all(shap$values[, "d"] == 0))
  expect_true(all(shap_values(model, rows[3, ], rows[3, ])$values == 0))
  expect_identical(
    shap_values(model, rows[1:5, ], rows, threads = 1)$values,
    shap_values(model, rows[1:5, ], rows, threads = 3)$values
  )
})

test_that("it prints, plots and refuses what it cannot explain", {
  rows <- shap_rows()
  three <- shap_values(shap_fit("three"), rows[1:9, ], rows[1:20, ])
  expect_named(three$values, c("l", "m", "h"))
  expect_match(capture.output(print(three))[[1]], "9 rows by 6 predictors")
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_identical(dim(plot(three, class = "h", most = 3)), c(9L, 3L))
  argument_error(plot(three, class = "z"), "`class`")
  argument_error(shap_values(1, rows, rows), "must be a model")
  argument_error(shap_values(shap_fit("y"), rows), "both needed")
  argument_error(shap_values(shap_fit("y"), rows, rows, type = "prob"), "`type`")
  repeats <- deeplearning(rows[1:4], autoencoder = TRUE, hidden = 2, seed = 1)
  argument_error(shap_values(repeats, rows, rows), "is an autoencoder")
  expect_error(
    shap_values(shap_fit("y"), rows, rows[1:2]), "`background` lacks",
    class = "feedforward_input_error"
  )
})

# Numbers that enter by a curve, as bins or as waves.

mapped <- function(numeric, columns, weights = NULL, ...) {
  arguments <- utils::modifyList(
    list(standardize = TRUE, embedding_size = 4, embedding_scale = .3),
    if (numeric %in% c("robust", "quantile")) {
      list(scaling = numeric)
    } else {
      list(numeric_embedding = numeric)
    }
  )
  learn_encoding(columns, utils::modifyList(arguments, list(...)), weights)
}

inputs_of <- function(encoding, columns) {
  n <- length(columns[[1]])
  dense_inputs(encode_rows(encoding, columns, n), encoding$inputs)
}

test_that("what the core makes of a number is what the slow reference makes", {
  set.seed(2)
  x <- list(a = exp(rnorm(400)), b = sample(5, 400, TRUE), c = replace(rnorm(400), 3, NA))
  for (numeric in setdiff(names(numeric_encoders), "standard")) {
    encoding <- mapped(numeric, x)
    encoder <- numeric_encoders[[numeric]]
    group <- encoding$groups[[numeric]]
    slow_map <- environment(encoder$plan)$map
    new <- lapply(x, function(v) c(v[1:50], min(v, na.rm = TRUE) - 7, 1e3, NA))
    slow <- do.call(cbind, lapply(names(x), function(name) {
      values <- new[[name]]
      values[is.na(values)] <- group$impute[[name]]
      slow_map(values, group$maps[[name]])
    }))
    fast <- inputs_of(encoding, new)
    expect_equal(unname(fast), unname(slow), tolerance = 1e-6, info = numeric)
    expect_identical(ncol(fast), length(encoding$input_names), info = numeric)
    # Moments are those of the training rows.
    known <- inputs_of(encoding, x)[-3, ]
    at <- seq_len(sum(encoder$sizes(group)[1:2]))
    moments <- input_moments(encoding)
    train <- inputs_of(encoding, x)
    expect_equal(moments$mean[at], colMeans(train)[at], tolerance = 1e-5, info = numeric)
    expect_equal(moments$square[at], colMeans(train^2)[at], tolerance = 1e-5)
    expect_equal(moments$mean[-at], colMeans(known)[-at], tolerance = 1e-5)
  }
})

test_that("bins hold as many rows each, and say how far a number has come", {
  x <- list(a = c(0, 1, 2, 4, 8))
  encoding <- mapped("piecewise_linear", x)
  expect_identical(encoding$input_names, paste0("a.", 1:4))
  expect_equal(
    unname(inputs_of(encoding, list(a = c(0, .5, 3, 8, -1, 99)))),
    rbind(
      c(0, 0, 0, 0), c(.5, 0, 0, 0), c(1, 1, .5, 0), 1, c(0, 0, 0, 0), 1
    )
  )
  # Equal quantiles are one edge: two values, one bin.
  two <- mapped("piecewise_linear", list(a = rep(0:1, 50)), embedding_size = 5)
  expect_identical(two$inputs, 1L)
})

test_that("normal scores have the normal distribution, and rise with the number", {
  set.seed(5)
  x <- list(a = rexp(5000))
  z <- inputs_of(mapped("quantile", x), x)[, 1]
  expect_gt(stats::ks.test(z, "pnorm")$p.value, .5)
  expect_identical(order(z), order(x$a))
  many <- list(a = c(rep(0, 900), seq_len(100)))
  z <- inputs_of(mapped("quantile", many), many)[, 1]
  # Rows of one value have their mean probability.
  expect_equal(z[[1]], qnorm(.45), tolerance = 2e-2)
  beyond <- inputs_of(mapped("quantile", x), list(a = c(-5, 1e9)))[, 1]
  expect_identical(beyond, c(-1, 1) * max(abs(beyond)))
  expect_lt(max(abs(beyond)), 4)
})

test_that("the robust scale is that of quartiles, and outliers end at 3", {
  x <- list(a = c(1:99, 1e6))
  z <- inputs_of(mapped("robust", x), x)[, 1]
  width <- diff(quantile(1:100 + c(numeric(99), 1e6 - 100), c(.25, .75)))
  unbent <- (x$a - 50.5) / (width / (2 * qnorm(.75)))
  expect_equal(z, unname(unbent / sqrt(1 + (unbent / 3)^2)), tolerance = 1e-6)
  expect_equal(z[[100]], 3, tolerance = 1e-6)
})

test_that("weights are repeated rows", {
  set.seed(3)
  x <- round(rexp(60), 2)
  weights <- sample(0:3, 60, TRUE)
  for (numeric in c("robust", "quantile", "piecewise_linear")) {
    repeated <- mapped(numeric, list(a = rep(x, weights)))
    weighted <- mapped(numeric, list(a = x), as.double(weights))
    expect_equal(weighted$groups, repeated$groups, tolerance = 1e-12, info = numeric)
  }
})

test_that("a step and a wave are learned that a line of numbers hides", {
  i <- seq_len(1200)
  data <- data.frame(x = (i * .618034) %% 1)
  data$y <- sin(40 * data$x) + (data$x > .5)
  train <- i <= 900
  error <- function(...) {
    model <- suppressWarnings(deeplearning(y ~ x, data[train, ],
      hidden = 16, epochs = 60, optimizer = "adamw", rate = .005, mini_batch_size = 32,
      seed = 1, ...
    ))
    performance(model, data[!train, ])$RMSE
  }
  plain <- error()
  expect_lt(error(numeric_embedding = "piecewise_linear"), plain / 3)
  expect_lt(error(numeric_embedding = "periodic", embedding_scale = 2), plain / 3)
})

test_that("models replay, save and go on with what they learned of numbers", {
  data <- two_classes()
  data$a[4] <- NA
  for (how in list(
    list(scaling = "robust"), list(scaling = "quantile"),
    list(numeric_embedding = "piecewise_linear", embedding_size = 5),
    list(numeric_embedding = "periodic", embedding_size = 3)
  )) {
    fit <- function(...) {
      suppressWarnings(do.call(deeplearning, c(list(class ~ a + b + group, data,
        stopping_rounds = 0, overwrite_with_best_model = FALSE, ...
      ))))
    }
    first <- function(epochs) {
      do.call(fit, c(list(hidden = 4, seed = 2, epochs = epochs), how))
    }
    half <- first(2)
    file <- withr::local_tempfile()
    save_model(half, file)
    expect_identical(predict(load_model(file), data), predict(half, data))
    whole <- first(4)
    more <- fit(checkpoint = file, epochs = 4)
    same_network(more, whole)
    expect_equal(predict(whole, data[7, ]), predict(whole, data)[7], tolerance = 1e-6)
    expect_setequal(varimp(whole, by = "predictor")$variable, c("a", "b", "group"))
    expect_length(
      suppressWarnings(first(1)$weights[[1]][1, ]), whole$network$inputs
    )
  }
})

test_that("what cannot go together is refused or told", {
  fit <- function(..., data = mtcars) {
    deeplearning(mpg ~ wt + hp, data, hidden = 2, epochs = 1, seed = 1, ...)
  }
  expect_error(fit(scaling = "robust", standardize = FALSE), "`standardize`",
    class = "feedforward_argument_error"
  )
  expect_error(fit(scaling = "robust", numeric_embedding = "periodic"), "takes the place")
  expect_error(
    deeplearning(mtcars, autoencoder = TRUE, numeric_embedding = "periodic"),
    "autoencoders"
  )
  expect_warning(fit(embedding_size = 3), "Ignored: `embedding_size`",
    class = "feedforward_ignored_argument_warning"
  )
  expect_warning(
    fit(numeric_embedding = "piecewise_linear", embedding_scale = 1), "embedding_scale"
  )
  skip_if_not_installed("Matrix")
  sparse <- methods::as(as.matrix(mtcars[2:4]), "CsparseMatrix")
  expect_error(
    deeplearning(sparse, mtcars$mpg, hidden = 2, epochs = 1, scaling = "robust"),
    "dgCMatrix",
    class = "feedforward_argument_error"
  )
  linear <- suppressWarnings(
    deeplearning(mpg ~ wt, mtcars, hidden = numeric(), epochs = 1, scaling = "robust")
  )
  expect_error(coef(linear), "no coefficient", class = "feedforward_argument_error")
})

test_that("memory is asked for by the numbers of a row, not by its predictors", {
  encoding <- mapped("piecewise_linear", list(
    a = rnorm(100), b = rnorm(100), f = factor(rep(letters[1:5], 20))
  ))
  expect_identical(row_cells(encoding), 9L)
})

# What users read when a call is refused, word by word: `_snaps/errors.md` is to be read
# as a text. That each error has its class and is raised at all is tested where it is
# raised; here it is how it sounds.

# Each call must be refused by one of the package's errors: keeps the call, the error's
# class and its message.
expect_refusals <- function(...) {
  skip_on_cran()
  caller <- parent.frame()
  told <- lapply(rlang::enexprs(...), function(call) {
    error <- tryCatch(eval(call, caller), error = identity)
    written <- trimws(deparse(call, width.cutoff = 86), "right")
    expect_s3_class(error, "feedforward_error")
    c(
      paste(c(">", rep("+", length(written) - 1)), written),
      paste0("<", class(error)[[1]], "> ", conditionMessage(error)), ""
    )
  })
  expect_snapshot_output(cat(unlist(told), sep = "\n"))
}

cars <- mtcars[c("mpg", "cyl", "hp", "wt")]

# ---- Arguments ----------------------------------------------------------------------

test_that("unknown, repeated and unnamed arguments", {
  expect_refusals(
    deeplearning(mpg ~ ., cars, hiden = 3),
    deeplearning(mpg ~ ., cars, qqqqqq = 3),
    deeplearning(mpg ~ ., cars, 5),
    deeplearning(mpg ~ ., cars, l1 = 0, l1 = 1),
    deeplearning(mpg ~ ., cars, hid = 3),
    deeplearning(mpg ~ ., cars, subset = hp > 100, weights = wt, lr = 0.1),
    deeplearning("hp", "mpg", data = cars)
  )
})

test_that("values out of range", {
  expect_refusals(
    deeplearning(mpg ~ ., cars, hidden = 0),
    deeplearning(mpg ~ ., cars, epochs = -1),
    deeplearning(mpg ~ ., cars, rho = 0),
    deeplearning(mpg ~ ., cars, tweedie_power = 2),
    deeplearning(mpg ~ ., cars, seed = 2^60),
    deeplearning(mpg ~ ., cars, threads = 0),
    deeplearning(mpg ~ ., cars, model_id = iris),
    deeplearning(
      mpg ~ ., cars,
      adaptive_rate = FALSE, rate = 0, l1 = -1, l2 = "a", max_w2 = 0,
      stopping_rounds = 2.5, stopping_tolerance = 1, max_runtime_secs = -1
    )
  )
})

test_that("choices that there are not, and those of later versions", {
  expect_refusals(
    deeplearning(mpg ~ ., cars, activation = "Rectifer"),
    deeplearning(mpg ~ ., cars, categorical_encoding = "Enum"),
    deeplearning(mpg ~ ., cars, nfolds = 1),
    deeplearning(mpg ~ ., cars, nfolds = 50),
    deeplearning(mpg ~ ., cars, autoencoder = TRUE, checkpoint = list(1))
  )
})

test_that("dropout", {
  expect_refusals(
    deeplearning(mpg ~ ., cars, hidden_dropout_ratios = c(0.5, 0.5)),
    deeplearning(
      mpg ~ ., cars,
      activation = "TanhWithDropout", hidden_dropout_ratios = 0.5
    )
  )
})

test_that("arguments that do not go with the response", {
  expect_refusals(
    deeplearning(mpg ~ ., cars, loss = "CrossEntropy"),
    deeplearning(mpg ~ ., cars, loss = "Absolute", distribution = "gaussian"),
    deeplearning(mpg ~ ., cars, loss = "Huber", distribution = "gamma"),
    deeplearning(Species ~ ., iris, loss = "Huber"),
    deeplearning(Species ~ ., iris, distribution = "poisson"),
    deeplearning(Species ~ ., iris, distribution = "bernoulli"),
    deeplearning(mpg ~ ., cars, stopping_metric = "AUC"),
    deeplearning(Species ~ ., iris, stopping_metric = "deviance"),
    deeplearning(Species ~ ., iris, stopping_metric = "AUC"),
    deeplearning(Species ~ ., iris, offset_column = "Sepal.Width")
  )
})

test_that("weights and biases to start from", {
  w <- list(matrix(0, 2, 3), matrix(0, 1, 2))
  expect_refusals(
    deeplearning(mpg ~ ., cars, hidden = 2, initial_weights = w[1]),
    deeplearning(mpg ~ ., cars, hidden = 2, initial_weights = rev(w)),
    deeplearning(mpg ~ ., cars, hidden = 2, initial_weights = list("a", NULL)),
    deeplearning(mpg ~ ., cars, hidden = 2, initial_biases = list(c(0, NaN), 0))
  )
})

test_that("networks that are too large", {
  local_replaced(available_memory = function(...) 8 * 2^30)
  expect_refusals(
    deeplearning(mpg ~ ., cars, hidden = 1e9),
    deeplearning(mpg ~ ., cars, hidden = c(50000, 50000), replicas = 4)
  )
})

# ---- Data ---------------------------------------------------------------------------

test_that("what is no frame, or has nothing in it", {
  ragged <- structure(list(a = 1:2, y = 1:3), class = "data.frame", row.names = 1:3)
  expect_refusals(
    deeplearning(),
    deeplearning(y = "mpg", training_frame = "cars.csv"),
    deeplearning(y = "mpg", training_frame = as.matrix(cars)),
    deeplearning(mpg ~ ., cars[0, ]),
    deeplearning(mpg ~ ., cars[1, ]),
    deeplearning(y = "mpg", training_frame = cars["mpg"]),
    deeplearning(y = "y", training_frame = ragged)
  )
})

test_that("names of columns", {
  twice <- stats::setNames(cars, c("mpg", "a", "a", "wt"))
  empty <- stats::setNames(cars, c("mpg", "", NA, "wt"))
  expect_refusals(
    deeplearning(y = "mpg", training_frame = twice),
    deeplearning(y = "mpg", training_frame = empty),
    deeplearning(c("HP", "wt"), "mpg", cars),
    deeplearning(list("hp"), "mpg", cars),
    deeplearning("hp", "MPG", cars),
    deeplearning("hp", training_frame = cars),
    deeplearning(c("hp", "wt"), "mpg", cars, weights_column = "wt"),
    deeplearning("hp", "mpg", cars, weights_column = "wt", offset_column = "wt")
  )
})

test_that("formulas", {
  expect_refusals(
    deeplearning(mpg ~ hp * wt, cars),
    deeplearning(mpg ~ . - 1, cars),
    deeplearning(~ hp, cars),
    deeplearning(mpg ~ power, cars),
    deeplearning(mpg ~ log(.), cars),
    deeplearning(mpg ~ quantile(hp), cars),
    deeplearning(mpg ~ cars$hp, cars),
    deeplearning(mpg + hp ~ wt, cars),
    deeplearning(mpg ~ log(pwoer) + hp, cars),
    deeplearning(formula = , cars),
    deeplearning(cars, mpg ~ hp),
    deeplearning(mpg ~ .),
    deeplearning(mpg ~ ., as.matrix(cars)),
    deeplearning(mpg ~ ., cars, y = "mpg"),
    deeplearning(mpg ~ offset(wt) + hp, cars, offset_column = "wt")
  )
})

test_that("x and y as data", {
  expect_refusals(
    deeplearning(cars[-1]),
    deeplearning(cars[-1], cars$mpg[-1]),
    deeplearning(cars[-1], cars$mpg, weights_column = 1:3),
    deeplearning(cars[-1], cars$mpg, training_frame = cars),
    deeplearning(array(0, c(2, 2, 2)), 1:2),
    deeplearning(cars[-1], cars$mpg, validation_frame = 3)
  )
})

test_that("predictors that cannot be used", {
  with_a <- function(a) {
    structure(list(a = a, b = 1:4, y = c(1, 3, 2, 5)),
      class = "data.frame", row.names = 1:4
    )
  }
  malformed <- structure(c(1L, 9L, 2L, 1L), levels = c("u", "v"), class = "factor")
  repeated <- structure(c(1L, 1L, 2L, 1L), levels = c("u", "u"), class = "factor")
  holes <- data.frame(a = c(1, NA, 3, NA), b = c(NA, 1, NA, 2), y = 1:4)
  expect_refusals(
    deeplearning(y ~ ., with_a(c(1, Inf, 2, -Inf))),
    deeplearning(y ~ ., with_a(c(1e308, -1e308, 0, 1))),
    deeplearning(y ~ ., with_a(c(1, 1e300, 2, 3)), standardize = FALSE),
    deeplearning(y ~ ., with_a(list(1, 2, 3, 4))),
    deeplearning(y ~ ., with_a(malformed)),
    deeplearning(y ~ ., with_a(repeated)),
    deeplearning(y ~ ., with_a(c("tea", "caf\xe9", "tea", NA))),
    deeplearning(y ~ ., with_a(structure(letters[1:4], class = "Date"))),
    deeplearning(y ~ a, with_a(rep(7, 4))),
    deeplearning(y ~ a, with_a(rep(NA, 4))),
    deeplearning(y ~ ., holes, missing_values_handling = "Skip")
  )
})

test_that("responses", {
  with_response <- function(y) with_y(y, small_frame[c("a", "b", "y", "w", "o")])
  expect_refusals(
    deeplearning(y ~ a, with_response(rep(NA_real_, 6))),
    deeplearning(y ~ a, with_response(c(1, Inf, 2, NaN, 3, 4))),
    deeplearning(y ~ a, with_response(rep(2.5, 6))),
    deeplearning(y ~ a, with_response(factor(rep("yes", 6), c("no", "yes")))),
    deeplearning(y ~ a, with_response(as.list(1:6))),
    deeplearning(y ~ a, with_response(as.Date("2024-01-01") + 1:6)),
    deeplearning(y ~ a, with_response(1e160 * 1:6)),
    deeplearning(y ~ a, with_response(1e-200 * 1:6)),
    deeplearning(y ~ a, with_response(c(1, -2, 3, -4, 5, 6)), distribution = "poisson"),
    deeplearning(y ~ a, with_response(c(1, 0, 3, 4, 5, 6)), distribution = "gamma")
  )
})

test_that("weights and offsets", {
  with_w <- function(w) replace(small_frame, "w", list(w))
  expect_refusals(
    deeplearning(y ~ a, with_w(c(1, -1, 1, 1, -2, 1)), weights_column = "w"),
    deeplearning(y ~ a, with_w(c(1, NA, 1, 1, 1, 1)), weights_column = "w"),
    deeplearning(y ~ a, with_w(rep(0, 6)), weights_column = "w"),
    deeplearning(y ~ a, with_w(factor(1:6)), weights_column = "w"),
    deeplearning(y ~ a, with_w(c(NA, 1, 1, 1, 1, 1)), offset_column = "w")
  )
})

test_that("validation frames", {
  d <- small_frame
  expect_refusals(
    deeplearning(y ~ a, d, validation_frame = d[0, ]),
    deeplearning(y ~ a, d, validation_frame = d["a"]),
    deeplearning(y ~ a, d, validation_frame = d["y"]),
    deeplearning(y ~ a, d, validation_frame = transform(d, y = "much")),
    deeplearning(k ~ a, d, validation_frame = transform(d, k = "r")),
    deeplearning(y ~ a, d, validation_frame = transform(d, a = Inf))
  )
})

test_that("sparse matrices", {
  skip_if_not_installed("Matrix")
  m <- Matrix::sparseMatrix(c(1, 3), c(1, 2), x = c(1, 2), dims = c(3, 2))
  corrupt <- m
  corrupt@i <- c(0L, 7L)
  expect_refusals(
    deeplearning(corrupt, c(1, 2, 4)),
    deeplearning(y = "y", training_frame = m)
  )
})

# ---- Models -------------------------------------------------------------------------

test_that("predict()", {
  two <- fake_model("binomial")
  number <- fake_model("regression", arguments = list(offset_column = "off"))
  data <- fake_data()
  expect_refusals(
    predict(two),
    predict(two, data["colour"]),
    predict(two, transform(data, size = group, group = size)),
    predict(two, transform(data, size = Inf)),
    predict(two, unname(as.matrix(data[1:2]))),
    predict(two, data, type = "raw"),
    predict(two, data, type = "class", threshold = 2),
    predict(two, data, threshold = 0.5),
    predict(two, data, thresold = 0.5),
    predict(number, data, type = "prob"),
    predict(number, data)
  )
})

test_that("models that were changed or diverged", {
  model <- fake_model("binomial")
  cut <- model
  cut$weights[[2]] <- cut$weights[[2]][, -1]
  part <- structure(unclass(model)[1:3], class = class(model))
  diverged <- model
  diverged$weights[[1]][1, 1] <- NaN
  expect_refusals(
    predict(cut, fake_data()),
    predict(part, fake_data()),
    predict(diverged, fake_data())
  )
})

test_that("performance()", {
  more <- fake_model("multinomial")
  data <- fake_data()
  expect_refusals(
    performance(more, data[c("size", "group")]),
    performance(more, data, y = c("x", "y")),
    performance(more, data, y = rep(NA_character_, 5)),
    performance(more, train = TRUE, valid = TRUE),
    performance(more, data, valid = TRUE),
    performance(more, valid = TRUE),
    performance(more, auc_type = "MACRO_OVR"),
    performance(more, data, auc_type = "ovr"),
    performance(fake_model("regression"), data, y = data$group),
    performance(few_steps(cars[-1], cars$mpg, hidden = 1, epochs = 1), cars)
  )
})

test_that("plot(), varimp(), weights() and their like", {
  number <- fake_model("regression")
  expect_refusals(
    plot(number, metric = "auc"),
    plot(number, what = "roc"),
    plot(number, what = "importance", most = 0),
    varimp(number, by = "level"),
    weights(number, 4),
    biases(number, lyer = 2),
    score_history(number, 3),
    print(number, digits = 0)
  )
})

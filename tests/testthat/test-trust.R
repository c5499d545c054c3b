# calibrate(), reliability() and conformal() with models.

# Rows with noise, which a network trained for long on few of them is too sure of.
noisy_rows <- function(n, seed = 1) {
  withr::with_seed(seed, {
    data <- data.frame(a = stats::rnorm(n), b = stats::rnorm(n), c = stats::runif(n))
    score <- data$a + data$b * data$c
    data$two <- factor(ifelse(score + stats::rlogis(n) > 0, "yes", "no"))
    data$three <- cut(score + stats::rnorm(n), c(-Inf, -0.7, 0.7, Inf), c("x", "y", "z"))
    data$number <- score + (0.2 + data$c) * stats::rnorm(n)
    data$count <- stats::rpois(n, exp(score / 2))
    data
  })
}

rows <- noisy_rows(1500)
train <- rows[1:200, ]
held <- rows[201:800, ]
test <- rows[801:1500, ]

overfit <- function(response, ..., data = train) {
  few_steps(
    c("a", "b", "c"), response, data, hidden = 20, epochs = 150, optimizer = "adam",
    rate = 0.02, seed = 1, ...
  )
}
two <- overfit("two")
three <- overfit("three")
number <- quick_fit(c("a", "b", "c"), "number", train)

test_that("predictions change by calibration alone, and keep their bits without", {
  for (model in list(two, three)) {
    for (method in names(calibrators)) {
      calibrated <- calibrate(model, held, method)
      for (type in c("response", "prob", "class", "link")) {
        expect_identical(
          predict(calibrated, test, type = type, calibrated = FALSE),
          predict(model, test, type = type)
        )
      }
      expect_false(identical(predict(calibrated, test), predict(model, test)))
      expect_identical(
        predict(calibrated, test, type = "link"), predict(model, test, type = "link")
      )
      expect_identical(predict(calibrated, test[7, ], threads = 1),
        if (is.matrix(predict(calibrated, test))) {
          predict(calibrated, test)[7, , drop = FALSE]
        } else {
          predict(calibrated, test)[7]
        })
      without <- calibrated
      without$calibration <- NULL
      without["default_threshold"] <- list(model$default_threshold)
      expect_identical(without, model)
    }
  }
})

test_that("log loss is no worse on the rows, and better on others for a model too sure", {
  for (model in list(two, three)) {
    for (method in names(calibrators)) {
      calibrated <- calibrate(model, held, method)
      measures <- calibrated$calibration$measures
      expect_lt(measures["after", "logloss"], measures["before", "logloss"])
      expect_lt(measures["after", "ece"], measures["before", "ece"])
      expect_equal(performance(calibrated, held)$logloss, measures["after", "logloss"])
      expect_equal(performance(model, held)$logloss, measures["before", "logloss"])
      expect_lt(performance(calibrated, test)$logloss, performance(model, test)$logloss)
    }
  }
})

test_that("the threshold is the best on the rows given; the old one is kept", {
  calibrated <- calibrate(two, held, "platt")
  p <- predict(calibrated, held)
  f1 <- function(t) {
    hit <- sum(p >= t & held$two == "yes")
    2 * hit / (sum(p >= t) + sum(held$two == "yes"))
  }
  threshold <- calibrated$default_threshold
  expect_equal(f1(threshold), max(vapply(p, f1, 0)), tolerance = 1e-3)
  expect_identical(
    predict(calibrated, test, type = "class") == "yes",
    predict(calibrated, test) >= threshold
  )
  expect_identical(calibrated$calibration$threshold, two$default_threshold)
  # Drawn beside probabilities of training.
  expect_identical(raw_threshold(calibrated), two$default_threshold)
})

test_that("calibrating twice replaces, and temperature keeps the order of classes", {
  again <- calibrate(calibrate(two, held, "isotonic"), held)
  expect_identical(again, calibrate(two, held))
  expect_identical(
    predict(calibrate(three, held), test, type = "class"),
    predict(three, test, type = "class")
  )
  temperature <- again$calibration$fitted$temperature
  expect_equal(
    predict(again, test), stats::plogis(stats::qlogis(predict(two, test)) / temperature)
  )
})

test_that("weights count: a row of weight 2 is the row twice", {
  data <- rbind(train, held)
  data$w <- 1 + seq_len(800) %% 2
  model <- overfit("two", data = data[1:200, ], weights_column = "w")
  twice <- data[rep(201:800, data$w[201:800]), ]
  twice$w <- 1
  for (method in names(calibrators)) {
    a <- calibrate(model, data[201:800, ], method)
    b <- calibrate(model, twice, method)
    expect_equal(predict(a, test), predict(b, test), tolerance = 1e-6)
    expect_equal(a$calibration$measures, b$calibration$measures, tolerance = 1e-6)
  }
})

test_that("rows that the folds held out serve as well, with kept data or the response", {
  fit <- function(...) {
    quick_fit(c("a", "b", "c"), ..., nfolds = 3, keep_cross_validation_predictions = TRUE,
      keep_cross_validation_fold_assignment = TRUE)
  }
  for (y in c("two", "three")) {
    kept <- fit(y, held, keep_data = TRUE)
    bare <- kept
    bare["data"] <- list(NULL)
    a <- calibrate(kept)
    expect_identical(a$calibration, calibrate(bare, y = held[[y]])$calibration)
    expect_equal(
      a$calibration$measures["before", "logloss"], kept$cross_validation$metrics$logloss
    )
    expect_error(calibrate(bare), "keep_data", class = "feedforward_argument_error")
    expect_error(calibrate(bare, y = held[[y]][-1]), class = "feedforward_input_error")
    expect_identical(
      attr(reliability(a), "ece"), a$calibration$measures["after", "ece"]
    )
  }
})

test_that("models come back from files with their calibration and scores, bit for bit", {
  file <- withr::local_tempfile()
  models <- list(
    calibrate(two, held, "isotonic"), calibrate(three, held, "platt"),
    conformal(calibrate(three, test), held), conformal(number, held)
  )
  for (model in models) {
    save_model(model, file)
    expect_identical(load_model(file), model)
  }
})

test_that("training further loses what was learned, and says so", {
  model <- quick_fit(c("a", "b", "c"), "two", train, keep_state = TRUE)
  go_on <- function(model) {
    few_steps(checkpoint = model, training_frame = train, epochs = 5)
  }
  expect_warning(
    more <- go_on(conformal(calibrate(model, held), held)), "call them again",
    class = "feedforward_calibration_warning"
  )
  expect_null(more$calibration)
  expect_null(more$conformal)
  same_network(more, go_on(model))
  expect_identical(predict(more, test), predict(go_on(model), test))
})

test_that("whatever predicts has the calibrated probabilities", {
  calibrated <- calibrate(two, held)
  p <- predict(calibrated, test)
  found <- as.data.frame(h2o.predict(calibrated, as.h2o(test)))
  expect_identical(found$yes, p)
  expect_identical(found$predict, predict(calibrated, test, type = "class"))
  expect_identical(
    confusion_matrix(calibrated, test), confusion_matrix(calibrated, test,
      threshold = calibrated$default_threshold)
  )
  importance <- permutation_importance(calibrated, test, seed = 1)
  expect_equal(attr(importance, "baseline"), performance(calibrated, test)$logloss)
  at <- partial_dependence(calibrated, test, "a", bins = 3)[[1]]
  some <- test
  some$a <- at$a[[2]]
  expect_equal(at$mean_response[[2]], mean(predict(calibrated, some)))
})

test_that("print shows before and after", {
  expect_output(print(calibrate(two, held)), "temperature scaling.*before.*after.*before")
  expect_output(print(conformal(number, held)), "split, absolute residuals.*600 rows")
  expect_false(any(grepl("Calibration|Conformal", utils::capture.output(print(two)))))
})

test_that("what cannot be calibrated is refused", {
  argument <- "feedforward_argument_error"
  input <- "feedforward_input_error"
  expect_error(calibrate(number, held), "model of classes", class = argument)
  coder <- suppressWarnings(deeplearning(~ a + b + c, train,
    autoencoder = TRUE, hidden = 2, epochs = 1, seed = 1))
  expect_error(calibrate(coder, held), class = argument)
  expect_error(conformal(coder, held), class = argument)
  expect_error(calibrate(7, held), class = argument)
  expect_error(calibrate(two), "`newdata` is missing", class = argument)
  expect_error(calibrate(two, held, "other"), class = argument)
  expect_error(calibrate(two, held, metod = "platt"), class = argument)
  expect_error(calibrate(two, held[c("a", "b", "c")]), "the response", class = input)
  expect_error(calibrate(two, held[held$two == "no", ]), "one class", class = input)
  expect_error(calibrate(two, held[1:9, ]), "needs 10", class = input)
  expect_error(calibrate(two, held[1:49, ], "isotonic"), "needs 50", class = input)
  without <- held[held$three != "y", ]
  expect_error(calibrate(three, without, "platt"), "\"y\"", class = input)
  expect_no_error(calibrate(three, without))
  broken <- calibrate(two, held)
  broken$calibration$fitted$temperature <- -1
  expect_error(predict(broken, test), "calibration", class = input)
  expect_error(predict(two, test, calibrated = NA), class = argument)
})

# ---- Reliability --------------------------------------------------------------------

test_that("a model's table is that of its probabilities", {
  p <- predict(two, test)
  same <- c("bin", "predicted", "observed", "n", "lower", "upper")
  expect_equal(
    reliability(two, test)[same], reliability(p, y = test$two)[same]
  )
  calibrated <- calibrate(two, held)
  expect_equal(reliability(calibrated, test, calibrated = FALSE), reliability(two, test))
  ece <- function(model) attr(reliability(model, test), "ece")
  expect_lt(ece(calibrated), ece(two))
  expect_equal(attr(reliability(two, test), "logloss"), performance(two, test)$logloss)
  matrix <- predict(three, test)
  for (class in list(NULL, "z")) {
    expect_equal(
      reliability(three, test, class = class, by = "quantile"),
      reliability(matrix, y = test$three, class = class, by = "quantile")
    )
  }
  expect_equal(
    reliability(three, test, class = "z")[same],
    reliability(matrix[, "z"], y = test$three == "z")[same]
  )
  expect_equal(sum(attr(reliability(two, test), "histogram")), 1)
  for (call in expression(
    reliability(number, test), reliability("a", y = 1), reliability(0.5),
    reliability(two, test, bins = 0), reliability(two, test, class = "no"),
    reliability(three, test, class = "q"), reliability(c(0.2, 2), y = 0:1),
    reliability(0.2, y = c(0, 1)), reliability(two, test, level = 1)
  )) {
    expect_error(eval(call), class = "feedforward_error")
  }
})

test_that("it is drawn", {
  withr::local_pdf(withr::local_tempfile(fileext = ".pdf"))
  table <- reliability(two, test)
  expect_invisible(plot(table))
  expect_identical(plot(table, main = "Title"), table)
})

# ---- Conformal ----------------------------------------------------------------------

# Mean coverage over splits of the rows that did not train.
covered <- function(model, response, score = NULL, splits = 50, level = 0.9) {
  pool <- rbind(held, test)
  mean(vapply(seq_len(splits), function(i) {
    own <- withr::with_seed(i, sample(nrow(pool), 300))
    found <- predict(conformal(model, pool[own, ], score = score), pool[-own, ],
      interval = level)
    actual <- pool[[response]][-own]
    if (is.matrix(found)) {
      mean(found[cbind(seq_along(actual), as.integer(actual))])
    } else {
      mean(found$lower <= actual & actual <= found$upper)
    }
  }, 0))
}

test_that("intervals cover as often as they say, sets at least", {
  share <- covered(number, "number")
  expect_gt(share, 0.88)
  expect_lt(share, 0.92)
  for (model in list(three, calibrate(three, train))) {
    expect_gt(covered(model, "three", "aps", 15), 0.88)
    share <- covered(model, "three", "lac", 15)
    expect_gt(share, 0.88)
    expect_lt(share, 0.92)
  }
  expect_gt(covered(two, "two", "lac", 10), 0.88)
})

test_that("further models bend intervals, which still cover", {
  quantile <- function(alpha) {
    quick_fit(c("a", "b", "c"), "number", train,
      distribution = "quantile", quantile_alpha = alpha)
  }
  residuals <- train
  residuals$number <- abs(train$number - predict(number, train))
  spread <- quick_fit(c("a", "b", "c"), "number", residuals, distribution = "gamma")
  lower <- quantile(0.05)
  models <- list(
    conformal(number, held, spread = spread),
    conformal(number, held, lower = lower, upper = quantile(0.95))
  )
  expect_identical(models[[1]]$conformal$score, "normalised")
  expect_identical(models[[2]]$conformal$score, "quantile")
  file <- withr::local_tempfile()
  for (model in models) {
    found <- predict(model, test, interval = 0.9)
    expect_equal(found$fit, predict(number, test))
    share <- mean(found$lower <= test$number & test$number <= found$upper)
    expect_gt(share, 0.86)
    expect_lt(share, 0.94)
    expect_gt(stats::sd(found$upper - found$lower), 0.01)
    save_model(model, file)
    expect_identical(predict(load_model(file), test, interval = 0.9), found)
  }
  argument <- "feedforward_argument_error"
  expect_error(conformal(number, held, lower = lower), "lower", class = argument)
  expect_error(conformal(number, held, spread = lower), "log link", class = argument)
  expect_error(conformal(number, held, spread = two), class = argument)
  expect_error(conformal(number, held, spread = 3), class = argument)
  expect_error(conformal(three, held, spread = spread), class = argument)
})

test_that("a count's interval is not below 0", {
  model <- quick_fit(c("a", "b", "c"), "count", train, distribution = "poisson")
  found <- predict(conformal(model, held), test, interval = 0.9)
  expect_identical(min(found$lower), 0)
  expect_gt(mean(found$lower <= test$count & test$count <= found$upper), 0.85)
})

test_that("by folds: intervals of all their models, which cover", {
  data <- held[1:150, ]
  fit <- function(y, ...) {
    quick_fit(c("a", "b", "c"), y, data, nfolds = 4,
      keep_cross_validation_predictions = TRUE,
      keep_cross_validation_fold_assignment = TRUE, ...)
  }
  model <- conformal(fit("number", keep_data = TRUE), method = "cv+")
  found <- predict(model, test, interval = 0.9)
  share <- mean(found$lower <= test$number & test$number <= found$upper)
  expect_gt(share, 0.8)
  expect_lt(share, 0.98)
  # By the paper's definition, for three rows.
  folds <- as.integer(model$cross_validation$folds)
  own <- model$cross_validation$predictions
  each <- vapply(model$cross_validation$models, predict, numeric(3), test[1:3, ])
  for (i in 1:3) {
    residual <- abs(data$number - own)
    expect_equal(found$upper[[i]], sort(each[i, folds] + residual)[[ceiling(151 * 0.9)]])
    expect_equal(found$lower[[i]], sort(each[i, folds] - residual)[[floor(151 * 0.1)]])
  }
  expect_equal(found$fit, predict(model, test))

  bare <- fit("three")
  sets <- predict(conformal(bare, method = "cv+", y = data$three), test, interval = 0.9)
  expect_identical(colnames(sets), c("x", "y", "z"))
  expect_gt(mean(sets[cbind(1:700, as.integer(test$three))]), 0.8)

  argument <- "feedforward_argument_error"
  expect_error(conformal(number, method = "cv+"), "nfolds", class = argument)
  expect_error(conformal(model, held, method = "cv+"), "no meaning", class = argument)
  bare$cross_validation["models"] <- list(NULL)
  expect_error(conformal(bare, method = "cv+"), "keep_cross_val", class = argument)
  model$cross_validation$models <- model$cross_validation$models[1:2]
  expect_error(predict(model, test, interval = 0.9), "conformal",
    class = "feedforward_input_error")
})

test_that("levels and rows that do not fit are told", {
  argument <- "feedforward_argument_error"
  expect_error(predict(number, test, interval = 0.9), "conformal\\(", class = argument)
  few <- conformal(number, held[1:18, ])
  expect_warning(
    found <- predict(few, test, interval = 0.95), "19 rows",
    class = "feedforward_interval_warning"
  )
  expect_true(all(found$lower == -Inf & found$upper == Inf))
  expect_no_warning(predict(conformal(number, held[1:19, ]), test, interval = 0.95))
  expect_warning(
    sets <- predict(conformal(three, held[1:5, ]), test, interval = 0.95),
    class = "feedforward_interval_warning"
  )
  expect_true(all(sets))
  for (level in list(0, 1, NA, "a", c(0.5, 0.9))) {
    expect_error(predict(few, test, interval = level), class = argument)
  }
  expect_error(predict(few, test, interval = 0.5, type = "link"), class = argument)
  expect_error(predict(few, test, interval = 0.5, calibrated = FALSE), class = argument)
  expect_error(conformal(number, held, score = "aps"), class = argument)
  data <- held
  data$w <- 1 + seq_len(600) %% 2
  weighted <- quick_fit(c("a", "b", "c"), "number", data, weights_column = "w")
  expect_error(conformal(weighted, data), "weights", class = "feedforward_input_error")
  expect_no_error(conformal(weighted, held))
  data$w <- 2 * (data$w == 2)
  expect_identical(conformal(weighted, data)$conformal$rows, 300L)
  expect_identical(nrow(predict(few, test[0, ], interval = 0.5)), 0L)
  expect_warning(
    gone <- calibrate(conformal(three, held), test), "after calibrate",
    class = "feedforward_conformal_warning"
  )
  expect_null(gone$conformal)
})

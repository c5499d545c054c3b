# Gedeon's scores of the inputs of a network with these weights.
scores_of <- function(weights, activation = "Tanh") {
  rows <- vapply(weights, nrow, 0L)
  last <- length(weights)
  network <- new_network(
    ncol(weights[[1]]), rows[-last] / activations[[activation]]$channels, activation,
    rows[[last]], "linear"
  )
  gedeon_scores(weights, network)
}

test_that("importances are Gedeon's, worked out by hand", {
  # Two inputs, two units, one output.
  w1 <- rbind(c(1, -3), c(2, 2))
  w2 <- cbind(-1, 4)
  # Shares of the inputs: unit 1 (1/4, 3/4), unit 2 (1/2, 1/2); of the units: 1/5, 4/5.
  expected <- c(1 / 4 * 1 / 5 + 1 / 2 * 4 / 5, 3 / 4 * 1 / 5 + 1 / 2 * 4 / 5)
  expect_equal(scores_of(list(w1, w2)), expected)
  # Only the first two matrices count.
  expect_equal(scores_of(list(w1, w2, matrix(7))), expected)
  # Without a hidden layer: sums of absolute weights.
  expect_equal(scores_of(list(w1)), c(3, 5))
})

test_that("the two channels of a Maxout unit are added", {
  w1 <- rbind(c(1, -3), c(2, 2))
  w2 <- rbind(c(-1, 4), c(3, 1))
  half <- function(w) w[rep(seq_len(nrow(w)), each = 2), ] * c(0.25, -0.75)
  # Hidden, then output: the output layer has no channels.
  expect_equal(
    scores_of(list(half(w1), w2), "Maxout"), scores_of(list(w1, w2))
  )
  expect_equal(
    scores_of(list(half(w1), half(w2), w2), "Maxout"),
    scores_of(list(w1, w2, w2))
  )
  expect_equal(scores_of(list(w1), "Maxout"), scores_of(list(w1)))
})

test_that("units and networks of zeros give zeros, never NaN", {
  dead <- list(rbind(c(0, 0), c(2, 6)), cbind(1, 1))
  expect_equal(scores_of(dead, "Rectifier"), c(0.25, 0.75))
  none <- importance_table(c("a", "b"), c(0, 0))
  expect_identical(none$scaled_importance, c(0, 0))
  expect_identical(none$percentage, c(0, 0))
})

test_that("the table is sorted, scaled and stable", {
  table <- importance_table(c("a", "b", "c", "d"), c(0, 0.5, 0, 0.25))
  expect_identical(table$variable, c("b", "d", "a", "c"))
  expect_identical(table$relative_importance, c(0.5, 0.25, 0, 0))
  expect_identical(table$scaled_importance, c(1, 0.5, 0, 0))
  expect_equal(table$percentage, c(2, 1, 0, 0) / 3)
})

test_that("an input that was never trained has no importance", {
  model <- fake_model("binomial")
  model$encoding$unused <- 2L
  table <- gedeon_importance(model$weights, model$encoding, model$network)
  expect_identical(table$variable[[4]], "group.missing(NA)")
  expect_identical(table$relative_importance[[4]], 0)
  # Divided by the largest of all inputs, as in H2O, so that nobody need be 1.
  seen <- fake_model("binomial")$variable_importances
  rows <- match(table$variable[1:3], seen$variable)
  expect_identical(
    table$relative_importance[1:3], seen$relative_importance[rows]
  )
  expect_identical(table$scaled_importance[[1]], 1)
})

# Variation of what each predictor sends to the outputs, by multiplying the matrices and
# feeding rows in which the predictors are as they were in training.
importance_by_rows <- function(model, inputs, predictor, signs) {
  w <- model$weights
  first <- function(x) apply(x, 2, function(v) mean((v - mean(v))^2))
  each <- vapply(unique(predictor), function(p) {
    x <- inputs * rep(predictor == p, each = nrow(inputs))
    if (signs) {
      out <- x %*% t(Reduce(`%*%`, rev(w)))
      if (model$network$output == "softmax") out <- out - rowMeans(out)
      sum(first(out))
    } else {
      sum(first(x %*% t(w[[1]])) %*% t(Reduce(`%*%`, rev(lapply(w[-1], `^`, 2)))))
    }
  }, 0)
  stats::setNames(each, unique(predictor))
}

test_that("a predictor counts by how much it moves the outputs in training", {
  data <- data.frame(
    size = c(1, 2, 3, 5, 5, 5), group = factor(c("a", "b", NA, "a", "a", "b"))
  )
  for (y in list(c(2, 1, 4, 3, 6, 5), factor(c("u", "v", "w", "u", "v", "w")))) {
    data$y <- y
    model <- quick_fit(y ~ size + group, data)
    inputs <- cbind(
      data$group %in% "a", data$group %in% "b", is.na(data$group), scale(data$size)
    ) * rep(c(1, 1, 1, sqrt(6 / 5)), each = 6)
    predictor <- c("group", "group", "group", "size")
    score <- importance_by_rows(model, inputs, predictor, TRUE) +
      importance_by_rows(model, inputs, predictor, FALSE)
    table <- varimp(model, by = "predictor")
    expect_setequal(table$variable, names(score))
    expect_equal(table$scaled_importance, sqrt(score[table$variable] / max(score)),
      ignore_attr = TRUE
    )
    expect_equal(sum(table$percentage), 1)
  }
})

test_that("a factor does not gain by its number of levels", {
  set.seed(40)
  n <- 2000
  data <- data.frame(
    number = stats::rnorm(n), wave = stats::rnorm(n),
    few = factor(sample(letters[1:4], n, TRUE)), noise = factor(sample(100, n, TRUE))
  )
  data$line <- 3 * data$number + data$wave + as.integer(data$few)
  data$curve <- data$number + data$wave^2 + as.integer(data$few)
  for (y in c("line", "curve")) {
    model <- deeplearning(
      data[c("number", "wave", "few", "noise")], data[[y]],
      hidden = c(20, 20), epochs = 40, seed = 1
    )
    expect_gt(performance(model)$r2, 0.99)
    expect_identical(varimp(model, by = "predictor")$variable[[4]], "noise")
  }
})

test_that("weights of rows and units of numbers change no importance by predictor", {
  set.seed(41)
  data <- data.frame(a = stats::rnorm(60), f = factor(sample(3, 60, TRUE)))
  data$y <- data$a + as.integer(data$f)
  data$w <- rep(1:2, 30)
  twice <- data[rep(seq_len(60), data$w), ]
  moments <- function(...) input_moments(quick_fit(y ~ a + f, ...)$encoding)
  weighted <- moments(data, weights_column = "w")
  expect_equal(weighted$mean, moments(twice)$mean)
  # Inputs that are not standardised vary as the column does.
  plain <- moments(data, standardize = FALSE)
  expect_equal(plain$square[[5]], stats::var(data$a))
  expect_equal(plain$mean, c(table(data$f) / 60, 0, 0), ignore_attr = TRUE)
})

test_that("names that look alike are not mixed up", {
  # Column "a" with level "b.c" and column "a.b" with level "c": one name, two inputs.
  encoding <- learn(
    list(a = c("b.c", NA), a.b = c("c", NA)),
    ignore_const_cols = FALSE
  )
  expect_identical(encoding$input_names, c(
    "a.b.c", "a.missing(NA)", "a.b.c", "a.b.missing(NA)"
  ))
  weights <- list(t(c(1, 2, 3, 6)))
  network <- new_network(4, numeric(), "Tanh", 1, "linear")
  table <- predictor_importance(weights, encoding, network)
  expect_identical(table$variable, c("a.b", "a"))
  # One level in half of the rows: half the difference of the weights.
  expect_equal(table$relative_importance, c(3, 1) / 3)
})

test_that("importances that were not kept are worked out from the weights", {
  model <- fake_model("multinomial", activation = "Maxout")
  kept <- varimp(model)
  model["variable_importances"] <- list(NULL)
  expect_identical(varimp(model), kept)
  expect_error(
    varimp(model, by = "level"), "\"input\", \"predictor\"",
    class = "feedforward_argument_error"
  )
})

# H2O's weights of a model give H2O's importances. Names of inputs that stand for
# missing values which training never saw are in `never`.
expect_golden_importances <- function(weights, never, expected) {
  names <- colnames(weights[[1]])
  relative <- scores_of(weights)
  relative <- relative / max(relative)
  relative[names %in% never] <- 0
  table <- importance_table(names, relative)
  expect_identical(table$variable, expected$variable)
  expect_lt(max(abs(as.matrix(table[-1]) - as.matrix(expected[-1]))), 1e-5)
}

test_that("H2O's weights give H2O's importances", {
  # importances.csv is H2O 3.46.0.12's table for the model of golden.rds.
  model <- readRDS(test_path("fixtures", "golden.rds"))$models[["binomial-tanh"]]
  expected <- utils::read.csv(test_path("fixtures", "importances.csv"))
  # Only UniqueCarrier had missing values.
  expect_golden_importances(
    model$weights, c("DayOfWeek.missing(NA)", "Month.missing(NA)"), expected
  )
})

test_that("and so do all the other models with one-hot inputs", {
  folder <- shared_path("golden")
  cases <- list.files(folder, "^(binomial|delay|gaussian|multinomial)")
  # Their weights are laid out in another way (maxout), or H2O takes another input for
  # the one of missing values (drop-first-level).
  for (case in setdiff(cases, c("binomial-maxout", "binomial-drop-first-level"))) {
    model <- jsonlite::fromJSON(file.path(folder, case, "model.json"))
    train <- utils::read.csv(file.path(folder, case, "train.csv"), na.strings = "")
    weights <- Map(`colnames<-`, model$weights$rows, model$weights$columns)
    rows <- rep(TRUE, nrow(train))
    if (isTRUE(model$params$weights_column %in% names(train))) {
      rows <- train[[model$params$weights_column]] > 0
    }
    full <- !vapply(train[rows, ], anyNA, NA)
    expected <- as.data.frame(model$varimp$rows)
    names(expected) <- model$varimp$columns
    expected[-1] <- lapply(expected[-1], as.numeric)
    expect_golden_importances(
      weights, paste0(names(train)[full], ".missing(NA)"), expected
    )
  }
})

test_that("rows of importances are numbered by rank", {
  model <- quick_fit(mpg ~ wt + hp + qsec, mtcars)
  for (by in c("input", "predictor")) {
    expect_identical(rownames(varimp(model, by = by)), as.character(1:3))
  }
})

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

test_that("predictors get the sum over their inputs", {
  model <- fake_model("regression")
  inputs <- varimp(model)
  expect_identical(inputs, model$variable_importances)
  predictors <- varimp(model, by = "predictor")
  expect_setequal(predictors$variable, c("group", "size"))
  of <- function(table, names) {
    sum(table$relative_importance[table$variable %in% names])
  }
  expect_equal(
    of(predictors, "group"),
    of(inputs, c("group.b", "group.a", "group.missing(NA)"))
  )
  expect_equal(of(predictors, "size"), of(inputs, "size"))
  expect_equal(sum(predictors$percentage), 1)
})

test_that("names that look alike are not mixed up when summed", {
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
  table <- gedeon_importance(weights, encoding, network, "predictor")
  expect_identical(table$variable, c("a.b", "a"))
  expect_equal(table$relative_importance, c(9, 3) / 6)
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

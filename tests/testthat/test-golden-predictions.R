# Weights of models that H2O trained, put into ours: the encoding is learned from the
# same rows, the weights are given and nothing is trained (epochs = 0), so predictions
# must be H2O's. How the weights were brought into our form: helper-fixtures.R.

# The matrix of layer 1 with the columns in the order of our inputs: H2O's sort of
# factors with equally many levels is not ours, so columns are matched by name.
ours <- function(model, inputs) {
  network <- golden_network(model, folded = FALSE)
  names <- colnames(model$weights[[1]])
  first <- matrix(
    0, nrow(network$weights[[1]]), length(inputs), dimnames = list(NULL, inputs)
  )
  shared <- intersect(inputs, names)
  first[, shared] <- network$weights[[1]][, match(shared, names)]
  network$weights[[1]] <- unname(first)
  network
}

# Our means and scales come from the rows that train, and integer weights count as
# repeated rows. H2O takes rows without a response as well, and the number of rows for the
# degrees of freedom. Where that matters the first layer is brought to our scale.
rescaled <- c("binomial-weights", "gaussian", "multinomial")

rescale <- function(network, model, encoding) {
  first <- network$weights[[1]]
  ours <- encoding$groups$number
  for (name in names(model$means)) {
    at <- match(name, encoding$input_names)
    slope <- first[, at] * model$scales[[name]]
    network$biases[[1]] <- network$biases[[1]] +
      slope * (ours$means[[name]] - model$means[[name]])
    first[, at] <- slope / ours$scales[[name]]
  }
  network$weights[[1]] <- first
  network
}

golden_model <- function(model, train, case = "") {
  given <- model$arguments
  arguments <- list(
    y = model$response, training_frame = train, hidden = given$hidden, epochs = 0,
    activation = given$activation, standardize = given$standardize,
    use_all_factor_levels = given$use_all_factor_levels,
    distribution = given$distribution, input_dropout_ratio = given$input_dropout_ratio,
    hidden_dropout_ratios = given$hidden_dropout_ratios,
    weights_column = given$weights_column, offset_column = given$offset_column, seed = 1
  )
  arguments <- arguments[!vapply(arguments, is.null, NA)]
  # Once with random weights, to learn the order of the inputs, then with H2O's.
  plain <- do.call(deeplearning, arguments)
  network <- ours(model, colnames(weights(plain, 1)))
  if (case %in% rescaled) network <- rescale(network, model, plain$encoding)
  do.call(deeplearning, c(
    arguments, list(initial_weights = network$weights, initial_biases = network$biases)
  ))
}

# Rows where we differ on purpose:
# - DayOfWeek was never missing in training; H2O's weights of that input are then
#   random, ours are 0, so a missing one predicts otherwise;
# - so are its weights of levels that only rows of weight 0 have;
# - H2O feeds 0 for a missing number, which is our mean only where it was H2O's.
comparable <- function(new, case, encoding) {
  rows <- !is.na(new$DayOfWeek)
  for (factor in encoding$groups$onehot$columns) {
    rows <- rows & !new[[factor]] %in% untrained_levels(encoding, factor)
  }
  if (case %in% c("binomial-unstandardised", "multinomial")) {
    rows <- rows & !is.na(new$Distance)
  }
  rows
}

test_that("H2O's weights give H2O's predictions", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (case in names(golden$models)) {
    model <- golden$models[[case]]
    given <- model$arguments
    new <- golden$frames[[model$new]]
    train <- golden$frames[[model$train]]
    fitted <- suppressWarnings(golden_model(model, train, case))
    # The carrier ZZ is new: it goes where missing ones go, with a warning.
    type <- if (is.null(model$levels)) "response" else "prob"
    prediction <- suppressWarnings(predict(fitted, new, type = type))
    expected <- model$predictions
    if (case == "delay-gaussian-offset") {
      # H2O leaves the response's mean out where there is an offset.
      expected <- expected + model$response_mean
    }
    if (!is.null(model$levels)) {
      expect_identical(colnames(prediction), model$levels)
    }
    rows <- comparable(new, case, fitted$encoding)
    expect_gte(sum(rows), 90)
    prediction <- as.matrix(prediction)[rows, ]
    expected <- as.matrix(expected)[rows, ]
    tolerance <- if (given$standardize) 1e-5 else 1e-3
    expect_lte(
      max(abs(prediction - expected) / pmax(1, abs(expected))), tolerance,
      label = paste(case, "largest gap")
    )
  }
})

test_that("labels follow the threshold, and for more classes the largest probability", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  model <- golden$models[["binomial-tanh"]]
  new <- golden$frames[[model$new]]
  fitted <- golden_model(model, golden$frames[[model$train]])
  label <- suppressWarnings(
    predict(fitted, new, type = "class", threshold = model$default_threshold)
  )
  rows <- comparable(new, "binomial-tanh", fitted$encoding)
  expect_identical(as.character(label)[rows], model$labels[rows])

  model <- golden$models[["multinomial"]]
  new <- golden$frames[[model$new]]
  train <- golden$frames[[model$train]]
  fitted <- suppressWarnings(golden_model(model, train, "multinomial"))
  rows <- comparable(new, "multinomial", fitted$encoding)
  label <- suppressWarnings(predict(fitted, new, type = "class"))
  expect_identical(as.character(label)[rows], model$labels[rows])
})

test_that("an input that training never saw adds nothing, unless weights are given", {
  rows <- data.frame(f = factor(c("a", "b", NA, "a")), g = factor(c("u", "v", "u", "v")))
  rows$y <- 1:4
  fit <- function(...) quick_fit(y ~ ., rows, ...)
  own <- weights(fit(), 1)
  expect_true(all(own[, "g.missing(NA)"] == 0))
  expect_true(all(own[, "f.missing(NA)"] != 0))
  given <- matrix(0.25, 4, ncol(own))
  kept <- weights(fit(initial_weights = list(given, NULL)), 1)
  expect_true(all(kept[, "g.missing(NA)"] == 0.25))
})

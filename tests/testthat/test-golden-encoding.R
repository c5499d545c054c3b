test_that("names, means and scales are H2O's", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (name in names(golden$models)) {
    model <- golden$models[[name]]
    train <- golden$frames[[model$train]]
    given <- model$arguments
    special <- c(model$response, given$weights_column, given$offset_column)
    weights <- if (!is.null(given$weights_column)) train[[given$weights_column]]
    encoding <- learn(
      train[setdiff(names(train), special)],
      weights = weights, standardize = given$standardize,
      use_all_factor_levels = given$use_all_factor_levels
    )
    expect_equal(encoding$input_names, colnames(model$weights[[1]]), info = name)
  }
})

test_that("means and scales are H2O's, weighted ones but for the divisor", {
  for (case in c("binomial-tanh", "binomial-drop-first-level", "binomial-weights")) {
    stored <- jsonlite::fromJSON(
      shared_path("golden", case, "model.json"), simplifyVector = TRUE
    )
    train <- utils::read.csv(
      shared_path("golden", case, "train.csv"), na.strings = "", stringsAsFactors = TRUE
    )
    weights <- train$Weight
    encoding <- learn(
      train[setdiff(names(train), c("IsDepDelayed", "Weight"))],
      weights = weights, use_all_factor_levels = stored$params$use_all_factor_levels
    )
    numbers <- encoding$groups$number
    expect_equal(unname(numbers$means), stored$normsub, info = case)
    divisor <- vapply(train[numbers$columns], function(x) {
      w <- if (is.null(weights)) rep(1, length(x)) else weights
      w <- w[!is.na(x) & w > 0]
      sqrt(length(w) / (length(w) - 1) / (sum(w) / (sum(w) - 1)))
    }, 0)
    expect_equal(unname(numbers$scales / divisor), stored$normmul, info = case)
  }
})

test_that("H2O's weights give H2O's predictions through our encoding and response", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (name in names(golden$models)) {
    model <- golden$models[[name]]
    given <- model$arguments
    train <- golden$frames[[model$train]]
    new <- golden$frames[[model$new]]
    special <- c(model$response, given$weights_column, given$offset_column)
    arguments <- c(given, ignore_const_cols = TRUE, sparse = FALSE)
    weights <- if (!is.null(given$weights_column)) train[[given$weights_column]]
    columns <- train[setdiff(names(train), special)]
    encoding <- learn_encoding(columns, arguments, weights)
    if (!is.null(weights)) {
      # H2O divides by one less than the rows, not than their weight.
      numbers <- encoding$groups$number$columns
      encoding$groups$number$scales <- vapply(columns[numbers], function(x) {
        w <- weights[!is.na(x) & weights > 0]
        x <- x[!is.na(x) & weights > 0]
        m <- length(x)
        1 / sqrt(m / (m - 1) * sum(w * (x - weighted.mean(x, w))^2) / sum(w))
      }, 0)
    }
    response <- learn_response(train[[model$response]], arguments, weights)
    plan <- encoding_plan(encoding, suppressWarnings(new_columns(encoding, new)))
    x <- expand_rows(plan, nrow(new), encoding$inputs)
    network <- golden_network(model)
    f <- reference_forward(network, x)$link
    offset <- if (!is.null(given$offset_column)) new[[given$offset_column]]
    ours <- decode_response(
      response, f, offset,
      type = if (is.null(model$levels)) "response" else "prob"
    )
    theirs <- model$predictions
    if (!is.null(offset) && response$link == "identity") {
      # H2O forgets the response's mean there.
      ours <- ours - response$mean
    }
    # H2O takes a missing number for 0 where nothing is standardised, and a level that
    # only rows without weight have keeps its random weights there.
    same <- given$standardize | stats::complete.cases(new[encoding$groups$number$columns])
    for (factor in encoding$groups$onehot$columns) {
      same <- same & !new[[factor]] %in% untrained_levels(encoding, factor)
    }
    gap <- abs(unname(as.matrix(ours)) - unname(as.matrix(theirs)))[same, ]
    expect_lt(max(gap / pmax(1, abs(as.matrix(theirs)[same, ]))), 1e-6)
    if (!is.null(model$levels)) {
      threshold <- model$default_threshold %||% 0.5
      label <- decode_response(response, f, type = "class", threshold = threshold)
      # A probability that is the threshold but for the last digits may fall either way.
      close <- length(model$levels) == 2 & abs(ours[, 2] - threshold) < 1e-6
      sure <- same & !close
      expect_equal(as.character(label)[sure], model$labels[sure], info = name)
    }
  }
})

# Training step by step: 24 rows, one at a time, from given weights. Where our rules are
# H2O's, the end is what H2O computed (fixtures/README.md).

test_that("24 rows of training end where H2O, or our written rules, end", {
  cases <- jsonlite::fromJSON(test_path("fixtures", "steps.json"), simplifyVector = FALSE)
  expect_length(cases, 17)
  for (case in cases) {
    steps <- read_steps(case)
    train <- steps$train
    given <- steps$arguments
    if (is.character(train[[steps$response]])) {
      train[[steps$response]] <- factor(train[[steps$response]])
    }
    if (given$adaptive_rate) {
      # Without meaning here, and telling so is another test's business.
      given[c("rate", "rate_annealing", "momentum_start", "momentum_stable")] <- NULL
    }
    model <- do.call(few_steps, c(
      list(
        x = c("x1", "x2", "x3"), y = steps$response, training_frame = train,
        initial_weights = steps$start_weights, initial_biases = steps$start_biases
      ),
      do.call(bare, given)
    ))
    for (l in seq_along(steps$weights)) {
      where <- paste(steps$case, "layer", l)
      expect_lte(
        max(abs(weights(model, l) - steps$weights[[l]])), 1e-5,
        label = paste(where, "weights: largest gap")
      )
      expect_lte(
        max(abs(biases(model, l) - steps$biases[[l]])), 1e-5,
        label = paste(where, "biases: largest gap")
      )
    }
  }
})

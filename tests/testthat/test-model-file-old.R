# Files of earlier versions load for ever.

file_rows <- function() {
  rows <- two_classes(60)
  rows$kind <- cut(rows$number, c(-Inf, -0.4, 0.4, Inf), c("low", "mid", "high"))
  rows$o <- rows$a / 10
  rows$w <- 1 + rows$b^2
  rows$count <- round(2 + rows$number + abs(rows$b))
  rows
}

# What was trained for each file, when it was written.
old_models <- function() {
  rows <- file_rows()
  fit <- function(...) {
    few_steps(..., epochs = 4, seed = 7)
  }
  list(
    binomial = fit(class ~ poly(a, 2) + log(b + 2) + group, rows, hidden = c(4, 3)),
    multinomial = fit(
      kind ~ a + b + group, rows,
      hidden = 3, activation = "MaxoutWithDropout", nfolds = 2, replicas = 2,
      averaging_interval = 10, keep_cross_validation_predictions = TRUE
    ),
    regression = fit(
      number ~ a + group, rows,
      hidden = numeric(), weights_column = "w", offset_column = "o", optimizer = "adam",
      validation_frame = rows[1:20, ]
    ),
    poisson = fit(
      count ~ a + b, rows,
      hidden = 3, distribution = "poisson", activation = "Tanh", keep_state = FALSE,
      keep_data = TRUE
    ),
    encoded = fit(
      class ~ a + group, rows,
      hidden = 2, categorical_encoding = "Binary", balance_classes = TRUE,
      keep_state = FALSE
    ),
    autoencoder = fit(
      ~ a + b + group, rows,
      autoencoder = TRUE, hidden = 2, activation = "Tanh", sparsity_beta = 0.1
    )
  )
}

old_predictions <- function(model, rows) {
  as.vector(predict(model, rows))
}

# Two epochs more.
update_old <- function(model, rows) {
  if (model$kind == "autoencoder") {
    return(deeplearning(~ a + b + group, rows,
      checkpoint = model, autoencoder = TRUE, epochs = 6))
  }
  formula <- if (length(model$derived) == 0) {
    class ~ a + group
  } else {
    class ~ poly(a, 2) + log(b + 2) + group
  }
  few_steps(formula, rows, checkpoint = model, epochs = 6)
}

test_that("models of format 1 load, predict the same and go on", {
  folder <- test_path("fixtures", "models")
  rows <- file_rows()
  expected <- jsonlite::fromJSON(file.path(folder, "expected.json"))
  files <- list.files(folder, "[.]safetensors$")
  expect_setequal(sub("[.]safetensors$", "", files), names(expected))
  for (name in names(expected)) {
    model <- load_model(file.path(folder, paste0(name, ".safetensors")))
    expect_equal(old_predictions(model, rows), expected[[name]], tolerance = 1e-5,
      info = name)
    expect_output(print(model), "Model Details", info = name)
    expect_output(print(summary(model)), "Scoring History", info = name)
    if (name %in% c("regression", "multinomial", "poisson")) next
    more <- suppressWarnings(update_old(model, rows))
    expect_identical(more$epochs_trained, 6, info = name)
  }
})

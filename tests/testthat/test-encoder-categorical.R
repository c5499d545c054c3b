# Factors as fewer inputs, or as numbers: learned once, replayed on any rows.

many_levels <- function(n = 600) {
  i <- seq_len(n)
  rows <- data.frame(
    big = paste0("l", (i * i) %% 37), small = factor(c("u", "v", NA))[1 + i %% 3],
    a = sin(i)
  )
  rows$y <- rows$a + (rows$big %in% c("l1", "l4")) + 0.5 * (rows$small %in% "v")
  rows
}

encoded <- function(encoding, rows, ...) {
  learn_encoding(rows[c("big", "small", "a")], settings(
    categorical_encoding = encoding, ...
  ), y = rows$y)
}

inputs_of <- function(encoding, rows) {
  columns <- suppressWarnings(new_columns(encoding, rows))
  plan <- encoding_plan(encoding, columns)
  wide <- encoding$inputs
  coded <- sum(vapply(plan$plan, function(p) p$kind == "numbers", NA))
  if (coded < 2) {
    return(expand_rows(plan, nrow(rows), wide))
  }
  joined <- plan$plan[[1]]
  for (part in c("from", "mean", "scale", "impute")) {
    joined[[part]] <- unlist(lapply(plan$plan, `[[`, part))
  }
  columns <- unlist(plan$columns, recursive = FALSE)
  expand_rows(list(columns = list(columns), plan = list(joined)), nrow(rows), wide)
}

choices <- c("Binary", "Eigen", "LabelEncoder", "SortByResponse", "EnumLimited")

test_that("names, means and order are H2O's, where H2O's rule is ours", {
  golden <- list(
    Binary = c("Month:0", "Month:1", "DayOfWeek:2", "UniqueCarrier:3"),
    Eigen = c("Month.Eigen", "UniqueCarrier.Eigen"), LabelEncoder = "UniqueCarrier",
    EnumLimited = c("UniqueCarrier.AA", "UniqueCarrier.missing(NA)"),
    SortByResponse = "UniqueCarrier.CO"
  )
  train <- readRDS(test_path("fixtures", "golden-autoencoder.rds"))$train
  for (name in names(golden)) {
    encoding <- learn_encoding(
      train, settings(categorical_encoding = name),
      y = seq_len(nrow(train))
    )
    expect_true(all(golden[[name]] %in% encoding$input_names), info = name)
  }
  # H2O's own means and scales of these rows.
  binary <- learn_encoding(train, settings(categorical_encoding = "Binary"))
  group <- binary$groups$binary
  expect_equal(unname(group$means$UniqueCarrier), c(0.485, 0.22, 0.1225, 0.795))
  expect_equal(unname(group$scales$UniqueCarrier),
    c(1.998397917, 2.411003331, 3.046245112, 2.473978706), tolerance = 1e-8)
  label <- learn_encoding(train, settings(categorical_encoding = "LabelEncoder"))
  expect_equal(unname(label$groups$label$means$UniqueCarrier), 7.141361257)
  expect_equal(unname(label$groups$label$scales$UniqueCarrier), 0.5335497987)
})

test_that("what a factor stands for has mean 0 and deviation 1", {
  rows <- many_levels()
  for (name in c("Binary", "Eigen", "LabelEncoder")) {
    encoding <- encoded(name, rows)
    x <- inputs_of(encoding, rows)
    moving <- apply(x, 2, stats::sd) > 0
    expect_equal(colMeans(x), numeric(ncol(x)), tolerance = 1e-9, info = name)
    sds <- apply(x[, moving], 2, stats::sd)
    # Where missing ones are the mean, the others alone have deviation 1.
    full <- moving[moving]
    if (name != "Binary") full <- !grepl("small", encoding$input_names[moving])
    expect_equal(sds[full], rep(1, sum(full)), tolerance = 1e-9, info = name)
    missing <- inputs_of(encoding, transform(rows[1, ], small = NA, big = "never seen"))
    expect_true(all(is.finite(missing)))
  }
})

test_that("digits, numbers and vectors are those of the levels", {
  levels <- letters[1:5]
  survey <- function(f) survey_here(list(f = f), "f", "factor")
  binary <- binary_encoder$facts(survey(factor(levels)))
  expect_identical(binary$codes$f[5, ], c(1, 0, 1))
  label <- function(levels) {
    label_encoder$facts(survey(factor(levels, levels)))$codes$f[, 1]
  }
  expect_identical(label(c("10", "-3", "7")), c(10, -3, 7))
  expect_identical(label(c("10", "x")), c(0, 1))
  shares <- c(0.5, 0.3, 0.2)
  codes <- eigen_codes(shares)
  matrix <- diag(3) - sqrt(shares) %o% sqrt(shares)
  expect_equal(as.vector(matrix %*% codes), codes)
  expect_equal(sum(codes^2), 1)
  expect_identical(eigen_codes(c(0.6, 0, 0.4))[2], 0)
})

test_that("EnumLimited keeps ten, and all others share one place, new ones too", {
  rows <- many_levels()
  encoding <- encoded("EnumLimited", rows)
  expect_length(grep("^big.top_10_levels", encoding$input_names), 12)
  expect_true("big.top_10_levels.other" %in% encoding$input_names)
  expect_true("small.u" %in% encoding$input_names)
  frequent <- names(utils::head(sort(-table(rows$big)), 10))
  x <- inputs_of(encoding, rows)
  other <- match("big.top_10_levels.other", encoding$input_names)
  counts <- table(rows$big)
  kept <- sub("big.top_10_levels.", "", encoding$input_names[1:10], fixed = TRUE)
  expect_gte(min(counts[kept]), max(counts[setdiff(names(counts), kept)]))
  expect_equal(x[, other], as.numeric(!rows$big %in% kept))
  new <- rows[1:3, ]
  new$big <- c("brand new", NA, kept[[1]])
  expect_silent(columns <- new_columns(encoding, new))
  x <- inputs_of(encoding, new)
  expect_identical(x[1, other], 1)
  expect_identical(x[2, match("big.top_10_levels.missing(NA)", encoding$input_names)], 1)
  expect_identical(x[3, 1], 1)
  new$big <- factor(new$big)
  expect_identical(inputs_of(encoding, new), x)
})

test_that("SortByResponse orders levels by the mean response", {
  rows <- many_levels()
  encoding <- encoded("SortByResponse", rows)
  means <- tapply(rows$y, rows$big, mean)
  expect_identical(
    encoding$input_names[seq_along(means)], paste0("big.", names(sort(means)))
  )
  same <- encoded("AUTO", rows)
  expect_identical(sort(encoding$input_names), sort(same$input_names))
  expect_identical(
    inputs_of(encoding, rows)[, order(encoding$input_names)],
    inputs_of(same, rows)[, order(same$input_names)]
  )
})

test_that("no more inputs than allowed; frequent levels keep their own", {
  rows <- many_levels()
  encoding <- encoded("AUTO", rows, max_categorical_features = 12)
  levels <- sum(onehot_encoder$sizes(encoding$groups$onehot) - 1)
  expect_lte(levels, 12)
  x <- inputs_of(encoding, rows)
  expect_true(all(rowSums(x[, -ncol(x)]) == 2))
  own <- grep("^big.l", encoding$input_names, value = TRUE)
  expect_length(own, 5)
  expect_true(any(grepl("^big.hash", encoding$input_names)))
  enough <- encoded("AUTO", rows, max_categorical_features = 40)
  expect_null(enough$groups$onehot$places)
  expect_identical(hash_text(c("a", "b", "a")), hash_text(c("a", "b", "a")))
})

test_that("a model trains, predicts, saves and explains itself with every encoding", {
  rows <- many_levels()
  for (name in choices) {
    for (all_levels in c(TRUE, FALSE)) {
      fit <- function(...) {
        few_steps(
          y ~ big + small + a, rows,
          categorical_encoding = name, hidden = 5, epochs = 5, seed = 1,
          use_all_factor_levels = all_levels, ...
        )
      }
      model <- fit()
      direct <- inputs_of(model$encoding, rows)
      hidden <- sweep(direct %*% t(weights(model, 1)), 2, biases(model, 1), `+`)
      out <- pmax(hidden, 0) %*% t(weights(model, 2)) + biases(model, 2)
      expect_equal(
        predict(model, rows), as.vector(out) / model$response$scale + model$response$mean,
        tolerance = 1e-5, info = name
      )
      # The composition of new rows does not matter.
      expect_identical(predict(model, rows[3, ]), predict(model, rows)[3], info = name)
      file <- withr::local_tempfile()
      save_model(model, file)
      expect_identical(load_model(file), model)
      expect_setequal(varimp(model, by = "predictor")$variable, c("big", "small", "a"))
      same_network(fit(), fit(threads = 2))
    }
  }
  for (name in setdiff(choices, "SortByResponse")) {
    repeats <- deeplearning(rows[c("big", "small", "a")],
      autoencoder = TRUE, activation = "Tanh", hidden = 3, epochs = 2,
      categorical_encoding = name, seed = 1)
    expect_length(anomaly(repeats, rows), nrow(rows))
    expect_true(all(is.finite(predict(repeats, rows))))
  }
})

test_that("an encoding that was edited is refused by name", {
  rows <- many_levels(100)
  fit <- function(name) {
    quick_fit(y ~ big + small + a, rows, categorical_encoding = name)
  }
  coded <- fit("Binary")
  coded$encoding$groups$binary$codes$big[1, 1] <- NA
  expect_error(predict(coded, rows), "groups", class = "feedforward_input_error")
  limited <- fit("EnumLimited")
  limited$encoding$groups$onehot$places$places$big[1] <- 99L
  expect_error(predict(limited, rows), "groups", class = "feedforward_input_error")
  argument_error(fit("Enum"), "refuses that choice, too")
  argument_error(
    deeplearning(rows[1:3], autoencoder = TRUE, categorical_encoding = "SortByResponse"),
    "no response to sort by"
  )
})

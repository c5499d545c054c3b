# One of H2O's models: predictions for new rows, the truth, and H2O's verdict.
read_golden <- function(folder) {
  model <- jsonlite::fromJSON(file.path(folder, "model.json"), simplifyVector = FALSE)
  if (is.null(model$new_metrics)) {
    return(NULL)
  }
  as_table <- function(table) {
    columns <- lapply(seq_along(table$columns), function(i) {
      value <- lapply(table$rows, `[[`, i)
      value[vapply(value, is.null, logical(1))] <- NA
      unlist(value)
    })
    stats::setNames(columns, unlist(table$columns))
  }
  new <- utils::read.csv(file.path(folder, "new.csv"), na.strings = c("", "NA"))
  predictions <- as_table(model$predictions)
  actual <- new[[model$response]]
  kind <- tolower(model$model_category)
  levels <- unlist(model$domains[[match(model$response, unlist(model$names))]])
  prediction <- predictions[[length(predictions)]]
  if (kind == "multinomial") {
    # H2O gives a class that training never saw a column of zeros.
    levels <- c(levels, setdiff(actual, c(levels, NA)))
    prediction <- do.call(cbind, unname(predictions[-1]))
    prediction <- cbind(
      prediction, matrix(0, nrow(prediction), length(levels) - ncol(prediction))
    )
  }
  tables <- model[startsWith(names(model), "new_") & names(model) != "new_metrics"]
  names(tables) <- sub("^new_", "", names(tables))
  list(
    case = basename(folder),
    response = list(
      kind = kind, levels = levels, distribution = model$params$distribution
    ),
    arguments = model$params[names(options_of())],
    prediction = prediction,
    actual = if (kind == "regression") actual else match(actual, levels) - 1L,
    weights = new$Weight,
    # The file says "NaN" for what is undefined.
    metrics = Filter(
      is.numeric,
      lapply(model$new_metrics, function(x) if (identical(x, "NaN")) NaN else x)
    ),
    tables = lapply(tables, as_table)
  )
}

expect_as_h2o <- function(golden) {
  got <- compute_metrics(
    golden$response, golden$prediction, golden$actual, golden$weights, golden$arguments
  )
  # H2O's mean counts classes without rows as 0.
  if (!is.null(golden$metrics$mean_per_class_error)) {
    counts <- !is.na(golden$actual) & (golden$weights %||% 1) > 0
    golden$metrics$mean_per_class_error <- golden$metrics$mean_per_class_error *
      length(golden$response$levels) / length(unique(golden$actual[counts]))
  }
  shared <- intersect(names(golden$metrics), names(got))
  expect_gt(length(shared), 6)
  for (name in shared) {
    # Here p reaches 1 within 1e-13, and H2O takes the logarithm of 1 - (1 - p).
    rounded <- golden$case == "binomial-unstandardised" && name == "logloss"
    expect_equal(
      got[[name]], golden$metrics[[name]],
      tolerance = if (rounded) 1e-5 else 1e-9, info = paste(golden$case, name)
    )
  }
  for (name in names(golden$tables)) {
    ours <- if (name == "cm") got$cm$table else got[[name]]
    theirs <- golden$tables[[name]]
    expect_identical(names(ours), names(theirs))
    for (column in names(theirs)) {
      text <- column %in% c("Rate", "metric")
      expect_equal(
        if (text) ours[[column]] else as.numeric(ours[[column]]),
        # NaN where H2O's file has none; its hit ratios are single precision.
        if (text) theirs[[column]] else replace(
          as.numeric(theirs[[column]]), is.na(theirs[[column]]), NaN
        ),
        tolerance = if (column == "hit_ratio") 1e-6 else 1e-9,
        info = paste(golden$case, name, column)
      )
    }
  }
}

test_that("measures and tables are H2O's for H2O's predictions", {
  cases <- readRDS(test_path("fixtures", "metrics-h2o.rds"))
  expect_gt(length(cases), 5)
  for (golden in cases) {
    expect_as_h2o(golden)
  }
})

test_that("measures and tables are H2O's in every case there is", {
  folders <- dirname(Sys.glob(file.path(shared_path("golden"), "*", "model.json")))
  folders <- folders[!basename(folders) %in% c("autoencoder", "crossvalidation")]
  expect_gt(length(folders), 20)
  for (folder in folders) {
    expect_as_h2o(read_golden(folder))
  }
})

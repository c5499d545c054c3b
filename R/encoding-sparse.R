# Sparse matrices: all columns are numbers, and the zeros between are only counted.

# Facts of all columns at once.
learn_sparse <- function(source, names, rows = NULL, weights = NULL) {
  data <- source$data
  if (!is.null(rows) || !identical(names, source$names)) {
    data <- data[rows %||% TRUE, match(names, source$names), drop = FALSE]
  }
  n <- nrow(data)
  stored <- diff(data@p)
  mine <- weights[data@i + 1L]
  survey <- survey_here(data, names, "numeric", mine)
  zero_weight <- n - stored
  if (!is.null(weights)) {
    how <- survey_weights(weights)
    column <- rep(seq_along(stored), stored)
    seen <- level_weight_sums(column, length(stored), mine, how$weight_exponent)
    zero_weight <- (how$total_weight - grid_value(seen)) * 2^how$weight_exponent
  }
  facts <- learn_numbers(survey, n - stored, zero_weight)
  bad <- which(facts$first_bad > 0)
  facts$first_bad[bad] <- data@i[data@p[bad] + facts$first_bad[bad]] + 1
  facts
}

# The columns of new rows, checked.
new_sparse <- function(encoding, source) {
  group <- encoding$groups[[number_encoder$name]]
  others <- setdiff(encoding$predictors, group$columns)
  if (length(others) > 0) {
    abort_input(sprintf(
      "A dgCMatrix holds numbers only, but the model was trained on factors: %s.",
      list_names(others)
    ))
  }
  data <- source$data
  data@Dimnames[[2]] <- source$names
  # Means and scales in the order of the matrix; 0 and 1 for columns not in use.
  used <- source$names %in% encoding$predictors
  means <- scales <- as.numeric(used)
  means[used] <- group$means[source$names[used]]
  scales[used] <- group$scales[source$names[used]]
  count <- diff(data@p)
  at <- rep(seq_along(used), count)
  bad <- used[at] & abs((data@x - means[at]) * scales[at]) > max_float
  empty <- count < source$n & abs(means * scales) > max_float
  beyond <- unique(c(source$names[at[which(bad)]], source$names[empty]))
  if (length(beyond) > 0) {
    abort_input(sprintf(
      "Columns of `newdata` with values that are infinite or too large: %s.",
      list_names(beyond, 20)
    ))
  }
  data
}

sparse_plan <- function(encoding, source) {
  group <- encoding$groups[[number_encoder$name]]
  at <- match(group$columns, source$names)
  data <- source$data
  if (!identical(at, seq_along(source$names))) {
    data <- data[, at, drop = FALSE]
  }
  list(
    columns = list(data),
    plan = list(list(
      kind = "sparse", mean = unname(group$means), scale = unname(group$scales),
      impute = unname(group$impute), first = 0L
    ))
  )
}

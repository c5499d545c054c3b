# Sparse matrices: all columns are numbers, and the zeros between are only counted.

# Facts column by column, through the slots.
learn_sparse <- function(source, names, rows = NULL, weights = NULL) {
  data <- if (is.null(rows)) source$data else source$data[rows, , drop = FALSE]
  total <- if (!is.null(weights)) sum(weights)
  n <- data@Dim[1]
  p <- data@p
  i <- data@i
  x <- data@x
  facts <- lapply(match(names, source$names), function(j) {
    stored <- seq.int(p[j] + 1, length.out = p[j + 1] - p[j])
    at <- i[stored] + 1L
    zeros <- n - length(stored)
    mine <- weights[at]
    fact <- learn_numbers(
      survey_here(list(x = x[stored]), names[[1]], "numeric", mine),
      zeros = zeros,
      zero_weight = if (is.null(weights) || zeros == 0) zeros else total - sum(mine)
    )
    if (fact$first_bad > 0) fact$first_bad <- as.double(at[fact$first_bad])
    fact
  })
  lapply(stats::setNames(nm = names(facts[[1]])), function(what) {
    vapply(facts, `[[`, 0, what)
  })
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

# The inputs that a plan stands for, as a dense matrix: what the core must compute.
expand_rows <- function(inputs, n, width) {
  x <- matrix(0, n, width)
  numbers <- Filter(function(plan) plan$kind == "numbers", inputs$plan)
  at <- width - sum(vapply(numbers, function(plan) length(plan$mean), 0L))
  for (i in seq_along(inputs$plan)) {
    plan <- inputs$plan[[i]]
    column <- inputs$columns[[i]]
    if (plan$kind == "codes") {
      input <- plan$map[as.integer(column)]
      input[is.na(column)] <- plan$missing
      hot <- which(input >= 0)
      x[cbind(hot, input[hot] + 1)] <- 1
    } else if (plan$kind == "numbers") {
      for (k in seq_along(plan$mean)) {
        values <- if (is.list(column)) column[[k]] else column
        value <- as.double(values[plan$from[[k]] + seq_len(n)])
        value[is.na(value)] <- plan$impute[[k]]
        x[, at + k] <- (value - plan$mean[[k]]) * plan$scale[[k]]
      }
    } else {
      value <- as.matrix(column)
      for (j in seq_len(ncol(value))) {
        v <- value[, j]
        v[is.na(v)] <- plan$impute[j]
        x[, plan$first + j] <- (v - plan$mean[j]) * plan$scale[j]
      }
    }
  }
  x
}

# learn_encoding() with what deeplearning() would ask for, but for the dots.
settings <- function(...) {
  defaults <- list(
    use_all_factor_levels = TRUE, standardize = TRUE, ignore_const_cols = TRUE,
    sparse = FALSE, missing_values_handling = "MeanImputation"
  )
  utils::modifyList(defaults, list(...))
}

learn <- function(columns, ..., weights = NULL, trains = NULL) {
  learn_encoding(columns, settings(...), weights, trains)
}

# The inputs, rows x inputs with their names, of the rows trained on and of new ones.
expand <- function(encoding, columns) {
  n <- if (is.list(columns)) length(columns[[1]]) else nrow(columns)
  x <- expand_rows(encoding_plan(encoding, columns), n, encoding$inputs)
  colnames(x) <- encoding$input_names
  x
}

forge <- function(encoding, newdata, ...) {
  expand(encoding, new_columns(encoding, newdata, ...))
}

# A column of every kind.
mixed <- data.frame(
  n1 = c(1, 2, NA, 4, 9),
  f2 = factor(c("x", "y", "x", "y", "x")),
  f3 = factor(c("b", "a", NA, "c", "a"), levels = c("b", "c", "a", "never")),
  i = c(10L, NA, -3L, 7L, 0L),
  t = c("q", "p", "p", "q", "p"),
  l = c(TRUE, FALSE, NA, TRUE, TRUE)
)

# One matrix, dense and sparse, with gaps and a column that is all zeros.
sparse_example <- function() {
  set.seed(5)
  dense <- matrix(rnorm(200) * (runif(200) < 0.3) + 0, 20, 10)
  dense[, 4] <- 0
  dense[, 5] <- 3 + rnorm(20)
  dense[2, 1] <- NA
  dense[7, 5] <- NA
  colnames(dense) <- letters[1:10]
  list(dense = dense, sparse = Matrix::Matrix(dense, sparse = TRUE))
}

# The inputs of rows that the core holds, dense: what a network of ones lets through.
dense_inputs <- function(rows, inputs) {
  network <- new_network(inputs, integer(), "Rectifier", inputs, "linear")
  network_predict(rows, NULL, network, list(diag(inputs)), list(numeric(inputs)), 1L)
}

# Weights and biases to start from, as the caller gave them.

# initial: list(initial_weights, initial_biases). Returns both as lists of matrices and
# of vectors with one entry per layer, or NULL, and `problems`.
read_initial <- function(initial, network) {
  size <- layer_sizes(network)
  weights <- read_layers(
    initial$initial_weights, "initial_weights", size$rows, size$columns, read_weights
  )
  biases <- read_layers(
    initial$initial_biases, "initial_biases", size$rows, rep(1, length(size$rows)),
    read_biases
  )
  list(
    initial_weights = weights$layers, initial_biases = biases$layers,
    problems = c(weights$problems, biases$problems)
  )
}

read_layers <- function(given, name, rows, columns, read) {
  if (is.null(given)) {
    return(list())
  }
  if (length(given) != length(rows)) {
    return(list(problems = sprintf(
      "`%s` must have %s, one per layer with the output layer, not %s.",
      name, count_of(length(rows), "entry", "entries"), format_count(length(given))
    )))
  }
  read_one <- function(layer) {
    entry <- given[[layer]]
    if (is.null(entry)) {
      return(list())
    }
    values <- read(entry)
    label <- sprintf("`%s[[%d]]`", name, layer)
    needed <- c(rows[[layer]], columns[[layer]])
    size <- if (is.matrix(values)) dim(values) else c(length(values), 1)
    if (is.null(values)) {
      list(problem = sprintf("%s must be numeric, not %s.", label, shorten(entry)))
    } else if (any(size != needed)) {
      list(problem = sprintf(
        "%s must be %s x %s, units x inputs, not %s x %s.", label,
        format_count(needed[[1]]), format_count(needed[[2]]),
        format_count(size[[1]]), format_count(size[[2]])
      ))
    } else if (!all(is.finite(values)) || any(abs(values) > max_float)) {
      list(problem = sprintf(
        "%s must hold finite numbers of single precision (%s is not).", label,
        shorten(values[!is.finite(values) | abs(values) > max_float][[1]])
      ))
    } else {
      list(values = values)
    }
  }
  layers <- lapply(seq_along(rows), read_one)
  list(
    layers = lapply(layers, function(layer) layer$values),
    problems = unlist(lapply(layers, function(layer) layer$problem))
  )
}

# A plain numeric matrix, or NULL.
read_weights <- function(entry) {
  matrix <- if (is.data.frame(entry)) as.matrix(entry) else entry
  if (!is.numeric(matrix) || length(dim(matrix)) != 2) {
    return(NULL)
  }
  unname(matrix + 0)
}

read_biases <- function(entry) {
  if (is.data.frame(entry) && length(entry) == 1) entry <- entry[[1]]
  several <- length(dim(entry)) > 1 && ncol(entry) != 1
  if (!is.numeric(entry) || is.object(entry) || several) NULL else as.numeric(entry)
}

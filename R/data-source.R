# One way to look at the columns of a list, a matrix and a dgCMatrix.

# list(kind = "list", "matrix", "sparse" or "scattered" (data-scattered.R); data; names;
# positional: had the columns no names; n: rows; numbers: columns of a text matrix that
# hold numbers, as all its columns are text because one is)
#   argument: what the columns are called in errors
column_source <- function(columns, argument = "x") {
  if (is_scattered(columns)) {
    return(list(
      kind = "scattered", data = columns, names = names(columns), positional = FALSE,
      n = nrow(columns)
    ))
  }
  if (is.list(columns)) {
    n <- vapply(columns, NROW, 0)
    if (any(n != n[1])) {
      abort_input(sprintf(
        "The predictor %s has %.0f rows, %s has %.0f.", quote_name(names(columns)[1]),
        n[1], quote_name(names(columns)[n != n[1]][1]), n[n != n[1]][1]
      ))
    }
    return(list(
      kind = "list", data = columns, names = names(columns), positional = FALSE,
      n = if (length(n) > 0) n[[1]] else 0
    ))
  }
  columns <- plain_table(columns, argument)
  sparse <- isS4(columns)
  names <- if (sparse) columns@Dimnames[[2]] else colnames(columns)
  size <- if (sparse) columns@Dim else dim(columns)
  list(
    kind = if (sparse) "sparse" else "matrix", data = columns,
    names = names %||% sprintf("V%d", seq_len(size[2])), positional = is.null(names),
    n = size[1], numbers = if (is.character(columns)) which_hold_numbers(columns)
  )
}

which_hold_numbers <- function(matrix) {
  which(vapply(seq_len(ncol(matrix)), function(j) holds_numbers(matrix[, j]), NA))
}

# As as.matrix() writes numbers of a data frame. A leading zero tells a code.
holds_numbers <- function(text) {
  number <- "-?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?"
  text <- unique(text[!is.na(text)])
  all(grepl(sprintf("^ *(NA|NaN|-?Inf|%s) *$", number), text)) &&
    any(grepl("[0-9]", text))
}

# A matrix whose columns are read where they lie.
is_number_matrix <- function(source) {
  source$kind == "matrix" && typeof(source$data) %in% c("double", "integer")
}

# Column j as a vector: in place from a list, a copy from a matrix. By number, since a
# look-up by name for each of many columns takes quadratic time.
source_column <- function(source, j) {
  if (source$kind == "list") {
    return(.subset2(source$data, j))
  }
  column <- as.vector(source$data[, j])
  if (j %in% source$numbers) as.double(column) else column
}

source_columns <- function(source, at) {
  if (source$kind == "list") {
    .subset(source$data, at)
  } else {
    lapply(at, source_column, source = source)
  }
}

# One column of a table by name, made plain, NULL if there is none.
data_column <- function(data, name) {
  if (is.data.frame(data)) {
    return(plain_column(.subset2(data, name)))
  }
  if (name %in% colnames(data)) {
    column <- as.vector(data[, name])
    if (is.character(column) && holds_numbers(column)) as.double(column) else column
  }
}

# All columns of a table for the calls of a formula, which may know classes that we do
# not. Only integer64 would be misread without its package.
table_columns <- function(data) {
  if (!is.data.frame(data)) {
    names <- colnames(data)
    return(lapply(stats::setNames(nm = names), data_column, data = data))
  }
  columns <- as.list(data)
  long <- vapply(columns, inherits, NA, "integer64")
  columns[long] <- lapply(columns[long], plain_column)
  columns
}

# What users bring, made plain in one place, whatever its role and whether in training or
# in prediction: what other packages wrap around a vector or a matrix goes.

# A column as a vector of one of the classes of `column_families`, without a copy where it
# is one: AsIs, one-column matrices and frames, haven's labels, time series, integer64
# (whose package need not be loaded). What is of no such class comes back as it is, for
# column_problem() to tell.
plain_column <- function(column) {
  bare <- !is.object(column) || identical(oldClass(column), "factor")
  if (bare && is.null(dim(column))) {
    return(column)
  }
  if (is.data.frame(column) && length(column) == 1) {
    return(plain_column(.subset2(column, 1)))
  }
  if (is_of_matrix(column)) {
    column <- as.matrix(plain_sparse(column, "a column"))
  }
  if (inherits(column, "AsIs")) {
    oldClass(column) <- setdiff(oldClass(column), "AsIs")
  }
  if (!is.null(dim(column)) && length(column) == nrow(column)) dim(column) <- NULL
  class <- column_class(column)
  if (class %in% plain_classes) {
    return(as.vector(unclass(column)))
  }
  sound <- class %in% c("integer64", "POSIXlt") && is.null(content_flaw(column, class))
  if (!sound) {
    return(column)
  }
  if (class == "POSIXlt") as.POSIXct(column) else to_number(column, class)
}

plain_columns <- function(columns) {
  wrapped <- vapply(columns, function(x) is.object(x) || !is.null(dim(x)), NA)
  columns[wrapped] <- lapply(columns[wrapped], plain_column)
  columns
}

# A data frame as it is; a matrix of numbers, text or logical values; a dgCMatrix for any
# matrix of package Matrix. Whatever else is no table for `argument`.
plain_table <- function(data, argument) {
  if (is_of_matrix(data)) {
    return(plain_sparse(data, argument))
  }
  if (is.data.frame(data)) {
    return(data)
  }
  if (!is.matrix(data)) {
    abort_input(sprintf(
      "`%s` must be a data frame, a matrix or a dgCMatrix, not %s.", argument,
      what_it_is(data)
    ))
  }
  if (!typeof(data) %in% names(plain_classes)) {
    abort_input(sprintf(
      "`%s` must be a matrix of numbers, text or logical values, not of type \"%s\".",
      argument, typeof(data)
    ))
  }
  if (!is.object(data)) {
    return(data)
  }
  values <- data
  dim(values) <- NULL
  matrix(plain_column(values), nrow(data), dimnames = dimnames(data))
}

# ---- Package Matrix -------------------------------------------------------------

# Also where that package is not loaded, for a matrix read from a file comes without it:
# to ask for superclasses would attach it.
is_of_matrix <- function(x) {
  isS4(x) &&
    (identical(attr(class(x), "package"), "Matrix") || inherits(x, "Matrix"))
}

plain_sparse <- function(matrix, argument) {
  if (!requireNamespace("Matrix", quietly = TRUE) || !inherits(matrix, "Matrix")) {
    abort_input(sprintf(
      "`%s` is %s, which needs the package Matrix.", argument, what_it_is(matrix)
    ))
  }
  # Pointers that are wrong would be read out of bounds.
  sound <- tryCatch(methods::validObject(matrix, test = TRUE), error = function(e) FALSE)
  if (!isTRUE(sound)) abort_corrupt(argument)
  if (!inherits(matrix, "dgCMatrix")) {
    for (class in c("dMatrix", "generalMatrix", "CsparseMatrix")) {
      matrix <- methods::as(matrix, class)
    }
  }
  # Matrix lets them be longer than the pointers say.
  if (length(matrix@i) != matrix@p[[length(matrix@p)]]) abort_corrupt(argument)
  matrix
}

abort_corrupt <- function(argument) {
  abort_input(sprintf(
    paste(
      "`%s` is a corrupt sparse matrix: its column pointers, row indices and values do",
      "not fit together. Make it anew, for instance with Matrix::sparseMatrix()."
    ),
    argument
  ))
}

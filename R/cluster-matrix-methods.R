#' @include cluster-matrix.R
NULL

# What can be written with row matrices. Where A is transposed, the other way round is
# computed and transposed.

#' @export
dim.row_matrix <- function(x) {
  size <- c(sum(x@rows), x@columns)
  if (max(size) <= .Machine$integer.max) size <- as.integer(size)
  if (x@transposed) rev(size) else size
}

#' @export
dimnames.row_matrix <- function(x) {
  if (is.null(x@names)) {
    return(NULL)
  }
  names <- list(NULL, x@names)
  if (x@transposed) rev(names) else names
}

#' @export
t.row_matrix <- function(x) {
  x@transposed <- !x@transposed
  x
}

#' @export
as.matrix.row_matrix <- function(x, ...) {
  all <- do.call(rbind, on_blocks("get", x@space, list(x@block)))
  colnames(all) <- x@names
  if (x@transposed) t(all) else all
}

#' @export
close.row_matrix <- function(con, ...) {
  if (!is.null(con@space$engine)) con@space$engine$close()
  con@space$engine <- NULL
  invisible()
}

setMethod("show", "row_matrix", function(object) {
  size <- format_count(dim(object))
  engine <- object@space$engine
  cat(sprintf(
    "%s x %s numbers, %s in %s%s\n", size[[1]], size[[2]],
    if (object@transposed) "columns" else "rows", count_of(length(object@rows), "shard"),
    if (is.null(engine)) {
      ", freed"
    } else if (engine$here && engine$size == 1) {
      " here"
    } else {
      paste(" on", count_of(engine$size, "worker"))
    }
  ))
})

# ---- Products --------------------------------------------------------------------------

#' @rdname row_matrix
#' @param y A matrix with as many rows, `x` unless given.
#' @export
cross_product <- function(x, y = x) {
  if (!is_row_matrix(x) && is_row_matrix(y)) {
    return(t(cross_product(y, x)))
  }
  check_row_matrix(x, "x")
  if (x@transposed) {
    refuse_product("cross_product(t(A), ...)")
  }
  y <- beside(y, x, "y")
  sum <- add_up(on_blocks("cross", x@space, list(x@block, y@block)))
  dimnames(sum) <- if (!is.null(x@names) || !is.null(y@names)) list(x@names, y@names)
  sum
}

#' @exportS3Method base::crossprod
crossprod.row_matrix <- function(x, y = NULL, ...) cross_product(x, y %||% x)

multiply_rows <- function(x, y) {
  if (!is_row_matrix(x)) {
    # Like R, which takes a vector at the left for a row where that fits, else for a
    # column.
    row <- is.null(dim(x)) && length(x) == nrow(y)
    turned <- as_numbers(if (row) x else t(x), "the left side of %*%")
    return(t(t(y) %*% turned))
  }
  if (x@transposed) {
    return(cross_product(t(x), y))
  }
  if (is_row_matrix(y)) {
    refuse_product("A %*% B")
  }
  y <- as_numbers(y, "the right side of %*%")
  if (nrow(y) != x@columns) {
    abort_argument(sprintf(
      "A product needs as many rows as columns: %s times %s.", size_text(x), size_text(y)
    ))
  }
  on_blocks("multiply", x@space, list(x@block), to_all(y, x),
    rows = x@rows, columns = ncol(y), names = colnames(y)
  )
}

#' @exportMethod %*%
setMethod("%*%", methods::signature("row_matrix", "ANY"), multiply_rows)
setMethod("%*%", methods::signature("ANY", "row_matrix"), multiply_rows)
setMethod("%*%", methods::signature("row_matrix", "row_matrix"), multiply_rows)

size_text <- function(x) paste(format_count(dim(x)), collapse = " x ")

refuse_product <- function(what) {
  abort_argument(paste(
    what, "of matrices with rows on workers would move all rows to all workers: only",
    "t(A) %*% B is computed. Make one of them a matrix here by as.matrix()."
  ))
}

# ---- Element by element ----------------------------------------------------------------

#' @export
Ops.row_matrix <- function(e1, e2) {
  if (!.Generic %in% c("+", "-", "*", "/", "^", "%%", "%/%")) {
    abort_argument(sprintf(
      "`%s` is not for matrices with rows on workers; as.matrix() brings them here.",
      .Generic
    ))
  }
  if (missing(e2)) {
    return(if (.Generic == "-") -1 * e1 else e1)
  }
  left <- is_row_matrix(e1)
  a <- if (left) e1 else e2
  b <- if (left) e2 else e1
  if (is_row_matrix(b) && a@transposed != b@transposed) {
    abort_argument("Of two matrices in arithmetic both must be transposed, or neither.")
  }
  if (a@transposed) {
    turn <- function(x) if (is.null(dim(x)) && length(x) == 1) x else t(x)
    return(t(do.call(.Generic, list(turn(e1), turn(e2)))))
  }
  if (!is_row_matrix(b) && is.numeric(b) && length(b) == 1) {
    return(on_blocks(.Generic, a@space, list(a@block), to_all(as.vector(b), a),
      a@rows, a@columns, a@names,
      swap = !left
    ))
  }
  # A vector goes down the columns.
  if (!is_row_matrix(b) && is.null(dim(b))) b <- matrix(b, length(b), a@columns)
  b <- beside(b, a, "the other side")
  if (a@columns != b@columns) {
    abort_argument(sprintf(
      "Matrices in arithmetic must be of one size: %s and %s.", size_text(a), size_text(b)
    ))
  }
  on_blocks(.Generic, a@space, list(a@block, b@block),
    rows = a@rows, columns = a@columns, names = a@names %||% b@names, swap = !left
  )
}

# `b` as a matrix whose blocks lie with those of `a`.
beside <- function(b, a, name) {
  if (!is_row_matrix(b)) {
    return(deal_like(as_numbers(b, name), a, name))
  }
  if (b@transposed) {
    refuse_product("t(A) %*% t(B)")
  }
  if (!identical(b@space, a@space) || !identical(b@rows, a@rows)) {
    abort_argument(paste(
      "The two matrices are cut otherwise, or lie elsewhere. Make one by",
      "row_matrix(x, like = ) the other."
    ))
  }
  b
}

# ---- Parts -----------------------------------------------------------------------------

#' @export
`[.row_matrix` <- function(x, i, j, ...) {
  if (x@transposed) {
    return(t(`[.row_matrix`(t(x), j, i)))
  }
  if (!missing(j)) {
    columns <- stats::setNames(seq_len(x@columns), x@names)
    chosen <- unname(columns[j])
    if (anyNA(chosen)) {
      abort_argument(sprintf("There is no such column among %s.", size_text(x)))
    }
    x <- on_blocks("columns", x@space, list(x@block), to_all(chosen, x), x@rows,
      length(chosen), x@names[chosen]
    )
  }
  if (missing(i)) {
    return(x)
  }
  chosen <- seq_len(sum(x@rows))[i]
  if (anyNA(chosen) || is.unsorted(chosen, strictly = TRUE)) {
    abort_argument(
      "Rows must be there, and be chosen in their order: no row moves to another shard."
    )
  }
  ends <- cumsum(x@rows)
  shard <- findInterval(chosen, ends, left.open = TRUE) + 1
  within <- split(chosen - c(0, ends)[shard], factor(shard, seq_along(x@rows)))
  on_blocks("rows", x@space, list(x@block), unname(within),
    as.numeric(lengths(within, use.names = FALSE)), x@columns, x@names
  )
}

#' @rdname row_matrix
#' @export
column_sums <- function(x) {
  check_row_matrix(x, "x")
  if (x@transposed) {
    return(as.vector(as.matrix(t(x) %*% rep(1, x@columns))))
  }
  stats::setNames(add_up(on_blocks("sums", x@space, list(x@block))), x@names)
}

#' @rdname row_matrix
#' @export
column_means <- function(x) column_sums(x) / nrow(x)

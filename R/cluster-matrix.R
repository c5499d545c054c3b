#' @include cluster-engine.R
NULL

#' Matrices whose rows lie on workers
#'
#' A numeric matrix that is cut into blocks of rows, one for each shard, which lie on the
#' workers of a cluster or in this process. Products, arithmetic and sums are computed
#' there; only what has no rows any more comes back. The last bits depend on the number of
#' shards, and not on which worker has which.
#'
#' | written | gives |
#' |---|---|
#' | `A %*% b`, b a matrix here | rows on the workers |
#' | `t(A) %*% B`, `cross_product(A, B)` | a matrix here: sums in the order of shards |
#' | `b %*% t(A)`, `b %*% A` | rows on the workers, transposed; a matrix here |
#' | `A + B`, `A * 2`, `A / v`, `-A` ... | rows on the workers, element by element |
#' | `A[i, ]`, `A[, j]` | rows on the workers; `i` in the order of the rows |
#' | `column_sums(A)`, `column_means(A)` | a vector here |
#' | `dim(A)`, `colnames(A)`, `t(A)` | at once: nothing is computed |
#' | `as.matrix(A)` | all rows here |
#'
#' For another matrix with rows on workers a matrix or a vector here with as many rows
#' will do, which is dealt to the shards for the purpose. From R 4.4 on [crossprod()] does
#' the same as `cross_product()`; before, R cannot be told so.
#'
#' Blocks that nobody refers to any more are freed with the next operation; `close()`
#' frees all blocks that lie with those of a matrix. With `cluster = "mpi"` every rank
#' calls the same with the same values.
#'
#' The notation is that of the distributed matrices of Apache Mahout's Samsara.
#'
#' @param x A numeric matrix, a data frame of numbers, or a vector, which is one column;
#'   of the other functions a matrix of `row_matrix()`.
#' @param cluster As for [deeplearning()]; NULL keeps the blocks in this process.
#' @param shards Blocks; the number of workers unless given.
#' @param like A matrix of `row_matrix()` with as many rows as `x`, for one that lies with
#'   it. Replaces `cluster` and `shards`.
#' @return An object of the S4 class `row_matrix`; a matrix or a vector of the others.
#' @aliases row_matrix-class %*%,row_matrix,ANY-method %*%,ANY,row_matrix-method
#'   %*%,row_matrix,row_matrix-method
#' @section Errors:
#' `feedforward_argument_error` for arguments that make no sense or matrices that do not
#' fit; `feedforward_worker_error` where a worker is lost.
#' @references
#' Lyubimov, D. and Palumbo, A. (2016). *Apache Mahout: Beyond MapReduce*.
#' @seealso [row_least_squares()] and what else is computed by them, [cluster_local()]
#' @examples
#' A <- row_matrix(as.matrix(iris[1:3]), shards = 3)
#' A
#' t(A) %*% A
#' column_means(A %*% c(1, 0, -1) / 2)
#' close(A)
#' @export
row_matrix <- function(x, cluster = NULL, shards = NULL, like = NULL) {
  x <- as_numbers(x, "x")
  if (!is.null(like)) {
    check_row_matrix(like, "like")
    return(deal_like(x, like, "x"))
  }
  problems <- c(
    apply_rule(rule_cluster(), "cluster", cluster)$problem,
    apply_rule(rule_optional(rule_whole(1)), "shards", shards)$problem
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  workers <- if (is.null(cluster)) 1 else cluster_size(cluster)
  shards <- shards %||% max(1, min(workers, nrow(x)))
  if (shards > nrow(x)) {
    abort_argument(sprintf(
      "`shards` = %s, and `x` has %s: at most one shard a row.", format_count(shards),
      count_of(nrow(x), "row")
    ))
  }
  space <- new.env(parent = emptyenv())
  space$engine <- new_engine(cluster, shards)
  space$count <- 0
  ends <- floor(seq_len(shards) * nrow(x) / shards)
  deal_rows(x, space, diff(c(0, ends)))
}

# space: an environment that all matrices of an engine share: engine, NULL when closed;
# how many blocks had a name so far; `unused` ones
# block: an environment with the name of the blocks
# rows: of each shard; names: of the columns, or NULL
setClass("row_matrix", slots = c(
  space = "environment", block = "environment", rows = "numeric", columns = "numeric",
  names = "ANY", transposed = "logical"
))

deal_rows <- function(x, space, rows) {
  ends <- cumsum(rows)
  blocks <- lapply(seq_along(rows), function(s) {
    x[seq_len(rows[[s]]) + ends[[s]] - rows[[s]], , drop = FALSE]
  })
  on_blocks("keep", space, list(), blocks, rows, ncol(x), colnames(x))
}

# A matrix here whose rows go with those of `like`.
deal_like <- function(x, like, name) {
  if (nrow(x) != sum(like@rows)) {
    abort_argument(sprintf(
      "`%s` has %s, the matrix that it goes with %s.", name, count_of(nrow(x), "row"),
      format_count(sum(like@rows))
    ))
  }
  deal_rows(x, like@space, like@rows)
}

as_numbers <- function(x, name) {
  if (is.data.frame(x) || is.null(dim(x)) && is.numeric(x)) x <- as.matrix(x)
  if (!is.matrix(x) || !is.numeric(x) && !is.logical(x)) {
    abort_argument(sprintf(
      "`%s` must be a numeric matrix, a data frame of numbers or a vector, not %s.",
      name, shorten(x)
    ))
  }
  storage.mode(x) <- "double"
  rownames(x) <- NULL
  x
}

is_row_matrix <- function(x) methods::is(x, "row_matrix")

check_row_matrix <- function(x, name) {
  if (!is_row_matrix(x)) {
    abort_argument(sprintf(
      "`%s` must be a matrix of row_matrix(), not %s.", name, shorten(x)
    ))
  }
}

# ---- Operations ------------------------------------------------------------------------

# What is computed of a block `a` and `b`, another block or a value that is sent there.
row_operations <- c(
  mget(c("+", "-", "*", "/", "^", "%%", "%/%"), baseenv()),
  list(
    keep = function(a, b) a,
    get = function(a, b) a,
    multiply = function(a, b) a %*% b,
    cross = function(a, b) crossprod(a, b),
    sums = function(a, b) colSums(a),
    columns = function(a, b) a[, b, drop = FALSE],
    rows = function(a, b) a[b, , drop = FALSE],
    # With tolerance 0 no column changes its place. A shard may be left without rows.
    orthogonal = function(a, b) if (nrow(a) == 0) diag(0, 0) else qr.Q(qr(a, tol = 0)),
    triangle = function(a, b) if (nrow(a) == 0) a else qr.R(qr(a, tol = 0))
  )
)

# Runs one on every shard. The values come back, or stay as the blocks of the matrix that
# is returned if `rows` and `columns` say what it is.
#   blocks: of row matrices, one or two; values: one for each shard
#   swap: does b stand at the left?
on_blocks <- function(operation, space, blocks, values = NULL, rows = NULL,
                      columns = NULL, names = NULL, swap = FALSE) {
  if (is.null(space$engine)) {
    abort_argument("The blocks of this matrix have been freed by close().")
  }
  if (!is.null(rows)) {
    space$count <- space$count + 1
    block <- new.env(parent = emptyenv())
    block$name <- paste0("b", space$count)
  }
  order <- list(
    operation = operation, blocks = vapply(blocks, `[[`, "", "name"), swap = swap,
    unused = space$unused, keep = if (!is.null(rows)) block$name
  )
  space$unused <- NULL
  told <- space$engine$each("rows", lapply(seq_along(space$engine$place), function(s) {
    c(order, list(value = values[[s]]))
  }))
  if (is.null(rows)) {
    return(told)
  }
  # Its blocks go when nobody refers to it: with the next operation, since messages are
  # sent in their turn only.
  reg.finalizer(block, freeing(space))
  methods::new("row_matrix",
    space = space, block = block, rows = rows, columns = columns, names = names,
    transposed = FALSE
  )
}

# A finalizer, which must not hold on to the block itself.
freeing <- function(space) {
  force(space)
  function(block) space$unused <- c(space$unused, block$name)
}

shard_duties$rows <- function(shop, order) {
  shop$blocks[order$unused] <- NULL
  pair <- c(unname(shop$blocks[order$blocks]), list(order$value))[1:2]
  if (order$swap) pair <- rev(pair)
  value <- row_operations[[order$operation]](pair[[1]], pair[[2]])
  if (is.null(order$keep)) {
    return(value)
  }
  shop$blocks[[order$keep]] <- value
  NULL
}

# In the order of the shards, whoever has them.
add_up <- function(parts) Reduce(`+`, parts)

# The same value for every shard.
to_all <- function(value, a) rep(list(value), length(a@rows))

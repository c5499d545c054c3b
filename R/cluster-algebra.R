#' @include cluster-matrix.R
NULL

#' Least squares, lasso, QR and singular values of rows on workers
#'
#' What is computed of a [row_matrix()] by a few passes over its rows, each of which
#' leaves a small matrix here.
#'
#' @details
#' `row_least_squares()` solves the normal equations and improves the solution once by its
#' residuals, which mends what squaring the condition has cost. `ridge` times the sum of
#' squared coefficients is added to the sum of squared residuals. There is no intercept: a
#' column of ones is one.
#'
#' `row_lasso()` minimises `sum((y - x b)^2) / (2 n) + lambda sum(abs(b))` by coordinate
#' descent on the cross-products (Friedman, Hastie and Tibshirani 2010).
#'
#' `row_qr()` is the thin QR decomposition: each shard's own, then that of their triangles
#' one below the other (Demmel and others 2012). The diagonal of R is not negative.
#'
#' `row_svd()` finds the `k` largest singular values by random projections (Halko,
#' Martinsson and Tropp 2011), to the last digits where `k + 10` reaches the rank or where
#' the values fall off; more `passes` help elsewhere.
#'
#' @param x A [row_matrix()].
#' @param y The response: a row matrix that lies with `x`, or a vector or matrix here.
#' @param ridge,lambda Weights of the penalties.
#' @return `row_least_squares()`: the coefficients, a vector or, where `y` has several
#'   columns, a matrix. `row_lasso()`: a vector. `row_qr()`: `list(Q, R)`, Q a row matrix.
#'   `row_svd()`: `list(d, u, v)` as of [svd()], u a row matrix.
#' @section Errors:
#' `feedforward_argument_error` for arguments that make no sense,
#' `feedforward_input_error` where there are values that are missing or infinite, or
#' columns that depend on each other.
#' @references
#' Demmel, J., Grigori, L., Hoemmen, M. and Langou, J. (2012). Communication-optimal
#' parallel and sequential QR and LU factorizations. *SIAM Journal on Scientific
#' Computing*, 34(1), A206-A239. \doi{10.1137/080731992}
#'
#' Friedman, J., Hastie, T. and Tibshirani, R. (2010). Regularization paths for
#' generalized linear models via coordinate descent. *Journal of Statistical Software*,
#' 33(1).
#' \doi{10.18637/jss.v033.i01}
#'
#' Halko, N., Martinsson, P.-G. and Tropp, J. A. (2011). Finding structure with
#' randomness: probabilistic algorithms for constructing approximate matrix
#' decompositions. *SIAM Review*, 53(2), 217-288. \doi{10.1137/090771806}
#' @examples
#' A <- row_matrix(cbind(1, as.matrix(mtcars[c("wt", "hp")])), shards = 2)
#' row_least_squares(A, mtcars$mpg)
#' coef(lm(mpg ~ wt + hp, mtcars))
#' row_lasso(A, mtcars$mpg, lambda = 5)
#' row_qr(A)$R
#' row_svd(A, 2)$d
#' close(A)
#' @export
row_least_squares <- function(x, y, ridge = 0) {
  check_algebra(x, rule_number(from = 0), "ridge", ridge)
  y <- beside(y, x, "y")
  products <- cross_product(x)
  root <- cholesky(products + diag(ridge, ncol(x)), x@names)
  solve_for <- function(b) backsolve(root, backsolve(root, b, transpose = TRUE))
  found <- solve_for(cross_product(x, y))
  found <- found + solve_for(cross_product(x, y - x %*% found) - ridge * found)
  dimnames(found) <- list(x@names, y@names)
  if (ncol(found) == 1) drop(found) else found
}

check_algebra <- function(x, rule, name, value) {
  check_row_matrix(x, "x")
  one <- apply_rule(rule, name, value)
  problems <- c(one$problem, if (x@transposed) "`x` must not be transposed.")
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

check_finite <- function(products, names) {
  bad <- which(!is.finite(diag(products)))
  if (length(bad) > 0) {
    abort_input(sprintf(
      "There are missing or infinite values in %s.",
      list_names(names[bad] %||% paste("column", bad))
    ))
  }
}

cholesky <- function(products, names) {
  check_finite(products, names)
  root <- tryCatch(chol(products), error = function(e) NULL)
  # Relative to what the column was before the others were taken out of it.
  weak <- if (is.null(root)) NA else which(diag(root)^2 < 1e-13 * diag(products))
  if (is.null(root) || length(weak) > 0) {
    abort_input(paste0(
      "The columns depend on each other",
      if (length(weak) > 0 && !anyNA(weak) && !is.null(names)) {
        paste(":", list_names(names[weak]))
      },
      ". Leave one out, or take `ridge` above 0."
    ))
  }
  root
}

#' @rdname row_least_squares
#' @export
row_lasso <- function(x, y, lambda) {
  check_algebra(x, rule_number(from = 0), "lambda", lambda)
  n <- nrow(x)
  products <- cross_product(x) / n
  check_finite(products, x@names)
  target <- cross_product(x, y) / n
  if (ncol(target) != 1) {
    abort_argument("`y` must be one column.")
  }
  stats::setNames(descend(products, drop(target), lambda), x@names)
}

descend <- function(products, target, lambda) {
  b <- numeric(length(target))
  # What is left of the gradient of the squares.
  left <- target
  square <- diag(products)
  for (pass in 1:100000) {
    before <- b
    for (j in which(square > 0)) {
      raw <- left[[j]] + square[[j]] * b[[j]]
      step <- sign(raw) * max(abs(raw) - lambda, 0) / square[[j]] - b[[j]]
      if (step != 0) {
        b[[j]] <- b[[j]] + step
        left <- left - step * products[, j]
      }
    }
    if (identical(sign(b), sign(before))) {
      exact <- solve_signed(b, products, target, lambda)
      if (!is.null(exact) || identical(b, before)) break
    }
  }
  exact %||% b
}

# The minimum, if it is where coefficients have the signs of b, else NULL.
solve_signed <- function(b, products, target, lambda) {
  on <- b != 0
  signs <- sign(b[on])
  if (any(on)) {
    b[on] <- tryCatch(
      solve(products[on, on, drop = FALSE], target[on] - lambda * signs),
      error = function(e) NaN
    )
  }
  slopes <- target - drop(products %*% b)
  fits <- identical(sign(b[on]), signs) &&
    all(abs(slopes[!on]) <= lambda * (1 + 1e-12) + 1e-300)
  if (fits) b
}

#' @rdname row_least_squares
#' @export
row_qr <- function(x) {
  check_row_matrix(x, "x")
  if (x@transposed || nrow(x) < ncol(x)) {
    abort_argument("`x` must not be transposed, and must have as many rows as columns.")
  }
  check_finite(diag(column_sums(x), ncol(x)), x@names)
  triangles <- on_blocks("triangle", x@space, list(x@block))
  below <- qr(do.call(rbind, triangles), tol = 0)
  signs <- ifelse(diag(qr.R(below)) < 0, -1, 1)
  heights <- vapply(triangles, nrow, 0L)
  parts <- unname(split.data.frame(
    qr.Q(below) * rep(signs, each = sum(heights)),
    factor(rep(seq_along(heights), heights), seq_along(heights))
  ))
  own <- on_blocks("orthogonal", x@space, list(x@block),
    rows = x@rows, columns = x@columns
  )
  Q <- on_blocks("multiply", x@space, list(own@block), parts, x@rows, x@columns, x@names)
  R <- qr.R(below) * signs
  colnames(R) <- x@names
  list(Q = Q, R = R)
}

#' @rdname row_least_squares
#' @param k How many singular values.
#' @param passes Twice so many further passes over the rows, which sharpen the result.
#' @param seed Of the projections; R's generator is left as it was.
#' @export
row_svd <- function(x, k, passes = 2, seed = 1) {
  check_algebra(x, rule_whole(1, min(dim(x))), "k", k)
  check_algebra(x, rule_whole(0), "passes", passes)
  check_algebra(x, rule_whole(0), "seed", seed)
  wide <- min(k + 10, dim(x))
  directions <- keep_seed({
    set.seed(seed, "Mersenne-Twister", "Inversion", "Rejection")
    matrix(stats::rnorm(ncol(x) * wide), ncol(x))
  })
  basis <- row_qr(x %*% directions)$Q
  for (pass in seq_len(passes)) {
    back <- qr.Q(qr(cross_product(x, basis)))
    basis <- row_qr(x %*% back)$Q
  }
  inner <- svd(cross_product(basis, x), k, k)
  v <- inner$v
  rownames(v) <- x@names
  list(d = inner$d[seq_len(k)], u = basis %*% inner$u, v = v)
}

# Matrices whose rows lie on workers, against R's own.

numbers <- function(n, p, seed = 1) {
  keep_seed({
    set.seed(seed)
    matrix(rnorm(n * p), n, dimnames = list(NULL, letters[seq_len(p)]))
  })
}

test_that("products, arithmetic, parts and sums are R's", {
  x <- numbers(37, 4)
  y <- numbers(37, 4, 2)
  small <- matrix(c(1, -2, 3, 0.5, 2, 2, 0, 1), 4)
  v <- seq_len(37) / 7
  for (shards in c(1, 3, 37)) {
    A <- row_matrix(x, shards = shards)
    B <- row_matrix(y, like = A)
    same <- function(a, b) expect_equal(as.matrix(a), b, tolerance = 1e-13)
    expect_identical(as.matrix(A), x)
    expect_identical(dim(A), dim(x))
    expect_identical(dim(t(A)), c(4L, 37L))
    expect_identical(colnames(A), letters[1:4])
    same(A %*% small, x %*% small)
    same(A %*% 1:4, x %*% 1:4)
    same(t(A) %*% B, t(x) %*% y)
    same(t(A) %*% y, t(x) %*% y)
    same(t(A) %*% v, t(x) %*% v)
    same(t(y) %*% A, t(y) %*% x)
    same(v %*% A, v %*% x)
    same(t(small) %*% t(A), t(small) %*% t(x))
    same(cross_product(A), crossprod(x))
    same(A + B, x + y)
    same(A - y, x - y)
    same(y / A, y / x)
    same(2^A, 2^x)
    same(A %/% 0.3, x %/% 0.3)
    same(v * A, v * x)
    same(-t(A), -t(x))
    same(1 - t(A) * t(B), 1 - t(x) * t(y))
    same(A[, c("d", "a")], x[, c("d", "a")])
    same(A[c(2, 5, 36), -1], x[c(2, 5, 36), -1])
    same(t(A)[2, ], t(x)[2, , drop = FALSE])
    same(cross_product(A[x[, 1] > 0, ]), crossprod(x[x[, 1] > 0, ]))
    expect_equal(column_means(A), colMeans(x), tolerance = 1e-13)
    expect_equal(column_sums(t(A)), rowSums(x), tolerance = 1e-13)
    close(A)
    expect_error(A + 1, "freed", class = "feedforward_argument_error")
  }
})

test_that("what does not fit is told", {
  x <- numbers(10, 2)
  A <- row_matrix(x, shards = 2)
  refused <- function(code, pattern) {
    expect_error(code, pattern, class = "feedforward_argument_error")
  }
  refused(A %*% A, "as.matrix")
  refused(A %*% t(A), "as.matrix")
  refused(A %*% 1:3, "10 x 2 times 3 x 1")
  refused(A + row_matrix(x, shards = 5), "cut otherwise")
  refused(A + 1:3, "3 rows")
  refused(A == 1, "`==`")
  refused(A[2:1, ], "in their order")
  refused(A[, 3], "no such column")
  refused(A[, "z"], "no such column")
  refused(row_matrix("a"), "`x`")
  refused(row_matrix(x, shards = 11), "`shards`")
  refused(row_matrix(x, cluster = 3, shards = 1.5), "2 problems")
  expect_output(print(A), "10 x 2 numbers, rows in 2 shards here")
})

test_that("blocks that nobody refers to are freed by the next operation", {
  A <- row_matrix(numbers(10, 2), shards = 2)
  blocks <- function() {
    shop <- environment(A@space$engine$each)$shops[[1]]
    names(shop$blocks)
  }
  make <- function() A * 2 + 1
  C <- make()
  for (k in 1:2) gc()
  D <- A - 1
  expect_identical(blocks(), c("b1", "b3", "b4"))
})

test_that("workers and ranks compute the same bits", {
  skip_on_cran()
  x <- numbers(101, 5)
  compute <- function(x, cluster) {
    A <- row_matrix(x, cluster, shards = 4)
    on.exit(close(A))
    list(
      t(A) %*% A, as.matrix(A %*% 1:5 + 1), row_least_squares(A, x[, 1]^2, 0.5),
      row_svd(A, 2)$d, as.matrix(row_qr(A)$Q)
    )
  }
  here <- compute(x, NULL)
  workers <- local_workers(2)
  expect_identical(compute(x, workers), here)
  expect_output(print(row_matrix(x, workers)), "in 2 shards on 2 workers")
  skip_if_no_mpi()
  found <- on_ranks(2, bquote((.(compute))(.(round(x, 3)), "mpi")))
  expect_type(found, "list")
  for (rank in found) expect_identical(rank, compute(round(x, 3), NULL))
})

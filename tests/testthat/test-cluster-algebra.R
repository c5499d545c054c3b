# Least squares, lasso, QR and SVD of rows on workers, against R's own.

table_of <- function(n, p, seed = 3) {
  keep_seed({
    set.seed(seed)
    x <- matrix(rnorm(n * p), n, dimnames = list(NULL, paste0("x", seq_len(p))))
    x[, 2] <- x[, 1] + 0.01 * x[, 2]
    list(x = x, y = drop(x %*% seq_len(p)) + rnorm(n))
  })
}

test_that("least squares are those of lm(), the ridge that of augmented rows", {
  data <- table_of(200, 5)
  for (shards in c(1, 7)) {
    A <- row_matrix(data$x, shards = shards)
    expect_equal(row_least_squares(A, data$y), coef(lm(data$y ~ data$x - 1)),
      tolerance = 1e-10, ignore_attr = TRUE
    )
    both <- cbind(one = data$y, two = sin(data$y))
    expect_equal(row_least_squares(A, both), coef(lm(both ~ data$x - 1)),
      tolerance = 1e-10, ignore_attr = TRUE
    )
    longer <- rbind(data$x, diag(sqrt(3), 5))
    expect_equal(row_least_squares(A, data$y, ridge = 3),
      coef(lm(c(data$y, rep(0, 5)) ~ longer - 1)),
      tolerance = 1e-10, ignore_attr = TRUE
    )
  }
  expect_named(row_least_squares(A, data$y), paste0("x", 1:5))
  twice <- row_matrix(cbind(data$x, again = data$x[, 3]), shards = 2)
  expect_error(row_least_squares(twice, data$y), "depend",
    class = "feedforward_input_error"
  )
  expect_length(row_least_squares(twice, data$y, ridge = 1), 6)
  data$x[3, 4] <- NA
  expect_error(row_least_squares(row_matrix(data$x), data$y), "\"?x4\"?",
    class = "feedforward_input_error"
  )
})

test_that("the cereals of Samsara's first example", {
  cereals <- rbind(
    c(2, 2, 10.5, 10, 29.509541), c(1, 2, 12, 12, 18.042851),
    c(1, 1, 12, 13, 22.736446), c(2, 1, 11, 13, 32.207582), c(1, 2, 12, 11, 21.871292),
    c(2, 1, 16, 8, 36.187559), c(6, 2, 17, 1, 50.764999), c(3, 2, 13, 7, 40.400208),
    c(3, 3, 13, 4, 45.811716)
  )
  colnames(cereals) <- c("protein", "fat", "carbo", "sugars", "rating")
  all <- row_matrix(cereals, shards = 2)
  x <- all[, 1:4]
  y <- all[, "rating"]
  expect_equal(
    drop(solve(t(x) %*% x, t(x) %*% y)),
    coef(lm(rating ~ . - 1, as.data.frame(cereals))),
    tolerance = 1e-10
  )
  with_one <- row_matrix(cbind(cereals[, 1:4], 1), like = all)
  expect_equal(
    row_least_squares(with_one, y),
    coef(lm(rating ~ ., as.data.frame(cereals)))[c(2:5, 1)],
    tolerance = 1e-10, ignore_attr = TRUE
  )
})

test_that("the lasso meets its conditions, and is a plain descent on the rows", {
  data <- table_of(150, 8)
  A <- row_matrix(data$x, shards = 3)
  for (lambda in c(0.05, 1, 1000)) {
    b <- row_lasso(A, data$y, lambda)
    slope <- unname(drop(crossprod(data$x, data$y - data$x %*% b))) / 150
    expect_true(all(abs(slope) <= lambda + 1e-10))
    active <- unname(b) != 0
    expect_equal(slope[active], lambda * unname(sign(b[active])), tolerance = 1e-10)
    # Steps along the gradient, each shrunk: another way to the same minimum.
    plain <- numeric(8)
    gram <- crossprod(data$x) / 150
    rate <- 1 / max(eigen(gram)$values)
    last <- plain
    for (k in 1:200000) {
      ahead <- plain + k / (k + 3) * (plain - last)
      raw <- ahead - rate * drop(gram %*% ahead - crossprod(data$x, data$y) / 150)
      last <- plain
      plain <- sign(raw) * pmax(abs(raw) - rate * lambda, 0)
      if (max(abs(plain - last)) < 1e-15) break
    }
    expect_equal(b, plain, tolerance = 1e-7, ignore_attr = TRUE)
  }
  expect_identical(unname(b), numeric(8))
  expect_equal(row_lasso(A, data$y, 0), row_least_squares(A, data$y), tolerance = 1e-8)
})

test_that("QR and singular values are R's, whatever shards hold", {
  data <- table_of(60, 6)
  own <- qr(data$x)
  for (shards in c(1, 4, 30)) {
    A <- row_matrix(data$x, shards = shards)
    found <- row_qr(A)
    Q <- as.matrix(found$Q)
    expect_equal(abs(found$R), abs(qr.R(own)), tolerance = 1e-10)
    expect_true(all(diag(found$R) > 0))
    expect_equal(abs(Q), abs(qr.Q(own)), tolerance = 1e-10, ignore_attr = TRUE)
    expect_equal(crossprod(Q), diag(6), tolerance = 1e-13, ignore_attr = TRUE)
    expect_equal(Q %*% found$R, data$x, tolerance = 1e-12, ignore_attr = TRUE)
    expect_equal(row_svd(A, 6)$d, svd(data$x)$d, tolerance = 1e-10)
  }
  # A shard without rows.
  few <- A[1:40, ]
  expect_equal(abs(row_qr(few)$R), abs(qr.R(qr(data$x[1:40, ]))), tolerance = 1e-10)
  # Many columns of low rank.
  wide <- table_of(80, 40)$x[, 1:5] %*% t(table_of(40, 5, 9)$x)
  found <- row_svd(row_matrix(wide, shards = 3), 5)
  own <- svd(wide, 5, 5)
  expect_equal(found$d, own$d[1:5], tolerance = 1e-10)
  expect_equal(as.matrix(found$u) %*% diag(found$d) %*% t(found$v), wide,
    tolerance = 1e-10, ignore_attr = TRUE
  )
})

test_that("R's generator is left alone, and arguments are checked", {
  A <- row_matrix(table_of(30, 4)$x)
  set.seed(7)
  before <- .Random.seed
  first <- row_svd(A, 2)$d
  expect_identical(.Random.seed, before)
  expect_identical(row_svd(A, 2)$d, first)
  wrong <- function(code, pattern) {
    expect_error(code, pattern, class = "feedforward_argument_error")
  }
  wrong(row_svd(A, 5), "`k`")
  wrong(row_least_squares(A, 1:30, ridge = -1), "`ridge`")
  wrong(row_least_squares(A, 1:29), "29 rows")
  wrong(row_lasso(A, 1:30, lambda = NA), "`lambda`")
  wrong(row_qr(t(A)), "transposed")
  wrong(row_qr(matrix(1)), "row_matrix")
})

test_that("probabilities are a softmax that survives any activation", {
  response <- respond(gl(3, 2, labels = c("a b", "\u00e9", "3")), "multinomial")
  link <- rbind(
    c(1, 2, 3), c(1e4, -1e4, 0), c(-1e4, -1e4, -1e4), c(-Inf, -Inf, -Inf),
    c(Inf, 0, Inf), c(700, 710, 0), c(1e-20, 0, -1e-20)
  )
  p <- decode_response(response, link, type = "prob")
  expect_equal(rowSums(p), rep(1, 7), tolerance = 1e-12)
  expect_equal(colnames(p), response$levels)
  expect_equal(unname(p[1, ]), exp(1:3) / sum(exp(1:3)))
  expect_equal(unname(p[2:5, ]), rbind(
    c(1, 0, 0), rep(1, 3) / 3, rep(1, 3) / 3, c(0.5, 0, 0.5)
  ))
  expect_equal(decode_response(response, link), p)
  expect_equal(unname(decode_response(response, link, type = "link")), link)
  class <- decode_response(response, link, type = "class")
  expect_equal(as.integer(class), c(3L, 1L, 1L, 1L, 1L, 2L, 1L))
  expect_equal(levels(class), response$levels)
})

test_that("of two classes the second is predicted from the threshold on", {
  response <- respond(factor(c("no", "yes")), "bernoulli")
  link <- rbind(c(0, 0), c(0, 1), c(2, 0), c(-1e4, 1e4))
  p <- decode_response(response, link)
  expect_equal(p, stats::plogis(c(0, 1, -2, 2e4)))
  both <- decode_response(response, link, type = "prob")
  expect_equal(unname(both), unname(cbind(1 - p, p)))
  class <- function(threshold) {
    as.character(decode_response(response, link, type = "class", threshold = threshold))
  }
  expect_equal(class(NULL), c("yes", "yes", "no", "yes"))
  expect_equal(class(p[2]), c("no", "yes", "no", "yes"))
  expect_equal(class(0), rep("yes", 4))
  expect_equal(class(1), c("no", "no", "no", "yes"))
})

test_that("classes keep the kind of factor, and no rows are no trouble", {
  ordered <- respond(
    factor(c("lo", "mid", "hi"), c("lo", "mid", "hi"), ordered = TRUE),
    "multinomial"
  )
  class <- decode_response(ordered, diag(3), type = "class")
  expect_equal(class, factor(c("lo", "mid", "hi"), c("lo", "mid", "hi"), ordered = TRUE))

  none <- matrix(0, 0, 3)
  expect_equal(dim(decode_response(ordered, none, type = "prob")), c(0L, 3L))
  expect_equal(decode_response(ordered, none, type = "class"), class[0])
  two <- respond(c("a", "b"), "bernoulli")
  expect_equal(decode_response(two, none[, 1:2]), numeric())
  expect_equal(decode_response(respond(1:3), none[, 1, drop = FALSE]), numeric())
})

test_that("the best constant of classes is the shares of the classes", {
  part <- list(actual = c(0L, 0L, 1L, 3L, 0L), weights = c(1, 2, 3, 4, 5), n = 5)
  part$sample <- list(actual = part$actual[1:4], weights = part$weights[1:4], n = 4)
  shares <- rbind(c(8, 3, 0, 4) / 15)[rep(1, 4), ]
  response <- c(class_response(letters[1:4]), loss = "CrossEntropy")
  metrics <- compute_metrics(
    response, shares, part$sample$actual, part$sample$weights, options_of()
  )
  constant <- tasks$multinomial$constant
  expect_equal(constant(response, part), c(logloss = metrics$logloss))
  response$loss <- "Quadratic"
  expect_equal(constant(response, part), c(MSE = metrics$MSE))
})

test_that("softmax is that of R, for numbers of any size", {
  set.seed(9)
  plain <- function(z) {
    power <- exp(z - apply(z, 1, max))
    power / rowSums(power)
  }
  for (rows in c(1, 2, 37)) {
    for (spread in c(0.1, 5, 100, 1e4)) {
      z <- matrix(spread * stats::rnorm(rows * 9), rows)
      expect_equal(softmax_rows(z), plain(z), tolerance = 1e-14)
    }
  }
  expect_identical(softmax_rows(rbind(c(Inf, 0, Inf))), rbind(c(0.5, 0, 0.5)))
  expect_identical(softmax_rows(rbind(c(-Inf, -Inf))), rbind(c(0.5, 0.5)))
  z <- rbind(c(1, 2), c(NaN, 0), c(NA, 0), c(0, NaN), c(3, 3))
  expect_identical(is.na(softmax_rows(z))[, 1], c(FALSE, TRUE, TRUE, TRUE, FALSE))
  expect_identical(softmax_rows(z)[5, ], c(0.5, 0.5))
})

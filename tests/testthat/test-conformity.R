# Scores of conformity and what they leave room for, without a model.

test_that("the rank is that of the paper", {
  expect_identical(conformal_rank(9, 0.9), 9)
  expect_identical(conformal_rank(19, 0.9), 18)
  expect_identical(conformal_rank(99, 0.95), 95)
  expect_identical(conformal_rank(100, 0.9), 91)
  # One row too few.
  expect_gt(conformal_rank(8, 0.9), 8)
  expect_identical(score_of_rank(c(1, 2, 3), 3), 3)
  expect_identical(score_of_rank(c(1, 2, 3), 4), Inf)
})

test_that("exchangeable scores are covered as often as the level says", {
  # Each of n + 1 rows in turn as the new one: exactly ceiling((n + 1) level) are covered.
  scores <- withr::with_seed(1, stats::rexp(30))
  covered <- vapply(1:30, function(i) {
    scores[[i]] <= score_of_rank(sort(scores[-i]), conformal_rank(29, 0.8))
  }, NA)
  expect_identical(mean(covered), 0.8)
})

test_that("intervals of folds are the order statistics of all sums", {
  withr::with_seed(2, {
    fits <- lapply(1:3, function(k) stats::rnorm(20))
    scores <- lapply(c(5, 9, 7), function(n) sort(round(stats::rexp(n), 1)))
  })
  folds <- lapply(fits, function(fit) list(fit = fit))
  for (rank in c(1, 7, 19, 21)) {
    found <- absolute_conformity$region(folds, scores, rank)
    for (i in 1:20) {
      sums <- unlist(Map(function(fit, scores) fit[[i]] + scores, fits, scores))
      differences <- unlist(Map(function(fit, scores) fit[[i]] - scores, fits, scores))
      expect_equal(found$upper[[i]], sort(sums)[[rank]], tolerance = 1e-14)
      expect_equal(found$lower[[i]], sort(differences, TRUE)[[rank]], tolerance = 1e-14)
    }
  }
  found <- absolute_conformity$region(folds, scores, 22)
  expect_identical(found$upper, rep(Inf, 20))
  expect_identical(found$lower, rep(-Inf, 20))
})

test_that("spread and quantiles by hand", {
  found <- list(fit = c(1, 2), spread = c(0.5, 2), lower = c(0, 3), upper = c(3, 2))
  expect_equal(normalised_conformity$scores(found, c(2, 1)), c(2, 0.5))
  expect_equal(
    normalised_conformity$region(list(found), list(c(1, 3)), 2),
    list(lower = c(-0.5, -4), upper = c(2.5, 8))
  )
  expect_equal(quantile_conformity$scores(found, c(5, 2.5)), c(2, 0.5))
  # The second pair is crossed: its middle, if the scores do not part it.
  expect_equal(
    quantile_conformity$region(list(found), list(-0.25), 1),
    list(lower = c(0.25, 2.5), upper = c(2.75, 2.5))
  )
})

test_that("scores of classes by a loop", {
  p <- rbind(c(0.5, 0.3, 0.2), c(0.2, 0.2, 0.6), c(1, 1, 1) / 3, c(0, 1, 0))
  colnames(p) <- c("a", "b", "c")
  slow <- p
  for (i in 1:4) for (k in 1:3) slow[i, k] <- sum(p[i, p[i, ] > p[i, k]])
  expect_equal(mass_above(p), slow)
  expect_equal(aps_conformity$scores(p, c(2, 0, 1, 1)), c(0.8, 0.6, 0, 0))
  expect_equal(lac_conformity$scores(p, c(2, 0, 1, 1)), c(0.8, 0.8, 2 / 3, 0))
  many <- softmax_rows(matrix(sin(1:3000), 30))
  slow <- many
  for (i in 1:30) for (k in 1:100) slow[i, k] <- sum(many[i, many[i, ] > many[i, k]])
  expect_equal(mass_above(many), slow)
})

test_that("a set holds what scores no more than the rank's score, of one fold or two", {
  p <- softmax_rows(matrix(2 * sin(1:60), 20))
  scores <- sort(aps_conformity$scores(p, rep(0:3, 5) %% 3))
  for (rank in c(1, 12, 20)) {
    found <- aps_conformity$region(list(p), list(scores), rank)
    expect_identical(found, mass_above(p) <= scores[[rank]])
    # The same scores in two folds of one model.
    odd <- seq(1, 20, 2)
    halves <- list(scores[odd], scores[-odd])
    expect_identical(aps_conformity$region(list(p, p), halves, rank), found)
  }
  expect_true(all(lac_conformity$region(list(p), list(scores), 21)))
})

test_that("each score knows its own", {
  for (name in names(conformities)) {
    record <- conformities[[name]]
    conformal <- list(score = name, scores = list(c(1, 2)), models = list())
    expect_identical(
      is_conformal(conformal, record$target), length(record$helpers) == 0
    )
    expect_false(is_conformal(conformal, "inputs"))
    conformal$scores <- list(c(2, 1))
    expect_false(is_conformal(conformal, record$target))
  }
})

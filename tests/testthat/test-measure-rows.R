# The three kinds, each as arguments of compute_metrics().
scored_samples <- function(n) {
  d <- random_binomial(n, 2)
  k <- random_classes(n, 4)
  y <- stats::rgamma(n, 2)
  f <- y * stats::rexp(n)
  c(
    list(
      list(class_response(c("a", "b")), d$p1, d$actual, d$weights),
      list(class_response(letters[1:4]), k$p, k$actual, k$weights)
    ),
    lapply(
      c("gaussian", "laplace", "quantile", "huber", "poisson", "gamma", "tweedie"),
      function(distribution) list(numeric_response(distribution), f, y, d$weights)
    )
  )
}
measure_rows <- function(sample, rows, weights) {
  prediction <- if (is.matrix(sample[[2]])) {
    sample[[2]][rows, , drop = FALSE]
  } else {
    sample[[2]][rows]
  }
  measures_of(compute_metrics(
    sample[[1]], prediction, sample[[3]][rows], weights,
    options_of(auc_type = "MACRO_OVO")
  ))
}

test_that("log loss is finite for certain and wrong predictions", {
  two <- compute_metrics(
    class_response(c("a", "b")), c(0, 1, 1, 0), c(1L, 0L, 1L, 0L),
    arguments = options_of()
  )
  expect_equal(two$logloss, -log(1e-15) / 2)
  three <- compute_metrics(
    class_response(letters[1:3]), rbind(c(1, 0, 0), c(0, 1, 0)), c(1L, 1L),
    arguments = options_of()
  )
  expect_equal(three$logloss, -log(1e-15) / 2)
})

test_that("without a usable row the measures are missing, with a warning", {
  scored <- list(
    list(class_response(c("a", "b")), c(0.2, NaN), c(NA, 1L)),
    list(class_response(letters[1:3]), diag(3)[1:2, ], c(NA, NA)),
    list(numeric_response("huber"), c(1, NaN), c(NA, 2))
  )
  for (case in scored) {
    expect_warning(
      m <- compute_metrics(case[[1]], case[[2]], case[[3]], arguments = options_of()),
      class = "feedforward_metric_warning"
    )
    expect_identical(m$nobs, 0L)
    expect_true(is.na(m$MSE))
  }
})

test_that("tables = FALSE changes no number", {
  set.seed(2)
  d <- random_binomial(500)
  k <- random_classes(200, 4)
  both <- function(...) {
    full <- measures_of(compute_metrics(...))
    short <- measures_of(compute_metrics(..., tables = FALSE))
    expect_identical(short, full[names(short)])
    expect_false(any(grepl("table|^cm$|thresholds|criteria", names(short))))
  }
  both(class_response(c("a", "b")), d$p1, d$actual, d$weights, options_of())
  for (type in names(area_averages)) {
    both(
      class_response(letters[1:4]), k$p, k$actual, k$weights, options_of(auc_type = type)
    )
  }
})

test_that("weight 2 is the row twice, fractions included", {
  set.seed(3)
  n <- 120
  twice <- rep(seq_len(n), 2)
  for (sample in scored_samples(n)) {
    w <- sample[[4]]
    expect_equal(
      measure_rows(sample, seq_len(n), 2 * w), measure_rows(sample, twice, w[twice])
    )
    whole <- 1 + seq_len(n) %% 3
    repeated <- rep(seq_len(n), whole)
    expect_equal(
      measure_rows(sample, seq_len(n), whole), measure_rows(sample, repeated, NULL)
    )
  }
})

test_that("weight 0, a missing response and a NaN prediction are the row gone", {
  set.seed(4)
  n <- 90
  for (sample in scored_samples(n)) {
    w <- sample[[4]]
    gone <- c(3, 40, 41, 90)
    left <- measure_rows(sample, setdiff(seq_len(n), gone), w[-gone])
    expect_equal(measure_rows(sample, seq_len(n), replace(w, gone, 0)), left)
    unknown <- sample
    unknown[[3]][gone] <- NA
    expect_equal(measure_rows(unknown, seq_len(n), w), left)
    undefined <- sample
    if (is.matrix(undefined[[2]])) {
      undefined[[2]][gone, 2] <- NaN
    } else {
      undefined[[2]][gone] <- NaN
    }
    expect_equal(measure_rows(undefined, seq_len(n), w), left)
  }
})

test_that("the order of the rows does not matter", {
  set.seed(5)
  n <- 150
  for (sample in scored_samples(n)) {
    shuffled <- sample(n)
    expect_equal(
      measure_rows(sample, shuffled, sample[[4]][shuffled]),
      measure_rows(sample, seq_len(n), sample[[4]])
    )
  }
})

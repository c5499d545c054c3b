# The maps from outputs to calibrated probabilities, without a model.

# Outputs of n rows and classes drawn from their softmax.
drawn_rows <- function(n, classes, seed = 1, width = 1.5) {
  withr::with_seed(seed, {
    link <- matrix(stats::rnorm(n * classes, sd = width), n)
    p <- softmax_rows(link)
    u <- stats::runif(n)
    list(link = link, actual = rowSums(u > t(apply(p, 1, cumsum))), weights = rep(1, n))
  })
}

fit_of <- function(name, rows, weights = rows$weights) {
  calibrators[[name]]$fit(rows$link, rows$actual, weights)
}

calibrated_by <- function(name, rows, link = rows$link) {
  calibrated_rows(list(method = name, fitted = fit_of(name, rows)), link)
}

test_that("each calibrator is whole and knows its own", {
  for (name in names(calibrators)) {
    for (classes in 2:3) {
      rows <- drawn_rows(300, classes)
      fitted <- fit_of(name, rows)
      calibration <- list(method = name, fitted = fitted)
      expect_true(is_calibration(calibration, classes))
      expect_false(is_calibration(list(method = name, fitted = list()), classes))
      expect_false(is_calibration(list(method = "other", fitted = fitted), classes))
      if (name != "temperature") expect_false(is_calibration(calibration, classes + 1))
      expect_type(calibrators[[name]]$describe(fitted), "character")
      p <- calibrated_rows(calibration, rows$link)
      expect_equal(rowSums(p), rep(1, 300))
      expect_true(all(p > 0 & p < 1))
    }
  }
  expect_identical(calibrated_rows(NULL, rows$link), softmax_rows(rows$link))
})

test_that("calibrated outputs have a temperature of 1, multiplied ones that factor", {
  for (classes in c(2, 4)) {
    rows <- drawn_rows(20000, classes)
    found <- fit_of("temperature", rows)$temperature
    expect_equal(found, 1, tolerance = 0.03)
    rows$link <- 3 * rows$link
    expect_equal(fit_of("temperature", rows)$temperature, 3 * found, tolerance = 1e-7)
  }
})

test_that("no temperature has less log loss on its rows", {
  for (width in c(0.3, 1, 5)) {
    rows <- drawn_rows(400, 3, seed = 4)
    rows$link <- width * rows$link
    best <- fit_of("temperature", rows)$temperature
    loss <- function(t) {
      log_loss_of_rows(softmax_rows(rows$link / t), rows$actual, rows$weights)
    }
    for (other in c(1, best * c(0.5, 0.999, 1.001, 2))) {
      expect_lte(loss(best), loss(other))
    }
  }
})

test_that("rows without an error, or with errors only, have a bound and a remark", {
  rows <- drawn_rows(50, 3)
  rows$actual <- largest_in_rows(rows$link) - 1L
  sure <- fit_of("temperature", rows)
  expect_identical(sure$temperature, 0.01)
  expect_match(calibrators$temperature$remark(sure), "the class of each")
  rows$link <- -rows$link
  expect_identical(fit_of("temperature", rows)$temperature, 100)
  expect_null(calibrators$temperature$remark(list(temperature = 2)))
})

test_that("log odds are those of the softmax, and exact where it is 1 or 0", {
  link <- rbind(c(0.3, -1, 2), c(0, 0, 0), c(40, 0, -2), c(0, -60, 1))
  p <- softmax_rows(link)
  expect_equal(log_odds_rows(link)[1:2, ], log(p / (1 - p))[1:2, ])
  expect_equal(log_odds_rows(link)[3, 1], 40 - log(1 + exp(-2)))
  expect_equal(log_odds_rows(link)[4, 2], -60 - log(1 + exp(1)))
  expect_equal(log_odds_rows(cbind(c(1, 0), c(3, 2000)))[, 2], c(2, 700))
})

test_that("Platt's curve is glm's on his targets, and on 0 and 1 where rows are many", {
  rows <- drawn_rows(400, 2, seed = 2)
  odds <- log_odds_rows(rows$link)[, 2]
  positive <- rows$actual == 1
  n <- c(sum(!positive), sum(positive))
  target <- ifelse(positive, (n[2] + 1) / (n[2] + 2), 1 / (n[1] + 2))
  reference <- stats::glm(target ~ odds, family = stats::quasibinomial(),
    control = stats::glm.control(epsilon = 1e-14))
  expect_equal(platt_curve(odds, positive, rows$weights), unname(stats::coef(reference)),
    tolerance = 1e-8)
  rows <- drawn_rows(50000, 2, seed = 3)
  odds <- 2 * log_odds_rows(rows$link)[, 2] + 1
  reference <- stats::glm(rows$actual ~ odds, family = stats::binomial())
  expect_equal(platt_curve(odds, rows$actual == 1, rows$weights),
    unname(stats::coef(reference)), tolerance = 1e-3)
})

test_that("Platt's curve exists for log odds that part the classes, or say nothing", {
  curve <- platt_curve(c(-3, -2, 2, 3), c(FALSE, FALSE, TRUE, TRUE), rep(1, 4))
  # As sure as the targets are, (2 + 1) / (2 + 2), no more: the slope's equation.
  p <- stats::plogis(curve[1] + curve[2] * c(2, 3))
  expect_equal(stats::weighted.mean(p, c(2, 3)), 0.75)
  expect_equal(platt_curve(rep(2, 4), c(TRUE, FALSE, FALSE, FALSE), rep(1, 4)),
    c(stats::qlogis((2 / 3 + 3 / 5) / 4), 0))
})

test_that("blocks are those of isoreg(), ties and order included", {
  p <- c(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
  y <- c(0, 1, 0, 0, 1, 0, 1)
  blocks <- pool_adjacent(p, y, rep(1, 7))
  expect_equal(blocks, list(
    from = c(0.1, 0.2, 0.5, 0.7), to = c(0.1, 0.4, 0.6, 0.7), y = c(0, 1 / 3, 1 / 2, 1)
  ))
  for (seed in 1:5) {
    withr::with_seed(seed, {
      p <- round(stats::runif(300), 2)
      y <- as.numeric(stats::runif(300) < p^2)
    })
    reference <- stats::isoreg(p, y)
    order <- reference$ord
    blocks <- pool_adjacent(p, y, rep(1, 300))
    at <- findInterval(p[order], blocks$from)
    expect_equal(blocks$y[at], reference$yf)
    expect_true(all(p[order] <= blocks$to[at]))
  }
})

test_that("isotonic probabilities are shares of blocks, straight between, off 0 and 1", {
  p <- (1:60) / 61
  y <- rep(c(0, 1, 0, 1), c(20, 10, 10, 20))
  rows <- list(link = log(cbind(1 - p, p)), actual = y, weights = rep(1, 60))
  found <- calibrated_by("isotonic", rows)[, 2]
  expect_equal(found, rep(c(1 / 62, 1 / 2, 61 / 62), each = 20))
  between <- (20 + 21) / 2 / 61
  expect_equal(
    calibrated_by("isotonic", rows, log(cbind(1 - between, between)))[2],
    (1 / 62 + 1 / 2) / 2
  )
})

test_that("a row of weight 2 is the row twice; weight of 0, none; shares, all alike", {
  rows <- drawn_rows(200, 3, seed = 6)
  weights <- rep(c(1, 2, 0, 3), 50)
  at <- rep(1:200, weights)
  kept <- weights > 0
  twice <- list(link = rows$link[at, ], actual = rows$actual[at], weights = rep(1, 300))
  weighted <- list(
    link = rows$link[kept, ], actual = rows$actual[kept], weights = weights[kept]
  )
  for (name in names(calibrators)) {
    expect_equal(fit_of(name, weighted), fit_of(name, twice), tolerance = 1e-7)
    expect_equal(
      fit_of(name, rows, rep(0.001, 200)), fit_of(name, rows), tolerance = 1e-7
    )
  }
})

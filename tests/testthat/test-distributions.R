test_that("poisson and gamma deviances are those of R's families", {
  y <- c(0, 0.5, 1, 3, 12)
  mu <- c(0.4, 0.5, 2, 2.5, 20)
  w <- c(1, 2, 0.5, 3, 1)
  expect_equal(
    regression(mu, y, w, "poisson")$mean_residual_deviance,
    sum(stats::poisson()$dev.resids(y, mu, w)) / sum(w)
  )
  expect_equal(
    regression(mu[-1], y[-1], w[-1], "gamma")$mean_residual_deviance,
    sum(stats::Gamma()$dev.resids(y[-1], mu[-1], w[-1])) / sum(w[-1])
  )
})

test_that("the tweedie deviance is twice the integral of (y - t) / t^p", {
  y <- c(0.3, 1, 4, 9)
  mu <- c(0.5, 0.2, 4, 20)
  tweedie <- distributions$tweedie$deviance
  for (p in c(1.01, 1.3, 1.5, 1.9)) {
    direct <- mapply(function(y, mu) {
      2 * stats::integrate(function(t) (y - t) / t^p, mu, y, rel.tol = 1e-10)$value
    }, y, mu)
    expect_equal(tweedie(y, mu, list(tweedie_power = p)), direct)
  }
  # Of a response of 0 only the last term is left.
  expect_equal(tweedie(0, 3, list(tweedie_power = 1.5)), 2 * sqrt(3) / 0.5)
})

test_that("every deviance is zero where prediction and truth agree, and else positive", {
  settings <- list(quantile_alpha = 0.3, tweedie_power = 1.4, huber_delta = 0.7)
  y <- c(0.2, 1, 7)
  for (name in distributions_of(classes = FALSE)) {
    deviance <- distributions[[name]]$deviance
    expect_equal(deviance(y, y, settings), c(0, 0, 0), info = name)
    expect_true(all(deviance(y, y + 0.1, settings) > 0), info = name)
    expect_true(all(deviance(y, y * 0.9, settings) > 0), info = name)
  }
})

test_that("a deviance stays finite at the edge of its range", {
  settings <- list(tweedie_power = 1.5)
  for (name in c("poisson", "gamma", "tweedie")) {
    record <- distributions[[name]]
    actual <- c(if (record$range$inside(0)) 0, 1e-100, 1, 1e6)
    for (prediction in c(1e-100, 1, 1e19)) {
      deviance <- record$deviance(actual, prediction, settings)
      expect_true(all(is.finite(deviance)), info = paste(name, prediction))
    }
  }
})

test_that("each distribution is a whole record, of classes or of numbers", {
  losses <- unlist(lapply(c(TRUE, FALSE), losses_of))
  for (name in names(distributions)) {
    record <- distributions[[name]]
    expect_setequal(names(record), names(formals(distribution)))
    expect_true(record$loss %in% losses, info = name)
    if (record$classes > 0) {
      expect_identical(record$link, "softmax", info = name)
      expect_null(record$deviance, info = name)
    } else {
      expect_true(record$link %in% c("identity", "log"), info = name)
      expect_named(formals(record$deviance), c("actual", "prediction", "settings"))
    }
    if (!is.null(record$range)) {
      expect_type(record$range$needed, "character")
      expect_identical(record$range$inside(c(0.5, -1)), c(TRUE, FALSE), info = name)
      # A logarithmic link predicts nothing else.
      expect_identical(record$link, "log", info = name)
    }
  }
  # What can be asked for is what there is.
  accept <- training_arguments$distribution$rule$accept
  for (name in names(distributions)) expect_identical(accept(name), name)
  accept <- training_arguments$loss$rule$accept
  for (loss in losses) expect_identical(accept(loss), loss)
})

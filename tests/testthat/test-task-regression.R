test_that("numbers go there and back, offset included", {
  y <- c(3, 5, 10)
  for (distribution in c("gaussian", "huber")) {
    response <- respond(y, distribution)
    link <- matrix(encode_target(response, y))
    expect_equal(decode_response(response, link), y)
    expect_equal(decode_response(response, link, type = "link"), y)
    offset <- c(-1, 0, 2)
    expect_equal(decode_response(response, link, offset), y + offset)
    # Inside the network the offset is added to f.
    inside <- link + encode_offset(response, offset)
    expect_equal(decode_response(response, inside), y + offset)
  }
  response <- respond(y, "poisson")
  f <- matrix(c(0, 1, 2000))
  offset <- c(-1, 0.5, 0)
  expect_equal(decode_response(response, f), c(1, exp(1), 1e19))
  expect_equal(decode_response(response, f, offset), c(exp(-1), exp(1.5), 1e19))
  expect_equal(decode_response(response, f, offset, "link"), c(-1, 1.5, 2000))
  expect_equal(encode_offset(response, offset), offset)
  expect_null(encode_offset(response, NULL))
  expect_equal(decode_response(response, matrix(-2000)), 0)
})

test_that("the best constant is what a search finds, offsets included", {
  set.seed(30)
  n <- 301
  actual <- stats::rgamma(n, 2)
  weights <- stats::rexp(n)
  settings <- list(quantile_alpha = 0.8, tweedie_power = 1.3, huber_delta = 0.4)
  for (name in distributions_of(classes = FALSE)) {
    record <- distributions[[name]]
    response <- list(distribution = name, link = record$link)
    for (offset in list(NULL, stats::rnorm(n))) {
      deviance <- function(link) {
        link <- link + (offset %||% 0)
        f <- if (record$link == "log") exp(link) else link
        weighted_mean(record$deviance(actual, f, settings), weights)
      }
      best <- stats::optimize(deviance, c(-5, 10), tol = 1e-8)$objective
      got <- tasks$regression$constant(
        response,
        list(sample = list(actual = actual, n = n, weights = weights, offset = offset)),
        settings
      )
      expect_named(got, "deviance")
      # Quantiles lie between two rows.
      expect_equal(unname(got), best, tolerance = if (name == "quantile") 0.01 else 1e-5)
    }
  }
})

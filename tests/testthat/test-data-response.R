test_that("factors, text and logical values are classes, all else is a number", {
  f <- factor(c("no", "yes", NA, "no"), levels = c("yes", "no"))
  response <- respond(f, "bernoulli")
  expect_equal(response$kind, "binomial")
  expect_equal(response$link, "softmax")
  expect_equal(response$levels, c("yes", "no"))
  expect_equal(encode_target(response, f), c(1L, 0L, NA, 1L))
  expect_equal(response$name, "resp")

  text <- respond(c("b", "B", "a", "_"), "multinomial")
  expect_equal(text$kind, "multinomial")
  expect_equal(text$levels, c("B", "_", "a", "b"))
  logical <- respond(c(TRUE, FALSE, TRUE), "bernoulli")
  expect_equal(logical$levels, c("FALSE", "TRUE"))
  expect_equal(encode_target(logical, c(TRUE, NA, FALSE)), c(1L, NA, 0L))
  unused <- respond(factor(c("a", "b"), levels = c("a", "c", "b")), "bernoulli")
  expect_equal(unused$kind, "binomial")
  expect_equal(unused$levels, c("a", "b"))

  for (y in list(c(0, 1, 1), 3:5, as.difftime(1:3, units = "hours"))) {
    expect_equal(respond(y)$kind, "regression")
  }

  expect_error(
    respond(factor(c("a", "a")), "bernoulli"), "`resp` has the one class \"a\"",
    class = "feedforward_input_error"
  )
  expect_error(respond(list(1, 2)), "response `resp` is of class",
    class = "feedforward_input_error"
  )
  expect_error(respond(c(1, NaN, Inf)), "2 rows \\(first in row 2\\)",
    class = "feedforward_input_error"
  )
})

test_that("dates and times are refused with the way to predict them", {
  for (y in list(Sys.Date() + 0:2, Sys.time() + 0:2)) {
    expect_error(
      respond(y), "`resp` is a (date|time).*as.numeric\\(\\).*as.Date",
      class = "feedforward_input_error"
    )
    expect_error(
      encode_actual(respond(1:3), y), "`resp` is a", class = "feedforward_input_error"
    )
  }
})

test_that("numbers whose squares overflow are refused wherever they come", {
  response <- respond(c(1, 2, 4))
  for (y in list(c(1, 1e160), c(-1.7e308, 0))) {
    expect_error(
      encode_actual(response, y), "`resp` is beyond 1e120 in 1 row .*power of ten",
      class = "feedforward_input_error"
    )
    expect_error(respond(y), "beyond 1e120", class = "feedforward_input_error")
  }
  expect_error(encode_actual(response, c(1, Inf, NaN)), "NaN in 2 rows \\(first in row 2")
  expect_identical(encode_actual(response, 1e120), 1e120)
})

test_that("new responses are matched by text", {
  response <- respond(factor(c("1", "2", "3")), "multinomial")
  expect_equal(encode_target(response, c("3", "9", NA, "1")), c(2L, NA, NA, 0L))
  expect_equal(encode_target(response, c(3, 9, NA, 1)), c(2L, NA, NA, 0L))
  expect_equal(
    encode_target(response, factor(c("3", "9", NA, "1"), levels = c("9", "1", "3"))),
    c(2L, NA, NA, 0L)
  )
  logical <- respond(c(TRUE, FALSE), "bernoulli")
  for (y in list(c("TRUE", "FALSE"), factor(c("TRUE", "FALSE")), c(1, 0))) {
    expect_equal(encode_target(logical, y), c(1L, 0L))
  }
  number <- respond(c(1, 2, 4))
  expect_equal(encode_actual(number, c(NA, 2)), c(NA, 2))
  expect_equal(encode_actual(number, c(NA, NA)), c(NA_real_, NA))
  expect_error(encode_target(number, c("1", "2")), "`resp` is text",
    class = "feedforward_input_error"
  )
  latin1 <- "caf\xe9"
  Encoding(latin1) <- "latin1"
  cafe <- respond(c(enc2utf8(latin1), "tea", latin1), "bernoulli")
  expect_equal(cafe$kind, "binomial")
  expect_equal(encode_target(cafe, c(latin1, enc2utf8(latin1))), c(0L, 0L))
})

test_that("identity links standardise the target, others do not", {
  y <- c(3, NA, 5, 10)
  for (distribution in c("gaussian", "laplace", "quantile", "huber")) {
    response <- respond(y, distribution)
    expect_equal(response$link, "identity")
    target <- encode_target(response, y)
    expect_equal(mean(target, na.rm = TRUE), 0)
    expect_equal(sd(target, na.rm = TRUE), 1)
    expect_equal(encode_actual(response, y), y)
    raw <- respond(y, distribution, standardize = FALSE)
    expect_equal(encode_target(raw, y), y)
  }
  for (distribution in c("poisson", "gamma", "tweedie")) {
    response <- respond(y, distribution)
    expect_equal(response$link, "log")
    expect_equal(encode_target(response, y), y)
  }
  expect_equal(respond(c(2, 2))[c("mean", "scale")], list(mean = 2, scale = 1))
  expect_equal(respond(7)[c("mean", "scale")], list(mean = 7, scale = 1))
})

test_that("weights count as repeated rows, and weight 0 is the row gone", {
  y <- c(1, 5, 2, 9, NA)
  w <- c(3, 1, 2, 0, 4)
  weighted <- respond(y, weights = w)
  expect_equal(weighted, respond(rep(y, w)))
  expect_identical(respond(y, weights = c(1, 1, 1, 0, 1)), respond(y[-4]))
  expect_identical(respond(y, trains = 1:3), respond(y[1:3]))
  text <- respond(c("a", "b", "c", "b"), "multinomial", weights = c(1, 1, 0, 1))
  expect_equal(text$levels, c("a", "b"))
  expect_equal(encode_target(text, c("c", "b")), c(NA, 1L))
})

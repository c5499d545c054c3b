respond <- function(y, distribution = "gaussian", loss = "Automatic", standardize = TRUE,
                    ...) {
  arguments <- list(
    distribution = distribution, loss = loss, standardize = standardize, y = "resp"
  )
  learn_response(y, arguments, ...)
}

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
  unused <- respond(factor(c("a", "b"), levels = c("a", "b", "c")), "multinomial")
  expect_equal(unused$kind, "multinomial")
  expect_length(unused$levels, 3)

  for (y in list(c(0, 1, 1), 3:5, Sys.Date() + 0:2)) {
    expect_equal(respond(y)$kind, "regression")
  }
  day <- as.Date("2020-01-01") + c(0, 2)
  expect_equal(respond(day)$mean, mean(as.numeric(day)) * 86400000)

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
  for (type in c("class", "prob")) {
    expect_error(decode_response(response, f, type = type), "`resp`",
      class = "feedforward_argument_error"
    )
  }
})

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

test_that("H2O's weights give H2O's predictions through our encoding and response", {
  golden <- readRDS(test_path("fixtures", "golden.rds"))
  for (name in names(golden$models)) {
    model <- golden$models[[name]]
    given <- model$arguments
    train <- golden$frames[[model$train]]
    new <- golden$frames[[model$new]]
    special <- c(model$response, given$weights_column, given$offset_column)
    arguments <- c(given, ignore_const_cols = TRUE, sparse = FALSE)
    weights <- if (!is.null(given$weights_column)) train[[given$weights_column]]
    columns <- train[setdiff(names(train), special)]
    encoding <- learn_encoding(columns, arguments, weights)
    if (!is.null(weights)) {
      # H2O divides by one less than the rows, not than their weight.
      encoding$scales <- vapply(columns[encoding$order$numerics], function(x) {
        w <- weights[!is.na(x) & weights > 0]
        x <- x[!is.na(x) & weights > 0]
        m <- length(x)
        1 / sqrt(m / (m - 1) * sum(w * (x - weighted.mean(x, w))^2) / sum(w))
      }, 0)
    }
    response <- learn_response(train[[model$response]], arguments, weights)
    plan <- encoding_plan(encoding, suppressWarnings(new_columns(encoding, new)))
    x <- expand_rows(plan, nrow(new), n_inputs(encoding))
    network <- golden_network(model)
    f <- reference_forward(network, x)$link
    offset <- if (!is.null(given$offset_column)) new[[given$offset_column]]
    ours <- decode_response(
      response, f, offset,
      type = if (is.null(model$levels)) "response" else "prob"
    )
    theirs <- model$predictions
    if (!is.null(offset) && response$link == "identity") {
      # H2O forgets the response's mean there.
      ours <- ours - response$mean
    }
    # H2O takes a missing number for 0 where nothing is standardised.
    same <- given$standardize | stats::complete.cases(new[encoding$order$numerics])
    gap <- abs(unname(as.matrix(ours)) - unname(as.matrix(theirs)))[same, ]
    expect_lt(max(gap / pmax(1, abs(as.matrix(theirs)[same, ]))), 1e-6)
    if (!is.null(model$levels)) {
      threshold <- model$default_threshold %||% 0.5
      label <- decode_response(response, f, type = "class", threshold = threshold)
      # A probability that is the threshold but for the last digits may fall either way.
      close <- length(model$levels) == 2 & abs(ours[, 2] - threshold) < 1e-6
      sure <- same & !close
      expect_equal(as.character(label)[sure], model$labels[sure], info = name)
    }
  }
})

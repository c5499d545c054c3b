# What is learned of rows in parts is what is learned of them in one place.

surveyed <- function(data, weights = NULL) {
  classes <- unname(vapply(data, column_class, ""))
  number <- !vapply(classes, holds_classes, NA)
  list(
    number = number_encoder$facts(
      survey_here(data[number], names(data)[number], classes[number], weights)
    ),
    onehot = onehot_encoder$facts(
      survey_here(data[!number], names(data)[!number], classes[!number], weights)
    )
  )
}

# cut: the part of each row
surveyed_in_parts <- function(data, cut, weights = NULL) {
  rows <- split(seq_along(cut), cut)
  classes <- unname(vapply(data, column_class, ""))
  number <- !vapply(classes, holds_classes, NA)
  survey <- function(which) {
    how <- survey_weights(weights)
    parts <- lapply(rows, function(i) {
      survey_part(
        lapply(data[which], `[`, i), classes[which], weights[i], how$weight_exponent
      )
    })
    survey_parts(names(data)[which], classes[which], lengths(rows), function(pass, ...) {
      unname(lapply(parts, survey_passes[[pass]]$of, ...))
    }, weights)
  }
  list(
    number = number_encoder$facts(survey(number)),
    onehot = onehot_encoder$facts(survey(!number))
  )
}

mixed_columns <- function(n) {
  list(
    normal = rnorm(n, 1e6), tails = exp(5 * rnorm(n)), whole = sample(1e9, n),
    tiny = 1e-310 * runif(n), huge = 1e300 * rnorm(n), constant = rep(.1, n),
    gaps = ifelse(runif(n) < .3, NA, runif(n)), unknown = rep(NA_real_, n),
    counts = rpois(n, 3), close = 1e15 + sample(3, n, TRUE),
    day = as.Date("2020-01-01") + sample(999, n, TRUE),
    f = factor(sample(letters, n, TRUE), rev(letters)),
    text = sample(c(NA, "b", "a", "\u00e9"), n, TRUE), flag = runif(n) < .5
  )
}

test_that("facts are the same for any cut of the rows", {
  set.seed(1)
  for (case in seq_len(as.integer(Sys.getenv("FEEDFORWARD_CUTS", "30")))) {
    n <- sample(300, 1)
    data <- mixed_columns(n)
    weights <- if (case %% 2 == 0) round(rexp(n), sample(0:3, 1)) + .001
    whole <- surveyed(data, weights)
    for (parts in c(2, 7, 64)) {
      # In the order of the frame, so that first_bad is a row of it.
      cut <- sort(sample(parts, n, TRUE))
      expect_identical(surveyed_in_parts(data, cut, weights), whole)
    }
    # In any order.
    shuffled <- sample(n)
    mixed <- surveyed(lapply(data, `[`, shuffled), weights[shuffled])
    expect_identical(mixed, whole)
  }
})

test_that("means and deviations are those of the textbook", {
  set.seed(2)
  data <- mixed_columns(1000)
  data <- data[!names(data) %in% c("day", "f", "text", "flag", "unknown")]
  facts <- surveyed(data)$number
  expected <- vapply(data, mean, 0, na.rm = TRUE)
  expect_equal(facts$mean, unname(expected), tolerance = 1e-14)
  # Squares of the extreme ones are beyond doubles, as are differences of close ones.
  unit <- c(tiny = 1e-310, huge = 1e300)[names(data)]
  unit[is.na(unit)] <- 1
  sds <- mapply(function(x, unit) {
    sd((x - min(x, na.rm = TRUE)) / unit, na.rm = TRUE) * unit
  }, data, unit)
  varies <- !names(data) %in% c("tiny", "constant")
  expect_equal(facts$sd[varies], unname(sds)[varies], tolerance = 1e-12)
  expect_identical(facts$sd[!varies], c(0, 0))

  weights <- sample(0:4, 1000, TRUE) + 1
  twice <- surveyed(lapply(data, rep, weights))$number
  weighted <- surveyed(data, as.double(weights))$number
  expect_equal(weighted$mean, twice$mean, tolerance = 1e-14)
  expect_equal(weighted$sd, twice$sd, tolerance = 1e-12)
})

test_that("infinite values are told by the row of the frame, cut or not", {
  data <- list(x = c(1, 2, NA, -Inf, 5, Inf), f = factor(letters[1:6]))
  for (cut in list(rep(1, 6), 1:6, c(1, 1, 1, 2, 2, 2), c(1, 1, 1, 1, 2, 2))) {
    facts <- surveyed_in_parts(data, cut)$number
    expect_identical(facts[c("infinite", "first_bad")], list(infinite = 2, first_bad = 4))
  }
})

test_that("levels keep their order where all parts agree, else that of bytes", {
  levels <- function(...) merge_levels(...)
  expect_identical(levels(c("b", "a"), c("b", "a")), c("b", "a"))
  expect_identical(levels(c("b", "a"), c("b", "a", "C")), c("C", "a", "b"))
})

test_that("the sum of each level's weights has no order", {
  set.seed(3)
  codes <- sample(c(1:5, NA), 1000, TRUE)
  weights <- rexp(1000)^8
  exponent <- exponent_above(max(weights))
  sums <- level_weight_sums(codes, 5L, weights, exponent)
  mixed <- sample(1000)
  expect_identical(level_weight_sums(codes[mixed], 5L, weights[mixed], exponent), sums)
  expect_equal(
    grid_value(sums) * 2^exponent, unname(c(tapply(weights, codes, sum))),
    tolerance = 1e-12
  )
})

# What is learned of columns, asked of their rows in passes whose answers merge: by adding
# whole numbers, by the least and the largest. So rows may lie in parts anywhere, cut
# anyhow, and what is learned of them is the same, bit for bit, as of all in one place.

# A survey of all rows in one place.
#   columns: a named list of vectors, or a matrix of numbers; names, classes: of its
#   columns; weights: NULL or one per row; y: the response as numbers, or NULL
# Returns list(names, classes; n: rows; sorts: is the response asked for;
# weight_exponent: weights are at most 2 to it, or NULL without weights; total_weight, in
# that unit; ask(pass, ...): the answer of all rows).
survey_here <- function(columns, names, classes, weights = NULL, threads = 1L, y = NULL) {
  how <- survey_weights(weights)
  part <- survey_part(columns, classes, weights, how$weight_exponent, threads, y)
  c(list(
    names = names, classes = classes, n = part$n, sorts = !is.null(y),
    ask = function(pass, ...) survey_passes[[pass]]$of(part, ...)
  ), how)
}

# The same of rows in parts: each(pass, ...) gives the answers of all, of `sizes` rows.
survey_parts <- function(names, classes, sizes, each, weights = NULL) {
  c(list(
    names = names, classes = classes, n = sum(sizes), sorts = FALSE,
    ask = function(pass, ...) survey_passes[[pass]]$merge(each(pass, ...), sizes)
  ), survey_weights(weights))
}

survey_weights <- function(weights) {
  if (is.null(weights)) {
    return(NULL)
  }
  exponent <- exponent_above(max(weights, 0))
  sum <- level_weight_sums(rep(1L, length(weights)), 1L, weights, exponent)
  list(weight_exponent = exponent, total_weight = grid_value(sum))
}

# What a pass sees of the rows of one place.
survey_part <- function(columns, classes, weights, exponent, threads = 1L, y = NULL) {
  if (is.list(columns)) {
    numbers <- vapply(classes, function(class) !holds_classes(class), NA)
    columns[numbers] <- plain_numbers(columns[numbers])
  }
  list(
    columns = columns, classes = classes, weights = weights, exponent = exponent,
    n = if (is.list(columns)) length(c(columns, list(NULL))[[1]]) else nrow(columns),
    threads = threads, y = y
  )
}

survey_column <- function(part, k) {
  if (is.list(part$columns)) part$columns[[k]] else as.vector(part$columns[, k])
}

# The passes: of(part, ...) answers for some rows; merge(answers, sizes) for the rows of
# several parts, in their order, of so many rows each.
survey_passes <- list(
  # Of numbers, as number_ranges() has them.
  ranges = list(
    of = function(part) number_ranges(part$columns, part$n, part$threads),
    merge = function(answers, sizes) {
      of <- function(name) do.call(rbind, lapply(answers, `[[`, name))
      bad <- of("first_bad") + cumsum(c(0, sizes))[seq_along(sizes)]
      bad[of("first_bad") == 0] <- Inf
      first <- apply(bad, 2, min)
      list(
        low = apply(of("low"), 2, min), high = apply(of("high"), 2, max),
        missing = colSums(of("missing")), infinite = colSums(of("infinite")),
        first_bad = ifelse(is.finite(first), first, 0)
      )
    }
  ),
  # As number_sums() has them.
  sums = list(
    of = function(part, unit, squares) {
      number_sums(
        part$columns, part$n, unit$low, unit$exponent, unit$centre, squares,
        part$weights, part$exponent %||% 0L, part$threads
      )
    },
    merge = function(answers, sizes) {
      Reduce(function(a, b) Map(`+`, a, b), answers)
    }
  ),
  # Are the numbers of these columns whole?
  whole = list(
    of = function(part, which) {
      vapply(which, function(k) {
        x <- survey_column(part, k)
        all(x == trunc(x), na.rm = TRUE)
      }, NA)
    },
    merge = function(answers, sizes) Reduce(`&`, answers)
  ),
  levels = list(
    of = function(part) Map(learn_levels, part$columns, part$classes),
    # Where parts disagree nobody's order is right but that of the bytes.
    merge = function(answers, sizes) do.call(Map, c(list(merge_levels), answers))
  ),
  # Rows of each level.
  counts = list(
    of = function(part, levels) {
      Map(function(column, class, levels) {
        as.double(count_levels(column, class, levels))
      }, part$columns, part$classes, levels)
    },
    merge = function(answers, sizes) Reduce(function(a, b) Map(`+`, a, b), answers)
  ),
  # Weights of each level, as level_weight_sums() has them.
  weights = list(
    of = function(part, levels) {
      Map(function(column, class, levels) {
        coded <- level_codes(column, class, levels)
        level_weight_sums(
          coded$map[as.integer(coded$codes)], length(levels), part$weights, part$exponent
        )
      }, part$columns, part$classes, levels)
    },
    merge = function(answers, sizes) Reduce(function(a, b) Map(`+`, a, b), answers)
  ),
  # What follows needs all rows in one place.
  # compute(numbers, weights, element of ...) of each column
  each = list(
    of = function(part, compute, ...) {
      Map(compute, lapply(part$columns, as.double), list(part$weights), ...)
    }
  ),
  # The mean response of each level.
  means = list(
    of = function(part, levels) {
      Map(
        level_means, part$columns, part$classes, levels, list(part$weights), list(part$y)
      )
    }
  )
)

# Of a part where all is missing, none.
merge_levels <- function(...) {
  all <- Filter(length, list(...))
  if (length(all) == 0) {
    return(character())
  }
  same <- vapply(all, identical, NA, all[[1]])
  if (all(same)) all[[1]] else sort(unique(unlist(all)), method = "radix")
}

# Mean response of each level over these rows, NA without any.
level_means <- function(column, class, levels, weights, y) {
  coded <- level_codes(column, class, levels)
  level <- coded$map[as.integer(coded$codes)]
  known <- which(!is.na(level) & !is.na(y))
  weights <- if (is.null(weights)) rep(1, length(y)) else weights
  total <- class_totals(level[known] - 1L, weights[known], length(levels))
  sums <- class_totals(level[known] - 1L, (weights * y)[known], length(levels))
  ifelse(total > 0, sums / total, NA)
}

plain_numbers <- function(columns) {
  wrapped <- !vapply(columns, is_bare, NA)
  columns[wrapped] <- lapply(columns[wrapped], to_number)
  columns
}

is_bare <- function(column) {
  !is.object(column) && is.null(dim(column))
}

# ---- Moments of numbers ------------------------------------------------------------

# list(low, high, missing, mean, sd, infinite, first_bad), a number per column: of what is
# not missing; (Inf, -Inf) if all is, sd 0 if it does not vary; missing, infinite: counts;
# first_bad: the first infinite one. Of the rows of each column `zeros` (their weight is
# `zero_weight`) are zeros that the survey does not see.
#
# Sums are exact: of (x - low) / 2^exponent, which is from 0 to 1, rounded to 2^-53; then
# of the same and its square about the mean, which also mends the mean.
learn_numbers <- function(survey, zeros = 0, zero_weight = zeros) {
  range <- survey$ask("ranges")
  range$low <- pmin(range$low, ifelse(zeros > 0, 0, Inf))
  range$high <- pmax(range$high, ifelse(zeros > 0, 0, -Inf))
  spread <- range$high - range$low
  sound <- range$infinite == 0 & range$low <= range$high & is.finite(spread)
  unit <- list(
    low = ifelse(sound, range$low, NA_real_),
    exponent = exponent_above(ifelse(sound, spread, 0)), centre = numeric(length(spread))
  )
  zero <- ifelse(sound & zeros > 0, in_unit(0, unit), 0)
  sums <- survey$ask("sums", unit, FALSE)
  count <- survey$n - range$missing
  weighted <- !is.null(survey$weight_exponent)
  implied <- if (weighted) zero_weight / 2^survey$weight_exponent else zeros
  total <- if (weighted) grid_value(sums$weights) + implied else count
  mean <- ifelse(total > 0, (grid_value(sums$values) + implied * zero) / total, 0)
  unit$centre <- ifelse(sound, mean, 0)
  sums <- survey$ask("sums", unit, TRUE)
  zero <- zero - unit$centre
  rest <- ifelse(total > 0, (grid_value(sums$values) + implied * zero) / total, 0)
  squares <- grid_value(sums$squares) + implied * zero^2
  rows <- pmax(total * 2^(survey$weight_exponent %||% 0), count)
  varies <- sound & total > 0 & rows > 1
  variance <- ifelse(varies, squares / total - rest^2, 0) * rows / pmax(rows - 1, 1)
  facts <- list(
    low = range$low, high = range$high, missing = range$missing,
    mean = ifelse(sound, range$low + (unit$centre + rest) * 2^unit$exponent, 0),
    sd = sqrt(pmax(variance, 0)) * 2^unit$exponent,
    infinite = range$infinite, first_bad = range$first_bad
  )
  facts$sd[!numbers_vary(survey, facts)] <- 0
  facts
}

# Do they have a spread? Rounding leaves one of some 1e-16 of their size, sums of many
# terms of 1e-14; time stamps a millisecond apart differ by 6e-13. Whole numbers that are
# exact are meant, however close. A spread below 1e-300 has no reciprocal worth the name.
numbers_vary <- function(survey, facts) {
  spread <- facts$high - facts$low
  size <- pmax(abs(facts$low), abs(facts$high))
  varies <- facts$infinite == 0 & facts$low < facts$high & spread >= 1e-300
  small <- which(varies & spread <= rounding * size)
  exact <- spread[small] >= 1 & size[small] <= 2^53
  varies[small] <- FALSE
  small <- small[exact]
  if (length(small) > 0) varies[small] <- survey$ask("whole", small)
  varies
}

rounding <- 1e-13

# The power of 2 above x, 0 of 0.
exponent_above <- function(x) {
  as.integer(ifelse(x > 0, floor(log2(x)) + 1, 0))
}

in_unit <- function(x, unit) (x - unit$low) / 2^unit$exponent

# Sums on the grid of 2^-26 and that of 2^-53, as the core has them: rows are the halves
# of the coarse and the fine one. The same numbers for the same sum, however it was put
# together.
grid_value <- function(halves) {
  for (low in c(4, 2)) {
    carried <- floor(halves[low, ] / 2^32)
    halves[low, ] <- halves[low, ] - carried * 2^32
    halves[low - 1, ] <- halves[low - 1, ] + carried
  }
  halves[1, ] * 2^6 + (halves[2, ] * 2^-26 + (halves[3, ] * 2^-21 + halves[4, ] * 2^-53))
}

# Of one vector, one place.
mean_and_sd <- function(x, weights = NULL) {
  learn_numbers(survey_here(list(x = x), "x", "numeric", weights))[c("mean", "sd")]
}

varies <- function(x, low, high) {
  numbers_vary(
    survey_here(list(x = x), "x", "numeric"), list(low = low, high = high, infinite = 0)
  )
}

# What training must know of each column: range, mean, spread, levels, missing values.
# A fact is a list with `type`, `class` and `missing` (a count); a factor's has `levels`
# and `seen` (how many of them occur), a number's `low`, `high`, `mean`, `sd`.

# Facts per column, all problems thrown together.
learn_columns <- function(source, rows = NULL, weights = NULL, names = source$names) {
  if (!is.null(weights)) {
    weights <- if (is.null(rows)) weights else weights[rows]
    # Ones are no weights: the same bits.
    weights <- if (all(weights == 1)) NULL else as.double(weights)
  }
  facts <- if (source$kind == "sparse") {
    learn_sparse(source, rows, weights)[names]
  } else {
    at <- match(names, source$names)
    lapply(stats::setNames(at, names), function(j) {
      if (is.null(rows) && is.null(weights) && is_number_matrix(source)) {
        class <- if (is.double(source$data)) "numeric" else "integer"
        return(plain_number(source$data, class, (j - 1) * source$n, source$n))
      }
      column <- source_column(source, j)
      if (is.null(rows)) {
        return(learn_column(column, source$names[j], weights))
      }
      fact <- learn_column(column[rows], source$names[j], weights)
      fact$first_bad <- rows[fact$first_bad]
      fact
    })
  }
  problems <- unlist(Map(fact_problem, facts, names))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  facts
}

learn_column <- function(column, name, weights) {
  class <- column_class(column)
  problem <- column_problem(column, name, class)
  if (!is.null(problem)) {
    return(list(problem = problem))
  }
  if (!holds_classes(class)) {
    return(learn_number(to_number(column, class), class, weights))
  }
  levels <- learn_levels(column, class)
  coded <- level_codes(column, class, levels)
  seen <- tabulate(coded$codes, length(coded$map))
  list(
    type = "factor", class = class, levels = levels,
    missing = length(column) - sum(seen[!is.na(coded$map)]),
    seen = sum(seen[!is.na(coded$map)] > 0)
  )
}

# low, high: range (Inf, -Inf if all is missing); mean and sd of what is not missing.
learn_number <- function(x, class, weights = NULL, zeros = 0, zero_weight = zeros) {
  if (is.null(weights) && zeros == 0) {
    return(plain_number(x, class))
  }
  implicit <- if (zeros > 0) 0
  fact <- list(
    type = "numeric", class = class,
    # The second argument keeps min() silent when nothing is there.
    low = min(x, implicit, Inf, na.rm = TRUE), high = max(x, implicit, -Inf, na.rm = TRUE)
  )
  fact$missing <- if (anyNA(x)) sum(is.na(x)) else 0
  if (fact$missing > 0) {
    known <- !is.na(x)
    x <- x[known]
    weights <- weights[known]
  }
  if (length(x) + zeros == 0) {
    return(c(fact, mean = 0, sd = 0))
  }
  if (is.infinite(fact$low) || is.infinite(fact$high)) {
    bad <- which(is.infinite(x))
    fact$infinite <- length(bad)
    # Counted among all rows of the column, missing ones too.
    fact$first_bad <- if (fact$missing > 0) which(known)[bad[1]] else bad[1]
    return(fact)
  }
  c(fact, mean_and_sd(x, weights, zeros, zero_weight, fact$low, fact$high))
}

# The same for n numbers of x after the first `from`, all of one weight: two passes over
# the column where it lies.
plain_number <- function(x, class, from = 0, n = length(x)) {
  fact <- c(list(type = "numeric", class = class), number_facts(x, from, n))
  if (fact$infinite == 0) {
    fact$infinite <- NULL
    fact$first_bad <- NULL
    size <- max(abs(fact$low), abs(fact$high))
    # Squares of extreme numbers overflow or vanish.
    if (n > fact$missing && (size > 1e140 || (size > 0 && size < 1e-140))) {
      known <- x[from + seq_len(n)]
      known <- known[!is.na(known)]
      fact[c("mean", "sd")] <- mean_and_sd(known, low = fact$low, high = fact$high)
    }
  }
  fact
}

# Column by column through the slots; the zeros between are only counted.
learn_sparse <- function(source, rows = NULL, weights = NULL) {
  data <- if (is.null(rows)) source$data else source$data[rows, , drop = FALSE]
  total <- if (!is.null(weights)) sum(weights)
  n <- data@Dim[1]
  p <- data@p
  i <- data@i
  x <- data@x
  lapply(stats::setNames(seq_along(source$names), source$names), function(j) {
    stored <- seq.int(p[j] + 1, length.out = p[j + 1] - p[j])
    at <- i[stored] + 1L
    zeros <- n - length(stored)
    mine <- weights[at]
    fact <- learn_number(
      x[stored], "numeric", mine,
      zeros = zeros,
      zero_weight = if (is.null(weights) || zeros == 0) zeros else total - sum(mine)
    )
    first <- at[fact$first_bad]
    fact$first_bad <- if (is.null(rows)) first else rows[first]
    fact
  })
}

# A spread below 1e-300 has no reciprocal worth the name.
is_constant <- function(fact) {
  if (fact$type == "factor") fact$seen <= 1 else fact$high - fact$low < 1e-300
}

# center and scale: a number x enters the network as (x - center) * scale.
scale_facts <- function(facts, standardize) {
  facts <- lapply(facts, function(fact) {
    if (fact$type == "numeric") {
      varies <- standardize && !is_constant(fact) && fact$sd > 0
      fact$center <- if (standardize) fact$mean else 0
      fact$scale <- if (varies) 1 / fact$sd else 1
    }
    fact
  })
  problems <- unlist(Map(function(fact, name) {
    if (fact$type == "numeric") {
      range_problem(name, fact$low, fact$high, fact$center, fact$scale)
    }
  }, facts, names(facts)))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  facts
}

fact_problem <- function(fact, name) {
  if (!is.null(fact$problem) || !isTRUE(fact$type == "numeric")) {
    return(fact$problem)
  }
  if (!is.null(fact$infinite)) {
    return(infinite_problem(name, fact$infinite, fact$first_bad))
  }
  if (fact$high - fact$low > 1e307) {
    sprintf(
      "The predictor %s runs from %s to %s: its spread is beyond double precision.",
      quote_name(name), format_number(fact$low), format_number(fact$high)
    )
  }
}

infinite_problem <- function(name, count, first) {
  sprintf(
    paste(
      "The predictor %s has %.0f infinite value%s (first in row %.0f).",
      "Replace infinite values, or make them NA."
    ),
    quote_name(name), count, if (count == 1) "" else "s", first
  )
}

range_problem <- function(name, low, high, center, scale) {
  if (low > high || max(abs(low - center), abs(high - center)) * scale <= max_float) {
    return(NULL)
  }
  sprintf(
    paste(
      "The predictor %s runs from %s to %s, which as an input of the network is beyond",
      "single precision. Use `standardize = TRUE`, rescale it or leave it out."
    ),
    quote_name(name), format_number(low), format_number(high)
  )
}

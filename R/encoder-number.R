#' @include encoder-record.R
NULL

# A number x enters the network as (x - mean) * scale, a missing one as the mean.
#   fact: low, high (Inf, -Inf if all is missing), mean and sd of what is not missing,
#     missing (a count)
#   group: columns; means, scales; impute (what stands for a missing one); spreads (the
#     deviation of each input)
number_encoder <- new_encoder(
  name = "number",
  fact = function(column, class, weights) {
    learn_number(to_number(column, class), class, weights)
  },
  missing = function(fact) fact$low > fact$high,
  constant = function(fact) varies_too_little(fact),
  problem = function(fact, name, standardize) number_problem(fact, name, standardize),
  group = function(facts, arguments) {
    standardize <- isTRUE(arguments[["standardize"]])
    number <- function(value) vapply(facts, value, 0)
    list(
      columns = names(facts),
      means = number(function(fact) number_centre(fact, standardize)),
      scales = number(function(fact) number_scale(fact, standardize)),
      impute = number(function(fact) as.double(fact$mean)),
      spreads = number(function(fact) fact$sd * number_scale(fact, standardize))
    )
  },
  sizes = function(group) rep(1L, length(group$columns)),
  input_names = function(group) group$columns,
  unused = function(group) integer(),
  # About the mean, which moves no unit.
  moments = function(group) {
    list(mean = 0 * group$spreads, square = group$spreads^2)
  },
  units = function(group) group[c("means", "scales")],
  plan = function(group, source) number_plan(group, source),
  fit = function(group, k, column, class, trained) fit_number(group, k, column, class),
  empty = function(group, k, n) rep(NA_real_, n)
)

number_centre <- function(fact, standardize) {
  if (standardize) as.double(fact$mean) else 0
}

number_scale <- function(fact, standardize) {
  if (standardize && !varies_too_little(fact) && fact$sd > 0) 1 / fact$sd else 1
}

# A spread below 1e-300 has no reciprocal worth the name.
varies_too_little <- function(fact) {
  fact$high - fact$low < 1e-300
}

# x may be implied 0 `zeros` times beside its values, with weight `zero_weight` in all.
learn_number <- function(x, class, weights = NULL, zeros = 0, zero_weight = zeros) {
  if (is.null(weights) && zeros == 0) {
    return(plain_number(x, class))
  }
  implicit <- if (zeros > 0) 0
  fact <- list(
    class = class,
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
  fact <- c(list(class = class), number_facts(x, from, n))
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

number_plan <- function(group, source) {
  at <- match(group$columns, source$names)
  whole <- is_number_matrix(source)
  lapply(seq_along(at), function(k) {
    list(
      column = if (whole) source$data else to_number(source_column(source, at[k])),
      plan = list(
        kind = "numeric", from = if (whole) (at[k] - 1) * source$n else 0,
        mean = group$means[[k]], scale = group$scales[[k]], impute = group$impute[[k]]
      )
    )
  })
}

fit_number <- function(group, k, column, class) {
  name <- group$columns[[k]]
  column <- to_number(column, class)
  low <- min(column, Inf, na.rm = TRUE)
  high <- max(column, -Inf, na.rm = TRUE)
  infinite <- low <= high && (is.infinite(low) || is.infinite(high))
  problem <- if (infinite) {
    bad <- which(is.infinite(column))
    infinite_problem(name, length(bad), bad[1], " of `newdata`")
  } else {
    range_problem(name, low, high, group$means[[k]], group$scales[[k]])
  }
  if (is.null(problem)) list(column = column) else list(problem = problem)
}

number_problem <- function(fact, name, standardize) {
  if (!is.null(fact$infinite)) {
    return(infinite_problem(name, fact$infinite, fact$first_bad))
  }
  if (fact$high - fact$low > 1e307) {
    return(sprintf(
      "The predictor %s runs from %s to %s: its spread is beyond double precision.",
      quote_name(name), format_number(fact$low), format_number(fact$high)
    ))
  }
  range_problem(
    name, fact$low, fact$high, number_centre(fact, standardize),
    number_scale(fact, standardize)
  )
}

infinite_problem <- function(name, count, first, where = "") {
  sprintf(
    paste(
      "The predictor %s%s has %.0f infinite value%s (first in row %.0f).",
      "Replace infinite values, or make them NA."
    ),
    quote_name(name), where, count, if (count == 1) "" else "s", first
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

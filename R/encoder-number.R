#' @include encoder-record.R
NULL

# A number x enters the network as (x - mean) * scale, a missing one as the mean.
#   facts: low, high (Inf, -Inf if all is missing), mean and sd of what is not missing,
#     sd 0 if it does not vary; missing, infinite (counts), first_bad (the first
#     infinite one)
#   group: columns; means, scales; impute (what stands for a missing one); spreads (the
#     deviation of each input)
number_encoder <- new_encoder(
  name = "number",
  facts = function(survey) {
    c(list(columns = survey$names, classes = survey$classes), learn_numbers(survey))
  },
  missing = function(facts) facts$low > facts$high,
  constant = function(facts) facts$sd == 0,
  problems = function(facts, standardize, rows) number_problems(facts, standardize, rows),
  group = function(facts, arguments) {
    input <- input_of_numbers(
      facts, isTRUE(arguments[["standardize"]]), isTRUE(arguments[["autoencoder"]])
    )
    of_columns <- function(x) stats::setNames(x, facts$columns)
    list(
      columns = facts$columns, means = of_columns(input$means),
      scales = of_columns(input$scales), impute = of_columns(facts$mean),
      spreads = of_columns(facts$sd * input$scales)
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
  repeated = function(values, units, sizes) {
    sweep(sweep(values, 2, units$scales, `/`), 2, units$means, `+`)
  },
  plan = function(group, source) number_plan(group, source),
  ready = function(group, k, columns, classes, n, threads) {
    are_plain_inputs(group, k, columns, classes, n, threads)
  },
  fit = function(group, k, column, class) fit_number(group, k, column, class),
  empty = function(group, k, n) rep(NA_real_, n),
  sound = function(group) {
    numbers <- group[c("means", "scales", "impute", "spreads")]
    all(vapply(numbers, function(x) {
      is.double(x) && identical(names(x), group$columns) && all(is.finite(x))
    }, NA)) &&
      !any(beyond_float(group$impute, group$impute, group$means, group$scales))
  }
)

# by_range: divided by their range, not their deviation: outputs of Tanh then reach them
input_of_numbers <- function(facts, standardize, by_range = FALSE) {
  scaled <- standardize & facts$sd > 0
  spread <- if (by_range) facts$high - facts$low else facts$sd
  list(
    means = if (standardize) facts$mean else 0 * facts$mean,
    scales = 1 / ifelse(scaled, spread, 1)
  )
}

number_plan <- function(group, source) {
  at <- match(group$columns, source$names)
  whole <- is_number_matrix(source)
  columns <- if (whole) source$data else plain_numbers(source_columns(source, at))
  list(list(column = columns, plan = list(
    kind = "numbers", from = if (whole) (at - 1) * source$n else 0 * at,
    mean = group$means, scale = group$scales, impute = group$impute
  )))
}

are_plain_inputs <- function(group, k, columns, classes, n, threads) {
  ready <- unname(column_families[classes] == "number") & vapply(columns, function(x) {
    is.numeric(x) && is_bare(x) && length(x) == n
  }, NA)
  facts <- number_ranges(columns[ready], n, threads)
  beyond <- facts$low <= facts$high &
    beyond_float(facts$low, facts$high, group$means[k][ready], group$scales[k][ready])
  ready[ready] <- !beyond
  ready
}

fit_number <- function(group, k, column, class) {
  column <- to_number(column, class)
  low <- min(column, Inf, na.rm = TRUE)
  high <- max(column, -Inf, na.rm = TRUE)
  if (low > high || !beyond_float(low, high, group$means[[k]], group$scales[[k]])) {
    return(list(column = column))
  }
  name <- group$columns[[k]]
  bad <- which(is.infinite(column))
  list(problem = if (length(bad) > 0) {
    infinite_problem(name, length(bad), bad[1], " of `newdata`")
  } else {
    range_problem(name, low, high)
  })
}

# A sentence for each column that cannot be an input, NA for others.
number_problems <- function(facts, standardize, rows) {
  name <- facts$columns
  low <- facts$low
  high <- facts$high
  input <- input_of_numbers(facts, standardize)
  infinite <- facts$infinite > 0
  wide <- !infinite & low <= high & high - low > 1e307
  beyond <- !infinite & !wide & low <= high &
    beyond_float(low, high, input$means, input$scales)
  first <- facts$first_bad[infinite]
  problems <- rep(NA_character_, length(name))
  problems[infinite] <- infinite_problem(
    name[infinite], facts$infinite[infinite], if (is.null(rows)) first else rows[first]
  )
  problems[wide] <- sprintf(
    "The predictor %s runs from %s to %s: its spread is beyond double precision.",
    quote_name(name[wide]), format_number(low[wide]), format_number(high[wide])
  )
  problems[beyond] <- range_problem(name[beyond], low[beyond], high[beyond])
  problems
}

infinite_problem <- function(name, count, first, where = "") {
  sprintf(
    paste(
      "The predictor %s%s has %.0f infinite value%s (first in row %.0f).",
      "Replace infinite values, or make them NA."
    ),
    quote_name(name), where, count, ifelse(count == 1, "", "s"), first
  )
}

beyond_float <- function(low, high, center, scale) {
  pmax(abs(low - center), abs(high - center)) * scale > max_float
}

range_problem <- function(name, low, high) {
  sprintf(
    paste(
      "The predictor %s runs from %s to %s, which as an input of the network is beyond",
      "single precision. Use `standardize = TRUE`, rescale it or leave it out."
    ),
    quote_name(name), format_number(low), format_number(high)
  )
}

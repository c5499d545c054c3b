#' @include h2o-frame-split.R
NULL

#' A frame of random values
#'
#' For trying things out: numbers, whole numbers, categories, flags, text and times in
#' shares, with gaps and a response.
#'
#' @param rows,cols How many.
#' @param randomize Random values, rather than one value everywhere?
#' @param value The value if not.
#' @param real_range,integer_range Numbers lie between minus this and this.
#' @param categorical_fraction,integer_fraction,binary_fraction,time_fraction Shares of
#'   the columns.
#' @param string_fraction Share of the columns that are text.
#' @param factors How many levels.
#' @param binary_ones_fraction Share of ones.
#' @param missing_fraction Share of missing values.
#' @param response_factors Levels of the response; 1 for numbers.
#' @param has_response Is there a column `response`?
#' @param seed,seed_for_column_types As for [h2o.splitFrame()]; the second is not used.
#' @param destination_frame Id, made up if `""`.
#' @param ... Not used.
#' @return A frame with the columns `response` (if asked for), C1, C2, ....
#' @examples
#' h2o.createFrame(rows = 10, cols = 5, seed = 1, has_response = TRUE)
#' @export
h2o.createFrame <- function(rows = 10000, cols = 10, randomize = TRUE, value = 0,
                            real_range = 100, categorical_fraction = 0.2, factors = 100,
                            integer_fraction = 0.2, integer_range = 100,
                            binary_fraction = 0.1, binary_ones_fraction = 0.02,
                            time_fraction = 0, string_fraction = 0,
                            missing_fraction = 0.01, response_factors = 2,
                            has_response = FALSE, seed = -1,
                            seed_for_column_types = -1, destination_frame = "", ...) {
  shares <- c(
    categorical = categorical_fraction, integer = integer_fraction,
    binary = binary_fraction, time = time_fraction, string = string_fraction
  )
  check_argument(rule_whole(1), "rows", rows)
  check_argument(rule_whole(1), "cols", cols)
  check_argument(rule_whole(1), "factors", factors)
  check_argument(rule_whole(1), "response_factors", response_factors)
  fractions <- c(shares, missing = missing_fraction, binary_ones = binary_ones_fraction)
  for (name in names(fractions)) {
    check_argument(rule_number(0, 1), paste0(name, "_fraction"), fractions[[name]])
  }
  if (sum(shares) > 1 + 1e-9) {
    abort_argument(sprintf(
      "The fractions of column types must add up to at most 1, not %s.",
      format_number(sum(shares))
    ))
  }
  counts <- round(shares * cols)
  kinds <- rep(c(names(shares), "real"), c(counts, max(0, cols - sum(counts))))
  kinds <- kinds[seq_len(cols)]
  settings <- list(
    factors = factors, real = real_range, integer = integer_range,
    ones = binary_ones_fraction
  )
  columns <- with_h2o_seed(seed, {
    made <- lapply(sample(kinds), function(kind) {
      column <- if (randomize) random_column(kind, rows, settings) else rep(value, rows)
      column[stats::runif(rows) < missing_fraction] <- NA
      column
    })
    names(made) <- paste0("C", seq_along(made))
    response <- if (has_response && response_factors > 1) {
      random_column("categorical", rows, list(factors = response_factors))
    } else if (has_response) {
      stats::runif(rows, -real_range, real_range)
    }
    c(if (has_response) list(response = response), made)
  })
  register_frame(new_frame(columns, rows = rows), destination_frame)
}

random_column <- function(kind, rows, settings) {
  switch(kind,
    categorical = {
      levels <- paste0("c", seq_len(settings$factors) - 1)
      factor(sample(levels, rows, TRUE), levels)
    },
    integer = sample(-settings$integer:settings$integer, rows, TRUE),
    binary = as.integer(stats::runif(rows) < settings$ones),
    time = .POSIXct(stats::runif(rows, 0, 1.5e9), tz = "UTC"),
    string = sprintf("%08x", sample.int(.Machine$integer.max, rows, TRUE)),
    stats::runif(rows, -settings$real, settings$real)
  )
}

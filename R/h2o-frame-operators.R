# Arithmetic, comparisons and summaries of frames, by the groups that R has for them.

#' @export
Ops.H2OFrame <- function(e1, e2) {
  operator <- h2o_operators[[.Generic]] %||% get(.Generic, mode = "function")
  compares <- .Generic %in% c("==", "!=", "<", "<=", ">", ">=")
  numbers <- if (.Generic %in% c("&", "|", "!")) number_or_none else number_or_gap
  if (missing(e2)) {
    return(map_frame(e1, function(column) {
      settle_numbers(operator(numbers(column)), column)
    }))
  }
  check_operands(e1, e2)
  rows <- max(operand_rows(e1), operand_rows(e2))
  columns <- max(operand_columns(e1), operand_columns(e2))
  values <- Map(function(a, b) {
    if (compares) {
      return(as.integer(compare_values(operator, a, b)))
    }
    sides <- in_milliseconds(a, b)
    settle_numbers(operator(numbers(sides[[1]]), numbers(sides[[2]])), a, b)
  }, operand(e1, columns), operand(e2, columns))
  names <- if (is_frame(e1) && length(e1) == columns) names(e1) else names(e2)
  new_frame(stats::setNames(values, names), rows = rows)
}

# Frames go before dates, times and data frames, where R asks (from 4.3 on).
#' @rawNamespace if (getRversion() >= "4.3.0") S3method(chooseOpsMethod, H2OFrame)
chooseOpsMethod.H2OFrame <- function(x, y, mx, my, cl, reverse) TRUE

# Where H2O computes otherwise than R: what is left has the sign of what was divided, and
# whole quotients go towards zero.
h2o_operators <- list(
  `%%` = function(a, b) sign(a) * (abs(a) %% abs(b)),
  `%/%` = function(a, b) trunc(a / b)
)

# Categories compare as text, times as milliseconds with numbers; a number is never equal
# to a text, but a category called "1" is to 1.
compare_values <- function(operator, a, b) {
  if (is.factor(a)) a <- as.character(a)
  if (is.factor(b)) b <- as.character(b)
  if (inherits(a, "POSIXct") || inherits(b, "POSIXct")) {
    # Text beside a time is one, of UTC.
    both <- lapply(list(a, b), function(x) {
      plain_number(if (is.character(x)) read_times(x) else x)
    })
    return(operator(both[[1]], both[[2]]))
  }
  if (is.character(a)) b <- as_text(b)
  if (is.character(b)) a <- as_text(a)
  operator(a, b)
}

# Beside a time a duration counts in milliseconds, alone in its unit.
in_milliseconds <- function(a, b) {
  duration <- function(x, other) {
    beside <- inherits(x, "difftime") && inherits(other, "POSIXct")
    if (beside) 1000 * as.numeric(x, units = "secs") else x
  }
  list(duration(a, b), duration(b, a))
}

plain_number <- function(x) {
  if (inherits(x, "POSIXct")) {
    return(1000 * as.numeric(x))
  }
  if (is.character(x)) rep(NA_real_, length(x)) else as.double(x)
}

# A category or a text is no condition.
number_or_none <- function(column) number_or_gap(column) != 0

flags_as_numbers <- function(x) if (is.logical(x)) as.integer(x) else x

# What came of whole numbers is whole again, where it fits.
settle_numbers <- function(x, a, b = a) {
  whole <- function(v) is.integer(v) || is.logical(v) || (is.numeric(v) && length(v) == 1)
  fits <- is.double(x) && !is.object(x) && whole(a) && whole(b) &&
    all(is.na(x) | (abs(x) <= .Machine$integer.max & x == trunc(x))) &&
    !any(is.nan(x))
  if (fits || is.logical(x)) as.integer(x) else x
}

operand_rows <- function(x) if (is.data.frame(x)) .row_names_info(x, 2L) else 0L
operand_columns <- function(x) if (is.data.frame(x)) length(x) else 1L

# Columns, as many as asked for, of a frame or of anything that could be a column of one.
operand <- function(x, columns) {
  values <- if (is_frame(x)) {
    as.list(bare_frame(x))
  } else {
    lapply(if (is.data.frame(x)) as.list(x) else list(x), function(one) {
      if (inherits(one, "difftime")) one else frame_column(one, "operand")
    })
  }
  rep_len(values, columns)
}

check_operands <- function(e1, e2) {
  widths <- c(operand_columns(e1), operand_columns(e2))
  if (all(widths > 1) && widths[[1]] != widths[[2]]) {
    abort_input(sprintf(
      "%d and %d columns have no common columns to compute with.", widths[[1]],
      widths[[2]]
    ))
  }
  rows <- c(NROW(e1), NROW(e2))
  nothing <- !is.data.frame(e1) && rows[[1]] == 0 || !is.data.frame(e2) && rows[[2]] == 0
  if (nothing) abort_input("A frame cannot be computed with no value at all.")
  rows <- rows[rows != 1]
  if (length(unique(rows)) > 1) {
    abort_input(sprintf(
      "%d and %d rows have no common rows to compute with.", rows[[1]],
      rows[[2]]
    ))
  }
}

#' @export
Math.H2OFrame <- function(x, ...) {
  fun <- get(.Generic, mode = "function")
  map_frame(x, function(column) {
    if (!is.numeric(column)) {
      return(rep(NA_real_, length(column)))
    }
    settle_numbers(fun(as.double(column), ...), column)
  })
}

#' @export
Summary.H2OFrame <- function(..., na.rm = FALSE) {
  fun <- get(.Generic, mode = "function")
  values <- unlist(lapply(list(...), function(x) {
    if (!is.data.frame(x)) {
      return(x)
    }
    unlist(lapply(bare_frame(x), number_of), use.names = FALSE)
  }))
  if (.Generic %in% c("any", "all")) values <- values != 0
  fun(values, na.rm = na.rm)
}

# Of a category its number, from 0, as H2O stores it.
number_of <- function(column) {
  if (is.factor(column)) {
    as.integer(column) - 1L
  } else {
    plain_number(column)
  }
}

# Of the columns, as numbers; what is no number is missing.
numbers_of_frame <- function(x) {
  columns <- lapply(bare_frame(x), number_or_gap)
  matrix(unlist(columns, use.names = FALSE), frame_rows(x), length(x))
}

number_or_gap <- function(column) {
  if (is.factor(column)) rep(NA_real_, length(column)) else plain_number(column)
}

#' @export
mean.H2OFrame <- function(x, na.rm = FALSE, ...) h2o.mean(x, na.rm, ...)

# order(frame$column) sorts by its values.
#' @export
xtfrm.H2OFrame <- function(x) xtfrm(only_column(x))

#' @export
median.H2OFrame <- function(x, na.rm = TRUE, ...) {
  values <- vapply(bare_frame(x), function(column) {
    as.numeric(stats::median(number_of(column), na.rm = na.rm))
  }, 0)
  if (length(values) == 1) unname(values) else values
}

#' @export
quantile.H2OFrame <- function(x, probs = h2o_probs, ...) h2o.quantile(x, probs, ...)

#' @export
levels.H2OFrame <- function(x) {
  if (length(x) == 1) levels(.subset2(x, 1)) else unname(lapply(bare_frame(x), levels))
}

#' @export
unique.H2OFrame <- function(x, ...) {
  frame_subset(x, which(!duplicated(row_codes(bare_frame(x)))), NULL)
}

#' @export
is.na.H2OFrame <- function(x) {
  map_frame(x, function(column) as.integer(is.na(column)))
}

#' @export
as.numeric.H2OFrame <- function(x, ...) {
  map_frame(x, to_numbers)
}

#' @export
as.double.H2OFrame <- as.numeric.H2OFrame

#' @export
as.integer.H2OFrame <- function(x, ...) {
  map_frame(x, function(column) settle_numbers(trunc(to_numbers(column)), 0))
}

# Categories that are numbers become them; others their place, from 0 as in H2O.
to_numbers <- function(column) {
  if (is.factor(column)) {
    named <- suppressWarnings(as.numeric(levels(column)))
    if (anyNA(named)) as.integer(column) - 1 else named[as.integer(column)]
  } else if (is.character(column)) {
    suppressWarnings(as.numeric(column))
  } else {
    plain_number(column)
  }
}

#' @export
as.character.H2OFrame <- function(x, ...) {
  map_frame(x, as_text)
}

#' @export
as.Date.H2OFrame <- function(x, format = "%Y-%m-%d", ...) h2o.as_date(x, format)

#' @export
as.logical.H2OFrame <- function(x, ...) {
  map_frame(x, function(column) as.integer(to_numbers(column) != 0))
}

#' @export
t.H2OFrame <- function(x) {
  check_numeric(x)
  turned <- t(as.matrix(bare_frame(x)))
  dimnames(turned) <- NULL
  as_quiet_frame(turned)
}

#' @export
scale.H2OFrame <- function(x, center = TRUE, scale = TRUE) {
  # What is no number stays as it is, as in H2O.
  numbers <- flags_of(x, is.numeric)
  values <- numbers_of_frame(bare_frame(x)[numbers])
  scaled <- scale(
    values, scale_option(center, "center", sum(numbers)),
    scale_option(scale, "scale", sum(numbers))
  )
  columns <- as.list(bare_frame(x))
  columns[numbers] <- unname(as.list(as.data.frame(scaled)))
  new_frame(columns, rows = frame_rows(x))
}

# A flag, or a number for each column.
scale_option <- function(x, name, columns) {
  if (is.data.frame(x)) x <- unlist(bare_frame(x))
  flag <- is.logical(x) && length(x) == 1 && !is.na(x)
  if (!flag && !(is.numeric(x) && length(x) == columns && !anyNA(x))) {
    abort_argument(sprintf(
      "`%s` must be TRUE, FALSE or a number for each of %s, not %s.", name,
      count_of(columns, "column of numbers"), shorten(x)
    ))
  }
  x
}

# A frame of a matrix, that no store knows.
as_quiet_frame <- function(x) {
  data <- as.data.frame(x)
  if (is.null(colnames(x))) names(data) <- paste0("C", seq_along(data))
  new_frame(data)
}

# Ids tell frames apart that hold the same.
#' @export
all.equal.H2OFrame <- function(target, current, ...) {
  all.equal(bare_frame(target), bare_frame(current), ...)
}

#' @export
as.vector.H2OFrame <- function(x, mode = "any") {
  values <- only_column(x)
  as.vector(if (is.factor(values)) as.character(values) else values, mode)
}

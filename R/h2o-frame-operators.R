# Arithmetic, comparisons and summaries of frames, by the groups that R has for them.

#' @export
Ops.H2OFrame <- function(e1, e2) {
  operator <- get(.Generic, mode = "function")
  compares <- .Generic %in% c("==", "!=", "<", "<=", ">", ">=", "&", "|", "!")
  one <- function(column) as_number_if(column, compares)
  if (missing(e2)) {
    return(map_frame(e1, function(column) flags_as_numbers(operator(one(column)))))
  }
  rows <- max(operand_rows(e1), operand_rows(e2))
  check_operands(e1, e2)
  columns <- max(operand_columns(e1), operand_columns(e2))
  left <- operand(e1, columns)
  right <- operand(e2, columns)
  values <- Map(function(a, b) {
    settle_numbers(operate(operator, a, b, compares), a, b)
  }, left, right)
  names <- if (is_frame(e1) && length(e1) == columns) names(e1) else names(e2)
  new_frame(stats::setNames(values, names), rows = rows)
}

# Categories compare as text and count as nothing in arithmetic, as in H2O.
operate <- function(operator, a, b, compares) {
  if (is.factor(a)) a <- if (compares) as.character(a) else rep(NA_real_, length(a))
  if (is.factor(b)) b <- if (compares) as.character(b) else rep(NA_real_, length(b))
  if (compares && !is_comparison(operator)) {
    # A category or a text is no condition.
    if (is.character(a)) a <- rep(NA, length(a))
    if (is.character(b)) b <- rep(NA, length(b))
  } else if (!compares) {
    # Whole numbers do not overflow in H2O, and times are milliseconds.
    a <- plain_number(a)
    b <- plain_number(b)
  } else if (inherits(a, "POSIXct") && is.numeric(b) && !is.object(b)) {
    a <- plain_number(a)
  } else if (inherits(b, "POSIXct") && is.numeric(a) && !is.object(a)) {
    b <- plain_number(b)
  }
  # A number is never equal to a text, but a category called "1" is to 1.
  operator(a, b)
}

is_comparison <- function(operator) {
  any(vapply(list(`==`, `!=`, `<`, `<=`, `>`, `>=`), identical, NA, operator))
}

plain_number <- function(x) {
  if (inherits(x, "POSIXct")) return(1000 * as.numeric(x))
  if (is.character(x)) rep(NA_real_, length(x)) else as.double(x)
}

as_number_if <- function(column, compares) {
  if (is.factor(column) && !compares) rep(NA_real_, length(column)) else column
}

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

operand <- function(x, columns) {
  rep_len(if (is.data.frame(x)) as.list(bare_frame(x)) else list(x), columns)
}

check_operands <- function(e1, e2) {
  rows <- vapply(list(e1, e2), function(x) {
    if (is.data.frame(x)) operand_rows(x) else length(x)
  }, 0L)
  rows <- rows[rows > 1]
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
  } else if (is.character(column)) {
    rep(NA_real_, length(column))
  } else {
    as.numeric(column)
  }
}

# Of the columns, as numbers; what is no number is missing.
numbers_of_frame <- function(x) {
  columns <- lapply(bare_frame(x), function(column) {
    if (is.numeric(column)) as.double(column) else rep(NA_real_, length(column))
  })
  matrix(unlist(columns, use.names = FALSE), frame_rows(x), length(x))
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
  new_frame(unique(bare_frame(x)))
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
  map_frame(x, function(column) as.integer(to_numbers(column)))
}

# Categories that are numbers become them; others their place, from 0 as in H2O.
to_numbers <- function(column) {
  if (is.factor(column)) {
    named <- suppressWarnings(as.numeric(levels(column)))
    if (anyNA(named)) as.integer(column) - 1 else named[as.integer(column)]
  } else if (is.character(column)) {
    suppressWarnings(as.numeric(column))
  } else {
    as.numeric(column)
  }
}

#' @export
as.character.H2OFrame <- function(x, ...) {
  map_frame(x, as.character)
}

#' @export
as.Date.H2OFrame <- function(x, format = "%Y-%m-%d", ...) h2o.as_date(x, format)

#' @export
as.logical.H2OFrame <- function(x, ...) {
  map_frame(x, function(column) as.integer(to_numbers(column) != 0))
}

#' @export
t.H2OFrame <- function(x) {
  turned <- t(as.matrix(bare_frame(x)))
  dimnames(turned) <- NULL
  as_quiet_frame(turned)
}

#' @export
scale.H2OFrame <- function(x, center = TRUE, scale = TRUE) {
  scaled <- scale(as.matrix(bare_frame(x)), as_option(center), as_option(scale))
  new_frame(stats::setNames(as.data.frame(scaled), names(x)))
}

as_option <- function(x) if (is.data.frame(x)) unlist(bare_frame(x)) else x

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

#' @include h2o-frame.R
NULL

# What R has for columns, in the types that frames have.

# columns: a list of vectors. Names that are missing are made up, names that come again
# get a number.
frame_columns <- function(columns) {
  if (length(columns) == 0) {
    abort_input("A frame needs at least one column.")
  }
  names <- names(columns) %||% character(length(columns))
  nameless <- is.na(names) | names == ""
  names[nameless] <- paste0("C", seq_along(names))[nameless]
  names <- distinct_names(names)
  columns <- Map(function(column, name) {
    column <- frame_column(column, name)
    if (is.logical(column)) {
      factor(column, c(FALSE, TRUE))
    } else if (is.character(column)) {
      text_or_factor(column)
    } else {
      column
    }
  }, unname(as.list(columns)), names)
  rows <- if (all(lengths(columns) == 1)) 1L else setdiff(lengths(columns), 1L)
  if (length(rows) > 1) {
    abort_input(sprintf(
      "The columns have different numbers of values: %s.",
      shorten(unname(lengths(columns)))
    ))
  }
  columns <- lapply(columns, rep, length.out = rows)
  new_frame(stats::setNames(columns, names), rows = rows)
}

# One column; text and flags stay what they are, and what no frame can hold is refused.
frame_column <- function(column, name) {
  column <- plain_column(column)
  problem <- column_problem(column, name, role = "column")
  if (!is.null(problem)) abort_input(problem)
  if (inherits(column, "integer64")) {
    column <- to_number(column)
  } else if (inherits(column, "difftime")) {
    column <- as.numeric(column)
  } else if (inherits(column, "Date")) {
    column <- as.POSIXct(format(column), tz = "UTC")
  } else if (is.logical(column) && all(is.na(column))) {
    column <- as.numeric(column)
  } else if (inherits(column, "POSIXct")) {
    # The instant is kept; it is shown, and taken apart, in UTC.
    attr(column, "tzone") <- "UTC"
  } else if (is.ordered(column)) {
    column <- factor(column, levels(column), ordered = FALSE)
  }
  names(column) <- NULL
  column
}

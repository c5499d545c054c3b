# Changing frames. As everywhere in R the frame that is changed is a new one; the one of
# that id in the store stays what it was.

#' @export
`$<-.H2OFrame` <- function(x, name, value) assign_columns(x, name, value)

#' @export
`[[<-.H2OFrame` <- function(x, i, value) assign_columns(x, i, value)

#' @export
`[<-.H2OFrame` <- function(x, i, j, value) {
  if (nargs() < 4) {
    if (missing(i)) {
      return(assign_columns(x, names(x), value))
    }
    if (!is_frame(i)) {
      # frame$column[3] <- 5; but frame[1] <- values is the column.
      whole <- is.numeric(i) && length(i) == 1 && i == 1 && NROW(value) == frame_rows(x)
      rows <- length(x) == 1 && is.numeric(i) && !whole
      return(if (rows) assign_cells(x, i, 1, value) else assign_columns(x, i, value))
    }
    # frame[is.na(frame)] <- 0, or rows chosen by a condition.
    if (length(i) == length(x) && length(x) > 1) {
      return(assign_masked(x, i, value))
    }
    return(assign_cells(x, i, names(x), value))
  }
  columns <- if (missing(j)) names(x) else j
  if (missing(i)) {
    return(assign_columns(x, columns, value))
  }
  assign_cells(x, i, columns, value)
}

# Whole columns; a name that is new, or a position past the last, makes a column.
assign_columns <- function(x, columns, value) {
  rows <- frame_rows(x)
  places <- assigned_places(x, columns)
  data <- as.list(bare_frame(x))
  if (is.null(value)) {
    data[places$at[places$at <= length(x)]] <- NULL
    return(new_frame(data, rows = rows))
  }
  values <- new_values(value, length(places$at), rows)
  # As as.h2o() takes it; a frame's text is meant to be text.
  if (!is.data.frame(value)) {
    words <- vapply(values, is.character, NA)
    values[words] <- lapply(values[words], text_or_factor)
  }
  data[places$at] <- values
  new_frame(stats::setNames(data, places$names), rows = rows)
}

# list(at: places, names: of all columns, the new ones last)
assigned_places <- function(x, columns) {
  names <- names(x)
  if (is.character(columns) && !anyNA(columns) && all(nzchar(columns))) {
    names <- c(names, setdiff(columns, names))
    return(list(at = match(columns, names), names = names))
  }
  if (is.numeric(columns) && !anyNA(columns) && all(columns >= 1)) {
    fresh <- setdiff(columns, seq_along(x))
    at <- c(seq_along(x), fresh)
    return(list(
      at = match(columns, at), names = c(names, sprintf("C%d", as.integer(fresh)))
    ))
  }
  list(at = column_places(x, columns), names = names)
}

# Values for columns: a list of vectors with an element per row.
new_values <- function(value, columns, rows) {
  values <- if (is.list(value) && (is.data.frame(value) || !is.object(value))) {
    as.list(bare_frame(value))
  } else {
    list(value)
  }
  if (!length(values) %in% c(1L, columns)) {
    abort_input(sprintf(
      "%s cannot be put into %s.", count_of(length(values), "column"),
      count_of(columns, "column")
    ))
  }
  values <- lapply(values, function(one) {
    one <- frame_column(one, "value")
    if (!length(one) %in% c(1L, rows)) {
      abort_input(sprintf(
        "%s cannot fill a frame of %s.", count_of(length(one), "value"),
        count_of(rows, "row")
      ))
    }
    flags_as_numbers(rep(one, length.out = rows))
  })
  rep_len(unname(values), columns)
}

# Cells of some rows; a category that a factor lacks becomes a level of it.
assign_cells <- function(x, rows, columns, value) {
  rows <- row_places(rows, frame_rows(x))
  places <- if (is.character(columns)) {
    assigned_places(x, columns)
  } else {
    list(at = column_places(x, columns), names = names(x))
  }
  data <- as.list(bare_frame(x))
  data[setdiff(places$at, seq_along(x))] <- list(rep(NA_real_, frame_rows(x)))
  values <- new_values(value, length(places$at), length(rows))
  for (k in seq_along(places$at)) {
    at <- places$at[[k]]
    data[[at]] <- put_values(data[[at]], rows, values[[k]], places$names[[at]])
  }
  new_frame(stats::setNames(data, places$names), rows = frame_rows(x))
}

put_values <- function(column, rows, values, name) {
  if (length(rows) == 0) {
    return(column)
  }
  if (all(is.na(values))) {
    column[rows] <- NA
    return(column)
  }
  words <- is.factor(values) || is.character(values)
  if (is.factor(column) || is.character(column)) {
    values <- as_text(values)
    fresh <- if (is.factor(column)) setdiff(values, c(levels(column), NA))
    if (length(fresh) > 0) levels(column) <- c(levels(column), fresh)
  } else if (all(is.na(column))) {
    # What holds nothing takes the type of what comes.
    column <- one_type(list(values[NA_integer_], values))[rep(1L, length(column))]
  } else if (words) {
    abort_input(sprintf(
      "The column %s holds %s: %s cannot be put into it. Convert the column first.",
      quote_name(name), if (is.object(column)) "times" else "numbers", shorten(values)
    ))
  } else if (inherits(column, "POSIXct")) {
    # A number is in milliseconds, as in H2O.
    values <- .POSIXct(plain_number(values) / 1000, tz = "UTC")
  } else if (is.object(values)) {
    values <- plain_number(values)
  }
  column[rows] <- values
  column
}

assign_masked <- function(x, mask, value) {
  if (frame_rows(mask) != frame_rows(x)) {
    abort_input("The frame of conditions has other rows than the frame.")
  }
  map <- Map(function(column, flags, name) {
    rows <- which(flags != 0)
    values <- new_values(value, 1, length(rows))[[1]]
    put_values(column, rows, values, name)
  }, unname(as.list(bare_frame(x))), unname(as.list(bare_frame(mask))), names(x))
  new_frame(stats::setNames(map, names(x)), rows = frame_rows(x))
}

#' @export
`names<-.H2OFrame` <- function(x, value) {
  value <- as.character(as_values(value))
  if (length(value) != length(x)) {
    abort_input(sprintf(
      "%s for %s.", count_of(length(value), "name"), count_of(length(x), "column")
    ))
  }
  if (anyNA(value) || !all(nzchar(value))) {
    abort_input(sprintf("Names must be text, not %s.", shorten(value)))
  }
  new_frame(stats::setNames(bare_frame(x), value), rows = frame_rows(x))
}

#' @export
`dimnames<-.H2OFrame` <- function(x, value) {
  names(x) <- value[[2]]
  x
}

#' @export
`levels<-.H2OFrame` <- function(x, value) {
  column <- only_column(x)
  fine <- length(value) >= nlevels(column) && anyDuplicated(unlist(value)) == 0
  if (!is.factor(column) || is.list(value) || !fine) {
    abort_argument(if (is.factor(column)) {
      sprintf(
        "`levels` must be a name for each of %s, all different, not %s.",
        count_of(nlevels(column), "level"), shorten(value)
      )
    } else {
      sprintf("The column %s is no factor and has no levels.", quote_name(names(x)))
    })
  }
  levels(column) <- value
  new_frame(stats::setNames(list(column), names(x)))
}

#' @export
`is.na<-.H2OFrame` <- function(x, value) {
  map_frame(x, function(column) {
    is.na(column) <- value
    column
  })
}

# Several frames side by side in c() and list() stay frames.
#' @export
c.H2OFrame <- function(...) list(...)

#' @export
cbind.H2OFrame <- function(..., deparse.level = 1) h2o.cbind(...)

#' @export
rbind.H2OFrame <- function(..., deparse.level = 1) h2o.rbind(...)

#' @export
head.H2OFrame <- function(x, n = 6L, ...) utils::head(bare_frame(x), n, ...)

#' @export
tail.H2OFrame <- function(x, n = 6L, ...) utils::tail(bare_frame(x), n, ...)

#' @export
print.H2OFrame <- function(x, n = 6L, ...) {
  print(utils::head(bare_frame(x), n), ...)
  cat(sprintf(
    "\n[%d %s x %d %s] \n", nrow(x), if (nrow(x) == 1) "row" else "rows", length(x),
    if (length(x) == 1) "column" else "columns"
  ))
  invisible(x)
}

#' @export
str.H2OFrame <- function(object, ...) {
  cat(sprintf("Frame '%s', as a data frame: ", frame_id(object)))
  utils::str(bare_frame(object), ...)
}

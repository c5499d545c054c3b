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

# Whole columns; a name that is new makes a column.
assign_columns <- function(x, columns, value) {
  data <- bare_frame(x)
  rows <- frame_rows(x)
  at <- if (is.character(columns)) columns else seq_len(max(columns, length(x)))[columns]
  new <- is.numeric(at) & at > length(x)
  if (is.numeric(at)) at <- ifelse(new, paste0("C", at), names(x)[at])
  if (is.null(value)) {
    data[at] <- NULL
    return(new_frame(data, rows = rows))
  }
  values <- new_values(value, length(at), rows)
  for (k in seq_along(at)) data[[at[[k]]]] <- values[[k]]
  new_frame(data, rows = rows)
}

# Values for columns: a list of vectors with an element per row.
new_values <- function(value, columns, rows) {
  values <- if (is.data.frame(value)) {
    unclass(as.list(bare_frame(value)))
  } else if (is.list(value)) {
    value
  } else {
    list(value)
  }
  values <- rep_len(values, columns)
  lapply(values, function(one) {
    if (!length(one) %in% c(1L, rows)) {
      abort_input(sprintf(
        "%s cannot fill a frame of %s.", count_of(length(one), "value"),
        count_of(rows, "row")
      ))
    }
    one <- if (length(one) == rows) one else rep(one, rows)
    if (is.logical(one)) as.integer(one) else one
  })
}

# Cells of some rows; a category that a factor lacks becomes a level of it.
assign_cells <- function(x, rows, columns, value) {
  data <- bare_frame(x)
  rows <- row_places(rows, frame_rows(x))
  if (is.character(columns)) {
    fresh <- setdiff(columns, names(x))
    data[fresh] <- rep(list(rep(NA, frame_rows(x))), length(fresh))
  } else {
    columns <- names(x)[column_places(x, columns)]
  }
  values <- new_values(value, length(columns), length(rows))
  for (k in seq_along(columns)) {
    data[[columns[[k]]]] <- put_values(data[[columns[[k]]]], rows, values[[k]])
  }
  new_frame(data, rows = frame_rows(x))
}

put_values <- function(column, rows, values) {
  if (is.factor(column)) {
    values <- as.character(values)
    fresh <- setdiff(values, c(levels(column), NA))
    if (length(fresh) > 0) levels(column) <- c(levels(column), fresh)
  } else if (is.factor(values)) {
    values <- as.character(values)
  }
  column[rows] <- values
  column
}

assign_masked <- function(x, mask, value) {
  if (frame_rows(mask) != frame_rows(x)) {
    abort_input("The frame of conditions has other rows than the frame.")
  }
  map <- Map(function(column, flags) {
    rows <- which(flags != 0)
    values <- new_values(value, 1, length(rows))[[1]]
    put_values(column, rows, values)
  }, bare_frame(x), bare_frame(mask))
  new_frame(map, rows = frame_rows(x))
}

#' @export
`names<-.H2OFrame` <- function(x, value) {
  value <- as.character(as_values(value))
  if (length(value) != length(x)) {
    abort_input(sprintf(
      "%s for %s.", count_of(length(value), "name"), count_of(length(x), "column")
    ))
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

#' @include h2o-classes.R
NULL

# A frame: a data frame whose columns, rows and arithmetic stay frames, with an id.
# Numbers are integer or double, categories factors, text character, times POSIXct;
# comparisons give 0 and 1, as H2O's do. What works on a frame otherwise takes its class
# off first (bare_frame()).

is_frame <- function(x) inherits(x, "H2OFrame")

# columns: a list of vectors of one length, or a data frame
new_frame <- function(columns, id = new_id("RTMP"), rows = NULL) {
  rows <- rows %||% if (is.data.frame(columns)) {
    .row_names_info(columns, 2L)
  } else {
    length(columns[[1]])
  }
  columns <- unclass(columns)
  names <- names(columns)
  attributes(columns) <- NULL
  structure(columns,
    names = names, row.names = .set_row_names(rows),
    class = c("H2OFrame", "data.frame"), id = id
  )
}

# The data frame that a frame is; anything else as it is.
bare_frame <- function(x) {
  if (is_frame(x)) {
    attr(x, "id") <- NULL
    oldClass(x) <- "data.frame"
  }
  x
}

frame_id <- function(frame) attr(frame, "id")

frame_rows <- function(frame) .row_names_info(frame, 2L)

# The only column of a frame.
only_column <- function(frame, argument = "x") {
  if (length(frame) != 1) {
    abort_input(sprintf(
      "`%s` must be one column, not a frame of %s: choose one, frame$name.", argument,
      count_of(length(frame), "column")
    ))
  }
  .subset2(frame, 1)
}

# Frame or vector as a vector.
as_values <- function(x, argument = "x") {
  if (is.data.frame(x)) only_column(x, argument) else x
}

# Each column changed by a function.
map_frame <- function(frame, fun, ...) {
  new_frame(lapply(bare_frame(frame), fun, ...), rows = frame_rows(frame))
}

# What users give as a frame: one of ours, a data frame, a matrix, or an id.
read_h2o_frame <- function(x, argument = "data") {
  if (rlang::is_string(x)) {
    return(frame_of_id(x))
  }
  if (is_frame(x)) {
    return(x)
  }
  if (is.data.frame(x) || is.matrix(x) || is_of_matrix(x)) {
    return(as.h2o(x))
  }
  abort_argument(sprintf(
    "`%s` must be a frame, of as.h2o() or h2o.importFile(), not %s.", argument,
    if (is.null(x)) "NULL" else what_it_is(x)
  ))
}

#' Frames of the drop-in layer
#'
#' `as.h2o()` makes a frame: a data frame whose columns and rows stay frames under `$`,
#' `[` and arithmetic, as scripts written for H2O expect. `as.data.frame()` gives the
#' plain data frame back. Nothing is copied to a server; other functions of R take a
#' frame for the data frame that it is.
#'
#' A character column of which nearly all values differ is text (type `string`), which
#' models leave out; any other becomes a factor. Logical columns become factors with the
#' levels FALSE and TRUE. Comparisons give 0 and 1; rows for which a condition is missing
#' are not chosen. As in H2O, `%%` has the sign of the number divided, `%/%` goes towards
#' zero, and times count in milliseconds.
#'
#' @param x A data frame, matrix, sparse matrix, vector or frame; for `is.h2o()` anything.
#' @param destination_frame Id under which [h2o.getFrame()] finds it; made up if `""`.
#' @param skipped_columns Positions of columns to leave out.
#' @param ... Not used.
#' @return A frame: class `H2OFrame` on top of `data.frame`. `is.h2o()`: a flag.
#' @examples
#' frame <- as.h2o(iris)
#' frame[frame$Sepal.Length > 7, c("Sepal.Length", "Species")]
#' frame["long"] <- as.h2o(iris$Petal.Length > 4)
#' dim(frame)
#' @export
as.h2o <- function(x, destination_frame = "", ...) {
  UseMethod("as.h2o")
}

#' @rdname as.h2o
#' @export
as.h2o.default <- function(x, destination_frame = "", ...) {
  if (is_of_matrix(x)) {
    x <- as.matrix(x)
  }
  x <- if (is.matrix(x)) {
    columns <- as.list(as.data.frame(x))
    if (is.null(colnames(x))) names(columns) <- NULL
    columns
  } else if (is.list(x) && !is.object(x)) {
    x
  } else {
    if (!is.null(x)) list(x = x)
  }
  register_frame(frame_columns(x), destination_frame, "RTMP")
}

#' @rdname as.h2o
#' @export
as.h2o.data.frame <- function(x, destination_frame = "", skipped_columns = NULL, ...) {
  # The name of what was given, as H2O's ids have it.
  stem <- if (is.symbol(substitute(x))) deparse(substitute(x)) else "RTMP"
  x <- as.list(as.data.frame(x))
  if (!is.null(skipped_columns)) {
    if (is.null(names(x))) names(x) <- character(length(x))
    x <- x[-column_places(x, skipped_columns)]
  }
  x <- frame_columns(x)
  register_frame(x, destination_frame, gsub("[^A-Za-z0-9_.]", "_", stem))
}

#' @rdname as.h2o
#' @export
as.h2o.H2OFrame <- function(x, destination_frame = "", ...) {
  if (identical(destination_frame, "")) x else h2o.assign(x, destination_frame)
}

#' @rdname as.h2o
#' @export
is.h2o <- function(x) is_frame(x)

# A frame under the id asked for, in the store.
register_frame <- function(frame, id = "", stem = "RTMP") {
  if (is.null(id) || identical(id, "")) id <- new_id(stem)
  attr(frame, "id") <- check_id(id, "destination_frame")
  store_put(id, frame)
  frame
}

#' @export
as.data.frame.H2OFrame <- function(x, row.names = NULL, optional = FALSE, ...) {
  bare_frame(x)
}

#' @export
as.list.H2OFrame <- function(x, ...) as.list(bare_frame(x))

#' @export
as.matrix.H2OFrame <- function(x, ...) as.matrix(bare_frame(x), ...)

# ---- Columns and rows -------------------------------------------------------------

#' @export
`$.H2OFrame` <- function(x, name) {
  # As of a data frame, the beginning of a name will do.
  at <- pmatch(name, names(x))
  if (is.na(at)) {
    return(NULL)
  }
  new_frame(stats::setNames(list(.subset2(x, at)), names(x)[at]), rows = frame_rows(x))
}

#' @export
`[[.H2OFrame` <- function(x, i, exact = TRUE) {
  if (!is.logical(exact)) {
    abort_input("frame[[i]] takes one column; a cell is frame[i, j].")
  }
  if (length(i) != 1 || is_frame(i)) {
    return(x[i])
  }
  if (is.character(i) && !i %in% names(x)) {
    return(NULL)
  }
  frame_subset(x, NULL, i)
}

#' @export
`[.H2OFrame` <- function(x, i, j, drop = FALSE) {
  by_rows <- nargs() - as.integer(!missing(drop)) >= 3
  if (!by_rows) {
    # frame[mask] of a mask with a value per row means rows, as in H2O.
    if (!missing(i) && is_frame(i)) {
      return(frame_subset(x, i, NULL))
    }
    # frame$column[3] is a row of it.
    if (!missing(i) && length(x) == 1 && is.numeric(i)) {
      return(frame_subset(x, i, NULL))
    }
    return(frame_subset(x, NULL, if (!missing(i)) i))
  }
  rows <- if (!missing(i)) i
  columns <- if (!missing(j)) j
  result <- frame_subset(x, rows, columns)
  scalar <- is_one_place(rows) && is_one_place(columns) && length(result) == 1 &&
    (missing(drop) || drop)
  if (scalar) .subset2(result, 1) else result
}

is_one_place <- function(i) {
  !is_frame(i) && length(i) == 1 && (is.character(i) || is.numeric(i) && i > 0)
}

frame_subset <- function(x, rows, columns) {
  if (!is.null(columns)) {
    at <- column_places(x, columns)
    names <- names(x)[at]
    columns <- .subset(x, at)
    if (is.null(rows)) {
      return(new_frame(stats::setNames(columns, names), rows = frame_rows(x)))
    }
    x <- new_frame(stats::setNames(columns, names), rows = frame_rows(x))
  }
  if (is.null(rows)) {
    return(new_frame(x))
  }
  at <- row_places(rows, frame_rows(x))
  new_frame(lapply(bare_frame(x), `[`, at), rows = length(at))
}

# Places of columns, from names, positions or flags.
column_places <- function(x, columns) {
  columns <- if (is.data.frame(columns)) as_values(columns) else columns
  if (is.factor(columns)) columns <- as.character(columns)
  if (is.character(columns)) {
    unknown <- setdiff(columns, names(x))
    if (length(unknown) > 0) {
      abort_input(paste0(
        "The frame has no column ", list_names(unknown), ".",
        did_you_mean(unknown[[1]], names(x))
      ))
    }
    return(match(columns, names(x)))
  }
  outside <- if (is.numeric(columns)) {
    any(abs(columns) > length(x), na.rm = TRUE) ||
      any(columns < 0, na.rm = TRUE) && any(columns > 0, na.rm = TRUE)
  } else {
    !is.logical(columns) || !length(columns) %in% c(1L, length(x))
  }
  if (outside || anyNA(columns)) {
    abort_input(sprintf(
      "The frame has %s, so there is no column %s.", count_of(length(x), "column"),
      shorten(columns)
    ))
  }
  seq_along(x)[columns]
}

# Places of rows, from positions, flags, or a frame of flags or of positions.
row_places <- function(rows, count) {
  if (is.data.frame(rows)) {
    rows <- only_column(rows, "i")
    if (is.factor(rows)) rows <- rows == "TRUE"
    # A condition, else positions.
    if (length(rows) == count || all(rows %in% c(0, 1, NA))) rows <- rows != 0
  }
  if (is.logical(rows)) {
    if (length(rows) != count && length(rows) != 1) {
      abort_input(sprintf(
        "The condition has %s, and the frame %s.", count_of(length(rows), "value"),
        count_of(count, "row")
      ))
    }
    return(which(rep_len(rows, count)))
  }
  rows <- seq_len(count)[rows]
  if (anyNA(rows)) {
    abort_input(sprintf("The frame has %s only.", count_of(count, "row")))
  }
  rows
}

#' @include h2o-frame-split.R
NULL

#' Rows and columns of frames, put together and changed
#'
#' What H2O's functions of these names do, on data in the session.
#'
#' `h2o.impute()` and `h2o.insertMissingValues()` change the variable that was given, as
#' they change the frame of that name in H2O.
#'
#' @param ... Frames, or columns.
#' @param x,y,data,test,yes,no,table Frames, columns or values.
#' @param n How many rows; negative leaves so many out.
#' @param by,by.x,by.y Columns to match or to group by.
#' @param all,all.x,all.y Keep rows without a match?
#' @param method For `h2o.impute()`: "mean", "median" or "mode". For `h2o.fillna()`:
#'   "forward" or "backward". For `h2o.merge()` not used.
#' @param column Name or position of a column; 0 for all.
#' @param combine_method,groupByFrame Not used.
#' @param values Values to fill in, rather than computed ones.
#' @param fraction Share of the cells to empty.
#' @param seed As for [h2o.splitFrame()].
#' @param axis,maxlen 1 for along the rows; at most so many in a row.
#' @param na.rm Leave missing values out?
#' @param frac Share of missing values from which a column is left out.
#' @param center,scale Flags or values.
#' @param inplace Change the variable that was given?
#' @param breaks,labels,include.lowest,right,dig.lab As for [cut()].
#' @param length.out Length of the result.
#' @param nomatch,start_index Value where nothing matches; number of the first place.
#' @param factors,pairwise,max_factors,min_occurrence,destination_frame Columns to
#'   combine; each pair by itself?; at most so many levels, each at least so often; id.
#' @return A frame, unless said otherwise: `h2o.head()` and `h2o.tail()` a data frame,
#'   `h2o.impute()` the values filled in, `h2o.any()` and `h2o.all()` a flag,
#'   `h2o.nacnt()` and `h2o.filterNACols()` numbers.
#' @examples
#' a <- as.h2o(data.frame(key = 1:3, x = c(1, NA, 3)))
#' b <- as.h2o(data.frame(key = 2:4, z = 7:9))
#' h2o.merge(a, b)
#' h2o.impute(a, "x", method = "mean")
#' a
#' @name h2o.rows
NULL

#' @rdname h2o.rows
#' @export
h2o.cbind <- function(...) {
  parts <- unlist_frames(list(...))
  frames <- lapply(parts, function(part) {
    if (is.data.frame(part)) bare_frame(part) else list(C1 = part)
  })
  rows <- max(vapply(parts, NROW, 0L))
  columns <- unlist(lapply(frames, as.list), recursive = FALSE)
  sizes <- lengths(columns)
  if (!all(sizes %in% c(1L, rows))) {
    abort_input("The frames have different numbers of rows.")
  }
  columns <- lapply(columns, rep_len, rows)
  names(columns) <- distinct_names(unlist(lapply(frames, names)))
  new_frame(columns, rows = rows)
}

# Lists of frames count as the frames in them.
unlist_frames <- function(parts) {
  unlist(lapply(parts, function(part) {
    if (is.list(part) && !is.data.frame(part)) part else list(part)
  }), recursive = FALSE)
}

# A name that comes again gets a number.
distinct_names <- function(names) make.unique(names, sep = "")

#' @rdname h2o.rows
#' @export
h2o.rbind <- function(...) {
  parts <- lapply(unlist_frames(list(...)), function(part) {
    bare_frame(read_h2o_frame(part, "..."))
  })
  same <- vapply(parts, function(part) identical(names(part), names(parts[[1]])), NA)
  if (!all(same)) {
    abort_input("The frames have different columns: rbind needs the same, in order.")
  }
  columns <- lapply(stats::setNames(nm = names(parts[[1]])), function(name) {
    bind_columns(lapply(parts, `[[`, name), name)
  })
  new_frame(columns, rows = sum(vapply(parts, nrow, 0L)))
}

# Of one type, but that what is missing throughout has none, and text and categories are
# text.
bind_columns <- function(pieces, name) {
  type <- function(x) {
    if (all(is.na(x)) && !is.factor(x)) {
      return("missing")
    }
    if (is.factor(x)) "categories" else if (is.character(x)) "text" else if (
      inherits(x, "POSIXct")
    ) "times" else "numbers"
  }
  types <- vapply(pieces, type, "")
  kinds <- setdiff(types, "missing")
  if (setequal(kinds, c("categories", "text"))) kinds <- "text"
  if (length(kinds) > 1) {
    abort_input(sprintf(
      "The column %s holds %s in one frame and %s in another: convert one of them.",
      quote_name(name), kinds[[1]], kinds[[2]]
    ))
  }
  gaps <- function(x) rep(NA, length(x))
  pieces[types == "missing"] <- lapply(pieces[types == "missing"], gaps)
  switch(c(kinds, "numbers")[[1]],
    categories = {
      levels <- unique(unlist(lapply(pieces, levels)))
      factor(unlist(lapply(pieces, as.character)), levels)
    },
    text = unlist(lapply(pieces, as.character)),
    times = as.POSIXct(
      unlist(lapply(pieces, as.numeric)), origin = "1970-01-01", tz = "UTC"
    ),
    unlist(lapply(pieces, function(x) if (is.logical(x)) as.integer(x) else x))
  )
}

#' @rdname h2o.rows
#' @export
h2o.merge <- function(x, y, all.x = FALSE, all.y = FALSE, by = NULL, by.x = NULL,
                      by.y = NULL, all = FALSE, method = "auto") {
  x <- bare_frame(read_h2o_frame(x, "x"))
  y <- bare_frame(read_h2o_frame(y, "y"))
  by <- by %||% intersect(names(x), names(y))
  if (is.numeric(by)) by <- names(x)[by]
  if (length(by) == 0 && is.null(by.x)) {
    abort_input("The frames have no column in common: say which match, `by.x`, `by.y`.")
  }
  merged <- merge(x, y,
    by.x = by.x %||% by, by.y = by.y %||% by, all.x = all.x || all, all.y = all.y || all
  )
  new_frame(merged)
}

#' @rdname h2o.rows
#' @export
h2o.head <- function(x, n = 6L, ...) utils::head(bare_frame(read_h2o_frame(x, "x")), n)

#' @rdname h2o.rows
#' @export
h2o.tail <- function(x, n = 6L, ...) utils::tail(bare_frame(read_h2o_frame(x, "x")), n)

#' @rdname h2o.rows
#' @export
h2o.arrange <- function(x, ...) {
  x <- read_h2o_frame(x, "x")
  # Columns are written bare, and within desc() for the largest first.
  keys <- lapply(as.list(substitute(list(...)))[-1], function(key) {
    down <- is.call(key) && identical(key[[1]], quote(desc))
    name <- as.character(if (down) key[[2]] else key)
    values <- .subset2(x, column_places(x, name))
    if (down) -xtfrm(values) else xtfrm(values)
  })
  frame_subset(x, do.call(order, keys), NULL)
}

#' @rdname h2o.rows
#' @export
h2o.unique <- function(x) unique.H2OFrame(read_h2o_frame(x, "x"))

#' @rdname h2o.rows
#' @export
h2o.na_omit <- function(data) {
  data <- read_h2o_frame(data)
  frame_subset(data, which(stats::complete.cases(bare_frame(data))), NULL)
}

#' @export
na.omit.H2OFrame <- function(object, ...) h2o.na_omit(object)

#' @rdname h2o.rows
#' @export
h2o.which <- function(x) {
  new_frame(list(C1 = which(only_column(read_h2o_frame(x, "x")) != 0)))
}

#' @rdname h2o.rows
#' @export
h2o.which_max <- function(x, na.rm = TRUE, axis = 0) extreme_places(x, which.max, axis)

#' @rdname h2o.rows
#' @export
h2o.which_min <- function(x, na.rm = TRUE, axis = 0) extreme_places(x, which.min, axis)

extreme_places <- function(x, which_one, axis) {
  data <- bare_frame(read_h2o_frame(x, "x"))
  if (axis == 0) {
    return(new_frame(lapply(data, function(column) which_one(column))))
  }
  places <- apply(as.matrix(data), 1, which_one)
  new_frame(list(which = unname(places)))
}

#' @rdname h2o.rows
#' @export
h2o.any <- function(x) any(x != 0, na.rm = TRUE)

#' @rdname h2o.rows
#' @export
h2o.all <- function(x) all(x != 0, na.rm = TRUE)

#' @rdname h2o.rows
#' @export
h2o.nacnt <- function(x) {
  unname(vapply(bare_frame(read_h2o_frame(x, "x")), function(column) {
    as.numeric(sum(is.na(column)))
  }, 0))
}

#' @rdname h2o.rows
#' @export
h2o.filterNACols <- function(data, frac = 0.2) {
  data <- read_h2o_frame(data)
  as.numeric(which(h2o.nacnt(data) / nrow(data) < frac))
}

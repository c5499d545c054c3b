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
#' @param combine_method,groupByFrame Which of two middle values the median is, or between
#'   them; not used.
#' @param values Values to fill in, rather than computed ones.
#' @param fraction Share of the cells to empty.
#' @param seed As for [h2o.splitFrame()].
#' @param axis,maxlen For `h2o.fillna()` 1 for down the columns, 2 for along the rows,
#'   else 0 and 1; at most so many in a row.
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
  parts <- parts[!vapply(parts, is.null, NA)]
  if (length(parts) == 0) {
    abort_argument("`...` must be frames, or columns.")
  }
  vectors <- !vapply(parts, is.data.frame, NA)
  named <- names(parts) %||% character(length(parts))
  parts[vectors] <- Map(function(part, name) {
    frame_columns(stats::setNames(list(part), if (nzchar(name)) name else "C1"))
  }, parts[vectors], named[vectors])
  # One value is as many as there are rows.
  sizes <- vapply(parts, NROW, 0L)
  rows <- if (all(vectors)) max(sizes) else unique(sizes[!vectors])
  if (length(rows) > 1 || !all(sizes == rows | vectors & sizes == 1)) {
    abort_input(sprintf("The frames have different numbers of rows: %s.", shorten(sizes)))
  }
  columns <- lapply(unname(parts), function(part) as.list(bare_frame(part)))
  columns <- unlist(columns, recursive = FALSE)
  names <- distinct_names(names(columns))
  new_frame(stats::setNames(lapply(columns, rep, length.out = rows), names), rows = rows)
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
  if (length(parts) == 0) {
    abort_argument("`...` must be frames.")
  }
  same <- vapply(parts, function(part) identical(names(part), names(parts[[1]])), NA)
  if (!all(same)) {
    abort_input("The frames have different columns: rbind needs the same, in order.")
  }
  names <- names(parts[[1]])
  columns <- lapply(seq_along(names), function(j) {
    bind_columns(lapply(parts, `[[`, j), names[[j]])
  })
  rows <- sum(vapply(parts, nrow, 0L))
  new_frame(stats::setNames(columns, names), rows = rows)
}

# Of one type, but that what is missing throughout has none, and text and categories are
# text.
bind_columns <- function(pieces, name) {
  types <- vapply(pieces, function(x) {
    if (all(is.na(x)) && !is.factor(x)) "missing" else column_kind(x)
  }, "")
  kinds <- setdiff(types, "missing")
  if (length(kinds) == 0) kinds <- column_kind(pieces[[1]])
  if (setequal(kinds, c("categories", "text"))) kinds <- "text"
  if (length(kinds) > 1) {
    abort_input(sprintf(
      "The column %s holds %s in one frame and %s in another: convert one of them.",
      quote_name(name), kinds[[1]], kinds[[2]]
    ))
  }
  gaps <- function(x) if (is.numeric(x)) x else rep(NA, length(x))
  pieces[types == "missing"] <- lapply(pieces[types == "missing"], gaps)
  switch(kinds,
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

column_kind <- function(x) {
  if (is.factor(x)) {
    "categories"
  } else if (is.character(x)) {
    "text"
  } else if (inherits(x, "POSIXct")) "times" else "numbers"
}

check_numeric <- function(x, argument = "x") {
  kinds <- vapply(bare_frame(x), column_kind, "")
  wrong <- which(kinds != "numbers")
  if (length(wrong) > 0) {
    abort_input(sprintf(
      "`%s` must hold numbers, but the column %s holds %s.", argument,
      quote_name(names(x)[[wrong[[1]]]]), kinds[[wrong[[1]]]]
    ))
  }
}

# Numbers that cut a line, or how many parts to make.
check_breaks <- function(breaks) {
  fine <- is.numeric(breaks) && !anyNA(breaks) && length(breaks) > 0 &&
    !anyDuplicated(breaks) && (length(breaks) > 1 || breaks >= 1 && breaks %% 1 == 0)
  if (!fine) {
    abort_argument(sprintf(
      "`breaks` must be different numbers, or how many intervals to make, not %s.",
      shorten(breaks)
    ))
  }
}

#' @rdname h2o.rows
#' @export
h2o.head <- function(x, n = 6L, ...) {
  check_argument(rule_whole(-Inf), "n", n)
  utils::head(bare_frame(read_h2o_frame(x, "x")), n)
}

#' @rdname h2o.rows
#' @export
h2o.tail <- function(x, n = 6L, ...) {
  check_argument(rule_whole(-Inf), "n", n)
  utils::tail(bare_frame(read_h2o_frame(x, "x")), n)
}

#' @rdname h2o.rows
#' @export
h2o.arrange <- function(x, ...) {
  x <- read_h2o_frame(x, "x")
  # Columns are written bare, and within desc() for the largest first.
  keys <- lapply(as.list(substitute(list(...)))[-1], function(key) {
    down <- is.call(key) && identical(key[[1]], quote(desc))
    name <- as.character(if (down) key[[2]] else key)
    # By value: the same whatever the session's language.
    values <- .subset2(x, column_places(x, name))
    codes <- replace(value_codes(values), is.na(values), NA)
    if (down) -codes else codes
  })
  if (length(keys) == 0) {
    abort_argument("`...` must name a column at least, bare or within desc().")
  }
  frame_subset(x, do.call(order, unname(keys)), NULL)
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
  x <- read_h2o_frame(x, "x")
  new_frame(list(C1 = which(number_of(only_column(x)) != 0)))
}

#' @rdname h2o.rows
#' @export
h2o.which_max <- function(x, na.rm = TRUE, axis = 0) {
  extreme_places(x, which.max, na.rm, axis)
}

#' @rdname h2o.rows
#' @export
h2o.which_min <- function(x, na.rm = TRUE, axis = 0) {
  extreme_places(x, which.min, na.rm, axis)
}

extreme_places <- function(x, which_one, na.rm, axis) {
  x <- read_h2o_frame(x, "x")
  place <- function(values) {
    if (all(is.na(values)) || !na.rm && anyNA(values)) NA_integer_ else which_one(values)
  }
  if (check_axis(axis) == 0) {
    return(new_frame(lapply(bare_frame(x), function(column) place(number_of(column)))))
  }
  places <- apply(numbers_of_frame(x), 1, place)
  new_frame(list(which = as.integer(places)))
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
  check_argument(rule_number(0, 1), "frac", frac)
  as.numeric(which(h2o.nacnt(data) / nrow(data) < frac))
}

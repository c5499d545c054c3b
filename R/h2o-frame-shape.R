#' @include h2o-frame-rows.R
NULL

# Long tables of wide ones, ranks within groups, and what a frame looks like.

#' Long tables, ranks and a look at a frame
#'
#' `h2o.melt()` makes a row of every value of some columns, the other way round from
#' [h2o.pivot()]. `h2o.rank_within_group_by()` sorts by groups and numbers the rows of
#' each. `h2o.str()` shows a frame as [str()] does.
#'
#' @param x,object A frame.
#' @param id_vars,value_vars Names of the columns that are repeated, and of those whose
#'   values get rows: numbers, all others by default.
#' @param var_name,value_name Names of the new columns.
#' @param skipna Leave missing values out?
#' @param group_by_cols,sort_cols Names or positions of columns.
#' @param ascending Flags, one per column of `sort_cols`; TRUE by default.
#' @param new_col_name Name of the column of ranks. They count from 1 and are missing
#'   where a value to sort by is.
#' @param sort_cols_sorted Sort the rows that come back by `sort_cols`, rather than by
#'   groups first?
#' @param cols,... List all columns? As for [str()].
#' @return A frame; `h2o.str()` nothing.
#' @examples
#' wide <- as.h2o(data.frame(id = 1:2, a = c(5, NA), b = 7:8))
#' h2o.melt(wide, "id", skipna = TRUE)
#' h2o.rank_within_group_by(as.h2o(mtcars), "cyl", "mpg", ascending = FALSE)
#' @export
h2o.melt <- function(x, id_vars, value_vars = NULL, var_name = "variable",
                     value_name = "value", skipna = FALSE) {
  x <- read_h2o_frame(x, "x")
  ids <- column_places(x, id_vars)
  values <- if (is.null(value_vars)) {
    setdiff(seq_along(x), ids)
  } else {
    column_places(x, value_vars)
  }
  if (length(ids) == 0 || length(values) == 0) {
    abort_argument("`id_vars` and `value_vars` must name at least one column each.")
  }
  check_numeric(x[values], "value_vars")
  var_name <- check_argument(rule_text(), "var_name", var_name)
  value_name <- check_argument(rule_text(), "value_name", value_name)
  skipna <- check_argument(rule_flag(), "skipna", skipna)
  rows <- rep(seq_len(frame_rows(x)), each = length(values))
  level <- rep(seq_along(values), frame_rows(x))
  value <- as.vector(t(numbers_of_frame(x[values])))
  names <- names(x)[values]
  new <- list(factor(names[level], unique(names)), settle_numbers(value, 0))
  long <- c(
    lapply(bare_frame(x[ids]), `[`, rows), stats::setNames(new, c(var_name, value_name))
  )
  long <- new_frame(long, rows = length(rows))
  if (skipna) frame_subset(long, which(!is.na(value)), NULL) else long
}

#' @rdname h2o.melt
#' @export
h2o.rank_within_group_by <- function(x, group_by_cols, sort_cols, ascending = NULL,
                                     new_col_name = "New_Rank_column",
                                     sort_cols_sorted = FALSE) {
  x <- read_h2o_frame(x, "x")
  groups <- bare_frame(x)[column_places(x, group_by_cols)]
  keys <- bare_frame(x)[column_places(x, sort_cols)]
  new_col_name <- check_argument(rule_text(), "new_col_name", new_col_name)
  ascending <- ascending %||% rep(TRUE, length(keys))
  if (!is.logical(ascending) || anyNA(ascending) || length(ascending) != length(keys)) {
    abort_argument(sprintf(
      "`ascending` must be TRUE or FALSE for each of %s, not %s.",
      count_of(length(keys), "column"), shorten(ascending)
    ))
  }
  # Missing values come first, whichever the direction.
  known <- lapply(keys, function(key) replace(value_codes(key), is.na(key), NA))
  keys <- Map(function(key, up) if (up) key else -key, unname(known), ascending)
  by <- function(...) do.call(order, c(..., list(na.last = FALSE)))
  group <- row_codes(groups)
  rows <- by(list(group), keys)
  gap <- Reduce(`|`, lapply(known, is.na))
  rank <- stats::ave(as.numeric(!gap[rows]), group[rows], FUN = cumsum)
  ranks <- stats::setNames(list(replace(rank, gap[rows], NA)), new_col_name)
  sorted <- h2o.cbind(frame_subset(x, rows, NULL), new_frame(ranks))
  if (!isTRUE(sort_cols_sorted)) {
    return(sorted)
  }
  frame_subset(sorted, by(lapply(keys, `[`, rows)), NULL)
}

#' @rdname h2o.melt
#' @export
h2o.str <- function(object, ..., cols = FALSE) {
  object <- read_h2o_frame(object, "object")
  str.H2OFrame(object, ..., list.len = if (isTRUE(cols)) length(object) else 99)
}

# What R's generic functions would otherwise do with the parts of a frame.

#' @export
rev.H2OFrame <- function(x) frame_subset(x, NULL, rev(seq_along(x)))

#' @export
duplicated.H2OFrame <- function(x, incomparables = FALSE, ...) {
  duplicated(row_codes(bare_frame(x)))
}

#' @export
format.H2OFrame <- function(x, ...) format(bare_frame(x), ...)

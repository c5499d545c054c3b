#' @include h2o-frame.R
NULL

#' Columns of a frame
#'
#' Types, names and levels as H2O's functions tell and change them.
#'
#' @param x,object A frame; for some a column of one.
#' @param i Position of a column.
#' @param levels Names of the levels, in their order.
#' @param in.place Change the variable that was given, too?
#' @param y The level that is to come first.
#' @param weights_column,top_n A column of weights; how many levels to bring to the
#'   front, -1 for all.
#' @param coltype "numeric", "categorical", "string", "time" or "bad" (all missing).
#' @param format As for [strptime()]; what it lacks is that of 1 January 1970.
#' @return A frame, or for questions what R's own functions give: names, numbers, flags,
#'   lists of types and levels.
#' @examples
#' frame <- as.h2o(iris)
#' h2o.levels(frame, "Species")
#' frame$Species <- h2o.relevel(frame$Species, "virginica")
#' h2o.getTypes(frame)
#' h2o.columns_by_type(frame, "numeric")
#' @name h2o.columns
NULL

#' @rdname h2o.columns
#' @export
h2o.asfactor <- function(x) map_frame(read_h2o_frame(x, "x"), factor_of)

#' @rdname h2o.columns
#' @export
h2o.asnumeric <- function(x) as.numeric.H2OFrame(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.ascharacter <- function(x) as.character.H2OFrame(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.isfactor <- function(x) flags_of(x, is.factor)

#' @rdname h2o.columns
#' @export
h2o.isnumeric <- function(x) flags_of(x, is.numeric)

#' @rdname h2o.columns
#' @export
h2o.ischaracter <- function(x) flags_of(x, is.character)

#' @rdname h2o.columns
#' @export
h2o.anyFactor <- function(x) any(flags_of(x, is.factor))

flags_of <- function(x, is) unname(vapply(bare_frame(read_h2o_frame(x, "x")), is, NA))

#' @export
is.numeric.H2OFrame <- function(x) all(flags_of(x, is.numeric))

#' @rdname h2o.columns
#' @export
h2o.levels <- function(x, i) {
  x <- read_h2o_frame(x, "x")
  levels.H2OFrame(if (missing(i)) x else x[i])
}

#' @rdname h2o.columns
#' @export
h2o.nlevels <- function(x) {
  counts <- lapply(bare_frame(read_h2o_frame(x, "x")), nlevels)
  if (length(counts) == 1) counts[[1]] else unname(counts)
}

#' @rdname h2o.columns
#' @export
h2o.setLevels <- function(x, levels, in.place = TRUE) {
  changed <- x
  levels(changed) <- levels
  if (isTRUE(in.place)) assign_back(substitute(x), changed, parent.frame())
  changed
}

#' @rdname h2o.columns
#' @export
h2o.relevel <- function(x, y) {
  column <- only_column(read_h2o_frame(x, "x"))
  if (!is.factor(column) || !is_one_of(y, levels(column))) {
    abort_argument(sprintf(
      "`y` must be one of the levels %s, not %s.", list_names(levels(column)), shorten(y)
    ))
  }
  new_frame(stats::setNames(list(stats::relevel(column, y)), names(x)))
}

#' @rdname h2o.columns
#' @export
h2o.relevel_by_frequency <- function(x, weights_column = NULL, top_n = -1) {
  x <- read_h2o_frame(x, "x")
  check_argument(rule_whole(-1), "top_n", top_n)
  weights <- if (is.null(weights_column)) {
    rep(1, nrow(x))
  } else {
    check_numeric(x[weights_column], "weights_column")
    only_column(x[weights_column], "weights_column")
  }
  map_frame(x, function(column) {
    if (!is.factor(column)) {
      return(column)
    }
    counts <- vapply(split(weights, column), sum, 0, na.rm = TRUE)
    order <- levels(column)[order(-counts, method = "radix")]
    if (top_n > 0) {
      first <- utils::head(order, top_n)
      order <- c(first, setdiff(levels(column), first))
    }
    factor(column, order)
  })
}

#' @rdname h2o.columns
#' @export
h2o.getTypes <- function(x) unname(as.list(frame_types(read_h2o_frame(x, "x"))))

#' @rdname h2o.columns
#' @export
h2o.columns_by_type <- function(object, coltype = "numeric") {
  frame <- bare_frame(read_h2o_frame(object, "object"))
  tests <- list(
    numeric = is.numeric, categorical = is.factor, string = is.character,
    time = function(x) inherits(x, "POSIXct"), bad = function(x) all(is.na(x))
  )
  if (!is_one_of(coltype, names(tests))) {
    abort_argument(sprintf(
      "`coltype` must be one of %s, not %s.", list_names(names(tests)), shorten(coltype)
    ))
  }
  as.numeric(which(vapply(frame, tests[[coltype]], NA)))
}

#' @rdname h2o.columns
#' @export
h2o.names <- function(x) names(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.colnames <- function(x) names(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.dim <- function(x) dim(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.nrow <- function(x) nrow(read_h2o_frame(x, "x"))

#' @rdname h2o.columns
#' @export
h2o.ncol <- function(x) length(read_h2o_frame(x, "x"))

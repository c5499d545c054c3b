#' @include h2o-frame-columns.R
NULL

#' Text and times in frames
#'
#' Each works on every text or categorical column (times: time column) of a frame.
#'
#' @param x A frame.
#' @param pattern,replacement,ignore.case,split,set As for R's functions of these names.
#' @param start,stop Positions, from 1.
#' @param output.logical Flags for all rows rather than the positions of matches?
#' @param invert Those that do not match?
#' @param year,month,day,hour,minute,second,msec Numbers or columns; month and day from 0,
#'   as in H2O.
#' @return A frame.
#' @examples
#' frame <- as.h2o(data.frame(
#'   name = c(" Ann ", "Bob"), when = as.Date("2020-01-31") + 0:1
#' ))
#' h2o.trim(h2o.toupper(frame["name"]))
#' h2o.dayOfWeek(frame["when"])
#' @name h2o.text
NULL

# Text as text; the levels of a factor, each once.
map_text <- function(x, fun) {
  map_frame(read_h2o_frame(x, "x"), function(column) {
    if (is.factor(column)) {
      factor_of(fun(levels(column))[as.integer(column)])
    } else if (is.character(column)) {
      fun(column)
    } else {
      column
    }
  })
}

check_pattern <- function(pattern, argument = "pattern") {
  fine <- is.character(pattern) && length(pattern) == 1 && !is.na(pattern) &&
    !is.null(tryCatch(suppressWarnings(regexpr(pattern, "")), error = function(e) NULL))
  if (!fine) {
    abort_argument(sprintf(
      "`%s` must be a regular expression, not %s.", argument, shorten(pattern)
    ))
  }
}

#' @rdname h2o.text
#' @export
h2o.toupper <- function(x) map_text(x, toupper)

#' @rdname h2o.text
#' @export
h2o.tolower <- function(x) map_text(x, tolower)

#' @rdname h2o.text
#' @export
h2o.trim <- function(x) map_text(x, trimws)

#' @rdname h2o.text
#' @export
h2o.lstrip <- function(x, set = " ") {
  map_text(x, function(text) sub(sprintf("^[%s]+", set), "", text))
}

#' @rdname h2o.text
#' @export
h2o.rstrip <- function(x, set = " ") {
  map_text(x, function(text) sub(sprintf("[%s]+$", set), "", text))
}

#' @rdname h2o.text
#' @export
h2o.sub <- function(pattern, replacement, x, ignore.case = FALSE) {
  check_pattern(pattern)
  map_text(x, function(text) sub(pattern, replacement, text, ignore.case = ignore.case))
}

#' @rdname h2o.text
#' @export
h2o.gsub <- function(pattern, replacement, x, ignore.case = FALSE) {
  check_pattern(pattern)
  map_text(x, function(text) gsub(pattern, replacement, text, ignore.case = ignore.case))
}

#' @rdname h2o.text
#' @export
h2o.substring <- function(x, start, stop = 1000000L) {
  check_argument(rule_whole(-Inf), "start", start)
  check_argument(rule_whole(-Inf), "stop", stop)
  map_text(x, function(text) substring(text, start, stop))
}

#' @rdname h2o.text
#' @export
h2o.substr <- function(x, start, stop) h2o.substring(x, start, stop)

#' @rdname h2o.text
#' @export
h2o.nchar <- function(x) {
  map_frame(read_h2o_frame(x, "x"), function(column) nchar(as.character(column)))
}

#' @rdname h2o.text
#' @export
h2o.countmatches <- function(x, pattern) {
  map_frame(read_h2o_frame(x, "x"), function(column) {
    text <- as.character(column)
    counts <- Reduce(`+`, lapply(pattern, function(one) {
      lengths(regmatches(text, gregexpr(one, text, fixed = TRUE)))
    }))
    replace(counts, is.na(text), NA)
  })
}

#' @rdname h2o.text
#' @export
h2o.strsplit <- function(x, split) {
  check_pattern(split, "split")
  text <- as.character(only_column(read_h2o_frame(x, "x")))
  parts <- strsplit(text, split)
  width <- max(lengths(parts), 1L)
  columns <- lapply(seq_len(width), function(k) {
    factor_of(vapply(parts, function(part) part[k], ""))
  })
  names(columns) <- paste0("C", seq_len(width))
  new_frame(columns)
}

#' @rdname h2o.text
#' @export
h2o.grep <- function(pattern, x, ignore.case = FALSE, invert = FALSE,
                     output.logical = FALSE) {
  check_pattern(pattern)
  text <- as.character(only_column(read_h2o_frame(x, "x")))
  found <- grepl(pattern, text, ignore.case = ignore.case) != invert
  new_frame(list(C1 = if (output.logical) as.integer(found) else which(found) - 1L))
}

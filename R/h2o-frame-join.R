#' @include h2o-frame-rows.R
NULL

# Rows that hold the same values: groups, matches of two frames, combined categories.

# Of each row the number of its combination of values, in the order of these: by the first
# column, then the next; missing ones first. Values are compared as they are, never as
# text, so neither digits nor separators matter.
row_codes <- function(columns) {
  rows <- length(columns[[1]])
  Reduce(function(codes, column) {
    places <- value_codes(column)
    pairs <- (codes - 1) * (max(places, 0) + 1) + places
    match(pairs, sort(unique(pairs)))
  }, unname(as.list(columns)), rep(1L, rows))
}

# Places among the distinct values, in order; 0 for a missing one.
value_codes <- function(column) {
  values <- if (is.character(column)) column else as.numeric(column)
  match(values, sort(unique(values), method = "radix"), nomatch = 0L)
}

# list(keys: data frame with a row for each group, in order; rows: of each).
group_rows <- function(columns) {
  codes <- row_codes(columns)
  groups <- max(codes, 0L)
  keys <- columns[match(seq_len(groups), codes), , drop = FALSE]
  rownames(keys) <- NULL
  rows <- split(seq_along(codes), factor(codes, seq_len(groups)))
  list(keys = keys, rows = unname(rows))
}

#' @rdname h2o.rows
#' @export
h2o.merge <- function(x, y, all.x = FALSE, all.y = FALSE, by = NULL, by.x = NULL,
                      by.y = NULL, all = FALSE, method = "auto") {
  x <- bare_frame(read_h2o_frame(x, "x"))
  y <- bare_frame(read_h2o_frame(y, "y"))
  by <- by %||% intersect(names(x), names(y))
  from <- column_places(x, by.x %||% by)
  to <- column_places(y, by.y %||% if (is.numeric(by)) names(x)[by] else by)
  check_merge(from, to)
  keys <- Map(function(a, b, name) {
    bind_columns(list(a, b), name)
  }, x[from], y[to], names(x)[from])
  codes <- row_codes(keys)
  left <- data.frame(code = utils::head(codes, nrow(x)), x = seq_len(nrow(x)))
  right <- data.frame(code = utils::tail(codes, nrow(y)), y = seq_len(nrow(y)))
  pairs <- merge(left, right, by = "code", all.x = all.x || all, all.y = all.y || all)
  if (!(all.y || all)) keys <- x[from]
  row <- ifelse(is.na(pairs$x), pairs$y + nrow(x), pairs$x)
  x <- x[-from]
  y <- y[-to]
  common <- intersect(names(x), names(y))
  names(x) <- with_ending(names(x), common, ".x")
  names(y) <- with_ending(names(y), common, ".y")
  take <- function(columns, rows) lapply(columns, function(column) column[rows])
  new_frame(c(take(keys, row), take(x, pairs$x), take(y, pairs$y)), rows = nrow(pairs))
}

with_ending <- function(names, which, ending) {
  ifelse(names %in% which, paste0(names, ending), names)
}

check_merge <- function(from, to) {
  if (length(from) == 0) {
    abort_input("The frames have no column in common: say which match, `by.x`, `by.y`.")
  }
  if (length(from) != length(to)) {
    abort_argument(sprintf(
      "`by.x` and `by.y` must name as many columns, not %d and %d.", length(from),
      length(to)
    ))
  }
}

#' @rdname h2o.rows
#' @export
h2o.interaction <- function(data, destination_frame, factors, pairwise, max_factors,
                            min_occurrence) {
  frame <- read_h2o_frame(data)
  names <- names(frame)[column_places(frame, unlist(factors))]
  check_argument(rule_whole(1), "max_factors", max_factors)
  check_argument(rule_whole(1), "min_occurrence", min_occurrence)
  plain <- bare_frame(frame)
  pairs <- isTRUE(pairwise) && length(names) > 2
  sets <- if (pairs) utils::combn(names, 2, simplify = FALSE) else list(names)
  columns <- lapply(sets, function(set) {
    crossed_column(plain[set], max_factors, min_occurrence)
  })
  names(columns) <- vapply(sets, paste, "", collapse = "_")
  id <- if (missing(destination_frame)) "" else destination_frame
  register_frame(new_frame(columns), id)
}

# The frequent combinations are levels, the most frequent first; the rest is "other".
crossed_column <- function(columns, most, least) {
  codes <- row_codes(columns)
  counts <- tabulate(codes)
  order <- order(-counts)
  kept <- utils::head(order[counts[order] >= least], most)
  first <- lapply(columns, function(column) as_text(column[match(kept, codes)]))
  texts <- distinct_names(do.call(paste, c(unname(first), sep = "_")))
  rare <- length(kept) < length(counts)
  places <- match(codes, kept, nomatch = length(kept) + 1L)
  factor(places, seq_len(length(kept) + rare), c(texts, if (rare) "other"))
}

#' @include h2o-frame-rows.R
NULL

# Values of frames filled in, taken out, cut and combined.

#' @rdname h2o.rows
#' @export
h2o.insertMissingValues <- function(data, fraction = 0.1, seed = -1) {
  frame <- read_h2o_frame(data)
  check_argument(rule_number(0, 1), "fraction", fraction)
  columns <- with_h2o_seed(seed, lapply(bare_frame(frame), function(column) {
    column[stats::runif(length(column)) < fraction] <- NA
    column
  }))
  changed <- new_frame(columns, frame_id(frame), nrow(frame))
  if (store_has(frame_id(frame))) store_put(frame_id(frame), changed)
  assign_back(substitute(data), changed, parent.frame())
  invisible(changed)
}

#' @rdname h2o.rows
#' @export
h2o.impute <- function(data, column = 0, method = c("mean", "median", "mode"),
                       combine_method = c("interpolate", "average", "lo", "hi"),
                       by = NULL, groupByFrame = NULL, values = NULL) {
  frame <- read_h2o_frame(data)
  method <- choose_one(method, c("mean", "median", "mode"), "method")
  ways <- c("interpolate", "average", "lo", "hi")
  combine <- choose_one(combine_method, ways, "combine_method")
  places <- if (identical(column, 0)) seq_along(frame) else column_places(frame, column)
  if (!length(values) %in% c(0, length(places))) {
    abort_argument(sprintf(
      "`values` must be one for each of %s, not %s.",
      count_of(length(places), "column"), shorten(values)
    ))
  }
  groups <- if (is.null(by)) {
    rep(1L, nrow(frame))
  } else {
    row_codes(bare_frame(frame)[column_places(frame, by)])
  }
  plain <- bare_frame(frame)
  filled <- lapply(places, function(j) {
    value <- if (!is.null(values)) {
      rep(list(values[[match(j, places)]]), nlevels(factor(groups)))
    }
    impute_column(plain[[j]], groups, fill_of(plain[[j]], method, combine), value)
  })
  plain[places] <- lapply(filled, `[[`, "column")
  changed <- new_frame(plain, frame_id(frame), nrow(frame))
  if (store_has(frame_id(frame))) store_put(frame_id(frame), changed)
  assign_back(substitute(data), changed, parent.frame())
  fills <- unname(unlist(lapply(filled, `[[`, "fill")))
  if (is.null(by)) fills else invisible(changed)
}

# list(column, fill): gaps filled with the value of their group, missing where it has
# none.
impute_column <- function(column, groups, fill_of_part, value = NULL) {
  groups <- as.integer(factor(groups))
  parts <- split(column, groups)
  fill <- value %||% lapply(parts, function(part) {
    part <- part[!is.na(part)]
    if (length(part) == 0) NA else fill_of_part(part)
  })
  gaps <- which(is.na(column))
  new <- unlist(fill)[groups[gaps]]
  if (is.numeric(column) && is.character(new)) new <- as.numeric(new)
  filled <- put_values(column, gaps, new, "column")
  list(column = filled, fill = unlist(fill))
}

# What stands for the known values of a column; categories have but a mode, text nothing.
fill_of <- function(column, method, combine) {
  if (is.factor(column) || method == "mode") {
    return(function(part) {
      distinct <- sort(unique(part), method = "radix")
      found <- distinct[which.max(tabulate(match(part, distinct)))]
      words <- is.factor(found) || is.character(found)
      if (words) as.character(found) else plain_number(found)
    })
  }
  if (is.character(column)) {
    return(function(part) NA)
  }
  middle <- switch(combine, lo = 1, hi = 3, 2)
  function(part) {
    part <- plain_number(part)
    if (method == "mean") mean(part) else two_quantiles(part, 0.5)[[middle]]
  }
}

#' @rdname h2o.rows
#' @export
h2o.fillna <- function(x, method = "forward", axis = 1, maxlen = 1L) {
  choose_one(method, c("forward", "backward"), "method")
  check_argument(rule_whole(1, 2), "axis", axis)
  check_argument(rule_whole(0), "maxlen", maxlen)
  # By columns: each value goes on into the gaps after it, at most `maxlen` of them.
  carry <- function(column) {
    known <- !is.na(column)
    last <- cummax(ifelse(known, seq_along(column), 0L))
    reach <- last > 0 & seq_along(column) - last <= maxlen
    column[reach] <- column[last[reach]]
    column
  }
  fill <- if (method == "backward") function(column) rev(carry(rev(column))) else carry
  x <- read_h2o_frame(x, "x")
  if (axis == 1) {
    return(map_frame(x, fill))
  }
  fill_along(x, maxlen, if (method == "backward") rev(seq_along(x)) else seq_along(x))
}

# Values go on from column to column, in this order, where both are of one kind.
fill_along <- function(x, maxlen, order) {
  columns <- as.list(bare_frame(x))
  since <- integer(frame_rows(x))
  for (k in seq_along(order)[-1]) {
    to <- columns[[order[[k]]]]
    from <- columns[[order[[k - 1]]]]
    since <- ifelse(is.na(to), since + 1L, 0L)
    if (column_kind(to) == column_kind(from)) {
      gaps <- which(is.na(to) & !is.na(from) & since <= maxlen)
      columns[[order[[k]]]] <- put_values(to, gaps, from[gaps], names(x)[[order[[k]]]])
    }
  }
  new_frame(columns, rows = frame_rows(x))
}

#' @rdname h2o.rows
#' @export
h2o.scale <- function(x, center = TRUE, scale = TRUE, inplace = FALSE) {
  scaled <- scale.H2OFrame(read_h2o_frame(x, "x"), center, scale)
  if (isTRUE(inplace)) assign_back(substitute(x), scaled, parent.frame())
  scaled
}

#' @rdname h2o.rows
#' @export
h2o.cut <- function(x, breaks, labels = NULL, include.lowest = FALSE, right = TRUE,
                    dig.lab = 3, ...) {
  x <- read_h2o_frame(x, "x")
  check_numeric(x)
  check_breaks(breaks)
  count <- if (length(breaks) == 1) breaks else length(unique(breaks)) - 1
  if (!is.null(labels) && !identical(labels, FALSE) && length(labels) != count) {
    abort_argument(sprintf(
      "`labels` must be a name for each of %s, not %s.", count_of(count, "interval"),
      shorten(labels)
    ))
  }
  map_frame(x, cut,
    breaks = breaks, labels = labels, include.lowest = include.lowest, right = right,
    dig.lab = dig.lab
  )
}

#' @export
cut.H2OFrame <- function(x, breaks, ...) h2o.cut(x, breaks, ...)

#' @rdname h2o.rows
#' @export
h2o.rep_len <- function(x, length.out) {
  check_argument(rule_whole(-Inf), "length.out", length.out)
  if (length.out <= 0) {
    return(NULL)
  }
  x <- read_h2o_frame(x, "x")
  new_frame(rep_len(as.list(bare_frame(x)), length.out) |>
    stats::setNames(distinct_names(rep_len(names(x), length.out))))
}

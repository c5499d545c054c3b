#' @include h2o-frame-rows.R
NULL

# Values of frames filled in, taken out, cut and combined.

#' @rdname h2o.rows
#' @export
h2o.insertMissingValues <- function(data, fraction = 0.1, seed = -1) {
  frame <- read_h2o_frame(data)
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
  places <- if (identical(column, 0)) seq_along(frame) else column_places(frame, column)
  groups <- if (is.null(by)) {
    rep(1L, nrow(frame))
  } else {
    interaction(bare_frame(frame)[column_places(frame, by)], drop = TRUE)
  }
  plain <- bare_frame(frame)
  filled <- lapply(places, function(j) {
    value <- if (!is.null(values)) {
      rep(list(values[[match(j, places)]]), nlevels(factor(groups)))
    }
    impute_column(plain[[j]], groups, method, value)
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
impute_column <- function(column, groups, method, value = NULL) {
  groups <- as.integer(factor(groups))
  parts <- split(column, groups)
  fill <- value %||% lapply(parts, function(part) {
    part <- part[!is.na(part)]
    if (length(part) == 0) {
      NA
    } else if (is.factor(column) || method == "mode") {
      counts <- table(as.character(part))
      names(counts)[which.max(counts)]
    } else if (is.character(column)) {
      NA
    } else {
      get(method, mode = "function")(as.numeric(part))
    }
  })
  gaps <- which(is.na(column))
  new <- unlist(fill)[groups[gaps]]
  if (is.numeric(column) && is.character(new)) new <- as.numeric(new)
  if (is.integer(column)) column <- as.numeric(column)
  list(column = put_values(column, gaps, new), fill = unlist(fill))
}

#' @rdname h2o.rows
#' @export
h2o.fillna <- function(x, method = "forward", axis = 1, maxlen = 1L) {
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

# Values go on from column to column, in this order, where both are numbers, or both are
# not.
fill_along <- function(x, maxlen, order) {
  columns <- as.list(bare_frame(x))
  since <- integer(frame_rows(x))
  for (k in seq_along(order)[-1]) {
    to <- columns[[order[[k]]]]
    from <- columns[[order[[k - 1]]]]
    since <- ifelse(is.na(to), since + 1L, 0L)
    if (is.numeric(to) == is.numeric(from)) {
      gaps <- which(is.na(to) & !is.na(from) & since <= maxlen)
      columns[[order[[k]]]] <- put_values(to, gaps, from[gaps])
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
  map_frame(read_h2o_frame(x, "x"), cut,
    breaks = breaks, labels = labels, include.lowest = include.lowest, right = right,
    dig.lab = dig.lab
  )
}

#' @export
cut.H2OFrame <- function(x, breaks, ...) h2o.cut(x, breaks, ...)

#' @rdname h2o.rows
#' @export
h2o.ifelse <- function(test, yes, no) {
  test <- as_values(test, "test")
  pick <- function(x) {
    x <- as_values(x)
    rep_len(if (is.factor(x)) as.character(x) else x, length(test))
  }
  words <- !is.numeric(pick(yes)) || !is.numeric(pick(no))
  chosen <- ifelse(test != 0, pick(yes), pick(no))
  new_frame(list(C1 = if (words) factor_of(as.character(chosen)) else chosen))
}

#' @rdname h2o.rows
#' @export
h2o.match <- function(x, table, nomatch = NA, start_index = 1) {
  x <- as_values(x)
  table <- unlist(table)
  # Numbers by their value, however they are written.
  place <- if (is.numeric(x) && !is.object(x)) {
    match(x, suppressWarnings(as.numeric(as.character(table))), incomparables = NA)
  } else {
    match(as.character(x), as.character(table), incomparables = NA)
  }
  place <- place + start_index - 1
  place[is.na(place)] <- nomatch
  new_frame(list(C1 = as.numeric(place)))
}

#' @rdname h2o.rows
#' @export
h2o.rep_len <- function(x, length.out) {
  if (length.out <= 0) {
    return(NULL)
  }
  x <- read_h2o_frame(x, "x")
  new_frame(rep_len(as.list(bare_frame(x)), length.out) |>
    stats::setNames(make.unique(rep_len(names(x), length.out))))
}

#' @rdname h2o.rows
#' @export
h2o.interaction <- function(data, destination_frame, factors, pairwise, max_factors,
                            min_occurrence) {
  frame <- read_h2o_frame(data)
  names <- names(frame)[column_places(frame, unlist(factors))]
  plain <- bare_frame(frame)
  sets <- if (isTRUE(pairwise)) utils::combn(names, 2, simplify = FALSE) else list(names)
  columns <- lapply(sets, function(set) {
    crossed <- do.call(paste, c(lapply(plain[set], as.character), sep = "_"))
    counts <- sort(table(crossed), decreasing = TRUE)
    kept <- utils::head(names(counts)[counts >= min_occurrence], max_factors)
    factor(ifelse(crossed %in% kept, crossed, "other"), c(kept, "other"))
  })
  names(columns) <- vapply(sets, paste, "", collapse = "_")
  id <- if (missing(destination_frame)) "" else destination_frame
  register_frame(new_frame(columns), id)
}

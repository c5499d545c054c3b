#' @include h2o-frame-statistics.R
NULL

#' Groups of rows
#'
#' Counts and statistics by the values of columns.
#'
#' @param data,x,y,X A frame, a column, or what `h2o.tabulate()` returns.
#' @param by Names or positions of the columns that make groups.
#' @param ... Aggregates, written as calls: `nrow("a")`, `mean("a")`, `sum("a")`,
#'   `sd("a")`, `var("a")`, `min("a")`, `max("a")`, `median("a")`, `mode("a")`. For
#'   `h2o.ddply()` arguments of the function.
#' @param gb.control `list(na.methods = , col.names = )`: "all" makes the aggregate of a
#'   missing value missing, "rm" leaves missing values out, "ignore" adds nothing for them
#'   but counts their rows; names of the aggregates.
#' @param order.by,.variables,FUN Not used; columns; a function of a frame that returns
#'   numbers.
#' @param dense Leave out combinations that do not occur?
#' @param index,column,value Columns of `h2o.pivot()`.
#' @param weights_column,nbins_x,nbins_y A column of weights; at most so many bins.
#' @param xlab,ylab,base_size Labels; not used.
#' @return A frame with a row for each group; `h2o.tabulate()` a list of two tables.
#' @examples
#' frame <- as.h2o(iris)
#' h2o.group_by(frame, "Species", nrow("Species"), mean("Sepal.Length"))
#' h2o.table(frame$Species)
#' @name h2o.groups
NULL

group_aggregates <- list(
  nrow = function(v) length(v), count = function(v) length(v), mean = mean, sum = sum,
  sd = stats::sd, var = stats::var, min = min, max = max, median = stats::median,
  mode = function(v) {
    counts <- table(v)
    if (length(counts) == 0) NA else as.numeric(names(counts)[which.max(counts)])
  },
  sumSquares = function(v) sum(v^2), ss = function(v) sum(v^2)
)

#' @rdname h2o.groups
#' @export
h2o.group_by <- function(data, by, ..., order.by = NULL,
                         gb.control = list(na.methods = NULL, col.names = NULL)) {
  frame <- read_h2o_frame(data)
  columns <- names(frame)[column_places(frame, by)]
  asked <- as.list(substitute(list(...)))[-1]
  if (length(columns) == 0) {
    abort_argument("`by` must name at least one column.")
  }
  aggregates <- lapply(asked, read_aggregate, frame = frame, envir = parent.frame())
  plain <- bare_frame(frame)
  groups <- group_rows(plain[columns])
  methods <- gap_methods(gb.control$na.methods, length(asked))
  values <- Map(function(aggregate, method) {
    vapply(groups$rows, function(rows) aggregate_rows(plain, aggregate, rows, method), 0)
  }, aggregates, methods)
  titles <- unlist(gb.control$col.names)
  if (!length(titles) %in% c(0, length(values))) {
    abort_argument(sprintf(
      "`gb.control$col.names` must be a name for each of %s, not %s.",
      count_of(length(values), "aggregate"), shorten(titles)
    ))
  }
  names(values) <- titles %||% vapply(aggregates, `[[`, "", "title")
  new_frame(c(as.list(groups$keys), values), rows = length(groups$rows))
}

# What is done with missing values, for each aggregate.
gap_methods <- function(given, count) {
  given <- unlist(given) %||% "all"
  choices <- c("all", "rm", "ignore")
  if (!all(given %in% choices) || !length(given) %in% c(1, count)) {
    abort_argument(sprintf(
      "`gb.control$na.methods` must be one of %s, for all or each of %s, not %s.",
      list_names(choices), count_of(count, "aggregate"), shorten(given)
    ))
  }
  rep_len(given, count)
}

# list(fun, column, title) of an aggregate as it was written, such as mean("a").
read_aggregate <- function(call, frame, envir) {
  name <- if (is.call(call)) as.character(call[[1]]) else as.character(call)
  if (!is_one_of(name, names(group_aggregates))) {
    abort_argument(sprintf(
      "`%s` is no aggregate: use one of %s, such as mean(\"column\").", name,
      list_names(names(group_aggregates), 20)
    ))
  }
  column <- if (is.call(call) && length(call) > 1) eval(call[[2]], envir)
  place <- if (!is.null(column)) column_places(frame, column)
  counts <- name %in% c("nrow", "count")
  if (length(place) != 1 && !counts) {
    abort_argument(sprintf(
      "`%s()` takes one column, such as %s(\"column\"), not %s.", name, name,
      shorten(column)
    ))
  }
  list(
    name = name, fun = group_aggregates[[name]], column = place,
    title = if (counts) "nrow" else paste0(name, "_", names(frame)[place]),
    counts = counts
  )
}

aggregate_rows <- function(plain, aggregate, rows, method) {
  if (aggregate$counts) {
    return(as.numeric(length(rows)))
  }
  values <- number_of(plain[[aggregate$column]])[rows]
  if (method == "ignore" && aggregate$name %in% c("mean", "sd", "var")) {
    # Nothing is added for a gap, but the row counts.
    values[is.na(values)] <- 0
  } else if (method != "all") {
    values <- values[!is.na(values)]
  }
  none <- length(values) == 0 && !aggregate$name %in% c("sum", "sumSquares", "ss")
  if (none) NA_real_ else as.numeric(aggregate$fun(values))
}

#' @rdname h2o.groups
#' @export
h2o.table <- function(x, y = NULL, dense = TRUE) {
  x <- read_h2o_frame(x, "x")
  columns <- bare_frame(if (is.null(y)) x else h2o.cbind(x, y))
  columns <- columns[stats::complete.cases(columns), , drop = FALSE]
  groups <- group_rows(columns)
  counts <- list(lengths(groups$rows))
  names(counts) <- if (length(columns) == 1) "Count" else "Counts"
  new_frame(c(as.list(groups$keys), counts), rows = length(groups$rows))
}

#' @rdname h2o.groups
#' @export
h2o.ddply <- function(X, .variables, FUN, ...) {
  frame <- read_h2o_frame(X, "X")
  columns <- names(frame)[column_places(frame, .variables)]
  groups <- group_rows(bare_frame(frame)[columns])
  values <- lapply(groups$rows, function(rows) {
    value_of_frame(FUN(frame_subset(frame, rows, NULL), ...))
  })
  values <- as.data.frame(do.call(rbind, values))
  names(values) <- paste0("ddply_C", seq_along(values))
  new_frame(c(as.list(groups$keys), as.list(values)), rows = length(groups$rows))
}

#' @rdname h2o.groups
#' @export
h2o.pivot <- function(x, index, column, value) {
  x <- read_h2o_frame(x, "x")
  plain <- bare_frame(x)
  index <- names(x)[column_places(x, index)]
  column <- column_places(x, column)
  value <- column_places(x, value)
  rows <- sort(unique(plain[[index]]), method = "radix")
  across <- factor_of(plain[[column]])
  cells <- lapply(levels(across), function(level) {
    part <- plain[across == level, ]
    part[[value]][match(rows, part[[index]])]
  })
  names(cells) <- levels(across)
  new_frame(c(stats::setNames(list(rows), index), cells))
}

#' @rdname h2o.groups
#' @export
h2o.tabulate <- function(data, x, y, weights_column = NULL, nbins_x = 50, nbins_y = 50) {
  frame <- read_h2o_frame(data)
  check_argument(rule_whole(1), "nbins_x", nbins_x)
  check_argument(rule_whole(1), "nbins_y", nbins_y)
  plain <- bare_frame(frame)
  weights <- if (is.null(weights_column)) rep(1, nrow(plain)) else plain[[weights_column]]
  names <- names(frame)[c(column_places(frame, x), column_places(frame, y))]
  rows <- stats::complete.cases(plain[names])
  across <- bins_of(plain[[names[[1]]]][rows], nbins_x)
  down <- bins_of(plain[[names[[2]]]][rows], nbins_y)
  weights <- weights[rows]
  counts <- as.data.frame(stats::xtabs(weights ~ across + down), stringsAsFactors = FALSE)
  counts <- stats::setNames(counts, c(names, "counts"))
  response <- number_of(plain[[names[[2]]]])[rows]
  totals <- tapply(weights, across, sum)
  means <- data.frame(
    levels(across), as.vector(tapply(weights * response, across, sum) / totals),
    as.vector(totals)
  )
  means <- stats::setNames(means, c(names[[1]], paste0("mean_", names[[2]]), "counts"))
  structure(list(
    count_table = h2o_table(counts, "(Weighted) co-occurrence counts"),
    response_table = h2o_table(means, "(Weighted) mean of the response"), cols = names
  ), class = "H2OTabulate")
}

# Categories as they are; few numbers each their own; else bins of even width.
bins_of <- function(values, most) {
  if (is.factor(values) || length(unique(values)) <= most) {
    return(droplevels(factor(values)))
  }
  breaks <- seq(min(values), max(values), length.out = most + 1)
  middle <- format((breaks[-1] + breaks[-length(breaks)]) / 2, digits = 6, trim = TRUE)
  factor(middle[findInterval(values, breaks, rightmost.closed = TRUE)], unique(middle))
}

#' @rdname h2o.groups
#' @export
print.H2OTabulate <- function(x, ...) {
  print(x$count_table)
  cat("\n")
  print(x$response_table)
  invisible(x)
}

#' @rdname h2o.groups
#' @export
plot.H2OTabulate <- function(x, xlab = x$cols[1], ylab = x$cols[2], base_size = 12, ...) {
  counts <- bare_table(x$count_table)
  across <- factor(counts[[1]], unique(counts[[1]]))
  down <- factor(counts[[2]], unique(counts[[2]]))
  table <- matrix(counts$counts, nlevels(across), nlevels(down))
  graphics::image(
    seq_len(nlevels(across)), seq_len(nlevels(down)), table,
    col = grDevices::gray(seq(1, 0.2, length.out = 32)), axes = FALSE, xlab = xlab,
    ylab = ylab, main = fit_title(paste(xlab, "and", ylab))$text, ...
  )
  place <- function(names) {
    unique(round(seq(1, length(names), length.out = min(length(names), 8))))
  }
  at <- place(levels(across))
  graphics::axis(1, at, levels(across)[at])
  at <- place(levels(down))
  graphics::axis(2, at, levels(down)[at], las = 1)
  invisible(x)
}

#' @include cluster-engine.R data-shards.R
NULL

# A frame whose rows lie in shards. Its columns stand here as a list of their names, of
# class feedforward_columns, with attributes: engine, which holds them; sizes: rows of
# each shard; classes, by name; labels of the shards. `[` chooses columns, `[[` brings one
# here.

# list(names, columns, rows), as read_frame() has it, of class feedforward_opened; a data
# frame where there is one shard, which needs no others.
#   balance: are the rows to be cut anew, so that shards differ by one at most?
open_shards <- function(source, cluster, timeout, balance, argument) {
  parts <- if (is.null(source$shards)) cluster_size(cluster) else source$parts
  parts <- max(1, parts)
  shards <- source$shards %||% parts
  if (shards == 1) {
    return(source$read(1, 1))
  }
  labels <- rep_len(source$labels, parts)
  if (is.null(source$shards)) labels <- sprintf("shard %d", seq_len(parts))
  engine <- new_engine(cluster, parts, timeout)
  keep <- FALSE
  on.exit(if (!keep) engine$close())
  told <- engine$each("read", lapply(seq_len(parts), function(p) {
    list(read = source$read, part = p, parts = parts, label = labels[[p]])
  }))
  problems <- unlist(lapply(told, `[[`, "problem"))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  classes <- common_classes(told, labels)
  engine$each("cast", rep(list(classes), parts))
  sizes <- vapply(told, `[[`, 0, "rows")
  if (shards != parts || (balance && diff(range(sizes)) > 1)) {
    moved <- move_rows(engine, sizes, shards, cluster, timeout)
    engine$close()
    engine <- moved$engine
    sizes <- moved$sizes
    labels <- sprintf("shard %d", seq_len(shards))
  }
  keep <- TRUE
  structure(list(
    names = names(classes),
    columns = structure(
      as.list(stats::setNames(nm = names(classes))), class = "feedforward_columns",
      engine = engine, sizes = sizes, classes = classes, labels = labels
    ),
    rows = sum(sizes)
  ), class = "feedforward_opened", argument = argument)
}

close_shards <- function(opened) attr(opened$columns, "engine")$close()

is_scattered <- function(x) inherits(x, "feedforward_columns")

# One class for each column, in the order of the first part. Parts where all is missing
# have none to speak of.
common_classes <- function(told, labels) {
  names <- told[[1]]$names
  other <- which(!vapply(told, function(one) setequal(one$names, names), NA))
  if (length(other) > 0) {
    abort_input(vapply(other, function(p) {
      lacks <- setdiff(names, told[[p]]$names)
      more <- setdiff(told[[p]]$names, names)
      sprintf(
        "%s has other columns than %s: %s.", labels[[p]], labels[[1]], paste(c(
          if (length(lacks) > 0) paste("it lacks", list_names(lacks)),
          if (length(more) > 0) paste("it has", list_names(more), "besides")
        ), collapse = ", ")
      )
    }, ""))
  }
  classes <- lapply(stats::setNames(nm = names), function(name) {
    all <- vapply(told, function(one) one$classes[[name]], "")
    empty <- vapply(told, function(one) one$empty[[name]], NA)
    common_class(name, all, empty, labels)
  })
  problems <- unlist(lapply(classes, attr, "problem"))
  if (length(problems) > 0) {
    abort_input(unname(problems))
  }
  unlist(classes)
}

common_class <- function(name, classes, empty, labels) {
  seen <- unique(classes[!empty])
  if (length(seen) == 0) seen <- unique(classes)
  if (length(seen) == 1) {
    return(seen)
  }
  if (all(seen %in% c("integer", "numeric", "integer64"))) {
    return("numeric")
  }
  if (all(seen %in% c("character", "factor", "ordered"))) {
    return("character")
  }
  first <- match(seen[1:2], replace(classes, empty, NA))
  words <- ifelse(is.na(seen), "something else", class_words[seen])
  structure("", problem = sprintf(
    "The column %s is %s in %s and %s in %s: make it the same in all parts.",
    quote_name(name), words[[1]], labels[[first[[1]]]], words[[2]], labels[[first[[2]]]]
  ))
}

# Cuts the rows anew, a shard at a time: list(engine, sizes).
move_rows <- function(engine, sizes, shards, cluster, timeout) {
  to <- new_engine(cluster, shards, timeout)
  ends <- floor(sum(sizes) * seq_len(shards) / shards)
  if (any(diff(c(0, ends)) < 1)) {
    to$close()
    abort_input(sprintf(
      "%s cannot go into %d shards: at most one shard a row.",
      count_of(sum(sizes), "row"), shards
    ))
  }
  begins <- cumsum(c(0, sizes))[seq_along(sizes)]
  for (s in seq_len(shards)) {
    from <- c(0, ends)[[s]]
    pieces <- engine$each("piece", lapply(seq_along(sizes), function(p) {
      first <- max(from - begins[[p]], 0)
      last <- min(ends[[s]] - begins[[p]], sizes[[p]])
      if (first < last) c(first + 1, last)
    }))
    arguments <- vector("list", shards)
    arguments[[s]] <- Filter(Negate(is.null), pieces)
    to$each("receive", arguments)
  }
  list(engine = to, sizes = diff(c(0, ends)))
}

# ---- Looking at them here ------------------------------------------------------------

#' @export
`[.feedforward_columns` <- function(x, i) {
  columns <- unclass(x)
  at <- attributes(x)
  at$names <- names(columns[i])
  at$classes <- at$classes[at$names]
  structure(columns[i], names = at$names, class = at$class, engine = at$engine,
    sizes = at$sizes, classes = at$classes, labels = at$labels
  )
}

#' @export
dim.feedforward_columns <- function(x) c(sum(attr(x, "sizes")), length(unclass(x)))

#' @export
`[[.feedforward_columns` <- function(x, i, ...) {
  name <- if (is.character(i)) i else names(x)[[i]]
  if (!name %in% names(x)) {
    return(NULL)
  }
  engine <- attr(x, "engine")
  bind_pieces(engine$each("column", rep(list(name), length(attr(x, "sizes")))))
}

# A column of several parts of one class.
bind_pieces <- function(pieces) {
  first <- pieces[[1]]
  if (is.factor(first)) {
    levels <- do.call(merge_levels, lapply(pieces, levels))
    codes <- lapply(pieces, function(f) match(levels(f), levels)[as.integer(f)])
    return(as_factor(unlist(codes), levels, is.ordered(first)))
  }
  if (inherits(first, "difftime")) {
    pieces <- lapply(pieces, `units<-`, "secs")
    first <- pieces[[1]]
  }
  bound <- unlist(lapply(pieces, function(piece) as.vector(unclass(piece))))
  attributes(bound) <- attributes(first)[setdiff(names(attributes(first)), "names")]
  bound
}

# Rows of the frame by shard: their numbers in it. NULL: all.
rows_in_shards <- function(columns, rows) {
  sizes <- attr(columns, "sizes")
  if (is.null(rows)) {
    return(vector("list", length(sizes)))
  }
  begins <- cumsum(c(0, sizes))
  shard <- shard_of_rows(columns, rows)
  lapply(seq_along(sizes), function(s) rows[shard == s] - begins[[s]])
}

shard_of_rows <- function(columns, rows) {
  findInterval(rows - 1, cumsum(c(0, attr(columns, "sizes"))))
}

# Rows of the frame where one of these has no value.
incomplete_rows <- function(columns, names) {
  sizes <- attr(columns, "sizes")
  bad <- attr(columns, "engine")$each("incomplete", rep(list(names), length(sizes)))
  as.integer(unlist(Map(`+`, bad, cumsum(c(0, sizes))[seq_along(sizes)])))
}

# ---- Where they lie --------------------------------------------------------------------

shard_duties$read <- function(shop, argument) {
  label <- argument$label
  data <- tryCatch(argument$read(argument$part, argument$parts), error = function(e) e)
  if (inherits(data, "error")) {
    return(list(problem = sprintf(
      "%s cannot be read: %s", label, sub("[.]?$", ".", conditionMessage(data))
    )))
  }
  frame <- tryCatch(
    read_frame(data, label),
    feedforward_input_error = function(e) list(problem = e$problems)
  )
  if (!is.null(frame$problem)) {
    return(frame)
  }
  shop$columns <- frame$columns
  shop$rows <- frame$rows
  list(
    rows = as.double(frame$rows), names = frame$names,
    classes = vapply(frame$columns, column_class, ""),
    empty = vapply(frame$columns, function(x) is.logical(x) && all(is.na(x)), NA)
  )
}

shard_duties$cast <- function(shop, classes) {
  shop$columns <- shop$columns[names(classes)]
  for (name in names(classes)) {
    shop$columns[[name]] <- cast_column(shop$columns[[name]], classes[[name]])
  }
}

cast_column <- function(x, class) {
  if (identical(column_class(x), class)) {
    return(x)
  }
  switch(class,
    numeric = as.double(to_number(x)),
    integer = as.integer(x),
    character = as.character(x),
    factor = as_factor(as.integer(x), character()),
    ordered = as_factor(as.integer(x), character(), TRUE),
    Date = as.Date(x),
    POSIXlt = ,
    POSIXct = as.POSIXct(as.double(x), origin = "1970-01-01"),
    difftime = as.difftime(as.double(x), units = "secs"),
    x
  )
}

shard_duties$piece <- function(shop, range) {
  if (!is.null(range)) lapply(shop$columns, function(x) x[range[[1]]:range[[2]]])
}

shard_duties$receive <- function(shop, pieces) {
  if (length(pieces) == 0) {
    return(NULL)
  }
  shop$columns <- lapply(stats::setNames(nm = names(pieces[[1]])), function(name) {
    bind_pieces(lapply(pieces, `[[`, name))
  })
  shop$rows <- length(shop$columns[[1]])
  NULL
}

shard_duties$column <- function(shop, name) shop$columns[[name]]

# What makes these columns unfit, as sentences by name.
shard_duties$judge <- function(shop, classes) {
  unlist(Map(column_problem, shop$columns[names(classes)], names(classes), classes))
}

# The rows, of all of the shard, where one of these has no value.
shard_duties$incomplete <- function(shop, names) {
  bad <- logical(shop$rows)
  for (name in names) bad <- bad | is_missing(shop$columns[[name]])
  as.double(which(bad))
}

# A survey begins: list(rows: that count, or NULL; weights; exponent).
shard_duties$survey <- function(shop, argument) {
  shop$survey <- argument
  shop$parts <- list()
  NULL
}

# list(key: of the columns, for which passes come one after the other; names; classes;
# pass; arguments)
shard_duties$ask <- function(shop, argument) {
  if (is.null(shop$parts[[argument$key]])) {
    columns <- shop$columns[argument$names]
    rows <- shop$survey$rows
    if (!is.null(rows)) columns <- lapply(columns, `[`, rows)
    shop$parts <- list()
    shop$parts[[argument$key]] <- survey_part(
      columns, argument$classes, shop$survey$weights, shop$survey$exponent
    )
  }
  part <- shop$parts[[argument$key]]
  do.call(survey_passes[[argument$pass]]$of, c(list(part), argument$arguments))
}

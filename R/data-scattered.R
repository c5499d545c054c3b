#' @include cluster-engine.R data-shards.R
NULL

# A frame whose rows lie in shards. Its columns stand here as a list of their names, of
# class feedforward_columns, with attributes: place, which knows who holds them; sizes:
# rows of each shard; classes, by name; labels of the shards. `[` chooses columns, `[[`
# brings one here.

# list(names, columns, rows), as read_frame() has it, of class feedforward_opened; a data
# frame where there is one shard, which needs no others.
#   balance: are the rows to be cut anew, so that shards differ by one at most?
open_shards <- function(source, cluster, timeout, balance) {
  parts <- if (is.null(source$shards)) cluster_size(cluster) else source$parts
  source$parts <- max(1, parts)
  source$shards <- source$shards %||% source$parts
  source$labels <- if (length(source$labels) == source$parts) {
    source$labels
  } else {
    sprintf("shard %d", seq_len(source$parts))
  }
  if (source$shards == 1) {
    return(source$read(1, 1))
  }
  # later: what is done to the shards besides, to be done again where they are read anew.
  place <- list2env(list(
    source = source, cluster = cluster, timeout = timeout, balance = balance,
    later = list()
  ))
  held <- hold_shards(place)
  structure(list(
    names = names(held$classes),
    columns = structure(
      as.list(stats::setNames(nm = names(held$classes))), class = "feedforward_columns",
      place = place, sizes = held$sizes, classes = held$classes, labels = held$labels
    ),
    rows = sum(held$sizes)
  ), class = "feedforward_opened")
}

# Reads the shards and gives the place its engine: list(classes, sizes, labels).
hold_shards <- function(place) {
  source <- place$source
  labels <- source$labels
  engine <- new_engine(place$cluster, source$parts, place$timeout)
  on.exit(if (!identical(place$engine, engine)) engine$close())
  told <- engine$each("read", lapply(seq_len(source$parts), function(p) {
    list(read = source$read, part = p, parts = source$parts, label = labels[[p]])
  }))
  problems <- unlist(lapply(told, `[[`, "problem"))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  classes <- common_classes(told, labels)
  engine$each("cast", rep(list(classes), source$parts))
  sizes <- vapply(told, `[[`, 0, "rows")
  uneven <- place$balance && diff(range(sizes)) > 1
  if (source$shards == source$parts && !uneven) {
    place$engine <- engine
  } else {
    moved <- move_rows(engine, sizes, source$shards, place)
    place$engine <- moved$engine
    sizes <- moved$sizes
    labels <- sprintf("shard %d", seq_len(source$shards))
  }
  list(classes = classes, sizes = sizes, labels = labels)
}

# The same shards on other workers, after some were lost.
reopen_shards <- function(place, cluster) {
  try(place$engine$close(), silent = TRUE)
  place$cluster <- cluster
  hold_shards(place)
  for (step in place$later) place$engine$each(step$duty, step$arguments)
}

# Asks those who hold the columns; `stays`: its effect is to last.
ask_shards <- function(columns, duty, arguments = rep(list(NULL), shards_of(columns)),
                       stays = FALSE) {
  place <- attr(columns, "place")
  answers <- place$engine$each(duty, arguments)
  if (stays) {
    step <- list(duty = duty, arguments = arguments)
    place$later <- c(place$later, list(step))
  }
  answers
}

shards_of <- function(columns) length(attr(columns, "sizes"))

close_shards <- function(opened) attr(opened$columns, "place")$engine$close()

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
move_rows <- function(engine, sizes, shards, place) {
  ends <- floor(sum(sizes) * seq_len(shards) / shards)
  if (any(diff(c(0, ends)) < 1)) {
    abort_input(sprintf(
      "%s cannot go into %d shards: at most one shard a row.",
      count_of(sum(sizes), "row"), shards
    ))
  }
  begins <- cumsum(c(0, sizes))[seq_along(sizes)]
  to <- new_engine(place$cluster, shards, place$timeout)
  moved <- FALSE
  on.exit(if (!moved) to$close())
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
  moved <- TRUE
  list(engine = to, sizes = diff(c(0, ends)))
}

# ---- Looking at them here ------------------------------------------------------------

#' @export
`[.feedforward_columns` <- function(x, i) {
  columns <- unclass(x)
  at <- attributes(x)
  at$names <- names(columns[i])
  at$classes <- at$classes[at$names]
  structure(columns[i], names = at$names, class = at$class, place = at$place,
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
  bind_pieces(ask_shards(x, "column", rep(list(name), shards_of(x))))
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
  bad <- ask_shards(columns, "incomplete", rep(list(names), length(sizes)))
  as.integer(unlist(Map(`+`, bad, cumsum(c(0, sizes))[seq_along(sizes)])))
}

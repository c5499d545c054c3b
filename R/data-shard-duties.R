#' @include cluster-engine.R
NULL

# What is done for the rows of a shard by the process that holds them.

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

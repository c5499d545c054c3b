#' @include h2o-frame-rows.R
NULL

# Values chosen by a condition, and places of values in a table.

#' @rdname h2o.rows
#' @export
h2o.ifelse <- function(test, yes, no) {
  sides <- list(test = test, yes = yes, no = no)
  sizes <- vapply(sides, operand_columns, 0L)
  rows <- NROW(test)
  for (name in names(sides)) {
    check_side(sides[[name]], name, max(sizes), rows)
  }
  sides <- lapply(sides, operand, max(sizes))
  values <- do.call(Map, c(list(choose_values), unname(sides), rows = rows))
  names(values) <- paste0("C", seq_along(values))
  new_frame(values, rows = rows)
}

check_side <- function(x, name, columns, rows) {
  if (!NROW(x) %in% c(1L, rows) || !operand_columns(x) %in% c(1L, columns)) {
    abort_input(sprintf(
      "`%s` must have one value or those of the condition, %s by %s, not %d by %d.", name,
      count_of(rows, "row"), count_of(columns, "column"), NROW(x), operand_columns(x)
    ))
  }
}

# A category is true unless it is the first, as its number says.
choose_values <- function(test, yes, no, rows) {
  sides <- lapply(list(yes, no), function(side) {
    rep(frame_column(side, "C1"), length.out = rows)
  })
  places <- ifelse(number_of(test) != 0, seq_len(rows), rows + seq_len(rows))
  chosen <- one_type(sides)[places]
  # Levels of text are those that occur, in H2O too.
  as_given <- all(vapply(sides, function(side) is.factor(side) || all(is.na(side)), NA))
  if (is.factor(chosen) && !as_given) droplevels(chosen) else chosen
}

# Vectors of any types, one after the other: text and categories make categories, times
# stay times among themselves, all else is a number.
one_type <- function(sides) {
  known <- Filter(function(side) is.factor(side) || !all(is.na(side)), sides)
  is_kind <- function(is) vapply(known, is, NA)
  is_time <- function(side) inherits(side, "POSIXct")
  if (any(is_kind(is.factor) | is_kind(is.character))) {
    texts <- unlist(lapply(sides, as_text))
    levels <- if (all(is_kind(is.factor))) unique(unlist(lapply(known, levels)))
    if (is.null(levels)) factor_of(texts) else factor(texts, levels)
  } else if (length(known) > 0 && all(is_kind(is_time))) {
    .POSIXct(unlist(lapply(sides, as.numeric)), tz = "UTC")
  } else {
    unlist(lapply(sides, function(side) {
      if (is.object(side)) plain_number(side) else flags_as_numbers(side)
    }))
  }
}

#' @rdname h2o.rows
#' @export
h2o.match <- function(x, table, nomatch = NA, start_index = 1) {
  start_index <- check_argument(rule_whole(0), "start_index", start_index)
  if (!identical(as.vector(nomatch), NA)) {
    nomatch <- check_argument(rule_number(), "nomatch", nomatch)
  }
  place <- value_places(as_values(x), table) + start_index - 1
  place[is.na(place)] <- nomatch
  new_frame(list(C1 = as.numeric(place)))
}

# Numbers are found by their value, however they are written; what is missing is nowhere.
value_places <- function(x, table) {
  if (is.data.frame(table)) table <- as.list(bare_frame(table))
  table <- unlist(lapply(table, function(one) {
    if (is.factor(one)) as.character(one) else one
  }))
  if (is.numeric(x) && !is.object(x)) {
    match(x, suppressWarnings(as.numeric(as.character(table))), incomparables = NA)
  } else {
    match(as_text(x), as_text(table), incomparables = NA)
  }
}

h2o_in <- function(x, table) {
  if (!is_frame(x)) {
    return(!is.na(value_places(x, table)))
  }
  map_frame(x, function(column) as.integer(!is.na(value_places(column, table))))
}

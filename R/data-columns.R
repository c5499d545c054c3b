# What a column is and what training must know of it: kinds of columns, their numbers
# and level codes, and the facts (range, mean, spread, levels, missing values) that
# learn_encoding() builds on.

# Class of a column -> what it stands for. Only columns of one family replace each
# other at prediction. Whatever is no factor becomes a number.
column_families <- c(
  factor = "factor", ordered = "factor", character = "factor", logical = "factor",
  integer = "number", numeric = "number", integer64 = "number",
  Date = "time", POSIXct = "time", POSIXlt = "time", difftime = "duration"
)

class_words <- c(
  factor = "a factor", ordered = "an ordered factor", character = "text",
  logical = "logical", integer = "a number", numeric = "a number",
  integer64 = "a number", Date = "a date", POSIXct = "a time", POSIXlt = "a time",
  difftime = "a duration"
)

# What a vector without a class is, by its type.
plain_classes <- c(
  logical = "logical", integer = "integer", double = "numeric", character = "character"
)

# Does a column of this class hold classes, one of a set of levels? Else numbers.
holds_classes <- function(class) {
  column_families[[class]] == "factor"
}

# The name in `column_families` that fits, or NA.
column_class <- function(column) {
  if (is.object(column)) {
    classes <- c(
      "ordered", "factor", "Date", "POSIXct", "POSIXlt", "difftime", "integer64"
    )
    known <- classes[inherits(column, classes, which = TRUE) > 0]
    if (length(known) > 0) {
      return(known[1])
    }
    # What lies in its other slots would be lost.
    if (isS4(column)) {
      return(NA_character_)
    }
  }
  flat <- is.null(dim(column)) || length(column) == nrow(column)
  if (flat) plain_classes[typeof(column)][[1]] else NA_character_
}

# What makes a column unfit, as a sentence, or NULL.
#   known: levels that were found sound before
column_problem <- function(column, name, class = column_class(column),
                           role = "predictor", known = NULL) {
  if (is.na(class)) {
    return(sprintf(
      "The %s %s is of class %s. It must be a factor, text, logical%s.",
      role, quote_name(name), class_name(column),
      if (role == "predictor") {
        ", a number, a date or a time: convert it or leave it out"
      } else {
        " or a number: convert it"
      }
    ))
  }
  flaw <- switch(class,
    logical = ,
    integer = ,
    numeric = NULL,
    factor = ,
    ordered = factor_flaw(column, known),
    character = text_flaw(unique(column), "value", "x"),
    content_flaw(column, class)
  )
  if (!is.null(flaw)) {
    sprintf("The %s %s %s.", role, quote_name(name), flaw)
  }
}

factor_flaw <- function(column, known) {
  levels <- levels(column) %||% character()
  # Codes outside the levels would be read beyond a table.
  if (typeof(column) != "integer" || !is.character(levels) ||
    sum(tabulate(column, length(levels))) + sum(is.na(column)) < length(column)) {
    return("is a malformed factor: its codes do not fit its levels")
  }
  if (!identical(levels, known)) {
    text_flaw(levels, "level", "levels(x)") %||%
      if (anyDuplicated(utf8(levels)) > 0) "is a malformed factor: a level occurs twice"
  }
}

# what: they are; where: they would be mended, x being the column
text_flaw <- function(texts, what, where) {
  bad <- texts[is.na(utf8(texts)) & !is.na(texts)]
  if (length(bad) > 0) {
    sprintf(
      paste(
        "has the %s %s, which is no valid text in its encoding. Say which encoding it",
        "has, for instance by Encoding(%s) <- \"latin1\""
      ),
      what, shorten(bad[[1]]), where
    )
  }
}

# A class can be put on any vector.
content_flaw <- function(column, class) {
  number <- typeof(column) %in% c("integer", "double")
  sound <- switch(class,
    integer64 = is.double(column),
    difftime = number && is.character(units <- attr(column, "units")) &&
      length(units) == 1 && units %in% c("secs", "mins", "hours", "days", "weeks"),
    POSIXlt = !inherits(try(as.POSIXct(column), silent = TRUE), "try-error"),
    number
  )
  if (!sound) {
    sprintf("does not hold what its class \"%s\" promises: make it anew", class)
  }
}

# Times are milliseconds since 1970, durations seconds, as H2O has them. Other numbers
# are returned as they came, without a copy.
to_number <- function(column, class = column_class(column)) {
  if (!is.object(column) && is.null(dim(column))) {
    return(column)
  }
  switch(class,
    Date = as.double(unclass(column)) * 86400000,
    POSIXct = as.double(unclass(column)) * 1000,
    POSIXlt = as.double(unclass(as.POSIXct(column))) * 1000,
    difftime = as.double(column, units = "secs"),
    integer64 = integer64_to_double(column),
    as.vector(unclass(column))
  )
}

# bit64 keeps 64-bit integers in the bits of doubles. Read as two halves, we need not
# load it. Numbers beyond 2^53 are rounded.
integer64_to_double <- function(column) {
  bits <- as.vector(unclass(column))
  # One raw vector holds less than 2^31 bytes.
  chunks <- split(seq_along(bits), (seq_along(bits) - 1) %/% 2^24)
  unlist(lapply(chunks, function(chunk) {
    halves <- readBin(writeBin(bits[chunk], raw()), "integer", 2 * length(chunk))
    halves <- matrix(halves, 2)
    if (.Platform$endian == "big") {
      halves <- halves[2:1, , drop = FALSE]
    }
    low <- as.double(halves[1, ])
    high <- as.double(halves[2, ])
    # The one pattern that R reads as NA is -2^31; as the high half of a zero it is
    # integer64's own NA.
    low[is.na(low)] <- -2^31
    missing <- is.na(high) & low == 0
    high[is.na(high)] <- -2^31
    value <- high * 2^32 + ifelse(low < 0, low + 2^32, low)
    ifelse(missing, NA_real_, value)
  }), use.names = FALSE) %||% double()
}

# Levels in their own order: a factor's as they are, unused ones too; of text in the
# order of its bytes, which no locale changes; of a logical FALSE, TRUE.
learn_levels <- function(column, class = column_class(column)) {
  switch(class,
    logical = c("FALSE", "TRUE"),
    character = {
      texts <- unique(utf8(unique(column)))
      sort(texts[!is.na(texts)], method = "radix")
    },
    {
      levels <- utf8(levels(column))
      levels[!is.na(levels)]
    }
  )
}

# How many rows each of its levels has, given as learn_levels() has them.
count_levels <- function(column, class, levels) {
  coded <- level_codes(column, class, levels)
  tabulate(coded$codes, length(coded$map))[!is.na(coded$map)]
}

# The levels that have a row.
present_levels <- function(column, class = column_class(column)) {
  levels <- learn_levels(column, class)
  levels[count_levels(column, class, levels) > 0]
}

# codes: positions from 1 into map, NA for missing; map: the position in `levels`, NA
# for none. A factor's codes are its own: another order of levels is another map.
level_codes <- function(column, class, levels) {
  switch(class,
    character = list(codes = match_text(column, levels), map = seq_along(levels)),
    logical = ,
    integer = ,
    numeric = list(
      codes = as.integer(column) + 1L, map = match(c("FALSE", "TRUE"), levels)
    ),
    list(codes = column, map = match_levels(levels(column), levels))
  )
}

# match() knows the encodings of text, but in a session of another encoding not ours.
match_text <- function(texts, levels) {
  match(if (l10n_info()[["UTF-8"]]) texts else utf8(texts), levels)
}

# The same levels, as most often, need no search. Text that identical() takes for equal is
# equal in UTF-8.
match_levels <- function(found, levels) {
  if (identical(found, levels)) seq_along(levels) else match(utf8(found), levels)
}

as_factor <- function(codes, levels, ordered = FALSE) {
  structure(codes, levels = levels, class = c(if (ordered) "ordered", "factor"))
}

is_missing <- function(column) {
  if (is.factor(column) && anyNA(levels(column))) {
    is.na(column) | is.na(levels(column))[column] %in% TRUE
  } else {
    is.na(column)
  }
}

# "`column`: "a", "b"", at most 20 levels each; without names the levels alone.
list_levels <- function(unseen) {
  vapply(seq_along(unseen), function(i) {
    levels <- unseen[[i]]
    shown <- cut_text(encodeString(utils::head(levels, 20), quote = "\""), 60)
    paste0(
      if (!is.null(names(unseen))) paste0(quote_name(names(unseen)[i]), ": "),
      paste(shown, collapse = ", "),
      if (length(levels) > 20) sprintf(" and %d more", length(levels) - 20L)
    )
  }, "")
}

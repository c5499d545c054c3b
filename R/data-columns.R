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

# Does a column of this class hold classes, one of a set of levels? Else numbers.
holds_classes <- function(class) {
  column_families[[class]] == "factor"
}

# The name in `column_families` that fits, or NA.
column_class <- function(column) {
  classes <- c(
    "ordered", "factor", "Date", "POSIXct", "POSIXlt", "difftime", "integer64"
  )
  known <- classes[inherits(column, classes, which = TRUE) > 0]
  if (length(known) > 0) {
    return(known[1])
  }
  flat <- is.null(dim(column)) || length(column) == nrow(column)
  if (!flat || !typeof(column) %in% c("logical", "integer", "double", "character")) {
    return(NA_character_)
  }
  if (is.double(column)) "numeric" else typeof(column)
}

# What makes a column unfit, as a sentence, or NULL.
#   known: levels that were found sound before
column_problem <- function(column, name, class = column_class(column),
                           role = "predictor", known = NULL) {
  if (is.na(class)) {
    return(sprintf(
      paste(
        "The %s %s is of class %s. It must be a factor, text, logical, a number, a date",
        "or a time: convert it or leave it out."
      ),
      role, quote_name(name), class_name(column)
    ))
  }
  flaw <- if (class %in% c("factor", "ordered")) {
    levels <- levels(column) %||% character()
    # Codes outside the levels would be read beyond a table.
    if (typeof(column) != "integer" || !is.character(levels) ||
      sum(tabulate(column, length(levels))) + sum(is.na(column)) < length(column)) {
      "is a malformed factor: its codes do not fit its levels"
    } else if (!identical(levels, known)) {
      level_flaw(levels)
    }
  } else if (class == "character") {
    texts <- utf8(unique(column))
    if (!all(validUTF8(texts) | is.na(texts))) {
      "has a value that is not valid text in its encoding"
    }
  }
  if (!is.null(flaw)) {
    sprintf("The %s %s %s.", role, quote_name(name), flaw)
  }
}

level_flaw <- function(levels) {
  texts <- utf8(levels)
  if (anyDuplicated(texts) > 0) {
    "is a malformed factor: a level occurs twice"
  } else if (!all(validUTF8(texts) | is.na(levels))) {
    "has a level that is not valid text in its encoding"
  }
}

# Marked as UTF-8, so that one text has one form. Bytes without an encoding are made
# invalid on purpose instead of an error that names no column.
utf8 <- function(x) {
  x <- as.character(unclass(x))
  bytes <- Encoding(x) == "bytes"
  if (any(bytes)) {
    x[bytes] <- "\xff"
  }
  enc2utf8(x)
}

# Times are milliseconds since 1970, durations seconds, as H2O has them. Other numbers
# are returned as they came, without a copy.
to_number <- function(column, class = column_class(column)) {
  switch(class,
    Date = as.double(unclass(column)) * 86400000,
    POSIXct = as.double(unclass(column)) * 1000,
    POSIXlt = as.double(unclass(as.POSIXct(column))) * 1000,
    difftime = as.double(column, units = "secs"),
    integer64 = integer64_to_double(column),
    if (is.object(column) || !is.null(dim(column))) as.vector(unclass(column)) else column
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

# codes: positions from 1 into map, NA for missing; map: the position in `levels`, NA
# for none. A factor's codes are its own: another order of levels is another map.
level_codes <- function(column, class, levels) {
  switch(class,
    character = list(codes = match(column, levels), map = seq_along(levels)),
    logical = ,
    integer = ,
    numeric = list(
      codes = as.integer(column) + 1L, map = match(c("FALSE", "TRUE"), levels)
    ),
    list(codes = column, map = match_levels(levels(column), levels))
  )
}

# The same levels, as most often, need no search. Text that identical() takes for equal is
# equal in UTF-8.
match_levels <- function(found, levels) {
  if (identical(found, levels)) seq_along(levels) else match(utf8(found), levels)
}

as_factor <- function(codes, levels) {
  structure(codes, levels = levels, class = "factor")
}

is_missing <- function(column) {
  if (is.factor(column) && anyNA(levels(column))) {
    is.na(column) | is.na(levels(column))[column] %in% TRUE
  } else {
    is.na(column)
  }
}

# One way to look at a list of columns, a matrix and a dgCMatrix: list(kind = "list",
# "matrix" or "sparse", data, names, positional, n).
column_source <- function(columns) {
  if (is.list(columns)) {
    n <- vapply(columns, NROW, 0)
    if (any(n != n[1])) {
      abort_input(sprintf(
        "The predictor %s has %.0f rows, %s has %.0f.", quote_name(names(columns)[1]),
        n[1], quote_name(names(columns)[n != n[1]][1]), n[n != n[1]][1]
      ))
    }
    return(list(
      kind = "list", data = columns, names = names(columns), positional = FALSE,
      n = if (length(n) > 0) n[[1]] else 0
    ))
  }
  sparse <- inherits(columns, "dgCMatrix")
  if (!sparse && !is.matrix(columns)) {
    abort_input(sprintf(
      "Predictors must come as a data frame, a matrix or a dgCMatrix, not as %s.",
      class_name(columns)
    ))
  }
  if (sparse) {
    # Its methods for `[`: a matrix read from a file comes without its package.
    loadNamespace("Matrix")
    check_sparse(columns)
  }
  names <- if (sparse) columns@Dimnames[[2]] else colnames(columns)
  size <- if (sparse) columns@Dim else dim(columns)
  list(
    kind = if (sparse) "sparse" else "matrix", data = columns,
    names = names %||% sprintf("V%d", seq_len(size[2])), positional = is.null(names),
    n = size[1]
  )
}

# A matrix whose columns are read where they lie.
is_number_matrix <- function(source) {
  source$kind == "matrix" && typeof(source$data) %in% c("double", "integer")
}

# Column j as a vector: in place from a list, a copy from a matrix. By number, since a
# look-up by name for each of many columns takes quadratic time.
source_column <- function(source, j) {
  if (source$kind == "list") {
    .subset2(source$data, j)
  } else {
    as.vector(source$data[, j])
  }
}

# A dgCMatrix with wrong pointers or rows would be read out of bounds.
check_sparse <- function(matrix) {
  p <- matrix@p
  i <- matrix@i
  steps <- diff(p)
  stored <- length(matrix@x)
  sound <- length(p) == matrix@Dim[2] + 1 && !anyNA(p) && !anyNA(i) &&
    p[1] == 0 && all(steps >= 0) && p[length(p)] == stored && length(i) == stored &&
    all(i >= 0 & i < matrix@Dim[1])
  if (sound && stored > 1) {
    starts <- p[p > 0 & p < stored]
    down <- which(diff(i) <= 0)
    sound <- all(down %in% starts)
  }
  if (!sound) {
    abort_input(paste(
      "The dgCMatrix is corrupt: its column pointers, row indices and values do not fit",
      "together. Make it anew, for instance with Matrix::sparseMatrix()."
    ))
  }
  loadNamespace("Matrix")
  invisible(matrix)
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

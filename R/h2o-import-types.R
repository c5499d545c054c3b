#' @include h2o-import.R
NULL

# Types of columns: those that were asked for, those that are guessed.

typed_columns <- function(data, col.names, col.types) {
  names(data) <- names_wanted(col.names, data)
  types <- wanted_types(col.types, names(data))
  columns <- Map(function(column, type) {
    if (is.na(type)) guess_column(column) else make_type(column, type)
  }, data, types)
  new_frame(columns, rows = nrow(data))
}

names_wanted <- function(col.names, data) {
  if (!is.null(col.names) && length(col.names) != length(data)) {
    abort_argument(sprintf(
      "`col.names` has %s, and the file %s.", count_of(length(col.names), "name"),
      count_of(length(data), "column")
    ))
  }
  col.names %||% names(data)
}

# One type, or NA, for each column.
wanted_types <- function(col.types, names) {
  types <- rep(NA_character_, length(names))
  if (is.null(col.types)) {
    return(types)
  }
  at <- seq_along(names)
  if (is.list(col.types) && !is.null(col.types$types)) {
    at <- if (!is.null(col.types$by.col.name)) {
      match(col.types$by.col.name, names)
    } else {
      col.types$by.col.idx
    }
    col.types <- col.types$types
  }
  col.types <- tolower(unlist(col.types))
  if (length(col.types) != length(at) || anyNA(at)) {
    abort_argument(sprintf(
      "`col.types` must have a type for each of %s, or name columns that are there.",
      count_of(length(names), "column")
    ))
  }
  known <- c(names(type_makers), "unknown", "uuid")
  if (!all(col.types %in% known)) {
    abort_argument(sprintf(
      "`col.types` must be of %s, not %s.", list_names(known),
      list_names(setdiff(col.types, known))
    ))
  }
  col.types[col.types %in% c("unknown", "uuid")] <- NA
  types[at] <- col.types
  types
}

type_makers <- list(
  numeric = function(x) to_numbers(x), real = function(x) to_numbers(x),
  int = function(x) to_numbers(x), double = function(x) to_numbers(x),
  enum = function(x) factor_of(x), factor = function(x) factor_of(x),
  categorical = function(x) factor_of(x),
  string = function(x) as.character(x), character = function(x) as.character(x),
  time = function(x) read_times(as.character(x))
)

make_type <- function(column, type) type_makers[[type]](column)

# Levels of numbers in their order, of text in that of its bytes.
factor_of <- function(x) {
  if (is.factor(x)) {
    return(x)
  }
  if (is.logical(x)) {
    return(factor(x, c(FALSE, TRUE)))
  }
  values <- sort(unique(x), method = "radix")
  factor(match(x, values), seq_along(values), texts_of(values))
}

as_text <- function(column) {
  if (is.character(column)) column else as.character(factor_of(column))
}

# Of distinct values distinct texts: numbers as short as tells them apart, whole ones in
# full; times as they are written.
texts_of <- function(values) {
  if (inherits(values, "POSIXct")) {
    return(sub("[.]000$", "", format(values, "%Y-%m-%d %H:%M:%OS3", tz = "UTC")))
  }
  if (!is.numeric(values) || is.object(values)) {
    return(as.character(values))
  }
  # No level is called -0.
  values <- values + 0
  texts <- as.character(values)
  whole <- is.finite(values) & values == trunc(values) & abs(values) < 2^53
  texts[whole] <- sprintf("%.0f", values[whole])
  long <- texts %in% texts[duplicated(texts)]
  texts[long] <- sprintf("%.17g", values[long])
  texts
}

guess_column <- function(column) {
  if (is.logical(column)) {
    return(if (all(is.na(column))) as.numeric(column) else factor(column, c(FALSE, TRUE)))
  }
  if (inherits(column, c("IDate", "Date"))) {
    return(as.POSIXct(format(column), tz = "UTC"))
  }
  if (inherits(column, "POSIXct")) {
    return(as.POSIXct(column, tz = "UTC"))
  }
  if (!is.character(column)) {
    return(column)
  }
  guess_text(column)
}

# What most of it is, as H2O has it.
guess_text <- function(text) {
  values <- unique(text[!is.na(text)])
  at <- match(text, values)
  rows <- tabulate(at, length(values))
  number <- grepl(number_shape, values)
  times <- read_times(replace(values, number, NA))
  word <- !number & is.na(times)
  different <- sum(word)
  words <- sum(rows[word])
  numbers <- sum(rows[number])
  stamps <- sum(rows[!is.na(times)])
  as_numbers <- function() to_numbers(replace(values, !number, NA))[at]
  if (numbers + stamps > 0 && different <= 1 && numbers > stamps) {
    return(as_numbers())
  }
  if (stamps > numbers && (stamps > words || different <= 1)) {
    return(times[at])
  }
  if (words < numbers) {
    return(as_numbers())
  }
  if (mostly_different(different, words)) text else factor_of(text)
}

number_shape <- paste0(
  "^ *[-+]?([0-9]+[.]?[0-9]*([eE][-+]?[0-9]+)?|[.][0-9]+([eE][-+]?[0-9]+)?|",
  "NaN|Inf(inity)?) *$"
)

# Times of any of these shapes, missing where there is no such day or hour.
read_times <- function(text) {
  seconds <- rep(NA_real_, length(text))
  clock <- "([ T]([0-9]{1,2}):([0-9]{2})(:([0-9]{2}([.][0-9]*)?))?Z?)?"
  shapes <- list(
    list(sprintf("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})%s$", clock), c(1, 2, 3)),
    list(sprintf("^([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4}|[0-9]{2})%s$", clock), c(3, 2, 1))
  )
  for (shape in shapes) {
    at <- which(grepl(shape[[1]], text))
    if (length(at) == 0) next
    field <- function(k) sub(shape[[1]], paste0("\\", k), text[at])
    month <- field(shape[[2]][[2]])
    named <- match(tolower(month), tolower(month.abb))
    month <- ifelse(is.na(named), suppressWarnings(as.integer(month)), named)
    year <- as.integer(field(shape[[2]][[1]]))
    # Of two digits, those from 69 on are of the last century.
    year <- ifelse(year < 69, 2000, ifelse(year < 100, 1900, 0)) + year
    day <- as.Date(
      sprintf("%04d-%02d-%s", as.integer(year), month, field(shape[[2]][[3]])), "%Y-%m-%d"
    )
    number <- function(k) {
      digits <- field(k)
      as.numeric(ifelse(nzchar(digits), digits, "0"))
    }
    hour <- number(5)
    minute <- number(6)
    second <- number(8)
    fine <- hour < 24 & minute < 60 & second < 60
    seconds[at] <- ifelse(
      fine, as.numeric(day) * 86400 + hour * 3600 + minute * 60 + second, NA
    )
  }
  as.POSIXct(seconds, origin = "1970-01-01", tz = "UTC")
}

# H2O's words for the types of columns.
frame_types <- function(frame) {
  vapply(bare_frame(frame), function(column) {
    if (is.factor(column)) {
      "enum"
    } else if (is.character(column)) {
      "string"
    } else if (inherits(column, "POSIXct")) {
      "time"
    } else if (is.integer(column) || all(column == trunc(column), na.rm = TRUE)) {
      "int"
    } else {
      "real"
    }
  }, "")
}


text_or_factor <- function(column) {
  values <- unique(column[!is.na(column)])
  free <- mostly_different(length(values), sum(!is.na(column)))
  if (free) column else factor(column, sort(values, method = "radix"))
}

mostly_different <- function(different, all) different > 1 && different >= 0.95 * all

# Errors and warnings of the package. Every error has the class `feedforward_error` and
# one that says what went wrong; every warning has `feedforward_warning` and one of its
# own. Texts reach the user as they are: nothing in them is interpolated, so names and
# values of the user may hold braces, percent signs or escape codes.

# Raises one error for all problems of one pass.
#   messages: character vector, one problem each; several become bullets
#   class: the class beside "feedforward_error"
#   ...: further fields of the condition; call: shown as the culprit, NULL for none
abort_feedforward <- function(messages, class, ..., call = NULL) {
  rlang::abort(
    bulleted(messages, "The call has %s problems:"),
    class = c(class, "feedforward_error"),
    problems = unname(messages),
    ...,
    call = call
  )
}

# An argument has a value it cannot have.
abort_argument <- function(messages, ..., call = NULL) {
  abort_feedforward(messages, "feedforward_argument_error", ..., call = call)
}

# The data cannot be used.
abort_input <- function(messages, ..., call = NULL) {
  abort_feedforward(messages, "feedforward_input_error", ..., call = call)
}

# Memory does not suffice; `needed` and `available` are bytes.
abort_resource <- function(messages, needed = NULL, available = NULL, ..., call = NULL) {
  abort_feedforward(
    messages, "feedforward_resource_error",
    needed = needed, available = available, ..., call = call
  )
}

# Training diverged and no good weights were ever seen; `model` is for inspection only.
abort_unstable <- function(messages, model = NULL, ..., call = NULL) {
  abort_feedforward(
    messages, "feedforward_unstable_error", model = model, ..., call = call
  )
}

# Our own fault, never the user's.
abort_internal <- function(messages, ..., call = NULL) {
  advice <- "This is a fault of feedforward: please report it, with the call."
  abort_feedforward(
    paste(messages, advice), "feedforward_internal_error", ..., call = call
  )
}

# One warning; `class` ends in "_warning". Several messages become bullets.
warn_feedforward <- function(message, class, ..., call = NULL) {
  rlang::warn(
    bulleted(message, "%s remarks on this call:"),
    class = c(class, "feedforward_warning"),
    ...,
    call = call
  )
}

bulleted <- function(messages, header) {
  messages <- unname(messages)
  if (length(messages) == 1) {
    return(messages)
  }
  c(
    sprintf(header, length(messages)),
    stats::setNames(messages, rep("x", length(messages)))
  )
}

# How a value looks in a message: on one line, at most `width` characters, with control
# characters as escapes.
shorten <- function(value, width = 60) {
  if (is.null(value)) {
    return("NULL")
  }
  if (is.function(value)) {
    return("a function")
  }
  if (is.data.frame(value)) {
    return(sprintf(
      "a data frame with %s and %s",
      count_of(nrow(value), "row"), count_of(length(value), "column")
    ))
  }
  if (!is.atomic(value) || is.object(value) || length(dim(value)) > 0) {
    return(cut_text(sprintf("an object of class %s", class_name(value)), width))
  }
  if (length(value) == 0) {
    return(sprintf("%s()", typeof(value)))
  }
  shown <- utils::head(unname(value), 5)
  text <- if (is.character(shown)) {
    cut_text(ifelse(is.na(shown), "NA", encodeString(shown, quote = "\"")), width)
  } else if (is.numeric(shown)) {
    format_number(shown)
  } else {
    as.character(shown)
  }
  text[is.na(text)] <- "NA"
  if (length(value) > 1) {
    rest <- if (length(value) > 5) {
      sprintf(", ... (%s values)", format_count(length(value)))
    }
    text <- paste0("c(", paste(text, collapse = ", "), rest, ")")
  }
  cut_text(text, width)
}

cut_text <- function(text, width) {
  long <- nchar(text, allowNA = TRUE) > width
  long[is.na(long)] <- FALSE
  text[long] <- paste0(substr(text[long], 1, width - 3), "...")
  text
}

# Numbers with the digits that tell them apart, whatever options(OutDec) says.
format_number <- function(x) {
  vapply(x, format, "", digits = 15, decimal.mark = ".", trim = TRUE)
}

format_count <- function(n) {
  formatC(n, format = "f", digits = 0, big.mark = ",", decimal.mark = ".")
}

# "1 row", "2 rows"
count_of <- function(n, noun, plural = paste0(noun, "s")) {
  paste(format_count(n), if (n == 1) noun else plural)
}

# A name in backticks, control characters as escapes.
quote_name <- function(name) {
  paste0("`", cut_text(encodeString(enc2utf8_safely(name)), 60), "`")
}

# "`a`, `b`, `c` and 3 more"
list_names <- function(names, max = 10) {
  text <- paste(quote_name(utils::head(names, max)), collapse = ", ")
  if (length(names) > max) {
    text <- paste(text, "and", format_count(length(names) - max), "more")
  }
  text
}

# enc2utf8() stops at strings marked as bytes.
enc2utf8_safely <- function(x) {
  plain <- Encoding(x) != "bytes"
  x[plain] <- enc2utf8(x[plain])
  x
}

class_name <- function(value) {
  paste0("\"", paste(class(value), collapse = "/"), "\"")
}

# The candidate that `name` was probably meant to be, or NULL: equal but for case, few
# letters away, or one that contains it.
nearest_name <- function(name, candidates) {
  # Bytes that are no text become escapes.
  name <- encodeString(enc2utf8_safely(name))
  distance <- tryCatch(
    drop(utils::adist(name, candidates, ignore.case = TRUE)),
    error = function(e) NULL
  )
  if (length(distance) == 0 || all(is.na(distance))) {
    return(NULL)
  }
  best <- which.min(distance)
  if (distance[[best]] <= nchar(name) / 3) {
    return(candidates[[best]])
  }
  longer <- candidates[grepl(name, candidates, fixed = TRUE)]
  if (nchar(name) > 3 && length(longer) > 0) longer[[which.min(nchar(longer))]]
}

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
  vapply(x, function(number) {
    whole <- isTRUE(number == trunc(number) && abs(number) < 1e15)
    format(
      number,
      digits = 15, decimal.mark = ".", trim = TRUE,
      scientific = if (whole) FALSE else 0
    )
  }, "")
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

# As UTF-8, so that one text has one form; NA for what is no text in its encoding.
utf8 <- function(x) {
  x <- as.character(unclass(x))
  native <- Encoding(x) == "unknown"
  if (!l10n_info()[["UTF-8"]] && any(native)) {
    text <- iconv(x[native], "", "UTF-8")
    # What a session without an encoding (locale C) reads may be UTF-8 all the same.
    text[is.na(text)] <- x[native][is.na(text)]
    Encoding(text) <- "UTF-8"
    x[native] <- text
  }
  x[Encoding(x) == "bytes" | (Encoding(x) != "latin1" & !validUTF8(x))] <- NA
  enc2utf8(x)
}

# All of it UTF-8 or ASCII, none of it missing.
is_text <- function(x) {
  is.character(x) && !anyNA(x) && all(validUTF8(x))
}

is_one_of <- function(x, choices) {
  is.character(x) && length(x) == 1 && x %in% choices
}

class_name <- function(value) {
  paste0("\"", paste(class(value), collapse = "/"), "\"")
}

# The candidate that `name` was probably meant to be, or NULL: equal but for case, few
# letters away, or a longer one that begins with it or contains it.
nearest_name <- function(name, candidates) {
  # Bytes that are no text become escapes.
  name <- lower_case(encodeString(enc2utf8_safely(name)))
  candidates <- as.character(candidates)
  candidates <- candidates[validEnc(candidates) & Encoding(candidates) != "bytes"]
  lower <- lower_case(enc2utf8(candidates))
  distance <- drop(utils::adist(name, lower))
  if (length(distance) == 0) {
    return(NULL)
  }
  best <- which.min(distance)
  if (distance[[best]] <= nchar(name) / 3) {
    return(candidates[[best]])
  }
  begins <- startsWith(lower, name) & nchar(name) > 1
  longer <- candidates[begins | (grepl(name, lower, fixed = TRUE) & nchar(name) > 3)]
  if (length(longer) > 0) longer[[which.min(nchar(longer))]]
}

# " Did you mean `hidden`?", or nothing.
did_you_mean <- function(name, candidates) {
  near <- nearest_name(name, candidates)
  if (is.null(near)) "" else sprintf(" Did you mean %s?", quote_name(near))
}

# Position of `value` in `choices`, but for the case of letters; 0 for none. Bytes that
# are no text are equal to nothing.
same_text <- function(value, choices) {
  valid <- Encoding(value) != "bytes" && isTRUE(validUTF8(enc2utf8(value)))
  if (!valid) {
    return(0L)
  }
  match(lower_case(enc2utf8(value)), lower_case(choices), nomatch = 0L)
}

# tolower() would treat an I as the locale does, in Turkish differently; strings marked
# as bytes stay as they are.
lower_case <- function(x) {
  plain <- Encoding(x) != "bytes"
  x[plain] <- chartr(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", x[plain]
  )
  x
}

# 476 bytes, 6.5 KB, 1.2 MB
format_bytes <- function(bytes) {
  if (bytes < 1024) {
    return(paste(bytes, "bytes"))
  }
  unit <- min(floor(log(bytes, 1024)), 4)
  sprintf("%.1f %s", bytes / 1024^unit, c("KB", "MB", "GB", "TB")[[unit]])
}

format_gib <- function(bytes) {
  formatC(bytes / 2^30, format = "f", digits = 2, big.mark = ",", decimal.mark = ".")
}

# " 5.047 sec", " 1 min  0.742 sec" or " 1:02:03.456", as H2O prints it.
format_duration <- function(seconds) {
  ms <- round(1000 * seconds)
  hours <- ms %/% 3600000
  minutes <- ms %/% 60000 %% 60
  rest <- ms %% 60000 / 1000
  if (hours > 0) {
    sprintf("%2.0f:%02.0f:%06.3f", hours, minutes, rest)
  } else if (minutes > 0) {
    sprintf("%2.0f min %6.3f sec", minutes, rest)
  } else {
    sprintf("%6.3f sec", rest)
  }
}

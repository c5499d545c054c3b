# A title, the data frame with formatted numbers, an empty line. Above `most` rows
# the first five and the last six.
print_table <- function(table, title, decimals, most = 20) {
  if (is.null(table)) {
    return()
  }
  if (!is.null(title)) {
    cat_wrapped(title)
  }
  shown <- lapply(table, format_column, decimals = decimals)
  shown <- do.call(cbind, shown)
  rownames(shown) <- rownames(table)
  show <- function(rows) {
    # Not print.data.frame(), which stops at options(max.print) with advice.
    print(shown[rows, , drop = FALSE], quote = FALSE, right = TRUE, max = 1e6)
  }
  n <- nrow(shown)
  if (n > most) {
    show(1:5)
    cat("\n---\n")
    show((n - 5):n)
  } else {
    show(seq_len(n))
  }
  cat("\n")
}

table_decimals <- function(digits) {
  if (!(rlang::is_scalar_integerish(digits, finite = TRUE) &&
    digits >= 1 && digits <= 22)) {
    abort_argument(sprintf(
      "`digits` must be one whole number between 1 and 22, not %s.", shorten(digits)
    ))
  }
  as.integer(digits) - 1L
}

# Fixed decimals, two at least, for a share of .26 must not print as 0; whole columns have
# none. Numbers too large for that, or so small that the whole column would look like 0,
# switch it to significant digits.
format_column <- function(x, decimals) {
  decimals <- max(decimals, 2)
  if (!is.numeric(x)) {
    x <- as.character(x)
    x[is.na(x)] <- "NA"
    return(x)
  }
  known <- abs(x[is.finite(x)])
  whole <- all(known == trunc(known) & known < 1e15) && any(known > 1)
  text <- if (is.integer(x) || whole) {
    format(x, nsmall = 0, scientific = FALSE)
  } else if (any(known >= 1e9)) {
    format(x, digits = decimals + 1L)
  } else if (any(known > 0) && all(known < 0.5 / 10^decimals)) {
    formatC(x, digits = decimals, format = "g")
  } else {
    formatC(x, digits = decimals, format = "f")
  }
  trimws(text)
}

# One line, broken where the terminal ends. Names from data are escaped, so that
# nothing in them reaches the terminal as a control code.
cat_wrapped <- function(line) {
  line <- encodeString(line)
  cat(strwrap(line, width = getOption("width"), exdent = 2), sep = "\n")
}

# Expressions of the language.

# Left empty: deeplearning(x, , frame).
is_absent <- function(expr) {
  identical(expr, quote(expr = ))
}

is_call_to <- function(expr, functions) {
  is.call(expr) && is.symbol(expr[[1]]) && as.character(expr[[1]]) %in% functions
}

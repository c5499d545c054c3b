# Expressions of the language.

# Left empty: deeplearning(x, , frame).
is_absent <- function(expr) {
  identical(expr, quote(expr = ))
}

is_call_to <- function(expr, functions) {
  is.call(expr) && is.symbol(expr[[1]]) && as.character(expr[[1]]) %in% functions
}

# A sum a - b + c taken apart: list(first = a, operators = "-", "+", others = b, c). A
# loop, for pasted formulas have thousands of terms; R copies a call that goes into a list
# whole, so only operands do.
split_sum <- function(expr) {
  operators <- others <- list()
  while (is_call_to(expr, c("+", "-")) && length(expr) == 3) {
    operators[[length(operators) + 1]] <- expr[[1]]
    others[length(others) + 1] <- list(expr[[3]])
    expr <- expr[[2]]
  }
  list(first = expr, operators = rev(operators), others = rev(others))
}

# Code of the same form with f(part) in place of its parts, those in `fixed` excepted.
map_code <- function(code, f, fixed = integer()) {
  parts <- as.list(code)
  attributes(parts) <- NULL
  mapped <- setdiff(seq_along(parts), fixed)
  parts[mapped] <- lapply(parts[mapped], f)
  names(parts) <- names(code)
  if (is.call(code)) as.call(parts) else as.pairlist(parts)
}

# The same code without what holds on to an environment: attributes of formulas, sources
# of functions. leaf(value) takes the place of a value that stands in it.
plain_code <- function(code, leaf = identity) {
  if (is.symbol(code)) {
    return(code)
  }
  if (!is.call(code) && !is.pairlist(code)) {
    return(leaf(code))
  }
  plain <- function(part) plain_code(part, leaf)
  sum <- split_sum(code)
  if (length(sum$others) > 0) {
    grown <- plain(sum$first)
    for (i in seq_along(sum$others)) {
      grown <- as.call(list(sum$operators[[i]], grown, plain(sum$others[[i]])))
    }
    return(grown)
  }
  # Behind its arguments and its body a function written out has its source.
  map_code(if (is_call_to(code, "function")) code[1:3] else code, plain)
}

# A call with f(name) in place of each variable that it takes from around it: not the name
# of a function it calls, nor what follows `$`, nor what it makes for itself or a function
# written in it gets as an argument (`own`).
replace_variables <- function(expr, f, own = assigned_names(expr)) {
  if (is.symbol(expr)) {
    name <- as.character(expr)
    return(if (name %in% c("", own)) expr else f(name))
  }
  if (!is.call(expr) && !is.pairlist(expr)) {
    return(expr)
  }
  if (is_call_to(expr, c("::", ":::", "quote"))) {
    return(expr)
  }
  if (is_call_to(expr, "function")) own <- c(own, names(expr[[2]]))
  fixed <- c(
    if (is.call(expr) && is.symbol(expr[[1]])) 1, if (is_call_to(expr, c("$", "@"))) 3
  )
  map_code(expr, function(part) replace_variables(part, f, own), fixed)
}

variables_of <- function(expr) {
  found <- character()
  replace_variables(expr, function(name) {
    found <<- c(found, name)
    as.name(name)
  })
  unique(found)
}

assigned_names <- function(expr) {
  found <- character()
  visit <- function(expr) {
    makes <- is_call_to(expr, c("<-", "=", "for")) && is.symbol(expr[[2]])
    if (makes) found <<- c(found, as.character(expr[[2]]))
    if (is.call(expr)) map_code(expr, visit) else expr
  }
  visit(expr)
  found
}

# A formula says which columns are predictors. Plain names stay columns of the data; a
# call such as log(x), a response such as factor(y) and offset(z) become further columns
# with the call as their name. The model keeps the calls and makes the same columns of
# new data, so no environment and no data have to travel with it.

# formula: two-sided; columns: names of the data's columns; reserved: names among them
# that are no predictors (weights, offset). Returns list(x, y, offset: names or NULL;
# derived: named list of calls with the attribute-free entries `role` and `call`).
read_formula <- function(formula, columns, reserved = character()) {
  if (length(formula) != 3) {
    abort_argument("`formula` needs a response on its left: `response ~ predictors`.")
  }
  response <- formula_column(formula[[2]])
  side <- signed_terms(formula[[3]])
  check_terms(side, columns, all.vars(formula[[2]]))
  is_offset <- vapply(side, function(term) is_offset_call(term$call), NA)
  offset <- lapply(side[is_offset], function(term) term$call[[2]])
  if (length(offset) > 1 || any(vapply(side[is_offset], `[[`, NA, "minus"))) {
    abort_argument(
      "`formula` may add one offset() only. Add up several in a column of the data."
    )
  }
  offset <- if (length(offset) == 1) formula_column(offset[[1]])
  taken <- c(all.vars(formula[[2]]), all.vars(offset$call), offset$name, reserved)
  x <- collect_terms(side[!is_offset], setdiff(columns, taken))
  derived <- c(
    lapply(x$calls, function(call) list(role = "predictor", call = call)),
    named_call(response, "response"), named_call(offset, "offset")
  )
  clash <- intersect(names(derived), columns)
  if (length(clash) > 0) {
    abort_argument(sprintf(
      "`formula` makes %s, but the data have a column of that name. Rename that column.",
      list_names(clash)
    ))
  }
  list(x = x$names, y = response$name, offset = offset$name, derived = derived)
}

# The terms of a right-hand side, left to right: list(call, minus). A loop along the
# left, not a recursion: pasted formulas may have thousands of terms.
signed_terms <- function(expr, minus = FALSE) {
  terms <- list()
  repeat {
    if (is_call_to(expr, "(")) {
      expr <- expr[[2]]
    } else if (is_call_to(expr, c("+", "-")) && length(expr) == 3) {
      flip <- is_call_to(expr, "-")
      terms <- c(list(signed_terms(expr[[3]], xor(minus, flip))), terms)
      expr <- expr[[2]]
    } else if (is_call_to(expr, c("+", "-"))) {
      minus <- xor(minus, is_call_to(expr, "-"))
      expr <- expr[[2]]
    } else {
      terms <- c(list(list(list(call = expr, minus = minus))), terms)
      return(unlist(terms, recursive = FALSE))
    }
  }
}

is_offset_call <- function(expr) {
  is_call_to(expr, "offset") && length(expr) == 2
}

check_terms <- function(side, columns, of_response) {
  problems <- unlist(lapply(side, function(term) {
    call <- term$call
    label <- formula_label(call)
    if (is_call_to(call, c(":", "*", "^", "%in%", "/", "|"))) {
      return(sprintf(
        paste(
          "`formula` has the interaction `%s`. A network finds interactions itself;",
          "if you want one as an input, add it to the data as a column."
        ),
        label
      ))
    }
    if (is.numeric(call)) {
      # `+ 1` says what is so anyway.
      intercept <- (call == 1 && !term$minus) || (call == 0 && term$minus)
      return(if (!intercept) {
        "`formula` takes the intercept away, but a network's units keep their biases."
      })
    }
    if (!is.symbol(call) && !is.call(call)) {
      return(sprintf("`formula` has the term `%s`, which is no column.", label))
    }
    if (is.call(call) && "." %in% all.vars(call)) {
      return(sprintf("`formula` has `%s`: `.` can only stand alone.", label))
    }
    if (is.call(call) && length(all.vars(call)) == 0) {
      return(sprintf("`formula` has the term `%s`, which uses no column.", label))
    }
  }))
  used <- unique(c(
    of_response, unlist(lapply(side, function(term) all.vars(term$call)))
  ))
  unknown <- setdiff(used, c(columns, ".", "pi"))
  if (length(unknown) > 0) {
    problems <- c(problems, sprintf(
      "`formula` uses %s, which the data do not have.", list_names(unknown)
    ))
  }
  if ("." %in% of_response) {
    problems <- c(problems, "`.` cannot stand for the response.")
  }
  if (length(problems) > 0) {
    abort_argument(problems)
  }
}

# names: predictors in the order of the terms; calls: those to be made, by name.
collect_terms <- function(side, everything) {
  names <- character()
  calls <- list()
  for (term in side) {
    if (is.numeric(term$call)) next
    dot <- identical(term$call, quote(.))
    column <- formula_column(term$call)
    new <- if (dot) everything else column$name
    names <- if (term$minus) setdiff(names, new) else union(names, new)
    if (!is.symbol(term$call)) calls[[column$name]] <- column$call
  }
  list(names = names, calls = calls[intersect(names(calls), names)])
}

# A symbol names a column; any other call makes one.
formula_column <- function(expr) {
  while (is_call_to(expr, "(")) expr <- expr[[2]]
  list(
    name = if (is.symbol(expr)) as.character(expr) else formula_label(expr),
    call = if (!is.symbol(expr)) expr
  )
}

named_call <- function(column, role) {
  if (is.null(column$call)) {
    return(list())
  }
  stats::setNames(list(list(role = role, call = column$call)), column$name)
}

formula_label <- function(expr) {
  paste(deparse(expr, width.cutoff = 500L), collapse = " ")
}

# Adds the columns that the formula made. Where the response's columns are absent, as
# they are in data to predict, the response is left out. Functions are looked for where
# the search path leads and nowhere else, so that new data are treated as the training
# data were.
add_derived <- function(data, derived, what = "newdata") {
  if (length(derived) == 0) {
    return(data)
  }
  n <- nrow(data)
  columns <- table_columns(data)
  given <- names(columns)
  for (name in names(derived)) {
    call <- derived[[name]]$call
    lacking <- setdiff(all.vars(call), c(given, "pi"))
    if (length(lacking) > 0) {
      if (derived[[name]]$role == "response") next
      abort_input(sprintf(
        "`%s` lacks %s, of which the formula makes %s.",
        what, list_names(lacking), quote_name(name)
      ))
    }
    columns[[name]] <- derive_column(call, columns, n, name)
  }
  structure(columns, class = "data.frame", row.names = .set_row_names(n))
}

derive_column <- function(call, columns, n, name) {
  value <- tryCatch(
    eval(call, columns, globalenv()),
    error = function(e) {
      abort_input(sprintf(
        "%s of the formula cannot be computed: %s", quote_name(name), conditionMessage(e)
      ))
    }
  )
  value <- plain_column(value)
  if (length(dim(value)) > 0 || !is.atomic(value) || length(value) != n) {
    abort_input(sprintf(
      paste(
        "%s of the formula is not one value per row.",
        "Add to the data, as columns, what it computes."
      ),
      quote_name(name)
    ))
  }
  value
}

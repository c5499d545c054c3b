# A formula says which columns are predictors. Plain names stay columns of the data; a
# call such as log(x), a response such as factor(y) and offset(z) become further columns
# with the call as their name (data-derived.R). The model keeps the calls and makes the
# same columns of new data, so no environment and no data have to travel with it.

# formula: two-sided; data: the data frame; reserved: names of columns that are no
# predictors (weights, offset). Returns list(x, y, offset: names or NULL; derived: by name
# list(role: "predictor", "response" or "offset"; term: the call as it was written; call:
# with values of the caller in their places; needs: columns that it uses)).
read_formula <- function(formula, data, reserved = character()) {
  if (length(formula) != 3) {
    abort_argument("`formula` needs a response on its left: `response ~ predictors`.")
  }
  scope <- new_scope(data, environment(formula))
  sides <- plain_code(formula, check_inlined)
  terms <- signed_terms(sides[[3]])
  is_offset <- vapply(terms, function(term) is_offset_call(term$call), NA)
  problems <- c(
    formula_response_problem(sides[[2]], scope), term_problems(terms, scope),
    offset_problem(terms[is_offset])
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  response <- read_column(sides[[2]], "response", scope)
  offset <- if (any(is_offset)) {
    call <- terms[is_offset][[1]]$call
    read_column(call[[2]], "offset", scope, name = formula_label(call))
  }
  # As in glm(), `.` is all but the response.
  everything <- setdiff(scope$columns, c(response$needs, reserved))
  x <- collect_terms(terms[!is_offset], everything, scope)
  calls <- Filter(function(column) column$name != response$name, x$calls)
  columns <- c(calls, list(response), if (!is.null(offset)) list(offset))
  problems <- unlist(lapply(columns, `[[`, "problems"))
  if (length(problems) > 0) {
    abort_argument(unique(problems))
  }
  derived <- Filter(function(column) !is.null(column$call), columns)
  names(derived) <- vapply(derived, `[[`, "", "name")
  list(x = x$names, y = response$name, offset = offset$name, derived = derived)
}

# The response of a formula that has none.
no_column <- ".nothing"

# ---- Terms ----------------------------------------------------------------------

# The terms of a right-hand side, left to right: list(call, minus).
signed_terms <- function(expr, minus = FALSE) {
  sum <- split_sum(expr)
  if (length(sum$others) > 0) {
    minuses <- vapply(sum$operators, identical, NA, quote(`-`))
    others <- Map(signed_terms, sum$others, xor(minus, minuses))
    return(unlist(c(list(signed_terms(sum$first, minus)), others), recursive = FALSE))
  }
  if (is_call_to(expr, c("(", "+", "-"))) {
    return(signed_terms(expr[[2]], xor(minus, is_call_to(expr, "-"))))
  }
  list(list(call = expr, minus = minus))
}

is_offset_call <- function(expr) {
  is_call_to(expr, "offset") && length(expr) == 2
}

term_problems <- function(terms, scope) {
  symbols <- vapply(terms, function(term) is.symbol(term$call), NA)
  names <- vapply(terms[symbols], function(term) as.character(term$call), "")
  c(
    unlist(lapply(terms[!symbols], term_problem, scope)),
    unknown_problem(setdiff(names, c(scope$columns, ".")), scope$columns)
  )
}

term_problem <- function(term, scope) {
  call <- term$call
  if (is.numeric(call)) {
    # `+ 1` says what is so anyway.
    intercept <- (call == 1 && !term$minus) || (call == 0 && term$minus)
    return(if (!intercept) {
      "`formula` takes the intercept away, but a network's units keep their biases."
    })
  }
  label <- quote_name(formula_label(call))
  if (is_call_to(call, c(":", "*", "^", "%in%", "/", "|"))) {
    return(sprintf(
      paste(
        "`formula` has the interaction %s. A network finds interactions itself;",
        "if you want one as an input, add it to the data as a column."
      ),
      label
    ))
  }
  if (!is.call(call)) {
    return(sprintf("`formula` has the term %s, which is no column.", label))
  }
  used <- variables_of(call)
  if ("." %in% used) {
    sprintf("`formula` has %s: `.` can only stand alone.", label)
  } else if (!any(is_column(used, scope))) {
    no_column_problem(call, used, label, scope)
  }
}

# Most often a column is misspelt, or written as data$column.
no_column_problem <- function(call, used, label, scope) {
  lost <- used[!vapply(used, exists, NA, envir = scope$caller)]
  if (length(lost) > 0) {
    return(unknown_problem(lost, scope$columns))
  }
  behind <- intersect(all.vars(call), scope$columns)
  sprintf(
    "`formula` has %s, which uses no column of the data.%s", label,
    if (length(behind) > 0) sprintf(" Write %s alone.", list_names(behind)) else ""
  )
}

formula_response_problem <- function(expr, scope) {
  if ("." %in% variables_of(expr)) {
    return("`.` cannot stand for the response.")
  }
  if (is.symbol(expr)) {
    return(unknown_problem(setdiff(as.character(expr), scope$columns), scope$columns))
  }
  sum <- split_sum(expr)
  parts <- c(list(sum$first), sum$others)
  several <- Filter(
    function(part) any(is_column(variables_of(part), scope)),
    parts[c(TRUE, vapply(sum$operators, identical, NA, quote(`+`)))]
  )
  if (length(several) > 1) {
    sprintf(
      paste(
        "`formula` has several responses on its left: %s. A model has one.",
        "If you mean their sum, write I(%s)."
      ),
      list_names(vapply(several, formula_label, "")), formula_label(expr)
    )
  } else if (length(several) == 0) {
    no_column_problem(expr, variables_of(expr), quote_name(formula_label(expr)), scope)
  }
}

offset_problem <- function(offsets) {
  minus <- vapply(offsets, `[[`, NA, "minus")
  if (length(offsets) > 1 || any(minus)) {
    "`formula` may add one offset() only. Add up several in a column of the data."
  }
}

unknown_problem <- function(names, columns) {
  if (length(names) > 0) {
    sprintf(
      "`formula` uses %s, which the data do not have.%s", list_names(names),
      if (length(names) == 1) did_you_mean(names, columns) else ""
    )
  }
}

# names: predictors, plain columns and calls, each once; the last sign counts. calls:
# those to be made.
collect_terms <- function(terms, everything, scope) {
  terms <- Filter(function(term) !is.numeric(term$call), terms)
  stands_for <- lapply(terms, function(term) {
    if (identical(term$call, quote(.))) everything else formula_label(term$call)
  })
  name <- as.character(unlist(stands_for))
  minus <- rep(vapply(terms, `[[`, NA, "minus"), lengths(stands_for))
  names <- name[!duplicated(name, fromLast = TRUE) & !minus]
  calls <- Filter(function(term) is.call(term$call), terms)
  labels <- vapply(calls, function(term) formula_label(term$call), "")
  calls <- calls[labels %in% names & !duplicated(labels)]
  list(
    names = names,
    calls = lapply(calls, function(term) read_column(term$call, "predictor", scope))
  )
}

formula_label <- function(expr) {
  if (is.symbol(expr)) {
    return(as.character(expr))
  }
  paste(deparse(expr, width.cutoff = 500L), collapse = " ")
}

# ---- Calls ----------------------------------------------------------------------

# Where names of a formula are looked for. In `set` thousands of columns are found fast.
new_scope <- function(data, environment) {
  columns <- names(data)
  list(
    columns = columns, set = list2env(stats::setNames(as.list(columns), columns)),
    rows = nrow(data), caller = environment %||% globalenv()
  )
}

is_column <- function(names, scope) {
  vapply(names, exists, NA, envir = scope$set, inherits = FALSE)
}

# A symbol names a column, which has no `call`; any other call makes one.
read_column <- function(expr, role, scope, name = formula_label(expr)) {
  while (is_call_to(expr, "(")) expr <- expr[[2]]
  if (is.symbol(expr) && role != "offset") {
    return(list(name = as.character(expr), needs = as.character(expr)))
  }
  needs <- problems <- character()
  call <- replace_variables(expr, function(variable) {
    if (is_column(variable, scope)) {
      needs <<- union(needs, variable)
      return(as.name(variable))
    }
    found <- caller_value(variable, scope)
    problems <<- c(problems, found$problem)
    found$code
  })
  list(
    name = name, role = role, term = expr, call = call, needs = needs,
    problems = problems
  )
}

# What stands in a call for a variable of the caller: its value, as far as it can travel
# with the model; the name of a function that new data will find, too.
caller_value <- function(name, scope) {
  if (!exists(name, envir = scope$caller)) {
    return(list(problem = unknown_problem(name, scope$columns)))
  }
  value <- get(name, envir = scope$caller)
  if (is.function(value) && exists(name, envir = globalenv(), mode = "function")) {
    return(list(code = as.name(name)))
  }
  problem <- if (!is_plain_data(value)) {
    sprintf(
      paste(
        "`formula` uses %s, %s of the caller, which cannot travel with the model.",
        "Add to the data, as a column, what is computed with it."
      ),
      quote_name(name), shorten(value)
    )
  } else if (scope$rows > 1 && NROW(value) == scope$rows) {
    sprintf(
      "`formula` uses %s, which has a value per row: make it a column of the data.",
      quote_name(name)
    )
  }
  list(code = value, problem = problem)
}

# Vectors, and lists of vectors.
is_plain_data <- function(value) {
  is.null(value) || is.atomic(value) ||
    (is.list(value) && all(vapply(value, is_plain_data, NA)))
}

check_inlined <- function(value) {
  if (!is_plain_data(value)) {
    abort_argument(sprintf(
      "`formula` holds %s itself; give it a name and use that.", shorten(value)
    ))
  }
  value
}

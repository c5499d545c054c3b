# Columns that the calls of a formula make: log(x), poly(x, 2), offset(log(n)). What a
# call takes from the rows together (the mean of scale(), the knots of ns(), sd(z) in
# z / sd(z)) is learned on the training data and written into the call, so that a new row
# gets what it would have got in training, whatever rows come with it.
#
# Functions are looked for where the search path leads and nowhere else.

# derived: of read_formula(). Returns list(data: with the columns made; derived: the calls
# as they are to be used from now on, and `columns`, the names of what each makes). Warns
# (class feedforward_formula_warning) of calls that depend on the other rows all the same.
learn_derived <- function(data, derived) {
  if (length(derived) == 0 || nrow(data) == 0) {
    return(list(data = data, derived = derived))
  }
  frame <- frame_of(table_columns(data), derived)
  learned <- lapply(derived, learn_call, frame, nrow(data))
  made <- Map(made_columns, lapply(learned, `[[`, "value"), derived, nrow(data))
  derived <- Map(function(entry, learned, made) {
    entry$call <- learned$call
    entry$columns <- names(made)
    entry
  }, derived, learned, made)
  made <- unlist(unname(made), recursive = FALSE)
  clash <- intersect(names(made), names(data))
  if (length(clash) > 0) {
    abort_argument(sprintf(
      "`formula` makes %s, but the data have a column of that name. Rename that column.",
      list_names(clash)
    ))
  }
  warn_dependent(names(derived)[!vapply(learned, `[[`, NA, "alone")])
  list(data = append_columns(as.list(data), made, nrow(data)), derived = derived)
}

# The data with the columns that calls of these roles make. Data that are no table are
# judged elsewhere.
add_derived <- function(data, derived, roles = c("predictor", "offset"),
                        what = "newdata") {
  derived <- Filter(function(entry) entry$role %in% roles, derived)
  if (length(derived) == 0 || length(dim(data)) != 2) {
    return(data)
  }
  columns <- table_columns(data)
  lacks <- setdiff(needed_by(derived), names(columns))
  if (length(lacks) > 0) {
    first <- Find(function(entry) any(entry$needs %in% lacks), derived)
    abort_input(sprintf(
      "`%s` lacks %s, of which the formula makes %s.",
      what, list_names(intersect(first$needs, lacks)), quote_name(first$name)
    ))
  }
  append_columns(columns, make_columns(columns, derived, nrow(data)), nrow(data))
}

# The response of new rows where a call makes it; NULL where none does or its columns are
# absent.
derived_response <- function(data, derived) {
  derived <- Filter(function(entry) entry$role == "response", derived)
  if (length(derived) > 0 && all(needed_by(derived) %in% colnames(data))) {
    make_columns(table_columns(data), derived, nrow(data))[[1]]
  }
}

make_columns <- function(columns, derived, n) {
  frame <- frame_of(columns, derived)
  made <- lapply(derived, function(entry) {
    # Without a row nothing can be computed, and nothing need be.
    none <- matrix(NA, 0, length(entry$columns))
    made_columns(if (n > 0) evaluate_call(entry, frame) else none, entry, n)
  })
  unlist(unname(made), recursive = FALSE)
}

append_columns <- function(columns, made, n) {
  structure(
    c(columns[!names(columns) %in% names(made)], made),
    class = "data.frame", row.names = .set_row_names(n)
  )
}

needed_by <- function(derived) {
  unique(unlist(lapply(derived, `[[`, "needs")))
}

# ---- One call -------------------------------------------------------------------

# The columns that calls need, in an environment below the search path's.
frame_of <- function(columns, derived) {
  list2env(columns[needed_by(derived)], parent = globalenv())
}

evaluate_call <- function(entry, frame) {
  term <- paste(quote_name(entry$name), "of the formula")
  remarks <- character()
  value <- tryCatch(
    withCallingHandlers(eval_beside(entry$call, frame), warning = function(w) {
      remarks <<- c(remarks, conditionMessage(w))
      invokeRestart("muffleWarning")
    }),
    error = function(e) {
      abort_input(paste0(
        term, " cannot be computed: ", conditionMessage(e), wrong_functions(entry)
      ))
    }
  )
  if (length(remarks) > 0) {
    warn_feedforward(
      paste0(term, ": ", paste(unique(remarks), collapse = "; "), "."),
      class = "feedforward_formula_warning"
    )
  }
  value
}

# What a call assigns stays out of the frame.
eval_beside <- function(call, frame) {
  eval(call, new.env(parent = frame))
}

# What is no column, or is not where functions are looked for.
wrong_functions <- function(entry) {
  called <- setdiff(all.names(entry$term), all.vars(entry$term))
  lost <- called[!vapply(called, exists, NA, envir = globalenv(), mode = "function")]
  functions <- setdiff(variables_of(entry$call), entry$needs)
  if (length(functions) > 0) {
    sprintf(" (%s is a function, no column)", list_names(functions))
  } else if (length(lost) > 0 && !any(c("::", ":::") %in% called)) {
    sprintf(
      " (new data find functions on the search path only, and %s is not there)",
      list_names(lost)
    )
  }
}

# A value as columns: a matrix is one per column of it, named as model.matrix() does.
made_columns <- function(value, entry, n) {
  # `[` makes a vector of a matrix of one row.
  dropped <- n == 1 && length(value) > 1 && length(value) == length(entry$columns)
  if (dropped) dim(value) <- c(1, length(value))
  table <- entry$role == "predictor" && length(dim(value)) == 2
  fits <- is.atomic(value) && !is.null(value) && length(dim(value)) <= 2 &&
    NROW(value) == n && (table || NCOL(value) == 1) &&
    NCOL(value) == length(entry$columns %||% seq_len(NCOL(value)))
  if (!fits) {
    abort_input(sprintf(
      paste(
        "%s of the formula is not one value per row.",
        "Add to the data, as columns, what it computes."
      ),
      quote_name(entry$name)
    ))
  }
  suffix <- if (NCOL(value) > 1) colnames(value) %||% seq_len(ncol(value))
  columns <- if (length(dim(value)) == 2) {
    value <- unclass(value)
    lapply(seq_len(ncol(value)), function(j) as.vector(value[, j]))
  } else {
    dim(value) <- NULL
    class(value) <- setdiff(oldClass(value), "AsIs")
    list(value)
  }
  stats::setNames(columns, entry$columns %||% paste0(entry$name, suffix))
}

# ---- What a call takes from the rows ----------------------------------------------

# list(value: on the training data; call: as it is to be used on new data; alone: does
# a row then get the same whatever rows are beside it?)
learn_call <- function(entry, frame, n) {
  value <- evaluate_call(entry, frame)
  call <- entry$call
  alone <- TRUE
  if (n > 1 && is.atomic(value) && NROW(value) == n) {
    keep_seed(suppressWarnings({
      call <- fix_call(entry$call, value)
      alone <- is_alone(call, value, entry, frame)
      if (!alone) {
        # A last resort, for it evaluates parts of the call by themselves.
        fixed <- fix_call(fix_parts(entry$call, entry$needs, frame, n), value)
        alone <- is_alone(fixed, value, entry, frame)
        if (alone) call <- fixed
      }
    }))
  }
  list(value = value, call = call, alone = alone)
}

# R's own way for poly(), scale(), ns(), bs() and whoever else has a method.
fix_call <- function(call, value) {
  if (!is.call(call) || is.null(attributes(value))) {
    return(call)
  }
  head <- call[[1]]
  named <- call
  f <- tryCatch(match.fun(eval(head, globalenv())), error = function(e) NULL)
  # Methods count on the first argument to be x, and add others by name.
  if (typeof(f) == "closure") named <- match.call(f, call)
  # They know the function by its name without a package.
  if (is_call_to(head, c("::", ":::"))) named[[1]] <- head[[3]]
  fixed <- stats::makepredictcall(value, named)
  if (identical(fixed, named)) {
    return(call)
  }
  fixed[[1]] <- head
  fixed
}

# Parts of the call that sum up the rows are replaced by their value, others are fixed.
fix_parts <- function(call, needs, frame, n) {
  map_code(call, function(part) {
    uses <- is.call(part) && !is_call_to(part, "function") &&
      any(needs %in% variables_of(part))
    value <- if (uses) tryCatch(eval_beside(part, frame), error = function(e) NULL)
    if (is.null(value)) {
      part
    } else if (is.atomic(value) && NROW(value) != n) {
      value
    } else {
      fix_call(fix_parts(part, needs, frame, n), value)
    }
  }, fixed = 1)
}

# Do some of the rows get from the call what they got among all? Every other row (fewer of
# many) tells ranks, sums and neighbours; single rows, those of extreme values among them,
# tell ranges and means.
is_alone <- function(call, value, entry, frame) {
  n <- NROW(value)
  look <- comparable(if (length(dim(value)) == 2) value[, 1] else value)
  ends <- if (is.character(look)) {
    utils::head(which(!duplicated(look)), 5)
  } else {
    c(which.min(look), which.max(look))
  }
  step <- max(2, n %/% 10000)
  parts <- c(
    if (!identical(call, entry$call)) list(seq_len(n)),
    list(seq(1, n, step), seq(2, n, step)), as.list(unique(c(1, n, ends)))
  )
  # Up to rounding, which is measured by the whole.
  size <- if (is.numeric(value)) max(0, abs(value[is.finite(value)])) else 0
  columns <- mget(entry$needs, envir = frame)
  same <- function(rows) {
    some <- list2env(lapply(columns, rows_of, rows), parent = globalenv())
    part <- tryCatch(eval_beside(call, some), error = function(e) NULL)
    # Nobody asks for the response of a row alone.
    if (is.null(part)) {
      return(entry$role == "response")
    }
    same_values(part, rows_of(value, rows), 1e-8 * size)
  }
  all(vapply(parts, same, NA))
}

rows_of <- function(value, rows) {
  if (length(dim(value)) == 2) value[rows, , drop = FALSE] else value[rows]
}

same_values <- function(a, b, tolerance) {
  a <- comparable(a)
  b <- comparable(b)
  if (length(a) != length(b) || !identical(is.na(a), is.na(b))) {
    return(FALSE)
  }
  if (is.character(a) || is.character(b)) {
    return(identical(a, b))
  }
  all(a == b | abs(a - b) <= tolerance, na.rm = TRUE)
}

comparable <- function(value) {
  if (is.factor(value)) as.character(value) else as.vector(unclass(value))
}

warn_dependent <- function(names) {
  if (length(names) > 0) {
    warn_feedforward(
      sprintf(
        paste(
          "What %s of the formula computes for a row depends on the rows beside it, so",
          "that the row is predicted differently in other data. Add it to the data as a",
          "column, or give as a number what it takes from the rows (to cut() the breaks)."
        ),
        list_names(names)
      ),
      "feedforward_formula_warning"
    )
  }
}

# New rows against the encoding that training learned: columns are found by name and
# checked; what training did not see counts as missing, with a warning.

# The predictors of new rows for encode_rows(): a named list, or a dgCMatrix.
#   newdata: data frame, matrix or dgCMatrix. Columns are found by name, others are
#     ignored; a matrix without names, or a model trained on one, goes by position
#   missing_columns: "error", or "fill": an absent predictor is missing in every row,
#     with a warning
# A level that training did not see becomes a missing value, with one warning of class
# feedforward_unseen_levels_warning (its field `unseen` lists levels by column). Every
# other misfit is an error naming the column.
new_columns <- function(encoding, newdata, missing_columns = c("error", "fill"),
                        threads = 1L) {
  fill <- match.arg(missing_columns) == "fill"
  encoding <- unclass(encoding)
  source <- new_source(encoding, newdata)
  at <- match(encoding$predictors, source$names)
  absent <- encoding$predictors[is.na(at)]
  report_absent(absent, encoding, fill && source$kind != "sparse")
  if (source$kind == "sparse") {
    return(new_sparse(encoding, source))
  }
  columns <- stats::setNames(vector("list", length(at)), encoding$predictors)
  columns[!is.na(at)] <- source_columns(source, at[!is.na(at)])
  places <- places_in_groups(encoding)
  wanting <- which(!are_ready(encoding, places, columns, source$n, threads))
  fitted <- lapply(wanting, function(p) {
    fit_column(encoding, p, places[p], plain_column(columns[[p]]), source$n)
  })
  problems <- unlist(lapply(fitted, `[[`, "problem"))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  columns[wanting] <- lapply(fitted, `[[`, "column")
  unseen <- lapply(fitted, `[[`, "novel")
  names(unseen) <- encoding$predictors[wanting]
  unseen <- unseen[lengths(unseen) > 0]
  if (length(unseen) > 0) warn_unseen(unseen)
  columns
}

warn_unseen <- function(unseen) {
  warn_feedforward(
    paste0(
      "Levels that training did not see are taken for missing values: ",
      paste(list_levels(unseen), collapse = "; "), "."
    ),
    class = "feedforward_unseen_levels_warning", unseen = unseen
  )
}

new_source <- function(encoding, newdata) {
  newdata <- plain_table(newdata, "newdata")
  if (is.data.frame(newdata)) {
    source <- list(
      kind = "list", data = newdata, names = names(newdata), n = nrow(newdata)
    )
  } else {
    source <- column_source(newdata, "newdata")
    unknown <- !all(encoding$predictors %in% source$names)
    if (source$positional || (encoding$positional && unknown)) {
      if (length(source$names) != length(encoding$offered)) {
        abort_input(sprintf(
          paste(
            "`newdata` has %s without the names the model knows; by position it would",
            "need %d, as in training."
          ),
          count_of(length(source$names), "column"), length(encoding$offered)
        ))
      }
      source$names <- encoding$offered
    }
    # Numbers that training took for classes are classes.
    classes <- encoding$predictors[encoding$types == "factor"]
    source$numbers <- setdiff(source$numbers, which(source$names %in% classes))
  }
  twice <- if (anyDuplicated(source$names) > 0) {
    intersect(encoding$predictors, source$names[duplicated(source$names)])
  }
  if (length(twice) > 0) {
    abort_input(sprintf(
      "Columns that `newdata` has more than once: %s. Names must tell columns apart.",
      list_names(twice, 20)
    ))
  }
  source
}

report_absent <- function(absent, encoding, fill) {
  if (length(absent) == 0) {
    return(invisible())
  }
  columns <- sprintf(
    "%s that the model was trained on: %s", count_of(length(absent), "column"),
    list_names(absent, 20)
  )
  if (!fill || length(absent) == length(encoding$predictors)) {
    abort_input(sprintf("`newdata` lacks %s.", columns), columns = absent)
  }
  warn_feedforward(
    sprintf("`newdata` lacks %s. They are taken for missing in every row.", columns),
    class = "feedforward_missing_columns_warning", columns = absent
  )
}

# Which of its encoder's columns each predictor is.
places_in_groups <- function(encoding) {
  places <- integer(length(encoding$predictors))
  for (name in names(encoding$groups)) {
    mine <- encoding$encoders == name
    places[mine] <- match(encoding$predictors[mine], encoding$groups[[name]]$columns)
  }
  places
}

# Which columns can go in as they are, as most do where there are many.
are_ready <- function(encoding, places, columns, n, threads) {
  ready <- logical(length(columns))
  for (name in names(encoding$groups)) {
    mine <- encoding$encoders == name
    ready[mine] <- encoders[[name]]$ready(
      encoding$groups[[name]], places[mine], columns[mine], encoding$classes[mine], n,
      threads
    )
  }
  ready
}

# The pth predictor, kth of its encoder, in n new rows, NULL if it is absent:
# list(column = what encode_rows() needs, novel = levels taken for missing), or
# list(problem = a sentence).
fit_column <- function(encoding, p, k, column, n) {
  encoder <- encoders[[encoding$encoders[[p]]]]
  group <- encoding$groups[[encoder$name]]
  if (is.null(column)) {
    return(list(column = encoder$empty(group, k, n)))
  }
  name <- encoding$predictors[[p]]
  if (NROW(column) != n) {
    return(list(problem = ragged_column(name, NROW(column), n)))
  }
  trained <- encoding$classes[[p]]
  levels <- group$levels[[k]]
  class <- column_class(column)
  problem <- column_problem(column, name, class, known = levels)
  if (!is.null(problem)) {
    return(list(problem = problem))
  }
  if (class == trained || class_fits(trained, column, class, levels)) {
    return(encoder$fit(group, k, column, class))
  }
  # An empty column has no class to speak of: NA alone is logical.
  if (all(is_missing(column))) {
    return(list(column = encoder$empty(group, k, n)))
  }
  list(problem = sprintf(
    "The column %s of `newdata` is %s; the model was trained on %s.",
    quote_name(name), class_words[[class]], class_words[[trained]]
  ))
}

# Can a column of this class stand for the predictor? Logical values are at home with
# TRUE and FALSE as text and with 0 and 1.
class_fits <- function(trained, column, class, levels) {
  family <- column_families[[class]]
  if (class == "logical" && trained != "logical") {
    return(
      column_families[[trained]] == "number" ||
        any(c("FALSE", "TRUE") %in% levels)
    )
  }
  if (trained == "logical" && class %in% c("integer", "numeric")) {
    return(all(column %in% c(0, 1, NA)))
  }
  family == column_families[[trained]]
}

ragged_column <- function(name, values, rows) {
  sprintf(
    "The column %s of `newdata` has %.0f values for %.0f rows.", quote_name(name), values,
    rows
  )
}

# New rows against the encoding that training learned: columns are found by name and
# checked; what training did not see counts as missing, with a warning.

# The predictors of new rows for encode_rows(): a named list, or a dgCMatrix.
#   newdata: data frame, matrix or dgCMatrix. Columns are found by name, others are
#     ignored; a matrix without names, or a model trained on one, goes by position
#   missing_columns: "error", or "fill": an absent predictor is missing in every row,
#     with a warning
# A level that training did not see becomes a missing value, with one warning of class
# feedforward_unseen_levels_warning (its field `unseen` lists levels by column); in an
# ordered factor it is an error. Every other misfit is an error naming the column.
new_columns <- function(encoding, newdata, missing_columns = c("error", "fill")) {
  fill <- match.arg(missing_columns) == "fill"
  encoding <- unclass(encoding)
  source <- new_source(encoding, newdata)
  at <- match(encoding$predictors, source$names)
  absent <- encoding$predictors[is.na(at)]
  report_absent(absent, encoding, fill && source$kind != "sparse")
  if (source$kind == "sparse") {
    return(new_sparse(encoding, source))
  }
  fitted <- Map(function(trained, j) {
    if (is.na(j)) {
      return(list(column = all_missing(trained, source$n)))
    }
    column <- source_column(source, j)
    if (NROW(column) != source$n) {
      return(list(problem = sprintf(
        "The column %s of `newdata` has %.0f values for %.0f rows.",
        quote_name(trained$name), NROW(column), source$n
      )))
    }
    fit_column(trained, column)
  }, trained_columns(encoding), at)
  problems <- unlist(lapply(fitted, `[[`, "problem"))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  unseen <- lapply(fitted, `[[`, "novel")
  unseen <- unseen[lengths(unseen) > 0]
  if (length(unseen) > 0) {
    warn_feedforward(
      paste0(
        "Levels that training did not see are taken for missing values: ",
        paste(list_levels(unseen), collapse = "; "), "."
      ),
      class = "feedforward_unseen_levels_warning", unseen = unseen
    )
  }
  lapply(fitted, `[[`, "column")
}

# What the encoding knows of each predictor: list(name, class, levels, mean, scale).
trained_columns <- function(encoding) {
  factor <- match(encoding$predictors, encoding$order$factors)
  number <- match(encoding$predictors, encoding$order$numerics)
  Map(
    function(name, class, levels, mean, scale) {
      list(name = name, class = class, levels = levels, mean = mean, scale = scale)
    },
    encoding$predictors, encoding$classes, encoding$levels[factor],
    encoding$means[number], encoding$scales[number]
  )
}

new_source <- function(encoding, newdata) {
  if (is.data.frame(newdata)) {
    source <- list(
      kind = "list", data = newdata, names = names(newdata), n = nrow(newdata)
    )
  } else if (is.matrix(newdata) || inherits(newdata, "dgCMatrix")) {
    source <- column_source(newdata)
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
  } else {
    abort_input(sprintf(
      "`newdata` must be a data frame, a matrix or a dgCMatrix, not %s.",
      class_name(newdata)
    ))
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

all_missing <- function(trained, n) {
  if (holds_classes(trained$class)) {
    as_factor(rep(NA_integer_, n), trained$levels)
  } else {
    rep(NA_real_, n)
  }
}

new_sparse <- function(encoding, source) {
  if (length(encoding$order$factors) > 0) {
    abort_input(sprintf(
      "A dgCMatrix holds numbers only, but the model was trained on factors: %s.",
      list_names(encoding$order$factors)
    ))
  }
  data <- source$data
  data@Dimnames[[2]] <- source$names
  # Means and scales in the order of the matrix; 0 and 1 for columns not in use.
  used <- source$names %in% encoding$predictors
  means <- scales <- as.numeric(used)
  means[used] <- encoding$means[source$names[used]]
  scales[used] <- encoding$scales[source$names[used]]
  count <- diff(data@p)
  at <- rep(seq_along(used), count)
  bad <- used[at] & abs((data@x - means[at]) * scales[at]) > max_float
  empty <- count < source$n & abs(means * scales) > max_float
  beyond <- unique(c(source$names[at[which(bad)]], source$names[empty]))
  if (length(beyond) > 0) {
    abort_input(sprintf(
      "Columns of `newdata` with values that are infinite or too large: %s.",
      list_names(beyond, 20)
    ))
  }
  data
}

# list(column = what encode_rows() needs, novel = levels taken for missing), or
# list(problem = a sentence).
fit_column <- function(trained, column) {
  name <- trained$name
  class <- column_class(column)
  problem <- column_problem(column, name, class, known = trained$levels)
  if (!is.null(problem)) {
    return(list(problem = problem))
  }
  if (!class_fits(trained$class, column, class, trained$levels)) {
    # An empty column has no class to speak of: NA alone is logical.
    if (all(is_missing(column))) {
      return(list(column = all_missing(trained, length(column))))
    }
    return(list(problem = sprintf(
      "The column %s of `newdata` is %s; the model was trained on %s.",
      quote_name(name), class_words[[class]], class_words[[trained$class]]
    )))
  }
  if (holds_classes(trained$class)) {
    return(fit_levels(trained, column, class))
  }
  column <- to_number(column, class)
  low <- min(column, Inf, na.rm = TRUE)
  high <- max(column, -Inf, na.rm = TRUE)
  infinite <- low <= high && (is.infinite(low) || is.infinite(high))
  problem <- if (infinite) {
    bad <- which(is.infinite(column))
    infinite_problem(name, length(bad), bad[1])
  } else {
    range_problem(name, low, high, trained$mean, trained$scale)
  }
  if (is.null(problem)) list(column = column) else list(problem = problem)
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

fit_levels <- function(trained, column, class) {
  levels <- trained$levels
  coded <- level_codes(column, class, levels)
  if (class == "character") {
    novel <- unique(column[is.na(coded$codes) & !is.na(column)])
    column <- as_factor(coded$codes, levels)
  } else {
    if (!is.factor(column)) {
      column <- as_factor(coded$codes, c("FALSE", "TRUE"))
    }
    # Levels that only stand in the list of levels harm nobody.
    novel <- if (anyNA(coded$map)) {
      occurs <- tabulate(coded$codes, length(coded$map)) > 0
      levels(column)[occurs & is.na(coded$map)]
    }
  }
  if (length(novel) == 0) {
    return(list(column = column))
  }
  novel <- utf8(novel[!is.na(novel)])
  if (length(novel) > 0 && trained$class == "ordered") {
    return(list(problem = sprintf(
      "The ordered factor %s has levels that training did not see: %s.",
      quote_name(trained$name), list_levels(list(novel))
    )))
  }
  list(column = column, novel = novel)
}

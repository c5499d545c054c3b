# What of a data frame is predictor, response, weights and offset, and which rows train.
# Names, shapes and the response are judged here; what predictors hold is judged where
# it is learned (learn_encoding()), so that no column is read twice. Nothing is copied but
# what plain_column() changes.

# The call with a frame: deeplearning(x, y, training_frame).
#   x, y: names or positions; x may be missing or NULL: all columns with no other part
#   arguments: from check_arguments()
# Returns a list:
#   predictors: names, in frame order; columns: the same, a named list of the columns
#   response: name of the response; stand_in: is that a word of ours, for the response
#     came as a vector; y: its column; weights, offset: numbers or NULL (no weights where
#     all are 1)
#   rows: of the frame; trains: indices of rows with a response and a weight above 0,
#     NULL for all; n_trains: their number (before `missing_values_handling = "Skip"`)
#   kind: of a task; n_classes: 1 for numbers
#   arguments: weights_column, offset_column and fold_column as names
#   folds: the column of folds, NULL without one
#   validation: NULL or list(frame, y, weights, offset, rows, scores: like trains)
# Throws feedforward_argument_error where x, y or a column named in an argument is
# wrong, feedforward_input_error where the data are. Warnings, each of its own class:
# feedforward_predictor_warning, feedforward_missing_response_warning,
# feedforward_response_warning.
resolve_frame <- function(x, y, training_frame, arguments, validation_frame = NULL) {
  frame <- read_frame(training_frame, "training_frame")
  missing_y <- missing(y) || is.null(y)
  if (arguments$autoencoder && !missing_y) abort_argument(no_response)
  picked <- pick_roles(
    if (missing(x)) NULL else x, if (missing_y) NULL else y, frame$names, arguments,
    needs_y = !arguments$autoencoder
  )
  if (length(picked$problems) > 0) {
    abort_argument(picked$problems)
  }
  arguments[role_arguments] <- picked$columns
  column_of <- function(name) if (!is.null(name)) frame$columns[[name]]
  finish_resolving(
    list(
      predictors = picked$x, response = picked$y, stand_in = is.null(picked$y),
      columns = frame$columns[picked$x], y = column_of(picked$y),
      rows = frame$rows, arguments = arguments
    ),
    lapply(picked$columns, column_of),
    remarks = picked$remarks, validation_frame = validation_frame
  )
}

# The call with the predictors themselves: deeplearning(x, y) with x a data frame, a
# matrix or a dgCMatrix and y a vector. `weights_column` and `fold_column` may be the
# values themselves or, like `offset_column`, a column of x, which is then no predictor.
# Returns what resolve_frame() does; a matrix stays one in `columns`.
resolve_xy <- function(x, y, arguments) {
  frame <- read_predictors(x)
  y <- if (!missing(y)) plain_column(y)
  if (arguments$autoencoder && !is.null(y)) abort_argument(no_response)
  values <- arguments[c("weights_column", "fold_column")]
  values <- values[vapply(values, is.numeric, NA)]
  arguments[names(values)] <- list(NULL)
  picked <- pick_roles(NULL, NULL, frame$names, arguments, needs_y = FALSE)
  if (is.null(y) && !arguments$autoencoder) {
    picked$problems <- c("`y` is missing: give one value per row.", picked$problems)
  }
  if (length(picked$problems) > 0) {
    abort_argument(picked$problems)
  }
  arguments[role_arguments] <- picked$columns
  problems <- c(
    if (!is.null(y)) length_problem(y, "y", frame$rows),
    unlist(Map(length_problem, values, names(values), frame$rows))
  )
  if (length(problems) > 0) {
    abort_input(problems)
  }
  column_of <- function(name) if (!is.null(name)) frame$column(name)
  finish_resolving(
    list(
      predictors = picked$x, response = "y", stand_in = TRUE,
      columns = frame$keep(picked$x), y = y, rows = frame$rows, arguments = arguments
    ),
    c(values, lapply(picked$columns, column_of)[setdiff(role_arguments, names(values))]),
    remarks = picked$remarks
  )
}

# Judges response, weights and offset, finds the rows that train, and warns last.
#   roles: columns, or NULL, named by `role_arguments`
finish_resolving <- function(resolved, roles, remarks, validation_frame = NULL) {
  arguments <- resolved$arguments
  weights <- roles$weights_column
  offset <- roles$offset_column
  problems <- c(
    if (length(resolved$predictors) == 0) {
      "There is no predictor: at least one column besides the response is needed."
    },
    weights_problems(weights, arguments$weights_column),
    offset_problems(offset, arguments$offset_column)
  )
  judged <- if (arguments$autoencoder) {
    judge_no_response(resolved$rows, weights)
  } else if (is.null(weights_problems(weights))) {
    judge_response(resolved$y, resolved$response, weights, arguments$distribution)
  }
  problems <- c(problems, judged$problems)
  if (length(problems) > 0) {
    abort_input(problems)
  }
  resolved["weights"] <- list(plain_weights(weights))
  resolved["offset"] <- list(if (!is.null(offset)) as.numeric(offset))
  resolved["folds"] <- list(roles$fold_column)
  resolved["trains"] <- judged["rows"]
  resolved$n_trains <- judged$n
  resolved[c("kind", "n_classes")] <- judged[c("kind", "n_classes")]
  resolved["validation"] <- list(
    if (!is.null(validation_frame)) resolve_validation(validation_frame, resolved)
  )
  for (remark in c(remarks, judged$remarks)) {
    warn_feedforward(remark$message, remark$class)
  }
  resolved
}

# Columns of a frame as a frame again.
as_table <- function(columns, rows) {
  if (!is.list(columns) || is.data.frame(columns) || is_scattered(columns)) {
    return(columns)
  }
  structure(columns, class = "data.frame", row.names = .set_row_names(rows))
}

no_response <- paste(
  "`y` has no place beside `autoencoder = TRUE`, which repeats the predictors. Leave it",
  "out, of the formula, too: ~ a + b."
)

# What judge_response() says of rows, where there is none.
judge_no_response <- function(rows, weights) {
  counts <- if (!is.null(weights) && any(weights == 0)) which(weights > 0)
  list(
    rows = counts, n = if (is.null(counts)) rows else length(counts),
    kind = "autoencoder", n_classes = 0
  )
}

# Checks written for new data, in the words of the argument at hand.
in_words_of <- function(name, checks) {
  tryCatch(checks, feedforward_input_error = function(e) {
    abort_input(gsub("`newdata`", name, e$problems, fixed = TRUE))
  })
}

remark <- function(message, class) list(list(message = message, class = class))

# ---- Frames ---------------------------------------------------------------------

# list(names, columns: plain, rows) of a data frame fit to be looked at.
read_frame <- function(data, argument) {
  if (inherits(data, "feedforward_opened")) {
    return(data)
  }
  if (!is.data.frame(data)) {
    hint <- if (is.matrix(data)) {
      " Give it as `x` with a vector `y`, or convert it with as.data.frame()."
    } else if (is_of_matrix(data)) {
      " Give it as `x` with a vector `y`."
    } else if (is.character(data)) {
      " Read the file first."
    }
    abort_input(sprintf(
      "`%s` must be a data frame, not %s.%s", argument, what_it_is(data), paste0(hint, "")
    ))
  }
  columns <- unclass(data)
  rows <- .row_names_info(data, 2L)
  attributes(columns) <- list(names = names(data))
  columns <- plain_columns(columns)
  problems <- c(
    frame_name_problems(names(data), length(columns), argument),
    if (rows == 0) sprintf("`%s` must have more than 0 rows.", argument),
    ragged_problem(columns, rows, argument)
  )
  if (length(problems) > 0) {
    abort_input(problems)
  }
  list(names = names(data), columns = columns, rows = rows)
}

what_it_is <- function(data) {
  if (is.character(data) && length(data) == 1) {
    return(paste("the string", shorten(data)))
  }
  if (is.null(data)) "NULL" else paste("an object of class", class_name(data))
}

# A frame made by hand may have columns of any length, and be read beyond their ends.
ragged_problem <- function(columns, rows, argument) {
  lengths <- vapply(columns, NROW, 0)
  wrong <- which(lengths != rows)
  if (length(wrong) > 0) {
    first <- wrong[[1]]
    sprintf(
      "`%s` is malformed: it has %s, but the column %s has %s.", argument,
      count_of(rows, "row"), quote_name(as.character(names(columns)[first])),
      count_of(lengths[[first]], "value")
    )
  }
}

# `[[` and `$` would silently take the first of two columns of one name.
frame_name_problems <- function(names, n, argument) {
  if (n > 0 && is.null(names)) {
    return(sprintf("`%s` must have column names.", argument))
  }
  empty <- which(is.na(names) | !nzchar(names))
  names <- names[!is.na(names) & nzchar(names)]
  twice <- unique(names[duplicated(names)])
  broken <- which(!validEnc(names) | Encoding(names) == "bytes")
  c(
    if (length(empty) > 0) {
      sprintf(
        "`%s` has %s without a name, at position %s.", argument,
        count_of(length(empty), "column"), shorten(empty)
      )
    },
    if (length(twice) > 0) {
      sprintf("`%s` has several columns named %s.", argument, list_names(twice))
    },
    if (length(broken) > 0) {
      sprintf(
        "`%s` has column names that are not valid text: %s.", argument,
        list_names(names[broken])
      )
    }
  )
}

# The predictors of the call with x and y: list(names, rows, column(name), keep(names)).
read_predictors <- function(x) {
  if (is.data.frame(x)) {
    frame <- read_frame(x, "x")
    return(list(
      names = frame$names, rows = frame$rows,
      column = function(name) frame$columns[[name]],
      keep = function(names) frame$columns[names]
    ))
  }
  x <- plain_table(x, "x")
  given <- if (isS4(x)) x@Dimnames[[2]] else colnames(x)
  problems <- c(
    if (nrow(x) == 0) "`x` must have more than 0 rows.",
    if (!is.null(given)) frame_name_problems(given, ncol(x), "x")
  )
  if (length(problems) > 0) {
    abort_input(problems)
  }
  # Names what has no names.
  source <- column_source(x)
  names <- source$names
  if (length(source$numbers) > 0) {
    warn_feedforward(
      sprintf(
        paste(
          "`x` is a matrix of text, but these columns hold numbers and are taken as",
          "such: %s. Give a data frame, where each column has its own type."
        ),
        list_names(names[source$numbers])
      ),
      class = "feedforward_text_matrix_warning"
    )
  }
  list(
    names = names, rows = source$n,
    column = function(name) source_column(source, match(name, names)),
    # All of it is the matrix itself, not a copy.
    keep = function(kept) {
      if (length(kept) == length(names)) x else x[, match(kept, names), drop = FALSE]
    }
  )
}

length_problem <- function(vector, name, rows) {
  if (!is.null(vector) && NROW(vector) != rows) {
    sprintf(
      "`%s` must have one value per row of `x`: %s needed, %s given.", name,
      format_count(rows), format_count(NROW(vector))
    )
  }
}

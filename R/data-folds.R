# The folds of cross-validation: which rows are held out together. Made of the data and
# the seed alone.

# Does the user ask for folds?
wants_folds <- function(arguments) {
  arguments$nfolds > 0 || !is.null(arguments$fold_column)
}

# What the arguments of folds cannot be together.
folds_problems <- function(arguments, checkpoint = NULL) {
  if (!wants_folds(arguments)) {
    idle <- intersect(attr(arguments, "given"), c("fold_assignment"))
    if (length(idle) > 0 && !identical(arguments$fold_assignment, "AUTO")) {
      return("`fold_assignment` is for `nfolds`, which is 0: give the number of folds.")
    }
    return(NULL)
  }
  c(
    if (!is.null(arguments$cluster)) {
      paste(
        "`cluster` carries the shards of one training: leave it out, or the folds. A",
        "search trains models on workers, see ?grid_search."
      )
    },
    if (!is.null(arguments$fold_column) && arguments$nfolds > 0) {
      "`nfolds` and `fold_column` both ask for folds: give one of them."
    },
    if (!is.null(arguments$fold_column) && arguments$fold_assignment != "AUTO") {
      "`fold_assignment` is for `nfolds`; `fold_column` assigns the rows itself."
    },
    if (!is.null(checkpoint)) {
      "Cross-validation trains models of its own: it has no place beside `checkpoint`."
    }
  )
}

# data: as resolve_frame() returns it; column: of the folds, or NULL; y: class codes or
# NULL for numbers; seed: words of it. Returns list(names, of: number of the fold of each
# row of the frame, NA for rows that do not train). Throws feedforward_input_error.
assign_folds <- function(data, column, classes, seed) {
  arguments <- data$arguments
  trains <- data$trains %||% seq_len(data$rows)
  of <- rep(NA_integer_, data$rows)
  if (!is.null(column)) {
    return(read_folds(of, trains, column, arguments$fold_column))
  }
  k <- arguments$nfolds
  n <- length(trains)
  if (k > n) {
    abort_argument(sprintf(
      "`nfolds` = %s, but only %s: every fold needs one.", format_count(k),
      count_of(n, "row trains", "rows train")
    ))
  }
  how <- arguments$fold_assignment
  if (how == "Stratified" && is.null(classes)) {
    abort_argument(
      "`fold_assignment = \"Stratified\"` is for classes; the response is numeric."
    )
  }
  of[trains] <- if (how == "Modulo") {
    as.integer((trains - 1) %% k + 1)
  } else {
    order <- row_order(seed, folds_key, n) + 1L
    # Dealt class by class, one after another, so that no fold has two more than another.
    if (how == "Stratified") order <- order[order(classes[trains][order])]
    dealt <- integer(n)
    dealt[order] <- rep_len(seq_len(k), n)
    dealt
  }
  present <- sort(unique(of[trains]))
  if (length(present) < k) {
    abort_argument(sprintf(
      "`nfolds` = %s: %s without a row that trains.", format_count(k),
      count_of(k - length(present), "fold is", "folds are")
    ))
  }
  list(names = as.character(seq_len(k)), of = of)
}

# In place of the epoch in the key of a row order, beyond any epoch.
folds_key <- 2^31 - 4

read_folds <- function(of, trains, column, name) {
  label <- if (is.character(name)) {
    paste("The fold column", quote_name(name))
  } else {
    "`fold_column`"
  }
  values <- if (is.factor(column)) droplevels(column[trains]) else column[trains]
  if (!is.atomic(values) || !is.null(dim(values)) || anyNA(values)) {
    abort_input(sprintf("%s must name each row's fold; none may be missing.", label))
  }
  values <- if (is.factor(values)) values else factor(values)
  if (nlevels(values) < 2) {
    abort_input(sprintf("%s must tell two folds or more apart.", label))
  }
  if (nlevels(values) == length(trains) && length(trains) > 1000) {
    abort_input(sprintf("%s has another value in every row.", label))
  }
  of[trains] <- as.integer(values)
  list(names = levels(values), of = of)
}

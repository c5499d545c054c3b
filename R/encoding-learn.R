# Predictors into network inputs: learned once, on the rows that train, and replayed
# for ever (encoding-forge.R). A factor becomes one input per level and one for a
# missing value, a number becomes (x - mean) * scale. Nothing is expanded here: the
# encoding says where each level and number goes, and the core reads codes and columns
# in place.

# Learns the encoding of `columns`: a named list of vectors in frame order, a matrix,
# or a dgCMatrix (all numbers, in matrix order).
#   arguments: list(use_all_factor_levels, standardize, ignore_const_cols, sparse,
#     missing_values_handling)
#   weights: NULL or one finite number of at least 0 per row
#   trains: NULL (all) or the indices of rows that train, that is, with a response
# Only rows of `trains` with a weight above 0 count, for levels, missing values, means
# and scales; under "Skip" complete rows only, but constant columns are looked for
# before incomplete rows go. So whatever an input learned to be, it was trained on.
#
# Means and scales are weighted so that integer weights do what repeated rows do:
#   mean = sum(w x) / W, variance = sum(w (x - mean)^2) / W * M / (M - 1),
# W = sum(w), M = max(W, rows). H2O has the number of rows for M, which makes weight 2
# differ from the row given twice; weights that sum to less than the number of rows
# (normalised ones) get H2O's value.
#
# Returns a list of class "feedforward_encoding":
#   offered: names of all columns, dropped ones too; positional: they were numbered by
#     us, for the matrix had no names
#   predictors: names of the columns used, in frame order; types ("factor" or
#     "numeric") and classes (see `column_families`) of each
#   order: list(factors =, numerics =), names in the order of the inputs
#   levels, offsets (0-based first input), missing_seen: by factor, in input order
#   means, scales, impute (the value that stands for a missing one): by number
#   use_all_factor_levels, standardize, sparse
#   dropped: reason by name of column
#   inputs: their number; input_names
learn_encoding <- function(columns, arguments, weights = NULL, trains = NULL) {
  source <- column_source(columns)
  rows <- rows_that_count(source$n, weights, trains)
  facts <- learn_columns(source, rows, weights)
  dropped <- drop_reasons(facts, isTRUE(arguments[["ignore_const_cols"]]))
  facts <- facts[setdiff(names(facts), names(dropped))]
  report_dropped(dropped, length(facts))
  if (identical(arguments[["missing_values_handling"]], "Skip")) {
    complete <- complete_among(source, names(facts), rows)
    if (length(complete) < length(rows %||% seq_len(source$n))) {
      facts <- learn_columns(source, complete, weights, names(facts))
    }
  }
  standardize <- isTRUE(arguments[["standardize"]])
  facts <- scale_facts(facts, standardize)
  new_encoding(
    facts,
    offered = source$names, positional = source$positional, dropped = dropped,
    use_all_factor_levels = isTRUE(arguments[["use_all_factor_levels"]]),
    standardize = standardize,
    sparse = isTRUE(arguments[["sparse"]]) || source$kind == "sparse"
  )
}

new_encoding <- function(facts, offered, positional, dropped, use_all_factor_levels,
                         standardize, sparse) {
  types <- vapply(facts, function(fact) fact$type, "")
  factors <- names(facts)[types == "factor"]
  numerics <- names(facts)[types == "numeric"]
  levels <- lapply(facts[factors], function(fact) fact$levels)
  # A radix sort keeps ties in frame order.
  levels <- levels[order(-lengths(levels), method = "radix")]
  factors <- names(levels)
  number <- function(field) {
    vapply(facts[numerics], function(fact) as.double(fact[[field]]), 0)
  }
  shown <- if (use_all_factor_levels) levels else lapply(levels, `[`, -1)
  ends <- cumsum(as.integer(lengths(shown) + 1L))
  names <- Map(function(column, shown) {
    paste0(column, ".", c(shown, "missing(NA)"))
  }, factors, shown)
  structure(
    list(
      offered = offered,
      positional = positional,
      predictors = names(facts),
      types = types,
      classes = vapply(facts, function(fact) fact$class, ""),
      order = list(factors = factors, numerics = numerics),
      levels = levels,
      offsets = stats::setNames(c(0L, ends)[seq_along(factors)], factors),
      missing_seen = vapply(facts[factors], function(fact) fact$missing > 0, NA),
      means = number("center"),
      scales = number("scale"),
      impute = number("mean"),
      use_all_factor_levels = use_all_factor_levels,
      standardize = standardize,
      dropped = dropped,
      sparse = sparse,
      inputs = sum(lengths(shown) + 1L) + length(numerics),
      input_names = c(unlist(names, use.names = FALSE), numerics)
    ),
    class = "feedforward_encoding"
  )
}

n_inputs <- function(encoding) {
  encoding$inputs
}

input_names <- function(encoding) {
  encoding$input_names
}

# 0-based inputs that stand for missing values that training never saw. Their weights
# are 0, so that a missing value or an unseen level adds nothing at prediction.
unused_inputs <- function(encoding) {
  unname(missing_inputs(encoding)[!encoding$missing_seen])
}

# 0-based input of the missing value, by factor: the last of its block.
missing_inputs <- function(encoding) {
  sizes <- lengths(encoding$levels)
  if (!encoding$use_all_factor_levels) {
    sizes <- pmax(sizes - 1L, 0L)
  }
  encoding$offsets + sizes
}

# Which rows of the frame have a value in every predictor in use: those that train
# under "Skip".
complete_rows <- function(encoding, columns) {
  source <- column_source(columns)
  seq_len(source$n) %in% complete_among(source, encoding$predictors)
}

complete_among <- function(source, names, rows = NULL) {
  complete <- if (source$kind == "sparse") {
    bad <- source$data@i[is.na(source$data@x)]
    at <- findInterval(which(is.na(source$data@x)) - 1, source$data@p)
    bad <- bad[source$names[at] %in% names] + 1L
    setdiff(rows %||% seq_len(source$n), bad)
  } else {
    complete <- !logical(source$n)
    for (j in match(names, source$names)) {
      complete <- complete & !is_missing(source_column(source, j))
    }
    if (is.null(rows)) which(complete) else rows[complete[rows]]
  }
  if (length(complete) == 0) {
    abort_input(paste(
      "No row is left to train on: each has a missing predictor and",
      "`missing_values_handling` is \"Skip\". Use \"MeanImputation\" or leave out the",
      "columns that are missing most."
    ))
  }
  complete
}

drop_reasons <- function(facts, ignore_constant) {
  if (!ignore_constant) {
    return(stats::setNames(character(), character()))
  }
  reasons <- vapply(facts, function(fact) {
    none <- if (fact$type == "factor") fact$seen == 0 else fact$low > fact$high
    if (none) "all missing" else if (is_constant(fact)) "constant" else ""
  }, "")
  reasons[reasons != ""]
}

report_dropped <- function(dropped, left) {
  shown <- utils::head(sprintf("%s (%s)", quote_name(names(dropped)), dropped), 20)
  more <- length(dropped) - length(shown)
  shown <- paste0(
    paste(shown, collapse = ", "), if (more > 0) sprintf(" and %d more", more)
  )
  if (left == 0) {
    abort_input(paste0(
      "There is no usable predictor: ", if (shown == "") "none was given" else shown, "."
    ))
  }
  if (length(dropped) > 0) {
    warn_feedforward(
      paste0(
        "Predictors dropped because they do not vary: ", shown,
        ". `ignore_const_cols = FALSE` keeps them."
      ),
      class = "feedforward_dropped_warning"
    )
  }
}

# Predictors into network inputs: learned once, on the rows that train, and replayed
# for ever (encoding-replay.R). How is the encoders' matter (encoder-*.R). Nothing is
# expanded here: the encoding says where each level and number goes, and the core reads
# codes and columns in place.

# Learns the encoding of `columns`: a named list of vectors in frame order, a matrix,
# or a dgCMatrix (all numbers, in matrix order).
#   arguments: list(use_all_factor_levels, standardize, ignore_const_cols, sparse,
#     missing_values_handling, categorical_encoding, max_categorical_features)
#   weights: NULL or one finite number of at least 0 per row
#   y: the response of the frame's rows as numbers, for encodings that look at it
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
#     "numeric"), encoders (names) and classes (see `column_families`) of each
#   groups: by name of encoder, in the order of the inputs, what it learned of its columns
#   sparse: are only numbers other than 0 to be kept?
#   dropped: reason by name of column
#   inputs: their number; input_names; unused: positions from 0 of inputs that training
#     never saw
learn_encoding <- function(columns, arguments, weights = NULL, trains = NULL,
                           threads = 1L, y = NULL) {
  source <- column_source(columns)
  rows <- rows_that_count(source$n, weights, trains)
  how <- list(
    standardize = isTRUE(arguments[["standardize"]]),
    categorical = arguments[["categorical_encoding"]] %||% "AUTO", y = y,
    numeric = numeric_choice(arguments),
    settings = arguments[c("embedding_size", "embedding_scale")]
  )
  facts <- learn_columns(source, how, rows, weights, threads = threads)
  dropped <- drop_reasons(facts, source$names, isTRUE(arguments[["ignore_const_cols"]]))
  used <- setdiff(source$names, names(dropped))
  report_dropped(dropped, length(used))
  facts <- keep_facts(facts, used)
  if (identical(arguments[["missing_values_handling"]], "Skip")) {
    complete <- complete_among(source, used, rows)
    if (length(complete) < length(rows %||% seq_len(source$n))) {
      facts <- learn_columns(source, how, complete, weights, used, threads)
    }
  }
  new_encoding(
    facts, arguments,
    offered = source$names, positional = source$positional, predictors = used,
    dropped = dropped, sparse = isTRUE(arguments[["sparse"]]) || source$kind == "sparse"
  )
}

new_encoding <- function(facts, arguments, offered, positional, predictors, dropped,
                         sparse) {
  of_columns <- function(what) {
    unlist(lapply(names(facts), function(name) {
      table <- facts[[name]]
      stats::setNames(rep_len(what(name, table), length(table$columns)), table$columns)
    }))[predictors]
  }
  classes <- of_columns(function(name, table) table$classes)
  present <- intersect(names(encoders), names(facts))
  groups <- lapply(stats::setNames(nm = present), function(name) {
    encoders[[name]]$group(facts[[name]], arguments)
  })
  ask <- function(what) {
    Map(function(name) encoders[[name]][[what]](groups[[name]]), present)
  }
  sizes <- vapply(ask("sizes"), function(sizes) sum(sizes), 0L)
  firsts <- cumsum(c(0L, sizes))[seq_along(sizes)]
  structure(
    list(
      offered = offered,
      positional = positional,
      predictors = predictors,
      types = stats::setNames(
        ifelse(column_families[classes] == "factor", "factor", "numeric"), predictors
      ),
      encoders = of_columns(function(name, table) name),
      classes = classes,
      groups = groups,
      sparse = sparse,
      dropped = dropped,
      inputs = sum(sizes),
      input_names = unlist(ask("input_names"), use.names = FALSE),
      unused = unlist(Map(`+`, ask("unused"), firsts), use.names = FALSE)
    ),
    class = "feedforward_encoding"
  )
}

# Number of inputs of each predictor, by name, in the order of the inputs.
input_blocks <- function(encoding) {
  blocks <- lapply(names(encoding$groups), function(name) {
    group <- encoding$groups[[name]]
    stats::setNames(encoders[[name]]$sizes(group), group$columns)
  })
  unlist(blocks)
}

# What the core keeps of a row: a code for each factor that lights inputs, and numbers.
row_cells <- function(encoding) {
  sum(vapply(names(encoding$groups), function(name) {
    group <- encoding$groups[[name]]
    codes <- name == onehot_encoder$name
    if (codes) length(group$columns) else sum(encoders[[name]]$sizes(group))
  }, 0L))
}

# Mean and mean square of each input over the rows that trained, in the inputs' order.
input_moments <- function(encoding) {
  parts <- lapply(names(encoding$groups), function(name) {
    encoders[[name]]$moments(encoding$groups[[name]])
  })
  lapply(c(mean = "mean", square = "square"), function(what) {
    unlist(lapply(parts, `[[`, what), use.names = FALSE)
  })
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
  } else if (source$kind == "scattered") {
    setdiff(rows %||% seq_len(source$n), incomplete_rows(source$data, names))
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

# By name of the column, in the order of the frame.
drop_reasons <- function(facts, names, ignore_constant) {
  if (!ignore_constant) {
    return(stats::setNames(character(), character()))
  }
  missing <- ask_of_facts(facts, "missing")[names]
  constant <- ask_of_facts(facts, "constant")[names]
  reasons <- stats::setNames(ifelse(missing, "all missing", "constant"), names)
  reasons[missing | constant]
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

# The encoding replayed: columns of new rows are found and checked by new_columns(),
# and rows of any kind go to the core through encode_rows(). Training takes the second
# way only, so what was learned and what is replayed are one.

# The rows as the core holds them (an external pointer).
#   columns: as in learn_encoding(), or from new_columns(); n: their rows
#   keep: NULL for all rows, or their indices in the order wanted
encode_rows <- function(encoding, columns, n, keep = NULL) {
  inputs <- encoding_plan(encoding, columns)
  rows_build(inputs$columns, inputs$plan, n, keep, encoding$sparse)
}

# list(columns, plan): the columns in input order, uncopied where they can be, and for
# each what the core does with it.
#   kind = "codes": code k goes to input map[k] (from 0; -1 is none), NA to `missing`
#   kind = "numeric": x goes in as (x - mean) * scale, NA as if it were `impute`; the
#     column begins after the first `from` values, for it may be part of a matrix
#   kind = "sparse": the same for each column of a dgCMatrix, whose first input is
#     `first`; mean, scale and impute are vectors
encoding_plan <- function(encoding, columns) {
  source <- column_source(columns)
  if (source$kind == "sparse") {
    return(sparse_plan(encoding, source))
  }
  # Of an object with a class `$` looks for methods, which a single row feels.
  encoding <- unclass(encoding)
  missing <- missing_inputs(encoding)
  at <- match(encoding$order$factors, source$names)
  factors <- lapply(seq_along(at), function(k) {
    column <- source_column(source, at[k])
    coded <- level_codes(column, column_class(column), encoding$levels[[k]])
    map <- level_inputs(encoding, k)[coded$map]
    map[is.na(coded$map)] <- missing[[k]]
    list(
      column = coded$codes,
      plan = list(kind = "codes", map = map, missing = missing[[k]])
    )
  })
  at <- match(encoding$order$numerics, source$names)
  whole <- is_number_matrix(source)
  numerics <- lapply(seq_along(at), function(k) {
    list(
      column = if (whole) source$data else to_number(source_column(source, at[k])),
      plan = list(
        kind = "numeric", from = if (whole) (at[k] - 1) * source$n else 0,
        mean = encoding$means[[k]], scale = encoding$scales[[k]],
        impute = encoding$impute[[k]]
      )
    )
  })
  both <- c(factors, numerics)
  list(
    columns = lapply(both, `[[`, "column"),
    plan = lapply(both, `[[`, "plan")
  )
}

# The 0-based input of each level of the kth factor; -1 for the first without its own.
level_inputs <- function(encoding, k) {
  inputs <- encoding$offsets[[k]] + seq_along(encoding$levels[[k]]) - 1L
  if (!encoding$use_all_factor_levels) {
    inputs <- inputs - 1L
    inputs[seq_len(min(1, length(inputs)))] <- -1L
  }
  inputs
}

sparse_plan <- function(encoding, source) {
  names <- encoding$order$numerics
  at <- match(names, source$names)
  data <- source$data
  if (!identical(at, seq_along(source$names))) {
    data <- data[, at, drop = FALSE]
  }
  list(
    columns = list(data),
    plan = list(list(
      kind = "sparse", mean = unname(encoding$means), scale = unname(encoding$scales),
      impute = unname(encoding$impute), first = 0L
    ))
  )
}

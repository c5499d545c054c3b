# The encoding replayed: columns of new rows are found and checked by new_columns(),
# and rows of any kind go to the core through encode_rows(). Training takes the second
# way only, so what was learned and what is replayed are one.

# The rows as the core holds them (an external pointer).
#   columns: as in learn_encoding(), or from new_columns(); n: their rows
#   keep: NULL for all rows, or their indices in the order wanted
encode_rows <- function(encoding, columns, n, keep = NULL, threads = 1L) {
  inputs <- encoding_plan(encoding, columns)
  rows_build(inputs$columns, inputs$plan, n, keep, encoding$sparse, threads)
}

# list(columns, plan): columns in input order, uncopied where they can be, and for each of
# these entries what the core does with it.
#   kind = "codes": code k goes to input map[k] (from 0; -1 is none), NA to `missing`
#   kind = "numbers": a list of columns, or a matrix; x goes in as (x - mean) * scale, NA
#     as if it were `impute`, and each column begins after the first `from` values;
#     vectors with one number per column
#   kind = "sparse": the same for the columns of a dgCMatrix, whose first input is `first`
encoding_plan <- function(encoding, columns) {
  source <- column_source(columns)
  if (source$kind == "sparse") {
    return(sparse_plan(encoding, source))
  }
  # Of an object with a class `$` looks for methods, which a single row feels.
  groups <- unclass(encoding)$groups
  planned <- unlist(
    lapply(names(groups), function(name) encoders[[name]]$plan(groups[[name]], source)),
    recursive = FALSE
  )
  list(
    columns = lapply(planned, `[[`, "column"),
    plan = lapply(planned, `[[`, "plan")
  )
}

# What training must know of each column: range, mean, spread, levels, missing values.
# A fact is a list with `class`, `encoder` (a name), `missing` (a count) and what its
# encoder says (encoder-record.R).

# Facts per column, all problems thrown together.
learn_columns <- function(source, standardize, rows = NULL, weights = NULL,
                          names = source$names) {
  if (!is.null(weights)) {
    weights <- if (is.null(rows)) weights else weights[rows]
    # Ones are no weights: the same bits.
    weights <- if (all(weights == 1)) NULL else as.double(weights)
  }
  facts <- if (source$kind == "sparse") {
    learn_sparse(source, rows, weights)[names]
  } else {
    at <- match(names, source$names)
    lapply(stats::setNames(at, names), function(j) {
      if (is.null(rows) && is.null(weights) && is_number_matrix(source)) {
        class <- if (is.double(source$data)) "numeric" else "integer"
        fact <- plain_number(source$data, class, (j - 1) * source$n, source$n)
        return(c(fact, encoder = number_encoder$name))
      }
      column <- source_column(source, j)
      if (is.null(rows)) {
        return(learn_column(column, source$names[j], weights))
      }
      fact <- learn_column(column[rows], source$names[j], weights)
      fact$first_bad <- rows[fact$first_bad]
      fact
    })
  }
  problems <- unlist(Map(function(fact, name) {
    fact$problem %||% encoders[[fact$encoder]]$problem(fact, name, standardize)
  }, facts, names))
  if (length(problems) > 0) {
    abort_input(problems)
  }
  facts
}

learn_column <- function(column, name, weights) {
  class <- column_class(column)
  problem <- column_problem(column, name, class)
  if (!is.null(problem)) {
    return(list(problem = problem))
  }
  encoder <- encoder_for(class)
  c(encoder$fact(column, class, weights), encoder = encoder$name)
}

# The training and the validation rows, ready for the trainer and for scoring.

# A set of rows with what is known about them.
#   rows: pointer from encode_rows(); n: how many; actual: class codes or numbers on
#   the scale of the response; target: the same as the trainer wants it; weights,
#   offset: numbers or NULL; name: "training" or "validation"
data_part <- function(rows, n, actual, target, weights = NULL, offset = NULL,
                      name = "training") {
  list(
    rows = rows, n = n, actual = actual, target = target, weights = weights,
    offset = offset, name = name
  )
}

training_part <- function(data, learned, threads = 1L) {
  rows <- learned$rows
  y <- pick_rows(data$y, rows)
  data_part(
    if (is_scattered(data$columns)) {
      encode_scattered(learned$encoding, data$columns, rows, "training")
    } else {
      encode_rows(learned$encoding, data$columns, data$rows, rows, threads)
    },
    n = learned$n,
    actual = known_truth(learned$response, y, learned$n),
    target = if (!is.null(y)) encode_target(learned$response, y),
    weights = plain_weights(pick_rows(data$weights, rows)),
    offset = pick_rows(data$offset, rows)
  )
}

# Of rows without a response what is predicted is an error, and the truth is 0.
known_truth <- function(response, y, n) {
  if (is.null(y)) numeric(n) else encode_actual(response, y)
}

# Rows of the validation frame that can be judged: with a response that training knew
# and a weight above 0, of `only` these, where that is said. NULL without a frame.
validation_part <- function(data, learned, threads = 1L) {
  validation <- data$validation
  if (is.null(validation)) {
    return(NULL)
  }
  response <- learned$response
  columns <- in_words_of("`validation_frame`", if (is_scattered(validation$frame)) {
    fit_scattered(learned$encoding, validation$frame)
  } else {
    new_columns(learned$encoding, validation$frame, threads = threads)
  })
  actual <- if (is.null(validation$y)) {
    known_truth(response, NULL, validation$rows)
  } else {
    new_response(list(response = response), validation$frame, validation$y)
  }
  counts <- !is.na(actual)
  if (!is.null(validation$weights)) counts <- counts & validation$weights > 0
  if (!is.null(validation$only)) counts <- counts & seq_along(counts) %in% validation$only
  if (!any(counts)) {
    abort_input(
      "`validation_frame` has no row with a known response and a weight above 0."
    )
  }
  keep <- if (!all(counts)) which(counts)
  data_part(
    if (is_scattered(columns)) {
      encode_scattered(learned$encoding, columns, keep, "validation")
    } else {
      encode_rows(learned$encoding, columns, validation$rows, keep, threads)
    },
    n = sum(counts), actual = pick_rows(actual, keep), target = NULL,
    weights = plain_weights(pick_rows(validation$weights, keep)),
    offset = pick_rows(validation$offset, keep),
    name = "validation"
  )
}

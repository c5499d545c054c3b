# The validation rows: their response, weights and offset, beside the training data.

# A data frame with the columns of the training frame. Its predictors are judged when the
# encoding is applied to it.
resolve_validation <- function(validation_frame, training) {
  frame <- read_frame(validation_frame, "validation_frame")
  judge_validation(
    if (is_scattered(frame$columns)) frame$columns else validation_frame, frame$rows,
    if (!is.null(training$response)) frame$columns[[training$response]],
    function(name) frame$columns[[name]], training
  )
}

# Where x and y hold the values, so does the validation: list(x, y). No column of a frame
# is known to be the response.
resolve_validation_xy <- function(validation, training) {
  if (!is.list(validation) || is.data.frame(validation) ||
    !setequal(names(validation), c("x", "y"))) {
    abort_argument(paste(
      "`validation_frame` must be a list of `x` and `y`, as `x` and `y` hold the",
      "training data: `validation_frame = list(x = , y = )`."
    ))
  }
  x <- plain_table(validation$x, "validation_frame$x")
  y <- plain_column(validation$y)
  if (nrow(x) == 0 || NROW(y) != nrow(x)) {
    abort_input(
      "`validation_frame` must have rows in `x`, and as many values in `y`."
    )
  }
  if (is.data.frame(x)) read_frame(x, "validation_frame$x")
  # Weights and offset are columns of x, if they are columns at all.
  judge_validation(x, nrow(x), y, function(name) data_column(x, name), training)
}

# column(name): of the rows, NULL if there is none
judge_validation <- function(predictors, rows, y, column, training) {
  roles <- training$arguments[c("weights_column", "offset_column")]
  roles <- unlist(Filter(Negate(is.null), roles))
  found <- lapply(roles, column)
  lacking <- c(
    if (is.null(y) && !training$arguments$autoencoder) training$response,
    roles[vapply(found, is.null, NA)]
  )
  if (length(lacking) > 0) {
    abort_input(
      sprintf("`validation_frame` lacks %s.", list_names(lacking))
    )
  }
  weights <- found$weights_column
  offset <- found$offset_column
  problems <- c(
    weights_problems(weights, training$arguments$weights_column),
    offset_problems(offset, training$arguments$offset_column),
    if (!is.null(y)) validation_response_problem(y, training)
  )
  scores <- if (length(problems) == 0 && !is.null(y)) {
    which_train(y, if (!is.null(weights)) weights > 0)
  }
  if (length(problems) == 0 && !is.null(scores) && length(scores) == 0) {
    problems <- "no row has a response and a weight above 0."
  }
  if (length(problems) > 0) {
    abort_input(paste("`validation_frame`:", problems))
  }
  list(
    frame = predictors, y = y, weights = plain_weights(weights),
    offset = if (!is.null(offset)) as.numeric(offset), rows = rows, scores = scores
  )
}

validation_response_problem <- function(y, training) {
  name <- training$response
  class <- column_class(y)
  problem <- response_problem(y, name, class)
  if (!is.null(problem)) {
    return(problem)
  }
  if (training$n_classes == 1) {
    if (holds_classes(class)) {
      return(sprintf("the response %s must be numeric.", quote_name(name)))
    }
    return(number_problem(to_number(y, class), name))
  }
  known <- training$y
  if (!is.null(training$trains)) known <- known[training$trains]
  texts <- function(column) {
    if (is.factor(column)) {
      levels(column)
    } else {
      as.character(unique(column))
    }
  }
  if (length(intersect(texts(y), present_levels(known))) == 0) {
    sprintf("the response %s has no class in common with training.", quote_name(name))
  }
}

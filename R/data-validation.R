# The validation frame: its response, weights and offset, beside the training data.

# Its predictors are judged when the encoding is applied to it.
resolve_validation <- function(validation_frame, training) {
  frame <- read_frame(validation_frame, "validation_frame")
  arguments <- training$arguments
  needed <- c(training$response, arguments$weights_column, arguments$offset_column)
  lacking <- setdiff(needed, frame$names)
  if (length(lacking) > 0) {
    abort_input(
      sprintf("`validation_frame` lacks %s.", list_names(lacking))
    )
  }
  column_of <- function(name) if (!is.null(name)) frame$columns[[name]]
  y <- frame$columns[[training$response]]
  weights <- column_of(arguments$weights_column)
  offset <- column_of(arguments$offset_column)
  problems <- c(
    weights_problems(weights, arguments$weights_column),
    offset_problems(offset, arguments$offset_column),
    validation_response_problem(y, training)
  )
  scores <- if (length(problems) == 0) {
    which_train(y, if (!is.null(weights)) weights > 0)
  }
  if (length(problems) == 0 && !is.null(scores) && length(scores) == 0) {
    problems <- "no row has a response and a weight above 0."
  }
  if (length(problems) > 0) {
    abort_input(paste("`validation_frame`:", problems))
  }
  list(
    frame = validation_frame, y = y, weights = plain_weights(weights),
    offset = if (!is.null(offset)) as.numeric(offset), rows = frame$rows, scores = scores
  )
}

validation_response_problem <- function(y, training) {
  name <- training$response
  class <- column_class(y)
  problem <- column_problem(y, name, class, role = "response")
  if (!is.null(problem)) {
    return(problem)
  }
  if (training$n_classes == 1) {
    if (holds_classes(class)) {
      return(sprintf("the response %s must be numeric.", quote_name(name)))
    }
    return(infinite_response(to_number(y, class), name, NULL))
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
  if (length(intersect(texts(y), learn_levels(known, column_class(known)))) == 0) {
    sprintf("the response %s has no class in common with training.", quote_name(name))
  }
}

# Where x and y hold the values, so may the validation: list(x, y). Or it is a data
# frame with the response in a column `y`.
resolve_validation_xy <- function(validation, data) {
  if (is.data.frame(validation)) {
    return(resolve_validation(validation, data))
  }
  if (!is.list(validation) || !setequal(names(validation), c("x", "y"))) {
    abort_argument(paste(
      "`validation_frame` must be a list of `x` and `y`, or a data frame with the",
      "predictors and a column `y`, where `x` and `y` hold the training data."
    ))
  }
  rows <- nrow(validation$x)
  if (is.null(rows) || rows == 0 || length(validation$y) != rows) {
    abort_input(
      "`validation_frame` must have rows in `x`, and as many values in `y`."
    )
  }
  # Weights and offset are columns of x, if they are columns at all.
  frame <- data.frame(y = seq_len(rows))
  frame[[1]] <- validation$y
  names(frame) <- data$response
  for (argument in c("weights_column", "offset_column")) {
    name <- data$arguments[[argument]]
    if (!is.null(name)) {
      frame[[name]] <- data_column(validation$x, name)
    }
  }
  resolved <- resolve_validation(frame, data)
  resolved$frame <- validation$x
  resolved
}

# The response into what metrics and the trainer want: learned once from the rows that
# train, replayed for ever. Predictions come back through the task (task.R).

# Learns what targets and predictions need of the response `y`. Factors, text (levels in
# the order of their bytes) and logical values are classes, all else is a number;
# durations count seconds. A class without a row that trains is none.
#   arguments: list(distribution, loss, standardize), the first two resolved
#   weights, trains: as in learn_encoding(); name: of the response, for messages; levels:
#     its classes where they are known
#
# Returns a list of class "feedforward_response":
#   name; stand_in: is it only a word of ours, for the response came as a vector; kind:
#     of the task
#   class: of y, see `column_families`; levels: NULL for numbers; ordered
#   distribution, loss; link: that of the distribution
#   correction: where classes were balanced, what the probability of each is to be
#     multiplied by before they are made to sum to 1 (balance_rows())
#   mean, scale: target = (y - mean) * scale; 0 and 1 unless `standardize` and an
#     identity link. The deviation is weighted as the predictors' is
learn_response <- function(y, arguments, weights = NULL, trains = NULL,
                           name = arguments[["y"]], stand_in = FALSE,
                           levels = NULL) {
  name <- if (is.character(name) && length(name) == 1) name else "y"
  class <- response_class(y, name)
  rows <- rows_that_count(length(y), weights, trains)
  levels <- levels %||% learn_classes(pick_rows(y, rows), name, class)
  link <- distributions[[arguments[["distribution"]]]]$link
  response <- structure(
    list(
      name = name,
      stand_in = stand_in,
      kind = task_for(max(1, length(levels)))$kind,
      class = class,
      levels = levels,
      ordered = class == "ordered",
      distribution = arguments[["distribution"]],
      loss = arguments[["loss"]],
      link = link,
      mean = 0,
      scale = 1
    ),
    class = "feedforward_response"
  )
  if (!is.null(levels)) {
    return(response)
  }
  standardize <- link == "identity" && isTRUE(arguments[["standardize"]])
  scale_response(response, y, rows, weights, standardize)
}

scale_response <- function(response, y, rows, weights, standardize) {
  values <- encode_actual(response, y)
  if (!is.null(rows)) {
    values <- values[rows]
    weights <- weights[rows]
  }
  known <- !is.na(values)
  if (!any(known)) {
    abort_input(sprintf(
      "The response %s is missing in every row.", quote_name(response$name)
    ))
  }
  values <- values[known]
  weights <- weights[known]
  if (standardize) {
    moments <- mean_and_sd(values, if (!all(weights == 1)) weights)
    response$mean <- moments$mean
    response$scale <- if (moments$sd < 1e-300) 1 else 1 / moments$sd
  }
  if (any(abs(values - response$mean) * response$scale > max_float)) {
    abort_input(sprintf(
      "The response %s has values beyond single precision: rescale it.",
      quote_name(response$name)
    ))
  }
  response
}

# The response as numbers: classes by their place.
numbers_of <- function(y) {
  class <- column_class(y)
  if (!holds_classes(class)) {
    return(as.double(to_number(y, class)))
  }
  as.double(match(as.character(y), learn_levels(y, class)))
}

response_class <- function(y, name) {
  class <- column_class(y)
  problem <- response_problem(y, name, class)
  if (!is.null(problem)) {
    abort_input(problem)
  }
  class
}

# The classes of rows that train, in the order of the levels; NULL for numbers. A level
# without a row is none: the network would have an output that nothing trains.
learn_classes <- function(y, name, class = response_class(y, name)) {
  if (!holds_classes(class)) {
    return(NULL)
  }
  levels <- present_levels(y, class)
  if (length(levels) < 2) {
    abort_input(sprintf(
      "The response %s has %s; two classes or more are needed.", quote_name(name),
      if (length(levels) == 0) "no class" else paste("the one class", shorten(levels))
    ))
  }
  levels
}

warn_unused_classes <- function(y, name, classes) {
  unused <- if (is.factor(y)) setdiff(learn_levels(y), classes)
  if (length(unused) > 0) {
    warn_feedforward(
      sprintf(
        "Classes of the response %s without a row that trains are left out: %s.",
        quote_name(name), list_levels(list(unused))
      ),
      class = "feedforward_unused_classes_warning", classes = unused
    )
  }
}

# `y` as metrics want it: 0-based class codes, or numbers in units of the response.
# Missing stays missing, and a class that training did not know becomes missing.
encode_actual <- function(response, y) {
  class <- response_class(y, response$name)
  classes <- holds_classes(class)
  if (is.null(response$levels)) {
    if (classes && !all(is_missing(y))) {
      abort_input(sprintf(
        "The response %s is %s; the model predicts a number.", quote_name(response$name),
        class_words[[class]]
      ))
    }
    values <- if (classes) rep(NA_real_, length(y)) else as.double(to_number(y, class))
    problem <- number_problem(values, response$name)
    if (!is.null(problem)) {
      abort_input(problem)
    }
    return(values)
  }
  # Classes go by their text; a number may stand for the class of its name.
  coded <- if (class %in% c("factor", "ordered", "character")) {
    level_codes(y, class, response$levels)
  } else if (response$class == "logical" || class == "logical") {
    level_codes(as.logical(y), "logical", response$levels)
  } else {
    level_codes(as.character(y), "character", response$levels)
  }
  coded$map[as.integer(coded$codes)] - 1L
}

# `y` as the trainer wants it: class codes, or numbers in units of the network's output.
encode_target <- function(response, y) {
  actual <- encode_actual(response, y)
  if (is.null(response$levels)) (actual - response$mean) * response$scale else actual
}

# The offset in units of the network's output: under an identity link it is given in
# units of the response, under a log link on the log scale.
encode_offset <- function(response, offset) {
  if (is.null(offset)) NULL else as.double(offset) * response$scale
}

# Names of the fields that are not what learn_response() makes: a model is a list that
# anyone may edit. Predictions stay finite for the scales that it can learn.
response_flaws <- function(response) {
  class <- response$class
  distribution <- response$distribution
  if (!is_one_of(class, names(column_families))) {
    return("class")
  }
  if (!is_one_of(distribution, distributions_of(classes = holds_classes(class)))) {
    return("distribution")
  }
  levels <- response$levels
  sound <- c(
    name = is_text(response$name) && length(response$name) == 1,
    levels = if (holds_classes(class)) {
      is_text(levels) && length(levels) > 1 && anyDuplicated(levels) == 0
    } else {
      is.null(levels)
    },
    correction = is.null(response$correction) || (holds_classes(class) &&
      is.numeric(response$correction) &&
      length(response$correction) == length(levels) &&
      all(is.finite(response$correction) & response$correction > 0)),
    ordered = identical(response$ordered, class == "ordered"),
    link = identical(response$link, distributions[[distribution]]$link),
    mean = is_finite_number(response$mean) && abs(response$mean) <= largest_response,
    scale = is_finite_number(response$scale) && response$scale >= 1 / largest_response
  )
  names(sound)[!sound]
}

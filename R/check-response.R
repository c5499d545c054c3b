# Rules on response, weights and offset, and the rows they leave for training. Whatever
# a row of weight 0 holds is no matter.

# Above this number of classes H2O refuses, too.
max_classes <- 2^20

# list(rows: indices, NULL for all; n; kind; n_classes; problems; remarks)
judge_response <- function(y, name, weights, distribution) {
  class <- column_class(y)
  problem <- column_problem(y, name, class, role = "response")
  if (is.null(problem) && length(dim(y)) > 1) {
    problem <- sprintf("The response %s must not be a matrix.", quote_name(name))
  }
  if (!is.null(problem)) {
    return(list(problems = problem))
  }
  classes <- column_families[[class]] == "factor"
  values <- if (classes) y else to_number(y, class)
  counts <- if (!is.null(weights)) weights > 0
  if (!classes) {
    problem <- infinite_response(values, name, counts)
    if (!is.null(problem)) {
      return(list(problems = problem))
    }
  }
  rows <- which_train(values, counts)
  n <- if (is.null(rows)) length(y) else length(rows)
  present <- if (is.null(counts)) length(y) else sum(counts)
  if (n == 0) {
    return(list(problems = sprintf(
      "The response %s is missing in %s: no row can train.", quote_name(name),
      if (present == 1) "the only row" else sprintf("all %s rows", format_count(present))
    )))
  }
  known <- if (is.null(rows)) values else values[rows]
  judged <- if (classes) {
    judge_classes(known, class, name)
  } else {
    judge_numbers(known, name, distribution)
  }
  if (present > n) {
    judged$remarks <- c(remark(
      sprintf(
        "%s without a response %s and will not train.",
        count_of(present - n, "row"),
        if (present - n == 1) "is skipped" else "are skipped"
      ),
      "feedforward_missing_response_warning"
    ), judged$remarks)
  }
  judged$rows <- rows
  judged$n <- n
  judged
}

# NULL if every row trains.
which_train <- function(values, counts) {
  factor <- is.factor(values) && anyNA(levels(values))
  present <- if (factor || anyNA(values)) !is_missing(values)
  if (is.null(present) && (is.null(counts) || all(counts))) {
    return(NULL)
  }
  which(if (is.null(present)) counts else if (is.null(counts)) present else {
    present & counts
  })
}

# NaN and Inf are faults of a computation, not missing values.
infinite_response <- function(values, name, counts) {
  if (!is.double(values)) {
    return(NULL)
  }
  # min() and max() copy nothing and are finite for nearly all data.
  finite <- is.finite(min(values, Inf, na.rm = TRUE)) || all(is.na(values))
  finite <- finite && (is.finite(max(values, -Inf, na.rm = TRUE)) || all(is.na(values)))
  if (finite && !anyNA(values)) {
    return(NULL)
  }
  bad <- which(is.infinite(values) | is.nan(values))
  if (!is.null(counts)) bad <- bad[counts[bad]]
  if (length(bad) > 0) {
    sprintf(
      "The response %s is infinite or NaN in %s (first in row %s). Make those NA.",
      quote_name(name), count_of(length(bad), "row"), format_count(bad[[1]])
    )
  }
}

judge_classes <- function(y, class, name) {
  n_classes <- length(learn_levels(y, class))
  if (n_classes > max_classes) {
    return(list(problems = sprintf(
      "The response %s has %s classes; at most %s can be told apart.",
      quote_name(name), format_count(n_classes), format_count(max_classes)
    )))
  }
  if (all(y == y[[1]])) {
    return(list(problems = constant_problem(name, length(y), sprintf(
      "has the class %s", shorten(as.character(y[[1]]))
    ))))
  }
  list(kind = if (n_classes == 2) "binomial" else "multinomial", n_classes = n_classes)
}

constant_problem <- function(name, n, what) {
  if (n == 1) {
    return(sprintf(
      "Only 1 row trains (%s %s); a response must vary over at least 2 rows.",
      quote_name(name), what
    ))
  }
  sprintf(
    "The response %s is constant: each of the %s rows that train %s.",
    quote_name(name), format_count(n), what
  )
}

judge_numbers <- function(values, name, distribution) {
  low <- min(values)
  high <- max(values)
  problems <- c(
    if (low == high) {
      constant_problem(name, length(values), sprintf("is %s", format_number(low)))
    },
    positive_problem(values, low, name, distribution)
  )
  # Asking for a distribution of classes gets an error of its own.
  coded <- !distribution %in% c("bernoulli", "multinomial") && low < high &&
    high == 1 && low %in% c(0, -1) && all(values == low | values == high)
  remarks <- if (coded) {
    remark(
      sprintf(
        paste(
          "The response %s holds only %s and 1, as numbers: this trains a regression.",
          "Make it a factor, for instance with as.factor(), to train a classification."
        ),
        quote_name(name), format_number(low)
      ),
      "feedforward_response_warning"
    )
  }
  list(kind = "regression", n_classes = 1, problems = problems, remarks = remarks)
}

positive_problem <- function(values, low, name, distribution) {
  wrong <- switch(distribution,
    poisson = ,
    tweedie = if (low < 0) list(count = sum(values < 0), needed = "0 or more"),
    gamma = if (low <= 0) list(count = sum(values <= 0), needed = "above 0")
  )
  if (!is.null(wrong)) {
    sprintf(
      paste(
        "`distribution = \"%s\"` needs a response of %s, but %s has %s that %s not",
        "(smallest: %s)."
      ),
      distribution, wrong$needed, quote_name(name), count_of(wrong$count, "value"),
      if (wrong$count == 1) "is" else "are", format_number(low)
    )
  }
}

# ---- Weights and offset ---------------------------------------------------------

weights_problems <- function(weights, name = NULL) {
  if (is.null(weights)) {
    return(NULL)
  }
  label <- "The weights"
  if (!is.null(name)) label <- paste("The weights column", quote_name(name))
  if (!is_plain_numeric(weights)) {
    return(sprintf("%s must be numeric, not %s.", label, class_name(weights)))
  }
  bad <- which(!is.finite(weights) | weights < 0)
  if (length(bad) > 0) {
    return(sprintf(
      "%s must be finite and 0 or more; %s not (first in row %s: %s).", label,
      count_of(length(bad), "is", "are"), format_count(bad[[1]]),
      shorten(weights[[bad[[1]]]])
    ))
  }
  if (max(weights) == 0) {
    return(sprintf("%s must have one value above 0: no row would train.", label))
  }
  if (max(weights) > max_float || sum(as.numeric(weights)) == Inf) {
    sprintf("%s must be within single precision.", label)
  }
}

offset_problems <- function(offset, name) {
  if (is.null(offset)) {
    return(NULL)
  }
  label <- paste("The offset column", quote_name(name))
  if (!is_plain_numeric(offset)) {
    return(sprintf("%s must be numeric, not %s.", label, class_name(offset)))
  }
  bad <- which(!is.finite(offset) | abs(offset) > max_float)
  if (length(bad) > 0) {
    sprintf(
      "%s must be finite; %s not (first in row %s: %s).", label,
      count_of(length(bad), "value is", "values are"), format_count(bad[[1]]),
      shorten(offset[[bad[[1]]]])
    )
  }
}

is_plain_numeric <- function(x) {
  is.numeric(x) && !is.object(x) && length(dim(x)) <= 1
}

# Weights that are all 1 say nothing.
plain_weights <- function(weights) {
  if (is.null(weights) || all(weights == 1)) NULL else as.numeric(weights)
}

# ---- Validation frame -----------------------------------------------------------

# Response, weights and offset of the validation frame; its predictors are judged when
# the encoding is applied to it.
resolve_validation <- function(validation_frame, training, call = NULL) {
  frame <- read_frame(validation_frame, "validation_frame", call)
  arguments <- training$arguments
  needed <- c(training$response, arguments$weights_column, arguments$offset_column)
  lacking <- setdiff(needed, frame$names)
  if (length(lacking) > 0) {
    abort_input(
      sprintf("`validation_frame` lacks %s.", list_names(lacking)),
      call = call
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
    abort_input(paste("`validation_frame`:", problems), call = call)
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
  if (training$kind == "regression") {
    if (column_families[[class]] == "factor") {
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

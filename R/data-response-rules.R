# What a response may be, the task it asks for and the rows it leaves for training.
# Whatever a row of weight 0 holds is no matter.

# Above this number of classes H2O refuses, too.
max_classes <- 2^20

# list(rows: indices, NULL for all; n; kind: of a task; n_classes: of those with a row, 1
# for numbers; problems; remarks)
judge_response <- function(y, name, weights, distribution) {
  class <- column_class(y)
  problem <- response_problem(y, name, class)
  if (!is.null(problem)) {
    return(list(problems = problem))
  }
  classes <- holds_classes(class)
  values <- if (classes) y else to_number(y, class)
  counts <- if (!is.null(weights)) weights > 0
  if (!classes) {
    problem <- number_problem(values, name, counts)
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

# What makes a column unfit to be the response of any rows, or NULL.
response_problem <- function(y, name, class = column_class(y)) {
  problem <- column_problem(y, name, class, role = "response")
  if (is.null(problem) && column_families[[class]] == "time") {
    problem <- sprintf(
      paste(
        "The response %s is %s; a model predicts numbers or classes. Use as.numeric() of",
        "it, the days (of a date) or seconds (of a time) since 1970, and turn",
        "predictions back by as.Date() or as.POSIXct() with `origin = \"1970-01-01\"`."
      ),
      quote_name(name), class_words[[class]]
    )
  }
  problem
}

# Squares of larger errors, weighted and added up, overflow; those of smaller ones vanish.
largest_response <- 1e120

# What makes numbers unfit to be a response, or NULL. NaN and Inf are faults of a
# computation, not missing values.
#   counts: FALSE for rows that do not matter, NULL if all do
number_problem <- function(values, name, counts = NULL) {
  if (!is.double(values)) {
    return(NULL)
  }
  # min() and max() copy nothing, and hardly any data need more.
  if (!anyNA(values) && max(values) <= largest_response &&
    min(values) >= -largest_response) {
    return(NULL)
  }
  bad <- which(is.nan(values) | abs(values) > largest_response)
  if (!is.null(counts)) bad <- bad[counts[bad]]
  if (length(bad) == 0) {
    return(NULL)
  }
  infinite <- bad[!is.finite(values[bad])]
  told <- if (length(infinite) > 0) infinite else bad
  sprintf(
    "The response %s is %s in %s (first in row %s). %s", quote_name(name),
    if (length(infinite) > 0) "infinite or NaN" else "beyond 1e120",
    count_of(length(told), "row"), format_count(told[[1]]),
    if (length(infinite) > 0) {
      "Make those NA."
    } else {
      "Squared errors would overflow: divide it by a power of ten."
    }
  )
}

judge_classes <- function(y, class, name) {
  n_classes <- length(present_levels(y, class))
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
  list(
    kind = task_for(n_classes)$kind, n_classes = n_classes,
    remarks = rare_classes_remark(n_classes, length(y), name)
  )
}

# An identifier, or numbers that were read as text.
rare_classes_remark <- function(n_classes, n, name) {
  if (n_classes > max(20, n / 3)) {
    remark(
      sprintf(
        paste(
          "The response %s has %s classes in %s: hardly any class can be learned.",
          "If it holds numbers, make it numeric; if it names the rows, it is no response."
        ),
        quote_name(name), format_count(n_classes), count_of(n, "row")
      ),
      "feedforward_response_warning"
    )
  }
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
    if (!varies(values, low, high)) {
      constant_problem(name, length(values), sprintf("is %s", format_number(low)))
    } else if (high - low < 1 / largest_response) {
      sprintf(
        "The response %s varies by %s only: multiply it by a power of ten.",
        quote_name(name), format_number(signif(high - low, 3))
      )
    },
    range_of_response_problem(values, name, distribution)
  )
  # Asking for a distribution of classes gets an error of its own.
  coded <- !distribution %in% distributions_of(classes = TRUE) && low < high &&
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
  list(kind = task_for(1)$kind, n_classes = 1, problems = problems, remarks = remarks)
}

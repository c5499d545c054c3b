# Rules on training arguments before any work. What one argument may be stands in the
# table; here is what they may be together. What depends on the data is completed later
# (arguments-complete.R). All problems of one pass are thrown together.

# given: named list of the arguments that the caller wrote, evaluated. x, y and the
#   frames may be among them and are passed over.
# earlier: list(arguments, given, filled) of the model that training goes on from, or
#   NULL.
# Returns all other arguments in the order of the table, choices in their own spelling,
# defaults filled in, dropout ratios one per hidden layer; attribute "given": the names
# in `given`, in `earlier`, and those that the preset fills in, which "filled" has
# alone. Throws feedforward_argument_error; warns (class
# feedforward_ignored_argument_warning) of arguments that will do nothing.
check_arguments <- function(given = list(), earlier = NULL) {
  if (length(given) > 0 && (is.null(names(given)) || any(names(given) %in% c("", NA)))) {
    abort_argument("Every argument after the data must be named.")
  }
  asked <- names(given)
  problems <- name_problems(asked)
  if (is.null(earlier)) given <- with_preset(given)
  values <- default_values()
  wrong <- character()
  for (name in intersect(names(values), names(given))) {
    checked <- check_one(name, given[[name]])
    if (is.null(checked$problem)) {
      values[name] <- checked["value"]
    } else {
      problems <- c(problems, checked$problem)
      wrong <- c(wrong, name)
    }
  }
  if (!is.null(earlier)) {
    inherited <- inherit_arguments(values, setdiff(names(given), wrong), earlier)
    values <- inherited$values
    problems <- c(problems, inherited$problems)
  }
  problems <- c(
    problems, dropout_problems(values, wrong), decay_problems(values, wrong),
    if (length(wrong) == 0) autoencoder_problems(values, asked),
    if (length(wrong) == 0) numeric_problems(values)
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  warn_ignored(values, asked)
  if (uses_dropout(values) && is.null(values$hidden_dropout_ratios)) {
    values$hidden_dropout_ratios <- rep(0.5, length(values$hidden))
  }
  # Each level is to be repeated.
  if (values$autoencoder) values$use_all_factor_levels <- TRUE
  structure(values,
    given = union(names(given), earlier$given),
    filled = c(setdiff(names(given), asked), setdiff(names(earlier$filled), asked))
  )
}

check_one <- function(name, value) {
  apply_rule(training_arguments[[name]]$rule, name, value)
}

# Before anything is evaluated: where a name is wrong, a value need not make sense either.
#   names: of the arguments as they were written, "" without
#   values: the arguments, a promise; if they can be had, their problems are told as well
check_names <- function(names, values) {
  problems <- name_problems(names[names != ""])
  if (length(problems) == 0) {
    return(invisible())
  }
  given <- tryCatch(values, error = function(e) list())
  check_arguments(given[names(given) != ""])
  abort_argument(problems)
}

name_problems <- function(written) {
  known <- c(names(training_arguments), "formula", "data")
  twice <- unique(written[duplicated(written)])
  unknown <- unique(setdiff(written, known))
  c(
    if (length(twice) > 0) sprintf("%s is given more than once.", quote_name(twice)),
    vapply(unknown, function(name) {
      paste0("There is no argument ", quote_name(name), ".", name_hint(name, known))
    }, "")
  )
}

dropout_problems <- function(values, wrong) {
  ratios <- values$hidden_dropout_ratios
  involved <- c("activation", "hidden", "hidden_dropout_ratios")
  if (is.null(ratios) || any(involved %in% wrong)) {
    return(NULL)
  }
  if (!uses_dropout(values)) {
    return(sprintf(
      paste(
        "`hidden_dropout_ratios` needs an activation with dropout, not \"%s\".",
        "Use `activation = \"%sWithDropout\"`, or leave out the ratios."
      ),
      values$activation, values$activation
    ))
  }
  if (length(ratios) != length(values$hidden)) {
    sprintf(
      "`hidden_dropout_ratios` must have one number per hidden layer: %s, not %s.",
      format_count(length(values$hidden)), format_count(length(ratios))
    )
  }
}

# rho and epsilon may be 0 where nothing uses them, as old scripts have it.
decay_problems <- function(values, wrong) {
  if (any(c("optimizer", "adaptive_rate") %in% wrong)) {
    return(NULL)
  }
  optimizer <- chosen_optimizer(values)
  used <- intersect(optimizers[[optimizer]]$arguments, c("rho", "epsilon"))
  zero <- Filter(function(name) !name %in% wrong && values[[name]] == 0, used)
  if (length(zero) > 0) {
    sprintf(
      "%s must be a number above 0 and below 1 for %s, not 0.",
      quote_name(zero), optimizer
    )
  }
}

# How numbers enter.
numeric_problems <- function(values) {
  embedded <- values$numeric_embedding != "none"
  scaled <- values$scaling != "standard"
  c(
    if ((embedded || scaled) && !values$standardize) {
      "`scaling` and `numeric_embedding` need `standardize` = TRUE."
    },
    if (embedded && scaled) {
      "`numeric_embedding` takes the place of `scaling`: give one of them."
    },
    if ((embedded || scaled) && values$autoencoder) {
      "`scaling` and `numeric_embedding` are not for autoencoders, which repeat numbers."
    }
  )
}

# What this embedding does not ask for.
idle_of_embedding <- function(values) {
  switch(values$numeric_embedding,
    none = c("embedding_size", "embedding_scale"),
    piecewise_linear = "embedding_scale"
  )
}

# One warning for all that was given and will do nothing.
warn_ignored <- function(values, given) {
  optimizer <- chosen_optimizer(values)
  idle <- intersect(given, idle_arguments(optimizer))
  advice <- if (values$optimizer == "auto" && values$adaptive_rate) {
    paste(
      "with `adaptive_rate = TRUE` the optimizer is ADADELTA, which finds its own rate.",
      "Set `adaptive_rate = FALSE` or choose an `optimizer` to use a rate."
    )
  } else {
    sprintf("the optimizer \"%s\" has no use for that.", optimizer)
  }
  replicas <- values$reproducible && is.numeric(values$replicas) && values$replicas > 1
  factors <- !values$balance_classes &&
    any(c("class_sampling_factors", "max_after_balance_size") %in% given)
  tolerance <- values$stopping_rounds == 0 && "stopping_tolerance" %in% given
  embedding <- intersect(idle_of_embedding(values), given)
  messages <- c(
    if (length(embedding) > 0) {
      sprintf(
        "Ignored: %s; `numeric_embedding` = \"%s\" has no use for that.",
        list_names(embedding), values$numeric_embedding
      )
    },
    if (length(idle) > 0) sprintf("Ignored: %s; %s", list_names(idle), advice),
    if (replicas) "Ignored: `replicas`; `reproducible = TRUE` trains one.",
    if (factors) {
      paste(
        "Ignored: `class_sampling_factors` and `max_after_balance_size`;",
        "`balance_classes` is FALSE."
      )
    },
    if (tolerance) "Ignored: `stopping_tolerance`; `stopping_rounds` is 0."
  )
  if (length(messages) > 0) {
    warn_feedforward(messages, "feedforward_ignored_argument_warning")
  }
}

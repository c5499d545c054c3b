# Which column plays which part: names and positions into names.

# The arguments that name columns which are no predictors.
role_arguments <- c("weights_column", "offset_column", "fold_column")

# list(x, y, columns: names by argument, NULL for none; problems, remarks) of x, y and
# `role_arguments` among `names`.
pick_roles <- function(x, y, names, arguments, needs_y = TRUE) {
  y <- if (needs_y) pick_column(y, names, "y", optional = FALSE)
  picked <- lapply(stats::setNames(nm = role_arguments), function(argument) {
    pick_column(arguments[[argument]], names, argument)
  })
  columns <- lapply(picked, `[[`, "name")
  roles <- unlist(Filter(Negate(is.null), c(list(y = y$name), columns)))
  predictors <- pick_predictors(x, names)
  problems <- c(
    predictors$problem, y$problem, unlist(lapply(picked, `[[`, "problem")),
    clash_problem(roles)
  )
  remarks <- list()
  if (is.null(x)) {
    predictors$names <- setdiff(names, roles)
  } else {
    others <- roles[setdiff(names(roles), "y")]
    both <- others[others %in% predictors$names]
    if (length(both) > 0) {
      problems <- c(problems, sprintf(
        "%s is both in `x` and `%s`. Leave it out of `x`.", quote_name(both), names(both)
      ))
    }
    if (!is.null(y$name) && y$name %in% predictors$names) {
      predictors$names <- setdiff(predictors$names, y$name)
      remarks <- remark(
        sprintf("The response %s was in `x` and is no predictor.", quote_name(y$name)),
        "feedforward_predictor_warning"
      )
    }
  }
  list(
    x = predictors$names, y = y$name, columns = columns, problems = unname(problems),
    remarks = remarks
  )
}

clash_problem <- function(roles) {
  second <- which(duplicated(roles))
  if (length(second) > 0) {
    first <- match(roles[second], roles)
    sprintf(
      "`%s` and `%s` are the same column %s.", names(roles)[first], names(roles)[second],
      quote_name(roles[second])
    )
  }
}

pick_column <- function(value, names, argument, optional = TRUE) {
  if (is.null(value)) {
    problem <- if (!optional) sprintf("`%s` is missing: name the response.", argument)
    return(list(problem = problem))
  }
  if (length(value) != 1) {
    return(list(problem = sprintf(
      "`%s` must be the name or position of one column, not %s.", argument, shorten(value)
    )))
  }
  picked <- pick_columns(value, names, argument)
  list(name = picked$names, problem = picked$problem)
}

# In frame order, whatever the order of `x`.
pick_predictors <- function(x, names) {
  picked <- if (is.null(x)) list(names = names) else pick_columns(x, names, "x")
  picked$names <- names[names %in% picked$names]
  picked
}

pick_columns <- function(value, names, argument) {
  if (is.character(value) && !is.object(value)) {
    unknown <- unique(value[is.na(value) | !value %in% names])
    if (length(unknown) == 0) {
      return(list(names = value))
    }
    return(list(problem = sprintf(
      "`%s` names %s, which the data do not have.%s", argument, list_names(unknown),
      if (length(unknown) == 1) did_you_mean(unknown, names) else ""
    )))
  }
  if (is.numeric(value) && !is.object(value)) {
    outside <- is.na(value) | value != trunc(value) | value < 1 | value > length(names)
    if (!any(outside)) {
      return(list(names = names[value]))
    }
    return(list(problem = sprintf(
      "`%s` must be positions from 1 to %s, not %s.", argument,
      format_count(length(names)), shorten(value[outside])
    )))
  }
  list(problem = sprintf(
    "`%s` must be names or positions of columns, not %s.", argument, shorten(value)
  ))
}

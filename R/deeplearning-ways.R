# What the ways of calling deeplearning() have in common, and how each refuses what
# belongs to another.

# x holds the predictors themselves.
fit_data <- function(x, y, given, call) {
  refuse_others(given, names(of_other_ways))
  if (missing(y) && isTRUE(given$autoencoder)) {
    return(fit_model(list(call = call, given = c(list(x = x), given), form = "data")))
  }
  if (missing(y)) {
    abort_argument("`y` is missing: give the response, one value per row of `x`.")
  }
  if (inherits(y, "formula")) {
    abort_argument(paste(
      "`y` is a formula. It comes before the data, deeplearning(formula, data), or goes",
      "by its name: data |> deeplearning(formula = ...)."
    ))
  }
  given <- c(list(x = x, y = y), given)
  fit_model(list(call = call, given = given, form = "data"))
}

# What was left empty, as in `hidden = `, was not given.
given_dots <- function(...) {
  written <- as.list(substitute(list(...)))[-1]
  kept <- which(!vapply(written, is_absent, NA))
  lapply(kept, function(i) ...elt(i))
}

# Arguments that only some ways of calling have, and what to say in the others.
of_other_ways <- c(
  formula = "`formula` must be a formula, such as `y ~ a + b`.",
  data = paste(
    "`data` goes with a formula, deeplearning(formula, data). The frame whose columns",
    "`x` and `y` name is `training_frame`."
  ),
  training_frame = paste(
    "`training_frame` has no place where `x` holds the predictors themselves.",
    "Give `x` as names of its columns, or leave it out."
  )
)

refuse_others <- function(given, names) {
  misplaced <- intersect(names, names(given))
  if (length(misplaced) > 0) {
    abort_argument(of_other_ways[misplaced[[1]]])
  }
}

# The columns of a formula's data that `.` leaves out for what arguments make of them.
columns_apart <- function(given, data) {
  unlist(lapply(role_arguments, function(name) {
    column <- given[[name]]
    if (is.numeric(column)) names(data)[column] else column
  }))
}

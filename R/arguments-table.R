#' @include arguments-table-h2o.R arguments-table-ours.R
NULL

# Every training argument, once: the signature of deeplearning(), its help page, the
# checks and the list of the core's options all come from this table.
training_arguments <- c(h2o_arguments, own_arguments)
names(training_arguments) <- vapply(training_arguments, `[[`, "", "name")

# The defaults as a list of values, without the arguments that hold data.
default_values <- function() {
  defaults <- default_arguments(without = data_arguments())
  lapply(as.list(defaults), eval, envir = baseenv())
}

data_arguments <- function() {
  names(Filter(function(argument) is.null(argument$rule), training_arguments))
}

# The formals of deeplearning(): a pairlist in the order of the table, without the names
# in `without`.
default_arguments <- function(without = character()) {
  chosen <- setdiff(names(training_arguments), without)
  as.pairlist(lapply(training_arguments[chosen], `[[`, "default"))
}

# Lines "@param name text" for roxygen: meaning, then range and default.
argument_docs <- function(names = NULL, without = character()) {
  if (is.null(names)) names <- names(training_arguments)
  vapply(training_arguments[setdiff(names, without)], document_argument, "",
    USE.NAMES = FALSE
  )
}

document_argument <- function(argument) {
  help <- gsub("\\s+", " ", argument$help)
  range <- if (!is.null(argument$rule)) sprintf("Value: %s.", argument$rule$wanted)
  default <- if (!identical(argument$default, quote(expr = ))) {
    sprintf("Default: `%s`.", paste(deparse(argument$default), collapse = " "))
  }
  fixed <- if (argument$restart == "fixed") "With a `checkpoint` it cannot change."
  paste(c("@param", argument$name, help, range, default, fixed), collapse = " ")
}

# Those that are options of the core, which knows them by the same names.
core_arguments <- function() {
  names(Filter(function(argument) argument$core, training_arguments))
}

# Errors and warnings of the package. Every error has the class `feedforward_error` and
# one that says what went wrong; every warning has `feedforward_warning` and one of its
# own. Texts reach the user as they are: nothing in them is interpolated, so names and
# values of the user may hold braces, percent signs or escape codes.

# Raises one error for all problems of one pass.
#   messages: character vector, one problem each; several become bullets
#   class: the class beside "feedforward_error"
#   ...: further fields of the condition
abort_feedforward <- function(messages, class, ...) {
  rlang::abort(
    bulleted(messages, "The call has %s problems:"),
    class = c(class, "feedforward_error"),
    problems = unname(messages),
    ...,
    # Which of our functions noticed is no help to the user.
    call = NULL
  )
}

# An argument has a value it cannot have.
abort_argument <- function(messages, ...) {
  abort_feedforward(messages, "feedforward_argument_error", ...)
}

# The data cannot be used.
abort_input <- function(messages, ...) {
  abort_feedforward(messages, "feedforward_input_error", ...)
}

# Memory does not suffice; `needed` and `available` are bytes.
abort_resource <- function(messages, needed = NULL, available = NULL, ...) {
  abort_feedforward(
    messages, "feedforward_resource_error",
    needed = needed, available = available, ...
  )
}

# A file that cannot be read or written.
abort_file <- function(messages, ...) {
  abort_feedforward(messages, "feedforward_file_error", ...)
}

# Training diverged and no good weights were ever seen; `model` is for inspection only.
abort_unstable <- function(messages, model = NULL, ...) {
  abort_feedforward(
    messages, "feedforward_unstable_error", model = model, ...
  )
}

# Our own fault, never the user's.
abort_internal <- function(messages, ...) {
  advice <- "This is a fault of feedforward: please report it, with the call."
  abort_feedforward(
    paste(messages, advice), "feedforward_internal_error", ...
  )
}

# One warning; `class` ends in "_warning". Several messages become bullets.
warn_feedforward <- function(message, class, ...) {
  rlang::warn(
    bulleted(message, "%s remarks on this call:"),
    class = c(class, "feedforward_warning"),
    ...,
    call = NULL
  )
}

bulleted <- function(messages, header) {
  messages <- unname(messages)
  if (length(messages) == 1) {
    return(messages)
  }
  c(
    sprintf(header, length(messages)),
    stats::setNames(messages, rep("x", length(messages)))
  )
}

# The arguments of a training that goes on from a checkpoint.

# What was not given is as it was in the checkpoint, where the table says so. Some may not
# change: what is learned once (columns, network), and what gives the state of the
# optimizer its meaning.
#   values: with all that was given filled in; given: its names
#   earlier: list(arguments, given) of the checkpoint
# Returns list(values, problems).
inherit_arguments <- function(values, given, earlier) {
  how <- vapply(training_arguments[names(values)], `[[`, "", "restart")
  was <- earlier$arguments
  known <- intersect(names(values), names(was))
  auto <- vapply(values, function(value) {
    rlang::is_string(value) && tolower(value) %in% c("auto", "automatic")
  }, NA)
  given <- setdiff(given, names(values)[auto & how == "fixed"])
  problems <- c(
    vapply(intersect(given, starting_arguments), function(name) {
      sprintf("`%s` has no place beside `checkpoint`, whose weights go on.", name)
    }, ""),
    vapply(intersect(given, names(how)[how == "fixed"]), function(name) {
      change_problem(name, values[[name]], was[[name]])
    }, "")
  )
  if (values$reproducible && isTRUE(was$replicas > 1) && "reproducible" %in% given) {
    problems <- c(problems, sprintf(
      "`reproducible = TRUE` trains one replica, and the checkpoint has %s.",
      format_count(was$replicas)
    ))
  }
  inherited <- setdiff(names(how)[how != "new"], given)
  values[intersect(inherited, known)] <- was[intersect(inherited, known)]
  list(values = values, problems = problems[!is.na(problems)])
}

# What training starts from.
starting_arguments <- c("initial_weights", "initial_biases", "pretrained_autoencoder")

change_problem <- function(name, value, was) {
  if (identical(value, was)) {
    return(NA_character_)
  }
  sprintf(
    "%s = %s: with a `checkpoint` it stays what it was, %s. Leave it out.",
    quote_name(name), shorten(value), shorten(was)
  )
}

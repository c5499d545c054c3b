# Training that starts from the hidden layers of an autoencoder.

# Among the arguments given: NULL, or an autoencoder that fits them.
read_pretrained <- function(given, arguments) {
  model <- read_given_model(given, "pretrained_autoencoder")
  if (is.null(model)) {
    return(NULL)
  }
  if (task_of(model)$target != "inputs") {
    abort_argument(sprintf(
      "`pretrained_autoencoder` must be an autoencoder, not a model of %s.",
      task_of(model)$problem
    ))
  }
  same <- c(
    hidden = identical(as.numeric(arguments$hidden), as.numeric(model$network$hidden)),
    activation = plain_activation(arguments$activation) == model$network$activation
  )
  was <- list(hidden = model$network$hidden, activation = model$network$activation)
  problems <- vapply(names(same)[!same], function(name) {
    sprintf(
      "`%s` = %s: that of the `pretrained_autoencoder` is %s.", name,
      shorten(arguments[[name]]), shorten(was[[name]])
    )
  }, "")
  if (!is.null(arguments$initial_weights) || !is.null(arguments$initial_biases)) {
    problems <- c(problems, paste(
      "`initial_weights` and `initial_biases` have no place beside",
      "`pretrained_autoencoder`."
    ))
  }
  if (length(problems) > 0) {
    abort_argument(unname(problems))
  }
  model
}

# Its hidden layers, and an output layer of chance.
hidden_start <- function(model) {
  at <- seq_along(model$network$hidden)
  list(
    initial_weights = c(lapply(model$weights[at], unname), list(NULL)),
    initial_biases = c(lapply(model$biases[at], unname), list(NULL))
  )
}

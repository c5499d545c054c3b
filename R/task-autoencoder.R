#' @include task-record.R
NULL

# No response: the inputs again, through a hidden layer. The outputs have the activation
# of the hidden layers; what is scored of a row is the mean squared error over all
# inputs, in the network's units.
autoencoder_task <- new_task(
  kind = "autoencoder", title = "AutoEncoder", problem = "reconstruction",
  fits = function(n_classes) n_classes == 0,
  describe = function(n_outputs) "auto-encoder",
  output = "reconstruction", outputs = function(n_classes, inputs) inputs,
  target = "inputs",
  complete_loss = function(loss, distribution, n_classes) {
    complete_reconstruction_loss(loss, distribution)
  },
  core_loss = function(response) response$distribution,
  decode = function(response, link, offset, type, threshold, calibration) {
    as.vector(link)
  },
  average = NULL,
  types = c("response", "link"),
  deviance = function(metrics) metrics$MSE,
  start = function(response, rows, settings) 0,
  measure = function(rows, response, arguments, tables, settled) {
    mse <- weighted_mean(rows$prediction, rows$weights)
    list(MSE = mse, RMSE = sqrt(mse), nobs = rows$nobs)
  },
  summary = function(metrics) c(mse = metrics$MSE, rmse = metrics$RMSE),
  stops_on = c("MSE", "RMSE"), history = c("RMSE", "MSE"), printed = c("MSE", "RMSE"),
  stopping_metric = "MSE", plotted = "RMSE",
  good_enough = c(regression_stop = "MSE"), unit = function(actual, weights) 1,
  constant = function(response, part, settings) c(MSE = Inf),
  starts_scored = TRUE
)

# Inputs have mean 0: a link that is a logarithm fits none.
complete_reconstruction_loss <- function(loss, distribution) {
  known <- c("gaussian", "laplace", "quantile", "huber")
  if (!distribution %in% c("AUTO", known) || loss == "CrossEntropy") {
    return(list(problem = sprintf(
      paste(
        "An autoencoder has the `distribution` %s, not %s, whose loss does not fit",
        "inputs around 0."
      ),
      paste0("\"", known, "\"", collapse = ", "),
      if (loss == "CrossEntropy") "CrossEntropy" else paste0("\"", distribution, "\"")
    )))
  }
  complete_number_loss(loss, distribution)
}

# In place of a response.
reconstruction_response <- function(arguments) {
  structure(
    list(
      name = "the inputs", stand_in = TRUE, kind = autoencoder_task$kind,
      class = "numeric", levels = NULL, ordered = FALSE,
      distribution = arguments$distribution, loss = arguments$loss, link = "identity",
      mean = 0, scale = 1
    ),
    class = "feedforward_response"
  )
}

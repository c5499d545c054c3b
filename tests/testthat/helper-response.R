respond <- function(y, distribution = "gaussian", loss = "Automatic", standardize = TRUE,
                    ...) {
  arguments <- list(
    distribution = distribution, loss = loss, standardize = standardize, y = "resp"
  )
  learn_response(y, arguments, ...)
}

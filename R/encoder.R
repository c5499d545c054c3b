#' @include encoder-onehot.R encoder-number.R
NULL

# The encoders, in the order in which their inputs lie.
encoders <- list(onehot_encoder, number_encoder)
names(encoders) <- vapply(encoders, `[[`, "", "name")

# The encoder of columns of this class.
encoder_for <- function(class) {
  if (holds_classes(class)) onehot_encoder else number_encoder
}

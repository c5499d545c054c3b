# The activations of hidden units, one entry each. `channels`: affine sums per unit, of
# which a Maxout unit takes the larger. Value and slope are the core's
# (src/core/formulas/activation.h).
activations <- list(
  Tanh = list(channels = 1),
  Rectifier = list(channels = 1),
  Maxout = list(channels = 2)
)

# H2O names an activation with dropout by a suffix.
dropout_suffix <- "WithDropout"

activation_choices <- function() {
  as.vector(rbind(names(activations), paste0(names(activations), dropout_suffix)))
}

# "MaxoutWithDropout" -> "Maxout"
plain_activation <- function(choice) {
  sub(paste0(dropout_suffix, "$"), "", choice)
}

uses_dropout <- function(arguments) {
  endsWith(arguments$activation, dropout_suffix)
}

# Per layer the share of what enters it that is kept in training.
kept_shares <- function(arguments) {
  hidden <- if (uses_dropout(arguments)) {
    arguments$hidden_dropout_ratios
  } else {
    rep(0, length(arguments$hidden))
  }
  1 - c(arguments$input_dropout_ratio, hidden)
}

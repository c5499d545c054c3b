# The optimizers, one record each. Whoever needs to know something of an optimizer asks
# its record; the steps themselves are the core's (src/core/kernels/rules.h), and the
# core's own records are in src/core/learning/optimizer.

#   title: its name in messages
#   arguments: those it uses, of the arguments that only some optimizers use
#   defaults: what takes the place of the table's defaults under it, unless given
#   batch: the mini-batch it trains with unless given
#   states: function(arguments), how many arrays of the size of the weights it keeps
#     beside them
#   momentum: function(arguments), whether weights have a momentum of their own
optimizer <- function(title, arguments, defaults = list(), batch = 1, states,
                      momentum = function(arguments) FALSE) {
  list(
    title = title, arguments = arguments, defaults = defaults, batch = batch,
    states = states, momentum = momentum
  )
}

with_rate <- c("rate", "rate_annealing", "rate_decay")

has_momentum <- function(arguments) {
  max(arguments$momentum_start, arguments$momentum_stable) > 0
}

# Kingma and Ba 2015; Loshchilov and Hutter 2019; Tieleman and Hinton 2012; Duchi, Hazan
# and Singer 2011.
optimizers <- list(
  adadelta = optimizer(
    "ADADELTA", c("rho", "epsilon"),
    states = function(arguments) 2
  ),
  sgd = optimizer(
    "stochastic gradient descent",
    c(
      with_rate, "momentum_start", "momentum_ramp", "momentum_stable",
      "nesterov_accelerated_gradient"
    ),
    states = has_momentum, momentum = has_momentum
  ),
  adam = optimizer(
    "Adam", c(with_rate, "beta1", "beta2", "epsilon"),
    defaults = list(rate = 1e-3, rate_annealing = 0, epsilon = 1e-8), batch = 128,
    states = function(arguments) 2
  ),
  adamw = optimizer(
    "AdamW", c(with_rate, "beta1", "beta2", "epsilon", "weight_decay"),
    defaults = list(rate = 1e-3, rate_annealing = 0, epsilon = 1e-8), batch = 128,
    states = function(arguments) 2
  ),
  rmsprop = optimizer(
    "RMSprop", c(with_rate, "rho", "epsilon"),
    defaults = list(rate = 1e-3, rate_annealing = 0, rho = 0.99, epsilon = 1e-8),
    batch = 128, states = function(arguments) 1
  ),
  adagrad = optimizer(
    "Adagrad", c(with_rate, "epsilon"),
    defaults = list(rate = 0.01, rate_annealing = 0, epsilon = 1e-10), batch = 128,
    states = function(arguments) 1
  )
)

# What presets train by.
preset_optimizer <- "adamw"

# The name in `optimizers` that the arguments ask for.
chosen_optimizer <- function(arguments) {
  if (arguments$optimizer != "auto") {
    return(arguments$optimizer)
  }
  if (arguments$adaptive_rate) "adadelta" else "sgd"
}

# Arguments that only some optimizers use, and that this one does not.
idle_arguments <- function(name) {
  used <- unique(unlist(lapply(optimizers, `[[`, "arguments")))
  setdiff(used, optimizers[[name]]$arguments)
}

# What the optimizer fills in, for `rows` rows that train.
optimizer_settings <- function(name, rows) {
  record <- optimizers[[name]]
  c(record$defaults, if (record$batch > 1) {
    list(mini_batch_size = min(record$batch, rows))
  })
}

# Everything that outlives a call: counters, what is kept ready, options, the clock.

# Seconds of the process, for differences.
elapsed <- function() {
  proc.time()[["elapsed"]]
}

kernel_option <- function() {
  getOption("feedforward.kernels", "auto")
}

thread_option <- function() {
  getOption("feedforward.threads")
}

# Unlike any other in this session and likely elsewhere; R's generator is not asked.
new_model_id <- function(time) {
  models$count <- models$count + 1
  sprintf("DeepLearning_model_R_%.0f_%d", floor(1000 * as.numeric(time)), models$count)
}

models <- new.env(parent = emptyenv())
models$count <- 0

# To check and pack 100,000 weights takes longer than to put a row through them. So the
# core keeps the network that predicted last, and `ready$key` is that network
# (model-ready.R).
#
# It serves identical networks only, so nothing can go stale: identical() compares
# values, and is done at once where both are the same object. As `ready$key` refers to
# the weights, R copies them before anyone's assignment changes one: what was packed is
# what the key still holds. Models know nothing of it.
#
# One network is kept and the next takes its place. It costs 4 bytes per weight in the
# core and the model's own 8, which outlive a model that is removed.
ready <- new.env(parent = emptyenv())

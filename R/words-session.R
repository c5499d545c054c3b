# Everything that outlives a call: counters, what is kept ready, options, the clock.

# Seconds of the process, for differences.
elapsed <- function() {
  proc.time()[["elapsed"]]
}

# Interrupts wait, and those that have come by the end are no more.
without_interrupts <- function(code) {
  value <- suspendInterrupts(code)
  tryCatch(Sys.sleep(1e-9), interrupt = function(e) NULL)
  value
}

# The kernels to use: "auto" or a set that this processor can run.
kernel_option <- function() {
  kernels <- getOption("feedforward.kernels", "auto")
  choices <- c("auto", available_kernels())
  if (!is.character(kernels) || length(kernels) != 1 || !kernels %in% choices) {
    abort_argument(sprintf(
      "options(feedforward.kernels) must be one of %s here, not %s.",
      paste0("\"", choices, "\"", collapse = ", "), shorten(kernels)
    ))
  }
  kernels
}

thread_option <- function() {
  getOption("feedforward.threads")
}

.onLoad <- function(libname, pkgname) {
  process$id <- Sys.getpid()
}

process <- new.env(parent = emptyenv())

# Is this a child that shares the memory of the process which loaded the package?
is_forked <- function() {
  !identical(process$id, Sys.getpid())
}

# The value of `expr`, and R's random generator as it was before.
keep_seed <- function(expr) {
  seed <- get0(".Random.seed", globalenv(), inherits = FALSE)
  on.exit(if (!is.null(seed)) {
    assign(".Random.seed", seed, globalenv())
  } else if (exists(".Random.seed", globalenv(), inherits = FALSE)) {
    rm(".Random.seed", envir = globalenv())
  })
  expr
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

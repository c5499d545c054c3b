# The loop's logic is tested with a trainer that does not learn: after s rows the network
# predicts sqrt(curve(s)) everywhere and the truth is 0, so its mean squared error is
# curve(s). Its only weight is s, which tells which state was returned.

# A trainer's record (core_trainer()), with a field more: `log`, an environment of what it
# was asked. It trains whole rounds, cut by the end of the run (log$total), or one slice
# of a round; at `event_at` rows it ends with the status `event`.
fake_trainer <- function(curve, round = 10, slice = Inf, event_at = Inf,
                         event = "unstable", validation_curve = curve) {
  log <- new.env()
  log$samples <- 0
  log$huber <- numeric()
  log$asked <- numeric()
  list(
    run = function(rows, seconds, threads) {
      log$asked <- c(log$asked, rows)
      goal <- min(ceiling((log$samples + rows) / round) * round, log$total)
      end <- min(goal, log$samples + slice)
      status <- if (end < goal) "paused" else "running"
      if (end >= event_at) {
        end <- event_at
        status <- event
      }
      done <- end - log$samples
      log$samples <- end
      list(rows = done, status = status)
    },
    weights = function() {
      list(weights = list(matrix(log$samples)), biases = list(0))
    },
    predict = function(part, threads, parameters = NULL) {
      samples <- if (is.null(parameters)) log$samples else parameters$weights[[1]][1]
      along <- if (part$name == "training") curve else validation_curve
      matrix(sqrt(along(samples)), part$sample$n, 1)
    },
    close_round = function() NULL,
    set_huber = function(delta) log$huber <- c(log$huber, delta),
    layers = function() list(mean_rate = 1, rate_rms = 0, momentum = 0),
    state = function() list(),
    set_state = function(state) invisible(),
    log = log
  )
}

# What prepare_fit() makes of 20 rows, with `truth` everywhere.
fake_prepared <- function(..., validation = FALSE, distribution = "gaussian", scale = 1,
                          truth = 0) {
  arguments <- utils::modifyList(
    default_values(),
    list(
      distribution = distribution, loss = "Quadratic", seed = 1, epochs = 10,
      train_samples_per_iteration = 0, optimizer = "adadelta", replicas = 1,
      averaging_interval = 100, stopping_rounds = 0, stopping_metric = "deviance",
      regression_stop = -1
    )
  )
  response <- list(
    name = "y", kind = "regression", levels = NULL, distribution = distribution,
    loss = "Quadratic", link = "identity", mean = 0, scale = scale, ordered = FALSE
  )
  part <- function(name) {
    data_part(NULL, 20, rep(truth, 20), rep(truth, 20), name = name)
  }
  list(
    task = tasks$regression, arguments = utils::modifyList(arguments, list(...)),
    encoding = fake_encoding(),
    response = structure(response, class = "feedforward_response"),
    network = new_network(4, numeric(), "Tanh", 1, "linear"), threads = 1L,
    training = part("training"), validation = if (validation) part("validation")
  )
}

# The whole run of the trainer; the dots are for fake_prepared().
train_on <- function(trainer, ...) {
  plan <- new_plan(fake_prepared(...))
  trainer$log$total <- plan$total
  train_network(trainer, plan, new_clock())
}

returned <- function(result) result$weights[[1]][1]

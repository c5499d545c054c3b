# How many arrays of the size of the weights a state holds for the optimizer.
arrays_kept <- function(state) {
  numbers <- names(unlist(state))
  sum(vapply(c("state1", "state2"), function(name) {
    any(grepl(paste0("(^|[.])", name), numbers))
  }, NA))
}

# The arguments as a fit on 100 rows of iris completes them, and a trainer that has begun.
begun <- function(...) {
  rows <- c(1:33, 51:83, 101:134)
  given <- list(
    x = iris[rows, 1:4], y = iris$Species[rows], hidden = 3, epochs = 2, seed = 1, ...
  )
  request <- list(call = quote(deeplearning()), given = given, form = "data")
  prepared <- prepare_fit(read_request(request))
  trainer <- core_trainer(
    prepared$training$rows, trainer_target(prepared), prepared$network,
    trainer_options(prepared)
  )
  start <- trainer$weights()
  trainer$run(100, 10, 1L)
  list(arguments = prepared$arguments, trainer = trainer, start = start)
}

test_that("each optimizer is a whole record", {
  ours <- names(training_arguments)
  for (name in names(optimizers)) {
    record <- optimizers[[name]]
    expect_setequal(names(record), names(formals(optimizer)))
    expect_true(is.character(record$title) && length(record$title) == 1, info = name)
    expect_identical(setdiff(record$arguments, ours), character(), info = name)
    # What it fills in, it uses, and its own values pass the argument's rule.
    expect_true(all(names(record$defaults) %in% record$arguments), info = name)
    for (argument in names(record$defaults)) {
      rule <- training_arguments[[argument]]$rule
      expect_identical(
        rule$accept(record$defaults[[argument]]), record$defaults[[argument]],
        info = paste(name, argument)
      )
    }
    expect_gte(record$batch, 1)
    expect_type(record$states, "closure")
    expect_type(record$momentum, "closure")
    # It can be asked for, and the core is told what it uses.
    expect_identical(training_arguments$optimizer$rule$accept(name), name)
    expect_true(all(record$arguments %in% core_arguments()), info = name)
  }
})

test_that("each optimizer's core keeps as many states as its record says", {
  cases <- lapply(stats::setNames(nm = names(optimizers)), function(name) {
    list(optimizer = name)
  })
  cases$momentum <- list(optimizer = "sgd", momentum_start = 0.5, momentum_stable = 0.9)
  cases$ramp <- list(optimizer = "sgd", momentum_stable = 0.9)
  cases$fading <- list(optimizer = "sgd", momentum_start = 0.5)
  expected <- c(
    adadelta = 2, sgd = 0, adam = 2, adamw = 2, rmsprop = 1, adagrad = 1, momentum = 1,
    ramp = 1, fading = 1
  )
  expect_setequal(names(cases), names(expected))
  for (name in names(cases)) {
    run <- do.call(begun, cases[[name]])
    record <- optimizers[[run$arguments$optimizer]]
    said <- as.numeric(record$states(run$arguments))
    expect_identical(said, expected[[name]], info = name)
    expect_equal(arrays_kept(run$trainer$state()), said, info = name)
  }
})

test_that("each optimizer moves the weights", {
  for (name in names(optimizers)) {
    run <- begun(optimizer = name)
    expect_false(identical(run$trainer$weights()$weights, run$start$weights), info = name)
  }
})

test_that("momentum is said of SGD with a momentum, and of nothing else", {
  said <- function(name, start = 0, stable = 0) {
    optimizers[[name]]$momentum(list(momentum_start = start, momentum_stable = stable))
  }
  expect_true(said("sgd", 0.5))
  expect_true(said("sgd", 0, 0.9))
  expect_false(said("sgd"))
  for (name in setdiff(names(optimizers), "sgd")) {
    expect_false(said(name, 0.5, 0.9), info = name)
  }
})

test_that("idle arguments are those of the others alone", {
  used <- unique(unlist(lapply(optimizers, `[[`, "arguments")))
  for (name in names(optimizers)) {
    idle <- idle_arguments(name)
    expect_setequal(c(idle, optimizers[[name]]$arguments), used)
    expect_length(intersect(idle, optimizers[[name]]$arguments), 0)
    # Each of them is ignored with a warning, and none that is used.
    for (argument in idle) {
      given <- list(optimizer = name)
      given[[argument]] <- default_values()[[argument]]
      expect_warning(
        check_arguments(given), paste0("`", argument, "`"),
        class = "feedforward_ignored_argument_warning", label = paste(name, argument)
      )
    }
    given <- c(list(optimizer = name), default_values()[optimizers[[name]]$arguments])
    expect_warning(check_arguments(given), NA)
  }
})

test_that("R and the core list the same optimizers", {
  core <- optimizer_table()
  expect_setequal(core$name, names(optimizers))
  # As many states as an optimizer ever keeps.
  momentum <- list(momentum_start = 0.5, momentum_stable = 0.9)
  states <- vapply(optimizers, function(record) as.numeric(record$states(momentum)), 0)
  expect_equal(stats::setNames(core$states, core$name)[names(states)], states)
  expect_setequal(core$name[core$lazy], c("adadelta", "sgd"))
  expect_identical(core$start == "raised", core$lazy)
  # What trains row by row unless told otherwise is what may be lazy.
  batch <- vapply(optimizers, `[[`, 0, "batch")
  expect_setequal(names(which(batch == 1)), core$name[core$lazy])
})

# Whole trainings of the compiled core in float against the reference in double: every
# rule, row by row and in mini-batches, alone and with replicas.

test_that("100 steps of every rule are the written recurrence", {
  set.seed(21)
  for (name in names(rules)) {
    for (activation in c("Tanh", "Rectifier", "Maxout")) {
      for (batch in c(1, 5)) {
        problem <- optimizer_problem(activation)
        o <- do.call(reference_options, c(
          blunt(rules[[name]]), list(mini_batch_size = batch)
        ))
        epochs <- if (batch == 1) 4 else 20
        expect_training(problem, o, epochs, paste(name, activation, "batch", batch))
      }
    }
  }
})

test_that("the rules hold with their own epsilon", {
  set.seed(22)
  for (name in names(rules)) {
    problem <- optimizer_problem("Tanh", "CrossEntropy")
    o <- do.call(reference_options, c(
      rules[[name]], list(mini_batch_size = 5, loss = "CrossEntropy")
    ))
    expect_training(problem, o, epochs = 4, name, tolerance = 5e-5)
  }
})

test_that("the textbook update, penalties and max_w2 follow the reference", {
  set.seed(23)
  extras <- list(
    textbook = list(fast_mode = FALSE),
    penalties = list(settings = list(l1 = 0.01, l2 = 0.02)),
    `textbook penalties` = list(
      fast_mode = FALSE, settings = list(l1 = 0.01, l2 = 0.02)
    ),
    max_w2 = list(max_w2 = 0.5),
    `all together` = list(
      fast_mode = FALSE, max_w2 = 0.8, settings = list(l1 = 0.01, l2 = 0.02)
    )
  )
  for (name in c("adadelta", "plain sgd", "nesterov", "heavy ball", "adam")) {
    for (extra in names(extras)) {
      for (batch in c(1, 5)) {
        activation <- if (extra == "max_w2") "Tanh" else "Rectifier"
        problem <- optimizer_problem(activation, "poisson")
        o <- do.call(reference_options, c(
          blunt(rules[[name]]), list(mini_batch_size = batch, loss = "poisson")
        ))
        o <- utils::modifyList(o, extras[[extra]])
        expect_training(problem, o, 4, paste(name, extra, "batch", batch))
      }
    }
  }
})

test_that("max_w2 bounds the incoming weights of every unit", {
  set.seed(24)
  problem <- optimizer_problem("Maxout")
  for (batch in c(1, 5)) {
    o <- reference_options(
      optimizer = "sgd", rate = 0.05, mini_batch_size = batch, max_w2 = 0.3,
      fast_mode = FALSE
    )
    fitted <- fit_problem(problem$network, problem, o, epochs = 2)
    norms <- unlist(lapply(fitted$weights, function(w) rowSums(w^2)))
    expect_lte(max(norms), 0.3 * (1 + 1e-6))
    expect_gt(max(norms), 0.29)
  }
})

test_that("replicas are dealt, averaged and sped up as written", {
  set.seed(25)
  for (name in c("adadelta", "plain sgd", "nesterov", "annealed sgd")) {
    for (replicas in c(2, 4)) {
      for (interval in c(1, 3, 100)) {
        problem <- optimizer_problem("Tanh", rows = 26)
        o <- do.call(reference_options, c(
          rules[[name]], list(replicas = replicas, averaging_interval = interval)
        ))
        case <- paste(name, replicas, "replicas, interval", interval)
        expect_training(problem, o, epochs = 4, case, tolerance = 2e-5)
      }
    }
  }
})

test_that("replicas deal in whole mini-batches", {
  set.seed(26)
  for (name in c("adadelta", "adam")) {
    problem <- optimizer_problem("Tanh", rows = 50)
    o <- do.call(reference_options, c(
      blunt(rules[[name]]),
      list(replicas = 2, averaging_interval = 7, mini_batch_size = 5)
    ))
    # 7 is rounded up to 10: two rounds of 20 rows and one of 10 in an epoch.
    expect_training(problem, o, epochs = 4, name, tolerance = 2e-5)
  }
})

test_that("max_w2 acts on averages, and replicas of Rectifiers agree as well", {
  set.seed(27)
  problem <- optimizer_problem("Rectifier")
  o <- reference_options(
    optimizer = "sgd", rate = 0.01, replicas = 3, averaging_interval = 4, max_w2 = 0.6,
    fast_mode = FALSE
  )
  expect_training(problem, o, epochs = 3, "max_w2")
})

test_that("weight_averaging_decay keeps a moving average over rounds", {
  set.seed(28)
  for (replicas in c(1, 2)) {
    for (batch in c(1, 4)) {
      problem <- optimizer_problem("Tanh")
      o <- reference_options(
        optimizer = "sgd", rate = 0.02, replicas = replicas, averaging_interval = 4,
        mini_batch_size = batch, weight_averaging_decay = 0.8
      )
      case <- paste(replicas, "replicas, batch", batch)
      expect_training(problem, o, epochs = 4, case)
    }
  }
})

test_that("shuffled training visits the rows in the order of row_order()", {
  set.seed(29)
  problem <- optimizer_problem("Tanh")
  o <- reference_options(optimizer = "sgd", rate = 0.05)
  order <- function(epoch) row_order(77, epoch, 25)
  expect_setequal(order(0), 0:24)
  expect_false(identical(order(0), order(1)))
  expected <- reference_train(problem$network, problem$x, problem$target, o, 3, order)
  fitted <- fit_problem(
    problem$network, problem, o, epochs = 3, shuffle_training_data = TRUE, seed = 77
  )
  expect_lte(change_gap(fitted, expected, problem$network), 1e-5)
})

test_that("one-hot inputs that a batch lacks are stepped as the rule asks", {
  set.seed(30)
  for (name in names(rules)) {
    for (fast in c(TRUE, FALSE)) {
      for (replicas in 1:2) {
        for (batch in c(1, 4)) {
          problem <- coded_problem("Tanh")
          o <- do.call(reference_options, c(blunt(rules[[name]]), list(
            fast_mode = fast, replicas = replicas, averaging_interval = 4,
            mini_batch_size = batch, settings = list(l2 = 0.01)
          )))
          case <- paste(name, if (fast) "fast", replicas, "replicas, batch", batch)
          expect_training(problem, o, epochs = 2, case, tolerance = 2e-5)
        }
      }
    }
  }
})

test_that("an input not seen for long leaves the averages without harm", {
  set.seed(31)
  problem <- coded_problem("Tanh", rows = 80, early = 1:20)
  o <- reference_options(
    optimizer = "sgd", rate = 0.02, replicas = 2, averaging_interval = 2
  )
  # Levels of the first rows rest after 12 rounds. What block momentum would still have
  # added is 2^-12 of their last change.
  expect_training(problem, o, epochs = 3, "resting inputs", tolerance = 1e-4)
})

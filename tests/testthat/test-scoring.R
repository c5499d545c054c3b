rule_for <- function(total = 1000, forward = 1000, scored = 10, ...) {
  arguments <- utils::modifyList(
    list(score_each_iteration = FALSE, score_interval = 0, score_duty_cycle = 0.1),
    list(...)
  )
  new_scoring_rule(arguments, total, forward, scored)
}

# Ends of the iterations that are scored, in a run of iterations ending at `ends`.
scored_ends <- function(rule, ends) {
  since <- 0
  before <- 0
  scored <- numeric()
  for (end in ends) {
    if (is_scoring_due(rule, before, end, since)) {
      scored <- c(scored, end)
      since <- end
    }
    before <- end
  }
  scored
}

# ---- Iterations and costs -------------------------------------------------------

test_that("an iteration is what was asked for, at most the run", {
  expect_equal(iteration_rows(0, 500, 1000, 10), 500)
  expect_equal(iteration_rows(-1, 500, 1000, 10), 500)
  expect_equal(iteration_rows(70, 500, 1000, 10), 70)
  expect_equal(iteration_rows(70000, 500, 1000, 10), 5000)
  expect_equal(iteration_rows(70000, 500, 1000, 0.5), 250)
})

test_that("the automatic iteration follows from rows, weights and epochs", {
  # Small data, small network: ten iterations, so one epoch each for ten epochs.
  expect_equal(iteration_rows(-2, 400, 1e4, 10), 400)
  # More epochs: bounded by 10 N.
  expect_equal(iteration_rows(-2, 400, 1e4, 1000), 4000)
  # A large network: max(N, 2e8 / weights) = max(400, 2000).
  expect_equal(iteration_rows(-2, 400, 1e5, 1000), 2000)
  expect_equal(iteration_rows(-2, 1e7, 1e5, 10), 1e5)
  expect_equal(iteration_rows(-2, 3, 1e5, 1), 1)
  expect_equal(iteration_rows(-2, 3, 1e5, 0), 1)
})

test_that("the rows of a run are epochs x N, a fraction counting as a row", {
  expect_equal(run_rows(30, 0.1), 3)
  expect_equal(run_rows(10, 0.25), 3)
  expect_equal(run_rows(1e8, 10), 1e9)
  expect_equal(run_rows(7, 0), 0)
  # 0.1 * 3 is 0.30000000000000004, which is no fourth row of ten.
  expect_equal(run_rows(10, 0.1 * 3), 3)
})

test_that("the cost of a forward pass counts a factor once and Maxout twice", {
  expect_equal(forward_cost(8, c(200, 100), 2, "Rectifier"), 8 * 200 + 200 * 100 + 200)
  expect_equal(
    forward_cost(8, c(200, 100), 2, "Maxout"), 2 * (8 * 200 + 200 * 100) + 200
  )
  expect_equal(forward_cost(8, integer(), 3, "Tanh"), 24)
  # No integer overflow.
  expect_equal(forward_cost(8L, c(100000L, 100000L), 2L, "Tanh"), 1e10 + 1e6)
})

# ---- The schedule ---------------------------------------------------------------

test_that("ten scorings lie evenly over a run, whatever the cost", {
  # A scoring costs 1e7 and more, an iteration 3e6 at most: none is affordable.
  expect_equal(scored_ends(rule_for(), seq(10, 1000, 10)), seq(100, 1000, 100))
  # Iterations that do not divide the run: the one that passes a mark.
  expect_equal(
    scored_ends(rule_for(), c(seq(70, 980, 70), 1000)),
    c(140, 210, 350, 420, 560, 630, 700, 840, 910, 1000)
  )
})

test_that("with ten iterations or fewer all are scored", {
  expect_equal(scored_ends(rule_for(), seq(100, 1000, 100)), seq(100, 1000, 100))
  for (quota in c(112, 120, 199, 300, 501, 999, 1000)) {
    ends <- unique(pmin(seq(quota, 1000 + quota - 1, quota), 1000))
    expect_lte(length(ends), 10)
    expect_equal(scored_ends(rule_for(), ends), ends)
  }
})

test_that("a scoring is due when training has paid for it", {
  # A row costs 3 x 1e6; a scoring 10 x (1e6 + 1e4) + 1e7 = 2.01e7, so at a duty
  # cycle of 0.1 training must have cost 2.01e8: 67 rows since the last scoring.
  rule <- rule_for(total = 1e6, forward = 1e6, scored = 10)
  expect_equal(rule$scoring_cost, 2.01e7)
  expect_false(is_scoring_due(rule, 60, 66, 0))
  expect_true(is_scoring_due(rule, 60, 67, 0))
  expect_false(is_scoring_due(rule, 160, 166, 100))
  expect_true(is_scoring_due(rule, 160, 167, 100))
})

test_that("a duty cycle of 0 scores the first and the last iteration", {
  rule <- rule_for(score_duty_cycle = 0)
  expect_equal(scored_ends(rule, seq(10, 1000, 10)), c(10, 1000))
})

test_that("score_each_iteration scores each", {
  rule <- rule_for(score_each_iteration = TRUE, score_duty_cycle = 0)
  expect_equal(scored_ends(rule, seq(10, 1000, 10)), seq(10, 1000, 10))
})

test_that("a positive score_interval is H2O's clock rule", {
  rule <- rule_for(score_interval = 5)
  # The first iteration: never scored before.
  expect_true(is_scoring_due(rule, 0, 10, 0, seconds = Inf, took = 0))
  expect_false(is_scoring_due(rule, 90, 100, 10, seconds = 5, took = 0.1))
  expect_true(is_scoring_due(rule, 90, 100, 10, seconds = 5.1, took = 0.1))
  expect_false(is_scoring_due(rule, 90, 100, 10, seconds = 6, took = 0.7))
  expect_true(is_scoring_due(rule, 990, 1000, 10, seconds = 0, took = 9))
  never <- rule_for(score_interval = 5, score_duty_cycle = 0)
  expect_false(is_scoring_due(never, 0, 10, 0, seconds = Inf, took = 0))
})

# ---- The rows -------------------------------------------------------------------

test_that("shares of classes add up, follow the counts and leave no class out", {
  expect_equal(class_shares(c(50, 50), 10), c(5, 5))
  expect_equal(class_shares(c(70, 20, 10), 10), c(7, 2, 1))
  expect_equal(class_shares(c(997, 2, 1), 10), c(8, 1, 1))
  expect_equal(class_shares(c(5, 0, 5), 3), c(2, 0, 1))
  # More classes than places: no class is robbed of its only one.
  expect_equal(sum(class_shares(rep(1, 10), 3)), 3)
  expect_true(all(class_shares(c(3, 2, 1), 5) <= c(3, 2, 1)))
})

test_that("all rows are scored when the sample is as large as the data", {
  expect_null(choose_scored_rows(10, 0, c(1, 0), "training"))
  expect_null(choose_scored_rows(10, 10, c(1, 0), "training"))
  expect_null(choose_scored_rows(10, 11, c(1, 0), "training"))
})

# ---- Measures -------------------------------------------------------------------

test_that("each metric has its direction, and NaN never wins", {
  lower <- c(
    "deviance", "logloss", "MSE", "RMSE", "MAE", "RMSLE", "misclassification",
    "mean_per_class_error"
  )
  higher <- c("AUC", "AUCPR", "lift_top_group")
  expect_setequal(c(lower, higher), names(stopping_measures))
  for (metric in c(lower, higher)) {
    better <- if (metric %in% lower) 1 else 2
    expect_true(is_better(better, 3 - better, metric))
    expect_false(is_better(3 - better, better, metric))
    expect_false(is_better(1, 1, metric))
    expect_false(is_better(NaN, 1, metric))
    expect_false(is_better(NaN, NaN, metric))
    expect_true(is_better(1, NaN, metric))
  }
})

test_that("metrics are found under their names in a metrics list", {
  metrics <- list(
    mean_residual_deviance = 1, logloss = 2, MSE = 3, RMSE = 4, mae = 5, rmsle = 6,
    AUC = 7, pr_auc = 8, lift_top_group = 9, classification_error = 10,
    mean_per_class_error = 11
  )
  found <- vapply(names(stopping_measures), stopping_value, 0, metrics = metrics)
  expect_equal(unname(found), as.numeric(1:11))
  expect_equal(stopping_value(list(), "AUC"), NaN)
  expect_equal(stopping_metric_name("AUTO", "regression"), "deviance")
  expect_equal(stopping_metric_name("AUTO", "multinomial"), "logloss")
  expect_equal(stopping_metric_name("MSE", "binomial"), "MSE")
})

# ---- Early stopping -------------------------------------------------------------

# At how many scorings a run along `values` would stop; NA if it goes on.
stops_at <- function(values, metric = "logloss", rounds = 2, tolerance = 0) {
  stopped <- vapply(seq_along(values), function(n) {
    has_converged(values[seq_len(n)], metric, rounds, tolerance)
  }, NA)
  which(stopped)[1]
}

test_that("a falling curve goes on, a flat one stops after 2 x rounds scorings", {
  expect_equal(stops_at(10:1), NA_integer_)
  expect_equal(stops_at(rep(1, 10)), 4)
  expect_equal(stops_at(rep(1, 10), rounds = 3), 6)
  expect_equal(stops_at(rep(1, 10), rounds = 0), NA_integer_)
  expect_equal(stops_at(rep(1, 10), rounds = 1), 2)
})

test_that("the averages are those of H2O", {
  # Means of neighbours among the last four: (a + b) / 2, (b + c) / 2, (c + d) / 2;
  # stop when neither of the last two is below the first.
  expect_true(has_converged(c(9, 4, 2, 4, 2), "logloss", 2, 0)) # 3, 3, 3
  expect_false(has_converged(c(9, 4, 2, 3.9, 2), "logloss", 2, 0)) # 3, 2.95, 2.95
  expect_false(has_converged(c(9, 4, 2, 1, 9), "logloss", 2, 0)) # 3, 1.5, 5
  expect_true(has_converged(c(9, 4, 2, 5, 9), "logloss", 2, 0)) # 3, 3.5, 7
})

test_that("a curve that turns stops some scorings after its bottom", {
  curve <- c(5, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7)
  # The first window 2 1 2 3: averages 1.5, 1.5, 2.5.
  expect_equal(stops_at(curve), 7)
})

test_that("the tolerance is relative", {
  curve <- 0.98^(0:20)
  # Two scorings on, an average is 0.98^2 = 0.9604 of the reference.
  expect_equal(stops_at(curve, tolerance = 0.039), NA_integer_)
  expect_equal(stops_at(curve, tolerance = 0.04), 4)
})

test_that("higher-is-better metrics stop when they no longer rise", {
  expect_equal(stops_at(seq(0.5, 0.9, 0.05), "AUC"), NA_integer_)
  expect_equal(stops_at(rep(0.7, 9), "AUC"), 4)
  expect_equal(stops_at(c(0.5, 0.6, 0.7, 0.8, 0.7, 0.6, 0.5), "AUC"), 6)
  expect_equal(stops_at(1.01^(0:9), "lift_top_group", tolerance = 0.03), 4)
  expect_equal(stops_at(1.02^(0:9), "lift_top_group", tolerance = 0.03), NA_integer_)
})

test_that("NaN never stops, nor does it for good", {
  expect_equal(stops_at(rep(NaN, 20)), NA_integer_)
  # It must have left the last four values.
  expect_equal(stops_at(c(1, 1, 1, NaN, 1, 1, 1, 1, 1)), 8)
})

test_that("a loss of zero stops, whatever its sign or flag", {
  expect_true(has_converged(c(0, 0, 0, 0), "logloss", 2, 0))
  expect_true(has_converged(c(0, 0, 1, 1), "logloss", 2, 0))
  expect_true(has_converged(c(0, 0, 0, 0), "deviance", 2, 0))
  expect_true(has_converged(c(0, 0, 0, 0), "AUC", 2, 0))
  expect_false(has_converged(c(0, 0, 0.5, 0.5), "AUC", 2, 0))
  expect_false(has_converged(c(1, 1, -2, -2), "deviance", 2, 0))
  expect_false(has_converged(c(Inf, Inf, Inf, 1), "deviance", 2, 0))
})

test_that("a training sample good enough stops", {
  classes <- list(classification_stop = 0, regression_stop = 1e-6)
  expect_true(is_good_enough(list(classification_error = 0), "binomial", classes))
  expect_false(is_good_enough(list(classification_error = 0.01), "binomial", classes))
  expect_false(is_good_enough(list(classification_error = NaN), "binomial", classes))
  expect_true(is_good_enough(list(MSE = 1e-6), "regression", classes))
  expect_false(is_good_enough(list(MSE = 1e-5), "regression", classes))
  off <- list(classification_stop = -1, regression_stop = -1)
  expect_false(is_good_enough(list(classification_error = 0), "multinomial", off))
  expect_false(is_good_enough(list(MSE = 0), "regression", off))
})

# ---- The history ----------------------------------------------------------------

test_that("the history has H2O's columns, types and blank row", {
  metrics <- list(
    training = list(RMSE = 1, mean_residual_deviance = 2, mae = 3, r2 = 4),
    validation = list(RMSE = 5, mean_residual_deviance = 6, mae = 7, r2 = NULL)
  )
  blank <- history_row(
    "regression", list(training = NULL, validation = NULL), 0, 0, 0, 0, 0
  )
  row <- history_row("regression", metrics, 1.5, 2, 300, 3.5, 0.501)
  history <- bind_history(list(blank, row))
  expect_named(history, c(
    "timestamp", "duration", "training_speed", "epochs", "iterations", "samples",
    "training_rmse", "training_deviance", "training_mae", "training_r2",
    "validation_rmse", "validation_deviance", "validation_mae", "validation_r2"
  ))
  expect_equal(
    unname(vapply(history, typeof, "")),
    rep(c("character", "double", "integer", "double"), c(3, 1, 1, 9))
  )
  expect_equal(
    unlist(history[2, -1], use.names = FALSE),
    c(" 3.500 sec", "100 obs/sec", 1.5, 2, 300, 1:7, NaN)
  )
  expect_equal(history$training_speed[[1]], NA_character_)
  expect_equal(unlist(history[1, 4:6], use.names = FALSE), c(0, 0, 0))
  expect_true(all(is.nan(unlist(history[1, 7:14]))))
  expect_match(history$timestamp, "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$")
})

test_that("columns follow the kind of problem, without validation where there is none", {
  after_samples <- function(kind) {
    names(history_row(kind, list(training = NULL), 0, 0, 0, 0, 0))[-(1:6)]
  }
  expect_equal(after_samples("binomial"), paste0("training_", c(
    "rmse", "logloss", "r2", "auc", "pr_auc", "lift", "classification_error"
  )))
  expect_equal(after_samples("multinomial"), paste0("training_", c(
    "rmse", "logloss", "r2", "classification_error", "auc", "pr_auc"
  )))
})

test_that("durations and speeds read as in H2O", {
  expect_equal(format_duration(0), " 0.000 sec")
  expect_equal(format_duration(5.047), " 5.047 sec")
  expect_equal(format_duration(59.9996), " 1 min  0.000 sec")
  expect_equal(format_duration(123.456), " 2 min  3.456 sec")
  expect_equal(format_duration(3723.456), " 1:02:03.456")
  expect_equal(format_duration(90000), "25:00:00.000")
  expect_equal(format_speed(5, 0.999), "5 obs/sec")
  expect_equal(format_speed(3e9, 0.999), "3000000000 obs/sec")
})

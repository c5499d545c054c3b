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

test_that("many classes make a scoring dearer, up to 100 they do not", {
  cost <- function(outputs) {
    new_scoring_rule(
      list(score_each_iteration = FALSE, score_interval = 0, score_duty_cycle = 0.1),
      total = 1000, forward = 1000, scored = 10, outputs = outputs
    )$scoring_cost
  }
  expect_equal(cost(1), 1e7 + 10 * 11000)
  expect_equal(cost(100), cost(1))
  expect_equal(cost(1000), 1e7 + 10 * 101000)
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

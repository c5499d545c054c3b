test_that("AUC is the Mann-Whitney statistic, ties counted half", {
  set.seed(11)
  for (decimals in c(1, 2, 8)) {
    d <- random_binomial(300, decimals)
    events <- d$p1[d$actual == 1]
    others <- d$p1[d$actual == 0]
    w <- suppressWarnings(stats::wilcox.test(events, others))$statistic[[1]]
    expect_equal(
      threshold_metrics(d$p1, d$actual)$AUC, w / length(events) / length(others)
    )
  }
})

test_that("weighted AUC is the weighted share of pairs in the right order", {
  set.seed(12)
  d <- random_binomial(80, 1)
  event <- d$actual == 1
  better <- outer(d$p1[event], d$p1[!event], function(a, b) (a > b) + (a == b) / 2)
  weight <- outer(d$weights[event], d$weights[!event])
  expect_equal(
    threshold_metrics(d$p1, d$actual, d$weights)$AUC, sum(better * weight) / sum(weight)
  )
})

test_that("AUC and PR-AUC are exact for more than 400 scores and know their ends", {
  set.seed(13)
  p1 <- stats::runif(5000)
  actual <- stats::rbinom(5000, 1, p1)
  rank_sum <- sum(rank(p1)[actual == 1])
  events <- sum(actual)
  direct <- (rank_sum - events * (events + 1) / 2) / events / (5000 - events)
  expect_equal(threshold_metrics(p1, actual)$AUC, direct, tolerance = 1e-12)

  perfect <- threshold_metrics(c(0.9, 0.8, 0.2), c(1, 1, 0))
  expect_equal(c(perfect$AUC, perfect$pr_auc), c(1, 1))
  # One score for all: no order; precision is the rate of events throughout.
  flat <- threshold_metrics(rep(0.5, 8), rep(c(1, 0, 0, 0), 2))
  expect_equal(c(flat$AUC, flat$pr_auc), c(0.5, 0.25))
  worst <- threshold_metrics(c(0.1, 0.9), c(1, 0))
  expect_equal(worst$AUC, 0)
})

test_that("PR-AUC is the area under the interpolated precision", {
  set.seed(14)
  d <- random_binomial(60, 1)
  curve <- curve_of(d$p1, d$actual, d$weights)
  tp <- c(0, curve$tp)
  fp <- c(0, curve$fp)
  pieces <- vapply(seq_along(curve$tp), function(i) {
    precision <- function(x) {
      t <- x * curve$positives
      f <- fp[i] + (fp[i + 1] - fp[i]) * (t - tp[i]) / (tp[i + 1] - tp[i])
      t / (t + f)
    }
    if (tp[i + 1] == tp[i]) {
      return(0)
    }
    ends <- tp[i + 0:1] / curve$positives
    stats::integrate(precision, ends[1], ends[2], rel.tol = 1e-9)$value
  }, numeric(1))
  expect_equal(area_under_pr(curve), sum(pieces), tolerance = 1e-7)
})

test_that("areas are missing without events or without others", {
  for (code in 0:1) {
    m <- threshold_metrics(c(0.1, 0.4), rep(code, 2))
    expect_identical(c(m$AUC, m$pr_auc), c(NA_real_, NA_real_))
  }
  expect_identical(threshold_metrics(c(0.1, 0.4), c(0, 0))$default_threshold, 0.5)
  expect_identical(threshold_metrics(c(0.1, 0.4), c(1, 1))$default_threshold, 0.1)
})

# ---- More than two classes -------------------------------------------------------

random_rows <- function(n, classes) {
  p <- matrix(stats::rexp(n * classes), n)
  usable_rows(p / rowSums(p), sample.int(classes, n, TRUE) - 1L, stats::rexp(n))
}
pair_area <- function(rows, keep, k, measure) {
  threshold_metrics(
    rows$prediction[keep, k], rows$actual[keep] == k - 1, rows$weights[keep]
  )[[measure]]
}

test_that("areas of classes and pairs, and their means, follow their definitions", {
  set.seed(19)
  levels <- c("a", "b", "c")
  rows <- random_rows(200, 3)
  positives <- vapply(0:2, function(k) sum(rows$weights[rows$actual == k]), 1)
  pairs <- list(c(1, 2), c(1, 3), c(2, 3))
  for (measure in c("AUC", "pr_auc")) {
    ovr <- vapply(1:3, function(k) pair_area(rows, TRUE, k, measure), 1)
    ovo <- vapply(pairs, function(pair) {
      keep <- rows$actual %in% (pair - 1)
      mean(vapply(pair, function(k) pair_area(rows, keep, k, measure), 1))
    }, 1)
    of_pair <- vapply(pairs, function(pair) sum(positives[pair]), 1)
    direct <- c(
      ovr, mean(ovr), stats::weighted.mean(ovr, positives),
      ovo, mean(ovo), stats::weighted.mean(ovo, of_pair)
    )
    areas <- multinomial_areas(rows, levels, "WEIGHTED_OVO")
    table <- if (measure == "AUC") areas$auc_table else areas$aucpr_table
    expect_identical(names(table)[1:3], c(
      "type", "first_class_domain", "second_class_domain"
    ))
    expect_identical(names(table)[4], if (measure == "AUC") "auc" else "aucpr")
    expect_identical(table$type, c(
      "a vs Rest", "b vs Rest", "c vs Rest", "Macro OVR", "Weighted OVR",
      "a vs b", "a vs c", "b vs c", "Macro OVO", "Weighted OVO"
    ))
    expect_identical(table$second_class_domain, c(rep(NA, 5), "b", "c", "c", NA, NA))
    expect_equal(table[[4]], direct)
    expect_equal(areas[[measure]], direct[10])
    expect_equal(multinomial_areas(rows, levels, "MACRO_OVR")[[measure]], direct[4])
  }
})

test_that("areas are worked out only when asked for", {
  accept <- training_arguments$auc_type$rule$accept
  for (type in names(area_averages)) expect_identical(accept(type), type)
  set.seed(20)
  rows <- random_rows(30, 3)
  for (type in list("AUTO", "NONE", NULL)) {
    expect_identical(
      multinomial_areas(rows, letters[1:3], type), list(AUC = NaN, pr_auc = NaN)
    )
  }
})

test_that("an absent class counts as 0 in plain means and not in weighted ones", {
  set.seed(21)
  rows <- random_rows(60, 3)
  rows$actual[rows$actual == 2] <- 0L
  expect_warning(
    areas <- multinomial_areas(rows, letters[1:3], "MACRO_OVR"), "\"c\"",
    class = "feedforward_metric_warning"
  )
  auc <- areas$auc_table$auc
  expect_identical(auc[3], NA_real_)
  expect_equal(auc[4], sum(auc[1:2]) / 3)
  positives <- c(sum(rows$weights[rows$actual == 0]), sum(rows$weights[rows$actual == 1]))
  expect_equal(auc[5], stats::weighted.mean(auc[1:2], positives))
})

test_that("pairs of more than 50 classes are refused with a way out", {
  set.seed(22)
  rows <- random_rows(300, 51)
  rows$actual <- rep_len(0:50, 300)
  levels <- paste0("c", 1:51)
  for (tables in c(TRUE, FALSE)) {
    expect_warning(
      areas <- multinomial_areas(rows, levels, "MACRO_OVO", tables), "MACRO_OVR",
      class = "feedforward_metric_warning"
    )
    expect_true(is.na(areas$AUC))
  }
  areas <- multinomial_areas(rows, levels, "MACRO_OVR")
  expect_identical(nrow(areas$auc_table), 53L)
  expect_equal(areas$AUC, mean(areas$auc_table$auc[1:51]))
})
